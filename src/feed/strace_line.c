/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/strace_line.h"

#include <string.h>

#define NS_PER_S 1000000000ULL

/* A stamp below is a difference, not a time since 1970. */
#define EPOCH_S 100000000u

bool strace_line_skip(struct strace_text *text, const char *prefix)
{
	size_t len = strlen(prefix);
	if (text->len < len || memcmp(text->at, prefix, len) != 0)
		return false;
	text->at += len;
	text->len -= len;
	return true;
}

bool strace_line_is(const struct strace_text *text, const char *whole)
{
	return text->len == strlen(whole) &&
	       memcmp(text->at, whole, text->len) == 0;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static void skip(struct strace_text *text, size_t len)
{
	text->at += len;
	text->len -= len;
}

static void skip_blanks(struct strace_text *text)
{
	while (text->len && *text->at == ' ')
		skip(text, 1);
}

static bool cut_suffix(struct strace_text *text, const char *suffix)
{
	size_t len = strlen(suffix);
	if (text->len < len ||
	    memcmp(text->at + text->len - len, suffix, len) != 0)
		return false;
	text->len -= len;
	return true;
}

bool strace_line_number(struct strace_text *text, uint64_t *ret)
{
	size_t len = 0;
	uint64_t value = 0;
	while (len < text->len && is_digit(text->at[len])) {
		value = value * 10 + (uint64_t)(text->at[len] - '0');
		if (++len == 19) /* more than anything that is counted */
			break;
	}
	if (len == 0)
		return false;
	skip(text, len);
	*ret = value;
	return true;
}

/* ".000123", in nanoseconds; 0 where there is none. */
static uint64_t take_fraction(struct strace_text *text)
{
	uint64_t ns = 0;
	uint64_t unit = NS_PER_S / 10;
	if (!text->len || *text->at != '.')
		return 0;
	skip(text, 1);
	while (text->len && is_digit(*text->at)) {
		ns += (uint64_t)(*text->at - '0') * unit;
		unit /= 10;
		skip(text, 1);
	}
	return ns;
}

/* "<ls>" behind a PID. */
static void take_comm(struct strace_text *text, struct strace_text *ret)
{
	if (!text->len || *text->at != '<')
		return;
	const char *end = memchr(text->at, '>', text->len);
	if (!end)
		return;
	*ret = (struct strace_text){text->at + 1, (size_t)(end - text->at) - 1};
	skip(text, ret->len + 2);
}

/* "[pid  7] ", or "7 ", with a name where -Y was given. */
static void take_tid(struct strace_line *ret, struct strace_text *text)
{
	struct strace_text at = *text;
	uint64_t tid = 0;
	bool in_brackets = strace_line_skip(&at, "[pid ");
	skip_blanks(&at);
	if (!strace_line_number(&at, &tid) || tid > INT32_MAX)
		return;
	take_comm(&at, &ret->comm);
	if (!strace_line_skip(&at, in_brackets ? "]" : " ")) {
		ret->comm.len = 0;
		return; /* it is a time */
	}
	ret->tid = (uint32_t)tid;
	*text = at;
	skip_blanks(text);
}

static bool take_two(struct strace_text *text, unsigned limit, uint64_t *ret)
{
	return strace_line_number(text, ret) && *ret < limit;
}

/* "12:03:04.567890 ", "1795818053.777442 ", "0.000123 ". */
static void take_stamp(struct strace_line *ret, struct strace_text *text)
{
	struct strace_text at = *text;
	uint64_t first = 0;
	uint64_t minutes = 0;
	uint64_t seconds = 0;
	if (!strace_line_number(&at, &first) || !at.len ||
	    first > UINT64_MAX / NS_PER_S / 2)
		return;
	enum strace_stamp stamp =
		first < EPOCH_S ? STRACE_STAMP_RELATIVE : STRACE_STAMP_EPOCH;
	if (*at.at == ':') {
		skip(&at, 1);
		if (!take_two(&at, 60, &minutes) ||
		    !strace_line_skip(&at, ":") || !take_two(&at, 61, &seconds))
			return;
		stamp = STRACE_STAMP_DAY;
		first = (first % 24 * 60 + minutes) * 60 + seconds;
	}
	uint64_t ns = first * NS_PER_S + take_fraction(&at);
	if (!strace_line_skip(&at, " "))
		return;
	ret->stamp = stamp;
	ret->stamp_ns = ns;
	*text = at;
	skip_blanks(text);
	if (strace_line_skip(text, "(+")) { /* -r beside -t */
		while (text->len && *text->at != ')')
			skip(text, 1);
		(void)strace_line_skip(text, ")");
		skip_blanks(text);
	}
}

/* "[00007f5c1fd1b0a7] ", "[   3] ": -i, -n. */
static bool skip_bracket(struct strace_text *text)
{
	size_t len = 1;
	if (!text->len || *text->at != '[')
		return false;
	while (len < text->len && text->at[len] &&
	       strchr("0123456789abcdef? ", text->at[len]))
		len++;
	if (len == text->len || text->at[len] != ']')
		return false;
	skip(text, len + 1);
	skip_blanks(text);
	return true;
}

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	       is_digit(c);
}

