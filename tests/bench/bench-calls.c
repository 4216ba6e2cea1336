/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a system call costs when sctop looks at it: the kernel's own run-time
 * statistics of the two programs, per call, net of what the statistics
 * themselves add (an empty program on the same tracepoints).  Root only.
 */
#include "config.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fanotify.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "abi/syscall.h"
#include "base/err.h"
#include "bpf/event.h"
#include "feed/live.h"

#define ROUNDS 7
#define CALLS  200003

enum call {
	CALL_GETUID,
	CALL_GETPPID,
	CALL_GETGID,
	CALL_ACCESS,
	CALL_MARK,
	CALL_MARK_FAILED,
	CALL_LISTEN,
	CALL_GETSID,
	CALLS_COUNT,
};

/* What is measured, in the order of its level of descriptors; "off" is a call
 * that was never on. */
static const struct {
	enum live_fds fds;
	enum call call;
	const char *what;
	int limit_ns;
} cases[] = {
	{LIVE_FDS_NONE, CALL_GETUID, "off", 20},
	{LIVE_FDS_NONE, CALL_GETPPID, "counted", 200},
	{LIVE_FDS_NONE, CALL_GETGID, "traced, no text", 450},
	{LIVE_FDS_NONE, CALL_ACCESS, "traced, one path", 0},
	{LIVE_FDS_ALL, CALL_MARK, "traced, one path, two descriptors", 700},
	{LIVE_FDS_ALL, CALL_MARK_FAILED, "the same, failed, and counted so", 0},
	{LIVE_FDS_ALL, CALL_LISTEN, "traced, one socket", 0},
	{LIVE_FDS_ALL, CALL_GETSID, "traced, no text, its stack", 0},
};

#define CASES (sizeof(cases) / sizeof(cases[0]))

enum program {
	PROGRAM_ENTER,
	PROGRAM_EXIT,
	PROGRAM_EMPTY_ENTER,
	PROGRAM_EMPTY_EXIT,
	PROGRAMS,
};

struct cost {
	uint64_t ns;
	uint64_t runs;
};

static void fail(const char *what)
{
	fprintf(stderr, "bench-calls: %s: %s\n", what, strerror(errno));
	exit(1);
}

struct files {
	int file, directory, socket, group;
};

static void make(enum call call, const struct files *files)
{
	switch (call) {
	case CALL_GETUID:
		syscall(SYS_getuid);
		break;
	case CALL_GETPPID:
		syscall(SYS_getppid);
		break;
	case CALL_GETGID:
		syscall(SYS_getgid);
		break;
	case CALL_ACCESS:
		syscall(SYS_faccessat, AT_FDCWD, "/usr/share/doc", 0);
		break;
	case CALL_MARK:
		syscall(SYS_fanotify_mark, files->group, FAN_MARK_ADD,
			(uint64_t)FAN_CLOSE_WRITE, files->directory,
			"/usr/share/doc");
		break;
	case CALL_MARK_FAILED: /* the first is no such descriptor */
		syscall(SYS_fanotify_mark, files->file, FAN_MARK_ADD,
			(uint64_t)FAN_CLOSE_WRITE, files->directory,
			"/usr/share/doc");
		break;
	case CALL_LISTEN:
		syscall(SYS_listen, files->socket, 1);
		break;
	case CALL_GETSID:
		syscall(SYS_getsid, 0);
		break;
	case CALLS_COUNT:
		break;
	}
}

/* The traced process: makes CALLS of what it is told, and says when. */
static _Noreturn void work(int in, int out)
{
	unsigned char call;
	const struct files files = {
		.file = open("/proc/self/status", O_RDONLY),
		.directory = open("/usr/share", O_RDONLY),
		.socket = socket(AF_INET, SOCK_STREAM, 0),
		.group = fanotify_init(FAN_CLASS_NOTIF, 0),
	};
	if (files.group < 0)
		fail("fanotify_init");
	while (read(in, &call, 1) == 1) {
		for (int i = 0; i < CALLS; i++)
			make((enum call)call, &files);
		if (write(out, &call, 1) != 1)
			break;
	}
	_exit(0);
}

static int attach_empty(const char *tracepoint)
{
	const struct bpf_insn insns[] = {
		{.code = BPF_ALU64 | BPF_MOV | BPF_K},
		{.code = BPF_JMP | BPF_EXIT},
	};
	int id = libbpf_find_vmlinux_btf_id(tracepoint, BPF_TRACE_RAW_TP);
	struct bpf_prog_load_opts options = {
		.sz = sizeof(options),
		.expected_attach_type = BPF_TRACE_RAW_TP,
		.attach_btf_id = (uint32_t)id,
	};
	int fd = bpf_prog_load(BPF_PROG_TYPE_TRACING, "empty", "GPL", insns, 2,
			       &options);
	if (fd < 0 || bpf_raw_tracepoint_open(NULL, fd) < 0)
		fail("cannot attach an empty program");
	return fd;
}

#define FDS_LIMIT 256 /* of this process */

/* Our own program of that name: others may run sctop too. */
static int find_program(const char *name)
{
	for (int fd = 0; fd < FDS_LIMIT; fd++) {
		struct bpf_prog_info info = {0};
		uint32_t size = sizeof(info);
		if (!bpf_obj_get_info_by_fd(fd, &info, &size) &&
		    info.type == BPF_PROG_TYPE_TRACING &&
		    strcmp(info.name, name) == 0)
			return fd;
	}
	fprintf(stderr, "bench-calls: there is no program %s\n", name);
	exit(1);
}

