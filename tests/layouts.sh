#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The layouts that structs.tbl gives, against the headers installed here: sizes
# and the places of fields, for this machine and, where the compiler can make
# 32-bit programs, for i386.  What older headers lack is passed over.
set -u
abi=${srcdir:-.}/src/abi
: "${CC:=cc}" "${AWK:=awk}"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failures=0
: >"$work/count"

# Our name | C type | ABIs, - for all | headers | our field=its name there, or
# our field= for none.
table='
timespec | struct timespec | - | time.h |
timeval | struct timeval | - | sys/time.h |
timezone | struct timezone | - | sys/time.h |
timespec64 | struct __kernel_timespec | - | linux/time_types.h |
itimerspec | struct itimerspec | - | time.h |
itimerspec64 | struct __kernel_itimerspec | - | linux/time_types.h |
itimerval | struct itimerval | - | sys/time.h |
tms | struct tms | - | sys/times.h |
rusage | struct rusage | - | sys/resource.h |
rlimit | struct rlimit | - | sys/resource.h |
rlimit64 | struct rlimit64 | - | linux/resource.h |
utsname | struct new_utsname | - | linux/utsname.h |
sysinfo | struct sysinfo | - | linux/sysinfo.h |
stat | struct stat | - | asm/stat.h |
stat64 | struct stat64 | - | asm/stat.h |
old_stat | struct __old_kernel_stat | i386 | asm/stat.h |
mq_attr | struct mq_attr | - | linux/types.h linux/mqueue.h |
utimbuf | struct utimbuf | - | linux/types.h linux/utime.h |
winsize | struct winsize | - | asm/termios.h |
linger | struct linger | - | sys/socket.h |
ucred | struct ucred | - | sys/socket.h |
open_how | struct open_how | - | linux/types.h linux/openat2.h |
'

# ours ABI NAME: "FIELD OFFSET SIZE" of each field, "-" for the whole.
ours()
{
	awk -v abi="$1" -v name="$2" \
		'$1 == abi && $2 == name { print $3, $4, $5 }' "$work/layouts"
}

# theirs FLAG TYPE HEADERS RENAMED: the same from the headers, for the fields on
# standard input.
theirs()
{
	{
		echo '#define _GNU_SOURCE'
		echo '#include <stddef.h>'
		echo '#include <stdio.h>'
		for header in $3; do echo "#include <$header>"; done
		echo "#define T $2"
		# shellcheck disable=SC2028 # printf of C expands it
		printf '%s\n' '#define SHOW(f, o, s) printf("%s %zu %zu\n", f, o, s);'
		echo 'int main(void) {'
		while read -r field _; do
			there=$field
			for pair in $4; do
				[ "${pair%%=*}" = "$field" ] && there=${pair#*=}
			done
			if [ "$field" = - ]; then
				echo 'SHOW("-", (size_t)0, sizeof(T))'
			elif [ -n "$there" ]; then
				echo "SHOW(\"$field\", offsetof(T, $there), sizeof(((T *)0)->$there))"
			fi
		done
		echo 'return 0; }'
	} >"$work/a.c"
	# shellcheck disable=SC2086 # no flag, or one
	$CC $1 -w -x c "$work/a.c" -o "$work/a" 2>"$work/why" && "$work/a"
}

compare() # ABI FLAG
{
	echo "$table" | while IFS='|' read -r name type abis headers renamed; do
		name=${name% }
		case $abis in
		*-* | *"$1"*) ;;
		*) continue ;;
		esac
		ours "$1" "$name" >"$work/ours"
		[ -s "$work/ours" ] || continue
		theirs "$2" "$type" "$headers" "$renamed" <"$work/ours" \
			>"$work/theirs" || {
			echo "$1: not in these headers: $name: $(grep -m1 error \
				"$work/why")"
			continue
		}
		# What we leave out of theirs is not compared.
		awk 'NR == FNR { there[$1] = 1; next } $1 in there' \
			"$work/theirs" "$work/ours" >"$work/kept"
		wc -l <"$work/theirs" >>"$work/count"
		cmp -s "$work/kept" "$work/theirs" && continue
		echo "$1: $name: the headers say otherwise:"
		diff "$work/kept" "$work/theirs" | grep '^[<>]' |
			sed 's/^</	ours	/; s/^>/	theirs	/'
		echo "$name" >>"$work/bad"
	done
}

$AWK -v part=layouts -f "$abi/mkstructs.awk" "$abi/argtype.h" \
	"$abi/flags.tbl" "$abi/structs.tbl" >"$work/layouts" || exit 1
case $(uname -m) in
x86_64) compare x86_64 '' ;;
aarch64) compare arm64 '' ;;
i?86) compare i386 '' ;;
esac
echo 'int main(void) { return sizeof(long) == 4 ? 0 : 1; }' >"$work/a.c"
if $CC -m32 "$work/a.c" -o "$work/a" 2>/dev/null && "$work/a"; then
	compare i386 -m32
else
	echo "no 32-bit programs here: i386 is not compared"
fi

compared=$(awk '{ n += $1 } END { print n + 0 }' "$work/count")
echo "$compared fields compared"
[ ! -e "$work/bad" ] || failures=1
# So few mean that the headers were not found.
[ "$compared" -gt 100 ] || { echo "too few"; failures=1; }
exit "$failures"
