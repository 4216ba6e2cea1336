#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# COMMAND sees what it would see without sctop: environment, descriptors, signal
# mask and dispositions, limits, credentials, directory and more.
. "${srcdir:-.}/tests/live/lib.sh"

sctop=$(realpath "$SCTOP")
inherit=$(realpath "$builddir/tests/live/inherit")

# both MODE: compares what is seen under that mode.
both()
{
	"$inherit" with "$inherit" print </dev/null >"$work/out" 2>"$work/err"
	mv "$work/out" "$work/without"
	"$inherit" with "$sctop" "$1" -o "$work/trace" -- "$inherit" print \
		</dev/null >"$work/out" 2>"$work/err"
	expect "status of $1" $? 0
	# The file that standard output is bears the same name in both.
	if cmp -s "$work/without" "$work/out"; then
		echo "ok: $1: $(wc -l <"$work/out") lines are the same"
	else
		fail "$1: COMMAND sees a difference"
		diff "$work/without" "$work/out"
	fi
	[ -s "$work/without" ] || fail "the program printed nothing"
	expect "standard error under $1" "$(cat "$work/err")" ""
}

both -b
both -j
both -c

# Without standard input and error it finds none either.
"$inherit" with "$inherit" print <&- 2>&- >"$work/out"
mv "$work/out" "$work/without"
"$inherit" with "$sctop" -b -o "$work/trace" -- "$inherit" print \
	<&- 2>&- >"$work/out"
if cmp "$work/without" "$work/out"; then
	echo "ok: closed descriptors are the same"
else
	fail "closed descriptors differ"
	diff "$work/without" "$work/out"
fi

# Its first row is its own execve, of the name it was given.
"$sctop" -b -o "$work/trace" -- "$inherit" print >/dev/null 2>"$work/err"
expect "the first call" \
	"$(sed -n '1s/^[0-9]* *\(execve([^,]*\),.* = \(.*\)/\1 \2/p' "$work/trace")" \
	"execve(\"$inherit\" 0"
expect "how many times it is executed" \
	"$(grep -c ' execve(' "$work/trace")" 1

# Standard input and output are the command's; our lines go to standard error.
echo text | "$sctop" -b -e execve -- cat >"$work/out" 2>"$work/err"
expect "what cat prints" "$(cat "$work/out")" text
expect_text "the row on standard error" "$work/err" ' execve(".*/cat", .* = 0$'

for status in 0 7 255; do
	"$sctop" -b -o "$work/trace" -- sh -c "exit $status" 2>"$work/err"
	expect "the command's status" $? $status
done
"$sctop" -b -o "$work/trace" -- sh -c 'kill -TERM $$' 2>"$work/err"
expect "status of a command ended by SIGTERM" $? 143
"$sctop" -b -o "$work/trace" -- "$work/none" 2>"$work/err"
expect "status where the command is not found" $? 127
"$sctop" -b -o "$work/trace" -- /etc/passwd 2>"$work/err"
expect "status where it is not executable" $? 126
finish
