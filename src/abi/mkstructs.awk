# SPDX-License-Identifier: GPL-2.0-or-later
# Turns structs.tbl into C.  Usage:
#   awk -f mkstructs.awk [-v part=PART] argtype.h flags.tbl structs.tbl
# PART is "ids" (the enumerators of structs.h), "layouts" (a text for tests: ABI,
# structure, field or -, offset, size), or else the tables of structs.c.
# argtype.h is read for the names of kinds, flags.tbl for those of sets.
# Portable awk.
#
# Layouts follow the C rules of each ABI: arrays indexed by 1 (x86_64),
# 2 (arm64), 3 (i386).

function fail(reason)
{
	printf "%s:%d: %s\n", FILENAME, FNR, reason > "/dev/stderr"
	failed = 1
	exit 1
}

function round_up(number, unit)
{
	return int((number + unit - 1) / unit) * unit
}

function max(a, b)
{
	return a > b ? a : b
}

function is_number(text)
{
	return text ~ /^(0|[1-9][0-9]*|0[0-7]+|0x[0-9a-f]+)$/
}

# --- structures

function begin_struct(    i, word)
{
	if (NF < 2 || $2 !~ /^[a-z_][a-z0-9_]*$/)
		fail("bad name of a structure \"" $2 "\"")
	end_struct()
	name = $2
	packed = 0
	self = ""
	sized = "NOT_SIZED, 0"
	on[1] = on[2] = on[3] = 0
	for (i = 3; i <= NF; i++) {
		word = $i
		if (word ~ /^(sized|tail|head)=[1-9][0-9]*$/)
			sized = mode[substr(word, 1, 4)] ", " \
				substr(word, index(word, "=") + 1)
		else if (word ~ /^(cut|exact)$/)
			sized = "SIZED_" toupper(word) ", 0"
		else if (word ~ /^self=[a-z_]+$/)
			self = substr(word, 6)
		else if (word == "packed")
			packed = 1
		else if (word in abi)
			on[abi[word]] = 1
		else
			fail("unknown word \"" word "\"")
	}
	if (!on[1] && !on[2] && !on[3])
		on[1] = on[2] = on[3] = 1
	for (i = 1; i <= 3; i++) {
		if (on[i] && (name, i) in layout_of)
			fail("\"" name "\" is already there")
		end[i] = last[i] = bit[i] = 0
		strictest[i] = 1
	}
	first = rows
	fields = placed = 0
	split("", index_of)
	split("", place_of)
}

function end_struct(    i)
{
	if (name == "")
		return
	if (!fields)
		fail("\"" name "\" has no fields")
	print_order()
	if (self != "" && !(self in index_of))
		fail("\"" name "\" has no field \"" self "\"")
	if (!(name in id_of)) {
		id_of[name] = count
		names[count] = name
		is_sized[count] = sized ", " \
			(self == "" ? -1 : place_of[index_of[self]])
		count++
	}
	for (i = 1; i <= 3; i++) {
		if (!on[i])
			continue
		layout_of[name, i] = layouts
		align_of[name, i] = packed ? 1 : strictest[i]
		size_of[name, i] = round_up(end[i], align_of[name, i])
		text = text abis[i] " " name " - 0 " size_of[name, i] "\n"
	}
	layout[layouts++] = sprintf("{%d, %d, {%d, %d, %d}}", first, fields, on[1] * size_of[name, 1],
		on[2] * size_of[name, 2], on[3] * size_of[name, 3])
	name = ""
}

# "order FIELD...": these are printed first, the others after them.
function order(    i, k)
{
	for (i = 2; i <= NF; i++) {
		if (!($i in index_of) || (index_of[$i] in place_of))
			fail("no field \"" $i "\", or twice")
		for (k = 0; k < fields; k++) {
			if (names_of[k] == $i)
				place_of[k] = placed++
		}
	}
}

# Turns the fields of this structure into rows, by their order of printing.
function print_order(    i)
{
	for (i = 0; i < fields; i++) {
		if (!(i in place_of))
			place_of[i] = placed++
	}
	for (i = 0; i < fields; i++) {
		if (tested[i] != "" && !(tested[i] in index_of))
			fail("\"" name "\" has no field \"" tested[i] "\"")
		line[first + place_of[i]] = before[i] (tested[i] == "" ? 0 : \
			place_of[index_of[tested[i]]]) after[i]
	}
	rows += fields
}

