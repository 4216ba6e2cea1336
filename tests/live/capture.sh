#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the programs copy of a caller's memory.
. "${srcdir:-.}/tests/live/lib.sh"

"$builddir/tests/live/capture" >"$work/out" 2>&1 ||
	fail "tests/live/capture"
cat "$work/out"
finish
