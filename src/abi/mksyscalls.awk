# SPDX-License-Identifier: GPL-2.0-or-later
#
# Turns syscalls.tbl into the rows of syscall.c.  Usage:
#   awk -f mksyscalls.awk argtype.h syscall.h syscalls.tbl
# The headers are read for the names of kinds, results and classes, so that a
# new one needs no edit here.  Portable awk (mawk, gawk, busybox).

function fail(reason)
{
	printf "%s:%d: %s\n", FILENAME, FNR, reason > "/dev/stderr"
	failed = 1
	exit 1
}

function trim(text)
{
	gsub(/^[ \t]+|[ \t]+$/, "", text)
	return text
}

function quote(text)
{
	if (text == "-")
		return "\"\""
	if (text ~ /["\\]/)
		fail("quotation mark or backslash in \"" text "\"")
	return "\"" text "\""
}

# The number of column ABI; each may be used once.
function number(abi, text)
{
	if (text == "-")
		return -1
	if (text !~ /^[0-9]+$/ || text + 0 > 511)
		fail("bad " abi " number \"" text "\" (0 to 511, or -)")
	if ((abi, text) in owner)
		fail(abi " number " text " is already " owner[abi, text])
	owner[abi, text] = name
	return text + 0
}

function symbol(prefix, text)
{
	if (!((prefix "_" toupper(text)) in known))
		fail("unknown " what[prefix] " \"" text "\"")
	return prefix "_" toupper(text)
}

function marks(text,    i, n, part, c)
{
	if (text == "-")
		return "0"
	n = split(text, part, ",")
	for (i = 1; i <= n; i++) {
		if (!(part[i] in mark))
			fail("unknown mark \"" part[i] "\"")
		c = c (i > 1 ? " | " : "") mark[part[i]]
	}
	return c
}

function args(text,    i, n, part, pair, c)
{
	if (text == "-")
		return "0, {{0}}"
	n = split(text, part, ",")
	if (n > 6)
		fail("more than 6 arguments")
	for (i = 1; i <= n; i++) {
		part[i] = trim(part[i])
		if (split(part[i], pair, ":") != 2 || pair[1] !~ /^[A-Za-z_][A-Za-z0-9_]*$/)
			fail("bad argument \"" part[i] "\", expected NAME:KIND")
		c = c (i > 1 ? ", " : "") "{\"" pair[1] "\", " symbol("ARG", pair[2]) "}"
	}
	return n ", {" c "}"
}

BEGIN {
	FS = "|"
	what["ARG"] = "kind of argument"
	what["RES"] = "kind of result"
	what["CLASS"] = "class"
	mark["default"] = "SYSCALL_DEFAULT"
	mark["noreturn"] = "SYSCALL_NO_RETURN"
	mark["creds"] = "SYSCALL_CREDS"
	mark["execs"] = "SYSCALL_EXECS"
	mark["forks"] = "SYSCALL_FORKS"
	mark["writes"] = "SYSCALL_WRITES"
	print "/* Made from syscalls.tbl by mksyscalls.awk. */"
}

FILENAME ~ /\.h$/ {
	if (match($0, /^\t(ARG|RES|CLASS)_[A-Z0-9_]+/)) {
		word = substr($0, RSTART + 1, RLENGTH - 1)
		if (word !~ /_COUNT$/)
			known[word] = 1
	}
	next
}

/^#/ || /^[ \t]*$/ { next }

{
	if (NF != 11)
		fail(NF " columns instead of 11")
	for (i = 1; i <= NF; i++) {
		column[i] = trim($i)
		if (column[i] == "")
			fail("column " i " is empty; write - for none")
	}
	name = column[1]
	if (name !~ /^[a-z_][a-z0-9_]*$/)
		fail("bad name \"" name "\"")
	if (name <= previous)
		fail("\"" name "\" is not sorted after \"" previous "\"")
	previous = name
	if (column[5] !~ /^[a-z0-9_:,-]+$/)
		fail("bad alias \"" column[5] "\"")
	if (column[11] == "-" || column[11] ~ /\.$/)
		fail("a meaning without full stop is needed")
	nr_x86 = number("x86_64", column[2])
	nr_arm = number("arm64", column[3])
	nr_386 = number("i386", column[4])
	if (nr_x86 < 0 && nr_arm < 0 && nr_386 < 0)
		fail("\"" name "\" has no number anywhere")
	printf "{\"%s\", %s, %s, %s,\n", name, quote(column[5]), quote(column[10]), quote(column[11])
	printf " {%d, %d, %d}, %s, %s, %s, %s},\n", nr_x86, nr_arm, nr_386,
		symbol("CLASS", column[6]), symbol("RES", column[8]),
		marks(column[7]), args(column[9])
	rows++
}

END {
	if (!failed && !rows) {
		print "syscalls.tbl: no syscalls" > "/dev/stderr"
		exit 1
	}
}
