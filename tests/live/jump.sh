#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A recording of JUMP_MIB (16; 1024 for what the manual says) shows its first
# screen, and the moment that is jumped to, within 300 ms on a machine that has
# nothing else to do.
. "${srcdir:-.}/tests/live/lib.sh"

export SCTOP TZ=UTC0
case $SCTOP in /*) ;; *) SCTOP=$PWD/$SCTOP ;; esac

"$builddir/tests/live/jump" "${JUMP_MIB:-16}" "${work:?}" \
	>"$work/measured" 2>"$work/err"
expect "status of the run" $? 0
cat "$work/measured" "$work/err"
[ "$failures" -eq 0 ] || finish
ls -l "$work/large"

# median NAME: of the values measured, in milliseconds.
median()
{
	awk -v name="$1" '$1 == name { print $2 }' "$work/measured" | sort -n |
		awk '{ all[NR] = $1 } END { print int(all[int((NR + 1) / 2)] / 1000) }'
}

# Others may take most of a CPU.
limit=300
read -r load _ </proc/loadavg
[ "${load%.*}" -lt "$(nproc)" ] || limit=1500

for what in first jump; do
	took=$(median ${what}_us)
	if [ "$took" -le $limit ]; then
		echo "ok: $what: $took ms, at most $limit"
	else
		fail "$what: $took ms, more than $limit"
	fi
done
finish
