#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The literal values of our tables against the kernel headers installed here:
# every number, flag, signal and error that these know must be ours too.  Older
# headers know less, which is no failure.
set -u
tables=${srcdir:-.}/src/abi
: "${CC:=cc}"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failures=0
compared=0

# known HEADERS PREFIX: "name value" for each macro of that prefix, the values
# fully expanded.
known()
{
	printf '%s\n' "$1" >"$work/headers.c"
	$CC -E -dM "$work/headers.c" >"$work/macros" 2>"$work/errors" || return 1
	awk -v prefix="$2" '$1 == "#define" && index($2, prefix) == 1 &&
		$2 !~ /\(/ { print "@", $2, $2 }' "$work/macros" |
		sed 's/^@ \([^ ]*\) /@ "\1" /' >"$work/names"
	cat "$work/headers.c" "$work/names" >"$work/values.c"
	$CC -E -P "$work/values.c" 2>/dev/null | sed -n 's/^@ "\(.*\)" /\1 /p'
}

# compare WHAT OURS THEIRS: two sorted files of "name value"; what is in THEIRS
# must be in OURS.
compare()
{
	sort "$2" >"$work/a"
	sort "$3" >"$work/b"
	comm -13 "$work/a" "$work/b" >"$work/different"
	if [ -s "$work/different" ]; then
		echo "$1: the headers say otherwise:"
		sed 's/^/	/' "$work/different"
		failures=$((failures + 1))
	fi
	n=$(wc -l <"$3")
	compared=$((compared + n))
	echo "$1: $((n)) values compared"
}

# column N: "name number" of syscalls.tbl.
column()
{
	awk -F'|' -v n="$1" '!/^#/ { gsub(/ /, ""); if ($n != "-") print $1, $n }' \
		"$tables/syscalls.tbl"
}

# numbers WHAT COLUMN HEADERS
numbers()
{
	known "$3" __NR_ >"$work/theirs" || return 0
	# Not numbers of calls: how many there are, and where others begin.
	sed -n 's/^__NR_//p' "$work/theirs" |
		grep -v -e '^syscalls ' -e '^arch_specific_syscall ' |
		grep '^[a-z_0-9]* [0-9]*$' >"$work/calls"
	column "$2" >"$work/ours"
	compare "numbers of $1" "$work/ours" "$work/calls"
}

# evaluate: values such as (04000000|010000) become decimal.
evaluate()
{
	while read -r name value; do
		case $value in
		*[!0-9a-fA-FxX\|\(\)\ ]* | '') continue ;;
		esac
		# shellcheck disable=SC2004 # dash evaluates no variable's text
		echo "$name $(($value))"
	done
}

# Headers that can be included together, by folder.  The first ones need the C
# library's types, the second the kernel's; the third are the C library's where
# the kernel gives no name to programs.
cat >"$work/with_libc" <<'EOF'
.: stddef stdint time
sys: socket
netinet: in
linux: types ioctl
asm: mce mman msr mtrr prctl ptrace-abi sgx
asm-generic: fcntl ioctls mman mman-common poll resource siginfo signal-defs
  socket sockios termbits termbits-common
linux: acrn agpgart aio_abi am437x-vpfe apm_bios arcfb aspeed-lpc-ctrl
  aspeed-p2a-ctrl atm atm_idt77105 atm_nicstar atm_tcp atmarp atmbr2684
  atmclip atmdev atmlec atmmpc atmsvc audit auto_dev-ioctl auto_fs ax25 bfs_fs
  blkzoned bpf bpf_common bt-bmc btrfs cachefiles can capability capi
  cciss_ioctl cdrom cec chio close_range cm4000_cs comedi counter cxl_mem dccp
  dm-ioctl dm-log-userspace dma-buf dma-heap dqblk_xfs elf eventpoll f2fs
  fadvise falloc fanotify fb fcntl fd fiemap filter firewire-cdev fpga-dfl fs
  fscrypt fsi fsmap fsverity fuse futex gfs2_ondisk gpio gsmmux hdreg hiddev
  hidraw hpet hw_breakpoint i2o-dev i8k icmp if if_alg if_arp if_ether
  if_packet if_pppol2tp if_pppox if_tun if_xdp in in6 inet_diag inotify input
  io_uring ioctl ioprio ipc ipmi ipmi_bmc isst_if ivtv joystick kcm kcmp kcov
  kd kexec keyctl kvm landlock lirc llc loadpin loop lp magic matroxfb media
  mei membarrier memfd mempolicy meye mman mmtimer module mount mpls mptcp
  msdos_fs msg mtio nbd ndctl net netfilter_ipv4 netlink nfc nilfs2_api
  nitro_enclaves nsfs nvme_ioctl nvram omap3isp omapfb openat2 pcitest
  perf_event personality pfrut phantom phonet pidfd pktcdvd pmu ppdev ppp- pps
  pr prctl psp-sev ptp_clock ptrace quota radeonfb random rds reboot
  reiserfs_fs remoteproc_cdev rfkill rio_cm_cdev rio_mport_cdev romfs_fs rpmsg
  rseq rtc rtnetlink rxrpc sched scif_ioctl sctp seccomp securebits sed-opal
  sem serio sev-guest shm signalfd sockios sonet sonypi soundcard stat stm
  suspend_ioctls sync_file synclink tcp tee timerfd tipc tls toshiba tty
  udf_fs_i udmabuf udp uinput un usbdevice_fs userfaultfd uvcvideo v4l2-subdev
  vboxguest vduse vfio vhost videodev2 virtio_vsock vm_sockets vt vtpm_proxy
  wait watch_queue watchdog wireless wmi x25 xattr
