/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "tests/lib/evtext.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORD_LIMIT 8192

struct any_event {
	union {
		struct event h;
		struct event_call call;
		struct event_task task;
		struct event_stat stat;
		struct event_count count;
		struct event_error error;
		struct event_lost lost;
		struct event_tick tick;
		struct event_signal signal;
		struct event_file file;
		struct event_symbol symbol;
		struct event_named named;
		char bytes[EVENT_SIZE_LIMIT];
	};
	size_t size;
	bool has_tid, has_start;
};

/* One KEY=VALUE, its value unquoted. */
struct word {
	char key[32];
	char value[WORD_LIMIT];
	size_t len;
	bool has_value;
	bool is_quoted;
};

static const struct {
	const char *name;
	enum event_kind kind;
	size_t size;
} kinds[] = {
	{"call", EVENT_CALL, sizeof(struct event_call)},
	{"task", EVENT_TASK, sizeof(struct event_task)},
	{"fork", EVENT_FORK, sizeof(struct event_task)},
	{"exec", EVENT_EXEC, sizeof(struct event_task)},
	{"exit", EVENT_EXIT, sizeof(struct event_task)},
	{"rename", EVENT_RENAME, sizeof(struct event_task)},
	{"cred", EVENT_CRED, sizeof(struct event_task)},
	{"blocked", EVENT_BLOCKED, sizeof(struct event_call)},
	{"blockedend", EVENT_BLOCKED_END, sizeof(struct event)},
	{"stat", EVENT_STAT, sizeof(struct event_stat)},
	{"count", EVENT_COUNT, sizeof(struct event_count)},
	{"error", EVENT_ERROR, sizeof(struct event_error)},
	{"lost", EVENT_LOST, sizeof(struct event_lost)},
	{"tick", EVENT_TICK, sizeof(struct event_tick)},
	{"signal", EVENT_SIGNAL, sizeof(struct event_signal)},
	{"file", EVENT_FILE, sizeof(struct event_file)},
	{"symbol", EVENT_SYMBOL, sizeof(struct event_symbol)},
	{"traced", EVENT_TRACED, sizeof(struct event_named)},
	{"number", EVENT_NUMBER, sizeof(struct event_named)},
};

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* Where the number of a key lies in the event of a kind. */
#define MEMBER(kind, key, type, member)                                        \
	{                                                                      \
		kind, key, offsetof(type, member),                             \
			sizeof(((type *)NULL)->member)                         \
	}
#define GROWTH(kind, type)                                                     \
	MEMBER(kind, "nr", type, nr),                                          \
		MEMBER(kind, "calls", type, growth.calls),                     \
		MEMBER(kind, "errors", type, growth.errors),                   \
		MEMBER(kind, "restarted", type, growth.restarted),             \
		MEMBER(kind, "time", type, growth.time_ns),                    \
		MEMBER(kind, "max", type, growth.max_ns),                      \
		MEMBER(kind, "bytes", type, growth.bytes)

