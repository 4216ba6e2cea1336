/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Both sides of a filter on the same calls.  The kernel side marks each row
 * with its verdict instead of leaving it out, and the model judges the row it
 * got.
 *
 *   verdicts [FILTERS [SEED]]
 *
 * Two children of different names and users, one of them with two threads, make
 * the same calls for each of so many random filters.  The last line of the
 * output is "FILTERS filters, ROWS rows, WRONG wrong, PARTLY decided in part".
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "abi/syscall.h"
#include "app/push.h"
#include "base/buf.h"
#include "base/err.h"
#include "feed/live.h"
#include "feed/tracefsdir.h"
#include "model/filter.h"
#include "model/model.h"

#define CHILDREN 2
#define DEPTH    3

struct child {
	pid_t pid, tid; /* and its second thread, or 0 */
	int ask, answer;
};

struct run {
	struct child children[CHILDREN];
	struct live *live;
	struct model *model;
	struct filter *filter;
	struct field_scratch scratch;
	bool is_complete;
	uint64_t seed;
	unsigned long rows, wrong, in_part;
	const char *text;
};

static void die_of(const char *what)
{
	fprintf(stderr, "verdicts: %s: %s\n", what, strerror(errno));
	exit(1);
}

static unsigned pick(struct run *run, unsigned count)
{
	run->seed = run->seed * 6364136223846793005ull + 1442695040888963407ull;
	return (unsigned)(run->seed >> 33) % count;
}

/* Calls that succeed, fail, take long, are restarted, and are unknown. */
static void make_calls(void)
{
	struct stat st;
	struct timespec short_while = {.tv_nsec = 1200000};
	(void)open("/nowhere", O_RDONLY);
	int fd = open("/dev/null", O_RDWR);
	(void)!write(fd, "x", 1);
	(void)!read(fd, &st, 1);
	(void)close(fd);
	(void)close(-1);
	(void)fstat(-1, &st);
	(void)getppid();
	(void)getuid();
	(void)nanosleep(&short_while, NULL);
	(void)syscall(999);
	(void)syscall(SYS_kill, 0, 12345);
}

struct second {
	int ask[2], answer[2];
	pid_t tid;
};

static void *serve_second(void *self)
{
	struct second *second = self;
	char byte;
	second->tid = gettid();
	while (write(second->answer[1], "", 1) == 1 &&
	       read(second->ask[0], &byte, 1) == 1)
		make_calls();
	return NULL;
}

static void serve(int ask, int answer, int i)
{
	struct second second;
	pthread_t thread;
	char byte;
	prctl(PR_SET_NAME, i ? "verdict-two" : "verdict-one", 0, 0, 0);
	if (i && syscall(SYS_setresuid, 4242, 4242, 4242))
		die_of("setresuid");
	if (!i && (pipe(second.ask) || pipe(second.answer) ||
		   pthread_create(&thread, NULL, serve_second, &second) ||
		   read(second.answer[0], &byte, 1) != 1))
		die_of("a second thread");
	pid_t tid = i ? 0 : second.tid;
	if (write(answer, &tid, sizeof(tid)) != sizeof(tid))
		_exit(1);
	while (read(ask, &byte, 1) == 1) {
		make_calls();
		if (!i && (write(second.ask[1], "", 1) != 1 ||
			   read(second.answer[0], &byte, 1) != 1))
			_exit(1);
		if (write(answer, "", 1) != 1)
			break;
	}
	_exit(0);
}

static void start(struct child *child, int i)
{
	int ask[2], answer[2];
	if (pipe2(ask, O_CLOEXEC) || pipe2(answer, O_CLOEXEC))
		die_of("pipe2");
	child->pid = fork();
	if (child->pid < 0)
		die_of("fork");
	if (!child->pid) {
		(void)close(ask[1]); /* the end of the file ends it */
		serve(ask[0], answer[1], i);
	}
	(void)close(ask[0]);
	child->ask = ask[1];
	child->answer = answer[0];
	if (read(child->answer, &child->tid, sizeof(pid_t)) != sizeof(pid_t))
		die_of("the child");
}

