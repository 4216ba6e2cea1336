# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads what strace -f -o FILE and sctop -b -o FILE write.

A call is one line, TID NAME(ARGUMENT, ...) = RESULT.  strace cuts a line in
two halves when another thread comes between; the halves are joined as text.  A
remark is a line about a signal (---), an end (+++) or a change of word size
([ Process ...).  The argument list is taken apart exactly: an argument may hold
brackets, quoted strings, comments and, behind a descriptor, <what it refers to>.
"""

import re
from dataclasses import dataclass, field

MASK = (1 << 64) - 1
CUT = " <unfinished ...>"
HEAD = re.compile(r"(\d+) +")
CALL = re.compile(r"(\w+|\?\?\?)\(")
RESUMED = re.compile(r"<\.\.\. (\w+|\?\?\?) resumed>")
REMARK = re.compile(r"---|\+\+\+|\[ Process ")
SUPERSEDED = re.compile(r"\+\+\+ superseded by execve in pid (\d+) \+\+\+")
RESULT = re.compile(r"\s+= (.*)")
UNKNOWN = re.compile(r"syscall_(0x[0-9a-f]+)")

# Strings and comments are swallowed whole; the rest says where things nest.
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|/\*.*?\*/|[](){}[,<"]', re.DOTALL)
CLOSER = {"(": ")", "[": "]", "{": "}"}
SOCKET = re.compile(r"<[\w-]+:\[")
DECORATION = re.compile(r'"(?:[^"\\]|\\.)*"|\\.|[][<>]', re.DOTALL)

# Calls that Linux got after 6.1, which strace 6.1 knows by number only.
NEWER = {
    451: "cachestat", 452: "fchmodat2", 453: "map_shadow_stack", 454: "futex_wake",
    455: "futex_wait", 456: "futex_requeue", 457: "statmount", 458: "listmount",
    459: "lsm_get_self_attr", 460: "lsm_set_self_attr", 461: "lsm_list_modules",
    462: "mseal", 463: "setxattrat", 464: "getxattrat", 465: "listxattrat",
    466: "removexattrat", 467: "open_tree_attr", 468: "file_getattr", 469: "file_setattr",
    335: "uretprobe", 336: "uprobe",
}


class BadLine(Exception):
    """A line that is neither a call nor one of the known remarks."""


@dataclass
class Call:
    """One call of one thread."""
    name: str
    args: list
    result: str
    line: str
    joined: bool = False
    first: int = 0  # line of the file in which it begins
    last: int = 0   # and in which it ends
    key: tuple = field(init=False)
    tid: str = field(init=False)

    def __post_init__(self):
        self.key = (self.name,) + outcome(self.result)
        self.tid = self.line.partition(" ")[0]

    @property
    def cut(self):
        """Whether strace did not come to the end: the process was killed meanwhile."""
        return self.result == "?" and bool(self.args) and self.args[-1].endswith(CUT.strip())


@dataclass
class Remark:
    """A line about a signal or an end, and how many calls came before it."""
    text: str
    place: int
    line: str

    @property
    def kind(self):
        """What it is about, without the details."""
        return " ".join(self.text.split()[:2])


@dataclass
class Thread:
    """What one thread did, in the order in which it ended."""
    calls: list = field(default_factory=list)
    remarks: list = field(default_factory=list)


def outcome(result):
    """(number as the kernel's 64 bits, errno); the number of "?" is "?"."""
    errno = re.match(r"\S+ (E[A-Z0-9]+)\b", result)
    errno = errno.group(1) if errno else ""
    if result.startswith("?"):
        return "?", errno
    if octal := re.match(r"0[0-7]+(?![\w])", result):
        return int(octal.group(0), 8), errno
    bare = re.match(r"-?(?:0x[0-9a-f]+|\d+)", result)
    if not bare:
        raise BadLine(f"result {result!r}")
    return int(bare.group(0), 0) & MASK, errno


def is_decoration(text, at):
    """Whether the "<" at AT opens what a descriptor refers to: 3<...>, AT_FDCWD<...>."""
    before = text[at - 1] if at else " "
    return (before.isalnum() or before == "_") and text[at + 1:at + 2] not in ("<", "=", "")


def decoration_end(text, at):
    """Behind the ">" that belongs to the "<" at AT.

    In a path strace escapes < > and quotation marks, and <char 1:3> may follow;
    in the brackets of a socket there are arrows and quoted paths."""
    socket = SOCKET.match(text, at)
    depth, brackets = 0, 0
    while token := DECORATION.search(text, at):
        at, mark = token.end(), token.group(0)
        if mark == "<":
            depth += 1
        elif mark in "[]" and socket:
            brackets += 1 if mark == "[" else -1
        elif mark == ">" and not brackets:
            depth -= 1
            if not depth:
                return at
    raise BadLine(f"no end of <{text}")


def split(text, at=0):
    """(arguments, where the list's ")" is) of TEXT, AT behind its "("."""
    args, nest, start = [], [], at
    while token := TOKEN.search(text, at):
        mark, at = token.group(0), token.end()
        if mark in CLOSER:
            nest.append(CLOSER[mark])
        elif mark == "<":
            if is_decoration(text, token.start()):
                at = decoration_end(text, token.start())
        elif mark == "," and not nest:
            args.append(text[start:token.start()].strip())
            start = at
        elif mark == '"':
            raise BadLine(f"a string without end in {text!r}")
        elif mark in ")]}" and nest:
            if nest.pop() != mark:
                raise BadLine(f"unbalanced {mark} in {text!r}")
        elif mark == ")":
            last = text[start:token.start()].strip()
            if last or args:
                args.append(last)
            return args, token.start()
        elif mark in "]}":
            raise BadLine(f"unbalanced {mark} in {text!r}")
    raise BadLine(f"no end of the arguments in {text!r}")


def read_call(tid, body, joined=False):
    """The call in BODY, a line without its thread; JOINED: of two halves."""
    found = CALL.match(body)
    if not found:
        raise BadLine(f"{tid} {body}")
    args, end = split(body, found.end())
    result = RESULT.fullmatch(body, end + 1)
    if not result:
        raise BadLine(f"{tid} {body}")
    name = found.group(1)
    if unknown := UNKNOWN.fullmatch(name):
        number = int(unknown.group(1), 16)
        name = NEWER.get(number, f"syscall_{number}")
    return Call(name, args, result.group(1).rstrip(), f"{tid} {body}", joined)


def numbered(path):
    """(number, thread, rest) of every line of the file."""
    with open(path, encoding="ascii", errors="backslashreplace", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\n")
            found = HEAD.match(line)
            if not found:
                raise BadLine(line)
            yield number, found.group(1), line[found.end():]


class StraceReader:
    """Joins the halves of lines; threads is what came out."""

    def __init__(self):
        self.threads = {}
        self.pending = {}  # of a thread: (line it begins in, its first half)
        self.superseded = {}
        self.at = 0

    def thread(self, tid):
        """The thread, made at its first line."""
        return self.threads.setdefault(tid, Thread())

    def add(self, number, tid, body):
        """Takes one line in."""
        self.at = number
        if REMARK.match(body):
            self.remark(tid, body)
        elif found := RESUMED.match(body):
            self.resume(tid, found.group(1), body[found.end():])
        elif body.endswith(CUT):
            self.pending[tid] = number, body[:-len(CUT)]
            self.thread(tid)
        else:
            self.call(tid, number, body)

    def call(self, tid, first, body, joined=False):
        """A whole call, which began in line FIRST."""
        call = read_call(tid, body, joined)
        call.first, call.last = first, self.at
        self.thread(tid).calls.append(call)

    def remark(self, tid, body):
        """A signal or an end."""
        if found := SUPERSEDED.match(body):
            self.superseded[tid] = found.group(1)
        thread = self.thread(tid)
        thread.remarks.append(Remark(body, len(thread.calls), f"{tid} {body}"))

    def resume(self, tid, name, rest):
        """The second half.  The thread that survives an execve by another one
        goes on with that one's call."""
        owner = tid
        if name.startswith("execve"):
            owner = self.superseded.pop(tid, tid)
        begin, first = self.pending.pop(owner, (0, ""))
        if not first.startswith(name + "("):
            raise BadLine(f"{tid} <... {name} resumed>{rest}: no first half")
        whole = first + rest
        if whole.endswith(CUT):
            self.pending[tid] = begin, whole[:-len(CUT)]
        else:
            self.call(tid, begin, whole, True)

    def finish(self):
        """Calls that never came back are calls all the same."""
        gone = set(self.superseded.values())
        for tid, (begin, first) in self.pending.items():
            if tid not in gone:
                self.call(tid, begin, f"{first}{CUT}) = ?", True)
        return self.threads


def read_strace(path):
    """What strace saw, by thread."""
    reader = StraceReader()
    for line in numbered(path):
        reader.add(*line)
    return reader.finish()


def read_sctop(path, tids):
    """What sctop saw of these threads."""
    threads = {}
    for _, tid, body in numbered(path):
        if tid not in tids:
            continue
        thread = threads.setdefault(tid, Thread())
        if REMARK.match(body):
            thread.remarks.append(Remark(body, len(thread.calls), f"{tid} {body}"))
        else:
            thread.calls.append(read_call(tid, body))
    return threads
