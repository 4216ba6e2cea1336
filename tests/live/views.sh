#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The views count exactly what was made, also where nearly every row is lost
# and the process and its threads have ended before anybody looks.
# shellcheck disable=SC2317 # functions that wait_for calls
. "${srcdir:-.}/tests/live/lib.sh"
. "${srcdir:-.}/tests/live/screen.sh"

calls=1000003

tm new-session -d -s screen -x 120 -y 40 \
	"exec $SCTOP --no-save --ring-size 64K -- $builddir/tests/live/workload storm $calls 4"
see "the command has ended" "ended with status 0"
see "rows were lost" "k lost: buffer full"
keys /getppid Enter
see "the Syscalls view counts $calls" "^.x. getppid .* $calls "
keys Escape
keys 2
keys /workload Enter
see "the process is marked ended" "workload .* exit 0"
keys Enter
see "the Processes view counts $calls for it" "getppid .* $calls "
keys BSpace Escape F4
see "the filter" "Filter:"
keys sctop Enter
see "the server of this test is listed" "tmux: server"
shows "^ *$(tm display-message -p -t screen '#{pane_pid}') " &&
	fail "sctop lists itself"
keys q

finish
