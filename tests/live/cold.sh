#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Programs whose files are not in the page cache: a text whose page is not in
# memory when the call begins is read later, never shown as an address or as
# empty.  COLD_RUNS runs of each (3).
. "${srcdir:-.}/tests/live/lib.sh"

runs=${COLD_RUNS:-3}
export SCTOP
[ -w /proc/sys/vm/drop_caches ] || skip "cannot drop the page cache"
git init -q "$work/repo" || skip "needs git"
echo text >"$work/repo/file"

# cold WHAT COMMAND...: under sctop and strace at once; what strace shows as a
# text, sctop shows too.
cold()
{
	what=$1
	shift
	: >"$work/missed"
	n=0
	while [ "$n" -lt "$runs" ]; do
		n=$((n + 1))
		sync
		echo 3 >/proc/sys/vm/drop_caches
		"$srcdir/tests/agree" --no-signals -- "$@" \
			>"$work/agree" 2>&1 # other differences are others' matter
		grep -E '^all  ' "$work/agree" >"$work/all" ||
			fail "$what: $(tail -n 1 "$work/agree")"
		grep -E ': (0x#|NULL|"")  instead of  "' "$work/agree" \
			>>"$work/missed"
	done
	if [ -s "$work/missed" ]; then
		fail "$what: texts that strace shows and sctop does not"
		sort "$work/missed" | uniq -c | sed 's/^/	/'
	else
		echo "ok: $what: $runs cold runs, every text is there"
	fi
}

cold "git status" git -C "$work/repo" status
cold "python3 -c pass" python3 -c pass
cold "bash -c ls" bash -c ls
exit $((failures > 0))
