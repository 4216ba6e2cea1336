#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Failures are counted exactly, by process, call and errno: whatever is ticked,
# where rows are lost, where the processes have ended, and where there is no room
# to tell them apart.  Each leads to the calls that failed so.
# shellcheck disable=SC2317 # functions that wait_for calls
. "${srcdir:-.}/tests/live/lib.sh"
. "${srcdir:-.}/tests/live/screen.sh"

# 211 children, 2 threads each: 23 openat and 7 close
opens=$((211 * 2 * 23))
closes=$((211 * 2 * 7))
for bytes in 33554432 65536; do
	"$builddir/tests/live/failures" $bytes >"$work/out" 2>"$work/err"
	expect "status with $bytes bytes" $? 0
	# shellcheck disable=SC2046 # words
	set -- $(cat "$work/out")
	expect "openat with $bytes bytes" "${2-}" $opens
	expect "close with $bytes bytes" "${4-}" $closes
	if [ $bytes -gt 1000000 ]; then
		expect "other with room for all" "${6-}" 0
	else
		[ "${6-0}" -gt 0 ] || fail "64K of counters hold everything"
	fi
done

errors=$("$SCTOP" -x ENOENT | grep -c 'usual of:.*open')
expect "sctop -x tells of which calls an error is usual" "$errors" 1

tm new-session -d -s screen -x 120 -y 40 \
	"exec $SCTOP --no-save --ring-size 64K -- $builddir/tests/live/workload fail 100003 4"
see "the command has ended" "ended with status 0"
see "rows were lost" "k lost: buffer full"
keys v
see "the views to pick from" "Errors"
keys Escape
for view in 1 2 3 4 5 6 7; do
	shows "PID.*ERRNO" && break
	keys Tab
	wait_for 2 shows "PID.*ERRNO" && break
done
see "failures of threads that ended: 100003, and an argument" \
	'workload  *openat  *ENOENT  *100003 .* yes  */nowhere/at/all  *AT_FDCWD'
see "23 in each thread" "workload  *fcntl  *EBADF  *92 .*no "
keys /EBADF Enter Enter
see "the way to the calls" "workload fcntl EBADF"
keys Escape q

# Not ticked: counted all the same.
tm kill-server 2>/dev/null
server=$server-unticked # the other may still be on its way out
tm new-session -d -s screen -x 120 -y 40 \
	"exec $SCTOP --no-save -- $builddir/tests/live/workload hold $builddir/tests/live/workload fail 1009 1"
see "the list" "workload\|Syscalls"
keys U
see "nothing is ticked" "^0 of"
keys C
keys Enter
keys F9
see "the command has ended" "ended with status 0"
for view in 1 2 3 4 5 6 7; do
	shows "PID.*ERRNO" && break
	keys Tab
	wait_for 2 shows "PID.*ERRNO" && break
done
see "1009 failures of a call that is not ticked" \
	"workload  *openat  *ENOENT  *1009 "
keys q
finish
