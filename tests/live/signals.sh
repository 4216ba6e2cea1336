#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Signals and ends are rows, where strace has them and in its words.
. "${srcdir:-.}/tests/live/lib.sh"
needs strace python3
signals=$builddir/tests/live/signals

# remarks FILE: each line about a signal or an end, with the thread's call before
# it.  Threads are A, B ... as they appear; what a run decides is N or ADDRESS.
remarks()
{
	sed -E -e 's/0x[0-9a-f]{6,}/ADDRESS/g' \
		-e 's/(si_.time)=[0-9]+( \/\*[^*]*\*\/)?/\1=N/g' "$1" |
	awk '
	function name(tid)
	{
		if (!(tid in names))
			names[tid] = substr("ABCDEF", ++threads, 1)
		return names[tid]
	}
	$2 ~ /^(---|\+\+\+)$/ {
		line = $0
		sub(/^[0-9]+ +/, "", line)
		if (match(line, /si_pid=[0-9]+/)) {
			pid = substr(line, RSTART + 7, RLENGTH - 7)
			if (pid in names || pid > 65)
				line = substr(line, 1, RSTART + 6) name(pid) \
					substr(line, RSTART + RLENGTH)
		}
		if (match(line, /in pid [0-9]+/))
			line = substr(line, 1, RSTART + 6) \
				name(substr(line, RSTART + 7, RLENGTH - 7)) " +++"
		print name($1), before[$1] ":", line
		next
	}
	{ name($1); before[$1] = $2; sub(/\(.*/, "", before[$1]) }'
}

# shows NAME: what sctop shows of that program is what standard input says.
shows()
{
	cat >"$work/expected"
	"$SCTOP" -b -o "$work/rows" -- "$signals" "$1" 2>"$work/notices"
	remarks "$work/rows" >"$work/remarks"
	if diff "$work/expected" "$work/remarks" >"$work/different"; then
		echo "ok: $1"
	else
		fail "$1: (<: expected)"
		cat "$work/different" "$work/notices"
	fi
}

shows kill <<'END'
A kill: --- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_USER, si_pid=A, si_uid=0} ---
A exit_group: +++ exited with 0 +++
END
shows tgkill <<'END'
A tgkill: --- SIGUSR2 {si_signo=SIGUSR2, si_code=SI_TKILL, si_pid=A, si_uid=0} ---
A exit_group: +++ exited with 0 +++
END
shows sigqueue <<'END'
A rt_sigqueueinfo: --- SIGRT_2 {si_signo=SIGRT_2, si_code=SI_QUEUE, si_pid=A, si_uid=0, si_int=23, si_ptr=0x17} ---
A exit_group: +++ exited with 0 +++
END
shows child-exits <<'END'
B exit_group: +++ exited with 3 +++
A rt_sigsuspend: --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=B, si_uid=0, si_status=3, si_utime=N, si_stime=N} ---
A exit_group: +++ exited with 0 +++
END
shows child-killed <<'END'
B rt_sigsuspend: +++ killed by SIGKILL +++
A rt_sigsuspend: --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_KILLED, si_pid=B, si_uid=0, si_status=SIGKILL, si_utime=N, si_stime=N} ---
A exit_group: +++ exited with 0 +++
END
shows child-stops <<'END'
B rt_sigsuspend: --- SIGSTOP {si_signo=SIGSTOP, si_code=SI_USER, si_pid=A, si_uid=0} ---
B rt_sigsuspend: --- stopped by SIGSTOP ---
A rt_sigsuspend: --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_STOPPED, si_pid=B, si_uid=0, si_status=SIGSTOP, si_utime=N, si_stime=N} ---
A rt_sigsuspend: --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_CONTINUED, si_pid=B, si_uid=0, si_status=SIGCONT, si_utime=N, si_stime=N} ---
B rt_sigsuspend: --- SIGTERM {si_signo=SIGTERM, si_code=SI_USER, si_pid=A, si_uid=0} ---
B rt_sigsuspend: +++ killed by SIGTERM +++
A rt_sigsuspend: --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_KILLED, si_pid=B, si_uid=0, si_status=SIGTERM, si_utime=N, si_stime=N} ---
A exit_group: +++ exited with 0 +++
END
shows segv <<'END'
A rt_sigprocmask: --- SIGSEGV {si_signo=SIGSEGV, si_code=SEGV_MAPERR, si_addr=0x10000} ---
A rt_sigprocmask: --- SIGSEGV {si_signo=SIGSEGV, si_code=SEGV_MAPERR, si_addr=NULL} ---
A rt_sigprocmask: --- SIGSEGV {si_signo=SIGSEGV, si_code=SEGV_ACCERR, si_addr=ADDRESS} ---
A exit_group: +++ exited with 0 +++
END
shows bus <<'END'
A rt_sigprocmask: --- SIGBUS {si_signo=SIGBUS, si_code=BUS_ADRERR, si_addr=ADDRESS} ---
A exit_group: +++ exited with 0 +++
END
if [ "$(uname -m)" = x86_64 ]; then
	shows fpe <<'END'
