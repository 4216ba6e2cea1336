/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/decode.h"

#include <string.h>

#include "abi/errno.h"
#include "abi/syscall.h"
#include "base/buf.h"

#define RESULT_COLUMN 40 /* where strace puts the = */

/* include/uapi/asm-generic/fcntl.h: with one of these a mode counts. */
#define O_CREAT_BIT   0100u
#define O_TMPFILE_BIT 020000000u

static size_t padded(size_t size)
{
	return (size + 7) & ~(size_t)7;
}

/* The chunk at byte AT of the payload, or NULL: end, or not well-formed. */
static const struct event_chunk *chunk_at(const struct event_call *ev,
					  size_t at)
{
	size_t end = ev->payload;
	if (ev->h.size < sizeof(*ev) || end > ev->h.size - sizeof(*ev))
		return NULL;
	if (at > end || end - at < sizeof(struct event_chunk))
		return NULL;
	const char *payload = (const char *)(ev + 1);
	const struct event_chunk *chunk = (const void *)(payload + at);
	if (chunk->size > end - at - sizeof(*chunk))
		return NULL;
	return chunk;
}

static size_t chunk_end(const struct event_chunk *chunk, size_t at)
{
	return at + sizeof(*chunk) + padded(chunk->size);
}

const struct event_chunk *decode_chunk(const struct event_call *ev,
				       unsigned arg)
{
	/* The last one counts: what could not be read at entry may come again
	 * from the exit. */
	const struct event_chunk *found = NULL;
	const struct event_chunk *chunk;
	size_t at = 0;
	while ((chunk = chunk_at(ev, at))) {
		if (chunk->arg == arg)
			found = chunk;
		at = chunk_end(chunk, at);
	}
	return found;
}

void decode_arg(struct buf *buf, const struct syscall *sc,
		const struct event_call *ev, unsigned arg,
		const struct decode_options *options)
{
	uint64_t value = ev->args[arg];
	if (options->raw) {
		buf_hex(buf, ev->h.compat ? (uint32_t)value : value);
		return;
	}
	enum argtype kind = sc->args[arg].kind;
	struct argtype_value v = {
		.value = value,
		.abi = sc->native,
		.compat = ev->h.compat,
		.limit = options->string_limit,
		.utf8 = options->utf8,
	};
	const struct event_chunk *chunk =
		argtype_captures_text(kind) ? decode_chunk(ev, arg) : NULL;
	if (chunk && chunk->status != EVENT_CHUNK_UNREADABLE) {
		v.text = (const char *)(chunk + 1);
		v.text_len = chunk->size;
		v.text_cut = chunk->status == EVENT_CHUNK_CUT;
	}
	argtype_print(buf, kind, &v);
}

/* As strace does: the mode of an open that creates nothing is left out. */
static unsigned shown_args(const struct syscall *sc,
			   const struct event_call *ev)
{
	for (unsigned i = 1; i < sc->nargs; i++) {
		if (sc->args[i].kind != ARG_MODE ||
		    sc->args[i - 1].kind != ARG_OPEN_FLAGS)
			continue;
		if (!(ev->args[i - 1] & (O_CREAT_BIT | O_TMPFILE_BIT)))
			return i;
	}
	return sc->nargs;
}

void decode_args(struct buf *buf, const struct syscall *sc,
		 const struct event_call *ev,
		 const struct decode_options *options)
{
	unsigned n = options->raw ? sc->nargs : shown_args(sc, ev);
	for (unsigned i = 0; i < n; i++) {
		if (i)
			buf_write(buf, ", ", 2);
		decode_arg(buf, sc, ev, i, options);
	}
}

static void print_error(struct buf *buf, int code)
{
	const char *name = errno_name(code);
	if (!name) {
		buf_puts(buf, "-1 (errno ");
		buf_s64(buf, code);
		buf_putc(buf, ')');
		return;
	}
	buf_puts(buf, errno_is_restart(-code) ? "? " : "-1 ");
	buf_puts(buf, name);
	buf_write(buf, " (", 2);
	buf_puts(buf, errno_text(code));
	buf_putc(buf, ')');
}

/* include/uapi/linux/fcntl.h; strace writes these results in hexadecimal. */
static bool returns_flags(uint32_t command)
{
	return command == 1 || command == 3 ||     /* F_GETFD, F_GETFL */
	       command == 1025 || command == 1034; /* F_GETLEASE, F_GET_SEALS */
}