/* A test of a number. */
static void print_number_test(struct run *run, struct buf *to)
{
	static const char *const compares[] = {"==", "!=", "<",
					       "<=", ">",  ">="};
	static const char *const rets[] = {"0", "-2", "1", "-EBADF", "3"};
	static const char *const durations[] = {"1us", "1ms", "700ns", "0",
						"1s"};
	const struct child *child = &run->children[pick(run, CHILDREN)];
	const char *compare = compares[pick(run, 6)];
	switch (pick(run, 4)) {
	case 0:
		buf_printf(to, "ret %s %s", compare, rets[pick(run, 5)]);
		break;
	case 1:
		buf_printf(to, "duration %s %s", compare,
			   durations[pick(run, 5)]);
		break;
	case 2:
		buf_printf(
			to, "%s %s %d", pick(run, 2) ? "pid" : "tid", compare,
			child->tid && pick(run, 2) ? child->tid : child->pid);
		break;
	default:
		buf_printf(to, "%s %s %d", pick(run, 2) ? "uid" : "gid",
			   compare, pick(run, 2) ? 4242 : 0);
	}
}

static const char *const words[] = {"failed",
				    "!failed",
				    "%file",
				    "%desc",
				    "!%network",
				    "syscall == openat",
				    "syscall != close",
				    "syscall ~ *at",
				    "syscall ~ get*",
				    "syscall ~ \"[a-m]*\"",
				    "syscall =~ '^.{4,5}$'",
				    "syscall in (read, write, kill)",
				    "class == time",
				    "comm == verdict-one",
				    "comm != verdict-one",
				    "comm ~ *-two",
				    "comm ~ dict",
				    "comm ~ v?rdict-[a-o]*",
				    "comm !~ one",
				    "errno == ENOENT",
				    "errno != EBADF",
				    "errno in (EBADF, ENOSYS)",
				    "failed == off",
				    "uid == 4242",
				    "syscall == syscall_0x3e7"};

/* Tests that the kernel side cannot make. */
static const char *const others[] = {
	"args ~ nowhere", "/dev/null",        "time > 00:00", "euid == 0",
	"user == root",   "args =~ '^[0-9]'", "999"};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A test of the kernel side, or with IN_PART another. */
static void print_test(struct run *run, struct buf *to, bool in_part)
{
	if (in_part && pick(run, 3) == 0)
		buf_puts(to, others[pick(run, COUNT(others))]);
	else if (pick(run, 2))
		print_number_test(run, to);
	else
		buf_puts(to, words[pick(run, COUNT(words))]);
}

static void print_filter(struct run *run, struct buf *to, int depth,
			 bool in_part)
{
	unsigned what = depth ? pick(run, 5) : 4;
	if (what == 4) {
		print_test(run, to, in_part);
		return;
	}
	buf_puts(to, what == 3 ? "not (" : "(");
	print_filter(run, to, depth - 1, in_part);
	if (what < 3) {
		buf_puts(to, what == 0 ? ") or (" : ") and (");
		print_filter(run, to, depth - 1, in_part);
	}
	buf_puts(to, ")");
}

static bool is_ours(const struct run *run, const struct event *ev)
{
	for (int i = 0; i < CHILDREN; i++) {
		if (ev->pid == (uint32_t)run->children[i].pid)
			return true;
	}
	return false;
}

static void judge(void *self, const struct event *ev)
{
	struct run *run = self;
	if (ev->kind != EVENT_CALL)
		model_put(run->model, ev);
	if (ev->kind != EVENT_CALL || !is_ours(run, ev))
		return;
	const struct row row = {.kind = ROW_CALL, .object = ev};
	bool refused = ev->flags & EVENT_CALL_REFUSED;
	bool passes =
		filter_matches(run->filter, run->model, &row, &run->scratch);
	run->rows++;
	if (run->is_complete ? passes != refused : !(passes && refused))
		return;
	const struct event_call *call = (const void *)ev;
	run->wrong++;
	printf("WRONG: %s: refused %d, passes %d: tid %u nr %u ret %lld "
	       "duration %llu\n",
	       run->text, refused, passes, ev->tid, call->nr,
	       (long long)call->ret, (unsigned long long)call->duration_ns);
}

static void go(struct run *run)
{
	char byte;
	for (int i = 0; i < CHILDREN; i++) {
		if (write(run->children[i].ask, "", 1) != 1 ||
		    read(run->children[i].answer, &byte, 1) != 1)
			die_of("the child");
	}
}

