# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads tests/agree.programs, which says what it holds, and runs them."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field


@dataclass
class Program:
    """What is run, what it needs, and what is made before it is watched."""
    name: str
    needs: list
    before: list = field(default_factory=list)
    run: list = field(default_factory=list)


def read(path):
    """The programs of the file."""
    setups, programs, into = {}, [], None
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n")
            words = line.split()
            if line.startswith("\t@") and line[2:] in setups and into is not None:
                into += setups[line[2:]]
            elif line.startswith("\t") and into is not None:
                into.append(line[1:])
            elif words[:1] == ["setup"] and len(words) == 2:
                into = setups.setdefault(words[1], [])
            elif words[:1] == ["program"] and (len(words) == 2 or words[2:3] == ["needs"]):
                programs.append(Program(words[1], words[3:] or words[1:2]))
                into = None
            elif line in ("before", "run") and programs:
                into = getattr(programs[-1], line)
            elif words and not line.startswith("#"):
                raise ValueError(f"{path}:{number}: cannot read {line!r}")
    return programs


def chosen(programs, names):
    """Those with these names, separated by commas; all for none."""
    wanted = [name for name in names.split(",") if name]
    known = {program.name for program in programs}
    for name in wanted:
        if name not in known:
            raise ValueError(f"no program is called {name}; --list shows them")
    return [program for program in programs if not wanted or program.name in wanted]


def free_port():
    """A TCP port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(where):
    """What a program finds set."""
    python = os.path.dirname(os.path.realpath(sys.executable))
    rust = os.environ.get("RUSTUP_HOME", os.path.expanduser("~/.rustup"))
    path = os.environ.get("PATH", "/usr/bin:/bin")
    return {"PATH": f"{python}:{path}:/usr/sbin:/sbin", "HOME": where, "TMPDIR": where,
            "PWD": where, "LANG": "C.UTF-8", "TERM": "xterm", "USER": "root",
            "SHELL": "/bin/sh", "PORT": str(free_port()), "RUSTUP_HOME": rust,
            "GIT_CONFIG_NOSYSTEM": "1"}


def run(program, watchers):
    """(comparison, why it does not count or "", seconds); no comparison: skipped."""
    where = tempfile.mkdtemp(prefix="agree-files.")
    try:
        env = environment(where)
        missing = [need for need in program.needs if not shutil.which(need, path=env["PATH"])]
        if missing:
            return None, f"{', '.join(missing)} is not installed", 0
        done = subprocess.run(["sh", "-ec", "\n".join(program.before)], cwd=where, env=env,
                              check=False, stdin=subprocess.DEVNULL, capture_output=True)
        if done.returncode:
            return None, f"its files cannot be made: {done.stderr.decode(errors='replace')}", 0
        start = time.monotonic()
        keep = os.path.join(watchers.keep, program.name) if watchers.keep else None
        command = ["sh", "-c", "\n".join(program.run)]
        comparison, why = watchers.compare(command, where, env, keep)
        return comparison, why, time.monotonic() - start
    finally:
        shutil.rmtree(where, ignore_errors=True)
