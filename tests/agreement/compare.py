# SPDX-License-Identifier: GPL-2.0-or-later
"""Compares what the two watchers wrote, argument by argument.

Per thread the two sequences are aligned by name and result; then texts must be
the same.  A difference is known by its syscall, its position and its shape:
the part that differs, with numbers and strings made general.
"""

import collections
import difflib
import fnmatch
import itertools
import re
from dataclasses import dataclass, field

from agreement import descriptors
from agreement.lines import CUT, NEWER, Thread, read_sctop, read_strace

WORDS = re.compile(r'"(?:[^"\\]|\\.)*"|0x[0-9a-f]+|\d+|\w+|\s+|.', re.DOTALL)
REMARKS = {"---": "signal", "+++": "end", "[": "mode"}
SHAPE_MAX = 70  # characters of a shape


@dataclass
class Tally:
    """What was compared of one syscall, and how much of it is the same."""
    calls: int = 0
    args: int = 0
    same: int = 0
    results: int = 0
    results_same: int = 0
    fds: int = 0       # descriptors, in arguments and results
    fds_same: int = 0
    left_out: int = 0

    def add(self, other):
        """Adds what was counted elsewhere."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


@dataclass
class Difference:
    """All differences of one shape, with the first as an example."""
    count: int
    ours: str
    theirs: str
    our_line: str
    their_line: str


@dataclass
class Rule:
    """An exception: where it holds, for which text, and why.  The text is strace's;
    of a rule about descriptors it is "OURS instead of THEIRS"."""
    where: str
    text: re.Pattern
    reason: str

    def holds(self, name, position, text):
        """Whether it excuses this difference."""
        about_fd = [where.split(".")[1] == "fd" for where in (self.where, f"x.{position}")]
        return (about_fd[0] == about_fd[1] and self.text.search(text)
                and fnmatch.fnmatchcase(f"{name}.{position}", self.where))


def read_rules(path):
    """The exceptions: WHERE | REGEX | REASON."""
    rules = []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            columns = [column.strip() for column in line.split(" | ")]
            if len(columns) != 3 or not all(columns) or "." not in columns[0]:
                raise ValueError(f"{path}:{number}: expected CALL.POSITION | REGEX | REASON")
            rules.append(Rule(columns[0], re.compile(columns[1]), columns[2]))
    return rules


def general(words, bare):
    """WORDS as a shape; BARE: the other side has only a number or nothing there."""
    text = ""
    for word in words:
        if word.startswith('"'):
            text += '"..."'
        elif word.startswith("0x"):
            text += "0x#"
        elif word.isdigit():
            text += "#"
        elif bare and re.fullmatch(r"[A-Z][A-Z0-9_]+", word):
            text += "NAME"
        else:
            text += word
    text = re.sub(r"NAME(\|(NAME|0x#|#))+", "NAME|NAME", text)
    if bare and (found := re.match(r"([\[{]+)(\w*=)?", text)):
        text = found.group(0) + "..."
    return text if len(text) <= SHAPE_MAX else text[:SHAPE_MAX] + "..."


def shape(ours, theirs):
    """The parts in which two texts differ, made general."""
    mine, other = WORDS.findall(ours), WORDS.findall(theirs)
    first = 0
    while first < min(len(mine), len(other)) and mine[first] == other[first]:
        first += 1
    last = 0
    while (last < min(len(mine), len(other)) - first
           and mine[-1 - last] == other[-1 - last]):
        last += 1
    mine, other = mine[first:len(mine) - last], other[first:len(other) - last]
    bare = not mine or (len(mine) == 1 and mine[0][0].isdigit())
    return general(mine, False), general(other, bare)


def by_name(ours, theirs):
    """Pairs of two runs in which no name and result agree."""
    match = difflib.SequenceMatcher(None, [call.name for call in ours],
                                    [call.name for call in theirs], autojunk=False)
    for tag, i1, i2, j1, j2 in match.get_opcodes():
        if tag == "equal":
            yield from zip(ours[i1:i2], theirs[j1:j2])
            continue
        for call in ours[i1:i2]:
            yield call, None
        for call in theirs[j1:j2]:
            yield None, call


def align(ours, theirs):
    """Pairs (ours, theirs) of calls that belong together; None: there is none."""
    first, shorter = 0, min(len(ours), len(theirs))
    while first < shorter and ours[first].key == theirs[first].key:
        yield ours[first], theirs[first]
        first += 1
    last = 0
    while last < shorter - first and ours[-1 - last].key == theirs[-1 - last].key:
        last += 1
    mine, other = ours[first:len(ours) - last], theirs[first:len(theirs) - last]
    match = difflib.SequenceMatcher(None, [call.key for call in mine],
                                    [call.key for call in other], autojunk=False)
    for tag, i1, i2, j1, j2 in match.get_opcodes():
        if tag == "equal":
            yield from zip(mine[i1:i2], other[j1:j2])
        else:
            yield from by_name(mine[i1:i2], other[j1:j2])
    yield from zip(ours[len(ours) - last:], theirs[len(theirs) - last:])


def align_remarks(ours, theirs):
    """The same for remarks, by what they are about."""
    match = difflib.SequenceMatcher(None, [remark.kind for remark in ours],
                                    [remark.kind for remark in theirs], autojunk=False)
    for tag, i1, i2, j1, j2 in match.get_opcodes():
        if tag == "equal":
            yield from zip(ours[i1:i2], theirs[j1:j2])
            continue
        for remark in ours[i1:i2]:
            yield remark, None
        for remark in theirs[j1:j2]:
            yield None, remark


def uncut(ours, theirs):
    """(strace's arguments, how many of them are really ours).  Where the process
    was killed inside the call strace cut its line: ours stand for what is missing."""
    args = list(theirs.args)
    if not theirs.cut:
        return args, 0
    printed = args[-1][:-len(CUT.strip())].rstrip()
    rest = ours.args[len(args) - 1:]
    if not rest and args[0] != CUT.strip():
        return args, 0
    if rest and not rest[0].startswith(printed):
        return args[:-1] + [printed] + rest[1:], len(rest) - 1
    return args[:-1] + rest, len(rest)


def from_execve(ours, theirs):
    """strace's own child makes calls before the execve that strace shows first;
    how many calls of ours those are."""
    if theirs and theirs[0].name == "execve":
        for i, call in enumerate(ours):
            if call.name == "execve":
                return i
    return 0


@dataclass
class Comparison:
    """What was compared and found; several can be added up."""
    rules: list = field(default_factory=list)
    report: object = None  # called with each difference as it is found
    tallies: dict = field(default_factory=dict)
    remarks: dict = field(default_factory=dict)
    found: dict = field(default_factory=dict)
    excused: collections.Counter = field(default_factory=collections.Counter)
    evidence: descriptors.Evidence = field(default_factory=descriptors.Evidence)
    cut: int = 0        # arguments that strace did not come to print
    sequence: int = 0   # calls that are missing, extra or ended otherwise
    lines: int = 0      # that strace wrote in one piece
    lines_same: int = 0

    def tally(self, name):
        """The syscall's own."""
        return self.tallies.setdefault(name, Tally())

    def total(self):
        """All syscalls together."""
        total = Tally()
        for tally in self.tallies.values():
            total.add(tally)
        return total

    def remarks_total(self):
        """All signals and ends together."""
        total = Tally()
        for tally in self.remarks.values():
            total.add(tally)
        return total

    def add(self, other):
        """Adds another run."""
        for name, tally in other.tallies.items():
            self.tally(name).add(tally)
        for name, tally in other.remarks.items():
            self.remarks.setdefault(name, Tally()).add(tally)
        for key, difference in other.found.items():
            if key in self.found:
                self.found[key].count += difference.count
            else:
                self.found[key] = Difference(**vars(difference))
        self.excused.update(other.excused)
        self.cut += other.cut
        self.sequence += other.sequence
        self.lines += other.lines
        self.lines_same += other.lines_same

    def excuse(self, name, position, text):
        """Whether an exception holds for TEXT."""
        for number, rule in enumerate(self.rules):
            if rule.holds(name, position, text):
                self.excused[number] += 1
                return True
        return False

    def differ(self, name, position, ours, theirs, our_line, their_line):
        """Takes a difference down."""
        if self.report:
            self.report(name, position, our_line, their_line)
        known = self.found.setdefault((name, position) + shape(ours, theirs),
                                      Difference(0, ours, theirs, our_line, their_line))
        known.count += 1

    def descriptor(self, call, ours, theirs, place):
        """Whether two descriptors are the same or excused."""
        return ours == theirs or any(
            self.excuse(call.name, f"fd.{why}".rstrip("."), f"{ours} instead of {theirs}")
            for why in [""] + self.evidence.of(ours, theirs, call, place))

    def texts(self, name, position, ours, theirs, pair):
        """Whether two texts are the same or excused."""
        tally = self.tally(name)
        place = pair[1].last if position == "result" else pair[1].first
        alike, found = descriptors.pairs(ours, theirs)
        tally.fds += len(found)
        if ours == theirs or self.excuse(name, position, theirs):
            tally.fds_same += len(found)
            return True
        good = [self.descriptor(pair[1], *both, place) for both in found]
        tally.fds_same += sum(good)
        if alike and all(good):
            return True
        self.differ(name, position, ours, theirs, pair[0].line, pair[1].line)
        return False

    def calls(self, ours, theirs):
        """One pair of calls."""
        name = (theirs or ours).name
        tally = self.tally(name)
        if name in NEWER.values() or name.startswith("syscall_"):
            tally.left_out += 1
            self.sequence += not (ours and theirs)
            return
        tally.calls += 1
        tally.results += 1
        if not ours or not theirs:
            self.alone(tally, ours, theirs)
            return
        self.sequence += ours.key != theirs.key
        pair = (ours, theirs)
        tally.results_same += self.texts(name, "result", ours.result, theirs.result, pair)
        args, cut = uncut(ours, theirs)
        self.cut += cut
        tally.args += max(len(ours.args), len(args))
        for i, both in enumerate(itertools.zip_longest(ours.args, args, fillvalue="(none)"), 1):
            tally.same += self.texts(name, str(i), *both, pair)
        if not theirs.joined:
            self.lines += 1
            self.lines_same += ours.line == theirs.line

    def alone(self, tally, ours, theirs):
        """A call that only one of the two saw."""
        call, texts = ours or theirs, ["a call" if one else "(none)" for one in (ours, theirs)]
        count = sum(len(descriptors.find(text)[1]) for text in call.args + [call.result])
        self.sequence += 1
        tally.args += len(call.args)
        tally.fds += count
        if self.excuse(call.name, "call", texts[1]):
            tally.same += len(call.args)
            tally.fds_same += count
            tally.results_same += 1
        else:
            self.differ(call.name, "call", *texts,
                        *(one.line if one else "(none)" for one in (ours, theirs)))

    def remark(self, ours, theirs):
        """One pair of remarks."""
        some = theirs or ours
        name = REMARKS[some.text.split()[0]]
        tally = self.remarks.setdefault(some.kind, Tally())
        tally.calls += 1
        tally.args += 1
        texts = [one.text if one else "(none)" for one in (ours, theirs)]
        lines = [f"{one.line}   (after call {one.place})" if one else "(none)"
                 for one in (ours, theirs)]
        place = [one.place if one else None for one in (ours, theirs)]
        if texts[0] == texts[1] and place[0] != place[1]:
            texts = [f"after call {at}" for at in place]
        kind = some.kind.split()[-1]
        if texts[0] == texts[1] or self.excuse(name, kind, texts[1]):
            tally.same += 1
        else:
            self.differ(name, kind, *texts, *lines)

    def thread(self, pairs, ours, theirs):
        """One thread, PAIRS of its calls."""
        skip = from_execve(ours.calls, theirs.calls)
        for pair in pairs:
            self.calls(*pair)
        for remark in ours.remarks:
            remark.place -= skip
        remarks = [remark for remark in ours.remarks if remark.place >= (skip > 0)]
        for pair in align_remarks(remarks, theirs.remarks):
            self.remark(*pair)

    def files(self, ours_path, theirs_path):
        """Two files of one run."""
        theirs = read_strace(theirs_path)
        ours = read_sctop(ours_path, theirs)
        pairs = {}
        for tid, thread in theirs.items():
            mine = ours.setdefault(tid, Thread())
            pairs[tid] = list(align(mine.calls[from_execve(mine.calls, thread.calls):],
                                    thread.calls))
        self.evidence = descriptors.evidence(theirs, pairs.values())
        for tid, thread in theirs.items():
            self.thread(pairs[tid], ours[tid], thread)
