#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What can be checked of doc/HACKING's style without judgement: exported names,
# mutable state, lengths, headings of files, include order, no TODO.
set -u
src=${srcdir:?}
build=${builddir:-.}
cd "$src" || exit 1
build=$(cd "$OLDPWD" && cd "$build" && pwd)

sources=$(find src bpf tests -name '*.[ch]' ! -name '*.skel*.h' | sort)

# Exported names start with their file's name.  xalloc.c is the allocator whose
# names everybody knows; the printers of kinds fill several files.
exported() {
	find "$build/src" -name '*.o' ! -name 'tests_*' | while read -r object; do
		file=$(basename "$object" .o)
		case $file in
		xalloc | main) continue ;;
		print_*) file=print ;;
		esac
		"${NM:-nm}" -P -g --defined-only "$object" | cut -d' ' -f1 |
			grep -v -e '^__' -e "^${file}_" -e "^$file\$" |
			sed "s,^,src/.../$file.c exports ,"
	done
}

# State lives in structures that main() hands down, but for what a handler of
# fatal signals must reach.
mutable() {
	find "$build/src" -name '*.o' ! -name 'tests_*' | while read -r object; do
		file=$(basename "$object" .o)
		case $file in term | xalloc) continue ;; esac
		"${NM:-nm}" -f sysv "$object" | awk -F'|' '
			$7 ~ /^(\.data|\.bss|\.tbss|\.tdata|\*COM\*|COMMON)/ &&
			$7 !~ /^\.data\.rel\.ro/ && $1 !~ /^(_|\.)/ {
				gsub(/ /, "", $1); print $1 }' |
			sed "s,^,src/.../$file.c keeps state in ,"
	done
}

# At most 60 lines a function and 600 a file, tables apart.
lengths() {
	# shellcheck disable=SC2086 # a list of files
	awk '
	FNR == 1 { if (lines > 600) print name ": " lines " lines"
		name = FILENAME; lines = 0; table = 0; start = 0 }
	/clang-format off/ { table = 1 }
	/clang-format on/ { table = 0 }
	!table { lines++ }
	/^{/ { start = FNR }
	/^}/ { if (start && FNR - start - 1 > 60)
			print name ":" start ": function of " FNR - start - 1 " lines"
		start = 0 }
	END { if (lines > 600) print name ": " lines " lines" }' $sources
}

headings() {
	for file in $sources; do
		head -n 1 "$file" | grep -q 'SPDX-License-Identifier' ||
			echo "$file: no SPDX line"
		case $file in
		*.h) grep -q '^#pragma once$' "$file" ||
			echo "$file: no #pragma once" ;;
		src/*.c) grep '^#include' "$file" | head -n 1 |
			grep -qx '#include "config.h"' ||
			echo "$file: config.h is not its first include" ;;
		esac
	done
}

# System headers and libraries come before ours, but for config.h and the first
# of ours, which is the file's own or the contract it is about.
order() {
	for file in $sources; do
		case $file in *.h) continue ;; esac
		awk -v file="$file" '
		/^#include "config.h"/ { next }
		/^#include "/ { ours++ }
		/^#include </ && ours > 1 {
			print file ":" FNR ": system header after ours"; exit }
		' "$file"
	done
}

unfinished() {
	# shellcheck disable=SC2086 # a list of files
	grep -nwE 'TODO|FIXME|XXX|HACK' $sources
}

found=$(exported; mutable; lengths; headings; order; unfinished)
[ -z "$found" ] || { echo "$found"; exit 1; }