A rt_sigprocmask: --- SIGFPE {si_signo=SIGFPE, si_code=FPE_INTDIV, si_addr=ADDRESS} ---
A exit_group: +++ exited with 0 +++
END
	shows trap <<'END'
A rt_sigaction: --- SIGTRAP {si_signo=SIGTRAP, si_code=SI_KERNEL, si_addr=NULL} ---
A rt_sigprocmask: --- SIGILL {si_signo=SIGILL, si_code=ILL_ILLOPN, si_addr=ADDRESS} ---
A exit_group: +++ exited with 0 +++
END
	shows filter-traps <<'END'
A getppid: --- SIGSYS {si_signo=SIGSYS, si_code=SYS_SECCOMP, si_call_addr=ADDRESS, si_syscall=__NR_getppid, si_arch=AUDIT_ARCH_X86_64} ---
A exit_group: +++ exited with 0 +++
END
fi
shows filter-kills <<'END'
A getppid: +++ killed by SIGSYS +++
END
shows pipe <<'END'
A write: --- SIGPIPE {si_signo=SIGPIPE, si_code=SI_USER, si_pid=A, si_uid=0} ---
A write: --- SIGPIPE {si_signo=SIGPIPE, si_code=SI_USER, si_pid=A, si_uid=0} ---
A write: +++ killed by SIGPIPE +++
END
shows alarm <<'END'
A rt_sigsuspend: --- SIGALRM {si_signo=SIGALRM, si_code=SI_KERNEL} ---
A exit_group: +++ exited with 0 +++
END
shows timer <<'END'
A rt_sigsuspend: --- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_TIMER, si_timerid=0, si_overrun=0, si_int=23, si_ptr=0x17} ---
A exit_group: +++ exited with 0 +++
END
shows readable <<'END'
A write: --- SIGIO {si_signo=SIGIO, si_code=SI_KERNEL} ---
A write: --- SIGRT_3 {si_signo=SIGRT_3, si_code=0x1, si_pid=65, si_uid=0, si_int=3, si_ptr=0x3} ---
A exit_group: +++ exited with 0 +++
END
shows blocked <<'END'
A rt_sigprocmask: --- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_USER, si_pid=A, si_uid=0} ---
A rt_sigprocmask: --- SIGUSR2 {si_signo=SIGUSR2, si_code=SI_USER, si_pid=A, si_uid=0} ---
A exit_group: +++ exited with 0 +++
END
shows terminated <<'END'
A kill: --- SIGTERM {si_signo=SIGTERM, si_code=SI_USER, si_pid=A, si_uid=0} ---
A kill: +++ killed by SIGTERM +++
END
shows realtime <<'END'
A rt_sigqueueinfo: --- SIGRT_5 {si_signo=SIGRT_5, si_code=SI_QUEUE, si_pid=A, si_uid=0, si_int=291, si_ptr=0x123} ---
A rt_sigqueueinfo: +++ killed by SIGRT_5 +++
END
shows thread-exits <<'END'
B exit: +++ exited with 7 +++
A exit_group: +++ exited with 5 +++
END
shows leader-first <<'END'
B exit: +++ exited with 8 +++
A exit: +++ exited with 8 +++
END
# Two cores leave no order between the threads that end.
sort_shows()
{
	sort >"$work/sorted"
	"$SCTOP" -b -o "$work/rows" -- "$signals" "$1" 2>"$work/notices"
	expect "$1" "$(remarks "$work/rows" | sort)" "$(cat "$work/sorted")"
}
sort_shows others-killed <<'END'
A exit_group: +++ exited with 9 +++
B rt_sigsuspend: +++ exited with 9 +++
C rt_sigsuspend: +++ exited with 9 +++
END
sort_shows all-terminated <<'END'
A kill: +++ killed by SIGTERM +++
A kill: --- SIGTERM {si_signo=SIGTERM, si_code=SI_USER, si_pid=A, si_uid=0} ---
B rt_sigsuspend: +++ killed by SIGTERM +++
END
sort_shows execve-thread <<'END'
A exit_group: +++ exited with 0 +++
A rt_sigsuspend: +++ superseded by execve in pid C +++
B rt_sigsuspend: +++ exited with 0 +++
END

