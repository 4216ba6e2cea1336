#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Other machines, by an ssh that leads to this one under other names.
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
		cat "/nowhere/it's here" 2>/dev/null
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
