#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# kill -9 of sctop leaves no BPF program, map or link behind, and COMMAND goes
# on.
. "${srcdir:-.}/tests/live/lib.sh"
needs bpftool

# owned KIND PID: the ids of programs, maps or links that PID holds.
owned()
{
	cat /proc/"$2"/fdinfo/* | sed -n "s/^$1_id:[[:space:]]*//p" | sort -u
}

# gone KIND: none of the ids in $work/KIND exists any more.
# shellcheck disable=SC2317 # called by wait_for
gone()
{
	while read -r id; do
		bpftool "$1" show id "$id" >/dev/null 2>&1 && return 1
	done <"$work/$1"
	return 0
}

mkfifo "$work/go"
# shellcheck disable=SC2016 # expanded by the inner shell
sctop_start -b -o "$work/trace" -- \
	sh -c 'read -r line <"$1" && echo "$line" >"$2"' sh "$work/go" "$work/said"
for kind in prog map link; do
	owned $kind "$sctop" >"$work/$kind"
	count=$(wc -l <"$work/$kind")
	[ "$count" -gt 0 ] || fail "no $kind is held while sctop runs"
	echo "while it runs: $count of kind $kind"
done
wait_for 10 grep -q 'execve(' "$work/trace" || fail "no row was written"
kill -KILL "$sctop"
wait "$sctop"
expect "status after kill -9" $? 137
for kind in prog map link; do
	wait_for 10 gone $kind || fail "a $kind was left behind"
done
echo "on it goes" >"$work/go"
wait_for 10 test -s "$work/said"
expect "what the command says afterwards" "$(cat "$work/said")" "on it goes"
finish
