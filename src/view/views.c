/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "view/views.h"

#include <string.h>

/* clang-format off */
static const struct view views[] = {
	/* name, title, kind, columns, sort, drill, help, tab, empty, called, needs */
	{"syscalls", "Syscalls", ROW_SYSCALL,
	 "traced syscall class??? rate calls errors error_pct?? mean? p99??? max??? time? meaning",
	 "-rate", "events",
	 "every system call this kernel has: how often it is made, how it fares, whether its calls are shown",
	 true,
	 "No system call matches; take the search or filter away to see all.", false, NULL},
	{"processes", "Processes", ROW_PROCESS,
	 "pid user? comm rate error_rate time_pct top? blocked??? age_ns??? in_rate??? out_rate??? calls???? errors???? time???? threads???? status?? ended???? started???? cgroup???? cmdline???",
	 "-rate", "process",
	 "every process that runs or has run: how much it asks of the kernel",
	 true,
	 "No process matches; take the search or filter away to see all.", false, NULL},
	{"events", "Events", ROW_CALL,
	 "time_ns?? pid tid??? user???? comm syscall args result duration_ns?",
	 "", "detail",
	 "calls as they end: who made which call, with what, and what came of it",
	 true,
	 "No call yet: tick system calls in the Syscalls view and their calls show here.", false, NULL},
	{"blocked", "Blocked", ROW_BLOCKED,
	 "age_ns tid pid?? user???? comm? syscall args thread_comm???? time_ns????",
	 "-age_ns", "process",
	 "which thread is in which call right now, and for how long, whatever is ticked",
	 true,
	 "No thread is in a call: what is looked at runs, or has ended.", false, NULL},
	{"errors", "Errors", ROW_ERROR,
	 "pid user???? comm? syscall errno errors error_rate?? usual?? path?? args error_text????",
	 "-errors", "failures",
	 "which call of which process failed with which error, whatever is ticked",
	 true,
	 "No call has failed yet: failures are counted from now on, ticked or not.", false, NULL},
	{"files", "Files", ROW_FILE,
	 "path bytes_in bytes_out calls errors? time?? processes? rate???? mean???? max????",
	 "-bytes", "events",
	 "what is done with which file, pipe or socket, by the calls that are traced",
	 true,
	 "No traced call was about a file yet: tick read, write and what else uses files in the Syscalls view.", false, "read write"},
	{"latency", "Latency", ROW_SYSCALL,
	 "traced???? syscall calls?? p50??? p99? max??? hist rate???? mean???? time????",
	 "-calls", "durations",
	 "how long calls take: a histogram of each that was made, ticked or not, on a scale that doubles",
	 true,
	 "No call was made yet.", true, NULL},
	{"durations", "Durations", ROW_BUCKET,
	 "from to? calls share? bar?? heat",
	 "from", "events",
	 "how many calls of one kind took how long, and when",
	 false,
	 "This call was not made yet.", false, NULL},
	{"failures", "Failures", ROW_CALL,
	 "time_ns? tid??? path args?? duration_ns??",
	 "", "detail",
	 "calls that failed with the same error in one process, as they end: what they were about",
	 false,
	 "No such call came as a row: tick the system call in the Syscalls view and the next ones show here.", false, NULL},
	{"process", "Syscalls of a process", ROW_PAIR,
	 "syscall class??? rate calls errors error_pct?? time_pct? mean? max??? bytes??? time?? meaning",
	 "-rate", "events",
	 "what one process asks of the kernel, call by call",
	 false,
	 "This process has made no counted call yet.", false, NULL},
};
/* clang-format on */

size_t views_count(void)
{
	return sizeof(views) / sizeof(views[0]);
}

const struct view *views_at(size_t i)
{
	return &views[i];
}

const struct view *views_by_name(const char *name)
{
	for (size_t i = 0; i < views_count(); i++) {
		if (strcmp(views[i].name, name) == 0)
			return &views[i];
	}
	return NULL;
}