# The results of what a fatal signal cut short are those that strace shows.
"$SCTOP" -b -o "$work/rows" -- "$signals" terminated 2>"$work/notices"
expect_text "the call that ended its own process" "$work/rows" \
	' kill([0-9]*, SIGTERM) *= 0$'

# What a filter refuses was asked for all the same.
"$SCTOP" -b -e getppid -o "$work/rows" -- "$signals" filter-refuses
expect_text "a call that a filter refused" "$work/rows" \
	' getppid() *= -1 EDOM (Numerical argument out of domain)$'

# One run, two observers.
for program in $("$signals"); do
	SCTOP=$SCTOP "$srcdir/tests/agree" -- "$signals" "$program" >"$work/agreed"
	expect "$program as strace has it" \
		"$(sed -n 's/^signals and ends:.* the same: //p' "$work/agreed")" "100 %"
done

# As objects, execs too.
"$SCTOP" -j -o "$work/rows" -- "$signals" child-exits
expect "execs as objects" "$(grep -c '"type":"exec".*"comm":"signals"' "$work/rows")" 1
expect "signals as objects" "$(grep -c \
	'"type":"signal".*"signal":"SIGCHLD","code":"CLD_EXITED","sender_pid":[0-9]*,"sender_uid":0,"status":3,' \
	"$work/rows")" 1
expect "ends as objects" "$(sed -n 's/.*"type":"exit".*"status":\("[^"]*"\).*/\1/p' \
	"$work/rows" | tr '\n' ' ')" '"exit 3" "exit 0" '

# -n counts calls; CSV has nothing else.
"$SCTOP" -b -e kill,getpid -n 2 -o "$work/rows" -- "$signals" kill
expect "rows up to the second call" "$(wc -l <"$work/rows")" 2
"$SCTOP" --csv -e kill -o "$work/rows" -- "$signals" kill
expect "records of CSV: heading and call" "$(wc -l <"$work/rows")" 2

# Of the whole machine only with every call.
sctop_start -b -e kill
"$signals" kill
wait_for 10 grep -q ' kill(' "$work/out" || fail "no call is shown"
sctop_stop
expect "ends, one call picked" "$(grep -c -e '+++' -e '---' "$work/out")" 0
sctop_start -b -e all
"$signals" kill &
one=$!
wait "$one"
wait_for 10 grep -q "^$one *+++ exited" "$work/out" || fail "no end is shown"
sctop_stop
expect "its signal and end, every call picked" \
	"$(grep -c -e "^$one *+++ exited with 0 +++\$" -e "^$one *--- SIGUSR1 " "$work/out")" 2

finish
