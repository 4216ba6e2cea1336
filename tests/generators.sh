#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The awk programs that turn our tables into C: every awk found here gives the
# same, and a bad line stops the build with its place and the reason.
set -u
abi=${srcdir:-.}/src/abi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failures=0
LC_ALL=C
export LC_ALL

fail()
{
	echo "FAIL: $*"
	failures=$((failures + 1))
}

# shellcheck disable=SC2317 # all are called by the table's name
syscalls()
{
	for part in syscalls others; do
		$awk -v part=$part -f "$abi/mksyscalls.awk" "$abi/argtype.h" \
			"$abi/syscall.h" "$abi/flags.tbl" "$abi/structs.tbl" \
			"$1" || return 1
	done
}

# shellcheck disable=SC2317
commands()
{
	$awk -v part=commands -f "$abi/mksyscalls.awk" "$abi/argtype.h" \
		"$abi/syscall.h" "$abi/flags.tbl" "$abi/structs.tbl" \
		"$abi/syscalls.tbl" "$1"
}

# shellcheck disable=SC2317
flags()
{
	$awk -f "$abi/mkflags.awk" "$1" &&
		$awk -v part=sets -f "$abi/mkflags.awk" "$1"
}

# shellcheck disable=SC2317
structs()
{
	for part in tables ids layouts; do
		$awk -v part=$part -f "$abi/mkstructs.awk" "$abi/argtype.h" \
			"$abi/flags.tbl" "$1" || return 1
	done
}

# shellcheck disable=SC2317
netlink()
{
	$awk -f "$abi/mknetlink.awk" "$abi/argtype.h" "$abi/flags.tbl" \
		"$abi/structs.tbl" "$1"
}

# shellcheck disable=SC2317
errno()
{
	$awk -f "$abi/mkerrno.awk" "$1"
}

for awk in mawk gawk 'busybox awk' original-awk awk; do
	$awk 'BEGIN { exit 0 }' 2>/dev/null || continue
	for table in syscalls commands flags structs netlink errno; do
		$table "$abi/$table.tbl" >"$work/made" 2>&1 ||
			fail "$awk: $table: $(tail -n 1 "$work/made")"
		[ -e "$work/$table" ] || mv "$work/made" "$work/$table"
		[ ! -e "$work/made" ] || cmp -s "$work/made" "$work/$table" ||
			fail "$awk makes something else of $table.tbl"
	done
done

# refuses TABLE LINE REASON: a table of the one line, which is line 2.
refuses()
{
	bad=$work/bad.$1.tbl
	case $1 in commands) bad=$work/commands.tbl ;; esac
	printf '# %s\n%s\n' "$1" "$2" >"$bad"
	if $1 "$bad" >"$work/made" 2>"$work/why"; then
		fail "$1 takes: $2"
	elif [ "$(cat "$work/why")" != "$bad:2: $3" ]; then
		fail "$1: $2: $(cat "$work/why") instead of $3"
	fi
}

awk=${AWK:-awk}
refuses syscalls 'x|1|1|1|-|file|-|int|-|-' '10 columns instead of 11'
refuses syscalls 'x|1|1|1|-|file|-|int||-|m' \
	'column 9 is empty; write - for none'
refuses syscalls 'X|1|1|1|-|file|-|int|-|-|m' 'bad name "X"'
refuses syscalls 'x|a|1|1|-|file|-|int|-|-|m' \
	'bad x86_64 number "a" (0 to 511, or -)'
refuses syscalls 'x|1|512|1|-|file|-|int|-|-|m' \
	'bad arm64 number "512" (0 to 511, or -)'
refuses syscalls 'x|-|-|-|-|file|-|int|-|-|m' '"x" has no number anywhere'
refuses syscalls 'x|1|1|1|-|fil|-|int|-|-|m' 'unknown class "fil"'
refuses syscalls 'x|1|1|1|-|count|-|int|-|-|m' 'unknown class "count"'
refuses syscalls 'x|1|1|1|-|file|dflt|int|-|-|m' 'unknown mark "dflt"'
refuses syscalls 'x|1|1|1|-|file|-|ant|-|-|m' 'unknown kind of result "ant"'
refuses syscalls 'x|1|1|1|-|file|-|int|a|-|m' \
	'bad argument "a", expected NAME:TYPE'
refuses syscalls 'x|1|1|1|-|file|-|int|a:frob|-|m' \
	'unknown kind of argument "frob"'
refuses syscalls 'x|1|1|1|-|file|-|int|a:@frob|-|m' 'unknown set "frob"'
refuses syscalls 'x|1|1|1|-|file|-|int|a:unknown|-|m' \
	'unknown kind of argument "unknown"'