static const struct {
	unsigned kind; /* 0: any; EVENT_TASK: all task events */
	const char *key;
	size_t offset, size;
} numbers[] = {
	MEMBER(0, "t", struct event, time_ns),
	MEMBER(0, "pid", struct event, pid),
	MEMBER(0, "tid", struct event, tid),
	MEMBER(0, "start", struct event, start_ns),
	MEMBER(EVENT_CALL, "dur", struct event_call, duration_ns),
	MEMBER(EVENT_CALL, "ret", struct event_call, ret),
	MEMBER(EVENT_CALL, "nr", struct event_call, nr),
	MEMBER(EVENT_CALL, "uid", struct event_call, uid),
	MEMBER(EVENT_CALL, "gid", struct event_call, gid),
	MEMBER(EVENT_TASK, "ppid", struct event_task, ppid),
	MEMBER(EVENT_TASK, "uid", struct event_task, uid),
	MEMBER(EVENT_TASK, "gid", struct event_task, gid),
	MEMBER(EVENT_TASK, "euid", struct event_task, euid),
	MEMBER(EVENT_TASK, "status", struct event_task, status),
	MEMBER(EVENT_TASK, "cgroup", struct event_task, cgroup),
	MEMBER(EVENT_TASK, "pstart", struct event_task, parent_start_ns),
	GROWTH(EVENT_STAT, struct event_stat),
	GROWTH(EVENT_COUNT, struct event_count),
	MEMBER(EVENT_ERROR, "nr", struct event_error, nr),
	MEMBER(EVENT_ERROR, "code", struct event_error, code),
	MEMBER(EVENT_ERROR, "count", struct event_error, count),
	MEMBER(EVENT_LOST, "nr", struct event_lost, nr),
	MEMBER(EVENT_LOST, "count", struct event_lost, count),
	MEMBER(EVENT_SIGNAL, "sig", struct event_signal, signal),
	MEMBER(EVENT_SIGNAL, "action", struct event_signal, action),
	MEMBER(EVENT_SIGNAL, "uid", struct event_signal, uid),
	MEMBER(EVENT_SIGNAL, "gid", struct event_signal, gid),
	MEMBER(EVENT_FILE, "id", struct event_file, id),
	MEMBER(EVENT_SYMBOL, "file", struct event_symbol, file),
	MEMBER(EVENT_SYMBOL, "offset", struct event_symbol, offset),
	MEMBER(EVENT_SYMBOL, "begin", struct event_symbol, begin),
	MEMBER(EVENT_SYMBOL, "slot", struct event_symbol, slot),
	MEMBER(EVENT_TRACED, "value", struct event_named, value),
	MEMBER(EVENT_TICK, "wall", struct event_tick, wall_offset_ns),
	MEMBER(EVENT_TICK, "seen", struct event_tick, seen),
	MEMBER(EVENT_TICK, "filtered", struct event_tick, filtered),
	MEMBER(EVENT_TICK, "sent", struct event_tick, sent),
	MEMBER(EVENT_TICK, "unpaired", struct event_tick, unpaired),
	MEMBER(EVENT_TICK, "requests", struct event_tick, requests),
	MEMBER(EVENT_TICK, "bpf_ns", struct event_tick, bpf_ns),
	MEMBER(EVENT_TICK, "bpf_runs", struct event_tick, bpf_runs),
	MEMBER(EVENT_TICK, "cpu", struct event_tick, cpu_ns),
};

static const struct {
	unsigned kind;
	const char *key;
	uint16_t flag;
} flags[] = {
	{EVENT_CALL, "noresult", EVENT_CALL_NO_RESULT},
	{EVENT_CALL, "cut", EVENT_CALL_CUT},
	{EVENT_CALL, "found", EVENT_CALL_FOUND},
	{EVENT_TASK, "leader", EVENT_TASK_LEADER},
	{EVENT_TASK, "dead", EVENT_TASK_GROUP_DEAD},
	{EVENT_TASK, "kernel", EVENT_TASK_KERNEL},
	{EVENT_TASK, "row", EVENT_TASK_ROW},
};

