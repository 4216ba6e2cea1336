#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Where sctop cannot work it says so in one sentence, with the right status.
# What this machine cannot be made to lack, sctop-faults pretends to lack.
. "${srcdir:-.}/tests/live/lib.sh"
needs setpriv script unshare

plain=$work/sctop
cp "$SCTOP" "$plain" && chmod 755 "$work" "$plain" || exit 1
faults=$builddir/tests/live/sctop-faults

# says WHAT STATUS PATTERN COMMAND...: its one line on standard error begins as
# the basic regex PATTERN does.
says()
{
	what=$1
	wanted=$2
	pattern=$3
	shift 3
	"$@" >"$work/out" 2>"$work/err" </dev/null
	status=$?
	expect "$what: status" "$status" "$wanted"
	expect "$what: lines" "$(wc -l <"$work/err")" 1
	expect_text "$what: sentence" "$work/err" "^sctop: $pattern"
}

# checks WHAT STATUS NAME REMEDY COMMAND...: --check names the requirement that
# is missing and its remedy.
checks()
{
	what=$1
	wanted=$2
	name=$3
	remedy=$4
	shift 4
	"$@" --check >"$work/out" 2>"$work/err" </dev/null
	expect "--check, $what: status" $? "$wanted"
	sed -n "/^missing $name:/,/remedy:/p" "$work/out" >"$work/found"
	expect_text "--check, $what: remedy" "$work/found" "remedy: .*$remedy"
	expect_text "--check, $what: loss" "$work/found" "lost: "
}

# --- no privilege ---------------------------------------------------------
user="setpriv --reuid 65534 --regid 65534 --clear-groups"
none="CAP_BPF and CAP_PERFMON are missing"
# shellcheck disable=SC2086 # words of a command
says "a user" 1 "cannot trace: $none; run it as root: sudo sctop; " \
	$user "$plain" -b
# shellcheck disable=SC2086 # words of a command
checks "a user" 1 privileges "sudo sctop" $user "$plain"

root="setpriv --bounding-set -all --inh-caps -all"
# shellcheck disable=SC2086 # words of a command
says "a container's root" 1 "cannot trace: $none; .*--cap-add BPF" \
	$root "$plain" -c
# shellcheck disable=SC2086 # words of a command
checks "a container's root" 1 privileges "--cap-add PERFMON" $root "$plain"

if unshare --user true 2>/dev/null; then
	says "a user namespace" 1 \
		"cannot trace: the kernel refuses BPF programs: Operation not permitted; .*user namespace" \
		unshare --user --map-root-user "$plain" -b
	checks "a user namespace" 1 bpf "outside of it" \
		unshare --user --map-root-user "$plain"
else
	echo "left out: no user namespace can be made in a chroot"
fi

# Two capabilities are enough, and of what root has no more than five stay.
# shellcheck disable=SC2086 # words of a command
$user --inh-caps=-all,+bpf,+perfmon --ambient-caps=-all,+bpf,+perfmon \
	"$plain" -b -e execve -- /bin/true 2>"$work/err"
expect "two capabilities: status" $? 0
expect_text "two capabilities: row" "$work/err" 'execve("/bin/true".* = 0$'
sctop_start -b -e getppid
expect "capabilities that root keeps" \
	"$(sed -n 's/^CapPrm:[[:space:]]*//p' "/proc/$sctop/status")" \
	000000c000080024
sctop_stop
expect "status after SIGINT" "$status" 0

says "a command without privilege" 125 "cannot trace: $none" \
	setpriv --bounding-set -all --inh-caps -all "$plain" -b -- true

# --- a kernel without something -------------------------------------------
# shellcheck disable=SC2016 # expanded by the inner shell
nosys='mount -t tmpfs none /sys && exec "$@"'
says "no /sys" 1 \
	"cannot trace: no BTF can be read: /sys/kernel/btf/vmlinux: No such file or directory; mount it: mount -t sysfs sysfs /sys; " \
	own_mounts sh -c "$nosys" sh "$plain" -b
checks "no /sys" 1 BTF "mount -t sysfs" own_mounts sh -c "$nosys" sh "$plain"

