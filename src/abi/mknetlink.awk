# SPDX-License-Identifier: GPL-2.0-or-later
# Turns netlink.tbl into C.  Usage:
#   awk -f mknetlink.awk argtype.h flags.tbl structs.tbl netlink.tbl
# argtype.h is read for the names of kinds, flags.tbl for sets and the values of
# message types and families, structs.tbl for the names of structures.
# Portable awk.

function fail(reason)
{
	printf "%s:%d: %s\n", FILENAME, FNR, reason > "/dev/stderr"
	failed = 1
	exit 1
}

function flags_of(name)
{
	if (name == "-")
		name = "nlmsg_flags"
	if (!(name in sets))
		fail("unknown set \"" name "\"")
	return "FLAGS_" toupper(name)
}

# The value of NAME in a set, or in the one that it began with.
function value_of(set, name)
{
	for (; set != ""; set = base[set])
		if ((set, name) in values)
			return values[set, name]
	fail("\"" name "\" is not known")
}

# --- messages

function protocol(    i, at, shown)
{
	if (NF < 3 || $2 !~ /^[0-9]+$/)
		fail("expected: protocol NUMBER TYPES [family] [FLAGS...]")
	number = $2
	types = $3
	at = 4
	shown = "false"
	if ($4 == "family") {
		shown = "true"
		at = 5
	}
	if (NF >= at && NF != at && NF != at + 3)
		fail("expected one set of flags, or four")
	line = sprintf("{%d, %s, %s, {", number, flags_of(types), shown)
	for (i = 0; i < 4; i++)
		line = line (i ? ", " : "") flags_of(NF < at ? "-" : \
			NF == at ? $at : $(at + i))
	protocols[protocol_count++] = line "}}"
}

function exception()
{
	if (NF != 3)
		fail("expected: flags TYPE FLAGS")
	exceptions[exception_count++] = sprintf("{%d, %d, %s}", number,
		value_of(types, $2), flags_of($3))
}

function message(    at, which, family, i, n, names, type, family_count)
{
	at = 3
	which = "0"
	if ($at == "request" || $at == "answer")
		which = $(at++) == "request" ? "MESSAGE_REQUEST" : "MESSAGE_ANSWER"
	family_count = 1
	family[1] = "NETLINK_ANY"
	if ($at ~ /^AF_/) {
		family_count = split($(at++), names, ",")
		for (i = 1; i <= family_count; i++)
			family[i] = value_of("socket_family", names[i])
	}
	if (number == "" || (NF != at && NF != at + 1))
		fail("expected: message TYPE... [request | answer] [AF_NAME...] STRUCT [ATTRS]")
	if (!($at in structs))
		fail("unknown structure \"" $at "\"")
	n = split($2, names, ",")
	for (type = 1; type <= n; type++) {
		for (i = 1; i <= family_count; i++) {
			messages[message_count] = sprintf("{%d, %d, %s, %s, STRUCTS_%s, ",
				number, value_of(types, names[type]), which,
				family[i], toupper($at))
			message_attrs[message_count] = $(at + 1)
			message_place[message_count++] = FNR
		}
	}
}

# --- attributes

function begin_attrs()
{
	if (NF != 3 || $2 !~ /^[a-z][a-z0-9_]*$/)
		fail("expected: attrs NAME UNKNOWN")
	if ($2 in attrs)
		fail("the set \"" $2 "\" is already there")
	set = $2
	attrs[set] = set_count
	set_names[set_count] = $2
	set_unknown[set_count] = $3
	set_first[set_count] = attr_count
	set_sizes[set_count++] = 0
	last = -1
}

# "SIZE, SIGNED" of a type.
function number_of(type)
{
	if (type !~ /^[iu](8|16|32|64)$/)
		fail("unknown type \"" type "\"")
	return substr(type, 2) / 8 ", " (type ~ /^i/ ? "true" : "false")
}

function names_of(word)
{
	if (word !~ /^@/)
		fail("expected a set of flags, not \"" word "\"")
	return flags_of(substr(word, 2))
}

function print_of(word)
{
	if (word == "" || word == "dec")
		return "VALUE_DEC, 0"
	if (word == "hex")
		return "VALUE_HEX, 0"
	if (word ~ /^@/)
		return "VALUE_FLAGS, " names_of(word)
	if (!(("ARG_" toupper(word)) in kinds))
		fail("unknown word \"" word "\"")
	return "VALUE_KIND, ARG_" toupper(word)
}

