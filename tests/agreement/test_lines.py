# SPDX-License-Identifier: GPL-2.0-or-later
"""Hard lines, taken apart and put together."""

import os
import tempfile
import unittest

from agreement import lines


def args_of(text):
    """The arguments of one line without its thread."""
    return lines.read_call("7", text).args


class Splitter(unittest.TestCase):
    """One argument list."""

    def test_takes_a_list_apart(self):
        self.assertEqual(args_of("read(3, 0x1000, 5) = 5"), ["3", "0x1000", "5"])

    def test_knows_no_argument_from_one(self):
        self.assertEqual(args_of("getpid()      = 7"), [])
        self.assertEqual(args_of("close(1)      = 0"), ["1"])

    def test_keeps_an_empty_argument(self):
        self.assertEqual(args_of("f(, 1) = 0"), ["", "1"])
        self.assertEqual(args_of("f(1, ) = 0"), ["1", ""])

    def test_keeps_nested_brackets_together(self):
        self.assertEqual(
            args_of("poll([{fd=1, events=0}, {fd=2, events=1}], 2, {a=f(1, [2, 3])}) = 0 (Time)"),
            ["[{fd=1, events=0}, {fd=2, events=1}]", "2", "{a=f(1, [2, 3])}"])

    def test_keeps_strings_together(self):
        self.assertEqual(args_of(r'write(1, "a\", (\\", 6) = 6'), ["1", r'"a\", (\\"', "6"])
        self.assertEqual(args_of(r'write(1, "\\", 1) = 1'), ["1", r'"\\"', "1"])
        self.assertEqual(args_of(r'write(1, "x) = 3"..., 100) = 100'),
                         ["1", r'"x) = 3"...', "100"])
        self.assertEqual(args_of('write(1, ""..., 100) = 100'), ["1", '""...', "100"])
        self.assertEqual(args_of('write(1, "/* ", 3) = 3'), ["1", '"/* "', "3"])

    def test_keeps_a_file_behind_its_descriptor(self):
        self.assertEqual(args_of("read(3</tmp/a, (b[c{d>, 4, 5) = 0"),
                         ["3</tmp/a, (b[c{d>", "4", "5"])
        self.assertEqual(args_of(r'read(3</tmp/we\"ird, \74x\76-\76y/*c/f>(deleted), "", 5) = 0'),
                         [r'3</tmp/we\"ird, \74x\76-\76y/*c/f>(deleted)', '""', "5"])
        self.assertEqual(args_of("read(0</dev/null<char 1:3>>, 4, 5) = 0"),
                         ["0</dev/null<char 1:3>>", "4", "5"])
        self.assertEqual(args_of('openat(AT_FDCWD</tmp>, "a", O_RDONLY) = 3</tmp/a>'),
                         ["AT_FDCWD</tmp>", '"a"', "O_RDONLY"])

    def test_knows_a_dash_in_a_path_from_an_arrow(self):
        self.assertEqual(args_of("dup2(3</tmp/a->, 4</tmp/[>) = 4"),
                         ["3</tmp/a->", "4</tmp/[>"])

    def test_keeps_a_socket_behind_its_descriptor(self):
        self.assertEqual(args_of("send(3<TCPv6:[[::1]:80->[::1]:8]>, 1) = 0"),
                         ["3<TCPv6:[[::1]:80->[::1]:8]>", "1"])
        unix = r'4<UNIX-STREAM:[107362->107358,"/tmp/we\"ird, (a[b{<x>->y/*c/s\"o)"]>'
        self.assertEqual(args_of(f"listen({unix}, 3) = 0"), [unix, "3"])
        self.assertEqual(args_of("close(3<anon_inode:[eventpoll]>) = 0"),
                         ["3<anon_inode:[eventpoll]>"])

    def test_keeps_a_descriptor_in_a_list(self):
        self.assertEqual(
            args_of("pselect6(7, [3<TCP:[1->2]> 4</a,b>], NULL) = 0 (Timeout)"),
            ["7", "[3<TCP:[1->2]> 4</a,b>]", "NULL"])

    def test_takes_shifts_for_no_file(self):
        self.assertEqual(
            args_of("capset({version=1}, {effective=1<<CAP_CHOWN|1<<CAP_KILL, b=0}) = 0"),
            ["{version=1}", "{effective=1<<CAP_CHOWN|1<<CAP_KILL, b=0}"])
        self.assertEqual(args_of("futex(0x1, FUTEX_WAKE_OP, 1, 1, 0x2, FUTEX_OP_SET<<28|0<<12|"
                                 "FUTEX_OP_CMP_GT<<24|0x1) = 1")[5],
                         "FUTEX_OP_SET<<28|0<<12|FUTEX_OP_CMP_GT<<24|0x1")

    def test_keeps_comments_together(self):
        self.assertEqual(
            args_of('execve("/bin/ls", ["ls"], 0x7ffd /* 25 vars, (or so */) = 0'),
            ['"/bin/ls"', '["ls"]', "0x7ffd /* 25 vars, (or so */"])
        self.assertEqual(args_of("open(0x8 /* O_??? */, [/* 3 */]) = 0"),
                         ["0x8 /* O_??? */", "[/* 3 */]"])

    def test_keeps_what_goes_in_and_comes_out_together(self):
        self.assertEqual(args_of("accept(3, {a=1}, [128 => 16]) = 4"),
                         ["3", "{a=1}", "[128 => 16]"])
        self.assertEqual(args_of("clone3({flags=0, stack=0} => {parent_tid=[9]}, 88) = 9"),
                         ["{flags=0, stack=0} => {parent_tid=[9]}", "88"])

    def test_takes_remarks_in_angle_brackets_as_text(self):
        self.assertEqual(args_of("restart_syscall(<... resuming interrupted nanosleep ...>) = 0"),
                         ["<... resuming interrupted nanosleep ...>"])

    def test_refuses_what_does_not_end(self):
        for bad in ("read(3, 4", "read(3, [4) = 0", 'read(3, "a) = 0', "read(3</a, 4) = 0",
                    "read(3}, 4) = 0", "read(3)", "read 3 = 4", "read(3) = x"):
            with self.subTest(bad), self.assertRaises(lines.BadLine):
                args_of(bad)


