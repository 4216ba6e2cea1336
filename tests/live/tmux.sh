#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The screen on a real terminal: every view and every key of the footer at two
# sizes, a command, and each way to leave, after which the terminal must be as
# it was.  What golden screens cannot see; nothing here waits by the clock.
# shellcheck disable=SC2317 # functions that wait_for and trap call
. "${srcdir:-.}/tests/live/lib.sh"
. "${srcdir:-.}/tests/live/screen.sh"
needs stty

match=-F
export XDG_STATE_HOME="${work:?}/state"
unset ENV

stop_all()
{
	[ -z "${busy-}" ] || kill "$busy" 2>/dev/null
}

# press KEY TEXT: KEY makes the screen show TEXT.
press()
{
	keys "$1"
	see "$size $1" "$2"
}

# toggle KEY TEXT: KEY shows it, KEY again takes it away.
toggle()
{
	press "$1" "$2"
	keys "$1"
	gone "$size $1 again" "$2"
}

# visit KEY TEXT: KEY opens what shows TEXT, q closes it.
visit()
{
	press "$1" "$2"
	keys q
	gone "$size $1 q" "$2"
}

# run ARGUMENT...: sctop in the terminal's shell; its PID in $work/pid.
run()
{
	rm -f "$work/pid" "$work/after"
	keys "sh -c 'echo \$\$ >$work/pid; exec \"$SCTOP\" $*'" Enter
	see "sctop $* starts" "1 Syscalls"
}

# left HOW: the shell has the terminal again, and it is as it was.
left()
{
	see "$1: the shell is back" "ready>"
	keys "clear; stty -g >$work/after; echo at-\$((6 * 7))" Enter
	see "$1: the shell takes keys" "at-42"
	expect "$1: terminal settings" "$(cat "$work/after")" \
		"$(cat "$work/before")"
	keys clear Enter
	gone "$1: clear" "at-42"
}

syscalls()
{
	visit F1 "Among syscalls"
	visit '?' "Among syscalls"
	keys /
	see "$size search" "Search:"
	keys openat Enter
	see "$size search narrows" "[search: openat]"
	visit x "shown as path"
	visit F7 "Fields"
	press Enter "› openat › Events"
	keys BSpace
	gone "$size back" "› openat"
	keys Escape
	gone "$size Esc clears the search" "[search: openat]"
	keys / %network Enter
	see "$size a class is found" "[search: %network]"
	see "$size a class is found" "connect"
	keys Escape
	gone "$size Esc" "[search:"
	keys /futex Enter
	see "$size futex is counted" "[ ] futex"
	press Space "[x] futex"
	press Space "[ ] futex"
	keys Escape
	keys F4
	see "$size F4" "Filter:"
	keys stat Enter
	see "$size filter" "[filter: stat]"
	keys Escape
	gone "$size Esc clears the filter" "[filter: stat]"
	toggle F5 "%file"
	visit F6 "Sort by"
	toggle p "[paused, "
	press P " Tick these "
	press f "tracing preset files"
	press P " Tick these "
	press r "tracing preset processes"
	press P " Tick these "
	press w "tracing preset network"
	press P " Tick these "
	press m "tracing preset memory"
	press P " Tick these "
	press e "tracing preset failures"
	press P " Tick these "
	press d "tracing preset default"
	visit v " View "
}

processes()
{
	press 2 "TOP CALL"
	visit F1 "Among processes"
	keys F4 # a process that does not end
	see "$size F4" "Filter:"
	keys "pid == $busy" Enter
	see "$size filter" "[filter: pid == $busy]"
	press Enter "› Syscalls of a"
	visit F1 "Among the syscalls of a process"
	press Enter "› Events"
	keys BSpace
	gone "$size back" "› Events"
	keys BSpace
	gone "$size back" "› Syscalls of a"
	press e "› Events"
	keys BSpace
	gone "$size back" "› Events"
	press o "[rows only of "
	keys o
	gone "$size o again" "[rows only of "
	press O " + descendants]"
	keys O
	gone "$size O again" "[rows only of "
	visit i "Fields"
	press z "counting from zero"
	keys Escape
}

events()
{
	press 3 "ARGUMENTS"
	keys F4
	keys hostname Enter
	see "$size events come" "\"/etc/hostname"
	visit F1 "Among events"
	toggle E "[failed only]"
	press c "dropped the rows"
	see "$size events come again" "\"/etc/hostname"
	press Enter ", raw 0x"
	keys n
	keys q
	gone "$size q" ", raw 0x"
	press p "[paused, "
	keys p
	gone "$size p again" "[paused, "
	keys F
	keys g
	keys G
	keys Escape
	gone "$size Esc" "[filter: hostname]"
	keys Tab
	keys 1
	see "$size 1" "CALLS/S"
	keys BTab
	see "$size Latency" "1us       1ms       1s"
	keys BTab
	see "$size Files" "PROCS"
	keys 1
	see "$size 1 again" "CALLS/S"
}

