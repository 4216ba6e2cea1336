# SPDX-License-Identifier: GPL-2.0-or-later
#
# Turns syscalls.tbl and commands.tbl into C.  Usage:
#   awk -v part=PART -f mksyscalls.awk argtype.h syscall.h flags.tbl structs.tbl
#       syscalls.tbl commands.tbl
# PART is "syscalls" (the rows of the table), "others" (arguments that an ABI
# has otherwise) or "commands".  The headers and the other tables are read for
# the names of kinds, results, classes, sets and structures, so that a new one
# needs no edit here.  Portable awk (mawk, gawk, busybox).
#
# The type of an argument:
#   KIND | @SET                              a value
#   in|out|inout|got|left|spent WHAT [ "[" COUNT "]" ]  what a pointer leads to
# WHAT is a kind, @SET or a structure; COUNT a number, an argument, *ARGUMENT
# (the u32 it points to) or "ret", the result.  "got" is "out" where the result
# is above 0, "left" what remained when a signal came, "spent" a timeout of which
# the result tells the rest.

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

function flags_of(text)
{
	if (!(text in set))
		fail("unknown set \"" text "\"")
	return "FLAGS_" toupper(text)
}

# "KIND, is_struct, which" of one WHAT.
function what_is(text)
{
	if (text ~ /^@/)
		return "ARG_SET, ARG_DIRECTION, ARG_FROM, 0, " flags_of(substr(text, 2))
	if (("ARG_" toupper(text)) in known && text != "set" && text != "unknown")
		return "ARG_" toupper(text) ", ARG_DIRECTION, ARG_FROM, 0, 0"
	if (text in structure)
		return "ARG_UNKNOWN, ARG_DIRECTION, ARG_FROM, 1, STRUCTS_" toupper(text)
	fail("unknown kind of argument \"" text "\"")
}

# "from, count" of what stands in brackets; the names of the arguments are in
# place[].
function count_is(text,    bare)
{
	if (text == "")
		return "ARGTYPE_ONE 0"
	if (text == "ret")
		return "ARGTYPE_RESULT 0"
	if (text ~ /^[0-9]+$/)
		return "ARGTYPE_CONST " text
	bare = text
	sub(/^\*/, "", bare)
	if (!(bare in place))
		fail("\"" text "\" is no argument of this call")
	return (bare == text ? "ARGTYPE_ARG " : "ARGTYPE_POINTED ") place[bare]
}

# The initializer of a struct argtype_spec.
function type(text,    direction, count, c, from)
{
	direction = "ARGTYPE_VALUE"
	if (match(text, /^[a-z]+ /)) {
		direction = substr(text, 1, RLENGTH - 1)
		if (!(direction in direction_of))
			fail("unknown direction \"" direction "\"")
		direction = direction_of[direction]
		text = trim(substr(text, RLENGTH + 1))
	}
	count = ""
	if (match(text, /\[[^]]*\]$/)) {
		count = substr(text, RSTART + 1, RLENGTH - 2)
		text = substr(text, 1, RSTART - 1)
		if (direction == "ARGTYPE_VALUE")
			fail("\"" text "\" has a count and no direction")
	}
	split(count_is(count), from, " ")
	c = what_is(text)
	if (direction == "ARGTYPE_VALUE" && c ~ /, 1, STRUCTS_/)
		fail("the structure \"" text "\" needs in, out or inout")
	sub(/ARG_DIRECTION/, direction, c)
	sub(/ARG_FROM/, from[1], c)
	return "{" c ", " from[2] "}"
}

function args(text,    i, n, part, at, names, c, key)
{
	if (text == "-")
		return "0, {{0}}"
	n = split(text, part, ",")
	if (n > 6)
		fail("more than 6 arguments")
	for (key in place)
		delete place[key]
	for (i = 1; i <= n; i++) {
		part[i] = trim(part[i])
		at = index(part[i], ":")
		names[i] = substr(part[i], 1, at - 1)
		if (names[i] !~ /^[A-Za-z_][A-Za-z0-9_]*$/)
			fail("bad argument \"" part[i] "\", expected NAME:TYPE")
		place[names[i]] = i - 1
	}
	for (i = 1; i <= n; i++)
		c = c (i > 1 ? ", " : "") "{\"" names[i] "\", NULL, " \
			type(trim(substr(part[i], index(part[i], ":") + 1))) "}"
	return n ", {" c "}"
}