refuses syscalls 'x|1|1|1|-|file|-|int|a:onto int|-|m' 'unknown direction "onto"'
refuses syscalls 'x|1|1|1|-|file|-|int@frob|a:int|-|m' 'unknown set "frob"'
refuses syscalls 'x|1|1|1|-|file|-|frob@open|a:int|-|m' \
	'unknown kind of result "frob@open"'
refuses syscalls 'x|1|1|1|-|file|-|int|a:in bytes[b]|-|m' \
	'"b" is no argument of this call'
refuses syscalls 'x|1|1|1|-|file|-|int|a:bytes[4]|-|m' \
	'"bytes" has a count and no direction'
refuses syscalls '@later frob' '1 columns instead of 2'
refuses syscalls '@i386 y | a:int' 'expected @ABI and the name of the row before'
refuses commands 'fcntl.cmd|F_GETFD|int' '3 columns instead of 4'
refuses commands 'fcntl|F_GETFD|int|fd:fd' \
	'bad selector "fcntl", expected CALL.ARGUMENT'
refuses commands 'frob.cmd|F_GETFD|int|cmd:int' 'unknown syscall "frob"'
refuses commands 'open.flags|O_FROB|int|filename:path, flags:@open' \
	'"O_FROB" is not in the set "open"'
refuses commands 'open.flags|O_CREAT|int|filename:path, flags:int' \
	'"O_CREAT" is in no set'
refuses syscalls \
	'x|1|1|1|-|file|-|int|a:int,b:int,c:int,d:int,e:int,f:int,g:int|-|m' \
	'more than 6 arguments'
refuses syscalls 'x|1|1|1|-|file|-|int|-|-|m.' \
	'a meaning without full stop is needed'
refuses syscalls 'x|1|1|1|-|file|-|int|-|-|a "m"' \
	'quotation mark or backslash in "a "m""'
row='expected: NAME VALUE[/MASK] [ARM64 [I386]] [; meaning]'
refuses flags 'O_X 1' 'a set must come first'
refuses flags 'set open bits' 'expected: set NAME STYLE UNKNOWN [64]'
refuses flags 'set open bits - 32' 'expected: set NAME STYLE UNKNOWN [64]'
refuses flags 'set open list -' 'unknown style "list"'
refuses flags 'set Open bits -' 'bad name of a set "Open"'
# refuses_row STYLE LINE REASON: the same for a row of a set.
refuses_row()
{
	printf 'set frob %s F_???\n%s\n' "$1" "$2" >"$work/bad.tbl"
	flags "$work/bad.tbl" 2>&1 >/dev/null |
		grep -qxF "$work/bad.tbl:${4-2}: $3" || fail "flags take: $2"
}
refuses_row bits O_X "$row"
refuses_row bits 'O_X 1 2 3 4' "$row"
refuses_row bits 'O_X 09' 'bad value "09"'
refuses_row bits 'O_X 1<<64' 'bad value "1<<64"'
refuses_row bits 'O_X 1 0X2' 'bad value "0X2"'
refuses_row bits 'O_X 1/a' 'bad value "a"'
refuses_row enum 'O_X 1/3' 'a mask is for bits'
refuses_row bits 'O-X 1' 'bad name "O-X"'
refuses_row bits 'O_X 1 ; full stop.' 'bad meaning "full stop."'
refuses_row bits 'O_X 1 ; a "word"' 'bad meaning "a "word""'
refuses_row bits 'O_X 1
O_X 2' '"O_X" is already there' 3
refuses_row bits 'O_X 1
set frob bits -' 'the set "frob" is already there' 3
refuses_row bits 'set frob2 bits -' 'the set "frob" is empty'
like='expected: set NAME = NAME OF A SET ABOVE'
refuses_row bits 'O_X 1
set frob2 = frob3' "$like" 3
refuses_row bits 'O_X 1
set frob2 = frob2' "$like" 3
refuses_row enum "$(awk 'BEGIN { for (i = 65; i > 0; i--) print "O_" i, i }')" \
	'a set as long as "frob" must ascend by the low 16 bits' 66
refuses errno '1 EPERM text' \
	'expected number, name, text and calls, separated by tabs'
refuses errno "0	EPERM	text" 'bad or unsorted number "0" (1 to 4095)'
refuses errno "1	eperm	text" 'bad or repeated name "eperm"'

# refuses_field LINE REASON: a line of a structure "s", whose field "a" there is.
refuses_field()
{
	printf 'struct s\na u32\n%s\n' "$1" >"$work/bad.tbl"
	structs "$work/bad.tbl" >"$work/made" 2>"$work/why" &&
		fail "structs takes: $1"
	[ "$(cat "$work/why")" = "$work/bad.tbl:3: $2" ] ||
		fail "structs: $1: $(cat "$work/why") instead of $2"
}

