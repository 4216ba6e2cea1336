# SPDX-License-Identifier: GPL-2.0-or-later
# Turns flags.tbl into C.  Usage:
#   awk -f mkflags.awk [-v part=sets] flags.tbl
# With part=sets the enumerators of flags.h, otherwise the tables of flags.c.
# Portable awk.

function fail(reason)
{
	printf "%s:%d: %s\n", FILENAME, FNR, reason > "/dev/stderr"
	failed = 1
	exit 1
}

# A literal as C takes it.
function literal(text)
{
	if (text ~ /^1<<([0-9]|[1-5][0-9]|6[0-3])$/)
		return "UINT64_C(1) << " substr(text, 4)
	if (text ~ /^-[1-9][0-9]*$/)
		return (wide ? "(uint64_t)" : "(uint32_t)") text
	if (text !~ /^(0|[1-9][0-9]*|0[0-7]+|0x[0-9a-f]+)$/)
		fail("bad value \"" text "\"")
	return text
}

# Of a literal: its low 16 bits.
function low16(text,    digits, base, n, i)
{
	if (text ~ /^1<</)
		return substr(text, 4) < 16 ? 2 ^ substr(text, 4) : 0
	if (text ~ /^-/)
		return (65536 + text % 65536) % 65536
	base = text ~ /^0x/ ? 16 : text ~ /^0/ ? 8 : 10
	digits = text
	sub(/^0x/, "", digits)
	n = 0
	for (i = 1; i <= length(digits); i++)
		n = (n * base + index("0123456789abcdef",
			substr(digits, i, 1)) - 1) % 65536
	return n
}

# Whether the rows of the set still ascend with these low bits of an ABI.
function ascend(abi, text,    low)
{
	low = low16(text)
	if (low < last[abi])
		ordered = 0
	last[abi] = low
}

function begin_set()
{
	if (NF < 4 || NF > 5 || (NF == 5 && $5 != "64"))
		fail("expected: set NAME STYLE UNKNOWN [64]")
	if ($2 !~ /^[a-z][a-z0-9_]*$/)
		fail("bad name of a set \"" $2 "\"")
	if ($2 in known)
		fail("the set \"" $2 "\" is already there")
	if ($3 !~ /^(bits|enum|enumd)$/)
		fail("unknown style \"" $3 "\"")
	end_set()
	known[$2] = 1
	set = $2
	style = $3
	unknown = $4 == "-" ? "" : $4
	wide = NF == 5
	first = rows
	ordered = style != "bits"
	last[1] = last[2] = last[3] = -1
}

function end_set()
{
	if (set == "")
		return
	if (rows == first)
		fail("the set \"" set "\" is empty")
	if (!ordered && style != "bits" && rows - first > 64)
		fail("a set as long as \"" set "\" must ascend by the low 16 bits")
	enumerators[++count] = "FLAGS_" toupper(set)
	described[count] = sprintf("{\"%s\", \"%s\", %d, %d, %s, %d, %d}", \
		set, unknown, first, rows - first, toupper(style), wide, ordered)
}

# On ABI number I (1 to 3): what is in its column, or what the first one says.
function column(i, given)
{
	if (given == "" || given == "=")
		return values[1]
	if (given == "-") {
		missing = missing "|NOT_ON(" abis[i] ")"
		return values[1]
	}
	return given
}

# "VALUE", "VALUE/MASK" or, for the rest of a group of bits, "?/MASK".
function split_mask(text)
{
	kind = "PLAIN"
	mask = "0"
	if (split(text, parts, "/") < 2)
		return text
	mask = parts[2]
	if (style != "bits")
		fail("a mask is for bits")
	if (parts[1] != "?")
		return parts[1]
	kind = $1 ~ /^<</ ? "SHIFTED" : "REST"
	return "0"
}

function row(    meaning, at, i, value, out, name)
{
	meaning = ""
	if (at = index($0, ";")) {
		meaning = substr($0, at + 1)
		$0 = substr($0, 1, at - 1)
		sub(/^[ \t]+/, "", meaning)
		if (meaning == "" || meaning ~ /["\\.]$|["\\]/)
			fail("bad meaning \"" meaning "\"")
	}
	if (set == "")
		fail("a set must come first")
	if (NF < 2 || NF > 4)
		fail("expected: NAME VALUE[/MASK] [ARM64 [I386]] [; meaning]")
	name = $1
	if ((set, name) in seen)
		fail("\"" name "\" is already there")
	seen[set, name] = 1
	missing = ""
	values[1] = split_mask($2)
	if (values[1] == "-") {
		values[1] = $3 ~ /^[-=]?$/ ? $4 : $3
		missing = "|NOT_ON(" abis[1] ")"
	}
	values[2] = column(2, $3)
	values[3] = column(3, $4)
	if (kind == "PLAIN" && name !~ /^[A-Za-z_][A-Za-z0-9_|]*$/)
		fail("bad name \"" name "\"")
	sub(/^<</, "", name)
	for (i = 1; i <= 3; i++) {
		ascend(i, values[i])
		values[i] = literal(values[i])
	}
	out = sprintf("{\"%s\", \"%s\", {%s, %s, %s}, %s, ON_ALL%s, %s}", name, \
		meaning, values[1], values[2], values[3], literal(mask), \
		missing, kind)
	lines[rows++] = out
}

BEGIN {
	abis[1] = "ABI_X86_64"
	abis[2] = "ABI_ARM64"
	abis[3] = "ABI_I386"
	rows = 0
}

/^#/ || /^[ \t]*$/ { next }
$1 == "set" { begin_set(); next }
{ row() }

END {
	if (!failed)
		end_set()
	if (failed)
		exit 1
	if (!rows) {
		print "flags.tbl: no flags" > "/dev/stderr"
		exit 1
	}
	print "/* Made from flags.tbl by mkflags.awk. */"
	if (part == "sets") {
		for (i = 1; i <= count; i++)
			print "\t" enumerators[i] ","
		exit 0
	}
	print "static const struct row rows[] = {"
	for (i = 0; i < rows; i++)
		print lines[i] ","
	print "};\nstatic const struct set sets[] = {"
	for (i = 1; i <= count; i++)
		print described[i] ","
	print "};"
}
