/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/strace_input.h"

#include <string.h>

#include "feed/input.h"
#include "feed/strace_clock.h"

#define PROBE_SIZE 4096u /* of the beginning, which must have a line */

static bool is_evidence(const struct strace_line *line)
{
	struct strace_call call;
	switch (line->kind) {
	case STRACE_CALL:
		return strace_line_call(&call, line->rest);
	case STRACE_UNFINISHED:
	case STRACE_RESUMED:
	case STRACE_SIGNAL:
	case STRACE_EXITED:
	case STRACE_KILLED:
	case STRACE_SUPERSEDED:
		return true;
	case STRACE_NONE:
	case STRACE_NOTE:
	case STRACE_STOPPED:
	case STRACE_MODE:
		break;
	}
	return false;
}

/* The first line of TEXT that surely is strace's. */
static bool find_evidence(const uint8_t *text, size_t size, bool is_all,
			  struct strace_line *ret)
{
	while (size) {
		const uint8_t *end = memchr(text, '\n', size);
		if (!end && !is_all)
			return false;
		size_t len = end ? (size_t)(end - text) : size;
		strace_line_parse(ret, (const char *)text, len);
		if (is_evidence(ret))
			return true;
		len += end != NULL;
		text += len;
		size -= len;
	}
	return false;
}

bool strace_input_probe(struct input *input, struct strace_line *ret)
{
	size_t want = 1;
	for (;;) {
		bool got = input_await(input, want) == 1;
		size_t have = input_have(input);
		bool last = !got || have >= STRACE_LINE_LIMIT;
		if (memchr(input_bytes(input), '\0', have))
			return false;
		if (find_evidence(input_bytes(input), have, last, ret))
			return true;
		if (last || (have >= PROBE_SIZE &&
			     memchr(input_bytes(input), '\n', have)))
			return false;
		want = have + 1;
	}
}

enum strace_got strace_input_next(struct input *input, size_t *ret_len,
				  bool *ret_whole)
{
	size_t seen = 0;
	for (;;) {
		size_t have = input_have(input);
		if (have > STRACE_LINE_LIMIT)
			have = STRACE_LINE_LIMIT;
		const uint8_t *from = input_bytes(input);
		const uint8_t *end = memchr(from + seen, '\n', have - seen);
		if (end || have == STRACE_LINE_LIMIT) {
			*ret_len = end ? (size_t)(end - from) : have;
			*ret_whole = end != NULL;
			return STRACE_GOT_LINE;
		}
		seen = have;
		int got = input_need(input, have + 1);
		if (got < 0)
			return STRACE_GOT_NOTHING;
		*ret_len = have;
		*ret_whole = true;
		if (got == 0)
			return have ? STRACE_GOT_LINE : STRACE_GOT_END;
	}
}

void strace_input_skip(struct input *input, size_t len, bool whole)
{
	bool has_end = whole && len < input_have(input);
	input_skip(input, len + has_end);
}

uint64_t strace_input_last_ns(struct input *input, uint64_t begin,
			      const struct strace_line *first)
{
	uint64_t at = input->at;
	uint64_t last_ns = 0;
	struct strace_clock clock = {0};
	size_t len = 0;
	bool whole = true;
	bool before = true;
	strace_clock_take(&clock, first);
	input_seek(input, begin);
	while (strace_input_next(input, &len, &whole) == STRACE_GOT_LINE) {
		struct strace_line line;
		strace_line_parse(&line, (const char *)input_bytes(input), len);
		if (whole && before && line.kind != STRACE_NONE)
			strace_clock_take(&clock, &line);
		if (clock.now_ns > last_ns)
			last_ns = clock.now_ns;
		before = whole;
		strace_input_skip(input, len, whole);
	}
	input_seek(input, at);
	return last_ns;
}
