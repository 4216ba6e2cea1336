#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Arguments and results of most of x86-64's system calls: a program makes them
# with values it knows and says how each must be shown, and what sctop and
# strace show is compared with that, line by line.
. "${srcdir:-.}/tests/live/lib.sh"
needs python3 strace
TZ=UTC0 # some texts are dates
export TZ

sctop=$(realpath "$SCTOP")
calls=$(realpath "$builddir/tests/live/calls")
mkdir "$work/dir" || exit 1
(cd "$work/dir" && timeout 60 "$sctop" -b -o ../A -- \
	strace -f -o ../B "$calls" ../E) 2>"$work/err" </dev/null
expect "status of the program" $? 0
expect "notices" "$(cat "$work/err")" ""
[ -s "$work/E" ] || { fail "the program expects nothing"; finish; }

(cd "${srcdir:-.}/tests" && python3 -B -m agreement.expected "$work/E" \
	--sctop "$work/A" --strace "$work/B" \
	--exceptions live/calls.exceptions --least 250) ||
	fail "lines differ"
finish
