/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/out.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/xalloc.h"

#define OUT_SIZE ((size_t)64 << 10) /* what one write(2) takes at most */

void out_init(struct out *out, int fd)
{
	struct stat st;
	bool is_pipe = fstat(fd, &st) == 0 &&
		       (S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode));
	*out = (struct out){
		.fd = fd,
		.is_pipe = is_pipe,
		.data = xmalloc(OUT_SIZE + OUT_LINE_LIMIT),
	};
}

void out_done(struct out *out)
{
	free(out->data);
	*out = (struct out){0};
}

bool out_has_room(const struct out *out)
{
	return out->len < OUT_SIZE;
}

void out_begin(struct out *out, struct buf *line)
{
	buf_init(line, out->data + out->len, OUT_LINE_LIMIT);
}

void out_commit(struct out *out, const struct buf *line)
{
	out->len += line->len;
	if (line->cut)
		out->data[out->len - 1] = '\n';
}

static bool is_ready(const struct out *out)
{
	struct pollfd fd = {.fd = out->fd, .events = POLLOUT};
	return poll(&fd, 1, 0) != 0; /* an error shows when we write */
}

int out_flush(struct out *out)
{
	while (out->sent < out->len) {
		size_t size = out->len - out->sent;
		if (out->is_pipe) {
			if (!is_ready(out))
				return -EAGAIN;
			size = size < PIPE_BUF ? size : PIPE_BUF;
		}
		ssize_t n = write(out->fd, out->data + out->sent, size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		out->sent += (size_t)n;
	}
	out->len = out->sent = 0;
	return 0;
}
