/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes as a recording: it opens or is refused, and what it has is
 * well-formed.  Most inputs get right checksums, else nothing would come
 * through.
 */
#include "config.h"

#include "feed/replay.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "abi/decode.h"
#include "abi/syscall.h"
#include "app/facts.h"
#include "base/err.h"
#include "bpf/event.h"
#include "feed/merge.h"
#include "feed/recording.h"

#define HEADER sizeof(struct recording_header)
#define HEAD   sizeof(struct recording_block)
#define JUMPS  5

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void repair(uint8_t *data, size_t size)
{
	struct recording_header header;
	struct recording_block block;
	if (size < HEADER)
		return;
	memcpy(&header, data, HEADER);
	recording_seal_header(&header);
	memcpy(data, &header, HEADER);
	for (size_t at = HEADER; size - at >= HEAD;) {
		at += recording_find_block(data + at, size - at);
		if (size - at < HEAD)
			return;
		memcpy(&block, data + at, HEAD);
		size_t rest = size - at - HEAD;
		if (block.stored > rest)
			block.stored = (uint32_t)rest;
		if (block.codec == RECORDING_PLAIN)
			block.raw = block.stored;
		block.data_crc = recording_crc(data + at + HEAD, block.stored);
		recording_seal_block(&block);
		memcpy(data + at, &block, HEAD);
		at += HEAD + block.stored;
	}
}

static void put(void *self, const struct event *ev)
{
	assert(decode_is_sane(ev, ev->size));
	++*(unsigned *)self;
}

static void tell_gap(void *self, const struct replay_gap *gap)
{
	(void)self;
	assert(gap->why <= REPLAY_OPEN);
}

static void use_facts(const struct replay *replay)
{
	struct facts facts;
	struct catalogue *cat = NULL;
	size_t size = 0;
	const char *text = replay_facts(replay, &size);
	facts_parse(&facts, text, size);
	const struct catalogue_config config = {.events_fd = -1,
						.carried = &facts.carried};
	assert(catalogue_new(&cat, &config, NULL) == 0);
	catalogue_free(cat);
	facts_done(&facts);
}

/* Back and forth, with what is read in between. */
static void jump(struct replay *replay, const struct sink *sink)
{
	uint64_t first_ns = 0;
	uint64_t last_ns = 0;
	if (!replay_span(replay, &first_ns, &last_ns))
		return;
	assert(first_ns <= last_ns);
	for (unsigned i = 0; i < JUMPS; i++) {
		uint64_t part = (last_ns - first_ns) / JUMPS;
		uint64_t to_ns = first_ns + part * (i * 3 % JUMPS);
		assert(replay_seek(replay, to_ns) == 0);
		(void)replay_pump(replay, sink, 100, to_ns);
		(void)replay_peek_ns(replay);
	}
}

static void read_file(const char *path)
{
	unsigned events = 0;
	struct err err = {0};
	struct replay *replay = NULL;
	const struct replay_config config = {.path = path, .gap = tell_gap};
	const struct sink sink = {.put = put, .self = &events};
	if (replay_open(&replay, &config, &err) < 0) {
		assert(err.code < 0 && err.text[0]);
		return;
	}
	use_facts(replay);
	while (!replay_is_over(replay))
		(void)replay_pump(replay, &sink, 3, UINT64_MAX);
	jump(replay, &sink);
	replay_close(replay);
}

/* The same as of two hosts. */
static void merge_files(const char *path)
{
	const struct merge_source sources[] = {{.path = path}, {.path = path}};
	unsigned events = 0;
	struct merge *merge = NULL;
	const struct merge_config config = {
		.sources = sources,
		.count = 2,
		.option = "-r",
	};
	const struct sink sink = {.put = put, .self = &events};
	if (merge_open(&merge, &config, NULL) < 0)
		return;
	while (!merge_is_over(merge))
		(void)merge_pump(merge, &sink, 3, UINT64_MAX);
	merge_close(merge);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char path[64];
	int fd = memfd_create("fuzz", MFD_CLOEXEC);
	uint8_t *copy = malloc(size ? size : 1);
	memcpy(copy, data, size);
	if (size == 0 || data[size - 1] % 8)
		repair(copy, size);
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd); /* fits */
	if (fd >= 0 && write(fd, copy, size) == (ssize_t)size)
		read_file(path);
	if (fd >= 0)
		merge_files(path);
	(void)close(fd); /* in memory */
	free(copy);
	return 0;
}
