# SPDX-License-Identifier: GPL-2.0-or-later
"""What counts as a difference, and of which shape."""

import os
import tempfile
import unittest

from agreement import compare, lines, report


def calls(*texts):
    """Calls of thread 7."""
    return [lines.read_call("7", text) for text in texts]


def compared(ours, theirs, rules=()):
    """The comparison of two lists of lines."""
    one = compare.Comparison(list(rules))
    for pair in compare.align(calls(*ours), calls(*theirs)):
        one.calls(*pair)
    return one


def numbers(comparison):
    """Arguments and results, all and the same."""
    total = comparison.total()
    return total.args, total.same, total.results, total.results_same


class Compare(unittest.TestCase):
    """Calls."""

    def test_finds_equal_lines_equal(self):
        text = ('read(3, "a"..., 5) = 5', "close(3) = 0", "getpid() = 7")
        one = compared(text, text)
        self.assertEqual(numbers(one), (4, 4, 3, 3))
        self.assertEqual((one.sequence, one.found, one.lines_same), (0, {}, 3))

    def test_counts_every_argument_that_differs(self):
        one = compared(["lseek(3, 0x5, 2) = 5"], ["lseek(3, 5, SEEK_END) = 5"])
        self.assertEqual(numbers(one), (3, 1, 1, 1))
        self.assertEqual(set(one.found), {("lseek", "2", "0x#", "#"), ("lseek", "3", "#", "NAME")})

    def test_counts_arguments_too_many_and_too_few(self):
        self.assertEqual(numbers(compared(["f(1, 2, 3) = 0"], ["f(1) = 0"])), (3, 1, 1, 1))
        self.assertEqual(numbers(compared(["f(1) = 0"], ["f(1, 2, 3) = 0"])), (3, 1, 1, 1))

    def test_counts_all_arguments_of_a_call_alone(self):
        one = compared(["close(1) = 0"], ["close(1) = 0", "dup2(3, 4) = 4"])
        self.assertEqual(numbers(one) + (one.sequence,), (3, 1, 2, 1, 1))
        one = compared(["read(1, 2, 3) = 0", "close(1) = 0"], ["close(1) = 0"])
        self.assertEqual(numbers(one) + (one.sequence,), (4, 1, 2, 1, 1))

    def test_compares_the_text_of_results(self):
        one = compared(["poll([], 0, 5) = 0"], ["poll([], 0, 5) = 0 (Timeout)"])
        self.assertEqual(numbers(one) + (one.sequence,), (3, 3, 1, 0, 0))

    def test_pairs_by_name_what_ended_otherwise(self):
        one = compared(["close(1) = 0", "read(3, 0x1, 5) = 1"],
                       ["close(1) = 0", "read(3, 0x1, 5) = 2"])
        self.assertEqual(numbers(one) + (one.sequence,), (4, 4, 2, 1, 1))

    def test_excuses_arguments_that_strace_did_not_come_to_print(self):
        ours = "epoll_wait(3, 0x5, 1024, -1) = ?"
        for theirs, same, cut in (("epoll_wait(3,  <unfinished ...>) = ?", 4, 3),
                                  ("epoll_wait(3, 0x5 <unfinished ...>) = ?", 4, 3),
                                  ("epoll_wait( <unfinished ...>) = ?", 4, 4),
                                  ("epoll_wait(4,  <unfinished ...>) = ?", 3, 3),
                                  ("epoll_wait(3, 0x6 <unfinished ...>) = ?", 3, 2),
                                  ("epoll_wait(3,  <unfinished ...>) = 0", 1, 0)):
            one = compared([ours], [theirs])
            self.assertEqual((one.total().args, one.total().same, one.cut), (4, same, cut))
        one = compared(["pause() = ?"], ["pause( <unfinished ...>) = ?"])
        self.assertEqual((one.total().args, one.cut, one.found), (0, 0, {}))

    def test_counts_arguments_that_sctop_did_not_print_of_a_cut_line(self):
        one = compared(["epoll_wait(3) = ?"], ["epoll_wait(3,  <unfinished ...>) = ?"])
        self.assertEqual(numbers(one) + (one.cut,), (2, 1, 1, 1, 0))
        one = compared(["close() = ?"], ["close(3 <unfinished ...>) = ?"])
        self.assertEqual(numbers(one) + (one.cut,), (1, 0, 1, 1, 0))
        one = compared(["getpid() = 7"], ["getpid() = 7", "epoll_wait(3,  <unfinished ...>) = ?"])
        self.assertEqual(numbers(one) + (one.cut, one.sequence), (2, 0, 2, 1, 0, 1))

    def test_leaves_out_what_strace_does_not_know(self):
        one = compared(["futex_wake(0x1, 2) = 0", "close(1) = 0"],
                       ["syscall_0x1c6(0x1, 0x2, 0x3) = 0", "close(1) = 0"])
        self.assertEqual(numbers(one) + (one.sequence,), (1, 1, 1, 1, 0))
        self.assertEqual(one.total().left_out, 1)

    def test_excuses_by_rule(self):
        with tempfile.TemporaryDirectory() as where:
            path = os.path.join(where, "rules")
            with open(path, "w", encoding="ascii") as file:
                file.write("# a comment\n\nread.[23] | ^0x | a pointer is | less\n")
            with self.assertRaises(ValueError):
                compare.read_rules(path)
            with open(path, "w", encoding="ascii") as file:
                file.write("# a comment\n\nread.[23] | ^0x | a pointer is less\n")
            rules = compare.read_rules(path)
        one = compared(['read(3, "a", 4) = 1'], ["read(3, 0x1000, 5) = 1"], rules)
        self.assertEqual(numbers(one), (3, 2, 1, 1))
        self.assertEqual(dict(one.excused), {0: 1})

    def test_adds_runs_up(self):
        one = compared(["f(1) = 0"], ["f(2) = 0"])
        one.add(compared(["f(3) = 0"], ["f(4) = 0"]))
        self.assertEqual(numbers(one), (2, 0, 2, 2))
        self.assertEqual([found.count for found in one.found.values()], [2])


