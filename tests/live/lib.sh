# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
#
# What live tests share.  Sourced first: . "${srcdir:-.}/tests/live/lib.sh"
# They run from the build directory, as root, and trace the running machine.
# $work is a directory of their own, removed at the end.

: "${SCTOP:=./sctop}" "${srcdir:=.}" "${builddir:=.}"
failures=0

# skip REASON: this machine cannot run the test; a failure where it must.
skip()
{
	echo "SKIP: $*"
	[ "${SCTOP_LIVE-}" = required ] && exit 1
	exit 77
}

# fail WHAT: goes on, so that one run shows every failure.
fail()
{
	echo "FAIL: $*"
	failures=$((failures + 1))
}

# expect WHAT ACTUAL EXPECTED
expect()
{
	if [ "$2" = "$3" ]; then
		echo "ok: $1: $2"
	else
		fail "$1: got '$2', expected '$3'"
	fi
}

# expect_text WHAT FILE PATTERN: a line of FILE matches the basic regex.
expect_text()
{
	if grep -q -e "$3" "$2"; then
		echo "ok: $1"
	else
		fail "$1: no line matches '$3' in:"
		sed 's/^/	/' "$2"
	fi
}

# wait_for SECONDS COMMAND...: until it succeeds, looking often.
wait_for()
{
	wait_end=$(($(date +%s) + $1))
	shift
	until "$@"; do
		[ "$(date +%s)" -le "$wait_end" ] || return 1
		sleep 0.02
	done
}

# is_tracing PID: that sctop has attached its programs: it then gives up its
# privileges, which shows.
is_tracing()
{
	grep -q '^NoNewPrivs:.*1' "/proc/$1/status" 2>/dev/null
}

# sctop_start ARGUMENT...: in the background, as $sctop; returns when it traces.
# Its output goes to $work/out and $work/err.
sctop_start()
{
	"$SCTOP" "$@" >"$work/out" 2>"$work/err" &
	sctop=$!
	wait_for 30 is_tracing_or_over "$sctop"
	is_tracing "$sctop" && return 0
	fail "sctop $* does not trace: $(cat "$work/err")"
	finish
}

is_tracing_or_over()
{
	is_tracing "$1" || ! kill -0 "$1" 2>/dev/null
}

# sctop_stop: ends it as Ctrl-C does; its status is in $status.
sctop_stop()
{
	kill -INT "$sctop" 2>/dev/null
	wait "$sctop"
	# shellcheck disable=SC2034 # for the caller
	status=$?
}

# count_calls FILE: its lines that are calls, not signals or ends.
count_calls()
{
	grep -c -v -e '^[0-9]* *--- ' -e '^[0-9]* *+++ ' "$1"
}

# own_mounts COMMAND...: in a mount namespace of its own.  The root of a chroot
# is no mount point, so that its propagation cannot be changed.
own_mounts()
{
	if unshare --mount true 2>/dev/null; then
		unshare --mount "$@"
	else
		unshare --mount --propagation unchanged "$@"
	fi
}

# needs TOOL...: skips the test where one is missing.
needs()
{
	for tool in "$@"; do
		command -v "$tool" >/dev/null || skip "$tool is not installed"
	done
}

# finish: the last line of every test.
finish()
{
	[ "$failures" -eq 0 ] && exit 0
	echo "$failures failed"
	exit 1
}

[ "$(id -u)" -eq 0 ] || skip "live tests need root"
[ -r /sys/kernel/btf/vmlinux ] || skip "this kernel has no BTF"
[ -x "$SCTOP" ] || skip "there is no program $SCTOP"

work=$(mktemp -d "${TMPDIR:-/tmp}/sctop-live-XXXXXX") || exit 1
XDG_CONFIG_HOME=$work/config # not that of who runs the tests
export XDG_CONFIG_HOME
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP
