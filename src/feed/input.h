/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bytes of a recording in order, from a file or a pipe; for replay.c. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct input {
	int fd;
	bool is_file;  /* it can be read anywhere */
	bool is_over;  /* nothing more comes */
	int error;     /* why; 0: that is the end */
	uint8_t *data; /* owned */
	size_t size;   /* of data */
	size_t begin, end;
	uint64_t at; /* of data[begin], from the first byte on */
};

/* FD becomes the input's.  At most MOST bytes are looked at together. */
void input_init(struct input *input, int fd, size_t most);
void input_done(struct input *input);

/* Makes the next SIZE bytes available, at input_bytes().  1: they are; 0: there
 * are fewer, and no more come; -EAGAIN: not yet. */
int input_need(struct input *input, size_t size);

/* The same, but waits for a pipe. */
int input_await(struct input *input, size_t size);

const uint8_t *input_bytes(const struct input *input);
size_t input_have(const struct input *input);

/* Goes on, in a file also behind what was read. */
void input_skip(struct input *input, uint64_t size);

/* Goes to a place in a file. */
void input_seek(struct input *input, uint64_t at);