static struct cost read_cost(int fd)
{
	struct bpf_prog_info info = {0};
	uint32_t size = sizeof(info);
	if (bpf_obj_get_info_by_fd(fd, &info, &size))
		fail("cannot read a program's statistics");
	return (struct cost){.ns = info.run_time_ns, .runs = info.run_cnt};
}

static void ignore(void *self, const struct event *ev)
{
	(void)self;
	(void)ev;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

struct bench {
	struct live *live;
	int to_child, from_child;
	int programs[PROGRAMS];
};

/* ns per call of both our programs, net of two empty ones. */
static double run(struct bench *bench, enum call call)
{
	const struct sink sink = {.put = ignore};
	struct cost before[PROGRAMS];
	for (int i = 0; i < PROGRAMS; i++)
		before[i] = read_cost(bench->programs[i]);
	unsigned char byte = (unsigned char)call;
	if (write(bench->to_child, &byte, 1) != 1)
		fail("cannot tell the child");
	/* Drained as in a real run; looking all the time would be counted too.
	 */
	struct pollfd answer = {.fd = bench->from_child, .events = POLLIN};
	while (poll(&answer, 1, 5) == 0)
		(void)live_pump(bench->live, &sink, 0, false);
	if (read(bench->from_child, &byte, 1) != 1)
		fail("the child has ended");
	double ns[PROGRAMS];
	for (int i = 0; i < PROGRAMS; i++) {
		struct cost after = read_cost(bench->programs[i]);
		ns[i] = (double)(after.ns - before[i].ns) /
			(double)(after.runs - before[i].runs);
	}
	return ns[PROGRAM_ENTER] + ns[PROGRAM_EXIT] - ns[PROGRAM_EMPTY_ENTER] -
	       ns[PROGRAM_EMPTY_EXIT];
}

/* The whole machine, as is usual: the child is all that is busy. */
static struct live *open_live(struct catalogue *cat, enum live_fds fds)
{
	struct live_config config = {
		.catalogue = cat,
		.own_since_ns = UINT64_MAX, /* the child is to be seen */
		.filter = {.uid = -1},
		.ring_bytes = 16 << 20,
		.count_bytes = 32 << 20,
		.string_limit = 32,
		.fds = fds,
		.path_count = 8192,
		.stacks = true,
		.tracefs_events_fd = -1,
	};
	struct live *live;
	struct err err = {0};
	if (live_open(&live, &config, &err)) {
		fprintf(stderr, "bench-calls: %s\n", err.text);
		exit(1);
	}
	static const char *const traced[] = {
		"getgid", "faccessat", "fanotify_mark", "listen", "getsid"};
	live_set_state(live, catalogue_by_name(cat, "getppid"), LIVE_COUNTED);
	for (size_t i = 0; i < sizeof(traced) / sizeof(traced[0]); i++)
		live_set_state(live, catalogue_by_name(cat, traced[i]),
			       LIVE_TRACED);
	live_set_stacks(live, catalogue_by_name(cat, "getsid"), true);
	return live;
}

static void print_case(size_t i, double ns[ROUNDS])
{
	qsort(ns, ROUNDS, sizeof(ns[0]), compare);
	printf("  %-34s %6.1f ns  (%.1f to %.1f)", cases[i].what,
	       ns[ROUNDS / 2], ns[0], ns[ROUNDS - 1]);
	if (cases[i].limit_ns)
		printf("  at most %d", cases[i].limit_ns);
	printf("\n");
}

/* Measures the cases of one level, beginning with FIRST; returns the first of
 * the next. */
static size_t measure(struct bench *bench, struct catalogue *cat, size_t first)
{
	size_t end = first;
	while (end < CASES && cases[end].fds == cases[first].fds)
		end++;
	bench->live = open_live(cat, cases[first].fds);
	bench->programs[PROGRAM_ENTER] = find_program("sys_enter");
	bench->programs[PROGRAM_EXIT] = find_program("sys_exit");
	double ns[CASES][ROUNDS];
	for (int round = 0; round < ROUNDS; round++)
		for (size_t i = first; i < end; i++)
			ns[i][round] = run(bench, cases[i].call);
	for (size_t i = first; i < end; i++)
		print_case(i, ns[i]);
	struct live_totals totals;
	live_totals(bench->live, &totals);
	printf("  rows sent %llu, lost %llu\n", (unsigned long long)totals.sent,
	       (unsigned long long)totals.lost);
	if (totals.sent < 2 * ROUNDS * CALLS) {
		fprintf(stderr, "bench-calls: the calls were not traced\n");
		exit(1);
	}
	live_close(bench->live);
	return end;
}

int main(void)
{
	int in[2], out[2];
	if (pipe(in) || pipe(out))
		fail("pipe");
	pid_t child = fork();
	if (!child) {
		close(in[1]);
		work(in[0], out[1]);
	}
	struct catalogue *cat;
	const struct catalogue_config config = {.events_fd = -1,
						.native = abi_native()};
	struct err err = {0};
	if (catalogue_new(&cat, &config, &err))
		fail(err.text);
	struct bench bench = {.to_child = in[1], .from_child = out[0]};
	if (bpf_enable_stats(BPF_STATS_RUN_TIME) < 0)
		fail("cannot switch statistics on");
	bench.programs[PROGRAM_EMPTY_ENTER] = attach_empty("sys_enter");
	bench.programs[PROGRAM_EMPTY_EXIT] = attach_empty("sys_exit");
	printf("BPF time per call (entry and exit, net of an empty program, "
	       "median of %d):\n",
	       ROUNDS);
	for (size_t i = 0; i < CASES;)
		i = measure(&bench, cat, i);
	close(in[1]);
	waitpid(child, NULL, 0);
	catalogue_free(cat);
	return 0;
}
