#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# --export of a live run has every call of it, once, and is whole however the run
# ends; of a recording it is the same.
. "${srcdir:-.}/tests/live/lib.sh"
needs python3
workload=$builddir/tests/live/workload

# What must hold of a time line: prints how many getppid it has.
cat >"$work/check.py" <<'PYTHON'
import collections
import json
import sys

events = json.load(open(sys.argv[1]))
tracks, flows = collections.defaultdict(list), collections.defaultdict(str)
for event in events:
    if event["ph"] == "X":
        begin = round(event["ts"] * 1000)
        tracks[event["pid"], event["tid"]].append(
            (begin, -begin - round(event["dur"] * 1000)))
    if event["ph"] in "sf":
        flows[event["id"]] += event["ph"]
for track, slices in tracks.items():
    within = []
    for begin, end in sorted(slices):
        while within and within[-1] <= begin:
            within.pop()
        if within and -end > within[-1]:
            sys.exit(f"slices of {track} overlap")
        within.append(-end)
if set(flows.values()) - {"sf"}:
    sys.exit(f"an arrow has one end: {flows}")
print(sum(event["name"] == "getppid" for event in events), end="")
print(" with arrows" if flows else " without arrows")
PYTHON

"$SCTOP" -w "$work/rec" --export trace-event -o "$work/live.json" -- \
	"$workload" mix fork || fail "the run failed"
expect "calls of a time line" "$(python3 "$work/check.py" "$work/live.json")" \
	"23 with arrows"
"$SCTOP" -r "$work/rec" --export trace-event -o "$work/rec.json" ||
	fail "the recording cannot be exported"
expect "of its recording" "$(python3 "$work/check.py" "$work/rec.json")" \
	"23 with arrows"
expect "folded by number" "$("$SCTOP" -r "$work/rec" --export folded-calls |
	awk '/;getppid / { n += $2 } END { print n }')" 23

sctop_start --export trace-event -o "$work/ended.json" -e getppid
"$workload" mix same
sctop_stop
expect "status after an interrupt" "$status" 0
expect "a run that was interrupted" \
	"$(python3 "$work/check.py" "$work/ended.json" >/dev/null && echo whole)" \
	whole
finish
