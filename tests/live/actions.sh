#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What is done with a process from its row: a signal reaches it, its open files
# are listed, and with --readonly neither the key nor the privilege is there.
# shellcheck disable=SC2317 # functions that wait_for calls
. "${srcdir:-.}/tests/live/lib.sh"
needs tmux

export LC_ALL=C.UTF-8
unset TMUX NO_COLOR
server=sctop-actions-$$

tm()
{
	tmux -L "$server" -f /dev/null "$@"
}

leave()
{
	tm kill-server 2>/dev/null
	[ "$target" ] && kill "$target" 2>/dev/null
	rm -rf "${work:?}"
}
target=''
trap leave EXIT

shows()
{
	tm capture-pane -p -t screen 2>/dev/null | grep -q -e "$1"
}

# see WHAT PATTERN: the screen comes to show it.
see()
{
	if wait_for 20 shows "$2"; then
		echo "ok: $1"
	else
		fail "$1: no '$2' in:"
		tm capture-pane -p -t screen
	fi
}

# start ARGUMENT...: sctop with its cursor on the target's row.
start()
{
	tm new-session -d -s screen -x 120 -y 40 "exec $SCTOP --no-save $*"
	see "the screen" "Syscalls"
	tm send-keys -t screen 2 F4
	see "the filter" "Filter:"
	tm send-keys -t screen "pid == $target" Enter
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
tm send-keys -t screen l
see "its files" "Open files of sleep ($target)"
see "a descriptor" "^5  *$work/fifo  *O_RDWR"
see "another, with its flags" "^6  *$work/log  *O_WRONLY|O_APPEND"
tm send-keys -t screen q
tm send-keys -t screen a
see "the list" "send a signal"
tm send-keys -t screen k
see "the signals" "SIGTERM  *please end"
tm send-keys -t screen Enter
see "the question" "send SIGTERM to sleep ($target)?"
tm send-keys -t screen n
kill -0 "$target" || fail "n has sent it"
tm send-keys -t screen k Enter y
see "it is said" "sent SIGTERM to sleep ($target)"
wait "$target"
expect "status of what was signalled" $? 143
see "the row says how it ended" "$target .*SIGTERM"
tm send-keys -t screen k
see "nothing is done to it then" "sleep ($target) has ended"
tm send-keys -t screen q
wait_for 10 is_over "$(tm display-message -p -t screen '#{pane_pid}' 2>/dev/null)"

sleep 1000 &
target=$!
start --readonly
tm send-keys -t screen k
see "no signal with --readonly" "k does nothing here"
pid=$(tm display-message -p -t screen '#{pane_pid}')
caps=$(sed -n 's/^CapEff:[[:space:]]*//p' "/proc/$pid/status")
expect "CAP_KILL with --readonly" $((0x$caps >> 5 & 1)) 0
tm send-keys -t screen q
finish