# --- fields

# Sets type_size[] and type_align[], base (the word without [N] and :N), times
# and width (of a bit-field, 0: none) from the words of the type; the number of
# the next word.
function read_type(    word, i, next_word)
{
	next_word = 3
	word = $2
	if (word == "struct") {
		word = $3
		next_word = 4
	}
	times = 1
	width = 0
	if (match(word, /\[[0-9]+\]$/)) {
		times = substr(word, RSTART + 1, RLENGTH - 2) + 0
		word = substr(word, 1, RSTART - 1)
	} else if (match(word, /:[0-9]+$/)) {
		width = substr(word, RSTART + 1) + 0
		word = substr(word, 1, RSTART - 1)
	}
	base = word
	is_struct = next_word == 4
	for (i = 1; i <= 3; i++) {
		if (!on[i])
			continue
		if (is_struct) {
			if (!((word, i) in layout_of))
				fail("unknown structure \"" word "\"")
			type_size[i] = size_of[word, i]
			type_align[i] = align_of[word, i]
		} else {
			if (!(word in bytes))
				fail("unknown type \"" word "\"")
			type_size[i] = bytes[word] ? bytes[word] : long[i]
			type_align[i] = type_size[i] == 8 ? long[i] : type_size[i]
		}
		if (packed)
			type_align[i] = 1
	}
	if (!times || width > 8 * type_size[on[1] ? 1 : on[2] ? 2 : 3])
		fail("bad type \"" $2 "\"")
	return next_word
}

# Sets offset[] and shift[] of a bit-field.
function place_bits(i,    unit, at)
{
	unit = type_size[i] * 8
	at = bit[i] ? bit[i] : end[i] * 8
	if (int(at / unit) != int((at + width - 1) / unit))
		at = round_up(at, unit)
	offset[i] = int(at / unit) * type_size[i]
	shift = at % unit
	bit[i] = at + width
	end[i] = max(end[i], int((at + width + 7) / 8))
}

function place(i)
{
	offset[i] = round_up(end[i], type_align[i])
	if (is_same)
		offset[i] = last[i]
	bit[i] = 0
	end[i] = max(end[i], offset[i] + times * type_size[i])
}

# "FIELD&MASK=VALUE" and its parts that may lack, as C.
function condition(text,    field, mask, value, unlike, at)
{
	unlike = 1
	value = 0
	mask = "UINT64_MAX"
	if (at = index(text, "=")) {
		value = substr(text, at + 1)
		text = substr(text, 1, at - 1)
		unlike = sub(/!$/, "", text)
	}
	if (at = index(text, "&")) {
		mask = substr(text, at + 1)
		text = substr(text, 1, at - 1)
		if (!is_number(mask))
			fail("bad mask \"" mask "\"")
	}
	if (!is_number(value))
		fail("bad value \"" value "\"")
	tested[fields] = text
	return sprintf("%s, %s, ", mask, value) (unlike ? "true" : "false")
}

function form(word)
{
	if (is_struct || word in forms)
		return is_struct ? "FORM_STRUCT, " id_of[base] : forms[word] ", 0"
	if (word ~ /^@/) {
		if (!(substr(word, 2) in sets))
			fail("unknown set \"" word "\"")
		return "FORM_FLAGS, FLAGS_" toupper(substr(word, 2))
	}
	if (("ARG_" toupper(word)) in kinds)
		return "FORM_KIND, ARG_" toupper(word)
	fail("unknown word \"" word "\"")
}

