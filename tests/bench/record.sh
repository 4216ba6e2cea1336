#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What a recording costs: in user space alone; then of a loop of calls, recorded
# with default buffers, a million times a second and as fast as it goes: what was
# lost, what it takes on disk, and how fast it is read back.
set -u
: "${SCTOP:=./sctop}" "${builddir:=.}"
calls=5000003
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

make -s -C "$builddir" tests/live/workload >/dev/null || exit 1
"$builddir/tests/bench/bench-record" || exit 1
[ "$(id -u)" -eq 0 ] || exit 0

# loop WHAT PER_S: 0 is as fast as it goes
loop()
{
	rm -f "$work/rec"
	"$SCTOP" -w "$work/rec" -e getppid -- \
		"$builddir/tests/live/workload" pace $calls "$2" \
		>"$work/rate" 2>"$work/notices" </dev/null
	rows=$("$SCTOP" -r "$work/rec" -j --fields tid 2>/dev/null |
		grep -c '"call"')
	size=$(stat -c %s "$work/rec")
	printf '%-34s %8d calls, %d rows, %d lost; %s, %d.%d bytes each\n' \
		"$1" $calls "$rows" $((calls - rows)) "$(cat "$work/rate")" \
		$((size / calls)) $((size * 10 / calls % 10))
	cat "$work/notices"
}

loop 'a loop of a million a second' 1000000
loop 'a loop as fast as it goes' 0
"$builddir/tests/bench/bench-record" "$work/rec"
