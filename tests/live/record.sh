#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What root recorded, anybody sees as it was shown: every format of five
# programs, one of which makes a million calls, byte for byte.
. "${srcdir:-.}/tests/live/lib.sh"

needs setpriv
chmod 755 "$work"
calls=1000003
workload=$builddir/tests/live/workload

# anybody COMMAND...: as the user nobody, without any privilege, in another time
# zone.
anybody()
{
	TZ=Asia/Kolkata HOME=/ XDG_CONFIG_HOME=/nowhere \
		setpriv --reuid=65534 --regid=65534 --clear-groups \
		--bounding-set=-all "$@"
}

# record NAME OPTIONS COMMAND...: into $work/NAME, shown in $work/NAME.live
record()
{
	name=$1
	options=$2
	shift 2
	# shellcheck disable=SC2086 # words
	"$SCTOP" -w "$work/$name" $options -o "$work/$name.live" -- "$@" \
		>/dev/null 2>"$work/$name.err" </dev/null
	expect "notices of $name" "$(cat "$work/$name.err")" ""
	chmod 644 "$work/$name"
}

# same NAME OPTIONS: as nobody, the recording shows it again
same()
{
	# shellcheck disable=SC2086 # words
	anybody "$SCTOP" -r "$work/$1" $2 >"$work/$1.again" 2>"$work/$1.err"
	expect "status of $2 of $1" $? 0
	expect "notices of $2 of $1" "$(cat "$work/$1.err")" ""
	if cmp "$work/$1.live" "$work/$1.again"; then
		echo "ok: $2 of $1: $(wc -l <"$work/$1.live") lines"
	else
		fail "$2 of $1 differs"
	fi
}

both()
{
	record "$@"
	same "$1" "$2"
	[ -s "$work/$1.live" ] || fail "$1 showed nothing"
}

# Each format, each stamp; what descriptors refer to; signals, ends, execs.
both ls "-b -yy -tt -T" ls -lR /etc
both pipe "-b -y -ttt -s 80" sh -c 'cat /etc/passwd | wc -l; exit 3'
both signals "-b" "$builddir/tests/live/signals"
both edges "-j" "$builddir/tests/live/edges" execve-thread
both find "--csv --fields time_ns,comm,user,syscall,args,result" \
	find /usr/include -maxdepth 1
both table "-c" find /usr -maxdepth 2
both filtered "-b -F args~*etc*" ls -l /etc
record storm "-b -e getppid" "$workload" storm $calls 1
same storm -b
expect "rows of storm" "$(grep -c 'getppid() *= ' "$work/storm.again")" $calls

# The counters of a recording are those of the run.
anybody "$SCTOP" -r "$work/storm" -c >"$work/counted"
expect "calls that -c counts of storm" \
	"$(awk '$NF == "getppid" { gsub(/[^0-9]/, "", $1); print $1 }' \
		"$work/counted")" $calls
anybody "$SCTOP" -r "$work/ls" -c >"$work/counted"
expect "calls that -c counts of ls, all but exit_group" \
	"$(awk '$NF == "total" { gsub(/[^0-9]/, "", $1); print $1 }' \
		"$work/counted")" "$(($(count_calls "$work/ls.live") - 1))"

# Without -y, -r tells of descriptors no more than a run without -y: as one did.
"$SCTOP" -r "$work/ls" -b >"$work/bare"
grep -q '[0-9D]<' "$work/bare" && fail "descriptors are told without -y"
expect "calls about /etc without -y" \
	"$(grep -c 'AT_FDCWD, "/etc' "$work/bare")" \
	"$(grep -c 'AT_FDCWD<[^>]*>, "/etc' "$work/ls.live")"
"$SCTOP" -w "$work/devices" -b -yy -o "$work/rows" -- \
	cat /etc/passwd /dev/null >/dev/null
"$SCTOP" -r "$work/devices" -b -y >"$work/rows"
expect "devices told with -y" "$(grep -c 'char 1:3' "$work/rows")" 0
expect_text "and their paths" "$work/rows" '<.*/dev/null>'

# Options that choose calls are filters of a recording.
# same_rows NAME OPTIONS EXPRESSION
same_rows()
{
	# shellcheck disable=SC2086 # words
	"$SCTOP" -r "$work/$1" -b $2 >"$work/some" 2>"$work/err"
	expect "notices with $2" "$(cat "$work/err")" ""
	"$SCTOP" -r "$work/$1" -b -F "$3" >"$work/others"
	[ -s "$work/others" ] || fail "nothing passes $3"
	if cmp "$work/some" "$work/others"; then
		echo "ok: $2 of a recording"
	else
		fail "$2 is not $3"
	fi
}
same_rows ls "-e openat,%process -F ret>=0" \
	"(syscall == openat || class == process) && ret >= 0"