# "FORM, DETAIL, SIZE, SIGNED"; the set that "attrs" names is found at the end.
function value(    type)
{
	type = $3
	nested[attr_count] = ""
	if (type == "")
		return "VALUE_BYTES, 0, 0, false"
	if (type in words)
		return words[type] ", 0, 0, false"
	if (type == "struct" && NF == 4) {
		if (!($4 in structs))
			fail("unknown structure \"" $4 "\"")
		return "VALUE_STRUCT, STRUCTS_" toupper($4) ", 0, false"
	}
	if (type == "attrs" && NF == 4) {
		nested[attr_count] = $4
		return ""
	}
	if (type == "array" && NF == 5)
		return "VALUE_ARRAY, " names_of($5) ", " number_of($4)
	if (type == "list" && NF == 4)
		return "VALUE_LIST, 0, " number_of($4)
	if (NF > 4)
		fail("too many words")
	return print_of($4) ", " number_of(type)
}

function attribute()
{
	if (set == "")
		fail("a set of attributes must come first")
	if (NF < 2 || $1 !~ /^[A-Za-z_][A-Za-z0-9_]*$/ || $2 !~ /^[0-9]+$/)
		fail("expected: NAME NUMBER [VALUE]")
	if ($2 <= last)
		fail("attributes ascend by number")
	last = $2 + 0
	attr_place[attr_count] = FNR
	attr_names[attr_count] = $1
	attr_numbers[attr_count] = $2
	attr_values[attr_count] = value()
	set_sizes[set_count - 1]++
	attr_count++
}

function attrs_at(name, place)
{
	if (name == "")
		return -1
	if (!(name in attrs)) {
		FNR = place
		fail("unknown attributes \"" name "\"")
	}
	return attrs[name]
}

function print_list(type, name, list, count,    i)
{
	print "static const " type " " name "[] = {"
	for (i = 0; i < count; i++)
		print list[i] ","
	print "};"
}

BEGIN {
	words["text"] = "VALUE_TEXT"
	words["mac"] = "VALUE_MAC"
	words["address"] = "VALUE_ADDRESS"
	words["ipv6"] = "VALUE_IPV6"
	words["via"] = "VALUE_VIA"
	words["nexthops"] = "VALUE_NEXTHOPS"
	number = set = ""
	protocol_count = exception_count = message_count = 0
	set_count = attr_count = 0
}

FILENAME ~ /\.h$/ {
	if (match($0, /^\tARG_[A-Z0-9_]+/))
		kinds[substr($0, RSTART + 1, RLENGTH - 1)] = 1
	next
}

/^#/ || /^[ \t]*$/ { next }

FILENAME ~ /flags\.tbl$/ {
	if ($1 == "set") {
		names = $2
		sets[names] = 1
		base[names] = $3 == "=" ? $4 : ""
	} else if ($2 ~ /^[0-9]+$/) {
		values[names, $1] = $2
	}
	next
}

FILENAME ~ /structs\.tbl$/ {
	if ($1 == "struct")
		structs[$2] = 1
	next
}

$1 == "protocol" { protocol(); next }
$1 == "flags" { exception(); next }
$1 == "message" { message(); next }
$1 == "attrs" { begin_attrs(); next }
{ attribute() }

END {
	if (failed)
		exit 1
	if (!attr_count || !message_count) {
		print "netlink.tbl: no messages, or no attributes" > "/dev/stderr"
		exit 1
	}
	for (i = 0; i < message_count; i++)
		messages[i] = messages[i] \
			attrs_at(message_attrs[i], message_place[i]) "}"
	for (i = 0; i < attr_count; i++) {
		if (nested[i] != "")
			attr_values[i] = "VALUE_ATTRS, " \
				attrs_at(nested[i], attr_place[i]) ", 0, false"
		attributes[i] = sprintf("{\"%s\", %d, %s}", attr_names[i],
			attr_numbers[i], attr_values[i])
	}
	for (i = 0; i < set_count; i++)
		attr_sets[i] = sprintf("{\"%s\", \"%s\", %d, %d}", set_names[i],
			set_unknown[i], set_first[i], set_sizes[i])
	print "/* Made from netlink.tbl by mknetlink.awk. */"
	print_list("struct protocol", "protocols", protocols, protocol_count)
	print_list("struct exception", "exceptions", exceptions, exception_count)
	print_list("struct netlink_message", "messages", messages, message_count)
	print_list("struct netlink_attr", "attrs", attributes, attr_count)
	print_list("struct netlink_attrs", "attr_sets", attr_sets, set_count)
}