linux/android: binder binderfs
linux/caif: caif_socket
linux/can: raw
linux/dvb: audio ca dmx frontend net osd video
linux/genwqe: genwqe_card
linux/hsi: cs-protocol hsi_char
linux/iio: buffer events
linux/misc: bcm_vk
linux/mmc: ioctl
linux/netfilter_arp: arp_tables
linux/netfilter_ipv4: ip_tables
linux/raid: md_u
linux/spi: spidev
linux/surface_aggregator: cdev dtx
linux/usb: cdc-wdm functionfs g_printer g_uvc gadgetfs raw_gadget tmc
misc: cxl fastrpc ocxl xilinx_sdfec
misc/uacce: hisi_qm uacce
mtd: mtd-abi ubi-user
rdma: rdma_user_ioctl rdma_user_ioctl_cmds
scsi: scsi scsi_ioctl sg
sound: asequencer asound asound_fm compress_offload emu10k1 firewire hdsp
  hdspm sb16_csp sfnt_info
video: sisfb
EOF
cat >"$work/kernel" <<'EOF'
.: stddef stdint
linux: types ioctl
asm: signal
asm-generic: termios
linux: resource signal time timex
EOF
cat >"$work/libc" <<'EOF'
.: sched
netinet: in tcp udp
sys: eventfd mount ptrace socket statvfs swap wait
EOF

cat >"$work/netlink" <<'EOF'
linux: types audit fib_rules genetlink if_addr if_addrlabel if_bridge if_link
  inet_diag ip ipv6 lwtunnel neighbour net_namespace netconf netlink
  netlink_diag packet_diag pkt_cls pkt_sched rtnetlink selinux_netlink snmp
  sock_diag unix_diag xfrm
EOF

# rows COLUMN: "set name value" of flags.tbl and of the attributes in netlink.tbl; the column is 2 for x86-64, 3 for
# arm64, 4 for i386.  What is no name in C is left out, and three names that the
# C library gives to other numbers.
rows()
{
	awk -v column="$1" '
		{ sub(/;.*/, "") }
		/^#/ || !NF { next }
		$1 == "set" { set = $2; next }
		{
			value = $column == "" || $column == "=" ? $2 : $column
			sub(/\/.*/, "", value)
			if ($1 ~ /^[A-Za-z_][A-Za-z0-9_]*$/ && value !~ /^[-?]$/ &&
			    $1 !~ /^F_(GETLK|SETLK|SETLKW)64$/)
				print set, $1, value
		}' "$tables/flags.tbl"
	awk '/^[A-Z]/ { print "netlink", $1, $2 }' "$tables/netlink.tbl"
}

# program GROUP ROWS: a C program that compares the rows with what the headers
# of the group say.
program()
{
	awk '{
		first = 1
		if ($1 ~ /:$/) { folder = $1; first = 2 }
		sub(/:$/, "/", folder); sub(/^\.\//, "", folder)
		for (i = first; i <= NF; i++) {
			print "#if __has_include(<" folder $i ".h>)"
			print "#include <" folder $i ".h>\n#endif"
		}
	}' "$work/$1"
	cat <<-'EOF'
	int printf(const char *, ...);
	static const struct {
		const char *set, *name;
		unsigned long long ours, theirs;
	} rows[] = {
	EOF
	awk '{
		sub(/^1<</, "1ULL << ", $3)
		printf "{\"%s\", \"%s\", (unsigned long long)(%s), ", $1, $2, $3
		printf "(unsigned long long)(%s)},\n", $2
	}' "$2"
	cat <<-'EOF'
	};
	int main(void)
	{
		unsigned count = sizeof(rows) / sizeof(rows[0]);
		for (unsigned i = 0; i < count; i++) {
			unsigned long long ours = rows[i].ours;
			unsigned long long theirs = rows[i].theirs;
			/* int and unsigned int are the same here */
			if (ours >> 32 == 0 || ours >> 32 == 0xffffffff)
				theirs = (unsigned)theirs, ours = (unsigned)ours;
			if (ours != theirs)
				printf("%s %s: %#llx, ours is %#llx\n",
				       rows[i].set, rows[i].name, theirs, ours);
		}
		return 0;
	}
	EOF
}