function field(    i, word, marks, shown, test, next_word)
{
	if (name == "")
		fail("a structure must come first")
	if (NF < 2 || $1 !~ /^(-|[a-zA-Z_][a-zA-Z0-9_]*)$/)
		fail("expected: FIELD TYPE [PRINT] [MARKS] [when TEST]")
	next_word = read_type()
	is_same = 0
	shown = base == "char" ? "text" : base == "ptr" ? "addr" : "dec"
	marks = base ~ /^(i|long|time)/ ? "FIELD_SIGNED" : "0"
	test = "0, 0, false"
	tested[fields] = ""
	for (i = next_word; i <= NF; i++) {
		word = $i
		if (word ~ /^(nonzero|hidden|gap|silent|told)$/)
			marks = marks "|FIELD_" toupper(word)
		else if (word == "same")
			is_same = 1
		else if (word == "when" && i < NF)
			test = condition($(++i))
		else
			shown = word
	}
	if (($1 in index_of) && !is_same)
		fail("\"" $1 "\" is already there")
	shown = form(shown)
	shift = 0
	for (i = 1; i <= 3; i++) {
		offset[i] = 0
		if (!on[i])
			continue
		if (width)
			place_bits(i)
		else
			place(i)
		strictest[i] = max(strictest[i], type_align[i])
		last[i] = offset[i]
	}
	if ($1 == "-")
		return
	for (i = 1; i <= 3; i++) {
		if (on[i] && !width && !($1 in index_of))
			text = text abis[i] " " name " " $1 " " offset[i] " " \
				times * type_size[i] "\n"
	}
	if (!($1 in index_of))
		index_of[$1] = fields
	names_of[fields] = $1
	before[fields] = sprintf("{\"%s\", {%d, %d, %d}, {%d, %d, %d}, %d, %d, %d, %s, %s, ",
		$1, offset[1], offset[2], offset[3], on[1] * type_size[1],
		on[2] * type_size[2], on[3] * type_size[3], times, shift, width,
		shown, marks)
	after[fields++] = ", " test "}"
}

function print_tables(    i, a)
{
	print "static const struct field fields[] = {"
	for (i = 0; i < rows; i++)
		print line[i] ","
	print "};\nstatic const struct layout layouts[] = {"
	for (i = 0; i < layouts; i++)
		print layout[i] ","
	print "};\nstatic const struct row rows[STRUCTS_COUNT] = {"
	for (i = 0; i < count; i++) {
		printf "{\"%s\", %s, {", names[i], is_sized[i]
		for (a = 1; a <= 3; a++)
			printf "%d%s", (names[i], a) in layout_of ? \
				layout_of[names[i], a] : -1, a < 3 ? ", " : "}},\n"
	}
	print "};"
}

BEGIN {
	abi["x86_64"] = 1
	abi["arm64"] = 2
	abi["i386"] = 3
	for (i in abi)
		abis[abi[i]] = i
	long[1] = long[2] = 8
	long[3] = 4
	bytes["i8"] = bytes["u8"] = bytes["char"] = 1
	bytes["i16"] = bytes["u16"] = 2
	bytes["i32"] = bytes["u32"] = 4
	bytes["i64"] = bytes["u64"] = 8
	bytes["long"] = bytes["ulong"] = bytes["ptr"] = bytes["time"] = 0
	mode["size"] = "SIZED_DOTS"
	mode["tail"] = "SIZED_TAIL"
	mode["head"] = "SIZED_HEAD"
	forms["dec"] = "FORM_DEC"
	forms["hex"] = "FORM_HEX"
	forms["hex8"] = "FORM_HEX8"
	forms["oct"] = "FORM_OCT"
	forms["addr"] = "FORM_ADDR"
	forms["text"] = "FORM_TEXT"
	forms["bytes"] = "FORM_BYTES"
	forms["inet6"] = "FORM_INET6"
	rows = layouts = count = 0
}

FILENAME ~ /\.h$/ {
	if (match($0, /^\tARG_[A-Z0-9_]+/))
		kinds[substr($0, RSTART + 1, RLENGTH - 1)] = 1
	next
}

/^#/ || /^[ \t]*$/ { next }

FILENAME ~ /flags\.tbl$/ {
	if ($1 == "set")
		sets[$2] = 1
	next
}

$1 == "struct" { begin_struct(); next }
$1 == "order" { order(); next }
{ field() }

END {
	if (!failed)
		end_struct()
	if (failed)
		exit 1
	if (!rows) {
		print "structs.tbl: no structures" > "/dev/stderr"
		exit 1
	}
	if (part == "layouts") {
		printf "%s", text
		exit 0
	}
	print "/* Made from structs.tbl by mkstructs.awk. */"
	if (part == "ids") {
		for (i = 0; i < count; i++)
			print "\tSTRUCTS_" toupper(names[i]) ","
	} else {
		print_tables()
	}
}
