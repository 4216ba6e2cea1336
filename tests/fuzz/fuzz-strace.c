/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any bytes behind a line of strace's: what comes of them is well-formed, can
 * be shown, and is the same when it is read again.
 */
#include "config.h"

#include "feed/replay.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "abi/abi.h"
#include "abi/decode.h"
#include "abi/remark.h"
#include "abi/syscall.h"
#include "base/buf.h"
#include "base/err.h"
#include "bpf/event.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct seen {
	struct catalogue *cat;
	unsigned events;
};

static void put(void *self, const struct event *ev)
{
	static const struct decode_options options = {.string_limit = 32};
	struct seen *seen = self;
	const struct event_call *call = (const void *)ev;
	char text[DECODE_ROOM];
	struct buf buf;
	assert(decode_is_sane(ev, ev->size));
	seen->events++;
	buf_init(&buf, text, sizeof(text));
	for (size_t i = 0; i < remark_lines(ev); i++)
		remark_print(&buf, ev, i, ABI_X86_64);
	if (ev->kind != EVENT_CALL)
		return;
	uint32_t index = catalogue_by_nr(seen->cat, call->nr, ev->compat);
	decode_call(&buf, catalogue_get(seen->cat, index), call, &options);
	for (size_t i = 0; i < buf.len; i++)
		assert((text[i] >= ' ' && text[i] <= '~'));
}

static void tell_gap(void *self, const struct replay_gap *gap)
{
	(void)self;
	assert(gap->why == REPLAY_UNREAD || gap->why == REPLAY_UNENDED);
	assert(gap->events > 0);
}

static unsigned read_all(struct replay *replay, struct catalogue *cat)
{
	struct seen seen = {.cat = cat};
	const struct sink sink = {.put = put, .self = &seen};
	while (!replay_is_over(replay))
		(void)replay_pump(replay, &sink, 3, UINT64_MAX);
	return seen.events;
}

/* Made once: that takes longer than all else. */
static struct catalogue *catalogue(void)
{
	static struct catalogue *cat;
	const struct catalogue_config config = {.events_fd = -1,
						.native = ABI_X86_64};
	if (!cat)
		assert(catalogue_new(&cat, &config, NULL) == 0);
	return cat;
}

static void read_file(const char *path)
{
	const struct replay_config config = {.path = path, .gap = tell_gap};
	struct err err = {0};
	struct replay *replay = NULL;
	struct catalogue *cat = catalogue();
	uint64_t first_ns = 0;
	uint64_t last_ns = 0;
	assert(replay_open(&replay, &config, &err) == 0);
	replay_use(replay, cat);
	unsigned events = read_all(replay, cat);
	assert(replay_span(replay, &first_ns, &last_ns));
	assert(first_ns <= last_ns);
	assert(replay_seek(replay, last_ns) == 0);
	assert(read_all(replay, cat) == events);
	replay_close(replay);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char line[] = "7 close(3) = 0\n";
	char path[64];
	int fd = memfd_create("fuzz", MFD_CLOEXEC);
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd); /* fits */
	for (size_t i = 0; i < size; i++) {
		if (data[i] == '\0')
			size = i; /* it would be no text at all */
	}
	if (fd >= 0 && write(fd, line, sizeof(line) - 1) > 0 &&
	    write(fd, data, size) == (ssize_t)size)
		read_file(path);
	(void)close(fd); /* in memory */
	return 0;
}
