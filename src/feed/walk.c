/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/walk.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "bpf/event.h"

#define WALK_BYTES (8 * EVENT_SIZE_LIMIT)

/* Hands over the whole events at BYTES; how many bytes these are. */
static size_t take_events(const unsigned char *bytes, size_t size,
			  const struct sink *to)
{
	size_t at = 0;
	struct event head;
	while (size - at >= sizeof(head)) {
		uint64_t event[EVENT_SIZE_LIMIT / sizeof(uint64_t)];
		memcpy(&head, bytes + at, sizeof(head));
		if (head.size > size - at || head.size > sizeof(event))
			break;
		memcpy(event, bytes + at, head.size);
		sink_put(to, (const struct event *)event);
		at += head.size;
	}
	return at;
}

/* Runs an iterator to its end; its output goes to TAKE, if any, event by event.
 */
int walk_tasks(struct bpf_link *link, const struct sink *to, struct err *err)
{
	int fd = bpf_iter_create(bpf_link__fd(link));
	if (fd < 0)
		return err_set(err, fd, "cannot walk over the tasks: %s",
			       strerror(-fd));
	unsigned char bytes[WALK_BYTES];
	size_t used = 0;
	ssize_t got;
	while ((got = read(fd, bytes + used, sizeof(bytes) - used)) != 0) {
		if (got < 0 && (errno == EAGAIN || errno == EINTR))
			continue;
		if (got < 0)
			break;
		used += (size_t)got;
		size_t taken = to ? take_events(bytes, used, to) : used;
		memmove(bytes, bytes + taken, used - taken);
		used -= taken;
	}
	int code = got < 0 ? -errno : 0;
	(void)close(fd); /* nothing was written */
	return code ? err_set(err, code, "cannot walk over the tasks: %s",
			      strerror(-code))
		    : 0;
}

int walk_tasks_once(struct bpf_program *prog, struct err *err)
{
	struct bpf_link *link = bpf_program__attach_iter(prog, NULL);
	if (!link)
		return err_set(err, -errno,
			       "cannot attach a walk over the tasks: %s",
			       strerror(errno));
	int code = walk_tasks(link, NULL, err);
	(void)bpf_link__destroy(link); /* its descriptor is gone either way */
	return code;
}
