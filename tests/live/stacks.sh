#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The stack of a call: the functions of a chain by name, for each of its calls,
# of a program that is gone when its rows are printed.
. "${srcdir:-.}/tests/live/lib.sh"
stacks=$(realpath "$builddir/tests/live/stacks")
chain="fourth_of_chain third_of_chain second_of_chain first_of_chain main"

# stacks_of FILE CALL: of each such call its functions in one line.
stacks_of()
{
	awk -v call="$2" '
		/^[0-9]+ / { end(); inside = index($2, call "(") == 1; next }
		inside && /^ > / {
			name = $0
			sub(/.*\(/, "", name)
			sub(/\+0x.*/, "", name)
			names = names " " name
		}
		function end() { if (inside) print substr(names, 2); names = "" }
		END { end() }' "$1"
}

# rows SCENE CALL [PROGRAM]: the rows of a scene, with -k, to $work/SCENE.
rows()
{
	"$SCTOP" -b -k -e "$2" -o "$work/$1" -- "${3:-$stacks}" "${1%-*}" \
		</dev/null 2>"$work/err" || fail "$1: status $?: $(cat "$work/err")"
}

# has_chain SCENE CALL LEAF...: each of 23 calls begins with that, then the chain.
has_chain()
{
	scene=$1 call=$2
	shift 2
	stacks_of "$work/$scene" "$call" >"$work/names"
	expect "$scene: stacks of 23 calls that show all of the chain" \
		"$(grep -c "^$* $chain\( \|\$\)" "$work/names")" 23
}

rows wrapper getpgid
has_chain wrapper getpgid getpgid call_wrapper
rows threads read
has_chain threads read read call_read
if [ "$(uname -m)" = x86_64 ]; then
	rows inline getpgid
	has_chain inline getpgid call_inline
	rows made getpgid
	expect_text "code made at run time has no file" "$work/made" \
		'^ > \[anon\](\[unknown\]+0x[0-9a-f]*) \[0x[0-9a-f]*\]$'
	expect "code made at run time: what called it" \
		"$(stacks_of "$work/made" getpgid | cut -d ' ' -f 2-7)" \
		"call_made $chain"
fi

rows deep getpgid
expect "a deep stack: frames that are shown" \
	"$(grep -c '^ > /' "$work/deep")" 32
expect "a deep stack: its end is said to be cut" \
	"$(grep -c '^ > \.\.\.$' "$work/deep")" 1

# Without names: the places, the same as before.
strip -s -o "$work/bare" "$stacks" || fail "strip failed"
rows wrapper-bare getpgid "$work/bare"
expect "a stripped program: places of 23 calls" \
	"$(grep -c "^ > $work/bare(\[unknown\]+\(0x[0-9a-f]*\)) \[\1\]\$" \
		"$work/wrapper-bare")" \
	"$(grep -c "^ > $stacks(" "$work/wrapper")"
sed -n "s|^ > $stacks.*\[|[|p" "$work/wrapper" >"$work/places"
sed -n "s|^ > $work/bare.*\[|[|p" "$work/wrapper-bare" | diff - "$work/places" \
	>"$work/diff" || fail "a stripped program has other places: $(cat "$work/diff")"

# The other formats.
"$SCTOP" -j -k -e getpgid -o "$work/json" -- "$stacks" wrapper
expect "JSON: calls with the chain" "$(python3 -c '
import json, sys
calls = [json.loads(line) for line in open(sys.argv[1])]
chains = [[f["function"] for f in c["stack"]] for c in calls if c["type"] == "call"]
want = sys.argv[2].split()
print(sum(names[:len(want)] == want for names in chains))' \
	"$work/json" "getpgid call_wrapper $chain")" 23
"$SCTOP" --csv -k -e getpgid -o "$work/csv" -- "$stacks" wrapper
expect "CSV: calls with the chain" "$(grep -c \
	"getpgid < call_wrapper < fourth_of_chain < third_of_chain" "$work/csv")" 23
"$SCTOP" -b --fields syscall,stack -e getpgid -o "$work/fields" -- "$stacks" wrapper
expect "--fields: calls with the chain" "$(grep -c \
	"^getpgid.*getpgid < call_wrapper < fourth_of_chain < third" "$work/fields")" 23

# A recording has the names: the program's file is not there any more.
cp "$stacks" "$work/once"
"$SCTOP" -b -k -e getpgid -o "$work/printed" -w "$work/recording" -- \
	"$work/once" wrapper
rm "$work/once"
"$SCTOP" -r "$work/recording" -b -k >"$work/replayed" 2>"$work/err"
if cmp -s "$work/printed" "$work/replayed"; then
	echo "ok: a recording shows the same $(grep -c of_chain "$work/replayed") frames"
else
	fail "a recording shows other stacks: $(diff "$work/printed" "$work/replayed")"
fi
"$SCTOP" -k -e getpgid -w "$work/only" -- "$work/bare" wrapper
expect "a recording alone: calls with a stack" \
	"$("$SCTOP" -r "$work/only" -j -k | grep -c '"stack":\[{')" 23

# Off, nothing is taken.
"$SCTOP" -j --fields syscall -e getpgid -o "$work/off" -- "$stacks" wrapper
expect "without -k: calls with a stack" "$(grep -c '"stack"' "$work/off")" 0

# A program in a mount namespace of its own, under a path that is not there here.
if own_mounts true 2>/dev/null; then
	mkdir "$work/there"
	cat >"$work/run" <<-RUN
		mount -t tmpfs none "$work/there" && cp "$stacks" "$work/there/hidden" &&
			exec "$work/there/hidden" wrapper
	RUN
	own_mounts "$SCTOP" -b -k -e getpgid -o "$work/wrapper-there" -- \
		sh "$work/run" || fail "in a mount namespace: status $?"
	has_chain wrapper-there getpgid getpgid call_wrapper
fi

# Places as strace has them, where it can tell.
if strace -k true >/dev/null 2>&1; then
	strace -k -e trace=getpgid -o "$work/strace" "$stacks" wrapper
	for of in wrapper strace; do
		grep "^ > $stacks(.*_of_chain+" "$work/$of" |
			sed 's/.*(//' | sort | uniq -c >"$work/places-$of"
	done
	if diff "$work/places-strace" "$work/places-wrapper" >"$work/diff"; then
		echo "ok: strace -k has the same $(grep -c . "$work/places-strace") places"
	else
		fail "strace -k has other places: $(cat "$work/diff")"
	fi
fi

finish
