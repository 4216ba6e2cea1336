# SPDX-License-Identifier: GPL-2.0-or-later
"""Which runs do not count."""

import os
import tempfile
import unittest

from agreement import programs, run

LOSS = "sctop: lost 12 rows: 12 with the ring buffer full (--ring-size); read 12"


class Told(run.Watchers):
    """Watchers that wrote known files and told known notices."""

    def __init__(self, ours, theirs, notices):
        super().__init__()
        self.texts, self.notices = (ours, theirs), notices

    def watch(self, command, where, cwd=None, env=None):
        for name, text in zip("AB", self.texts):
            with open(os.path.join(where, name), "w", encoding="ascii") as file:
                file.write(text)
        return self.notices


class Runs(unittest.TestCase):
    """One run."""

    def why(self, ours, theirs, notices="status 0"):
        """Why it does not count, without the place of the files."""
        with tempfile.TemporaryDirectory() as where:
            why = Told(ours, theirs, notices).compare(["true"], keep=where)[1]
        return why.split("; see ")[0]

    def test_count_with_all_rows(self):
        self.assertEqual(self.why("7 close(1) = 0\n", "7 close(1) = 0\n"), "")

    def test_with_lost_rows_do_not_count(self):
        notices = f"sctop: x\n{LOSS}\n"
        self.assertEqual(self.why("7 close(1) = 0\n", "7 close(1) = 0\n", notices), LOSS)

    def test_without_calls_do_not_count(self):
        self.assertEqual(self.why("", "", "strace: no"), "no calls; strace: no")

    def test_with_lines_that_cannot_be_read_do_not_count(self):
        self.assertEqual(self.why("7 close(1 = 0\n", "7 close(1) = 0\n"),
                         "no end of the arguments in 'close(1 = 0'; status 0")


class Programs(unittest.TestCase):
    """The set of programs."""

    def read(self, text):
        """The programs of a file of TEXT."""
        with tempfile.TemporaryDirectory() as where:
            path = os.path.join(where, "programs")
            with open(path, "w", encoding="ascii") as file:
                file.write(text)
            return programs.read(path)

    def test_are_read(self):
        found = self.read("# a comment\nsetup files\n\ttouch a\n\n"
                          "program ls\nbefore\n\t@files\n\ttouch b\nrun\n\tls\n\t\t-l\n"
                          "program two needs a b\nrun\n\ttrue\n")
        self.assertEqual([(one.name, one.needs, one.before, one.run) for one in found],
                         [("ls", ["ls"], ["touch a", "touch b"], ["ls", "\t-l"]),
                          ("two", ["a", "b"], [], ["true"])])

    def test_with_bad_lines_are_refused(self):
        for bad in ("what\n", "run\n", "\tls\n", "program\n", "program a b\n"):
            with self.subTest(bad), self.assertRaises(ValueError):
                self.read(bad)

    def test_have_one_name_each(self):
        names = [program.name for program in self.all()]
        self.assertEqual(sorted(names), sorted(set(names)))

    def test_all_do_something(self):
        self.assertEqual([program.name for program in self.all() if not program.run], [])

    def test_are_chosen_by_name(self):
        self.assertEqual([program.name for program in programs.chosen(self.all(), "ls,find")],
                         ["ls", "find"])
        self.assertEqual(programs.chosen(self.all(), ""), self.all())
        with self.assertRaises(ValueError):
            programs.chosen(self.all(), "ls,nonsense")

    def all(self):
        """Those of tests/agree.programs."""
        here = os.path.dirname(os.path.abspath(__file__))
        return programs.read(os.path.join(here, os.pardir, "agree.programs"))


if __name__ == "__main__":
    unittest.main()
