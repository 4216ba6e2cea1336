#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Counts are exact, also while rows are being lost: 1,000,003 calls of four
# threads that have ended.
. "${srcdir:-.}/tests/live/lib.sh"

calls=1000003
storm="$builddir/tests/live/workload storm $calls 4"

# counted FILE: the calls of getppid in a -c table, as plain number.
counted()
{
	awk '$NF == "getppid" { gsub(/[^0-9]/, "", $1); print $1 }' "$1"
}

# shellcheck disable=SC2086 # words of a command
"$SCTOP" -c -e getppid -o "$work/table" -- $storm 2>"$work/err"
expect "status of -c" $? 0
expect "calls that -c counts" "$(counted "$work/table")" $calls
[ "$failures" -eq 0 ] || cat "$work/table"
expect "notices of -c" "$(cat "$work/err")" ""

# lost FILE: the sum of its sentence about losses.
lost()
{
	sed -n 's/^sctop: lost \([0-9]*\) rows:.*/\1/p' "$1"
}

# rows_and_losses SIZE: of -b with that much ring buffer.
rows_and_losses()
{
	# shellcheck disable=SC2086 # words of a command
	"$SCTOP" -b -e getppid --ring-size "$1" -o "$work/rows" -- $storm \
		2>"$work/err"
	expect "status of -b, $1" $? 0
	rows=$(grep -c ' getppid() *= ' "$work/rows")
	lost=$(lost "$work/err")
	expect "rows + lost, $1 ($rows + ${lost:-0})" $((rows + ${lost:-0})) \
		$calls
}

rows_and_losses 64K
[ "${lost:-0}" -gt 0 ] || fail "64K of ring buffer lost nothing"
rows_and_losses 16M

# One thread at full speed with default buffers loses nothing.
"$SCTOP" -b -e getppid -o "$work/rows" -- \
	"$builddir/tests/live/workload" storm $calls 1 2>"$work/err"
expect "rows of one thread" "$(grep -c ' getppid() *= ' "$work/rows")" $calls
expect "losses of one thread" "$(lost "$work/err")" ""
finish
