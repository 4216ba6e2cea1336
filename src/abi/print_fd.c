/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/print_fd.h"

#include <string.h>

#include "abi/chunk.h"
#include "abi/decode.h"
#include "abi/print.h"
#include "abi/print_socket.h"
#include "abi/show.h"
#include "base/buf.h"

#define MINOR_BITS 20 /* include/linux/kdev_t.h */

/* What is known of one descriptor. */
struct target {
	const struct event_fd *fd;
	const struct event_file *file; /* the text that it refers to, or NULL */
	bool utf8;
	bool plain; /* without escapes */
};

static const struct event_fd *find_fd(const struct event_call *ev,
				      const struct print_fd_place *place)
{
	const struct event_chunk *chunk;
	size_t at = 0;
	while ((chunk = chunk_next(ev, &at))) {
		bool is_there =
			place->arg == EVENT_ARGS || place->arg == chunk->arg;
		if (chunk->what == EVENT_CHUNK_FD && is_there &&
		    chunk->address == (uint64_t)(int64_t)place->fd &&
		    chunk->phase == place->phase &&
		    chunk->size >= sizeof(struct event_fd))
			return (const void *)(chunk + 1);
	}
	return NULL;
}

/* Whether there is something to print. */
static bool find_target(struct target *target, const struct event_call *ev,
			const struct print_fd_place *place,
			const struct print_files *files)
{
	target->fd = find_fd(ev, place);
	if (!target->fd)
		return false;
	target->file = target->fd->id && files->find
			       ? files->find(files->self, target->fd->id)
			       : NULL;
	bool has_text = target->fd->kind == EVENT_FILE_PATH ||
			target->fd->kind == EVENT_FILE_NAMESPACE;
	return !has_text || target->file;
}

static void put_text(struct buf *buf, const struct target *target)
{
	const struct event_file *file = target->file;
	const char *text = (const char *)(file + 1);
	if (file->flags & EVENT_FILE_CUT)
		buf_write(buf, "...", 3);
	if (target->plain)
		buf_write(buf, text, file->size);
	else
		show_quoted_inside(buf, text, file->size, target->utf8, "<>");
}

static void put_inode(struct buf *buf, const struct target *target)
{
	buf_write(buf, ":[", 2);
	buf_u64(buf, target->fd->inode);
	buf_putc(buf, ']');
}

static void put_device(struct buf *buf, const struct target *target)
{
	uint32_t rdev = target->fd->rdev;
	if (target->fd->flags & EVENT_FD_CHAR)
		buf_puts(buf, "<char ");
	else if (target->fd->flags & EVENT_FD_BLOCK)
		buf_puts(buf, "<block ");
	else
		return;
	buf_u64(buf, rdev >> MINOR_BITS);
	buf_putc(buf, ':');
	buf_u64(buf, rdev & ((1u << MINOR_BITS) - 1));
	buf_putc(buf, '>');
}

static void put_path(struct buf *buf, const struct target *target)
{
	put_text(buf, target);
	put_device(buf, target);
}

static void put_socket(struct buf *buf, const struct target *target)
{
	if (print_socket(buf, target->fd, target->utf8))
		return;
	buf_puts(buf, "socket");
	put_inode(buf, target);
}

static void put_pipe(struct buf *buf, const struct target *target)
{
	buf_puts(buf, "pipe");
	put_inode(buf, target);
}

static void put_namespace(struct buf *buf, const struct target *target)
{
	put_text(buf, target);
	put_inode(buf, target);
}

static void put_pidfd(struct buf *buf, const struct target *target)
{
	if (target->fd->rdev) {
		buf_puts(buf, "pid:");
		buf_u64(buf, target->fd->rdev);
	} else {
		buf_puts(buf, "anon_inode:[pidfd]");
	}
}

typedef void target_printer(struct buf *buf, const struct target *target);

static target_printer *const printers[EVENT_FILE_KINDS] = {
	[EVENT_FILE_PATH] = put_path,   [EVENT_FILE_SOCKET] = put_socket,
	[EVENT_FILE_PIPE] = put_pipe,   [EVENT_FILE_NAMESPACE] = put_namespace,
	[EVENT_FILE_PIDFD] = put_pidfd,
};

void print_fd_text(struct buf *buf, const struct event_fd *fd,
		   const struct event_file *file)
{
	static const struct event_file nothing = {0};
	const struct target target = {
		.fd = fd,
		.file = file ? file : &nothing,
		.plain = true,
	};
	if (fd->kind < EVENT_FILE_KINDS)
		printers[fd->kind](buf, &target);
}

bool print_fd_plain(struct buf *buf, const struct event_call *ev,
		    const struct print_fd_place *place,
		    const struct print_files *files)
{
	struct target target = {.plain = true};
	if (!find_target(&target, ev, place, files) ||
	    target.fd->kind >= EVENT_FILE_KINDS)
		return false;
	printers[target.fd->kind](buf, &target);
	if (target.fd->flags & EVENT_FD_DELETED)
		buf_puts(buf, " (deleted)");
	return true;
}

static void print_target(struct show *show, const struct print_fd_place *place)
{
	int fd = place->fd;
	struct buf *buf = show->buf;
	struct target target = {.utf8 = show->options->utf8};
	if (!find_target(&target, show->ev, place, &show->options->files) ||
	    target.fd->kind >= EVENT_FILE_KINDS)
		return;
	bool deleted = (target.fd->flags & EVENT_FD_DELETED) != 0;
	buf_putc(buf, '<');
	printers[target.fd->kind](buf, &target);
	/* A descriptor's is outside, a working directory's is as /proc has it.
	 */
	if (deleted && fd == PRINT_FD_CWD)
		buf_puts(buf, " (deleted)");
	buf_putc(buf, '>');
	if (deleted && fd != PRINT_FD_CWD)
		buf_puts(buf, "(deleted)");
}

void print_fd_target(struct show *show, int fd, enum event_phase phase)
{
	const struct print_fd_place place = {
		.fd = fd, .phase = phase, .arg = EVENT_ARGS};
	print_target(show, &place);
}

/* Of another process, perhaps. */
void print_fd_of(struct show *show, const struct show_arg *arg)
{
	const struct print_fd_place place = {
		.fd = (int)arg->value,
		.phase = arg->phase,
		.arg = show->argument,
	};
	buf_s64(show->buf, place.fd);
	print_target(show, &place);
}

void print_fd(struct show *show, const struct show_arg *arg)
{
	buf_s64(show->buf, (int32_t)arg->value);
	if ((int32_t)arg->value >= 0)
		print_fd_target(show, (int32_t)arg->value, arg->phase);
}

void print_dirfd(struct show *show, const struct show_arg *arg)
{
	if ((int32_t)arg->value != PRINT_FD_CWD) {
		print_fd(show, arg);
		return;
	}
	buf_puts(show->buf, "AT_FDCWD");
	print_fd_target(show, PRINT_FD_CWD, arg->phase);
}

void print_fan_dirfd(struct show *show, const struct show_arg *arg)
{
	if ((int32_t)arg->value == -1)
		buf_puts(show->buf, "FAN_NOFD"); /* linux/fanotify.h */
	else
		print_dirfd(show, arg);
}
