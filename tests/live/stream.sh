#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A recorder and a reader at both ends of a pipe: rows stand on the screen at
# most 200 ms after their calls, keys come from the terminal, and whichever end
# goes, the other one behaves.
# shellcheck disable=SC2317,SC2016 # what wait_for calls, and inner shells
. "${srcdir:-.}/tests/live/lib.sh"
. "${srcdir:-.}/tests/live/screen.sh"

case $SCTOP in /*) ;; *) SCTOP=$PWD/$SCTOP ;; esac
case $builddir in /*) ;; *) builddir=$PWD/$builddir ;; esac
export SCTOP

"$builddir/tests/live/stream" '"$SCTOP" -w - -p "$PID" -e openat |
	"$SCTOP" -r - --no-save --ascii --no-mouse' \
	>"$work/measured" 2>"$work/err"
expect "status of the run" $? 0
cat "$work/measured" "$work/err"
[ "$failures" -eq 0 ] || finish

# measured NAME
measured()
{
	awk -v name="$1" '$1 == name { print $2 }' "$work/measured"
}

# Other programs may have the CPU for longer now and then, but not always.
if [ "$(measured median_us)" -le 200000 ]; then
	echo "ok: median delay of a row: $(measured median_us) us"
else
	fail "median delay of a row: $(measured median_us) us"
fi

# The reader has seen enough: the recorder ends, and has nothing to say.
("$SCTOP" -w - -e getppid 2>"$work/err"; echo $? >"$work/status") |
	"$SCTOP" -r - -b -n 5 >"$work/rows" 2>/dev/null &
reader=$!
spin()
{
	"$builddir/tests/live/workload" storm 1000 1
	[ -s "$work/status" ]
}
wait_for 30 spin || fail "the recorder does not end with its reader"
wait "$reader"
expect "rows that were read" "$(wc -l <"$work/rows")" 5
expect "status of a recorder whose reader has ended" "$(cat "$work/status")" 0
expect "what it says" "$(cat "$work/err")" ""

# The recorder is killed: the reader says so and keeps everything.
mkfifo "$work/pipe"
"$SCTOP" -w - -C cat -e openat >"$work/pipe" 2>/dev/null &
sctop=$!
tm new-session -d -s screen -x 120 -y 40 \
	"$SCTOP -r - --no-save <$work/pipe; echo ended with \$?; cat"
see "a stream has the views" 'SYSCALL'
keys 3
see "keys come from the terminal" 'ARGUMENTS'
(cd / && exec cat /nowhere/to/be/found) 2>/dev/null
see "a row comes" '/nowhere/to/be/found'
kill -KILL "$sctop"
wait "$sctop" 2>/dev/null
see "the end of the recorder is told" 'never closed'
see "what came stays" '/nowhere/to/be/found'
keys 2
see "and so do the views" 'TOP CALL'
keys q
see "it ends as ever" 'ended with 0'
finish