same_rows ls "-Z -F pid>0" failed
same_rows ls "-z -F pid>0" "!failed && ret >= 0"
same_rows ls "--errno ENOENT -F pid>0" "errno == ENOENT"
same_rows ls "--min-time 20us -F pid>0" "duration >= 20us"
same_rows ls "-C ls" "comm == ls"
same_rows ls "-u root" "uid == 0"
pid=$(awk '/write\(1/ { print $1; exit }' "$work/pipe.live")
same_rows pipe "-p $pid -F tid>0" "pid == $pid"
"$SCTOP" -r "$work/pipe" -b -p "$pid" >"$work/some"
expect "other processes than the chosen one" \
	"$(awk -v pid="$pid" '$1 != pid' "$work/some")" ""
expect_text "its end is told" "$work/some" '+++ exited with'
"$SCTOP" -r "$work/ls" -b -G /x >"$work/out" 2>&1
expect "status of -G with -r" $? 2
"$SCTOP" -r "$work/ls" -c -e openat >"$work/out" 2>&1
expect "status of -c -e with -r" $? 2

# A call of which the number is learned when it is first made.
faults=$builddir/tests/live/sctop-faults
SCTOP_FAULT=hide=getppid "$faults" -w "$work/learned" -b -e getppid \
	-o "$work/learned.live" -- "$workload" storm 1003 1 >/dev/null 2>&1
SCTOP_FAULT=hide=getppid "$faults" -r "$work/learned" -b \
	>"$work/learned.again"
expect "rows of a call whose number was learned" \
	"$(grep -c 'getppid() *= ' "$work/learned.again")" 1003
cmp "$work/learned.live" "$work/learned.again" || fail "they differ"

# Through a pipe, from start to end.
"$SCTOP" -w - --for 1s -e getpid 2>/dev/null |
	anybody "$SCTOP" -r - -c >"$work/streamed" 2>"$work/err"
expect "status of a stream" $? 0
expect "notices of a stream" "$(cat "$work/err")" ""

# It is written for who called sudo, into a file that was not there.
SUDO_UID=65534 SUDO_GID=65534 "$SCTOP" -w "$work/sudo" -c -- true \
	>"$work/out" 2>&1
expect "owner and mode under sudo" "$(stat -c '%u:%g %a' "$work/sudo")" \
	"65534:65534 600"
"$SCTOP" -w "$work/sudo" -c -- true >"$work/out" 2>&1
expect "status where the file exists" $? 125
expect_text "a sentence says so" "$work/out" "it exists"
ln -s "$work/target" "$work/link"
"$SCTOP" -w "$work/link" -c -- true >"$work/out" 2>&1
[ ! -e "$work/target" ] || fail "it was written through a link"

# A disk that is full ends the recording, not the run.
(
	ulimit -f 16
	"$SCTOP" -w "$work/full" -b -o /dev/null -- ls -lR /etc >/dev/null \
		2>"$work/err"
	echo $? >"$work/status"
)
expect "status where nothing fits" "$(cat "$work/status")" 125
expect_text "a sentence says why" "$work/err" "File too large"

# A recorder that is killed loses what it had not written.
"$SCTOP" -w "$work/killed" --for 60s -e getppid >/dev/null 2>&1 &
sctop=$!
wait_for 30 is_tracing "$sctop"
"$workload" storm 1000 1
wait_for 30 test -n "$(find "$work/killed" -size +20k)"
kill -KILL "$sctop"
wait "$sctop" 2>/dev/null
"$SCTOP" -r "$work/killed" -b >"$work/rows" 2>"$work/err"
expect "status of a recording that was killed" $? 0
expect_text "a sentence says so" "$work/err" "never closed"

# --redact keeps shapes only.
"$SCTOP" -w "$work/redacted" --redact -b -yy -o "$work/redacted.live" -- \
	cat /etc/passwd >/dev/null
"$SCTOP" -r "$work/redacted" -b -yy >"$work/redacted.again"
expect "lines of a redacted recording" \
	"$(wc -l <"$work/redacted.again")" "$(wc -l <"$work/redacted.live")"
expect_text "its paths have their shape" "$work/redacted.again" \
	'openat(AT_FDCWD<[/x]*>, "/xxx/xxxxxx", O_RDONLY) = 3</xxx/xxxxxx>'
"$SCTOP" -r "$work/redacted" -j >"$work/rows"
expect "status of a redacted recording as JSON" $? 0
grep -q -e passwd -e root: "$work/rows" &&
	fail "a redacted recording has contents"

# Files that change by time: each can be read by itself, and knows what was
# opened long before; they are made for who called sudo, where he may.
mkdir "$work/his" && chown 65534:65534 "$work/his" && chmod 700 "$work/his"
SUDO_UID=65534 SUDO_GID=65534 "$SCTOP" -w "$work/his/rot" --rotate 1s --keep 2 \
	-b -yy -o "$work/rows" -- sh -c 'exec 3</etc/passwd
		for i in 1 2 3 4 5 6 7 8; do read -r x <&3; sleep 0.5; done' \
	2>"$work/err"