# compile OPTIONS GROUP ROWS: leaves out, round by round, the rows that are not
# constants there, such as requests with a structure that is missing.
compile()
{
	: >"$work/none"
	program "$2" "$work/none" >"$work/headers.c"
	# shellcheck disable=SC2086 # options
	$CC $1 -w -E -dD "$work/headers.c" | tr -cs 'A-Za-z0-9_' '\n' |
		sort -u >"$work/words"
	awk 'NR == FNR { word[$1] = 1; next } $2 in word' "$work/words" "$3" \
		>"$work/candidates"
	round=0
	while [ "$round" -lt 8 ]; do
		round=$((round + 1))
		program "$2" "$work/candidates" >"$work/values.c"
		# shellcheck disable=SC2086 # options
		$CC $1 -w $all_errors -o "$work/values" "$work/values.c" \
			2>"$work/errors" && return 0
		awk 'NR == FNR {
				if (/values\.c:[0-9]+:[0-9]+: error:/) {
					sub(/^.*values\.c:/, ""); sub(/:.*/, "")
					bad[$1] = 1
				}
				next
			}
			/^\{"/ { n++; if (FNR in bad) print n }' \
			"$work/errors" "$work/values.c" >"$work/dropped"
		[ -s "$work/dropped" ] || return 1
		awk 'NR == FNR { bad[$1] = 1; next } !(FNR in bad)' "$work/dropped" \
			"$work/candidates" >"$work/left"
		mv "$work/left" "$work/candidates"
	done
	return 1
}

# flags ABI COLUMN OPTIONS
flags()
{
	echo 'int main(void) { return 0; }' >"$work/values.c"
	# shellcheck disable=SC2086 # options
	if ! { $CC $3 -o "$work/values" "$work/values.c" && "$work/values"; } \
		2>"$work/errors"; then
		echo "flags of $1: skipped, such programs do not run here"
		return
	fi
	rows "$2" >"$work/rows"
	total=0
	for group in with_libc kernel libc netlink; do
		compile "$3" $group "$work/rows" || {
			echo "the headers of $group: $(head -n 3 "$work/errors")"
			failures=$((failures + 1))
			continue
		}
		"$work/values" >"$work/different"
		[ -s "$work/different" ] && {
			echo "flags of $1: the headers say otherwise:"
			sed 's/^/	/' "$work/different"
			failures=$((failures + 1))
		}
		total=$((total + $(wc -l <"$work/candidates")))
		awk 'NR == FNR { seen[$1, $2] = 1; next } !(($1, $2) in seen)' \
			"$work/candidates" "$work/rows" >"$work/left"
		mv "$work/left" "$work/rows"
	done
	echo "flags of $1: $total values compared, $(wc -l <"$work/rows") unknown"
	compared=$((compared + total))
	[ "$total" -ge 4000 ] || {
		echo "flags of $1: too few"
		failures=$((failures + 1))
	}
}

numbers x86-64 2 '#include <asm/unistd_64.h>'
numbers arm64 3 '#define __BITS_PER_LONG 64
#define __ARCH_WANT_RENAMEAT
#define __ARCH_WANT_NEW_STAT
#define __ARCH_WANT_SET_GET_RLIMIT
#define __ARCH_WANT_TIME32_SYSCALLS
#define __ARCH_WANT_SYS_CLONE3
#define __ARCH_WANT_MEMFD_SECRET
#include <asm-generic/unistd.h>'
numbers i386 4 '#include <asm/unistd_32.h>'

all_errors=-fmax-errors=0
case $($CC --version) in *clang*) all_errors=-ferror-limit=0 ;; esac
case $(uname -m) in
x86_64) flags x86-64 2 '' && flags i386 4 -m32 ;;
aarch64) flags arm64 3 '' ;;
esac

known '#include <asm/errno.h>' E | evaluate |
	grep -v -e '^EWOULDBLOCK ' -e '^EDEADLOCK ' >"$work/codes"
awk -F'\t' '!/^#/ { print $2, $1 }' "$tables/errno.tbl" >"$work/ours"
compare 'error codes' "$work/ours" "$work/codes"

# So few mean that the headers were not found.
if [ "$compared" -lt 500 ]; then
	echo "only $compared values compared"
	exit 1
fi
exit "$((failures > 0))"
