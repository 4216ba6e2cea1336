#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The manual's five-minute tour: its keys, each question at most six of them,
# answer four questions about a workload from a cold start within 15 seconds.
# shellcheck disable=SC2317 # functions that wait_for calls
. "${srcdir:-.}/tests/live/lib.sh"
. "${srcdir:-.}/tests/live/screen.sh"

presses_limit=6
seconds_limit=15

stop_all()
{
	[ "$zoo" ] && kill "$zoo" 2>/dev/null
}
zoo=''

# keys_of N: those of the tour's Nth question, a word for each press.
keys_of()
{
	awk -v n="$1" '
		/^\.Sh / { tour = /FIVE-MINUTE TOUR/ }
		tour && /^\.Dl / && --n == 0 {
			sub(/^\.Dl /, "")
			gsub(/\\e/, "\\")
			for (i = 1; i <= NF; i++) {
				if ($i == "Enter") { print $i; continue }
				for (j = 1; j <= length($i); j++)
					print substr($i, j, 1)
			}
		}' "$srcdir/doc/sctop.1"
}

# first_row HEADING: the line below the one with that heading.
first_row()
{
	screen | sed -n "/$1/{n;p;q;}"
}

first_row_is()
{
	first_row "$1" | grep -q -e "$2"
}

# ask QUESTION N HEADING PATTERN: presses the keys of the Nth and expects the
# first row below HEADING to be the answer.
ask()
{
	presses=0
	keys_of "$2" >"$work/keys"
	while read -r key; do
		keys "$key"
		presses=$((presses + 1))
	done <"$work/keys"
	if wait_for "$seconds_limit" first_row_is "$3" "$4"; then
		echo "ok: $1, $presses presses: $(first_row "$3")"
	else
		fail "$1: the first row is not '$4' in:"
		screen
	fi
	[ "$presses" -ge 1 ] && [ "$presses" -le "$presses_limit" ] ||
		fail "$1: $presses presses"
}

milliseconds()
{
	echo $(($(date +%s%N) / 1000000))
}

# tour WIDTH HEIGHT: a new zoo, a cold start, four questions.
tour()
{
	rm -rf "$work/zoo"
	mkdir "$work/zoo"
	"$builddir/tests/live/tour" "$work/zoo" &
	zoo=$!
	wait_for 10 test -e "$work/zoo/ready" || fail "the zoo does not open"
	begin=$(milliseconds)
	tm new-session -d -s screen -x "$1" -y "$2" "exec $SCTOP --no-save"
	pid=$(tm display-message -p -t screen '#{pane_pid}')
	wait_for 10 is_tracing "$pid" || fail "sctop does not trace"
	wait_for 10 shows "Syscalls" || fail "no screen"
	touch "$work/zoo/go" # it writes now
	ask "which process fails most" 1 ERRORS▽ "zoo-gate .*openat .*ENOENT"
	ask "which file it wants" 2 'FILE  ' " /etc/zoo/prices\\.conf "
	ask "who waits longest, and in what" 3 AGE▽ "> .* zoo-db .*read .*pipe:"
	wait_for 10 test -e "$work/zoo/slowest" || fail "nothing was written"
	read -r file ns second_ns <"$work/zoo/slowest"
	echo "the slowest fsync: $file, $ns ns, next $second_ns ns"
	ask "which fsync took longest" 4 DURATION▽ \
		"zoo-disk .*fsync "
	wait_for 2 shows "^fsync([0-9]*<$work/zoo/$file>)" ||
		fail "it is not that of $file"
	took=$(($(milliseconds) - begin))
	echo "$1x$2: $took ms from start to the last answer"
	[ "$took" -le $((seconds_limit * 1000)) ] || fail "that is too long"
	tm kill-server
	kill "$zoo"
	wait "$zoo" 2>/dev/null
	zoo=''
}

tour 120 40
tour 80 24
finish
