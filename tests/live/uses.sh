#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What the view Files counts is exactly what was done with each file, however it
# was named; what Latency counts is what the rows say.
. "${srcdir:-.}/tests/live/lib.sh"

mkdir "$work/used"
"$builddir/tests/live/uses" "$(realpath "$work/used")" >"$work/out" 2>"$work/err"
expect "status" $? 0
cat "$work/err" "$work/out"
expect "the last line" "$(tail -n 1 "$work/out")" "0 wrong"
finish