static const struct {
	const char *prefix;
	uint8_t what, status, phase;
} chunk_words[] = {
	{"text", EVENT_CHUNK_STRING, EVENT_CHUNK_WHOLE, EVENT_AT_ENTRY},
	{"cut", EVENT_CHUNK_STRING, EVENT_CHUNK_CUT, EVENT_AT_ENTRY},
	{"newtext", EVENT_CHUNK_STRING, EVENT_CHUNK_WHOLE, EVENT_AT_EXIT},
	{"unreadable", EVENT_CHUNK_STRING, EVENT_CHUNK_UNREADABLE,
	 EVENT_AT_ENTRY},
	{"in", EVENT_CHUNK_BYTES, EVENT_CHUNK_WHOLE, EVENT_AT_ENTRY},
	{"out", EVENT_CHUNK_BYTES, EVENT_CHUNK_WHOLE, EVENT_AT_EXIT},
	{"count", EVENT_CHUNK_COUNT, EVENT_CHUNK_WHOLE, EVENT_AT_ENTRY},
	{"cutcount", EVENT_CHUNK_COUNT, EVENT_CHUNK_CUT, EVENT_AT_ENTRY},
	{"newcount", EVENT_CHUNK_COUNT, EVENT_CHUNK_WHOLE, EVENT_AT_EXIT},
	{"fd", EVENT_CHUNK_FD, EVENT_CHUNK_WHOLE, EVENT_AT_ENTRY},
	{"netlink", EVENT_CHUNK_NETLINK, EVENT_CHUNK_WHOLE, EVENT_AT_ENTRY},
	{"stack", EVENT_CHUNK_STACK, EVENT_CHUNK_WHOLE, EVENT_AT_ENTRY},
	{"cutstack", EVENT_CHUNK_STACK, EVENT_CHUNK_CUT, EVENT_AT_ENTRY},
	{"newfd", EVENT_CHUNK_FD, EVENT_CHUNK_WHOLE, EVENT_AT_EXIT},
};

/* Task events share their words; so do others by twos. */
static unsigned word_kind(unsigned kind)
{
	return kind == EVENT_BLOCKED                      ? EVENT_CALL
	       : kind == EVENT_NUMBER                     ? EVENT_TRACED
	       : kind >= EVENT_TASK && kind <= EVENT_CRED ? EVENT_TASK
							  : kind;
}

static bool is_call(const struct any_event *ev)
{
	return word_kind(ev->h.kind) == EVENT_CALL;
}

static bool parse_number(const char **text, uint64_t *ret)
{
	static const struct {
		const char *suffix;
		uint64_t factor;
	} units[] = {
		{"ns", 1}, {"us", 1000}, {"ms", 1000000}, {"s", 1000000000}};
	char *end = NULL;
	errno = 0;
	uint64_t value = **text == '-' ? (uint64_t)strtoll(*text, &end, 0)
				       : strtoull(*text, &end, 0);
	if (errno || end == *text)
		return false;
	for (size_t i = 0; i < COUNT_OF(units); i++) {
		size_t len = strlen(units[i].suffix);
		if (strncmp(end, units[i].suffix, len) == 0) {
			value *= units[i].factor;
			end += len;
			break;
		}
	}
	*ret = value;
	*text = end;
	return true;
}

static int hex_digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *p = c ? strchr(digits, tolower((unsigned char)c)) : NULL;
	return p ? (int)(p - digits) : -1;
}

/* The character that *P, after a backslash, stands for; -1. */
static int unescape(const char **p)
{
	static const char from[] = "nte0\"\\";
	static const char to[] = "\n\t\x1b\0\"\\";
	if (**p == 'x') {
		int high = hex_digit((*p)[1]);
		int low = high < 0 ? -1 : hex_digit((*p)[2]);
		if (low < 0)
			return -1;
		*p += 3;
		return high * 16 + low;
	}
	const char *found = **p ? strchr(from, **p) : NULL;
	if (!found)
		return -1;
	(*p)++;
	return (unsigned char)to[found - from];
}

static bool parse_value(const char **p, struct word *word)
{
	bool quoted = **p == '"';
	word->is_quoted = quoted;
	*p += quoted;
	for (; **p && (quoted ? **p != '"' : !isspace((unsigned char)**p));) {
		if (word->len + 1 >= sizeof(word->value))
			return false;
		int c = (unsigned char)*(*p)++;
		if (quoted && c == '\\')
			c = unescape(p);
		if (c < 0)
			return false;
		word->value[word->len++] = (char)c;
	}
	word->value[word->len] = '\0';
	if (quoted && **p != '"')
		return false;
	*p += quoted;
	return true;
}

