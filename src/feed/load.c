/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/load.h"

#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "bpf/control.h"
#include "bpf/trace.skel.h"
#include "feed/live.h"

static int keep_quiet(enum libbpf_print_level level, const char *format,
		      va_list args)
{
	(void)level;
	(void)format;
	(void)args;
	return 0;
}

static int refuse(int code, struct err *err)
{
	return err_set(err, code,
		       "cannot load the BPF programs: %s; sctop --check tells "
		       "what is missing",
		       strerror(-code));
}

int load_open(struct trace **ret, struct err *err)
{
	(void)libbpf_set_print(
		keep_quiet); /* returns the old one, which nobody needs */
	struct trace *skel = trace__open();
	if (!skel)
		return refuse(-errno, err);
	*ret = skel;
	return 0;
}

int load_load(struct trace *skel, struct err *err)
{
	int code = trace__load(skel);
	return code ? refuse(code, err) : 0;
}

/* One of the two tracepoints is there since Linux 5.5; that of the other is
 * not, and without both nothing but a number is missing. */
static void attach_uring(struct trace *skel)
{
	skel->links.uring_request =
		bpf_program__attach(skel->progs.uring_request);
	if (!skel->links.uring_request)
		skel->links.uring_sqe =
			bpf_program__attach(skel->progs.uring_sqe);
}

int load_attach(struct trace *skel, struct err *err)
{
	struct bpf_program *const programs[] = {
		skel->progs.task_fork,      skel->progs.task_exec,
		skel->progs.task_exit,      skel->progs.task_rename,
		skel->progs.cgroup_attach,  skel->progs.signal_generate,
		skel->progs.signal_deliver, skel->progs.sys_enter,
		skel->progs.sys_exit,
	};
	struct bpf_link **const links[] = {
		&skel->links.task_fork,      &skel->links.task_exec,
		&skel->links.task_exit,      &skel->links.task_rename,
		&skel->links.cgroup_attach,  &skel->links.signal_generate,
		&skel->links.signal_deliver, &skel->links.sys_enter,
		&skel->links.sys_exit,
	};
	for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++) {
		if (!bpf_program__autoload(programs[i]))
			continue;
		struct bpf_link *link = bpf_program__attach(programs[i]);
		if (!link)
			return err_set(err, -errno,
				       "cannot attach program %s: %s; see "
				       "sctop --check",
				       bpf_program__name(programs[i]),
				       strerror(errno));
		*links[i] = link;
	}
	attach_uring(skel);
	return 0;
}
