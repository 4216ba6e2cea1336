#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The literal values of our tables against the kernel headers installed here:
# every number, flag, signal and error that these know must be ours too.  Older
# headers know less, which is no failure.
set -u
tables=${srcdir:-.}/src/abi
: "${CC:=cc}"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failures=0
compared=0

# known HEADERS PREFIX: "name value" for each macro of that prefix, the values
# fully expanded.
known()
{
	printf '%s\n' "$1" >"$work/headers.c"
	$CC -E -dM "$work/headers.c" >"$work/macros" 2>"$work/errors" || return 1
	awk -v prefix="$2" '$1 == "#define" && index($2, prefix) == 1 &&
		$2 !~ /\(/ { print "@", $2, $2 }' "$work/macros" |
		sed 's/^@ \([^ ]*\) /@ "\1" /' >"$work/names"
	cat "$work/headers.c" "$work/names" >"$work/values.c"
	$CC -E -P "$work/values.c" 2>/dev/null | sed -n 's/^@ "\(.*\)" /\1 /p'
}

# compare WHAT OURS THEIRS: two sorted files of "name value"; what is in THEIRS
# must be in OURS.
compare()
{
	sort "$2" >"$work/a"
	sort "$3" >"$work/b"
	comm -13 "$work/a" "$work/b" >"$work/different"
	if [ -s "$work/different" ]; then
		echo "$1: the headers say otherwise:"
		sed 's/^/	/' "$work/different"
		failures=$((failures + 1))
	fi
	n=$(wc -l <"$3")
	compared=$((compared + n))
	echo "$1: $((n)) values compared"
}

# column N: "name number" of syscalls.tbl.
column()
{
	awk -F'|' -v n="$1" '!/^#/ { gsub(/ /, ""); if ($n != "-") print $1, $n }' \
		"$tables/syscalls.tbl"
}

# numbers WHAT COLUMN HEADERS
numbers()
{
	known "$3" __NR_ >"$work/theirs" || return 0
	# Not numbers of calls: how many there are, and where others begin.
	sed -n 's/^__NR_//p' "$work/theirs" |
		grep -v -e '^syscalls ' -e '^arch_specific_syscall ' |
		grep '^[a-z_0-9]* [0-9]*$' >"$work/calls"
	column "$2" >"$work/ours"
	compare "numbers of $1" "$work/ours" "$work/calls"
}

# evaluate: values such as (04000000|010000) become decimal.
evaluate()
{
	while read -r name value; do
		case $value in
		*[!0-9a-fA-FxX\|\(\)\ ]* | '') continue ;;
		esac
		# shellcheck disable=SC2004 # dash evaluates no variable's text
		echo "$name $(($value))"
	done
}

# flags WHAT SETS HEADERS PREFIX: those of our names that the headers know.
flags()
{
	known "$3" "$4" | evaluate >"$work/all"
	awk -v sets="$2" -v native="$(uname -m)" '
		BEGIN { n = split(sets, s, " "); for (i = 1; i <= n; i++) ok[s[i]] = 1 }
		{ sub(/;.*/, "") }
		/^#/ || !NF { next }
		$1 == "set" { set = $2; next }
		set in ok {
			sub(/\/.*/, "", $2)
			print $1, native == "aarch64" && NF > 2 ? $3 : $2 }' \
		"$tables/flags.tbl" | evaluate >"$work/ours"
	awk 'NR == FNR { ours[$1] = 1; next } $1 in ours' "$work/ours" \
		"$work/all" >"$work/theirs"
	compare "$1" "$work/ours" "$work/theirs"
}

numbers x86-64 2 '#include <asm/unistd_64.h>'
numbers arm64 3 '#define __BITS_PER_LONG 64
#define __ARCH_WANT_RENAMEAT
#define __ARCH_WANT_NEW_STAT
#define __ARCH_WANT_SET_GET_RLIMIT
#define __ARCH_WANT_TIME32_SYSCALLS
#define __ARCH_WANT_SYS_CLONE3
#define __ARCH_WANT_MEMFD_SECRET
#include <asm-generic/unistd.h>'
numbers i386 4 '#include <asm/unistd_32.h>'

flags 'flags of open' open '#include <asm/fcntl.h>' O_
flags 'parts of open flags' open '#include <asm/fcntl.h>' __O_
flags 'FASYNC' open '#include <asm/fcntl.h>' FASYNC
flags 'signals' signal '#include <asm/signal.h>' SIG

known '#include <asm/errno.h>' E | evaluate |
	grep -v -e '^EWOULDBLOCK ' -e '^EDEADLOCK ' >"$work/codes"
awk -F'\t' '!/^#/ { print $2, $1 }' "$tables/errno.tbl" >"$work/ours"
compare 'error codes' "$work/ours" "$work/codes"

# So few mean that the headers were not found.
if [ "$compared" -lt 500 ]; then
	echo "only $compared values compared"
	exit 1
fi
exit "$((failures > 0))"