expect "status with --rotate" $? 0
expect "notices with --rotate" "$(cat "$work/err")" ""
[ ! -e "$work/his/rot" ] || fail "the oldest file was kept"
expect "files that were kept" "$(find "$work/his" -type f | wc -l)" 2
for file in "$work"/his/rot.*; do
	expect "owner of ${file##*/}" "$(stat -c '%u %a' "$file")" "65534 600"
	anybody "$SCTOP" -r "$file" -b -yy >"$work/part" 2>"$work/err"
	expect "notices of ${file##*/}" "$(cat "$work/err")" ""
	cat "$work/part" >>"$work/parts"
done
grep -q 'read(0</etc/passwd>' "$work/parts" ||
	fail "the files do not know what was opened before them"
tail -n "$(wc -l <"$work/parts")" "$work/rows" | cmp - "$work/parts" ||
	fail "the files have not what was printed last"

# What the run that records does not show is there for who reads.
"$SCTOP" -w "$work/more" --csv -o "$work/csv" -- sh -c \
	'trap : USR1; kill -USR1 $$; read -r _ </etc/hostname'
expect "status of CSV that is recorded" $? 0
"$SCTOP" -r "$work/more" --csv | cmp - "$work/csv" ||
	fail "CSV and its recording differ"
"$SCTOP" -r "$work/more" -b -yy >"$work/rows"
expect_text "what a descriptor refers to" "$work/rows" \
	'openat(AT_FDCWD<.*>, "/etc/hostname", O_RDONLY) = 3</etc/hostname>'
expect_text "a signal" "$work/rows" '--- SIGUSR1 {.*} ---'
expect "calls in CSV" "$(($(wc -l <"$work/csv") - 1))" \
	"$(count_calls "$work/rows")"
"$SCTOP" -r "$work/more" -b >"$work/rows"
grep -q '<' "$work/rows" && fail "descriptors are told without -y"

# Rows that the run's own filter hid stay hidden; one that a newer sctop had
# does not keep anybody from looking.
"$SCTOP" -w "$work/hidden" -b -F 'path == "/etc/hostname"' \
	-o "$work/rows" -- sh -c 'read -r _ </etc/hostname; pwd' >"$work/out"
"$SCTOP" -r "$work/hidden" -b | cmp - "$work/rows" ||
	fail "a recorded filter lets pass what it hid"
python3 - "$work/hidden" "$work/newer" <<'END'
import struct, sys, zlib
data = bytearray(open(sys.argv[1], "rb").read())
at = 64
out = data[:64]
while at < len(data):
    head, stored = bytearray(data[at:at + 64]), struct.unpack_from("<I", data, at + 12)[0]
    body = bytes(data[at + 64:at + 64 + stored])
    at += 64 + stored
    if head[4] == 1:
        text = zlib.decompress(body) if head[5] else body
        body = text.replace(b"filter\tpath", b"filter\tpatz")
        head[5] = 0
        struct.pack_into("<III", head, 12, len(body), len(body), zlib.crc32(body))
    struct.pack_into("<I", head, 60, zlib.crc32(bytes(head[:60])))
    out += head + body
open(sys.argv[2], "wb").write(out)
END
"$SCTOP" -r "$work/newer" -b >"$work/all" 2>"$work/err"
expect "status with a filter of a newer sctop" $? 0
expect_text "it is said" "$work/err" 'a filter (-F) that is not understood here'
[ "$(wc -l <"$work/all")" -gt "$(wc -l <"$work/rows")" ] ||
	fail "what the filter hid is not shown"

# What is in progress is recorded though nobody looks at it meanwhile.
sleep 1000 &
sleeper=$!
"$SCTOP" -w "$work/asleep" -c --for 2s -p "$sleeper" >"$work/table"
expect "status of recording who sleeps" $? 0
kill "$sleeper"

# On the screen, for anybody.
. "${srcdir:-.}/tests/live/screen.sh"
cp "$SCTOP" "$work/sctop" # where nobody may go
tm new-session -d -s screen -x 100 -y 24 \
	"TERM=xterm-256color setpriv --reuid=65534 --clear-groups \
	env HOME=/ XDG_CONFIG_HOME=/nowhere $work/sctop -r $work/ls; \
	echo it ended with \$?; cat"
see "calls are listed" getdents64
see "it is said that they are recorded" 'recorded '
keys 3
see "events are listed" 'getxattr.*/etc'
keys q
tm kill-server
server=$server-asleep
tm new-session -d -s screen -x 100 -y 24 "exec $SCTOP -r $work/asleep"
see "a recording of a sleeping process" 'recorded '
keys 4
see "what it is in" "$sleeper .*clock_nano"
keys q
tm kill-server
server=$server-hidden
tm new-session -d -s screen -x 200 -y 24 "exec $SCTOP -r $work/hidden"
see "that the run hid rows" 'recorded with -F path == "/etc/hostname"'
keys q
finish