/* What is still on its way is no matter of the next filter. */
static void drain(struct run *run)
{
	static struct filter all = {.kind = ROW_CALL};
	const struct sink sink = {.put = judge, .self = run};
	run->filter = &all;
	run->is_complete = false;
	live_pump(run->live, &sink, 0, true);
}

static void judge_one(struct run *run, struct filter *filter)
{
	const struct sink sink = {.put = judge, .self = run};
	struct live_formula formula;
	struct err err = {0};
	run->is_complete = push_filter(&formula, filter, run->model);
	run->in_part += !run->is_complete;
	run->filter = filter;
	if (live_set_formula(run->live, &formula, true, &err)) {
		printf("WRONG: %s: %s\n", run->text, err.text);
		run->wrong++;
	}
	go(run);
	live_pump(run->live, &sink, 0, true);
	push_done(&formula);
}

static void try_one(struct run *run, struct catalogue *cat, bool in_part)
{
	char text[1024];
	struct buf to;
	struct err err = {0};
	size_t column = 0;
	buf_init(&to, text, sizeof(text));
	print_filter(run, &to, DEPTH, in_part);
	run->text = text;
	struct filter *filter =
		filter_parse(text, ROW_CALL, cat, &column, &err);
	if (filter) {
		drain(run);
		judge_one(run, filter);
	} else {
		printf("WRONG: %s: %zu: %s\n", text, column, err.text);
		run->wrong++;
	}
	filter_free(filter);
}

static void trace(struct run *run, struct catalogue *cat, int events_fd)
{
	struct err err = {0};
	const struct model_limits limits = {1 << 20, 1 << 20, 1 << 20, 0};
	const pid_t pids[CHILDREN] = {run->children[0].pid,
				      run->children[1].pid};
	struct timespec now;
	(void)clock_gettime(CLOCK_BOOTTIME, &now); /* cannot fail for it */
	const struct live_config config = {
		.catalogue = cat,
		.own_since_ns = (uint64_t)now.tv_sec * 1000000000u +
				(uint64_t)now.tv_nsec, /* not the children */
		.filter = {.pids = pids, .pid_count = CHILDREN, .uid = -1},
		.ring_bytes = 16 << 20,
		.count_bytes = 1 << 20,
		.string_limit = 32,
		.tracefs_events_fd = events_fd,
	};
	const struct sink sink = {.put = judge, .self = run};
	static struct filter all = {.kind = ROW_CALL};
	run->filter = &all;
	if (live_open(&run->live, &config, &err)) {
		fprintf(stderr, "verdicts: %s\n", err.text);
		exit(1);
	}
	run->model = model_new(cat, &limits);
	model_set_wall_offset_ns(run->model, live_wall_offset_ns(run->live));
	for (uint32_t i = 0; i < catalogue_count(cat); i++)
		live_set_state(run->live, i, LIVE_TRACED);
	live_set_state(run->live, SYSCALL_NONE, LIVE_TRACED);
	if (live_inventory(run->live, &sink, &err)) {
		fprintf(stderr, "verdicts: %s\n", err.text);
		exit(1);
	}
}

int main(int argc, char **argv)
{
	unsigned long filters = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000;
	struct run run = {.seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1};
	struct err err = {0};
	int events_fd = -1;
	struct catalogue *cat = NULL;
	for (int i = 0; i < CHILDREN; i++)
		start(&run.children[i], i);
	(void)tracefsdir_open(&events_fd, NULL,
			      &err); /* -1: the built-in list */
	const struct catalogue_config names = {.events_fd = events_fd,
					       .native = abi_native()};
	if (catalogue_new(&cat, &names, &err)) {
		fprintf(stderr, "verdicts: %s\n", err.text);
		return 1;
	}
	trace(&run, cat, events_fd);
	for (unsigned long i = 0; i < filters; i++)
		try_one(&run, cat, i % 4 == 0);
	printf("%lu filters, %lu rows, %lu wrong, %lu decided in part\n",
	       filters, run.rows, run.wrong, run.in_part);
	live_close(run.live);
	model_free(run.model);
	catalogue_free(cat);
	return run.wrong != 0;
}
