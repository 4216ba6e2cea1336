#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What is handed in through io_uring without a system call is counted all the same:
# of the whole machine, so that others may add to it, but not much.
. "${srcdir:-.}/tests/live/lib.sh"

"$SCTOP" -c --totals -e io_uring_setup,io_uring_enter -o "$work/table" \
	-- "$builddir/tests/live/uring" 1009 2>"$work/err"
status=$?
[ $status = 77 ] && skip "io_uring is not to be had here"
expect "status" $status 0
expect_text "the ring is made" "$work/table" ' io_uring_setup'
requests=$(sed -n 's/.*requests through io_uring \([0-9]*\).*/\1/p' "$work/err")
if [ "${requests:-0}" -ge 1009 ] && [ "${requests:-0}" -lt 2018 ]; then
	echo "ok: requests: $requests"
else
	fail "1009 requests, but counted: '$requests'"
fi
finish
