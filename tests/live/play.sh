#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Recordings of this machine, played: one that was closed, one whose recorder was
# killed, and one that comes through a pipe.
. "${srcdir:-.}/tests/live/lib.sh"
. "${srcdir:-.}/tests/live/screen.sh"

load=
stop_all()
{
	[ -z "$load" ] || kill "$load" 2>/dev/null
	[ -z "$sctop" ] || kill -KILL "$sctop" 2>/dev/null
}

while :; do /bin/true; done &
load=$!
sctop=
"$SCTOP" -w "${work:?}/whole" --for 3 -b >/dev/null 2>"$work/err"
expect "status of the recorder" $? 0
sctop_start -w "$work/killed" -b
sleep 3
kill -KILL "$sctop"
wait "$sctop" 2>/dev/null
kill "$load"

# play COMMAND: until its recording has been read.
play()
{
	command="$1; echo it ended with \$?; cat"
	tm respawn-pane -k -t screen "$command" 2>/dev/null ||
		tm new-session -d -s screen -x 120 -y 40 "$command"
	see "the position in '$1'" '^at end '
}

ask()
{
	keys j
	see "the prompt" 'Jump to:'
	keys -l "$1"
	keys Enter
}

jump()
{
	ask "$1"
	gone "the prompt" 'Jump to:'
}

for name in whole killed; do
	play "'$SCTOP' --no-save -r '$work/$name'"
	[ $name = whole ] || see "that it is told" 'never closed by its recorder'
	jump 50%
	see "the middle" '^paused  x1 '
	keys 3
	see "rows before it" 'execve\|openat\|read'
	keys 'p'
	see "that it plays" '^playing x1 '
	keys ']' ']'
	see "that it plays faster" '^playing x4 '
	see "the end" '^at end  x4 '
	keys '{'
	see "a place before" '^paused  x4 '
	jump 0%
	see "the beginning" 'No call is known at this time'
	keys '\;' # as tmux wants it
	see "the first call" '^[0-9:.]* *[0-9][0-9]* '
	ask yesterday
	see "what is wrong" "'yesterday' is no moment"
	keys Escape
	keys 2
	see "processes" 'TOP CALL'
	keys q
	see "q ends it" 'it ended with 0'
done

play "cat '$work/whole' | '$SCTOP' --no-save -r -"
keys j
see "that it cannot jump" 'goes by as it comes'
keys q
see "q ends it" 'it ended with 0'
finish