resize()
{
	tm resize-window -t screen -x 60 -y 15
	see "$size resized to 60x15" "F10Quit"
	tm resize-window -t screen -x 19 -y 4
	see "$size resized to 19x4" "too small"
	tm resize-window -t screen -x "$1" -y "$2"
	see "$size resized back" "F10Quit"
}

walk()
{
	size=$1x$2
	tm resize-window -t screen -x "$1" -y "$2"
	run
	syscalls
	processes
	events
	resize "$1" "$2"
	keys C-z
	see "$size Ctrl-Z" "ready>"
	keys fg Enter
	see "$size fg" "1 Syscalls"
	keys q
	left "$size q"
}

# ended NAME SIGNAL: sent to sctop, it leaves the terminal sane.
ended()
{
	run
	kill "-$2" "$(cat "$work/pid")"
	left "$1"
}

is_alive()
{
	kill -0 "$1" 2>/dev/null
}

is_gone()
{
	! is_alive "$1"
}

# A command's output, its input, and what becomes of it.
with_command()
{
	size="with a command"
	cat >"$work/command" <<-END
		echo \$\$ >$work/command.pid
		echo hi-from-command
		while read -r line; do echo "got-\$line"; done
	END
	run -- sh "$work/command"
	press C hi-from-command
	keys hello Enter
	see "keys go to the command" got-hello
	keys F9
	gone "F9 leaves the output" got-hello
	press q "still running"
	keys Escape
	gone "Esc stays" "still running"
	press q "still running"
	keys "$1"
}

# seconds FROM TO: between two times of day, HH:MM:SS.uuuuuu
seconds()
{
	echo "$1 $2" | awk -F '[: ]' '{
		d = $4 * 3600 + $5 * 60 + $6 - $1 * 3600 - $2 * 60 - $3
		print d < -43200 ? d + 86400 : d }'
}

rows()
{
	tm capture-pane -p -t screen | grep -o '^[0-9][0-9]:[0-9:.]*'
}

objects()
{
	cat "/proc/$(cat "$work/pid")/fdinfo/"* 2>/dev/null |
		grep -E '^(prog|map|link)_id:' | sort
}

# Ticks and unticks chdir while it is made fifty times a second.
tick_and_untick()
{
	on=$(date +%H:%M:%S.%6N)
	press Space '"/"'
	off=$(date +%H:%M:%S.%6N)
	press Space "no longer tracing chdir"
	visit F1 "Among events"
	first=$(seconds "$on" "$(rows | head -n 1)")
	last=$(seconds "$off" "$(rows | tail -n 1)")
	echo "rows begin $first s after the tick, end $last s after the untick"
	press c "dropped the rows"
	echo "$first $last" | awk '{ exit !($1 < 0.1 && $2 < 0.1) }'
}

# Rows start and stop within 100 ms, and nothing is loaded or attached.  Other
# programs may keep the terminal or us waiting: the best of five counts.
ticking()
{
	size=ticking
	(while :; do cd / && sleep 0.02; done) &
	changing=$!
	run
	keys / chdir Enter
	see "search" "[search: chdir]"
	objects >"$work/objects"
	press Enter "This call is counted, not traced"
	for attempt in 1 2 3 4 5; do
		tick_and_untick && break
		[ "$attempt" -lt 5 ] || fail "ticking takes more than 100 ms"
	done
	objects | cmp - "$work/objects" || fail "ticking made BPF objects"
	test -s "$work/objects" || fail "no BPF object was seen"
	kill "$changing"
	keys q
	left ticking
}

touch "$work/before"
tm new-session -d -s screen -x 120 -y 40 sh
keys "PS1='rea''dy> '; clear" Enter
see "a shell" "ready>"
keys "stty -g >$work/before" Enter
wait_for 15 test -s "$work/before" || fail "no terminal settings"

(while :; do read -r _ </etc/hostname && sleep 0.02; done) &
busy=$!

walk 120 40
ticking
walk 80 24

run
keys C-c
left Ctrl-C
ended SIGTERM TERM
ended SIGHUP HUP
ended SIGSEGV SEGV
ended SIGABRT ABRT

with_command l
left "a command left running"
pid=$(cat "$work/command.pid")
is_alive "$pid" || fail "the command was not left running"
kill "$pid"
with_command e
left "a command asked to end"
wait_for 15 is_gone "$(cat "$work/command.pid")" ||
	fail "the command was not ended"
with_command Escape
kill -KILL "$(cat "$work/pid")"
wait_for 15 is_gone "$(cat "$work/pid")"
pid=$(cat "$work/command.pid")
is_alive "$pid" || fail "the command died with sctop"
kill "$pid"

finish
