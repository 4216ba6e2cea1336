/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/input.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/xalloc.h"

#define READ_SIZE 65536u /* at once */

void input_init(struct input *input, int fd, size_t most)
{
	struct stat st;
	*input = (struct input){
		.fd = fd,
		.is_file = fstat(fd, &st) == 0 && S_ISREG(st.st_mode),
		.size = most + READ_SIZE,
	};
	input->data = xmalloc(input->size);
}

void input_done(struct input *input)
{
	if (input->data)
		(void)close(input->fd); /* it was only read */
	free(input->data);
	*input = (struct input){.fd = -1};
}

static bool is_ready(const struct input *input, int timeout_ms)
{
	struct pollfd fd = {.fd = input->fd, .events = POLLIN};
	return input->is_file || poll(&fd, 1, timeout_ms) > 0;
}

/* What cannot be read ends it as the end does: what came before counts. */
static void fill(struct input *input)
{
	memmove(input->data, input_bytes(input), input_have(input));
	input->end -= input->begin;
	input->begin = 0;
	uint8_t *to = input->data + input->end;
	size_t room = input->size - input->end;
	ssize_t n = input->is_file ? pread(input->fd, to, room,
					   (off_t)(input->at + input->end))
				   : read(input->fd, to,
					  room < READ_SIZE ? room : READ_SIZE);
	if (n > 0) {
		input->end += (size_t)n;
	} else if (n == 0 || (errno != EINTR && errno != EAGAIN)) {
		input->error = n < 0 ? -errno : 0;
		input->is_over = true;
	}
}

static int need(struct input *input, size_t size, int timeout_ms)
{
	while (input_have(input) < size && !input->is_over) {
		if (!is_ready(input, timeout_ms))
			return -EAGAIN;
		fill(input);
	}
	return input_have(input) >= size;
}

int input_need(struct input *input, size_t size)
{
	return need(input, size, 0);
}

int input_await(struct input *input, size_t size)
{
	return need(input, size, -1);
}

const uint8_t *input_bytes(const struct input *input)
{
	return input->data + input->begin;
}

size_t input_have(const struct input *input)
{
	return input->end - input->begin;
}

void input_skip(struct input *input, uint64_t size)
{
	size_t have = input_have(input);
	size_t step = size < have ? (size_t)size : have;
	input->begin += step;
	input->at += step;
	if (step < size)
		input_seek(input, input->at + (size - step));
}

void input_seek(struct input *input, uint64_t at)
{
	input->begin = input->end = 0;
	input->at = at;
	input->is_over = false;
}