/* 1: a word, 0: the end, -1: not understood */
static int next_word(const char **p, struct word *word)
{
	while (isspace((unsigned char)**p))
		(*p)++;
	size_t n = strcspn(*p, "= \t");
	if (n == 0 || n >= sizeof(word->key))
		return **p ? -1 : 0;
	memcpy(word->key, *p, n);
	word->key[n] = '\0';
	word->len = 0;
	word->value[0] = '\0';
	*p += n;
	word->has_value = **p == '=';
	if (!word->has_value)
		return 1;
	(*p)++;
	return parse_value(p, word) ? 1 : -1;
}

static bool append(struct any_event *ev, const void *data, size_t len)
{
	size_t padded = (len + 7) & ~(size_t)7;
	if (ev->size + padded > sizeof(ev->bytes))
		return false;
	memcpy(ev->bytes + ev->size, data, len);
	ev->size += padded;
	return true;
}

/* Turns "4:1,0x2,8:3" into the bytes of these numbers. */
static bool pack_numbers(struct word *word)
{
	char packed[WORD_LIMIT];
	const char *p = word->value;
	uint64_t width = 8;
	size_t len = 0;
	while (*p) {
		uint64_t number = 0;
		if (!parse_number(&p, &number))
			return false;
		if (*p == ':') {
			width = number;
			p++;
			if (!parse_number(&p, &number))
				return false;
		}
		if ((*p && *p != ',') || width > sizeof(number) ||
		    len + width > sizeof(packed))
			return false;
		memcpy(packed + len, &number, width);
		len += width;
		p += *p == ',';
	}
	memcpy(word->value, packed, len);
	word->len = len;
	return true;
}

/* 1: done, 0: the word is something else, -1: wrong */
static int put_chunk(struct any_event *ev, struct word *word)
{
	for (size_t i = 0; i < COUNT_OF(chunk_words); i++) {
		size_t n = strlen(chunk_words[i].prefix);
		if (strncmp(word->key, chunk_words[i].prefix, n) != 0 ||
		    word->key[n] < '0' || word->key[n] >= '0' + EVENT_ARGS)
			continue;
		unsigned arg = (unsigned)(word->key[n] - '0');
		uint64_t address = ev->call.args[arg];
		const char *at = word->key + n + 1;
		if (*at &&
		    (*at++ != '@' || !parse_number(&at, &address) || *at))
			return -1;
		if (!word->is_quoted && !pack_numbers(word))
			return -1;
		struct event_chunk chunk = {
			.address = address,
			.size = (uint32_t)word->len,
			.arg = (uint8_t)arg,
			.what = chunk_words[i].what,
			.status = chunk_words[i].status,
			.phase = chunk_words[i].phase,
		};
		if (!append(ev, &chunk, sizeof(chunk)) ||
		    !append(ev, word->value, word->len))
			return -1;
		return 1;
	}
	return 0;
}

static int put_args(struct any_event *ev, const struct word *word)
{
	const char *p = word->value;
	for (int i = 0; i < EVENT_ARGS && *p; i++) {
		uint64_t value = 0;
		if (!parse_number(&p, &value) || (*p && *p != ','))
			return -1;
		ev->call.args[i] = value;
		p += *p == ',';
	}
	return *p ? -1 : 1;
}

static int put_hist(struct any_event *ev, const struct word *word)
{
	for (const char *p = word->value; *p;) {
		uint64_t slot = 0;
		uint64_t count = 0;
		if (!parse_number(&p, &slot) || slot >= EVENT_HIST_SLOTS ||
		    *p++ != ':' || !parse_number(&p, &count))
			return -1;
		ev->stat.hist[slot] = count;
		p += *p == ',';
	}
	return 1;
}

