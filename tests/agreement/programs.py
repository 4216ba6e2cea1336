# SPDX-License-Identifier: GPL-2.0-or-later
"""Everyday programs, run in a directory of their own, without any network but
loopback; each ends by itself within seconds.

A script is for sh.  Its directory is HOME and TMPDIR too; PORT is a free TCP port;
python3 is the one that runs this.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

FILES = """\
mkdir -p tree/a/b tree/c
for i in 1 2 3 4 5 6 7 8 9; do seq $i 300 >tree/a/$i; seq 9 | sort -R >tree/a/b/$i; done
ln -s ../a/1 tree/c/link; ln tree/a/2 tree/c/hard; chmod 600 tree/a/3
"""
REPOSITORY = """\
git init -q repo; cd repo; for i in $(seq 30); do echo $i >f$i; done; git add .
git -c user.name=a -c user.email=a@b commit -qm files
"""
SOURCES = """\
cat >hello.c <<'C'
#include <stdio.h>
#include <stdlib.h>
int main(int argc, char **argv) { printf("%d %s\\n", argc, argv[0]); return EXIT_SUCCESS; }
C
"""
MAKE = """\
mkdir sub
for i in 1 2 3 4 5 6; do echo "int f$i(void) { return $i; }" >f$i.c; cp f$i.c sub; done
printf '%s\\n' 'all: $(patsubst %.c,%.o,$(wildcard *.c)) subs' 'subs:' \\
	'\t$(MAKE) -C sub -f ../Rules' '.PHONY: subs' 'include Rules' >Makefile
printf '%s\\n' 'o: $(patsubst %.c,%.o,$(wildcard *.c))' '%.o: %.c' '\t$(CC) -c -o $@ $<' >Rules
"""
CERTIFICATE = """\
openssl req -x509 -newkey rsa:2048 -nodes -keyout key -out cert -days 2 -subj /CN=localhost 2>&1
"""
SOCKETS = """\
import os, socket, threading
def serve(listener):
    while True:
        peer, _ = listener.accept()
        with peer:
            data = peer.recv(4096)
            if data == b"end":
                return
            peer.sendall(data.upper())
inet = socket.socket(); inet.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
inet.bind(("127.0.0.1", 0)); inet.listen(5)
unix = socket.socket(socket.AF_UNIX); unix.bind("socket"); unix.listen(5)
threads = [threading.Thread(target=serve, args=(one,)) for one in (inet, unix)]
for thread in threads: thread.start()
for word in (b"hello", b"a" * 3000, b"end"):
    for family, one in ((socket.AF_INET, inet), (socket.AF_UNIX, unix)):
        client = socket.socket(family); client.settimeout(5); client.connect(one.getsockname())
        client.sendall(word); client.recv(4096); client.close()
for thread in threads: thread.join()
for family in (socket.AF_INET, socket.AF_INET6):
    a, b = (socket.socket(family, socket.SOCK_DGRAM) for _ in range(2))
    a.bind(("127.0.0.1" if family == socket.AF_INET else "::1", 0))
    b.sendto(b"datagram", a.getsockname()); a.recvfrom(100); a.close(); b.close()
a, b = socket.socketpair(); r, w = os.pipe()
socket.send_fds(a, [b"fd"], [r, w]); socket.recv_fds(b, 100, 4)
a.sendmsg([b"one", b"two"]); b.recvmsg(100); a.shutdown(socket.SHUT_WR); b.recv(1)
"""
PROCESSES = """\
import asyncio, concurrent.futures, hashlib, json, mmap, multiprocessing, os, select, signal
import subprocess, tempfile, time
def work(n): return hashlib.sha256(str(n).encode()).hexdigest()
with concurrent.futures.ThreadPoolExecutor(4) as pool: list(pool.map(work, range(50)))
print(subprocess.run(["echo", "hi"], capture_output=True, text=True, check=True).stdout)
async def both():
    one = await asyncio.create_subprocess_exec("true"); await one.wait(); await asyncio.sleep(0.01)
