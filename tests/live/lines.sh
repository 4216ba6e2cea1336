#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# --lines works where no screen would: into a pipe, with TERM=dumb.  It prints
# what keys change, nothing between them, and ends where the keys do.
. "${srcdir:-.}/tests/live/lib.sh"

# said TEXT: the program has printed a line that has it.
# shellcheck disable=SC2317 # called by wait_for
said()
{
	grep -q -e "$1" "$work/lines"
}

mkfifo "$work/keys"
TERM=dumb "$SCTOP" --lines --no-save <"$work/keys" >"$work/lines" \
	2>"$work/errors" &
sctop=$!
exec 3>"$work/keys"
wait_for 20 said '^Syscalls, by' || fail "no view: $(cat "$work/errors")"
lines=$(wc -l <"$work/lines")
sleep 2.5
expect "lines after two more seconds" "$(wc -l <"$work/lines")" "$lines"
printf '\033[B' >&3
sleep 1
expect "lines that an arrow adds" "$(($(wc -l <"$work/lines") - lines))" 1
printf '2' >&3
wait_for 10 said '^Processes, by' || fail "2 opens no view"
printf '\014' >&3
sleep 1
expect "times the view was printed" "$(grep -c '^Processes, by' "$work/lines")" 2
exec 3>&-
wait "$sctop"
expect "status at the end of the keys" $? 0
expect_text "a row of processes" "$work/lines" '^PID [0-9]*, USER'
expect "control characters" "$(tr -d '\n' <"$work/lines" | tr -cd '\000-\037')" ""
expect "on standard error" "$(cat "$work/errors")" ""
finish