says "no BTF" 1 \
	"cannot trace: no BTF can be read: .*" \
	env SCTOP_FAULT=no-btf "$faults" -b
checks "no BTF" 1 BTF "CONFIG_DEBUG_INFO_BTF=y" \
	env SCTOP_FAULT=no-btf "$faults"
says "lockdown" 1 \
	"cannot trace: the kernel is locked down (confidentiality) and keeps BPF programs from reading it; restart with lockdown=integrity" \
	env SCTOP_FAULT=lockdown "$faults" -b
checks "lockdown" 1 lockdown "lockdown=integrity" \
	env SCTOP_FAULT=lockdown "$faults"
says "old kernel" 1 \
	"cannot trace: the kernel is Linux 5.4.0, older than 6.1; install a newer one (" \
	env SCTOP_FAULT=old-kernel "$faults" -b
checks "old kernel" 1 kernel "install a newer one" \
	env SCTOP_FAULT=old-kernel "$faults"

says "no tracefs" 0 \
	".*using the built-in list of system calls" \
	env SCTOP_FAULT=no-tracefs "$faults" -b -e getppid --for 10ms
checks "no tracefs" 0 tracefs "CONFIG_FTRACE_SYSCALLS=y" \
	env SCTOP_FAULT=no-tracefs "$faults"
says "no such tracefs" 2 "--tracefs takes a directory of system call events: " \
	"$plain" -b --tracefs "$work/none"
says "faults in the real program" 0 "calls seen" \
	env SCTOP_FAULT=no-btf,old-kernel "$SCTOP" -c -e getppid --for 10ms --totals

# --- a terminal that does not do -------------------------------------------
says "no terminal" 1 \
	"cannot start the screen: standard input and output are not a terminal; start sctop in a terminal .*-b" \
	"$plain"
checks "no terminal" 0 terminal "TERM\|-b" "$plain"

# on_terminal STTY TERM WHAT PATTERN: standard error is kept apart.
on_terminal()
{
	TERM=$2 timeout -s KILL 20 script -qec "stty $1; '$plain' 2>'$work/err'" /dev/null \
		>"$work/out" </dev/null
	expect "$3: status" $? 1
	expect_text "$3: sentence" "$work/err" "^sctop: $4"
}
on_terminal "rows 24 cols 80" nonsense "unknown TERM" ".*nonsense"
on_terminal "rows 24 cols 80" dumb "TERM=dumb" ".*dumb"
on_terminal "rows 4 cols 19" xterm "a small terminal" \
	"cannot start the screen: the terminal has 19 columns and 4 rows, and 20 and 5 are needed; enlarge it"

# --- what cannot be traced --------------------------------------------------
says "a process that is gone" 1 \
	"cannot trace 4194304 (-p): there is no such process" \
	"$plain" -b -p 4194304
says "a thread that is gone" 1 \
	"cannot trace 4194304 (--tid): there is no such process" \
	"$plain" -b --tid 4194304
says "an unknown syscall" 2 \
	"-e, --trace takes syscalls: .*opennat.*openat" \
	"$plain" -b -e opennat
says "an unknown user" 2 \
	"-u, --user takes a user's name or number, and there is no user 'nobdy'" \
	"$plain" -b -u nobdy
says "a pattern without its end" 2 "-C, --comm takes a pattern: " \
	"$plain" -b -C '['
says "an unknown field" 2 "--fields takes fields such as .*nearest: comm" \
	"$plain" -b --fields com
says "an unknown cgroup" 1 \
	"cannot filter by cgroup (-G): there is no group '/none'" \
	"$plain" -b -G /none
says "-p and a command" 2 "-p and a command exclude each other" \
	"$plain" -b -p 1 -- true
says "an operand" 2 "'true' is not an option; to start a command: sctop -b -- true" \
	"$plain" -b true
says "a file that cannot be written" 1 \
	"cannot write to '/none/file' (-o): No such file or directory" \
	"$plain" -b -o /none/file
says "a full disk" 125 "cannot write output: No space left on device" \
	"$plain" -b -o /dev/full -- true
finish