static struct strace_text take_name(struct strace_text *text)
{
	struct strace_text name = {text->at, 0};
	while (name.len < text->len && is_name_char(text->at[name.len]))
		name.len++;
	skip(text, name.len);
	return name;
}

static enum strace_kind parse_signal(struct strace_line *ret,
				     struct strace_text text)
{
	if (!cut_suffix(&text, " ---"))
		return STRACE_NONE;
	bool stopped = strace_line_skip(&text, "stopped by ");
	ret->name = take_name(&text);
	skip_blanks(&text);
	ret->rest = text;
	if (ret->name.len == 0)
		return STRACE_NONE;
	return stopped ? STRACE_STOPPED : STRACE_SIGNAL;
}

static enum strace_kind parse_end(struct strace_line *ret,
				  struct strace_text text)
{
	uint64_t number = 0;
	enum strace_kind kind = STRACE_NONE;
	if (!cut_suffix(&text, " +++"))
		return STRACE_NONE;
	if (strace_line_skip(&text, "killed by ")) {
		ret->name = take_name(&text);
		ret->number = text.len > 0; /* (core dumped) */
		return STRACE_KILLED;
	}
	if (strace_line_skip(&text, "exited with "))
		kind = STRACE_EXITED;
	else if (strace_line_skip(&text, "superseded by execve in pid "))
		kind = STRACE_SUPERSEDED;
	if (kind == STRACE_NONE || !strace_line_number(&text, &number) ||
	    number > INT32_MAX)
		return STRACE_NONE;
	ret->number = (uint32_t)number;
	return kind;
}

/* "[ Process PID=7 runs in 32 bit mode. ]" */
static enum strace_kind parse_mode(struct strace_line *ret,
				   struct strace_text text)
{
	uint64_t tid = 0;
	uint64_t bits = 0;
	if (!strace_line_number(&text, &tid) || tid > INT32_MAX ||
	    !strace_line_skip(&text, " runs in ") ||
	    !strace_line_number(&text, &bits))
		return STRACE_NOTE;
	ret->tid = (uint32_t)tid;
	ret->number = bits == 32 ? 32 : 64;
	return STRACE_MODE;
}

static enum strace_kind parse_resumed(struct strace_line *ret,
				      struct strace_text text)
{
	skip_blanks(&text);
	ret->name = take_name(&text);
	if (ret->name.len == 0 || !strace_line_skip(&text, " resumed>"))
		return STRACE_NONE;
	ret->rest = text;
	return STRACE_RESUMED;
}

static enum strace_kind parse_call(struct strace_line *ret,
				   struct strace_text text)
{
	ret->name = take_name(&text);
	if (ret->name.len == 0 || is_digit(*ret->name.at) ||
	    !strace_line_skip(&text, "("))
		return STRACE_NONE;
	bool unfinished = cut_suffix(&text, "<unfinished ...>") ||
			  cut_suffix(&text, "<detached ...>");
	if (unfinished)
		(void)cut_suffix(&text, " "); /* there may be none */
	ret->rest = text;
	return unfinished ? STRACE_UNFINISHED : STRACE_CALL;
}

static enum strace_kind parse_body(struct strace_line *ret,
				   struct strace_text text)
{
	static const char *const notes[] = {"strace: ", "Process ", "> "};
	bool said = strace_line_skip(&text, "strace: ");
	if (strace_line_skip(&text, "[ Process PID="))
		return parse_mode(ret, text);
	if (said || text.len == 0)
		return STRACE_NOTE;
	for (size_t i = 0; i < sizeof(notes) / sizeof(notes[0]); i++) {
		if (strace_line_skip(&text, notes[i]))
			return STRACE_NOTE;
	}
	if (strace_line_skip(&text, "--- "))
		return parse_signal(ret, text);
	if (strace_line_skip(&text, "+++ "))
		return parse_end(ret, text);
	if (strace_line_skip(&text, "<..."))
		return parse_resumed(ret, text);
	return parse_call(ret, text);
}

