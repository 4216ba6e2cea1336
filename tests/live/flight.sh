#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# --flight: what was called before something that matters is in the file, each
# call of it; what the budget has no room for is gone, and all else of it known.
# shellcheck disable=SC2317 # functions that wait_for calls
. "${srcdir:-.}/tests/live/lib.sh"

workload=$builddir/tests/live/workload
chmod 755 "$work"

# flight OPTION...: in the background, as $sctop, in $work, notices in $work/err
flight()
{
	rm -f "$work/err"
	"$SCTOP" "$@" >/dev/null 2>"$work/err" </dev/null &
	sctop=$!
	wait_for 30 is_tracing "$sctop" || fail "sctop $* does not trace"
}

has_written()
{
	[ "$(grep -c 'wrote ' "$work/err")" -ge "$1" ]
}

end()
{
	kill "$sctop"
	wait "$sctop"
	expect "status" $? 0
}

# rows FILE CALL: how many rows of it there are
rows()
{
	"$SCTOP" -r "$1" -b 2>"$work/notices" |
		grep -c "^[0-9]* *$2("
	expect_nothing "$work/notices"
}

expect_nothing()
{
	[ ! -s "$1" ] || fail "notices: $(cat "$1")" >&2
}

# A trigger: all of before, and of a while after.
flight --flight 8M -w "$work/rec" -e getppid,mkdir \
	-F 'comm == workload || comm == mkdir' \
	--flight-trigger 'syscall == mkdir && args ~ "*first*"' \
	--flight-after 500ms
"$workload" storm 5003 1
mkdir "$work/first"
"$workload" storm 107 1
wait_for 30 has_written 1 || fail "nothing was written: $(cat "$work/err")"
expect "getppid before and after the trigger" \
	"$(rows "$work/rec" getppid)" 5110
expect "the trigger itself" "$(rows "$work/rec" mkdir)" 1
expect "mode" "$(stat -c %a "$work/rec")" 600
"$SCTOP" -r "$work/rec" -c >"$work/counted"
expect "counters are as far as rows" \
	"$(awk '$NF == "getppid" { gsub(/[^0-9]/, "", $1); print $1 }' \
		"$work/counted")" 5110

# The same again too soon: nothing.  A signal: at once, into the next file.
mkdir "$work/first-again"
"$workload" storm 211 1
kill -USR1 "$sctop"
wait_for 30 has_written 2 || fail "SIGUSR1 does nothing: $(cat "$work/err")"
expect "files" "$(find "$work" -name 'rec*' | wc -l)" 2
expect "getppid until the signal" "$(rows "$work/rec.1" getppid)" 5321
expect "and what triggered nothing" "$(rows "$work/rec.1" mkdir)" 2
end

# Without --flight the signal ends a process, as ever.
flight -c -e getppid
kill -USR1 "$sctop"
wait "$sctop"
expect "status without --flight" $? 138 # 128 + SIGUSR1

# What is asked for when it ends is written.
flight --flight 1M -w "$work/late" -e mkdir -F 'comm == mkdir' \
	--flight-trigger ret==0
mkdir "$work/late-dir"
end
expect "a trigger just before the end" "$(rows "$work/late" mkdir)" 1

# A storm beyond the budget: the latest are there, without a gap, the first are
# not; of files opened long before the paths are known.
# shellcheck disable=SC2016 # it is another shell's
sh -c 'exec 3</etc/passwd
	read -r x <&3
	while [ ! -e "$0/go" ]; do sleep 0.05; done
	"$1" storm 1500003 1
	read -r x <&3
	: >"$0/done"
	while [ ! -e "$0/stop" ]; do sleep 0.05; done' \
	"$work" "$workload" &
shell=$!
flight --flight 1M -w "$work/wrap" -p "$shell" -yy -e getppid,read
: >"$work/go"
wait_for 60 test -e "$work/done" || fail "the storm does not end"
kill -USR1 "$sctop"
wait_for 30 has_written 1 || fail "nothing was written: $(cat "$work/err")"
: >"$work/stop"
wait "$shell"
wait "$sctop" # which has nothing left to trace
"$SCTOP" -r "$work/wrap" -b -yy >"$work/rows" 2>"$work/notices"
expect_nothing "$work/notices"
count=$(grep -c ' getppid()' "$work/rows")
if [ "$count" -ge 1500003 ] || [ "$count" -lt 20000 ]; then
	fail "$count of 1500003 calls in 1 MiB"
else
	echo "ok: $count of 1500003 calls in 1 MiB"
fi
expect_text "what came last has its path" "$work/rows" 'read(0</etc/passwd>'
[ "$(stat -c %s "$work/wrap")" -le 11500003 ] || fail "it is too large"
"$SCTOP" -r "$work/wrap" -c >"$work/counted"
expect "its counters are those of the run" \
	"$(awk '$NF == "getppid" { gsub(/[^0-9]/, "", $1); print $1 }' \
		"$work/counted")" 1500003
finish
