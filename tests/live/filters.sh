#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Each filter is decided in the kernel: of 23 wanted and 4,001 unwanted calls
# exactly 23 reach the ring buffer and are printed.
. "${srcdir:-.}/tests/live/lib.sh"
needs python3 setpriv

workload=$work/workload
cp "$builddir/tests/live/workload" "$workload" || exit 1
cp "$workload" "$work/wanted-one"
chmod 755 "$work" "$workload" "$work/wanted-one"

# twenty_three WHAT: of the run that has just ended.
twenty_three()
{
	expect "$1: rows printed" "$(count_calls "$work/rows")" 23
	expect "$1: rows sent" \
		"$(sed -n 's/.*rows sent \([0-9]*\),.*/\1/p' "$work/err")" 23
}

# command WHAT FILTER... -- COMMAND...
command_with()
{
	what=$1
	shift
	"$SCTOP" -b --totals -o "$work/rows" "$@" 2>"$work/err"
	expect "$what: status" $? 0
	twenty_three "$what"
}

command_with "-e name" -e getppid -- "$workload" mix name
command_with "-z" -e fcntl -z -- "$workload" mix outcome
command_with "-Z" -e fcntl -Z -- "$workload" mix failure
command_with "--errno" -e fcntl --errno EBADF -- "$workload" mix errno
command_with "--min-time" -e nanosleep --min-time 10ms -- "$workload" mix time

# shellcheck disable=SC2016 # expanded by the inner shell
command_with "-C" -e getppid -C 'wanted-*' -- \
	sh -c '"$1/wanted-one" mix same; "$1/workload" mix other' sh "$work"
# shellcheck disable=SC2016 # expanded by the inner shell
command_with "-u" -e getppid -u 4242 -- \
	sh -c 'setpriv --reuid 4242 --clear-groups "$1" mix same
		"$1" mix other' sh "$workload"

group=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/self/mounts)
name=sctop-live-$$
if [ -n "$group" ] && mkdir -p "$group/$name/sub"; then
	# shellcheck disable=SC2016 # expanded by the inner shell
	command_with "-G, a sub-group" -e getppid -G "/$name" -- sh -c '
		sh -c "echo 0 >$2/sub/cgroup.procs; exec $1 mix same"
		"$1" mix other' sh "$workload" "$group/$name"
	rmdir "$group/$name/sub" "$group/$name"
else
	skip "no cgroup2 hierarchy can be written"
fi

# running WHAT KIND FILTER...: of a process that runs already, $pid.
running()
{
	what=$1
	kind=$2
	shift 2
	rm -f "$work/go"
	mkfifo "$work/go"
	"$workload" hold "$workload" mix "$kind" <"$work/go" >"$work/tid" &
	pid=$!
	exec 9>"$work/go"
	sctop_start -b --totals -o "$work/rows" -e getppid "$@" -p "$pid"
	"$workload" mix other
	echo >&9
	exec 9>&-
	wait "$pid"
	sctop_stop
	expect "$what: status" "$status" 0
	twenty_three "$what"
}

running "-p" same
running "-p, descendants" fork
running "-p, --no-follow" parent --no-follow

# --tid: the thread says who it is, and waits.
rm -f "$work/go"
mkfifo "$work/go"
"$workload" mix threads <"$work/go" >"$work/tid" &
pid=$!
exec 9>"$work/go"
wait_for 10 test -s "$work/tid"
sctop_start -b --totals -o "$work/rows" -e getppid --tid "$(cat "$work/tid")"
echo >&9
exec 9>&-
wait "$pid"
sctop_stop
twenty_three "--tid"

"$SCTOP" -b -n 7 -e getppid -o "$work/rows" -- "$workload" mix other
expect "-n 7" "$(wc -l <"$work/rows")" 7

# The same rows in every format.
for format in -b -j --csv; do
	"$SCTOP" $format -e fcntl,openat -o "$work/rows$format" -- \
		"$workload" mix errno 2>"$work/err"
done
python3 - "$work/rows" <<'END' || fail "formats differ"
import csv, json, re, sys
path = sys.argv[1]
text = []
for line in open(path + "-b"):
    if re.match(r"\d+ +(---|\+\+\+) ", line):
        continue
    m = re.fullmatch(r"\d+ +(\w+)\(.*\) += (-?\d+|\?)(?: (E\w+) \(.*\))?\n", line)
    assert m, line
    text.append((m[1], m[2], m[3] or ""))
objects = [json.loads(line) for line in open(path + "-j")]
calls = [(o["syscall"], str(o["ret"]), o["errno"] or "")
         for o in objects if o["type"] == "call"]
table = [(r["syscall"], r["ret"], r["errno"])
         for r in csv.DictReader(open(path + "--csv", newline=""))]
def same(a, b):
    return [(n, e) for n, _, e in a] == [(n, e) for n, _, e in b]
# strace's shape shows errors as -1; JSON and CSV the negated errno.
assert len(text) > 4024 and same(text, calls) and same(text, table)
assert all(r == "-1" for _, r, e in text if e)
assert [r for _, r, e in calls] == [r for _, r, e in table]
print("ok: %d rows are the same in -b, -j and --csv" % len(text))
END

# sctop is not in its own trace.
sctop_start -b -e all -o "$work/rows"
"$workload" mix other
sctop_stop
[ -s "$work/rows" ] || fail "nothing was traced"
expect "rows of sctop itself" "$(grep -c "^$sctop " "$work/rows")" 0
finish
