#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# kill -9 of sctop leaves no BPF program, map or link behind, and COMMAND goes
# on.
. "${srcdir:-.}/tests/live/lib.sh"
needs bpftool python3

# owned KIND PID: the ids of programs, maps or links that PID holds.
owned()
{
	bpftool -j "$1" show | python3 -c '
import json, sys
pid = int(sys.argv[1])
for item in json.load(sys.stdin):
    if any(p["pid"] == pid for p in item.get("pids", [])):
        print(item["id"])' "$2"
}

# gone KIND: none of the ids in $work/KIND exists any more.
# shellcheck disable=SC2317 # called by wait_for
gone()
{
	bpftool -j "$1" show | python3 -c '
import json, sys
left = {item["id"] for item in json.load(sys.stdin)}
before = {int(line) for line in open(sys.argv[1])}
sys.exit(bool(left & before))' "$work/$1"
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
