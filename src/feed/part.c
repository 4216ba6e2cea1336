/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/part.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/xalloc.h"
#include "feed/record.h"

/* The first has the name that was given, those after it a number behind. */
static int name_of(char name[PATH_MAX], const char *path, uint32_t number)
{
	int n = number ? snprintf(name, PATH_MAX, "%s.%u", path, number)
		       : snprintf(name, PATH_MAX, "%s", path);
	return n < 0 || n >= PATH_MAX ? -ENAMETOOLONG : 0;
}

static int make_file(struct part *part, const struct record_config *config,
		     uint32_t number, struct err *err)
{
	char name[PATH_MAX];
	int code = name_of(name, config->path, number);
	part->is_file = part->is_ours = true;
	if (code)
		return err_set(err, code, "cannot record into '%.300s': %s",
			       config->path, strerror(-code));
	int fd = config->make
			 ? config->make(config->self, name, err)
			 : record_make(name, config->owner, config->group, err);
	if (fd < 0)
		return fd;
	part->fd = fd;
	return 0;
}

static int take_stdout(struct part *part, struct err *err)
{
	struct stat st;
	part->fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	if (part->fd < 0)
		return err_set(err, -errno,
			       "cannot record to standard output (-w -): %s",
			       strerror(errno));
	if (isatty(part->fd))
		return err_set(err, -EINVAL,
			       "cannot record to a terminal (-w -); use -w "
			       "FILE, or a pipe");
	part->is_file = fstat(part->fd, &st) == 0 && S_ISREG(st.st_mode);
	return 0;
}

int part_open(struct part *part, const struct record_config *config,
	      uint32_t number, struct err *err)
{
	*part = (struct part){.fd = -1, .stop_fd = config->stop_fd};
	int code = strcmp(config->path, "-") == 0
			   ? take_stdout(part, err)
			   : make_file(part, config, number, err);
	if (code && part->fd >= 0) {
		(void)close(part->fd); /* nothing was written */
		part->fd = -1;
	}
	return code;
}

/* Until the reader of a pipe has room; a signal that ends us ends the wait. */
static int wait_for_reader(const struct part *part)
{
	struct pollfd fds[] = {
		{.fd = part->fd, .events = POLLOUT},
		{.fd = part->stop_fd, .events = POLLIN},
	};
	while (poll(fds, 2, -1) < 0) {
		if (errno != EINTR)
			return -errno;
	}
	return fds[0].revents ? 0 : -ECANCELED;
}

static int write_all(const struct part *part, const char *data, size_t size)
{
	while (size) {
		int code = part->is_file ? 0 : wait_for_reader(part);
		if (code)
			return code;
		/* A pipe that is ready takes so much without waiting. */
		size_t most =
			part->is_file || size < PIPE_BUF ? size : PIPE_BUF;
		ssize_t n = write(part->fd, data, most);
		if (n < 0 && errno != EINTR && errno != EAGAIN)
			return -errno;
		if (n > 0) {
			data += n;
			size -= (size_t)n;
		}
	}
	return 0;
}

int part_write(struct part *part, const void *data, size_t size)
{
	int code = write_all(part, data, size);
	if (code == 0)
		part->size += size;
	return code;
}

static void note_block(struct part *part, const struct recording_block *block)
{
	size_t count = part->entry_count;
	if (count == 0 || (count >= 64 && (count & (count - 1)) == 0))
		part->entries = xrealloc(part->entries,
					 (count ? 2 * count : 64) *
						 sizeof(part->entries[0]));
	part->entries[part->entry_count++] = (struct recording_entry){
		.at = part->size,
		.first_ns = block->first_ns,
		.last_ns = block->last_ns,
		.events = block->events,
		.kind = block->kind,
	};
}

int part_write_block(struct part *part, struct recording_block *block,
		     const void *data)
{
	block->sequence = part->sequence;
	recording_seal_block(block);
	int code = write_all(part, (const void *)block, sizeof(*block));
	if (code == 0)
		code = write_all(part, data, block->stored);
	if (code) {
		/* Half a block would only be damage. */
		if (part->is_ours &&
		    ftruncate(part->fd, (off_t)part->size) == 0)
			(void)lseek(part->fd, (off_t)part->size, SEEK_SET);
		return code;
	}
	part->sequence++;
	note_block(part, block);
	part->size += sizeof(*block) + block->stored;
	return 0;
}

void part_forget(const struct record_config *config, uint32_t count)
{
	char name[PATH_MAX];
	if (config->keep == 0 || count <= config->keep)
		return;
	uint32_t number = count - 1 - (uint32_t)config->keep;
	if (name_of(name, config->path, number) == 0)
		(void)unlink(name); /* somebody may have been faster */
}

int part_close(struct part *part)
{
	int code = close(part->fd) < 0 ? -errno : 0;
	part->fd = -1;
	free(part->entries);
	part->entries = NULL;
	part->entry_count = 0;
	return code;
}

void part_done(struct part *part)
{
	if (part->fd >= 0)
		(void)part_close(part); /* it has failed before */
	free(part->entries);
	part->entries = NULL;
}