static bool is_hexadecimal(const struct syscall *sc,
			   const struct event_call *ev)
{
	return sc->result == RES_HEX || (sc->result == RES_FCNTL &&
					 returns_flags((uint32_t)ev->args[1]));
}

static void print_value(struct buf *buf, const struct syscall *sc,
			const struct event_call *ev)
{
	bool compat = ev->h.compat;
	uint64_t bits = compat ? (uint32_t)ev->ret : (uint64_t)ev->ret;
	const struct argtype_value mode = {.value = bits};
	if (is_hexadecimal(sc, ev))
		buf_hex(buf, bits);
	else if (sc->result == RES_OCTAL)
		argtype_print(buf, ARG_MODE, &mode);
	else
		buf_s64(buf, compat ? (int32_t)ev->ret : ev->ret);
}

void decode_result(struct buf *buf, const struct syscall *sc,
		   const struct event_call *ev)
{
	if (ev->h.flags & EVENT_CALL_NO_RESULT)
		buf_putc(buf, '?');
	else if (ev->ret < 0 && ev->ret >= -4095) /* MAX_ERRNO, linux/err.h */
		print_error(buf, (int)-ev->ret);
	else
		print_value(buf, sc, ev);
}

void decode_call(struct buf *buf, const struct syscall *sc,
		 const struct event_call *ev,
		 const struct decode_options *options)
{
	buf_puts(buf, sc->name);
	buf_putc(buf, '(');
	decode_args(buf, sc, ev, options);
	buf_write(buf, ") ", 2);
	buf_pad(buf, ' ', RESULT_COLUMN);
	buf_write(buf, "= ", 2);
	decode_result(buf, sc, ev);
}

static bool is_name(const char comm[EVENT_COMM_SIZE])
{
	return memchr(comm, '\0', EVENT_COMM_SIZE) != NULL;
}

/* Whether the data of a chunk that is more than bytes is whole. */
static bool is_data_sane(const struct event_chunk *chunk)
{
	if (chunk->what == EVENT_CHUNK_COUNT)
		return chunk->size == sizeof(uint64_t) ||
		       chunk->status == EVENT_CHUNK_UNREADABLE;
	if (chunk->what != EVENT_CHUNK_FD)
		return true;
	const struct event_fd *fd = (const void *)(chunk + 1);
	const struct event_socket *socket = (const void *)(fd + 1);
	if (chunk->size < sizeof(*fd) ||
	    chunk->size - sizeof(*fd) != fd->size ||
	    fd->kind >= EVENT_FILE_KINDS)
		return false;
	return !fd->size ||
	       (fd->size >= sizeof(*socket) &&
		fd->size == sizeof(*socket) + padded(socket->path_size));
}

static bool is_call_sane(const struct event_call *ev)
{
	if (ev->payload > EVENT_PAYLOAD_LIMIT ||
	    ev->h.size - sizeof(*ev) != padded(ev->payload) ||
	    !is_name(ev->comm))
		return false;
	const struct event_chunk *chunk;
	size_t at = 0;
	while ((chunk = chunk_at(ev, at))) {
		if (chunk->arg >= EVENT_ARGS ||
		    chunk->what >= EVENT_CHUNK_WHATS ||
		    chunk->status >= EVENT_CHUNK_STATUSES ||
		    chunk->phase >= EVENT_PHASES ||
		    chunk->size > EVENT_CHUNK_LIMIT || !is_data_sane(chunk))
			return false;
		at = chunk_end(chunk, at);
	}
	return at >= ev->payload;
}

static bool is_task_sane(const struct event_task *ev)
{
	return ev->cmdline <= EVENT_CMDLINE_LIMIT &&
	       ev->h.size - sizeof(*ev) == padded(ev->cmdline) &&
	       is_name(ev->comm);
}

static bool is_file_sane(const struct event_file *ev)
{
	return ev->size <= EVENT_CHUNK_LIMIT &&
	       ev->h.size - sizeof(*ev) == padded(ev->size);
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
};

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
	case EVENT_SIGNAL:
		return size == least &&
		       is_name(((const struct event_signal *)ev)->comm);
	case EVENT_STAT:
	case EVENT_COUNT:
	case EVENT_TICK:
		return size == least;
	}
	return false;
}
