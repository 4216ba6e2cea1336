# SPDX-License-Identifier: GPL-2.0-or-later
"""Which lines count as shown."""

import contextlib
import io
import os
import tempfile
import unittest

from agreement import expected
from agreement.lines import read_sctop, read_strace

MARK = "{} syscall_0x1388({:#x}, 0, 0, 0, 0, 0) = -1 ENOSYS (Function not implemented)\n"


def written(text, read, *more):
    """What READ makes of a file of TEXT."""
    with tempfile.TemporaryDirectory() as where:
        path = os.path.join(where, "file")
        with open(path, "w", encoding="ascii") as file:
            file.write(text)
        return read(path, *more)


def missing(expectations, trace, read=read_strace, *more):
    """The cases whose line the trace has not."""
    rows = written(expectations, expected.read_expected)
    return list(expected.compare(rows, expected.pieces(written(trace, read, *more))))


class Lines(unittest.TestCase):
    """Of one case."""

    def test_are_found_behind_their_marker(self):
        trace = (MARK.format(7, 1) + "7 brk(NULL) = 0x5\n" + "7 close(3)          = 0\n"
                 + MARK.format(7, 2) + "7 close(4)          = 0\n")
        self.assertEqual(missing("1\ta.close.1\t7     close(3)          = 0\n", trace), [])
        self.assertEqual(missing("2\ta.close.1\t7     close(3)          = 0\n", trace),
                         ["a.close.1"])
        self.assertEqual(missing("1\ta.close.1\t8     close(3)          = 0\n", trace),
                         ["a.close.1"])

    def test_are_compared_with_their_padding(self):
        trace = MARK.format(7, 1) + "7 close(3) = 0\n"
        self.assertEqual(missing("1\ta.close.1\t7 close(3)  = 0\n", trace), ["a.close.1"])
        self.assertEqual(missing("1\ta.close.1\t7 close(3)  = 0\n", trace, read_sctop, {"7"}),
                         ["a.close.1"])

    def test_of_two_halves_are_compared_without_it(self):
        trace = (MARK.format(7, 1) + '7 read(3,  <unfinished ...>\n8 close(1) = 0\n'
                 '7 <... read resumed>") = 1", 5) = 5\n')
        self.assertEqual(missing('1\ta.read.1\t7 read(3, ") = 1", 5)    = 5\n', trace), [])
        self.assertEqual(missing('1\ta.read.1\t7 read(3, ")  = 1", 5)    = 5\n', trace),
                         ["a.read.1"])

    def test_of_one_case_come_in_their_order(self):
        trace = (MARK.format(7, 1) + "7 kill(7, SIGHUP) = 0\n7 --- SIGHUP {} ---\n"
                 "7 rt_sigreturn({mask=[]}) = 0\n")
        lines = ["1\ta.kill.1\t7 kill(7, SIGHUP) = 0\n", "1\ta.kill.1\t7 --- SIGHUP {} ---\n"]
        self.assertEqual(missing("".join(lines), trace), [])
        self.assertEqual(missing("".join(reversed(lines)), trace), ["a.kill.1"])

    def test_of_calls_that_strace_cannot_name_are_compared_by_result(self):
        trace = MARK.format(7, 1) + "7 syscall_0x1c6(0x1, 0x2, 0, 0, 0, 0) = 0\n"
        self.assertEqual(missing("1\ta.b.1\t7 futex_wake(NULL) = 0\n", trace), [])
        self.assertEqual(missing("1\ta.b.1\t7 futex_wake(NULL) = 1\n", trace), ["a.b.1"])
        self.assertEqual(missing("1\ta.b.1\t7 futex_wait(NULL) = 0\n", trace), ["a.b.1"])


class Verdict(unittest.TestCase):
    """What is a failure."""

    def failures(self, wrong, excused):
        """How many, with the cases a.x.1 and a.y.1."""
        rows = [(1, "a.x.1", "7 x() = 0"), (2, "a.y.1", "7 y() = 0")]
        with contextlib.redirect_stdout(io.StringIO()):
            return expected.judge("strace", rows, {case: [("", "")] for case in wrong},
                                  excused)

    def test_is_a_difference(self):
        self.assertEqual(self.failures([], []), 0)
        self.assertEqual(self.failures(["a.x.1"], []), 1)

    def test_is_not_one_that_the_list_has(self):
        self.assertEqual(self.failures(["a.x.1"], ["a.x.1"]), 0)
        self.assertEqual(self.failures([], ["a.x.1"]), 0)


if __name__ == "__main__":
    unittest.main()
