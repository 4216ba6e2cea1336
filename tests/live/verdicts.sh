#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A filter says the same in the kernel and in the model: 1,000 random ones, each
# on the same live calls of two processes, which the kernel side marks with its
# verdict instead of leaving them out.
. "${srcdir:-.}/tests/live/lib.sh"

"$builddir/tests/live/verdicts" 1000 "${VERDICTS_SEED:-$(date +%s)}" \
	>"$work/out" 2>"$work/err"
expect "status" $? 0
cat "$work/err" "$work/out" | head -40
set -- $(tail -n 1 "$work/out")
expect "filters" "${1-}" 1000
expect "wrong" "${5-}" 0
[ "${3-0}" -ge 30000 ] || fail "only ${3-0} rows"
[ "${7-0}" -ge 50 ] || fail "only ${7-0} filters were decided in part"
finish
