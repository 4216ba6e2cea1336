# SPDX-License-Identifier: GPL-2.0-or-later
# Turns errno.tbl into the rows of errno.c.  Portable awk.

function fail(reason)
{
	printf "%s:%d: %s\n", FILENAME, FNR, reason > "/dev/stderr"
	failed = 1
	exit 1
}

BEGIN {
	FS = "\t"
	print "/* Made from errno.tbl by mkerrno.awk. */"
}

/^#/ || /^[ \t]*$/ { next }

{
	if (NF != 3 && NF != 4)
		fail("expected number, name, text and calls, separated by tabs")
	if ($1 !~ /^[0-9]+$/ || $1 + 0 <= previous || $1 + 0 > 4095)
		fail("bad or unsorted number \"" $1 "\" (1 to 4095)")
	if ($2 !~ /^E[A-Z0-9_]+$/ || ($2 in seen))
		fail("bad or repeated name \"" $2 "\"")
	if ($3 == "" || $3 ~ /["\\]/)
		fail("bad text")
	if ($4 !~ /^[a-z0-9_* ]*$/)
		fail("bad names of calls")
	previous = $1 + 0
	seen[$2] = 1
	printf "[%d] = {\"%s\", \"%s\", \"%s\"},\n", $1, $2, $3, $4
}

END {
	if (!failed && !previous) {
		print "errno.tbl: no codes" > "/dev/stderr"
		exit 1
	}
}
