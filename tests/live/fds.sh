#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What descriptors refer to, at the moment of each call: whoever opened them,
# whenever, under whatever name.  The program of the test says it by itself; what
# strace says of the same calls is compared as well.
. "${srcdir:-.}/tests/live/lib.sh"
fds=$(realpath "$builddir/tests/live/fds")
program=$(realpath "$SCTOP")
compare=$(realpath "${srcdir:-.}/tests/agree")

# targets FILE: "OFFSET <TARGET>" of the looks among the rows of FILE.
targets()
{
	sed -n \
		-e 's/^[0-9]* *lseek([0-9]*\(<.*\), \([0-9]*\), SEEK_SET).*/\2 \1/p' \
		-e 's/^[0-9]* *faccessat(AT_FDCWD\(<.*>\), "look-\([0-9]*\)",.*/\2 \1/p' "$1"
}

# play SCENE: in a directory of its own; rows must say what the program saw.
play()
{
	mkdir "$work/$1"
	(cd "$work/$1" && "$program" -yy -b -e lseek,faccessat -o ../rows -- \
		"$fds" "$1" >../seen 2>../notices) ||
		fail "$1: status $?: $(cat "$work/notices")"
	[ -s "$work/seen" ] || fail "$1: the program saw nothing"
	targets "$work/rows" >"$work/told"
	if diff "$work/seen" "$work/told" >"$work/diff"; then
		echo "ok: $1: $(wc -l <"$work/seen") looks"
	else
		fail "$1: what was seen, and what was told:"
		cat "$work/diff"
	fi
}

# agree SCENE: both levels are strace's, in one run that both watch.
agree()
{
	for level in y yy; do
		mkdir "$work/$1-$level"
		if (cd "$work/$1-$level" && SCTOP=$program \
			"$compare" --$level -- "$fds" "$1" >../differences); then
			echo "ok: $1: $(grep ^descriptors "$work/differences"), -$level"
		else
			fail "$1: sctop -$level and strace -$level:"
			cat "$work/differences"
		fi
	done
}

scenes="files kinds deep inherited passed sockets unix directory odd anonymous
	protocols ends arguments"
if own_mounts true 2>/dev/null; then
	scenes="$scenes mounts network"
fi
for scene in $scenes; do
	play "$scene"
done
if command -v strace >/dev/null && command -v python3 >/dev/null; then
	for scene in $scenes wrong; do
		agree "$scene"
	done
else
	echo "not compared with strace: it takes strace and python3"
fi

# Opened before sctop began.
mkdir "$work/before"
mkfifo "$work/go"
(cd "$work/before" && exec "$fds" before <../go >../seen) &
waiting=$!
exec 3>"$work/go"
wait_for 10 grep -q ready "$work/seen"
sctop_start -yy -b -e lseek -p $waiting
echo >&3
exec 3>&-
wait "$sctop"
sed -i /ready/d "$work/seen"
targets "$work/out" >"$work/told"
expect "a file opened before" "$(cat "$work/told")" "$(cat "$work/seen")"

# -y alone: paths and inodes.
mkdir "$work/paths"
(cd "$work/paths" && "$program" -y -b -e lseek -o ../rows -- "$fds" unix \
	>../seen 2>../notices)
sed 's/^\([0-9]*\) <[A-Z-]*:\[\([0-9]*\).*/\1 <socket:[\2]>/' "$work/seen" |
	grep socket: | grep -v 'socket:\[]' >"$work/wanted"
targets "$work/rows" | grep -F -x -f "$work/wanted" >"$work/told"
expect "sockets of -y" "$(cat "$work/told")" "$(cat "$work/wanted")"

# Without -y there is nothing.
mkdir "$work/none"
(cd "$work/none" && "$program" -b -e lseek -o ../rows -- "$fds" unix >../seen)
expect "targets that nobody asked for" "$(grep -c '<' "$work/rows")" 0

# Arrays, sets, and what is passed on.
mkdir "$work/arrays"
(cd "$work/arrays" && "$program" -yy -b -o ../rows -- "$fds" passed >../seen)
expect_text "both descriptors of a pair" "$work/rows" \
	'socketpair(.*, \[[0-9]*<UNIX-STREAM:\[[0-9]*->[0-9]*\]>, [0-9]*<UNIX-STREAM:'
expect_text "the descriptor that is sent" "$work/rows" \
	"sendmsg(.*SCM_RIGHTS, cmsg_data=\\[[0-9]*<$work/arrays/passed>\\]"
expect_text "the descriptor that is received" "$work/rows" \
	"recvmsg(.*SCM_RIGHTS, cmsg_data=\\[[0-9]*<$work/arrays/passed>\\]"

(cd "$work/arrays" && "$program" -yy -b -o ../rows -- "$fds" structures)
expect_text "the descriptors of requests" "$work/rows" \
	"io_submit(.*aio_fildes=[0-9]*<$work/arrays/file>.*aio_resfd=[0-9]*<anon_inode:\[eventfd\]>}, {.*aio_fildes=[0-9]*<$work/arrays/file>.*aio_resfd=[0-9]*<anon_inode"

(cd "$work/arrays" && "$program" -yy -b -o ../rows -- "$fds" processes)
expect_text "the descriptor of a child" "$work/rows" \
	'clone3(.* => {pidfd=\[[0-9]*<pid:\([0-9]*\)>\]}, [0-9]*) *= \1$'
expect_text "a descriptor of another process" "$work/rows" \
	"pidfd_getfd([0-9]*<pid:[0-9]*>, 50<$work/arrays/child>, 0) *= [0-9]*<$work/arrays/child>"
expect_text "compared descriptors" "$work/rows" \
	"kcmp(.*, KCMP_FILE, [0-9]*<$work/arrays/file>, [0-9]*<pid:[0-9]*>) *= [12]\$"
expect_text "a descriptor of a process that is a number" "$work/rows" \
	"kcmp(.*, KCMP_FILE, [0-9]*<$work/arrays/file>, [0-9]*) *= [0-2]\$"
expect_text "a child by its descriptor" "$work/rows" \
	'waitid(P_PIDFD, [0-9]*<pid:[0-9]*>, '

# JSON has the target as it is.
mkdir "$work/json"
(cd "$work/json" && "$program" -yy -j -e openat -o ../rows -- "$fds" deep >../seen)
expect_text "a target in JSON" "$work/rows" '"target":"'"$work/json"
expect_text "a name that needs escapes" "$work/rows" \
	'"ret_target":"[^"]*/é <\\n\\"\\\\>"'

# Short lives: every row of every process has its path.
mkdir "$work/storm"
(cd "$work/storm" && "$program" -y -b --totals -e lseek -o ../rows -- "$fds" storm \
	2>../notices)
targets "$work/rows" | sort -n >"$work/told"
awk -v dir="$work/storm" 'BEGIN {
	for (i = 0; i < 2000; i++)
		for (k = 0; k < 3; k++)
			printf "%d <%s/storm-%d/%c>\n", i * 3 + k + 1, dir, i, 97 + k
}' >"$work/wanted"
if cmp -s "$work/wanted" "$work/told"; then
	echo "ok: 6000 files of 2000 processes"
else
	fail "files of short-lived processes:"
	diff "$work/wanted" "$work/told" | head -20
fi
expect_text "no row was lost" "$work/notices" 'lost 0$'

finish