void strace_line_parse(struct strace_line *ret, const char *line, size_t len)
{
	struct strace_text text = {line, len};
	*ret = (struct strace_line){.kind = STRACE_NONE};
	if (memchr(line, '\0', len))
		return;
	skip_blanks(&text);
	take_tid(ret, &text);
	take_stamp(ret, &text);
	while (skip_bracket(&text))
		;
	ret->kind = parse_body(ret, text);
}

/* Behind the quotation mark at I, or the end. */
static size_t behind_string(struct strace_text text, size_t i)
{
	for (i++; i < text.len && text.at[i] != '"'; i++) {
		if (text.at[i] == '\\')
			i++;
	}
	return i < text.len ? i + 1 : text.len;
}

static size_t behind_comment(struct strace_text text, size_t i)
{
	for (i += 2; i + 1 < text.len; i++) {
		if (text.at[i] == '*' && text.at[i + 1] == '/')
			return i + 2;
	}
	return text.len;
}

/* Behind what a descriptor refers to: <TCP:[a->b]>, </dev/null<char 1:3>>; I+1
 * where it is not that. */
static size_t behind_angle(struct strace_text text, size_t i)
{
	size_t from = i;
	unsigned depth = 0;
	while (i < text.len) {
		char c = text.at[i];
		if (c == '"') {
			i = behind_string(text, i);
			continue;
		}
		depth += c == '<';
		if (c == '>' && text.at[i - 1] != '-' && --depth == 0)
			return i + 1;
		i++;
	}
	return from + 1;
}

static bool starts_angle(struct strace_text text, size_t i)
{
	return i > 0 && i + 1 < text.len && is_name_char(text.at[i - 1]) &&
	       text.at[i + 1] != '<' && text.at[i + 1] != ' ';
}

/* Behind the piece of an argument at I. */
static size_t behind_piece(struct strace_text text, size_t i)
{
	bool next = i + 1 < text.len;
	if (text.at[i] == '"')
		return behind_string(text, i);
	if (text.at[i] == '/' && next && text.at[i + 1] == '*')
		return behind_comment(text, i);
	if (text.at[i] == '<' && next && text.at[i + 1] == '<')
		return i + 2;
	if (text.at[i] == '<' && starts_angle(text, i))
		return behind_angle(text, i);
	return i + 1;
}

static void add_argument(struct strace_call *ret, const char *from,
			 const char *to)
{
	struct strace_text arg = {from, (size_t)(to - from)};
	skip_blanks(&arg);
	while (arg.len && arg.at[arg.len - 1] == ' ')
		arg.len--;
	if (ret->count < EVENT_ARGS) {
		ret->args[ret->count++] = arg;
		return;
	}
	struct strace_text *last = &ret->args[EVENT_ARGS - 1];
	last->len = (size_t)(arg.at + arg.len - last->at);
}

/* Where the arguments end, at their parenthesis; text.len: nowhere. */
static size_t split_arguments(struct strace_call *ret, struct strace_text text)
{
	size_t depth = 0;
	size_t from = 0;
	size_t i = 0;
	while (i < text.len) {
		char c = text.at[i];
		if (depth == 0 && (c == ')' || c == ',')) {
			if (c == ',' || i > from || ret->count)
				add_argument(ret, text.at + from, text.at + i);
			from = i + 1;
			if (c == ')')
				return i;
		}
		depth += c == '(' || c == '[' || c == '{';
		depth -= depth && (c == ')' || c == ']' || c == '}');
		i = behind_piece(text, i);
	}
	return text.len;
}

/* " <0.000123>" at the end. */
static void cut_duration(struct strace_call *ret)
{
	struct strace_text *result = &ret->result;
	if (cut_suffix(result, " <unavailable>"))
		return;
	size_t at = result->len;
	while (at && result->at[at - 1] != '<')
		at--;
	if (at < 2 || result->at[at - 2] != ' ')
		return;
	struct strace_text text = {result->at + at, result->len - at};
	uint64_t seconds = 0;
	if (!strace_line_number(&text, &seconds) ||
	    seconds > UINT64_MAX / NS_PER_S / 2)
		return;
	uint64_t ns = seconds * NS_PER_S + take_fraction(&text);
	if (!strace_line_is(&text, ">"))
		return;
	ret->has_duration = true;
	ret->duration_ns = ns;
	result->len = at - 2;
}

bool strace_line_call(struct strace_call *ret, struct strace_text rest)
{
	*ret = (struct strace_call){0};
	size_t end = split_arguments(ret, rest);
	if (end == rest.len)
		return false;
	skip(&rest, end + 1);
	skip_blanks(&rest);
	if (!strace_line_skip(&rest, "= "))
		return false;
	ret->result = rest;
	cut_duration(ret);
	while (ret->result.len && ret->result.at[ret->result.len - 1] == ' ')
		ret->result.len--;
	return ret->result.len > 0;
}
