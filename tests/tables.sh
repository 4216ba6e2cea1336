#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Whether the manual and the program's tables name the same things: options,
# keys, fields, views, classes, settings and actions, none missing and none invented.  In the
# manual each stands as an item (.It) of its kind:
#
#   option  .It Fl p , -pid Ar pid      field  .It Cm time_ns
#   key     .It Ic F4 , \e , &          view   .It Sy Syscalls
#   class   .It Cm %file                   setting .It Cm ascii , no-mouse
#   action  .It Va help , quit
set -u
manual=${srcdir:?}/doc/sctop.1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"${builddir:-.}/tests/tables" | LC_ALL=C sort -u >"$work/program" || exit 1
LC_ALL=C awk '
	/^\.Sh / { section = $0; sub(/^\.Sh /, "", section) }
	$1 != ".It" { next }
	$2 == "Fl" && section == "OPTIONS" {
		for (i = 3; i <= NF && $i != "Ar"; i++)
			if ($i != "," && $i != "Fl")
				print "option " $i
	}
	$2 == "Ic" && section == "SCREEN" {
		for (i = 3; i <= NF; i++) {
			key = $i
			if (key == ",") continue
			if (key == "\"," || key == "\\&,") key = ","
			gsub(/\\&/, "", key); gsub(/\\e/, "\\", key)
			gsub(/\\\(ti/, "~", key); gsub(/\\\(ha/, "^", key)
			gsub(/\\-/, "-", key)
			print "key " key
		}
	}
	$2 == "Cm" && section == "COLUMNS AND FIELDS" { print "field " $3 }
	$2 == "Cm" && section == "CLASSES" { print "class " $3 }
	section == "CONFIGURATION FILE" {
		for (i = 3; i <= NF; i++)
			if ($i != ",")
				print ($2 == "Va" ? "action " : "setting ") $i
	}
	$2 == "Sy" && section == "SCREEN" { sub(/^\.It Sy /, ""); print "view " $0 }
	' "$manual" | grep -v '^option -$' | LC_ALL=C sort -u >"$work/manual"

missing=$(comm -23 "$work/program" "$work/manual")
invented=$(comm -13 "$work/program" "$work/manual")
[ -z "$missing" ] || printf 'missing from the manual:\n%s\n' "$missing"
[ -z "$invented" ] || printf 'only in the manual:\n%s\n' "$invented"
[ -z "$missing$invented" ] && [ -s "$work/program" ]