asyncio.run(both())
with tempfile.TemporaryFile() as f:
    f.write(b"x" * 5000); f.flush()
    with mmap.mmap(f.fileno(), 0) as m: m[10] = 65; m.flush()
got = []
signal.signal(signal.SIGALRM, lambda *a: got.append(a)); signal.setitimer(signal.ITIMER_REAL, 0.02)
time.sleep(0.05)
pid = os.fork()
if not pid: time.sleep(20); os._exit(0)
os.kill(pid, signal.SIGTERM); os.waitpid(pid, 0)
if __name__ == "__main__":
    with multiprocessing.Pool(2) as pool: pool.map(len, ["a", "bb"])
"""
INOTIFY = """\
import ctypes, os, select
libc = ctypes.CDLL(None, use_errno=True)
fd = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
wd = libc.inotify_add_watch(fd, b".", 0x100 | 0x200 | 0x8)
poll = select.poll(); poll.register(fd, select.POLLIN)
open("new", "w").write("x"); poll.poll(1000); os.read(fd, 4096)
os.unlink("new"); poll.poll(1000); os.read(fd, 4096)
libc.inotify_rm_watch(fd, wd); timer = libc.timerfd_create(1, 0); event = libc.eventfd(3, 0)
epoll = select.epoll(); epoll.register(event, select.EPOLLIN | select.EPOLLET); epoll.poll(1)
os.read(event, 8); os.memfd_create("scratch"); os.sched_getaffinity(0); os.getloadavg()
"""
NODE = """\
const fs = require('fs'), net = require('net'), cp = require('child_process');
fs.writeFileSync('f', 'text'); fs.appendFileSync('f', 'more'); fs.readdirSync('.');
fs.promises.readFile('f').then(() => fs.unlinkSync('f'));
console.log(cp.execSync('echo child').toString());
cp.spawn('sort', ['-r'], {stdio: ['pipe', 'inherit', 'inherit']}).stdin.end('a\\nb\\n');
const server = net.createServer(s => s.on('data', d => s.end(d))).listen(0, '127.0.0.1', () => {
  const c = net.connect(server.address().port, '127.0.0.1', () => c.write('hi'));
  c.on('data', d => console.log(d.toString())); c.on('close', () => server.close()); });
