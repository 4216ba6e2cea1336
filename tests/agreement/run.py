# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs a program under both watchers at once."""

import os
import re
import shutil
import signal
import subprocess
import tempfile

from agreement.compare import Comparison
from agreement.lines import BadLine

LOST = re.compile(r"^sctop: .*\blost\b.*", re.MULTILINE)
NOTICE = re.compile(r"^(?:sctop|strace): .*", re.MULTILINE)
TIME_MAX = 120  # seconds, after which a program hangs


class Watchers:
    """How both are called: the options of each, the exceptions, where files stay."""

    def __init__(self, rules=(), options=(), keep=None, report=None):
        self.rules = list(rules)
        self.options = list(options)
        self.keep = keep
        self.report = report
        self.sctop = os.path.abspath(os.environ.get("SCTOP", "./sctop"))

    def new(self):
        """An empty comparison."""
        return Comparison(self.rules, self.report)

    def watch(self, command, where, cwd=None, env=None):
        """Runs COMMAND; the notices of both."""
        ours, theirs = os.path.join(where, "A"), os.path.join(where, "B")
        run = [self.sctop, "-b", "-o", ours] + self.options
        run += ["--", "strace", "-f", "-o", theirs] + self.options + command
        with subprocess.Popen(run, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, cwd=cwd, env=env,
                              start_new_session=True) as child:
            try:
                told = child.communicate(timeout=TIME_MAX)[1].decode(errors="replace")
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                raise BadLine(f"not over after {TIME_MAX} seconds") from None
        return "\n".join(NOTICE.findall(told)) or f"status {child.returncode}"

    def compare(self, command, cwd=None, env=None, keep=None):
        """(comparison, why it does not count or "") of one run.  The two files
        stay where there is a reason."""
        where = keep or self.keep or tempfile.mkdtemp(prefix="agree.")
        where = os.path.abspath(where)
        os.makedirs(where, exist_ok=True)
        comparison, notices = self.new(), ""
        try:
            notices = self.watch(command, where, cwd, env)
            comparison.files(os.path.join(where, "A"), os.path.join(where, "B"))
            lost = LOST.search(notices)
            why = lost.group(0) if lost else ""
            if not comparison.total().calls:
                why = why or f"no calls; {notices}"
        except (BadLine, OSError) as bad:
            why = f"{bad}; {notices}"
        if why:
            why = f"{why}; see {where}"
        elif not (keep or self.keep):
            shutil.rmtree(where)
        return comparison, why
