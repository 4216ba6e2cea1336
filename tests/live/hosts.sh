#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Other machines, by an ssh that leads to this one under other names.
# shellcheck disable=SC2317,SC2016 # what wait_for calls, and inner shells
. "${srcdir:-.}/tests/live/lib.sh"
. "${srcdir:-.}/tests/live/screen.sh"
needs unshare hostname

case $SCTOP in /*) ;; *) SCTOP=$PWD/$SCTOP ;; esac
export SCTOP

# Writes who it is into $work/pid.HOST, and is killed as that.
cat >"$work/ssh" <<'END'
#!/bin/sh
[ "$1" = -T ] && [ $# -eq 3 ] || exit 9
export host="$2" command="$3"
echo "hello from $host" >&2
[ "$host" = none ] && exit 255
[ "$host" = noise ] && exec seq 1000
echo $$ >"${0%/*}/pid.$host"
exec unshare --uts sh -c 'hostname "$host"; eval "exec $command"'
END
chmod +x "$work/ssh"
export SCTOP_SSH="$work/ssh"

# record HOST ARGUMENT...: into $work/HOST.rec
record()
{
	host=$1
	shift
	unshare --uts sh -c 'hostname "$1"; shift; exec "$@"' - "$host" \
		"$SCTOP" -w "$work/$host.rec" -b -o "$work/$host.live" "$@"
}

# Recordings side by side: each line with its host, each host's own filter, and
# all lines of both in the order of their times.
record left -y -e openat -- cat /etc/passwd /etc/group >"$work/out"
record right -y -e openat -F 'args ~ "*passwd*"' -- \
	cat /etc/passwd /etc/group >"$work/out"
"$SCTOP" -r "$work/left.rec" -r "$work/right.rec" -b -y >"$work/rows"
expect "status of two recordings" $? 0
for host in left right; do
	sed -n "s/^$host  *//p" "$work/rows" >"$work/$host.lines"
	sed 's/^ *//' "$work/$host.live" | cmp - "$work/$host.lines" ||
		fail "$host has not its lines"
done
expect "lines of neither" "$(grep -c -v '^left  *\|^right  *' "$work/rows")" 0
expect "calls that the filter of one left out" \
	"$(grep -c '^right .*/etc/group' "$work/rows")" 0
"$SCTOP" -r "$work/right.rec" -r "$work/left.rec" -j |
	sed -n 's/.*"time_ns":\([0-9]*\).*"duration_ns":\([0-9]*\).*/\1 \2/p' |
	awk '{ print $1 + $2 }' >"$work/times"
sort -n "$work/times" | cmp - "$work/times" || fail "times are not in order"
[ -s "$work/times" ] || fail "there are no times"

# The files of one recording are one again.
"$SCTOP" -w "$work/rot" --rotate 1s -b -o "$work/rot.live" -e read,execve -- \
	sh -c 'exec 3</etc/passwd
		for i in 1 2 3 4 5 6; do read -r x <&3; sleep 0.5; done'
"$SCTOP" -r "$work/rot.1" -r "$work/rot" -r "$work/rot.2" -b >"$work/rows" \
	2>"$work/err"
head -n "$(wc -l <"$work/rows")" "$work/rot.live" | cmp - "$work/rows" ||
	fail "three files have not what was printed first"
[ -s "$work/rows" ] || fail "three files have nothing"
expect "what is told of them" "$(cat "$work/err")" ""
"$SCTOP" -r "$work/rot" -r "$work/rot.2" -b >"$work/rows" 2>"$work/err"
expect_text "a file that is missing is told" "$work/err" \
	'a file of the recording is missing; what happened between'

# One that says it is of another architecture; gzip has the checksum, too.
other=2
[ "$(uname -m)" = aarch64 ] && other=1
{
	head -c 36 "$work/left.rec"
	printf '%b\000\000\000' "\\0$other"
	tail -c +41 "$work/left.rec" | head -c 20
} >"$work/header"
{
	cat "$work/header"
	gzip -c "$work/header" | tail -c 8 | head -c 4
	tail -c +65 "$work/left.rec"
} >"$work/other.rec"
"$SCTOP" -r "$work/other.rec" -b >/dev/null 2>"$work/err"
expect "status of one of another architecture" $? 0
"$SCTOP" -r "$work/left.rec" -r "$work/other.rec" -b >"$work/rows" 2>"$work/err"
expect "status of two architectures" $? 1
expect_text "a sentence says why" "$work/err" \
	'their machines are of different architectures'

# watch ARGUMENT...: lines into $work/rows
watch()
{
	"$SCTOP" --remote "$SCTOP" "$@" >"$work/rows" 2>"$work/err"
	status=$?
}

# touch_often: until $work/stop is there, with an argument that a shell would
# take apart
touch_often()
{
	while [ ! -e "$work/stop" ]; do
		(cd / && exec cat "/nowhere/it's here") 2>/dev/null
		sleep 0.05
	done
}
touch_often &
toucher=$!
stop_all()
{
	: >"$work/stop"
	wait "$toucher" 2>/dev/null
}

watch --host web1 --host web2 -b -e openat -n 20 \
	-F "path == \"/nowhere/it's here\""
expect "status" $status 0
expect "rows" "$(wc -l <"$work/rows")" 20
expect "rows of neither host" "$(grep -c -v '^web[12]  *[0-9]* *openat' \
	"$work/rows")" 0
expect_text "rows of the first" "$work/rows" '^web1 .*/nowhere/it'
expect_text "rows of the second" "$work/rows" '^web2 .*/nowhere/it'
expect_text "what ssh says has its host's name" "$work/err" \
	'^sctop: web1: hello from web1'

watch --host web1 --host web2 -j -e openat -n 1000000 --for 2s \
	-F 'host == web2'
expect_text "the other host is filtered out" "$work/rows" '"host":"web2"'
grep -q '"host":"web1"' "$work/rows" && fail "a filter by host lets all pass"

watch --host web1 -b -e openat -n 3
expect "rows of one host, as ever" "$(grep -c '^[0-9]* *openat' "$work/rows")" 3

watch --host web1 --host none -b
expect "status without one of them" $status 1
expect_text "a sentence says which" "$work/err" \
	"cannot watch 'none' (--host): ssh ended with status 255"
watch --host noise -b
expect "status of what is no recording" $status 1
expect_text "a sentence says so" "$work/err" "'noise' (--host) is no recording"
wait_for 10 sh -c '! kill -0 "$(cat "$1")" 2>/dev/null' - "$work/pid.web1" ||
	fail "an ssh is left over"

# One host ends, the other goes on.
tm new-session -d -s screen -x 120 -y 40 \
	"$SCTOP --remote $SCTOP --host web1 --host web2 -C cat -e openat \
	--no-save; echo ended with \$?; cat"
see "the hosts are named" 'on web1, .*on web2, '
keys 3
see "a column tells the host" '^HOST '
see "rows of the first" '^web1 .*/now'
see "rows of the second" '^web2 .*/now'
kill -KILL "$(cat "$work/pid.web1")"
see "its end is told" 'web1: ended: ssh was ended by signal 9'
keys 2
see "the other goes on" '^web2 .* cat '
keys q
see "it ends as ever" 'ended with 0'
wait_for 10 sh -c '! kill -0 "$(cat "$1")" 2>/dev/null' - "$work/pid.web2" ||
	fail "an ssh is left over"
finish
