#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every number of our table that the running kernel can prove is right.
. "${srcdir:-.}/tests/live/lib.sh"

"$builddir/tests/live/numbers" >"$work/out" 2>&1 ||
	fail "tests/live/numbers"
cat "$work/out"
finish