class Result(unittest.TestCase):
    """What follows the arguments."""

    def test_is_text_and_number(self):
        for text, key in (("3</tmp/a>", (3, "")), ("0x7f00", (0x7f00, "")), ("0177", (0o177, "")),
                          ("-1 ENOENT (No such file or directory)", (lines.MASK, "ENOENT")),
                          ("? ERESTARTSYS (To be restarted)", ("?", "ERESTARTSYS")),
                          ("?", ("?", "")), ("0", (0, "")), ("0 (Timeout)", (0, "")),
                          ("1 ([{fd=8, revents=POLLOUT}])", (1, "")),
                          ("0x8002 (flags O_RDWR|O_LARGEFILE)", (0x8002, ""))):
            call = lines.read_call("7", f"f(1) = {text}")
            self.assertEqual((call.result, call.key), (text, ("f",) + key))

    def test_is_found_behind_the_true_end_of_the_arguments(self):
        self.assertEqual(lines.read_call("7", 'write(1, ") = 9", 5)  = 5').result, "5")

    def test_belongs_to_a_call_that_strace_knows_by_number_only(self):
        self.assertEqual(lines.read_call("7", "syscall_0x1c6(0x1, 0x2) = 0").name, "futex_wake")


class Joiner(unittest.TestCase):
    """Halves of lines."""

    def read(self, reader, text, *more):
        """What READER makes of a file of TEXT."""
        with tempfile.TemporaryDirectory() as where:
            path = os.path.join(where, "trace")
            with open(path, "w", encoding="latin-1") as trace:
                trace.write(text)
            return reader(path, *more)

    def strace(self, text):
        """The threads that strace's TEXT is about."""
        return self.read(lines.read_strace, text)

    def test_joins_at_an_argument(self):
        threads = self.strace("7 read(0,  <unfinished ...>\n"
                              "8 close(1 <unfinished ...>\n"
                              "7 <... read resumed>\"a, b\", 5) = 4\n"
                              "8 <... close resumed>)   = 0\n")
        self.assertEqual(threads["7"].calls[0].args, ["0", '"a, b"', "5"])
        self.assertEqual(threads["7"].calls[0].line, '7 read(0, "a, b", 5) = 4')
        self.assertEqual(threads["8"].calls[0].args, ["1"])

    def test_knows_the_lines_of_both_halves(self):
        threads = self.strace("7 read(0,  <unfinished ...>\n8 close(1) = 0\n"
                              "7 <... read resumed>\"a\", 5) = 4\n8 pause( <unfinished ...>\n")
        self.assertEqual([(call.first, call.last) for call in
                          threads["7"].calls + threads["8"].calls], [(1, 3), (2, 2), (4, 4)])

    def test_joins_inside_an_argument(self):
        threads = self.strace("7 rt_sigreturn({mask=[] <unfinished ...>\n"
                              "7 <... rt_sigreturn resumed>}) = 3\n"
                              "7 clone3({flags=0} <unfinished ...>\n"
                              "7 <... clone3 resumed> => {parent_tid=[8]}, 88) = 8\n"
                              "7 vfork( <unfinished ...>\n"
                              "7 <... vfork resumed>) = 9\n")
        self.assertEqual([call.args for call in threads["7"].calls],
                         [["{mask=[]}"], ["{flags=0} => {parent_tid=[8]}", "88"], []])

    def test_keeps_a_call_that_a_signal_ended(self):
        threads = self.strace("7 nanosleep({tv_sec=1, tv_nsec=0},  <unfinished ...>\n"
                              "7 <... nanosleep resumed> <unfinished ...>) = ?\n"
                              "7 +++ killed by SIGKILL +++\n"
                              "8 pause( <unfinished ...>\n")
        self.assertEqual(threads["7"].calls[0].args, ["{tv_sec=1, tv_nsec=0}", "<unfinished ...>"])
        self.assertEqual(threads["7"].calls[0].result, "?")
        self.assertEqual(threads["8"].calls[0].args, ["<unfinished ...>"])

    def test_gives_an_execve_to_the_thread_that_goes_on(self):
        threads = self.strace('8 execve("/bin/true", ["true"], 0x1 /* 1 var */ <unfinished ...>\n'
                              "7 pause( <unfinished ...>\n"
                              "7 <... pause resumed>) = ?\n"
                              "7 +++ superseded by execve in pid 8 +++\n"
                              "7 <... execve resumed>) = 0\n"
                              "7 exit_group(0) = ?\n"
                              "7 +++ exited with 0 +++\n")
        self.assertEqual([call.name for call in threads["7"].calls],
                         ["pause", "execve", "exit_group"])
        self.assertEqual(threads["8"].calls, [])
        self.assertEqual([(remark.kind, remark.place) for remark in threads["7"].remarks],
                         [("+++ superseded", 1), ("+++ exited", 3)])

    def test_refuses_a_second_half_alone(self):
        for text in ("7 <... read resumed>1) = 1\n",
                     "7 read(0,  <unfinished ...>\n7 <... write resumed>1) = 1\n", "read(0) = 0\n",
                     "7 nothing\n"):
            with self.subTest(text), self.assertRaises(lines.BadLine):
                self.strace(text)

    def test_takes_sctops_lines_of_the_threads_asked_for(self):
        threads = self.read(lines.read_sctop, "7 close(1)     = 0\n8 close(2) = 0\n"
                            "7 --- SIGCHLD {si_signo=SIGCHLD} ---\n", {"7"})
        self.assertEqual([call.args for call in threads["7"].calls], [["1"]])
        self.assertEqual(threads["7"].remarks[0].text, "--- SIGCHLD {si_signo=SIGCHLD} ---")
        self.assertEqual(list(threads), ["7"])


if __name__ == "__main__":
    unittest.main()
