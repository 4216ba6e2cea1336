#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Calls in progress are listed with their arguments and age: of threads that
# were inside them before sctop looked, and that entered them since, and only of
# the processes that were asked for.
# shellcheck disable=SC2317 # functions that wait_for calls
. "${srcdir:-.}/tests/live/lib.sh"
. "${srcdir:-.}/tests/live/screen.sh"

workload=$builddir/tests/live/workload

stop_all()
{
	# shellcheck disable=SC2086 # numbers
	kill $sleeper $reader 2>/dev/null
}
sleeper='' reader=''

# start ARGUMENT...: sctop on a screen of its own, in the view.
start()
{
	server=$server+
	tm new-session -d -s screen -x 120 -y 40 "exec $SCTOP --no-save $*"
	see "$* starts" "Syscalls"
	# shellcheck disable=SC2034 # only counts
	for view in 1 2 3 4 5 6 7; do
		shows "^ *AGE.* TID" && break
		keys Tab
		wait_for 2 shows "^ *AGE.* TID" && break
	done
}

is_in()
{
	grep -q "^$2 " "/proc/$1/syscall" 2>/dev/null
}

# Which number a call has is told by the table.
nr()
{
	"$SCTOP" -x "$1" | sed -n 's/.* \([0-9][0-9]*\) on x86-64.*/\1/p'
}

mkfifo "$work/fifo"
exec 3<>"$work/fifo"
sleep 1000 &
sleeper=$!
"$workload" hold true <"$work/fifo" 3<&- &
reader=$!
if [ "$(uname -m)" = x86_64 ]; then
	wait_for 10 is_in "$sleeper" "$(nr clock_nanosleep)"
	wait_for 10 is_in "$reader" "$(nr read)"
else
	sleep 1
fi

start
keys F4
see "the filter" "Filter:"
keys "pid in ($sleeper, $reader)" Enter
see "a thread that slept before: call, arguments, least age" \
	"> [0-9.]* m\\{0,1\\}s  *$sleeper  *$sleeper .* sleep  *clock_nano[^ ]*  *CLOCK_REALTIME, 0, 0x"
see "a thread that read before" \
	"> [0-9.]* m\\{0,1\\}s  *$reader  *$reader .* workload  *read  *0<$work/fifo>, 0x"
rows=$(screen | grep -c " \\($sleeper\\|$reader\\)  *[0-9]")
expect "rows of two threads" "$rows" 2
keys "/clock_nanosleep" Enter Enter
see "the way to its process" "sleep $sleeper"
keys BSpace Escape F4
see "the filter again" "Filter:"
keys C-u \
	"pid == $(tm display-message -p -t screen '#{pane_pid}')" Enter
see "sctop itself is not there" "Nothing passes"
keys q

start -p "$sleeper"
see "the process that was asked for" " $sleeper .*clock_nano"
others=$(screen | sed -n '5,37p' | grep -c '^ *>* *[0-9]')
expect "threads listed with -p" "$others" 1
kill "$sleeper"
see "it is gone when it has ended" "No thread is in a call"
keys q

start -- "$workload" hold true
see "a call that was entered since: its age is known" \
	"^  *[0-9.]* m\\{0,1\\}s  *[0-9][0-9]* .* workload  *read  *0</dev/pts/[0-9]*"
keys C Enter F9
see "the command has ended" "ended with status 0"
see "nothing is left" "No thread is in a call"
keys q

start -e getppid -p "$reader"
see "a call that is off is not listed" "No thread is in a call"
keys q
finish