setTimeout(() => console.log('later'), 20);
"""
PERL = r"""\
use strict; use warnings; use Socket; use Fcntl qw(:flock SEEK_SET); use POSIX ();
open(my $f, '+>', 'file') or die; flock($f, LOCK_EX); print $f "line $_\n" for 1..100;
seek($f, 0, SEEK_SET); my @l = <$f>; truncate($f, 10); close $f; rename 'file', 'other';
socketpair(my $a, my $b, AF_UNIX, SOCK_STREAM, PF_UNSPEC); my $pid = fork;
if (!$pid) { syswrite $b, "hi"; POSIX::_exit(3); } sysread $a, my $x, 2; waitpid $pid, 0;
my $out = `echo hello`; opendir(my $d, '.'); my @names = readdir $d; unlink 'other';
local $SIG{ALRM} = sub {}; alarm 1; select(undef, undef, undef, 0.01); alarm 0; kill 0, $$;
"""


@dataclass
class Program:
    """What is run, what it needs, and what is made before it is watched."""
    name: str
    script: str
    needs: str = ""   # programs, separated by blanks; the name's first word where empty
    setup: str = ""


PROGRAMS = [
    Program("ls", "ls -l / tree/a tree/c", setup=FILES),
    Program("find", "find tree -type f -name '[1-5]' -newer tree/a/1 -o -size +1k -printf '%p %s\\n'",
            setup=FILES),
    Program("git", "git clone -q repo copy; cd copy; git log --oneline; echo x >f1; git diff; "
            "git status; git gc -q", setup=REPOSITORY),
    Program("python3-sockets", "python3 sockets.py", "python3", f"cat >sockets.py <<'P'\n{SOCKETS}P\n"),
    Program("python3-processes", "python3 processes.py", "python3",
            f"cat >processes.py <<'P'\n{PROCESSES}P\n"),
    Program("python3-inotify", "python3 inotify.py", "python3", f"cat >inotify.py <<'P'\n{INOTIFY}P\n"),
    Program("gcc", "gcc -O2 -Wall -o hello hello.c && ./hello", setup=SOURCES),
    Program("make", "make -s -j4", "make cc", MAKE),
    Program("bash", "bash -c 'ls /etc | grep -v x | sort -r | tr a-z A-Z | wc -l; "
            "cat <(echo a) <(echo b) >o; f() { echo $1; }; x=$(f 1); trap \"echo t\" USR1; "
            "kill -USR1 $$; sleep 0.05 & wait; [[ -f o ]] && read l <o; (cd /; pwd); false || true'"),
    Program("tar", "tar czf t.tgz tree; tar tzf t.tgz; mkdir out; tar xzf t.tgz -C out; "
            "tar cf - tree | gzip -9 >u.tgz; gzip -t u.tgz", "tar gzip", FILES),
    Program("sqlite3", "sqlite3 db 'pragma journal_mode=wal; create table t(a int, b text); "
            "insert into t values (1, 2), (3, 4); select sum(a) from t; vacuum;'"),
    Program("ssh-keygen", "ssh-keygen -q -t ed25519 -N '' -f key; ssh-keygen -lf key.pub"),
    Program("curl", "python3 -m http.server $PORT --bind 127.0.0.1 --directory tree >log 2>&1 & "
            "curl -s --retry-connrefused --retry 40 --retry-delay 1 -o o http://127.0.0.1:$PORT/a/1; "
            "curl -sI http://localhost:$PORT/; kill $!; wait", "curl python3", FILES),
    Program("openssl", "openssl s_server -accept 127.0.0.1:$PORT -key key -cert cert -www -naccept 1 "
            ">log 2>&1 & until grep -q ACCEPT log; do sleep 0.1; done; "
            "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | openssl s_client -connect 127.0.0.1:$PORT -quiet; "
            "kill $!; wait; openssl dgst -sha256 cert", setup=CERTIFICATE),
    Program("apt-get", "apt-get -o Dir::State=$PWD -o Dir::Cache=$PWD --print-uris update", "apt-get",
            "mkdir -p lists/partial archives/partial"),
    Program("node", "node script.js", setup=f"cat >script.js <<'N'\n{NODE}N\n"),
    Program("perl", "perl script.pl", setup=f"cat >script.pl <<'P'\n{PERL}P\n"),
    Program("man", "man -P cat ls"),
    Program("less", "less tree/a/1 <&-", setup=FILES),
    Program("sort", "sort -n -r tree/a/* | uniq -c | head -3; sort --parallel=2 -S 1M -o o tree/a/1",
            setup=FILES),
    Program("awk", "awk '{ s += $1 } END { print s | \"cat\"; system(\"true\") }' tree/a/*", setup=FILES),
    Program("sed", "sed -i s/1/x/g tree/a/1; sed -n 3p tree/a/2", setup=FILES),
    Program("xargs", "ls tree/a/b | xargs -n 2 -P 2 echo", setup=FILES),
    Program("rsync", "rsync -a tree/ copy/; rsync -a --delete tree/a/ copy/", setup=FILES),
    Program("ssh", "ssh -o BatchMode=yes -o ConnectTimeout=2 -p $PORT 127.0.0.1 true"),
    Program("ps", "ps aux; ps -ejH -p 1"),
    Program("top", "top -b -n 1"),
    Program("df", "df -h; df -i /"),
    Program("du", "du -sh tree; du -a tree", setup=FILES),
    Program("mount", "mount; mountpoint /proc; findmnt /", "mount mountpoint findmnt"),
    Program("mount-tmpfs", "unshare -m sh -c 'mkdir m; mount -t tmpfs -o size=1m none m && "
            "mount --bind tree m && umount m; umount m'", "unshare mount umount", FILES),
    Program("ip", "ip addr; ip route; ip -s link show lo"),
    Program("ss", "ss -tlnp; ss -xa"),
    Program("dd", "dd if=/dev/zero of=f bs=64k count=8 conv=fsync; dd if=f of=/dev/null bs=1M "
            "iflag=fullblock status=none"),
    Program("cp", "cp -a tree copy; cp --reflink=auto tree/a/1 x; cp -u x y; install -m 755 x z",
            "cp install", FILES),
    Program("mv", "mv tree/a/1 x; mv -n x tree/c; mv tree /dev/shm/agree.$$; rm -r /dev/shm/agree.$$",
            "mv rm", FILES),
    Program("rm", "rm -r tree; rm -f none; mkdir d; rmdir d", setup=FILES),
    Program("touch", "touch f; touch -d 2020-01-01 f; touch -r f g; truncate -s 10K f; chmod 751 f; "
            "chown 1:2 f; ln -s f l; readlink -f l; stat f l; stat -f .; mkdir -p a/b; sync f; "
            "fallocate -l 4096 h", "touch truncate chmod chown stat"),
    Program("tmux", "tmux -S ./s -f /dev/null new -d 'sleep 0.5'; tmux -S ./s ls; "
            "tmux -S ./s send-keys x; tmux -S ./s kill-server"),
    Program("dpkg", "dpkg -l; dpkg -S /bin/ls; dpkg-query -W bash"),
    Program("java", "java -Xshare:auto -XX:TieredStopAtLevel=1 -version"),
    Program("cargo", "cargo --version"),
    Program("unshare", "unshare -fpu --mount-proc sh -c 'hostname x; hostname; echo $$'"),
    Program("setpriv", "setpriv --reuid 65534 --regid 65534 --clear-groups --no-new-privs id"),
    Program("timeout", "timeout 0.1 sleep 5; timeout -k 1 5 true; timeout -s INT 0.1 sleep 5"),
    Program("nice", "nice -n 5 true; renice -n 3 $$; ionice -c 3 true; nice", "nice renice ionice"),
    Program("taskset", "taskset -c 0 true; taskset -p $$; nproc"),
    Program("chrt", "chrt -b 0 true; chrt -p $$; chrt -m"),
    Program("flock", "flock lock sleep 0.2 & sleep 0.05; flock -n lock true; flock -w 1 lock true; wait"),
    Program("mkfifo", "mkfifo p; cat p & echo through >p; wait"),
    Program("script", "script -qc 'stty -a; tty; ls --color=auto' typescript"),
    Program("date", "date; date -u +%s; date -r /etc/passwd; TZ=Asia/Tokyo date; cal 2>/dev/null"),
    Program("id", "id; id nobody; groups; whoami; who; logname; tty; uptime", "id who uptime"),
    Program("getent", "getent passwd root; getent hosts localhost; getent services ssh; "
            "getent ahosts 127.0.0.1"),
    Program("hostname", "hostname; uname -a; arch; hostid; lscpu; free; vmstat", "hostname lscpu free vmstat"),
    Program("resolver", "python3 -c 'import socket; socket.getaddrinfo(\"localhost\", 80); "
            "socket.getnameinfo((\"127.0.0.1\", 80), 0)'", "python3"),
    Program("zip", "zip -qr t.zip tree; unzip -q t.zip -d out", "zip unzip", FILES),
    Program("xz", "xz -T2 -k tree/a/1; xz -dc tree/a/1.xz | cmp - tree/a/1", setup=FILES),
    Program("bzip2", "bzip2 -k tree/a/1; bzip2 -t tree/a/1.bz2", setup=FILES),
    Program("md5sum", "md5sum tree/a/1; sha256sum tree/a/* | sha256sum -c; cksum tree/a/1", setup=FILES),
    Program("diff", "diff -ru tree/a/b tree/a; cmp tree/a/1 tree/a/2; diff -u tree/a/1 tree/a/2 >p; "
            "patch tree/a/1 p; comm tree/a/4 tree/a/5", "diff patch", FILES),
    Program("text", "cat tree/a/* | tee o | head -c 100; tail -n 2 o; cut -c1 o | paste - - | wc; "
            "grep -rn 29 tree; split -l 100 o part.; od -c o | head; tac o | rev | nl | fold -w 3 | tail -1; "
            "expr 1 + 2; seq 3 | factor; shuf -n 2 o; base64 o | tail -1", "rev", FILES),
    Program("strings", "strings -n 20 /bin/true; file /bin/true"),
    Program("objdump", "objdump -h /bin/true; readelf -l /bin/true; nm -D /bin/true; strip -o s /bin/true; "
            "ldd /bin/true", "objdump readelf"),
    Program("gdb", "gdb -q -batch -nx -ex 'break main' -ex run -ex bt -ex c ./hello", "gdb gcc",
            SOURCES + "gcc -g -o hello hello.c"),
    Program("vim", "vim -u NONE -es -c 'normal ihello' -c 'wq! out'"),
    Program("ipc", "ipcs; ipcmk -M 4096; ipcmk -Q; ipcmk -S 2; "
            "ipcs -m | awk '$6 == 0 && $4 == 644 { print $2 }' >o; ipcrm -a", "unshare ipcs ipcmk ipcrm"),
    Program("lsof", "lsof -p $$"),
    Program("jq", "echo '{\"a\": [1, 2]}' | jq .a[1]"),
    Program("bc", "echo '2^100' | bc -l"),
    Program("m4", "echo 'define(x, 1)x' | m4"),
    Program("gpg", "gpg --homedir . --list-keys; gpgconf --homedir . --kill all", "gpg gpgconf"),
    Program("lslocks", "lslocks; lsblk; lsns; sysctl kernel.ostype", "lslocks lsblk lsns sysctl"),
    Program("prlimit", "prlimit; ulimit -a; prlimit --nofile=100:200 true"),
    Program("dash-builtins", "umask 027; cd /tmp; test -r /etc/shadow; exec 3>/dev/null; echo x >&3; "
            "kill -0 $$; times; trap 'echo got' TERM; kill $$; (sleep 0.05; exit 3) & wait $!; "
            "read x </etc/passwd; exec true", "sh"),
]


def chosen(names):
    """The programs with these names, separated by commas; all for none."""
    wanted = [name for name in names.split(",") if name]
    known = {program.name for program in PROGRAMS}
    for name in wanted:
        if name not in known:
            raise ValueError(f"no program is called {name}; --list shows them")
    return [program for program in PROGRAMS if not wanted or program.name in wanted]


def free_port():
    """A TCP port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(where):
    """What a program finds set."""
    python = os.path.dirname(os.path.realpath(sys.executable))
    return {"PATH": f"{python}:{os.environ.get('PATH', '/usr/bin:/bin')}:/usr/sbin:/sbin",
            "HOME": where, "TMPDIR": where, "PWD": where, "LANG": "C.UTF-8", "TERM": "xterm",
            "USER": "root", "SHELL": "/bin/sh", "PORT": str(free_port()),
            "GIT_CONFIG_NOSYSTEM": "1"}


def run(program, watchers):
    """(comparison, why it does not count or "", seconds); no comparison: skipped."""
    needs = (program.needs or program.name).split()
    where = tempfile.mkdtemp(prefix="agree-files.")
    try:
        env = environment(where)
        missing = [need for need in needs if not shutil.which(need, path=env["PATH"])]
        if missing:
            return None, f"{', '.join(missing)} is not installed", 0
        done = subprocess.run(["sh", "-ec", program.setup], cwd=where, env=env, check=False,
                              stdin=subprocess.DEVNULL, capture_output=True)
        if done.returncode:
            return None, f"its files cannot be made: {done.stderr.decode(errors='replace')}", 0
        start = time.monotonic()
        keep = os.path.join(watchers.keep, program.name) if watchers.keep else None
        comparison, why = watchers.compare(["sh", "-c", program.script], where, env, keep)
        return comparison, why, time.monotonic() - start
    finally:
        shutil.rmtree(where, ignore_errors=True)
