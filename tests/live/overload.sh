#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A storm: four threads call getppid as fast as they can, every call is ticked,
# and keys are pressed in every view.  They are answered, counts are exact, CPU
# time and memory stay within their bounds, and a process that opens 100 files a
# second has its rows.  OVERLOAD_SECONDS of it (20; 600 for ten minutes, with
# TEST_SECONDS=900 for make).
. "${srcdir:-.}/tests/live/lib.sh"

seconds=${OVERLOAD_SECONDS:-20}
export SCTOP
case $SCTOP in /*) ;; *) SCTOP=$PWD/$SCTOP ;; esac
case $builddir in /*) ;; *) builddir=$PWD/$builddir ;; esac

(cd "$work" && exec "$builddir/tests/live/overload" "$seconds") \
	>"$work/measured" 2>"$work/err"
expect "status of the run" $? 0
cat "$work/measured" "$work/err"
[ "$failures" -eq 0 ] || finish

# measured NAME
measured()
{
	awk -v name="$1" '$1 == name { print $2 }' "$work/measured"
}

# at_most WHAT VALUE LIMIT
at_most()
{
	if [ "$2" -le "$3" ]; then
		echo "ok: $1: $2, at most $3"
	else
		fail "$1: $2, more than $3"
	fi
}

# --row-memory, --count-memory, --name-memory and --output-memory, with a fourth
# for what the allocator adds, and twice --ring-size and the ring of task events:
# they are mapped twice in a row.
budgets_kb=$((((64 + 32 + 16 + 4) * 5 / 4 + 2 * (16 + 1)) * 1024))

at_most "200 of the keys pressed" 200 "$(measured keys)"
at_most "99th percentile of keys, us" "$(measured key_p99_us)" 100000
at_most "CPU time, ms" "$(measured cpu_ms)" "$(measured wall_ms)"
at_most "memory beyond the program's, KB" \
	$(($(measured rss_kb) - $(measured rss_start_kb))) $budgets_kb
at_most "95 % of the opens" $(($(measured opened) * 95 / 100)) \
	"$(measured opened_rows)"
at_most "rows were left out" 1 "$(measured sampled)"
expect "calls counted" "$(measured spun_counted)" "$(measured spun)"
finish
