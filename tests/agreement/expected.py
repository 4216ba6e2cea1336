# SPDX-License-Identifier: GPL-2.0-or-later
"""Compares traces with the lines that the traced program says must be there.

usage: python3 -m agreement.expected E [--sctop A]
           [--strace B [--exceptions FILE]] [--least N]

E has lines of number, case and expected line.  Before the call of each the
program made a call that does not exist, which tells that number; what its
thread did until its next such call belongs to the case.

Each expected line must be in A and in B, which strace wrote; of a line that
strace wrote in two halves the padding does not count, and of a call that it
knows by number only nothing but the result does.  --exceptions: CASE | REASON,
cases that B shows otherwise.  --least: how many different calls there must be.
"""

import argparse
import re
import sys

from agreement.lines import UNKNOWN, read_call, read_sctop, read_strace

MARKER = "syscall_0x1388("
PADDING = re.compile(r"\) += (?!.*\) += )")


def pieces(threads):
    """number of a marker -> [(line, joined)] after it, up to the thread's next."""
    found = {}
    for thread in threads.values():
        lines = [(place, 1, call.line, call.joined) for place, call in enumerate(thread.calls)]
        lines += [(remark.place, 0, remark.line, False) for remark in thread.remarks]
        number = None
        for _, _, line, joined in sorted(lines, key=lambda line: line[:2]):
            body = line.partition(" ")[2]
            if body.startswith(MARKER):
                number = int(body[len(MARKER):].split(",")[0], 16)
            elif number is not None:
                found.setdefault(number, []).append((line, joined))
    return found


def read_expected(path):
    """[(number, case, line)], by number and as they were written."""
    rows = []
    with open(path, encoding="ascii", errors="backslashreplace", newline="\n") as lines:
        for row in lines:
            number, case, line = row.rstrip("\n").split("\t")
            tid, _, body = line.partition(" ")
            rows.append((int(number), case, f"{tid} {body.lstrip(' ')}"))
    return sorted(rows, key=lambda row: row[0])


def read_list(path):
    """The cases of a file with comments."""
    if not path:
        return []
    with open(path, encoding="ascii") as lines:
        rows = [line.partition(" | ")[0].strip() for line in lines]
    return [row for row in rows if row and not row.startswith("#")]


def same(expected, line, joined):
    """Whether LINE is the expected one."""
    tid, _, body = line.partition(" ")
    if UNKNOWN.match(body) and not body.startswith(MARKER):
        known, _, rest = expected.partition(" ")
        return known == tid and read_call(tid, body).key == read_call(known, rest).key
    if joined:
        return PADDING.sub(") = ", expected) == PADDING.sub(") = ", line)
    return expected == line


def name_of(line):
    """The call of a line, or what else it begins with."""
    return re.split(r"[ (]", line.partition(" ")[2], maxsplit=1)[0]


def compare(rows, found):
    """{case: [(expected, got)]} of the lines that are not there, in their order."""
    missing, places = {}, {}
    for number, case, expected in rows:
        lines = found.get(number, [])
        first = places.get(number, 0)
        for i in range(first, len(lines)):
            if same(expected, *lines[i]):
                places[number] = i + 1
                break
        else:
            alike = [line for line, _ in lines[first:] if name_of(line) == name_of(expected)]
            got = alike[0] if alike else "(no such line)"
            missing.setdefault(case, []).append((expected, got))
    return missing


def judge(who, rows, missing, excused):
    """Prints what is wrong; how much that is."""
    failures = 0
    for case, differences in missing.items():
        if case in excused:
            continue
        failures += 1
        for expected, got in differences:
            print(f"FAIL {case}, {who}\n    expected: {expected}\n    got:      {got}")
    print(f"{who}: {len(rows)} lines compared, {len(missing)} cases differ")
    return failures


def main():
    """Status 0: all is well, 1: it is not."""
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("expected")
    for name in ("sctop", "strace", "exceptions"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--least", type=int, default=0)
    asked = parser.parse_args()
    rows = read_expected(asked.expected)
    tids = {line.partition(" ")[0] for _, _, line in rows}
    failures = 0
    if asked.strace:
        missing = compare(rows, pieces(read_strace(asked.strace)))
        failures += judge("strace", rows, missing, read_list(asked.exceptions))
    if asked.sctop:
        missing = compare(rows, pieces(read_sctop(asked.sctop, tids)))
        failures += judge("sctop", rows, missing, [])
    calls = {case.split(".")[1] for _, case, _ in rows}
    print(f"{len(calls)} different calls")
    if len(calls) < asked.least:
        print(f"FAIL fewer than {asked.least} different calls")
        failures += 1
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
