/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/decode.h"

#include <string.h>

#include "abi/chunk.h"
#include "abi/flags.h"
#include "abi/print.h"
#include "abi/result.h"
#include "abi/show.h"
#include "abi/syscall.h"
#include "abi/told.h"
#include "base/buf.h"

#define RESULT_COLUMN 40 /* where strace puts the = */
#define RESULT_ROOM                                                            \
	8192 /* left for a result: 32 descriptors with all bits of poll(2) */

static enum event_chunk_what chunk_of(const struct argtype_spec *spec)
{
	if (spec->direction != ARGTYPE_VALUE)
		return argtype_is_bytes(spec) ? EVENT_CHUNK_BYTES
					      : EVENT_CHUNK_WHATS;
	return argtype_copy(spec->kind) == ARGTYPE_COPY_TEXT
		       ? EVENT_CHUNK_STRING
		       : EVENT_CHUNK_WHATS;
}

const struct event_chunk *decode_chunk(const struct event_call *ev,
				       const struct decode_argument *arg)
{
	enum event_chunk_what what = chunk_of(arg->spec);
	const struct event_chunk *found = NULL;
	const struct event_chunk *chunk;
	size_t at = 0;
	while ((chunk = chunk_next(ev, &at))) {
		if (chunk->arg == arg->index && chunk->what == what &&
		    (!found || found->status == EVENT_CHUNK_UNREADABLE))
			found = chunk;
	}
	return found;
}

static void print_raw(struct show *show, unsigned arg)
{
	uint64_t value = show->ev->args[arg];
	buf_hex(show->buf, show->ev->h.compat ? (uint32_t)value : value);
}

/* What may be longer than there is room for: all but KEEP bytes.  "..." stands
 * for the rest, and whole is cut. */
struct within {
	struct buf part;
	struct buf *whole;
};

static void begin_within(struct within *within, struct show *show, size_t keep)
{
	within->whole = show->buf;
	buf_split(&within->part, show->buf, keep + strlen("..."));
	show->buf = &within->part;
}

static void end_within(const struct within *within, struct show *show)
{
	show->buf = within->whole;
	buf_join(show->buf, &within->part);
	if (within->part.cut)
		buf_puts(show->buf, "...");
}

/* Someone else has shown it. */
static bool is_told(const struct show *show)
{
	return !show->options->raw && told_is(show->ev);
}

static void print_argument(struct show *show, unsigned arg)
{
	if (show->options->raw)
		print_raw(show, arg);
	else
		show_argument(show, arg);
}

void decode_arg(struct buf *buf, const struct syscall *sc,
		const struct event_call *ev, unsigned arg,
		const struct decode_options *options)
{
	struct show show;
	struct within within;
	show_init(&show, buf, sc, ev, options);
	begin_within(&within, &show, 0);
	if (arg >= show.nargs)
		show_all(&show);
	if (is_told(&show))
		told_print_argument(show.buf, ev, arg, options->utf8);
	else if (arg < show.nargs && show.args[arg].spec.kind == ARG_CLONE &&
		 !options->raw)
		print_clone_flags(&show, show_register(&show, arg));
	else if (arg < show.nargs)
		print_argument(&show, arg);
	else
		print_raw(&show, arg);
	end_within(&within, &show);
}

/* Its kind shows the other arguments too; alone it is flags. */
static const struct argtype_spec clone_flags = {.kind = ARG_SET,
						.which = FLAGS_CLONE};

unsigned decode_arguments(const struct syscall *sc, const struct event_call *ev,
			  struct decode_argument ret[EVENT_ARGS])
{
	const struct decode_options none = {0};
	struct show show;
	show_init(&show, NULL, sc, ev, &none);
	for (unsigned i = 0; i < show.nargs; i++) {
		const struct syscall_arg *arg = &show.args[i];
		ret[i] = (struct decode_argument){
			.index = i,
			.name = arg->name,
			.type = arg->type ? arg->type
					  : argtype_c_type(&arg->spec),
			.spec = arg->spec.kind == ARG_CLONE ? &clone_flags
							    : &arg->spec,
			.value = show_register(&show, i),
			.abi = show.abi,
		};
	}
	return show.nargs;
}

static void print_arguments(struct show *show, size_t keep)
{
	bool first = true;
	struct within within;
	begin_within(&within, show, keep);
	if (show->options->raw)
		show_all(show);
	if (is_told(show))
		told_print_arguments(show->buf, show->ev, show->options->utf8);
	for (unsigned i = 0; i < show->nargs && !is_told(show); i++) {
		enum argtype kind = show->args[i].spec.kind;
		if (kind == ARG_PART && !show->options->raw)
			continue;
		if (!first)
			buf_write(show->buf, ", ", 2);
		first = false;
		print_argument(show, i);
		if (kind == ARG_CLONE && !show->options->raw)
			break;
	}
	end_within(&within, show);
}

static void print_result(struct show *show)
{
	if (is_told(show))
		told_print_result(show->buf, show->ev, show->options->utf8);
	else
		result_print(show);
}

void decode_args(struct buf *buf, const struct syscall *sc,
		 const struct event_call *ev,
		 const struct decode_options *options)
{
	struct show show;
	show_init(&show, buf, sc, ev, options);
	print_arguments(&show, 0);
}

void decode_result(struct buf *buf, const struct syscall *sc,
		   const struct event_call *ev,
		   const struct decode_options *options)
{
	struct show show;
	show_init(&show, buf, sc, ev, options);
	print_result(&show);
}

