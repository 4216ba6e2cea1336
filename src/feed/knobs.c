/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/knobs.h"

#include <bpf/libbpf.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "abi/syscall.h"
#include "base/err.h"
#include "bpf/control.h"
#include "bpf/trace.skel.h"
#include "base/glob.h"
#include "feed/live.h"

/* A hash element with key, value and what the kernel adds. */
#define COUNT_BYTES_EACH 160
#define ERROR_BYTES_EACH 96
#define ERROR_SHARE      8 /* of the budget: one in so many bytes */
#define COUNT_LEAST      64

static void set_numbers(struct trace *skel, const struct catalogue *cat)
{
	static const char *const names[] = {"execve", "execveat"};
	for (unsigned i = 0; i < 2; i++) {
		uint32_t index = catalogue_by_name(cat, names[i]);
		for (int compat = 0; compat < 2; compat++)
			skel->rodata->knob_execve[compat][i] =
				index == SYSCALL_NONE
					? EVENT_NR_NONE
					: (uint32_t)catalogue_nr(cat, index,
								 compat);
	}
}

static int set_filter(struct trace *skel, const struct live_config *config,
		      struct err *err)
{
	const struct live_filter *filter = &config->filter;
	skel->rodata->knob_follow = filter->follow;
	skel->rodata->knob_targets =
		filter->pid_count || filter->tid_count || config->command_pid;
	skel->rodata->knob_user = filter->uid >= 0;
	skel->rodata->knob_uid = (uint32_t)filter->uid;
	skel->rodata->knob_cgroup = filter->cgroup;
	skel->rodata->knob_outcome = filter->outcome;
	skel->rodata->knob_min_ns = filter->min_ns;
	skel->rodata->knob_errno = filter->errno_count != 0;
	for (size_t i = 0; i < filter->errno_count; i++) {
		unsigned code = (unsigned)filter->errnos[i] % CONTROL_ERRNOS;
		skel->rodata->knob_errnos[code / 64] |= 1ull << code % 64;
	}
	if (!filter->comm_glob)
		return 0;
	struct glob glob;
	int code = glob_compile(&glob, filter->comm_glob, err);
	if (code)
		return code;
	skel->rodata->knob_comm = true;
	memcpy(skel->rodata->knob_glob.accepts, glob.accepts,
	       sizeof(glob.accepts));
	skel->rodata->knob_glob.loops = glob.loops;
	skel->rodata->knob_glob.final = glob.final;
	return 0;
}

static uint32_t at_least(uint64_t count)
{
	return count > COUNT_LEAST ? (uint32_t)count : COUNT_LEAST;
}

int knobs_set(struct trace *skel, const struct live_config *config, int cpus,
	      struct err *err)
{
	struct stat ns;
	if (stat("/proc/self/ns/pid", &ns))
		return err_set(err, -errno,
			       "cannot find the PID namespace: "
			       "/proc/self/ns/pid: %s; mount /proc",
			       strerror(errno));
	skel->rodata->knob_ns_inum = (uint32_t)ns.st_ino;
	skel->rodata->knob_own_since_ns = config->own_since_ns;
	skel->rodata->knob_fds = config->fds;
	skel->rodata->knob_remarks = config->remarks;
	skel->rodata->knob_page_size = (uint64_t)sysconf(_SC_PAGESIZE);
	if (bpf_program__set_autoload(skel->progs.signal_deliver,
				      config->remarks))
		return err_set(err, -EINVAL, "cannot choose the BPF programs");
	skel->rodata->knob_path_life = (uint32_t)(config->path_count / 2);
	set_numbers(skel, config->catalogue);
	uint64_t for_errors = config->count_bytes / ERROR_SHARE;
	uint64_t errors = for_errors / ERROR_BYTES_EACH;
	uint64_t pairs = (config->count_bytes - for_errors) / COUNT_BYTES_EACH;
	bool paths = (config->fds != LIVE_FDS_NONE || config->stacks) &&
		     config->path_count;
	if (bpf_map__set_max_entries(skel->maps.rings, (uint32_t)cpus) ||
	    bpf_map__set_max_entries(skel->maps.paths,
				     paths ? (uint32_t)config->path_count
					   : 1) ||
	    bpf_map__set_max_entries(skel->maps.counts, at_least(pairs)) ||
	    bpf_map__set_max_entries(skel->maps.errors, at_least(errors)))
		return err_set(
			err, -EINVAL,
			"cannot size the counters; use another --count-memory");
	return set_filter(skel, config, err);
}
