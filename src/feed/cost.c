/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/cost.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <stddef.h>
#include <time.h>

#include "bpf/control.h"
#include "bpf/trace.skel.h"

void cost_of_programs(const struct trace *skel, __u64 *ret_ns, __u64 *ret_runs)
{
	const struct bpf_program *const programs[] = {skel->progs.sys_enter,
						      skel->progs.sys_exit};
	uint64_t ns = 0, runs = 0;
	for (size_t i = 0; i < 2; i++) {
		struct bpf_prog_info info = {0};
		uint32_t size = sizeof(info);
		if (bpf_obj_get_info_by_fd(bpf_program__fd(programs[i]), &info,
					   &size))
			continue; /* then the cost stays unknown */
		ns += info.run_time_ns;
		runs += info.run_cnt;
	}
	*ret_ns = ns;
	*ret_runs = runs;
}

uint64_t cost_own_ns(void)
{
	struct timespec used;
	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID,
			    &used); /* cannot fail for this clock */
	return (uint64_t)used.tv_sec * 1000000000u + (uint64_t)used.tv_nsec;
}