# "RES_X, set" of a result, which is KIND or KIND@SET.
function result(text,    word)
{
	if (split(text, word, "@") != 2)
		return symbol("RES", text) ", 0"
	if (!(("RES_NAMED_" toupper(word[1])) in known))
		fail("unknown kind of result \"" text "\"")
	return "RES_NAMED_" toupper(word[1]) ", " flags_of(word[2])
}

# A value of flags.tbl as C.
function as_c(text)
{
	sub(/\/.*/, "", text)
	if (text == "-")
		return "UINT32_MAX"
	sub(/^1<</, "1u<<", text)
	return text
}

# "{x86, arm64, i386}" of FLAG, a name in OF_SET or a number.
function values(of_set, flag,    in_set, arm64, i386)
{
	if (flag ~ /^(0|[1-9][0-9]*|0[0-7]+|0x[0-9a-f]+)$/)
		return "{" flag ", " flag ", " flag "}"
	if (of_set == "")
		fail("\"" flag "\" is in no set")
	for (in_set = of_set; in_set != ""; in_set = base_of[in_set])
		if ((in_set, flag) in x86_of)
			break
	if (in_set == "")
		fail("\"" flag "\" is not in the set \"" of_set "\"")
	arm64 = arm64_of[in_set, flag]
	i386 = i386_of[in_set, flag]
	return "{" as_c(x86_of[in_set, flag]) ", " \
		as_c(arm64 == "" || arm64 == "=" ? x86_of[in_set, flag] : arm64) ", " \
		as_c(i386 == "" || i386 == "=" ? x86_of[in_set, flag] : i386) "}"
}

# The set that is the type of argument ARG in the list TEXT, or "".
function set_of(arg, text)
{
	if (!match(text, "(^|,) *" arg ": *@[a-z0-9_]+"))
		return ""
	text = substr(text, RSTART, RLENGTH)
	sub(/.*@/, "", text)
	return text
}

# The part of TEXT after SEPARATOR, or INSTEAD; the rest is left in bare.
function cut(text, separator, instead,    at)
{
	at = index(text, separator)
	bare = at ? substr(text, 1, at - 1) : text
	return at ? substr(text, at + 1) : instead
}

# Takes "CALL.ARGUMENT[&MASK][@SET][+ARGUMENT]" into selector[].
function select(text, list)
{
	selector["second"] = cut(text, "+", "")
	selector["set"] = cut(bare, "@", "")
	selector["mask"] = cut(bare, "&", "UINT32_MAX")
	selector["first"] = cut(bare, ".", "")
	selector["call"] = bare
	if (selector["first"] == "")
		fail("bad selector \"" text "\", expected CALL.ARGUMENT")
	if (!(bare in is_call))
		fail("unknown syscall \"" bare "\"")
	if (!(selector["first"] in place) || (selector["second"] != "" && !(selector["second"] in place)))
		fail("the selector is no argument")
	if (selector["set"] == "")
		selector["set"] = set_of(selector["first"], list)
	selector["second set"] = set_of(selector["second"], list)
}

# The beginning of the row of one command.
function command_row(text, outcome,    first, second, mask)
{
	second = cut(text, "+", "0")
	first = text == "*" || text == "any" ? "0" : bare
	mask = text == "*" ? "0" : selector["mask"]
	return sprintf("{\"%s\", %s, %d, %s, %s, %s,\n %s, %s, %s,", selector["call"],
		text == "any" ? "SYSCALL_NOT_ZERO" : "SYSCALL_EQUAL", place[selector["first"]],
		selector["second"] == "" ? "SYSCALL_ARGS" : place[selector["second"]],
		result_set(outcome), mask, values(selector["set"], first),
		values(selector["second set"], second),
		result_kind(outcome))
}

# "name, order" of a call that another one stands for; TEXT says where its
# arguments are: "words", or registers by their names in place[].
function standing_for(target, text,    n, names, i, order, unit)
{
	if (text == "words")
		return ", \"" target "\", 1"
	order = 32768
	unit = 1
	n = split(text, names, ",")
	for (i = 1; i <= n; i++) {
		if (!(trim(names[i]) in place))
			fail("\"" trim(names[i]) "\" is no argument of this call")
		order += place[trim(names[i])] * unit
		unit *= 8
	}
	return ", \"" target "\", " order
}