bool decode_makes_descriptor(const struct syscall *sc,
			     const struct event_call *ev)
{
	const struct decode_options none = {0};
	struct show show;
	show_init(&show, NULL, sc, ev, &none);
	return show.result == RES_FD && !show.failed;
}

void decode_call(struct buf *buf, const struct syscall *sc,
		 const struct event_call *ev,
		 const struct decode_options *options)
{
	struct show show;
	show_init(&show, buf, sc, ev, options);
	buf_puts(buf, show.name);
	buf_putc(buf, '(');
	size_t room = buf->size - buf->len;
	print_arguments(&show, room / 4 < RESULT_ROOM ? room / 4 : RESULT_ROOM);
	buf_write(buf, ") ", 2);
	if (ev->h.kind == EVENT_BLOCKED) {
		buf_puts(buf, "<unfinished ...>");
		return;
	}
	buf_pad(buf, ' ', RESULT_COLUMN);
	buf_write(buf, "= ", 2);
	print_result(&show);
}

static bool is_name(const char comm[EVENT_COMM_SIZE])
{
	return memchr(comm, '\0', EVENT_COMM_SIZE) != NULL;
}

static bool is_call_sane(const struct event_call *ev)
{
	return ev->payload <= EVENT_PAYLOAD_LIMIT &&
	       ev->h.size - sizeof(*ev) == chunk_padded(ev->payload) &&
	       is_name(ev->comm) && chunk_are_sane(ev);
}

static bool is_task_sane(const struct event_task *ev)
{
	return ev->cmdline <= EVENT_CMDLINE_LIMIT &&
	       ev->h.size - sizeof(*ev) == chunk_padded(ev->cmdline) &&
	       is_name(ev->comm);
}

static bool is_file_sane(const struct event_file *ev)
{
	return ev->size <= EVENT_CHUNK_LIMIT &&
	       ev->h.size - sizeof(*ev) == chunk_padded(ev->size);
}

static bool is_symbol_sane(const struct event_symbol *ev)
{
	return ev->size <= EVENT_SYMBOL_LIMIT &&
	       ev->h.size - sizeof(*ev) == chunk_padded(ev->size);
}

static bool is_named_sane(const struct event_named *ev)
{
	return ev->size <= EVENT_NAME_LIMIT &&
	       ev->h.size - sizeof(*ev) == chunk_padded(ev->size);
}

static bool is_signal_sane(const struct event_signal *ev)
{
	return ev->action < EVENT_ACTIONS && is_name(ev->comm);
}

/* The smallest size by kind; 0: no such kind. */
static const uint16_t least_sizes[] = {
	[EVENT_CALL] = sizeof(struct event_call),
	[EVENT_TASK] = sizeof(struct event_task),
	[EVENT_FORK] = sizeof(struct event_task),
	[EVENT_EXEC] = sizeof(struct event_task),
	[EVENT_EXIT] = sizeof(struct event_task),
	[EVENT_RENAME] = sizeof(struct event_task),
	[EVENT_CRED] = sizeof(struct event_task),
	[EVENT_STAT] = sizeof(struct event_stat),
	[EVENT_COUNT] = sizeof(struct event_count),
	[EVENT_LOST] = sizeof(struct event_lost),
	[EVENT_TICK] = sizeof(struct event_tick),
	[EVENT_FILE] = sizeof(struct event_file),
	[EVENT_SIGNAL] = sizeof(struct event_signal),
	[EVENT_ERROR] = sizeof(struct event_error),
	[EVENT_BLOCKED] = sizeof(struct event_call),
	[EVENT_BLOCKED_END] = sizeof(struct event),
	[EVENT_SYMBOL] = sizeof(struct event_symbol),
	[EVENT_TRACED] = sizeof(struct event_named),
	[EVENT_NUMBER] = sizeof(struct event_named),
};

#define ERRNOS 4096 /* MAX_ERRNO + 1, include/linux/err.h */

#define KINDS (sizeof(least_sizes) / sizeof(least_sizes[0]))

bool decode_is_sane(const struct event *ev, size_t size)
{
	if (size < sizeof(*ev) || size > EVENT_SIZE_LIMIT || size % 8)
		return false;
	if (ev->size != size || ev->kind >= KINDS || ev->compat > 1)
		return false;
	size_t least = least_sizes[ev->kind];
	if (!least || size < least)
		return false;
	switch ((enum event_kind)ev->kind) {
	case EVENT_CALL:
	case EVENT_BLOCKED:
		return is_call_sane((const struct event_call *)ev);
	case EVENT_TASK:
	case EVENT_FORK:
	case EVENT_EXEC:
	case EVENT_EXIT:
	case EVENT_RENAME:
	case EVENT_CRED:
		return is_task_sane((const struct event_task *)ev);
	case EVENT_LOST:
		return size == least && ((const struct event_lost *)ev)->cause <
						EVENT_LOST_CAUSES;
	case EVENT_FILE:
		return is_file_sane((const struct event_file *)ev);
	case EVENT_SYMBOL:
		return is_symbol_sane((const struct event_symbol *)ev);
	case EVENT_TRACED:
	case EVENT_NUMBER:
		return is_named_sane((const struct event_named *)ev);
	case EVENT_SIGNAL:
		return size == least && is_signal_sane((const void *)ev);
	case EVENT_ERROR:
		return size == least &&
		       ((const struct event_error *)ev)->code < ERRNOS;
	case EVENT_STAT:
	case EVENT_COUNT:
	case EVENT_TICK:
	case EVENT_BLOCKED_END:
		return size == least;
	}
	return false;
}
