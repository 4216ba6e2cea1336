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

function begin_set()
{
	if ($3 != "=" && (NF < 4 || NF > 5 || (NF == 5 && $5 != "64")))
		fail("expected: set NAME STYLE UNKNOWN [64]")
	if ($2 !~ /^[a-z][a-z0-9_]*$/)
		fail("bad name of a set \"" $2 "\"")
	if ($2 in known)
		fail("the set \"" $2 "\" is already there")
	if ($3 !~ /^(=|bits|enum|enumd|noted|notedd)$/)
		fail("unknown style \"" $3 "\"")
	end_set()
	known[$2] = ++sets
	if ($3 == "=") {
		same_set()
		copied = rows - first
		return
	}
	copied = 0
	set = $2
	style = $3
	unknown = $4 == "-" ? "" : $4
	wide = NF == 5
	first = rows
}

# Begins with the rows of another set, of which the lines below it replace those
# of their value.
function same_set(    from, i, n)
{
	if (NF != 4 || !($4 in known) || $4 == $2)
		fail("expected: set NAME = NAME OF A SET ABOVE")
	from = known[$4]
	set = $2
	style = styles[from]
	unknown = unknowns[from]
	wide = wides[from]
	first = rows
	for (i = firsts[from]; i < firsts[from] + counts[from]; i++) {
		lines[rows] = lines[i]
		for (n = 1; n <= 3; n++)
			lows[n, rows] = lows[n, i]
		keys[rows++] = keys[i]
	}
}

# The place of the line at hand: that of the copied one which it replaces, or
# else before the first greater one.
function place(key,    at, i, n)
{
	for (at = first; at < rows && copied > 0; at++) {
		if (keys[at] == key)
			return at
		if (style != "bits" && lows[1, at] > low16(values[1]))
			break
	}
	if (copied == 0)
		at = rows
	for (i = rows++; i > at; i--) {
		lines[i] = lines[i - 1]
		keys[i] = keys[i - 1]
		for (n = 1; n <= 3; n++)
			lows[n, i] = lows[n, i - 1]
	}
	return at
}

# Whether the low bits ascend, on each ABI, from the first to the last row.
function is_ordered(    i, n)
{
	for (i = first + 1; i < rows; i++)
		for (n = 1; n <= 3; n++)
			if (lows[n, i] < lows[n, i - 1])
				return 0
	return 1
}

function end_set(    ordered)
{
	if (set == "")
		return
	if (rows == first)
		fail("the set \"" set "\" is empty")
	ordered = style != "bits" && is_ordered()
	if (!ordered && style != "bits" && rows - first > 64)
		fail("a set as long as \"" set "\" must ascend by the low 16 bits")
	names[sets] = set
	styles[sets] = style
	unknowns[sets] = unknown
	wides[sets] = wide
	firsts[sets] = first
	counts[sets] = rows - first
	ordereds[sets] = ordered
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

function row(    meaning, at, i, name, given)
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
	if (kind == "PLAIN" && name !~ /^([A-Za-z0-9_][A-Za-z0-9_|<]*(\([A-Z_]+-1\)|-1)?|-)$/)
		fail("bad name \"" name "\"")
	if (name == "-")
		name = ""
	sub(/^<</, "", name)
	at = place(values[1] "/" mask)
	for (i = 1; i <= 3; i++) {
		lows[i, at] = low16(values[i])
		given = given literal(values[i]) (i < 3 ? ", " : "")
	}
	lines[at] = sprintf("{\"%s\", \"%s\", {%s}, %s, ON_ALL%s, %s}", \
		name, meaning, given, literal(mask), missing, kind)
	keys[at] = values[1] "/" mask
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
		for (i = 1; i <= sets; i++)
			print "\tFLAGS_" toupper(names[i]) ","
		exit 0
	}
	print "static const struct row rows[] = {"
	for (i = 0; i < rows; i++)
		print lines[i] ","
	print "};\nstatic const struct set sets[] = {"
	for (i = 1; i <= sets; i++)
		printf "{\"%s\", \"%s\", %d, %d, %s, %d, %d},\n", names[i], \
			unknowns[i], firsts[i], counts[i], toupper(styles[i]), \
			wides[i], ordereds[i]
	print "};"
}