class Threads(unittest.TestCase):
    """Whole threads."""

    def compared(self, ours, theirs):
        """The comparison of two texts, and of thread 7 in them."""
        one = compare.Comparison()
        with tempfile.TemporaryDirectory() as where:
            paths = [os.path.join(where, name) for name in "AB"]
            for path, text in zip(paths, (ours, theirs)):
                with open(path, "w", encoding="ascii") as file:
                    file.write(text)
            one.files(*paths)
        return one

    def test_begin_where_strace_begins(self):
        one = self.compared('7 close(3) = 0\n7 --- SIGCONT {} ---\n7 execve("/a", [], 0x1) = 0\n'
                            "7 close(4) = 0\n8 close(5) = 0\n",
                            '7 execve("/a", [], 0x1) = 0\n7 close(4) = 0\n')
        self.assertEqual(numbers(one) + (one.remarks_total().args,), (4, 4, 2, 2, 0))

    def test_have_signals_at_the_same_place(self):
        theirs = ("7 close(4) = 0\n7 --- SIGCHLD {a=1} ---\n7 close(5) = 0\n"
                  "7 +++ exited with 0 +++\n")
        one = self.compared(theirs, theirs)
        self.assertEqual((one.remarks_total().args, one.remarks_total().same), (2, 2))
        one = self.compared("7 --- SIGCHLD {a=1} ---\n7 close(4) = 0\n7 close(5) = 0\n"
                            "7 +++ exited with 1 +++\n", theirs)
        self.assertEqual((one.remarks_total().args, one.remarks_total().same), (2, 0))
        self.assertEqual(set(one.found), {("signal", "SIGCHLD", "#", "#"),
                                          ("end", "exited", "#", "#")})
        one = self.compared("7 close(4) = 0\n7 close(5) = 0\n", theirs)
        self.assertEqual((one.remarks_total().args, one.remarks_total().same), (2, 0))

    def test_that_sctop_missed_count_in_full(self):
        one = self.compared("", "7 dup2(3, 4) = 4\n")
        self.assertEqual(numbers(one) + (one.sequence,), (2, 0, 1, 0, 1))


class Shape(unittest.TestCase):
    """What a difference is known by."""

    def test_is_the_part_that_differs(self):
        for ours, theirs, expected in (
                ("0x7f00", "{st_mode=S_IFREG|0644, st_size=3}", ("0x#", "{st_mode=...")),
                ("0x7f00", '["ls", "-l"]', ("0x#", "[...")),
                ("0x7f00", "0x7f00 /* 40 vars */", ("", " /* # vars */")),
                ("3", "O_RDONLY|O_CLOEXEC", ("#", "NAME|NAME")),
                ("0x2", "0x2 (flags O_RDWR|O_APPEND)", ("", " (flags NAME|NAME)")),
                ("O_RDONLY|O_CLOEXEC", "O_RDONLY", ("|O_CLOEXEC", "")),
                ("{a=1, b=2}", "{a=1, b=35, c=3}", ("#", "#, c=#")),
                ('"abc"', '"abc"...', ("", "...")), ('"abc"', '"abd"', ('"..."', '"..."'))):
            self.assertEqual(compare.shape(ours, theirs), expected)


class Verdict(unittest.TestCase):
    """What is well enough."""

    def test_names_what_is_below_its_goal(self):
        self.assertEqual(report.shortcomings(compare.Comparison()), ["nothing was compared"])
        good = ["close(1) = 0"] * 20
        self.assertEqual(report.shortcomings(compared(good, good)), [])
        bad = compared(good + ["f(0) = 0"] * 10, good + ["f(1) = 0"] * 10)
        self.assertEqual(report.shortcomings(bad),
                         ["arguments: 66.67 % of 99 %", "f: 0.00 % of 95 %"])
        bad = compared(good, good[1:] + ["close(1) = -1 EBADF (Bad file descriptor)"])
        self.assertEqual(report.shortcomings(bad), ["results: 1 differ"])

    def test_says_100_for_all_only(self):
        self.assertEqual(report.rate(99999, 100000), "99.99 %")
        self.assertEqual(report.rate(999999, 1000000), "99.99 %")
        self.assertEqual(report.rate(5, 5), "100 %")
        self.assertEqual(report.rate(0, 0), "-")


if __name__ == "__main__":
    unittest.main()
