/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/redact.h"

#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>

#include "abi/argtype.h"
#include "abi/decode.h"
#include "abi/syscall.h"

#define PADDED(size) (((size) + 7u) & ~7u)

/* What parts the words of a command line and the names of a path stays. */
static void blot(uint8_t *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (bytes[i] != '\0' && bytes[i] != '/')
			bytes[i] = 'x';
	}
}

/* Of addresses only those of AF_UNIX are names. */
static bool is_numbers(const struct decode_argument *arg, const uint8_t *data,
		       size_t size)
{
	uint16_t family = 0;
	if (arg->spec->is_struct)
		return true;
	if (arg->spec->kind == ARG_SOCKADDR && size >= sizeof(family)) {
		memcpy(&family, data, sizeof(family));
		return family != AF_UNIX;
	}
	return !argtype_is_bytes(arg->spec) &&
	       argtype_size(arg->spec, arg->abi) > 1;
}

struct redacted {
	struct decode_argument args[EVENT_ARGS];
	unsigned count;
};

/* Memory that an argument leads to by way of other memory is taken for a
 * buffer. */
static bool may_stay(const struct redacted *redacted,
		     const struct event_chunk *chunk, const uint8_t *data)
{
	for (unsigned i = 0; i < redacted->count; i++) {
		const struct decode_argument *arg = &redacted->args[i];
		if (arg->index == chunk->arg && arg->value == chunk->address)
			return is_numbers(arg, data, chunk->size);
	}
	return false;
}

/* Behind the state of a socket is the name that it is bound to. */
static void blot_socket(uint8_t *data, size_t size)
{
	size_t before = sizeof(struct event_fd) + sizeof(struct event_socket);
	if (size > before)
		blot(data + before, size - before);
}

static void blot_chunk(const struct redacted *redacted,
		       const struct event_chunk *chunk, uint8_t *data)
{
	if (chunk->what == EVENT_CHUNK_FD)
		blot_socket(data, chunk->size);
	else if (chunk->what == EVENT_CHUNK_STRING ||
		 chunk->what == EVENT_CHUNK_TEXT)
		blot(data, chunk->size);
	else if (chunk->what == EVENT_CHUNK_BYTES &&
		 !may_stay(redacted, chunk, data))
		memset(data, 'x', chunk->size);
}

static void blot_call(struct event_call *call, struct catalogue *cat)
{
	struct redacted redacted = {0};
	uint32_t index = catalogue_by_nr(cat, call->nr, call->h.compat);
	redacted.count = decode_arguments(catalogue_get(cat, index), call,
					  redacted.args);
	uint8_t *at = (uint8_t *)(call + 1);
	uint8_t *end = at + call->payload;
	while (at < end) {
		struct event_chunk chunk;
		memcpy(&chunk, at, sizeof(chunk));
		at += sizeof(chunk);
		if (chunk.status != EVENT_CHUNK_UNREADABLE)
			blot_chunk(&redacted, &chunk, at);
		at += PADDED(chunk.size);
	}
}

void redact_event(struct event *ret, const struct event *ev,
		  struct catalogue *cat)
{
	memcpy(ret, ev, ev->size);
	switch ((enum event_kind)ev->kind) {
	case EVENT_CALL:
	case EVENT_BLOCKED:
		blot_call((struct event_call *)ret, cat);
		break;
	case EVENT_TASK:
	case EVENT_FORK:
	case EVENT_EXEC:
	case EVENT_EXIT:
	case EVENT_RENAME:
	case EVENT_CRED:
		blot((uint8_t *)ret + sizeof(struct event_task),
		     ((struct event_task *)ret)->cmdline);
		break;
	case EVENT_FILE:
		blot((uint8_t *)ret + sizeof(struct event_file),
		     ((struct event_file *)ret)->size);
		break;
	case EVENT_STAT:
	case EVENT_COUNT:
	case EVENT_LOST:
	case EVENT_TICK:
	case EVENT_SIGNAL:
	case EVENT_ERROR:
	case EVENT_BLOCKED_END:
	case EVENT_SYMBOL:
	case EVENT_TRACED:
	case EVENT_NUMBER:
		break;
	}
}
