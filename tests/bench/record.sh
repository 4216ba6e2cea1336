#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What a recording costs: in user space alone; then of a loop of calls, recorded
# with default buffers: how fast it went, what was lost, what it takes on disk,
# and how fast it is read back.
set -u
: "${SCTOP:=./sctop}" "${builddir:=.}"
calls=5000003
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

make -s -C "$builddir" tests/live/workload >/dev/null || exit 1
"$builddir/tests/bench/bench-record" || exit 1
[ "$(id -u)" -eq 0 ] || exit 0

began=$(date +%s%N)
"$SCTOP" -w "$work/rec" -e getppid -- "$builddir/tests/live/workload" \
	storm $calls 1 >/dev/null 2>"$work/notices" </dev/null
ended=$(date +%s%N)
rows=$("$SCTOP" -r "$work/rec" -j --fields tid 2>/dev/null | grep -c '"call"')
size=$(stat -c %s "$work/rec")
printf '%-34s %8d calls, %d rows, %d lost; %d ms, %d.%d bytes each\n' \
	'a recorded loop' $calls "$rows" $((calls - rows)) \
	$(((ended - began) / 1000000)) $((size / calls)) \
	$((size * 10 / calls % 10))
cat "$work/notices"
"$builddir/tests/bench/bench-record" "$work/rec"
