/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/walk.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "bpf/event.h"

/* Runs an iterator to its end; its output goes to TAKE, if any, event by event.
 */
int walk_tasks(struct bpf_link *link, const struct sink *to, struct err *err)
{
	int fd = bpf_iter_create(bpf_link__fd(link));
	if (fd < 0)
		return err_set(err, fd, "cannot walk over the tasks: %s",
			       strerror(-fd));
	struct event_task ev;
	unsigned char bytes[64 * sizeof(ev)];
	size_t used = 0;
	ssize_t got;
	while ((got = read(fd, bytes + used, sizeof(bytes) - used)) != 0) {
		if (got < 0 && (errno == EAGAIN || errno == EINTR))
			continue;
		if (got < 0)
			break;
		used += (size_t)got;
		size_t at = 0;
		for (; to && used - at >= sizeof(ev); at += sizeof(ev)) {
			memcpy(&ev, bytes + at, sizeof(ev));
			sink_put(to, &ev.h);
		}
		if (!to)
			at = used;
		memmove(bytes, bytes + at, used - at);
		used -= at;
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