# One line of commands.tbl, for each of its commands a row.
function command(    names, i, n, c, list, own, meant, target)
{
	if (NF != 4)
		fail(NF " columns instead of 4")
	for (i = 1; i <= NF; i++)
		column[i] = trim($i)
	own = column[1]
	sub(/\..*/, "", own)
	meant = ", NULL, 0"
	if (column[3] ~ /^=/) {
		target = substr(column[3], 2)
		if (split(target, names, ":") == 2) { # no syscall of its own
			target = names[1]
			result_text[target] = names[2]
			args_text[target] = column[4]
			sub(/^words /, "", args_text[target])
			column[4] = "words"
		}
		if (!(target in args_text) || !(own in is_call))
			fail("\"" target "\" is no syscall")
		list = args(args_text[target])
		column[3] = result_text[target]
		args(args_text[own])
		meant = standing_for(target, column[4])
		select(column[1], args_text[own])
	} else {
		list = args(column[4])
		select(column[1], column[4])
	}
	if (selector["call"] != last_call && (selector["call"] in had_commands))
		fail("the commands of \"" selector["call"] "\" must stand together")
	last_call = selector["call"]
	had_commands[last_call] = 1
	n = split(column[2], names, ",")
	for (i = 1; i <= n; i++) {
		c = command_row(trim(names[i]), result(column[3]))
		if (part == "commands")
			printf "%s\n %s%s},\n", c, list, meant
	}
	rows++
}

function result_kind(text)
{
	sub(/,.*/, "", text)
	return text
}

function result_set(text)
{
	sub(/.*, /, "", text)
	return text
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
	mark["stack"] = "SYSCALL_STACK"
	mark["resumes"] = "SYSCALL_RESUMES"
	mark["writes"] = "SYSCALL_WRITES"
	direction_of["in"] = "ARGTYPE_IN"
	direction_of["out"] = "ARGTYPE_OUT"
	direction_of["inout"] = "ARGTYPE_IN | ARGTYPE_OUT"
	direction_of["got"] = "ARGTYPE_OUT | ARGTYPE_GOT"
	direction_of["left"] = "ARGTYPE_LEFT"
	direction_of["spent"] = "ARGTYPE_IN | ARGTYPE_LEFT"
	abi_of["@x86_64"] = "ABI_X86_64"
	abi_of["@arm64"] = "ABI_ARM64"
	abi_of["@i386"] = "ABI_I386"
	print "/* Made from syscalls.tbl and commands.tbl by mksyscalls.awk. */"
}

FILENAME ~ /\.h$/ {
	if (match($0, /^\t(ARG|RES|CLASS)_[A-Z0-9_]+/)) {
		word = substr($0, RSTART + 1, RLENGTH - 1)
		if (word !~ /^[A-Z]+_COUNT$/)
			known[word] = 1
	}
	next
}

/^#/ || /^[ \t]*$/ { next }

FILENAME ~ /flags\.tbl$/ {
	sub(/;.*/, "")
	n = split($0, token, /[ \t]+/)
	if (token[1] == "set") {
		current = token[2]
		set[current] = 1
		if (token[3] == "=")
			base_of[current] = token[4]
	} else {
		x86_of[current, token[1]] = token[2]
		arm64_of[current, token[1]] = n > 2 ? token[3] : ""
		i386_of[current, token[1]] = n > 3 ? token[4] : ""
	}
	next
}

FILENAME ~ /structs\.tbl$/ {
	split($0, token, /[ \t]+/)
	if (token[1] == "struct")
		structure[token[2]] = 1
	next
}

FILENAME ~ /commands\.tbl$/ {
	command()
	next
}

/^@/ {
	if (NF != 2)
		fail(NF " columns instead of 2")
	split(trim($1), token, / +/)
	if (!(token[1] in abi_of) || token[2] != name)
		fail("expected @ABI and the name of the row before")
	list = args(trim($2))
	if (token[1] == "@i386") # calls that stand for others are i386's
		args_text[name] = trim($2)
	if (part == "others")
		printf "{\"%s\", %s, %s},\n", name, abi_of[token[1]], list
	next
}

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
	is_call[name] = 1
	args_text[name] = column[9]
	result_text[name] = column[8]
	rows++
	list = args(column[9])
	if (part != "syscalls")
		next
	printf "{\"%s\", %s, %s, %s,\n", name, quote(column[5]), quote(column[10]), quote(column[11])
	printf " {%d, %d, %d}, %s, %s, %s, %s},\n", nr_x86, nr_arm, nr_386,
		symbol("CLASS", column[6]), result_kind(result(column[8])),
		marks(column[7]), result_set(result(column[8])) ", " list
}

END {
	if (!failed && !rows) {
		print "syscalls.tbl: no syscalls" > "/dev/stderr"
		exit 1
	}
}
