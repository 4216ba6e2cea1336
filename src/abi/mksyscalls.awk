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
#   in|out|inout|left|spent WHAT [ "[" COUNT "]" ]  what a pointer leads to
# WHAT is a kind, @SET or a structure; COUNT a number, an argument, *ARGUMENT
# (the u32 it points to) or "ret", the result.

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

# "KIND, is_struct, which" of one WHAT.
function what_is(text)
{
	if (text ~ /^@/) {
		if (!((substr(text, 2)) in set))
			fail("unknown set \"" substr(text, 2) "\"")
		return "ARG_SET, ARG_DIRECTION, ARG_FROM, 0, FLAGS_" toupper(substr(text, 2))
	}
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
	if (match(text, /^(in|out|inout|left|spent) /)) {
		direction = substr(text, 1, RLENGTH - 1)
		text = trim(substr(text, RLENGTH + 1))
		direction = direction == "in" ? "ARGTYPE_IN" : \
			direction == "left" ? "ARGTYPE_LEFT" : \
			direction == "spent" ? "ARGTYPE_IN | ARGTYPE_LEFT" : \
			direction == "out" ? "ARGTYPE_OUT" : "ARGTYPE_IN | ARGTYPE_OUT"
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

# "RES_X, set" of a result.
function result(text,    kind)
{
	if (text !~ /^(int)?@/)
		return symbol("RES", text) ", 0"
	kind = text ~ /^@/ ? "RES_SET" : "RES_NAMED"
	sub(/.*@/, "", text)
	if (!(text in set))
		fail("unknown set \"" text "\"")
	return kind ", FLAGS_" toupper(text)
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

# "{x86, arm64, i386}" of NAME in the set that is the type of argument ARG.
function values(of_set, flag,    arm64, i386)
{
	if (!((of_set, flag) in x86_of))
		fail("\"" flag "\" is not in the set \"" of_set "\"")
	arm64 = arm64_of[of_set, flag]
	i386 = i386_of[of_set, flag]
	return "{" as_c(x86_of[of_set, flag]) ", " \
		as_c(arm64 == "" || arm64 == "=" ? x86_of[of_set, flag] : arm64) ", " \
		as_c(i386 == "" || i386 == "=" ? x86_of[of_set, flag] : i386) "}"
}

# The set that is the type of argument ARG in the list TEXT.
function set_of(arg, text)
{
	if (!match(text, "(^|,) *" arg ": *@[a-z0-9_]+"))
		fail("argument \"" arg "\" has no set")
	text = substr(text, RSTART, RLENGTH)
	sub(/.*@/, "", text)
	return text
}

# One line of commands.tbl, for each of its commands a row.
function command(    parts, chooser, mask, second, names, i, n, pair, c, list)
{
	if (NF != 4)
		fail(NF " columns instead of 4")
	for (i = 1; i <= NF; i++)
		column[i] = trim($i)
	if (split(column[1], parts, ".") != 2)
		fail("bad selector \"" column[1] "\", expected CALL.ARGUMENT")
	if (!(parts[1] in is_call))
		fail("unknown syscall \"" parts[1] "\"")
	if (parts[1] != last_call && (parts[1] in had_commands))
		fail("the commands of \"" parts[1] "\" must stand together")
	had_commands[parts[1]] = 1
	last_call = parts[1]
	chooser = parts[2]
	second = ""
	if (split(chooser, pair, "+") == 2) {
		chooser = pair[1]
		second = pair[2]
	}
	mask = "UINT32_MAX"
	if (split(chooser, pair, "&") == 2) {
		chooser = pair[1]
		mask = pair[2]
	}
	list = args(column[4])
	if (!(chooser in place) || (second != "" && !(second in place)))
		fail("the selector is no argument")
	n = split(column[2], names, ",")
	for (i = 1; i <= n; i++) {
		split(trim(names[i]), pair, "+")
		c = values(set_of(chooser, column[4]), pair[1]) ", " \
			(second == "" ? "{0}" : values(set_of(second, column[4]), pair[2]))
		if (part != "commands")
			continue;
		printf "{\"%s\", %d, %s, %s,\n %s, %s,\n %s, %s},\n", parts[1],
			place[chooser], second == "" ? "SYSCALL_ARGS" : place[second],
			result_set(result(column[3])), mask, c,
			result_kind(result(column[3])), list
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
	mark["writes"] = "SYSCALL_WRITES"
	abi_of["@x86_64"] = "ABI_X86_64"
	abi_of["@arm64"] = "ABI_ARM64"
	abi_of["@i386"] = "ABI_I386"
	print "/* Made from syscalls.tbl and commands.tbl by mksyscalls.awk. */"
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

FILENAME ~ /flags\.tbl$/ {
	sub(/;.*/, "")
	n = split($0, token, /[ \t]+/)
	if (token[1] == "set") {
		current = token[2]
		set[current] = 1
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
