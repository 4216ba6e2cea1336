# SPDX-License-Identifier: GPL-2.0-or-later
# Turns flags.tbl into the rows of flags.c.  Usage:
#   awk -f mkflags.awk flags.h flags.tbl
# The header is read for the names of the sets.  Portable awk.

function fail(reason)
{
	printf "%s:%d: %s\n", FILENAME, FNR, reason > "/dev/stderr"
	failed = 1
	exit 1
}

function value(text)
{
	if (text !~ /^(0|[1-9][0-9]*|0[0-7]+|0x[0-9a-f]+)$/)
		fail("bad value \"" text "\"")
	return text
}

BEGIN { print "/* Made from flags.tbl by mkflags.awk. */" }

FILENAME ~ /\.h$/ {
	if (match($0, /^\tFLAGS_[A-Z0-9_]+/))
		known[substr($0, RSTART + 1, RLENGTH - 1)] = 1
	next
}

/^#/ || /^[ \t]*$/ { next }

{
	if (NF != 4)
		fail(NF " columns instead of 4")
	set = "FLAGS_" toupper($1)
	if (!(set in known) || set == "FLAGS_COUNT")
		fail("unknown set \"" $1 "\"")
	if ($2 !~ /^[A-Z_][A-Z0-9_]*$/)
		fail("bad name \"" $2 "\"")
	if ((set, $2) in seen)
		fail("\"" $2 "\" is already there")
	if (set != current && (set in closed))
		fail("the lines of a set must stand together")
	closed[set] = 1
	current = set
	seen[set, $2] = 1
	x86 = value($3)
	arm64 = $4 == "=" ? x86 : value($4)
	printf "{%s, \"%s\", {%s, %s}},\n", set, $2, x86, arm64
	rows++
}

END {
	if (!failed && !rows) {
		print "flags.tbl: no flags" > "/dev/stderr"
		exit 1
	}
}
