# SPDX-License-Identifier: GPL-2.0-or-later
"""Descriptors with what they refer to, such as 3</tmp/a> and AT_FDCWD</tmp>.

Why strace may be wrong about a socket: it asks the kernel once, by the number
of the inode, in its own network namespace, and repeats the answer ever after.
Evidence is what a run says about that, by the place of its lines.
"""

import itertools
import re

from agreement.lines import TOKEN, decoration_end, is_decoration

DELETED = "(deleted)"
NAME = re.compile(r"\w+$")
ENDS = re.compile(r"^<[\w-]+:\[(?:(\d+)(?:->(\d+))?[],]|([^]\s]\S*:\d+)->(\S+:\d+)\]>$)")
MAPPED = re.compile(r"\[::ffff:([\d.]+)\]")
CLOSES = {"close", "close_range"}
NAMES = {"bind", "connect"}
FORKS = {"clone", "clone3", "fork", "vfork"}
NAMESPACE = re.compile(r"\bCLONE_NEWNET\b")
NEVER = float("inf")


def find(text):
    """(TEXT without what its descriptors refer to, [(place in it, number, <...>)])."""
    plain, found, at, kept = "", [], 0, 0
    while token := TOKEN.search(text, at):
        at = token.end()
        if token.group(0) != "<" or not is_decoration(text, token.start()):
            continue
        at = decoration_end(text, token.start())
        if text.startswith(DELETED, at):
            at += len(DELETED)
        plain += text[kept:token.start()]
        kept = at
        found.append((len(plain), NAME.search(plain).group(0), text[token.start():at]))
    return plain + text[kept:], found


def pairs(ours, theirs):
    """(whether the texts are the same but for descriptors, pairs of descriptors).
    Where the texts are so far the same and one has no target it is the number
    alone; else pairs are made in order, with "" for one that is missing."""
    if "<" not in ours and "<" not in theirs:
        return ours == theirs, []
    mine, other = find(ours), find(theirs)
    if mine[0] == other[0]:
        numbers = {place: number for place, number, _ in mine[1] + other[1]}
        known = [{place: target for place, _, target in found} for found in (mine[1], other[1])]
        return True, [tuple(numbers[place] + side.get(place, "") for side in known)
                      for place in sorted(numbers)]
    texts = [[number + target for _, number, target in found] for found in (mine[1], other[1])]
    return False, list(itertools.zip_longest(*texts, fillvalue=""))


def ends(target):
    """(a name of the socket, a name of the one that it is connected to); either may be None."""
    found = ENDS.match(target)
    if not found:
        return None, None
    if found.group(1):
        return found.group(1), found.group(2)
    here, there = (MAPPED.sub(r"\1", end) for end in found.group(3, 4))
    return f"{here}->{there}", f"{there}->{here}"


def least(places, key, place):
    """Notes PLACE if it is the first of KEY."""
    places[key] = min(places.get(key, NEVER), place)


class Evidence:
    """What the lines of a run tell about sockets: where both watchers agreed on a
    text, where a socket was closed or given another address, where a thread came
    to another network namespace."""

    def __init__(self):
        self.agreed = {}
        self.closed = {}
        self.shut = {}
        self.named = {}
        self.accepted = {}  # a socket: the lines from the call's first to its last
        self.namespace = {}

    def agree(self, place, text):
        """Takes in that both say TEXT, a descriptor, in the line at PLACE."""
        least(self.agreed, text[text.find("<"):], place)

    def close(self, names, place):
        """Takes in that sockets were closed."""
        for name in names:
            least(self.closed, name, place)

    def call(self, call, held):
        """Takes in one call of a thread that has HELD these sockets."""
        targets = [[target for _, _, target in find(text)[1]]
                   for text in call.args + [call.result]]
        here = [{ends(target)[0] for target in found} - {None} for found in targets]
        held.update(*here)
        if call.name in CLOSES:
            self.close(set().union(*here), call.first)
        elif call.name == "shutdown":
            self.close(set().union(*here), call.first)
            for name in set().union(*here):
                least(self.shut, name, call.first)
        elif call.name in ("dup2", "dup3") and len(here) > 1:
            self.close(here[1], call.first)
        elif call.name in ("execve", "execveat") and call.key[1] == 0:
            self.close(held, call.first)
        elif call.name in ("accept", "accept4"):
            self.accepted.update((name, (call.first, call.last)) for name in here[-1])
        elif call.name in NAMES and (call.key[1] == 0 or call.key[2] == "EINPROGRESS"):
            for target in targets[0]:
                least(self.named, target, call.last)

    def thread(self, thread):
        """Takes in one thread of strace's."""
        held = set()
        for call in thread.calls:
            self.call(call, held)
        if any(remark.kind.startswith("+++") for remark in thread.remarks) and thread.calls:
            self.close(held, thread.calls[-1].first)

    def move(self, threads, tid, place):
        """Takes in that thread TID came to another network namespace at PLACE, and
        whatever it makes from there on."""
        if tid not in threads or self.namespace.get(tid, NEVER) <= place:
            return
        self.namespace[tid] = place
        for call in threads[tid].calls:
            if call.last >= place and call.name in FORKS and call.key[1] != "?":
                self.move(threads, str(call.key[1]), call.first)

    def moves(self, threads):
        """Finds the network namespaces in strace's THREADS."""
        for tid, thread in threads.items():
            for call in thread.calls:
                if not NAMESPACE.search(call.line) or call.key[1] == "?":
                    continue
                made = str(call.key[1]) if call.name in FORKS else tid
                self.move(threads, made, call.first)

    def of(self, ours, theirs, call, place):
        """What explains that strace says THEIRS in the line at PLACE of CALL, though
        it is not so: "closed", "named", "namespace": it must have been so before, or say
        nothing but the inode; or "accepted": what OURS has was made meanwhile."""
        target = theirs[theirs.find("<"):]
        stale = self.agreed.get(target, NEVER) < place
        found = []
        here, there = ends(target)
        over = self.shut.get(here, NEVER) if "->" in (here or "") else NEVER
        if stale and min(over, self.closed.get(there, NEVER)) < place:
            found.append("closed")
        if stale and self.named.get(target, NEVER) < place:
            found.append("named")
        if self.namespace.get(call.tid, NEVER) < place and (
                stale or ours.startswith(theirs[:-len("]>")])):
            found.append("namespace")
        begun, ended = self.accepted.get(ends(ours[ours.find("<"):])[1], (NEVER, NEVER))
        if begun < call.last and call.first < ended:
            found.append("accepted")
        return found


def evidence(threads, aligned):
    """What strace's THREADS, and the pairs (ours, theirs) of their calls, tell."""
    found = Evidence()
    for thread in threads.values():
        found.thread(thread)
    found.moves(threads)
    for ours, theirs in itertools.chain.from_iterable(aligned):
        if not ours or not theirs:
            continue
        for both in zip(ours.args + [ours.result], theirs.args + [theirs.result]):
            for mine, other in pairs(*both)[1]:
                if mine == other:
                    found.agree(theirs.last, other)
    return found
