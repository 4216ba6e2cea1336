#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Layers are folders under src/, and each folder is a library.  This enforces
# who may include and who may call whom, only src/ui and curses, only src/feed
# and libbpf; then it breaks each rule in a copy and expects to be told.
set -u
src=${srcdir:?}
build=${builddir:-.}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# folder: the folders it may use, itself apart.
table='
base:
abi: base
feed: base abi
model: base abi
view: base abi model
ui: base abi model view
app: base abi feed model view ui
'
folders="base abi feed model view ui app"

may_use() { # FOLDER OTHER
	[ "$1" = "$2" ] && return 0
	echo "$table" | grep "^$1:" | cut -d: -f2 | grep -qw "$2"
}

# Prints every include in the tree $1 that its layer may not make.
bad_includes() {
	for folder in $folders; do
		for file in "$1/src/$folder"/*.[ch]; do
			[ -f "$file" ] || continue
			sed -n 's/^[ \t]*#[ \t]*include[ \t]*\([<"][^>"]*\).*/\1/p' \
				"$file" | while read -r include; do
				bad_include "$folder" "$include" "${file#"$1"/}"
			done
		done
	done
	# The programs know nothing of src/.
	grep '#include ".*/' "$1"/bpf/*.[ch] | grep -v '#include "bpf/' |
		sed "s,^$1/,,"
}

bad_include() { # FOLDER INCLUDE FILE
	case $2 in
	'<'*curses.h | '<'term.h | '<'panel.h) [ "$1" = ui ] ;;
	'<bpf/'*) [ "$1" = feed ] ;;
	'<'* | '"config.h' | '"bpf/event.h') true ;;
	'"bpf/trace.skel.h' | '"bpf/control.h') [ "$1" = feed ] ;;
	'"'*/*) other=${2#\"}; may_use "$1" "${other%%/*}" ;;
	*) false ;;
	esac || echo "$3: includes $2"
}

# Prints every call (or use of data) from one library in directory $1 to
# another that its layer may not see, and every name that two of them define.
bad_calls() {
	for folder in $folders; do
		[ -f "$1/lib$folder.a" ] || continue
		"${NM:-nm}" -P -g "$1/lib$folder.a" >"$work/symbols"
		awk '$2 ~ /^[TDRBVWC]$/ { print $1 }' "$work/symbols" |
			grep -v '^__' | sort -u >"$work/$folder.defined"
		awk '$2 == "U" { print $1 }' "$work/symbols" |
			sort -u >"$work/$folder.wanted"
	done
	sort "$work"/*.defined | uniq -d | sed 's/^/two libraries define /'
	for folder in $folders; do
		for other in $folders; do
			may_use "$folder" "$other" && continue
			[ -f "$work/$folder.wanted" ] || continue
			[ -f "$work/$other.defined" ] || continue
			comm -12 "$work/$folder.wanted" "$work/$other.defined" |
				sed "s/^/lib$folder.a uses lib$other.a: /"
		done
	done
}

fail() { echo "$*" >&2; exit 1; }

found=$(bad_includes "$src"; bad_calls "$build")
[ -z "$found" ] || fail "$found"

# The check itself: each of these must be found, and nothing else.
cp -R "$src/src" "$src/bpf" "$work/" && chmod -R u+w "$work" || exit 1
echo '#include <curses.h>' >"$work/src/model/broken.c"
[ "$(bad_includes "$work")" = 'src/model/broken.c: includes <curses.h' ] ||
	fail "curses in src/model is not noticed"
echo '#include "feed/sink.h"' >"$work/src/model/broken.c"
[ "$(bad_includes "$work")" = 'src/model/broken.c: includes "feed/sink.h' ] ||
	fail "an include from src/model into src/feed is not noticed"

cp "$build"/lib*.a "$work/" || exit 1
for folder in feed model; do
	[ -f "$work/lib$folder.a" ] || fail "no lib$folder.a in $build"
done
victim=$(head -n 1 "$work/feed.defined")
printf 'void %s(void);\nvoid model_broken(void);\nvoid model_broken(void) { %s(); }\n' \
	"$victim" "$victim" >"$work/broken.c"
# shellcheck disable=SC2086 # a command and its options
(cd "$work" && ${CC:-cc} -c broken.c && "${AR:-ar}" r libmodel.a broken.o) \
	>/dev/null 2>&1 || fail "cannot build the broken library"
[ "$(bad_calls "$work")" = "libmodel.a uses libfeed.a: $victim" ] ||
	fail "a call from src/model into src/feed is not noticed"
