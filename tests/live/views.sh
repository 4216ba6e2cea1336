#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The views count exactly what was made, also where nearly every row is lost
# and the process and its threads have ended before anybody looks.
# shellcheck disable=SC2317 # functions that wait_for calls
. "${srcdir:-.}/tests/live/lib.sh"
needs tmux

export LC_ALL=C.UTF-8
unset TMUX NO_COLOR
server=sctop-views-$$
calls=1000003

tm()
{
	tmux -L "$server" -f /dev/null "$@"
}

leave()
{
	tm kill-server 2>/dev/null
	rm -rf "${work:?}"
}
trap leave EXIT

shows()
{
	tm capture-pane -p -t screen | grep -q -e "$1"
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

tm new-session -d -s screen -x 120 -y 40 \
	"exec $SCTOP --no-save --ring-size 64K -- $builddir/tests/live/workload storm $calls 4"
see "the command has ended" "ended with status 0"
see "rows were lost" "k lost: buffer full"
tm send-keys -t screen /getppid Enter
see "the Syscalls view counts $calls" "^.x. getppid .* $calls "
tm send-keys -t screen Escape
tm send-keys -t screen 2
tm send-keys -t screen /workload Enter
see "the process is marked ended" "workload .* exit 0"
tm send-keys -t screen Enter
see "the Processes view counts $calls for it" "getppid .* $calls "
tm send-keys -t screen BSpace Escape F4
see "the filter" "Filter:"
tm send-keys -t screen sctop Enter
see "the server of this test is listed" "tmux: server"
shows "^ *$(tm display-message -p -t screen '#{pane_pid}') " &&
	fail "sctop lists itself"
tm send-keys -t screen q

finish
