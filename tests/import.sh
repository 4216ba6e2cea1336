#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Whether text of strace comes out as it went in: -r FILE -b gives the same calls,
# arguments and results, line by line, with those that were in two lines joined;
# -c counts what strace -C counted of the same run.
set -u
builddir=${builddir:-.}
sctop=$builddir/sctop
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if ! strace -o "$work/can" true 2>"$work/why"; then
	echo "strace cannot trace here: $(head -n 1 "$work/why")"
	[ "${SCTOP_LIVE:-}" = required ] && exit 1
	exit 77
fi
failed=0

cat >"$work/joined.py" <<'PYTHON'
"""strace's lines, each call in one, without times, durations and columns."""
import re
import sys

pending = {}
for line in open(sys.argv[1], encoding="utf-8", errors="surrogateescape"):
    line = line.rstrip("\n")
    if re.match(r"strace: |% time|[- ]+$|[ 0-9.]+[0-9]+ +\d+ .*[a-z_0-9]+$", line):
        continue  # the table of -C
    pid, text = re.match(r"(\d+) +(?:[\d:.]+ )?(.*)", line).groups()
    text = re.sub(r" <\d+\.\d+>$", "", text)
    if text.endswith(" <unfinished ...>"):
        pending[pid] = text[:-len(" <unfinished ...>")]
        continue
    resumed = re.match(r"<\.\.\. \w+ resumed>(.*)", text)
    if resumed:
        text = pending.pop(pid) + resumed[1]
    print(pid, re.sub(" +", " ", text))
PYTHON

# same NAME FILE FILE
same() {
	if diff "$2" "$3" >"$work/diff"; then
		echo "$1: $(wc -l <"$2") lines"
	else
		echo "$1: differs"
		head -n 6 "$work/diff"
		failed=1
	fi
}

# trace OPTIONS COMMAND...: OPTIONS are words.
trace() {
	options=$1
	shift
	# shellcheck disable=SC2086 # words
	strace -f $options -o "$work/text" "$@" >/dev/null 2>&1
	"$sctop" -r "$work/text" -b >"$work/lines" 2>"$work/notices" ||
		failed=1
	python3 "$work/joined.py" "$work/text" >"$work/expected"
	python3 "$work/joined.py" "$work/lines" >"$work/found"
	same "strace -f $options $*" "$work/expected" "$work/found"
}

mkdir "$work/tree"
(cd "$work/tree" && git init -q . &&
	echo "all: ; @wc -c </etc/passwd | cat" >Makefile)
trace "-ttt -T" ls -lR "$work/tree"
trace "" make -C "$work/tree"
trace "-tt -T -y" git -C "$work/tree" status
trace "-r -yy -s 64" sh -c 'kill -USR1 $$'
trace "-t" python3 -c 'import threading
threads = [threading.Thread(target=open, args=("/etc/passwd",)) for _ in range(4)]
[thread.start() for thread in threads]'

strace -f -C -o "$work/text" make -C "$work/tree" >/dev/null 2>&1
awk '/^ *[0-9.]+ +[0-9.]+ +[0-9]+ +[0-9]+ / && $NF != "total" {
	print $NF, $4, (NF > 5 ? $5 : 0) }' "$work/text" | sort >"$work/expected"
# What does not return is a call here, and not for strace.
"$sctop" -r "$work/text" -c --fields calls,errors,syscall 2>/dev/null |
	awk '$1 ~ /^[0-9]+$/ && $3 !~ /^(total|exit|exit_group)$/ {
		print $3, $1, $2 }' | sort >"$work/found"
same "strace -C" "$work/expected" "$work/found"

# What is no call is told, by its line, and what has no end.
printf '7 close(3) = 0\nhello\nworld\n7 close(4) = 0\nagain\n7 read(3,  <unfinished ...>\n' \
	>"$work/text"
"$sctop" -r "$work/text" -b >"$work/lines" 2>"$work/found"
cat >"$work/expected" <<'LINES'
sctop: of the text lines 2 to 3 are not strace's, and left out
sctop: of the text line 5 is not strace's, and left out
sctop: the text ends before 1 call does, which is left out
LINES
same "what is left out" "$work/expected" "$work/found"
exit $failed