static int put_cause(struct any_event *ev, const struct word *word)
{
	static const char *const causes[] = {"ring", "state", "budget",
					     "sampled"};
	uint32_t i = 0;
	while (i < COUNT_OF(causes) && strcmp(word->value, causes[i]) != 0)
		i++;
	ev->lost.cause = i;
	return i < COUNT_OF(causes) ? 1 : -1;
}

static int put_comm(struct any_event *ev, const struct word *word)
{
	char *comm = is_call(ev)                  ? ev->call.comm
		     : ev->h.kind == EVENT_SIGNAL ? ev->signal.comm
						  : ev->task.comm;
	if (word->len >= EVENT_COMM_SIZE)
		return -1;
	memcpy(comm, word->value, word->len);
	return 1;
}

/* The 32-bit words of a siginfo_t. */
static int put_info(struct any_event *ev, const struct word *word)
{
	const char *p = word->value;
	for (size_t at = 0; *p; at += 4) {
		uint64_t value = 0;
		if (at >= EVENT_SIGINFO_SIZE || !parse_number(&p, &value))
			return -1;
		memcpy(ev->signal.info + at, &value, 4);
		p += *p == ',';
	}
	memcpy(&ev->signal.signal, ev->signal.info, 4);
	return 1;
}

static int put_name(struct any_event *ev, const struct word *word)
{
	uint32_t *size = word_kind(ev->h.kind) == EVENT_TASK ? &ev->task.cmdline
			 : ev->h.kind == EVENT_FILE          ? &ev->file.size
			 : ev->h.kind == EVENT_SYMBOL        ? &ev->symbol.size
							     : &ev->named.size;
	*size = (uint32_t)word->len;
	return append(ev, word->value, word->len) ? 1 : -1;
}

/* A number among the flags: the host, or the call that is meant. */
static int put_in_flags(struct any_event *ev, const struct word *word)
{
	bool host = strcmp(word->key, "host") == 0;
	const char *p = word->value;
	uint64_t value = 0;
	if (!parse_number(&p, &value) || *p || value > (host ? 7 : 0xff))
		return -1;
	value <<= host ? EVENT_HOST_SHIFT : EVENT_CALL_MEANT_SHIFT;
	ev->h.flags |= (uint16_t)(host ? value : value | EVENT_CALL_MEANT);
	return 1;
}

static int put_special(struct any_event *ev, struct word *word)
{
	static const struct {
		unsigned kind;
		const char *key;
		int (*put)(struct any_event *ev, const struct word *word);
	} specials[] = {
		{0, "host", put_in_flags},
		{EVENT_CALL, "args", put_args},
		{EVENT_STAT, "hist", put_hist},
		{EVENT_LOST, "cause", put_cause},
		{EVENT_CALL, "comm", put_comm},
		{EVENT_CALL, "meant", put_in_flags},
		{EVENT_TASK, "comm", put_comm},
		{EVENT_TASK, "cmdline", put_name},
		{EVENT_SIGNAL, "comm", put_comm},
		{EVENT_SIGNAL, "info", put_info},
		{EVENT_FILE, "path", put_name},
		{EVENT_SYMBOL, "name", put_name},
		{EVENT_TRACED, "call", put_name},
	};
	for (size_t i = 0; i < COUNT_OF(specials); i++)
		if ((!specials[i].kind ||
		     specials[i].kind == word_kind(ev->h.kind)) &&
		    strcmp(specials[i].key, word->key) == 0)
			return specials[i].put(ev, word);
	return is_call(ev) ? put_chunk(ev, word) : 0;
}

static int put_flag(struct any_event *ev, const struct word *word)
{
	if (word->has_value)
		return 0;
	if (strcmp(word->key, "compat") == 0)
		return ev->h.compat = 1;
	for (size_t i = 0; i < COUNT_OF(flags); i++) {
		if (flags[i].kind != word_kind(ev->h.kind) ||
		    strcmp(flags[i].key, word->key) != 0)
			continue;
		ev->h.flags |= flags[i].flag;
		return 1;
	}
	return 0;
}

