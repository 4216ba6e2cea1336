/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/learn.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "abi/named.h"
#include "abi/syscall.h"
#include "base/err.h"
#include "base/xalloc.h"
#include "bpf/control.h"
#include "bpf/trace.skel.h"
#include "feed/sink.h"

struct learn {
	struct catalogue *catalogue;
	struct control_unnumbered *shared; /* with the programs */
	unsigned count;
	struct {
		uint32_t index;
		struct bpf_link *link;
		uint32_t nr_plus_1; /* that the catalogue knows; 0: none */
		bool told;          /* as an event */
	} at[CONTROL_UNNUMBERED];
};

/* The tracepoint's number, from its file "id"; negative errno. */
static long tracepoint_id(int events_fd, const char *name)
{
	char path[256], text[32];
	(void)snprintf(path, sizeof(path), "sys_enter_%s/id",
		       name); /* a cut name is not found */
	int fd = openat(events_fd, path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	ssize_t got = read(fd, text, sizeof(text) - 1);
	(void)close(fd); /* nothing was written */
	if (got <= 0)
		return -EIO;
	text[got] = '\0';
	return strtol(text, NULL, 10);
}

static int attach(struct learn *learn, struct trace *skel, int events_fd,
		  struct err *err)
{
	unsigned slot = learn->count;
	const struct syscall *sc =
		catalogue_get(learn->catalogue, learn->at[slot].index);
	long id = tracepoint_id(events_fd, sc->kernel_name);
	if (id < 0)
		return err_set(err, (int)id,
			       "cannot find the tracepoint of %s: %s", sc->name,
			       strerror((int)-id));
	struct perf_event_attr attr = {
		.type = PERF_TYPE_TRACEPOINT,
		.size = sizeof(attr),
		.config = (uint64_t)id,
		.sample_period = 1,
	};
	/* One event on one CPU: a program attached to it runs on all. */
	int fd = (int)syscall(SYS_perf_event_open, &attr, -1, 0, -1,
			      PERF_FLAG_FD_CLOEXEC);
	if (fd < 0)
		return err_set(err, -errno,
			       "cannot attach to the tracepoint of %s: %s",
			       sc->name, strerror(errno));
	const struct bpf_perf_event_opts options = {
		.sz = sizeof(options),
		.bpf_cookie = slot,
	};
	struct bpf_link *link = bpf_program__attach_perf_event_opts(
		skel->progs.learn, fd, &options);
	if (!link) {
		int code = -errno;
		(void)close(fd); /* nothing was written */
		return err_set(err, code,
			       "cannot attach to the tracepoint of %s: %s",
			       sc->name, strerror(-code));
	}
	learn->at[slot].link = link;
	learn->count++;
	return 0;
}

int learn_new(struct learn **ret, struct trace *skel,
	      struct catalogue *catalogue, int events_fd, struct err *err)
{
	struct learn *learn = xcalloc(1, sizeof(*learn));
	learn->catalogue = catalogue;
	learn->shared = skel->data_descs->unnumbered;
	int code = 0;
	for (uint32_t i = 0;
	     i < catalogue_count(catalogue) && events_fd >= 0 && !code; i++) {
		if (catalogue_get(catalogue, i)->presence !=
			    SYSCALL_UNNUMBERED ||
		    learn->count == CONTROL_UNNUMBERED)
			continue;
		learn->at[learn->count].index = i;
		code = attach(learn, skel, events_fd, err);
	}
	if (code)
		learn_free(learn);
	else
		*ret = learn;
	return code;
}

void learn_free(struct learn *learn)
{
	if (!learn)
		return;
	for (unsigned i = 0; i < learn->count; i++)
		(void)bpf_link__destroy(
			learn->at[i].link); /* gone either way */
	free(learn);
}

struct control_desc *learn_desc(const struct learn *learn, uint32_t index)
{
	for (unsigned i = 0; i < learn->count; i++)
		if (learn->at[i].index == index)
			return &learn->shared[i].desc;
	return NULL;
}

void learn_poll(struct learn *learn, struct control_desc *descs, bool *listed)
{
	for (unsigned i = 0; i < learn->count; i++) {
		uint32_t nr = __atomic_load_n(&learn->shared[i].nr_plus_1,
					      __ATOMIC_ACQUIRE);
		if (!nr || learn->at[i].nr_plus_1)
			continue;
		catalogue_learn(learn->catalogue, learn->at[i].index, nr - 1);
		learn->at[i].nr_plus_1 = nr;
		uint32_t place = control_place(nr - 1, false);
		descs[place] = learn->shared[i].desc;
		listed[place] = true;
	}
}

void learn_tell(struct learn *learn, uint64_t now_ns, const struct sink *to)
{
	for (unsigned i = 0; i < learn->count; i++) {
		struct named named;
		if (!learn->at[i].nr_plus_1 || learn->at[i].told)
			continue;
		const struct syscall *sc =
			catalogue_get(learn->catalogue, learn->at[i].index);
		named_init(&named, EVENT_NUMBER, now_ns, sc->name,
			   learn->at[i].nr_plus_1 - 1);
		sink_put(to, &named.ev.h);
		learn->at[i].told = true;
	}
}
