#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Whether the lines that Y shows are understood by the programs they are for.
. "${srcdir:-.}/tests/live/lib.sh"

sh -c 'while :; do cat /etc/hostname /absent; uname; sleep 0.1; done' \
	>"${work:?}/busy" 2>&1 &
busy=$!
trap 'kill "$busy" 2>/dev/null; rm -rf "$work"' EXIT

# understood LINE: its program runs it, or would.
understood()
{
	case $1 in
	sctop*) try="$SCTOP ${1#sctop} --for 300ms -n 1" ;;
	bpftrace*) try="bpftrace -d ${1#bpftrace}" ;;
	*) try="timeout -s INT 1 $1" ;;
	esac
	(eval "$try") >"$work/out" 2>&1
	code=$?
	# timeout tells that it had to end it
	[ "$code" -eq 0 ] || [ "$code" -eq 124 ]
}

"${builddir:-.}/tests/live/ascommand" "$busy" >"$work/lines"
while IFS= read -r line; do
	program=${line%% *}
	if [ "$program" != sctop ] && ! command -v "$program" >/dev/null; then
		echo "ok: no $program here"
	elif [ "$program" = perf ] &&
		! timeout -s INT 5 perf trace true >"$work/out" 2>&1; then
		echo "ok: perf trace does not run here"
	elif understood "$line"; then
		printf 'ok: %s\n' "$line"
	else
		fail "status $code: $line"
		head -n 5 "$work/out"
	fi
done <"$work/lines"
expect "lines" "$(wc -l <"$work/lines" | tr -d ' ')" 12
finish
