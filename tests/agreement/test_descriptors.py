# SPDX-License-Identifier: GPL-2.0-or-later
"""Descriptors of a text, and what may be said of them against strace."""

import os
import re
import tempfile
import unittest

from agreement import compare, descriptors, report


class Find(unittest.TestCase):
    """Descriptors in texts."""

    def test_are_numbers_with_a_target(self):
        for text, plain, targets in (
                ("3", "3", []), ("0x7f00", "0x7f00", []), ('"3</a>"', '"3</a>"', []),
                ("/* 3</a> */", "/* 3</a> */", []), ("1<<CAP_KILL", "1<<CAP_KILL", []),
                ("3</a>", "3", ["</a>"]), ("AT_FDCWD</a>", "AT_FDCWD", ["</a>"]),
                ("3</a>(deleted)", "3", ["</a>(deleted)"]),
                ("0</dev/null<char 1:3>>", "0", ["</dev/null<char 1:3>>"]),
                ("[{fd=3<TCP:[1:2->3:4]>, events=0}, {fd=4</b>, events=0}]",
                 "[{fd=3, events=0}, {fd=4, events=0}]", ["<TCP:[1:2->3:4]>", "</b>"])):
            found = descriptors.find(text)
            self.assertEqual((found[0], [one[2] for one in found[1]]), (plain, targets))

    def test_are_paired_by_their_place(self):
        self.assertEqual(descriptors.pairs("[3</a>, 4]", "[3</a>, 4</b>]"),
                         (True, [("3</a>", "3</a>"), ("4", "4</b>")]))
        self.assertEqual(descriptors.pairs("[3</a>, 5]", "[3</a>, 4</b>]"),
                         (False, [("3</a>", "3</a>"), ("", "4</b>")]))
        self.assertEqual(descriptors.pairs("3", "3"), (True, []))
        self.assertEqual(descriptors.pairs("3", "4"), (False, []))

    def test_have_two_ends(self):
        for target, names in (
                ("</a:[1->2]>", (None, None)), ("<UNIX:[1]>", ("1", None)),
                ('<UNIX-STREAM:[1->2,"/a"]>', ("1", "2")), ('<UNIX:[1,@"a"]>', ("1", None)),
                ("<NETLINK:[ROUTE:7]>", (None, None)), ("<pipe:[5]>", ("5", None)),
                ("<TCP:[1.1.1.1:2->3.3.3.3:4]>", ("1.1.1.1:2->3.3.3.3:4", "3.3.3.3:4->1.1.1.1:2")),
                ("<TCPv6:[[::ffff:1.2.3.4]:2->[::ffff:5.6.7.8]:4]>",
                 ("1.2.3.4:2->5.6.7.8:4", "5.6.7.8:4->1.2.3.4:2")),
                ("<TCPv6:[[::1]:2->[::1]:4]>", ("[::1]:2->[::1]:4", "[::1]:4->[::1]:2"))):
            self.assertEqual(descriptors.ends(target), names)


def rule(where, text):
    """An exception."""
    return compare.Rule(where, re.compile(text), "a reason")


PEER = r"^(\d+<UNIX:\[\d+)\]> instead of \1->\d+\]>$"
PORT = r"^(\d+)<NETLINK:\[[A-Z]+:\d+\]> instead of \1<NETLINK:\[\d+\]>$"
PAIR = "7 socketpair(AF_UNIX, SOCK_DGRAM, 0, [3<UNIX:[11->12]>, 4<UNIX:[12->11]>]) = 0\n"