static int put_number(struct any_event *ev, const struct word *word)
{
	for (size_t i = 0; i < COUNT_OF(numbers); i++) {
		if ((numbers[i].kind &&
		     numbers[i].kind != word_kind(ev->h.kind)) ||
		    strcmp(numbers[i].key, word->key) != 0)
			continue;
		const char *p = word->value;
		uint64_t value = 0;
		if (!parse_number(&p, &value) || *p)
			return -1;
		memcpy(ev->bytes + numbers[i].offset, &value, numbers[i].size);
		ev->has_tid |= strcmp(word->key, "tid") == 0;
		ev->has_start |= strcmp(word->key, "start") == 0;
		return 1;
	}
	return 0;
}

static bool put_word(struct any_event *ev, struct word *word)
{
	int done = put_flag(ev, word);
	if (done == 0)
		done = put_special(ev, word);
	if (done == 0)
		done = put_number(ev, word);
	return done == 1;
}

static bool begin_event(struct any_event *ev, const char *kind,
			uint64_t time_ns)
{
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (strcmp(kinds[i].name, kind) != 0)
			continue;
		memset(ev, 0, sizeof(*ev));
		ev->h.kind = (uint8_t)kinds[i].kind;
		ev->h.time_ns = time_ns;
		ev->size = kinds[i].size;
		if (kinds[i].kind == EVENT_LOST)
			ev->lost.nr = EVENT_NR_NONE;
		return true;
	}
	return false;
}

static void end_event(struct any_event *ev)
{
	ev->h.size = (uint32_t)ev->size;
	if (is_call(ev))
		ev->call.payload = (uint32_t)(ev->size - sizeof(ev->call));
	if (!ev->has_tid)
		ev->h.tid = ev->h.pid;
	if (!ev->has_start)
		ev->h.start_ns = (uint64_t)ev->h.pid * 1000000;
}

/* 1: an event, 0: nothing on this line, -1: not understood */
static int parse_line(const char *line, struct any_event *ev, uint64_t time_ns)
{
	struct word *word = calloc(1, sizeof(*word));
	int state = word ? next_word(&line, word) : -1;
	if (state == 1 && word->key[0] == '#')
		state = 0;
	else if (state == 1 && !begin_event(ev, word->key, time_ns))
		state = -1;
	int more = state;
	while (more == 1) {
		more = next_word(&line, word);
		if (more == 1 && !put_word(ev, word))
			more = -1;
	}
	free(word);
	if (more < 0)
		return -1;
	if (state == 1)
		end_event(ev);
	return state;
}

int evtext_feed(const char *text, evtext_put *put, void *self)
{
	struct any_event ev = {0};
	uint64_t time_ns = 0;
	for (int number = 1; *text; number++) {
		size_t len = strcspn(text, "\n");
		char *line = strndup(text, len);
		int state = line ? parse_line(line, &ev, time_ns) : -1;
		free(line);
		if (state < 0)
			return number;
		if (state > 0) {
			time_ns = ev.h.time_ns;
			put(self, &ev.h);
		}
		text += len + (text[len] == '\n');
	}
	return 0;
}

int evtext_feed_file(const char *name, evtext_put *put, void *self)
{
	const char *srcdir = getenv("srcdir");
	char path[4096];
	int n = snprintf(path, sizeof(path), "%s/tests/data/%s",
			 srcdir ? srcdir : ".", name);
	FILE *file =
		n > 0 && (size_t)n < sizeof(path) ? fopen(path, "re") : NULL;
	if (!file)
		return -1;
	char *text = NULL;
	size_t size = 0;
	ssize_t len = getdelim(&text, &size, '\0', file);
	int result = len < 0 ? -1 : evtext_feed(text, put, self);
	free(text);
	(void)fclose(file); /* only read */
	return result;
}