refuses structs 'a u32' 'a structure must come first'
refuses structs 'struct S' 'bad name of a structure "S"'
refuses structs 'struct s mips' 'unknown word "mips"'
refuses structs 'struct s sized' 'unknown word "sized"'
refuses structs 'struct s' '"s" has no fields'
refuses_field 'b' \
	'expected: FIELD TYPE [PRINT] [MARKS] [when TEST]'
refuses_field 'a u32' '"a" is already there'
refuses_field 'b u33' 'unknown type "u33"'
refuses_field 'b u32[0]' 'bad type "u32[0]"'
refuses_field 'b u32:33' 'bad type "u32:33"'
refuses_field 'b struct t' 'unknown structure "t"'
refuses_field 'b u32 @frob' 'unknown set "@frob"'
refuses structs 'struct s self=' 'unknown word "self="'
refuses_field 'b u32 frob' 'unknown word "frob"'
refuses_field 'b u32 when a&x' 'bad mask "x"'
refuses_field 'b u32 when a=x' 'bad value "x"'
refuses_field 'order b' 'no field "b", or twice'
refuses_field 'order a a' 'no field "a", or twice'
printf 'struct s\na u8 when c\nstruct t\na u8\n' >"$work/bad.tbl"
structs "$work/bad.tbl" 2>&1 >/dev/null |
	grep -q ':3: "s" has no field "c"$' || fail "a test of no field"
printf 'struct s\na u8\nstruct s i386\na u8\n' >"$work/bad.tbl"
structs "$work/bad.tbl" 2>&1 >/dev/null |
	grep -q ':3: "s" is already there$' || fail "a structure twice"

refuses netlink 'protocol x' \
	'expected: protocol NUMBER TYPES [family] [FLAGS...]'
refuses netlink 'protocol 1 frob' 'unknown set "frob"'
refuses netlink 'protocol 1 nlmsg_type - -' 'expected one set of flags, or four'
refuses netlink 'IFLA_MTU 4 u32' 'a set of attributes must come first'
refuses netlink 'attrs Link IFLA_???' 'expected: attrs NAME UNKNOWN'
refuses netlink 'message RTM_NEWLINK ifinfomsg' \
	'expected: message TYPE... [request | answer] [AF_NAME...] STRUCT [ATTRS]'
# refuses_netlink LINE REASON: behind a protocol and the beginning of a set.
refuses_netlink()
{
	printf 'protocol 0 nlmsg_type_route\nattrs x X_???\nX_1 1\n%s\n' "$1" \
		>"$work/bad.tbl"
	netlink "$work/bad.tbl" 2>&1 >/dev/null |
		grep -qxF "$work/bad.tbl:4: $2" || fail "netlink takes: $1"
}
refuses_netlink 'X_2' 'expected: NAME NUMBER [VALUE]'
refuses_netlink 'X_0 0' 'attributes ascend by number'
refuses_netlink 'X_2 2 u33' 'unknown type "u33"'
refuses_netlink 'X_2 2 u32 frob' 'unknown word "frob"'
refuses_netlink 'X_2 2 u32 @frob' 'unknown set "frob"'
refuses_netlink 'X_2 2 struct frob' 'unknown structure "frob"'
refuses_netlink 'X_2 2 array u32 frob' 'expected a set of flags, not "frob"'
refuses_netlink 'attrs x X_???' 'the set "x" is already there'
refuses_netlink 'message RTM_FROB ifinfomsg' '"RTM_FROB" is not known'
refuses_netlink 'message RTM_NEWLINK frob' 'unknown structure "frob"'
refuses_netlink 'flags RTM_NEWLINK frob' 'unknown set "frob"'
refuses_netlink 'message RTM_NEWLINK ifinfomsg frob' 'unknown attributes "frob"'

# Two lines that do not go together.
printf '%s\n' 'b|1|1|1|-|file|-|int|-|-|m' 'a|2|2|2|-|file|-|int|-|-|m' \
	>"$work/bad.tbl"
syscalls "$work/bad.tbl" 2>&1 >/dev/null |
	grep -q ':2: "a" is not sorted after "b"$' || fail "unsorted names"
printf '%s\n' 'a|1|1|1|-|file|-|int|-|-|m' 'b|1|2|2|-|file|-|int|-|-|m' \
	>"$work/bad.tbl"
syscalls "$work/bad.tbl" 2>&1 >/dev/null |
	grep -q ':2: x86_64 number 1 is already a$' || fail "a number twice"

exit "$((failures > 0))"