class Runs(unittest.TestCase):
    """Descriptors of whole runs, which are counted on their own."""

    def compared(self, ours, theirs, *rules):
        """(descriptors, the same, arguments, the same)."""
        one = compare.Comparison(list(rules))
        with tempfile.TemporaryDirectory() as where:
            paths = [os.path.join(where, name) for name in "AB"]
            for path, text in zip(paths, (ours, theirs)):
                with open(path, "w", encoding="ascii") as file:
                    file.write(text)
            one.files(*paths)
        total = one.total()
        return total.fds, total.fds_same, total.args, total.same

    def test_count_every_descriptor(self):
        text = '7 openat(AT_FDCWD</a>, "b", O_RDONLY) = 3</a/b>\n7 dup2(3</a/b>, 4) = 4</a/b>\n'
        self.assertEqual(self.compared(text, text), (4, 4, 5, 5))
        wrong = text.replace("</a>", "</x>").replace("= 4</a/b>", "= 4")
        self.assertEqual(self.compared(wrong, text), (4, 2, 5, 4))

    def test_count_those_of_calls_alone(self):
        text = "7 close(3</a>) = 0\n7 dup2(3</b>, 4</c>) = 4</b>\n"
        self.assertEqual(self.compared("7 close(3</a>) = 0\n", text), (4, 1, 3, 1))
        self.assertEqual(self.compared(text, "7 close(3</a>) = 0\n"), (4, 1, 3, 1))

    def test_must_all_be_the_same(self):
        one = compare.Comparison()
        one.tally("close").add(compare.Tally(5, 500, 500, 5, 5, 300, 299))
        self.assertEqual(report.shortcomings(one), ["descriptors: 1 differ"])

    def test_are_excused_one_by_one(self):
        ours, theirs = "7 f([3</a>, 4</b>]) = 8</c>\n", "7 f([3</a>, 4</b>]) = 8\n"
        self.assertEqual(self.compared(ours, theirs), (3, 2, 1, 1))
        known = rule("f.fd", r"^(\d+)</c> instead of \1$")
        self.assertEqual(self.compared(ours, theirs, known), (3, 3, 1, 1))
        self.assertEqual(self.compared(ours, theirs, rule("f.fd.closed", "")), (3, 2, 1, 1))
        self.assertEqual(self.compared(theirs, ours, known), (3, 2, 1, 1))
        self.assertEqual(self.compared(ours.replace("4", "5"), theirs, known), (3, 2, 1, 0))
        self.assertEqual(self.compared(ours.replace("</b>", ""), theirs, known), (3, 2, 1, 0))

    def test_have_rules_of_their_own(self):
        ours, theirs = "7 f(3</a>) = 0\n", "7 f(3</b>) = 0\n"
        self.assertEqual(self.compared(ours, theirs, rule("f.*", "instead")), (1, 0, 1, 0))
        self.assertEqual(self.compared(ours, theirs, rule("f.1", "instead")), (1, 0, 1, 0))
        self.assertEqual(self.compared(ours, theirs, rule("f.fd", "^3</b>")), (1, 0, 1, 0))
        self.assertEqual(self.compared(ours, theirs, rule("f.1", "^3</b>")), (1, 1, 1, 1))

    def peer(self, between, before=PAIR, theirs="7 read(3<UNIX:[11->12]>, 1, 2) = 0\n"):
        """Whether it is excused that sctop shows no peer; lines BETWEEN end it."""
        ours = theirs.replace("->12", "")
        found = self.compared(before + between + ours, before + between + theirs,
                              rule("*.fd.closed", PEER))
        return found[0] == found[1]

    def test_lose_a_peer_that_was_closed(self):
        self.assertTrue(self.peer("7 close(4<UNIX:[12->11]>) = 0\n"))
        self.assertTrue(self.peer("7 dup2(3, 4<UNIX:[12->11]>) = 4\n"))
        self.assertTrue(self.peer("8 read(4<UNIX:[12->11]>, 1, 2) = 2\n"
                                  "8 +++ killed by SIGKILL +++\n"))
        self.assertTrue(self.peer("8 read(4<UNIX:[12->11]>, 1, 2) = 2\n"
                                  '8 execve("/a", [], []) = 0\n'))

    def test_lose_a_connection_that_they_shut_down(self):
        known = rule("*.fd.closed", "")
        for call, good in (("shutdown(3<TCP:[1:2->3:4]>, 2) = 0", 3),
                           ("shutdown(4<TCP:[3:4->1:2]>, 2) = 0", 3),
                           ("close(4<TCP:[1:2->3:4]>) = 0", 2)):
            text = f"7 send(3<TCP:[1:2->3:4]>) = 0\n7 {call}\n"
            found = self.compared(text + "7 send(3<TCP:[77]>) = 0\n",
                                  text + "7 send(3<TCP:[1:2->3:4]>) = 0\n", known)
            self.assertEqual(found[1], good, call)
        self.assertFalse(self.peer("7 shutdown(3<UNIX:[11->12]>, 2) = 0\n"))

    def test_keep_one_that_was_not(self):
        self.assertFalse(self.peer(""))
        self.assertFalse(self.peer("7 close(5<UNIX:[13->14]>) = 0\n"))
        self.assertFalse(self.peer("7 close(3<UNIX:[11->12]>) = 0\n"))
        self.assertFalse(self.peer("8 read(4<UNIX:[12->11]>, 1, 2) = 2\n"))
        self.assertFalse(self.peer("7 dup2(4<UNIX:[12->11]>, 5) = 5\n"))
        self.assertFalse(self.peer("8 read(4<UNIX:[12->11]>, 1, 2) = 2\n"
                                   '8 execve("/a", [], []) = -1 ENOENT (No such file)\n'))
        self.assertFalse(self.peer("", theirs="7 read(3<UNIX:[11->12]>, 1, 2) = 0\n"
                                              "7 close(4<UNIX:[12->11]>) = 0\n"))

    def test_lose_only_what_both_knew_before(self):
        self.assertFalse(self.peer("7 close(4<UNIX:[12->11]>) = 0\n", before=""))

    def test_are_as_they_were_when_the_call_began(self):
        lines = (PAIR + "7 read(3<UNIX:[11->12]>,  <unfinished ...>\n"
                 "8 close(4<UNIX:[12->11]>) = 0\n7 <... read resumed>1, 2) = 0\n")
        ours = PAIR + "8 close(4<UNIX:[12->11]>) = 0\n7 read(3<UNIX:[11]>, 1, 2) = 0\n"
        self.assertEqual(self.compared(ours, lines, rule("*.fd.closed", PEER)), (4, 3, 8, 7))

    def test_have_another_address_after_bind_and_connect(self):
        known = rule("*.fd.named", r"^(\d)<UDP:\[(.*)->.*\]> instead of \1<UDP:\[\2\]>$")
        for call, good in (("connect(3<UDP:[1:2]>, 1, 2) = 0", 3), ("getpid() = 7", 1),
                           ("connect(3<UDP:[1:2]>, 1, 2) = -1 EINPROGRESS (In progress)", 3),
                           ("connect(3<UDP:[1:2]>, 1, 2) = -1 EINVAL (Invalid)", 2),
                           ("connect(3<UDP:[1:3]>, 1, 2) = 0", 2)):
            text = f"7 send(3<UDP:[1:2]>) = 0\n7 {call}\n"
            found = self.compared(text + "7 send(3<UDP:[1:2->4:5]>) = 0\n",
                                  text + "7 send(3<UDP:[1:2]>) = 0\n", known)
            self.assertEqual(found[1], good, call)

    def test_have_the_address_of_their_own_line(self):
        known = rule("*.fd.named", r"")
        text = "7 connect(3<UDP:[1:2]>, 1, 2) = 0\n"
        self.assertEqual(self.compared("7 connect(3<UDP:[1:2->4:5]>, 1, 2) = 0\n", text, known),
                         (1, 0, 3, 2))

    def test_get_a_peer_while_a_call_begins(self):
        known = rule("*.fd.accepted", r"^(\d<UNIX:\[\d+)->\d+\]> instead of \1\]>$")
        accept = "8 accept(6, NULL, NULL) = 7<UNIX:[12->11]>\n"
        ours = accept + "7 fcntl(5<UNIX:[11->12]>, F_GETFL) = 0\n"
        halves = ("7 fcntl(5<UNIX:[11]>, F_GETFL <unfinished ...>\n",
                  "8 accept(6, NULL,  <unfinished ...>\n",
                  "7 <... fcntl resumed>) = 0\n",
                  "8 <... accept resumed>NULL) = 7<UNIX:[12->11]>\n")
        for order, good in (((0, 1, 2, 3), 2), ((1, 0, 3, 2), 2), ((0, 1, 3, 2), 2),
                            ((0, 2, 1, 3), 1), ((1, 3, 0, 2), 1)):
            theirs = "".join(halves[i] for i in order)
            self.assertEqual(self.compared(ours, theirs, known)[:2], (2, good), order)
        theirs = "".join(halves).replace("[12->11]", "[13->11]")
        self.assertEqual(self.compared(ours.replace("7<UNIX:[12", "7<UNIX:[13"), theirs,
                                       known)[:2], (2, 1))

    def test_are_in_a_namespace_that_strace_cannot_see(self):
        text = "7 socket(1, 2, 3) = 3<NETLINK:[5]>\n7 bind(3<NETLINK:[5]>, 1, 2) = 0\n"
        theirs = text + "7 send(3<NETLINK:[5]>, 1) = 1\n"
        ours = text + "7 send(3<NETLINK:[ROUTE:7]>, 1) = 1\n"
        known = rule("*.fd.namespace", PORT)
        for before, good in (("", 2), ("7 unshare(CLONE_NEWNET) = 0\n", 3),
                             ("7 unshare(CLONE_NEWNS) = 0\n", 2),
                             ("8 unshare(CLONE_NEWNET) = 0\n", 2),
                             ("8 unshare(CLONE_NEWNET) = 0\n8 fork() = 7\n", 3),
                             ("8 fork() = 7\n8 unshare(CLONE_NEWNET) = 0\n", 2),
                             ("8 clone(CLONE_NEWNET) = 7\n", 3),
                             ("8 clone(CLONE_NEWNET) = 9\n9 vfork() = 7\n", 3)):
            self.assertEqual(self.compared(before + ours, before + theirs, known)[:2], (3, good),
                             before)

    def test_show_nothing_but_the_inode_from_another_namespace(self):
        made = "7 unshare(CLONE_NEWNET) = 0\n"
        known = rule("*.fd.namespace", "")
        theirs = made + "7 read(3<UNIX:[5]>) = 0\n"
        for ours, good in (("5->6", 1), ('5,@"a"', 1), ("6->5", 0)):
            text = made + f"7 read(3<UNIX:[{ours}]>) = 0\n"
            self.assertEqual(self.compared(text, theirs, known)[1], good, ours)


if __name__ == "__main__":
    unittest.main()
