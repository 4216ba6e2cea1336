#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What is done with a process from its row: a signal reaches it, its open files
# are listed, and with --readonly neither the key nor the privilege is there.
# shellcheck disable=SC2317 # functions that wait_for calls
. "${srcdir:-.}/tests/live/lib.sh"
. "${srcdir:-.}/tests/live/screen.sh"

stop_all()
{
	[ "$target" ] && kill "$target" 2>/dev/null
}
target=''

# start ARGUMENT...: sctop with its cursor on the target's row.
start()
{
	tm new-session -d -s screen -x 120 -y 40 "exec $SCTOP --no-save $*"
	see "the screen" "Syscalls"
	keys 2 F4
	see "the filter" "Filter:"
	keys "pid == $target" Enter
	see "the process" "^ *$target .*sleep"
}

is_over()
{
	! kill -0 "$1" 2>/dev/null
}

mkfifo "$work/fifo"
sleep 1000 5<>"$work/fifo" 6>>"$work/log" &
target=$!

start
keys l
see "its files" "Open files of sleep ($target)"
see "a descriptor" "^5  *$work/fifo  *O_RDWR"
see "another, with its flags" "^6  *$work/log  *O_WRONLY|O_APPEND"
keys q
keys a
see "the list" "send a signal"
keys k
see "the signals" "SIGTERM  *please end"
keys Enter
see "the question" "send SIGTERM to sleep ($target)?"
keys n
kill -0 "$target" || fail "n has sent it"
keys k Enter y
see "it is said" "sent SIGTERM to sleep ($target)"
wait "$target"
expect "status of what was signalled" $? 143
see "the row says how it ended" "$target .*SIGTERM"
keys k
see "nothing is done to it then" "sleep ($target) has ended"
keys q
wait_for 10 is_over "$(tm display-message -p -t screen '#{pane_pid}' 2>/dev/null)"

sleep 1000 &
target=$!
start --readonly
keys k
see "no signal with --readonly" "k does nothing here"
pid=$(tm display-message -p -t screen '#{pane_pid}')
caps=$(sed -n 's/^CapEff:[[:space:]]*//p' "/proc/$pid/status")
expect "CAP_KILL with --readonly" $((0x$caps >> 5 & 1)) 0
keys q
finish
