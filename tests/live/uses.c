/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the model says of files that a child uses in a known way: by paths from
 * the root, from the working directory and from a directory's descriptor, by
 * copies of descriptors, by a socket and a pipe; and of how long its calls
 * took.  The last line of the output is "WRONG wrong".
 *
 *   uses DIRECTORY      an empty one, made of no symbolic link
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "abi/syscall.h"
#include "base/buf.h"
#include "base/err.h"
#include "feed/live.h"
#include "feed/sink.h"
#include "feed/tracefsdir.h"
#include "model/field.h"
#include "model/filter.h"
#include "model/model.h"
#include "model/query.h"

#define MEGABYTE (1 << 20)

#define SHORT_SLEEPS 31 /* of 2 ms: at least the slot from 2^20 ns */
#define LONG_SLEEPS  23 /* of 20 ms: at least the one from 2^24 ns */

struct run {
	const char *directory;
	struct catalogue *cat;
	struct live *live;
	struct model *model;
	unsigned wrong;
};

static void die_of(const char *what)
{
	fprintf(stderr, "uses: %s: %s\n", what, strerror(errno));
	exit(1);
}

static int open_at(int dirfd, const char *path, int flags)
{
	int fd = (int)syscall(SYS_openat, dirfd, path, flags, 0600);
	if (fd < 0)
		die_of(path);
	return fd;
}

static void write_times(int fd, size_t size, int times)
{
	static const char bytes[4096];
	for (int i = 0; i < times; i++)
		if (syscall(SYS_write, fd, bytes, size) != (long)size)
			die_of("write");
}

static void use_absolute(const char *directory)
{
	char path[4096];
	if (snprintf(path, sizeof(path), "%s/./absolute", directory) < 0)
		die_of(directory);
	int fd = open_at(AT_FDCWD, path, O_CREAT | O_RDWR);
	write_times(fd, 100, 5);
	int copy = (int)syscall(SYS_dup, fd);
	write_times(copy, 50, 2);
	(void)syscall(SYS_write, fd, (void *)8, 1ul); /* EFAULT */
	(void)syscall(SYS_close, copy);
	(void)syscall(SYS_close, fd);
}

static void use_relative(void)
{
	char bytes[4096];
	int fd = open_at(AT_FDCWD, "relative", O_CREAT | O_RDWR);
	write_times(fd, 11, 7);
	(void)!syscall(SYS_pread64, fd, bytes, 4096ul, 0ul); /* 77 */
	(void)!syscall(SYS_pread64, fd, bytes, 10ul, 0ul);
	(void)syscall(SYS_close, fd);
	(void)syscall(SYS_renameat2, AT_FDCWD, "relative", AT_FDCWD, "renamed",
		      0);
	(void)syscall(SYS_faccessat, AT_FDCWD, "missing", F_OK);
}

static void use_directory(void)
{
	int dirfd = open_at(AT_FDCWD, "directory", O_DIRECTORY);
	int fd = open_at(dirfd, "inside", O_CREAT | O_RDWR);
	write_times(fd, 1000, 3);
	(void)syscall(SYS_close, fd);
	(void)syscall(SYS_unlinkat, dirfd, "inside", 0);
	(void)syscall(SYS_close, dirfd);
}

static void use_socket(void)
{
	int ends[2];
	char bytes[64];
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
		die_of("socketpair");
	for (int i = 0; i < 3; i++) {
		write_times(ends[0], 13, 1);
		(void)!syscall(SYS_read, ends[1], bytes, 64ul);
	}
	(void)syscall(SYS_close, ends[0]);
	(void)syscall(SYS_close, ends[1]);
}

static void use_pipe(void)
{
	int ends[2];
	char bytes[64];
	if (pipe2(ends, 0))
		die_of("pipe2");
	write_times(ends[1], 23, 1);
	(void)!syscall(SYS_read, ends[0], bytes, 64ul);
	(void)syscall(SYS_close, ends[0]);
	(void)syscall(SYS_close, ends[1]);
}

static void sleep_times(long ms, int times)
{
	const struct timespec time = {.tv_nsec = ms * 1000000};
	for (int i = 0; i < times; i++)
		(void)syscall(SYS_nanosleep, &time, NULL);
}

/* The child waits for a byte, then does all of it; a grandchild writes too. */
static void child(int ask, const char *directory)
{
	char byte;
	if (mkdirat(AT_FDCWD, "directory", 0700) || read(ask, &byte, 1) != 1)
		_exit(1);
	use_absolute(directory);
	use_relative();
	use_directory();
	use_socket();
	use_pipe();
	sleep_times(2, SHORT_SLEEPS);
	sleep_times(20, LONG_SLEEPS);
	int fd = open_at(AT_FDCWD, "shared", O_CREAT | O_WRONLY | O_APPEND);
	write_times(fd, 4, 1);
	pid_t pid = fork();
	if (pid == 0) {
		write_times(fd, 5, 1);
		_exit(0);
	}
	if (pid < 0 || waitpid(pid, NULL, 0) != pid)
		_exit(1);
	_exit(0);
}

static void trace(struct run *run, pid_t pid, int events_fd)
{
	const struct model_limits limits = {MEGABYTE, MEGABYTE, MEGABYTE,
					    MEGABYTE};
	struct err err = {0};
	struct timespec now;
	(void)clock_gettime(CLOCK_BOOTTIME, &now); /* cannot fail for it */
	const struct live_config config = {
		.catalogue = run->cat,
		.own_since_ns = (uint64_t)now.tv_sec * 1000000000u +
				(uint64_t)now.tv_nsec, /* not the child */
		.filter = {.pids = &pid,
			   .pid_count = 1,
			   .follow = true,
			   .uid = -1},
		.ring_bytes = 16 * MEGABYTE,
		.count_bytes = MEGABYTE,
		.string_limit = 32,
		.fds = LIVE_FDS_ALL,
		.path_count = model_file_count(limits.name_bytes),
		.tracefs_events_fd = events_fd,
	};
	run->model = model_new(run->cat, &limits);
	const struct sink sink = {.put = model_put, .self = run->model};
	if (live_open(&run->live, &config, &err) ||
	    live_inventory(run->live, &sink, &err)) {
		fprintf(stderr, "uses: %s\n", err.text);
		exit(1);
	}
	for (uint32_t i = 0; i < catalogue_count(run->cat); i++)
		live_set_state(run->live, i, LIVE_TRACED);
}

static void go(struct run *run, pid_t pid, int ask)
{
	const struct sink sink = {.put = model_put, .self = run->model};
	int status = 0;
	if (write(ask, "", 1) != 1 || waitpid(pid, &status, 0) != pid)
		die_of("the child");
	if (status) {
		fprintf(stderr, "uses: the child ended with %#x\n", status);
		exit(1);
	}
	live_pump(run->live, &sink, 0, true);
	live_sample(run->live, &sink);
}

/* The fields of a row, blanks between. */
static void print_fields(const struct run *run, const struct row *row,
			 struct buf *to)
{
	static const char *const names[] = {"calls", "errors", "bytes_in",
					    "bytes_out", "processes"};
	struct field_scratch scratch;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct field *field = field_of_kind(row->kind, names[i]);
		struct value value =
			field_get(field, run->model, row, &scratch);
		buf_puts(to, i ? " " : "");
		field_print_exact(to, field, &value);
	}
}

/* The rows of KIND that pass a filter about their path. */
static void find(const struct run *run, enum row_kind kind, const char *test,
		 struct query_result *result)
{
	struct err err = {0};
	size_t column = 0;
	struct filter *filter =
		filter_parse(test, kind, run->cat, &column, &err);
	const struct query query = {
		.kind = kind, .syscall = SYSCALL_NONE, .filter = filter};
	if (!filter) {
		fprintf(stderr, "uses: %s: %s\n", test, err.text);
		exit(1);
	}
	query_run(&query, run->model, result);
	filter_free(filter);
}

static void expect(struct run *run, const char *what, const char *actual,
		   const char *expected)
{
	bool right = strcmp(actual, expected) == 0;
	printf("%s: %s: %s", right ? "ok" : "FAIL", what, actual);
	printf(right ? "\n" : ", expected %s\n", expected);
	run->wrong += !right;
}

/* "calls errors in out processes" of the files that pass, and the number of
 * calls that Enter lists. */
static void expect_files(struct run *run, const char *test,
			 const char *expected)
{
	char data[1024];
	struct buf text;
	struct query_result files = {0};
	struct query_result calls = {0};
	buf_init(&text, data, sizeof(data));
	find(run, ROW_FILE, test, &files);
	for (size_t i = 0; i < files.count; i++) {
		const struct query query = {
			.kind = ROW_CALL,
			.syscall = SYSCALL_NONE,
			.within = query_within_row(&files.rows[i]),
		};
		query_run(&query, run->model, &calls);
		buf_puts(&text, i ? "; " : "");
		print_fields(run, &files.rows[i], &text);
		buf_printf(&text, ", %zu listed", calls.count);
	}
	expect(run, test, data, expected);
	query_done(&files);
	query_done(&calls);
}

static void expect_calls(struct run *run, const char *test,
			 const char *expected)
{
	char data[32];
	struct query_result result = {0};
	find(run, ROW_CALL, test, &result);
	(void)snprintf(data, sizeof(data), "%zu", result.count); /* fits */
	expect(run, test, data, expected);
	query_done(&result);
}

static void check(struct run *run)
{
	struct model_summary summary;
	char test[4200];
	/* openat, 5 + 1 write, dup, 2 write, 2 close */
	expect_files(run, "path ~ */absolute", "12 1 0 600 1, 12 listed");
	/* openat, 7 write, 2 pread64, close, renameat2 */
	expect_files(run, "path ~ */relative", "12 0 87 77 1, 12 listed");
	expect_files(run, "path ~ */renamed", "1 0 0 0 1, 1 listed");
	expect_files(run, "path ~ */missing", "1 1 0 0 1, 1 listed");
	expect_files(run, "path ~ */directory", "2 0 0 0 1, 2 listed");
	/* openat, 3 write, close, unlinkat */
	expect_files(run, "path ~ */directory/inside",
		     "6 0 0 3000 1, 6 listed");
	expect_files(run, "path ~ UNIX-STREAM:*",
		     "4 0 0 39 1, 4 listed; 4 0 39 0 1, 4 listed");
	/* two reads of what the parent wrote are another pipe */
	expect_files(run, "path ~ pipe:* && bytes_out > 0",
		     "4 0 23 23 1, 4 listed");
	/* openat, write; write of the grandchild */
	expect_files(run, "path ~ */shared", "3 0 0 9 2, 3 listed");
	(void)snprintf(test, sizeof(test), "path == \"%s/absolute\"",
		       run->directory); /* checked by what comes of it */
	expect_calls(run, test, "12");
	expect_calls(run, "path ~ */directory/*", "6");
	expect_calls(run, "path ~ */absolute && failed", "1");
	model_summary(run->model, &summary);
	char lost[64];
	(void)snprintf(lost, sizeof(lost), "%llu lost, %llu without a name",
		       (unsigned long long)summary.lost[EVENT_LOST_RING],
		       (unsigned long long)summary.nameless); /* fits */
	expect(run, "rows", lost, "0 lost, 0 without a name");
}

static uint64_t field_number(const struct run *run, const struct row *row,
			     const char *name)
{
	struct field_scratch scratch;
	const struct field *field = field_of_kind(row->kind, name);
	return field_get(field, run->model, row, &scratch).u;
}

/* Whether the last refresh, which is the only one, has calls of that row. */
static bool is_hot(const struct run *run, const struct row *row)
{
	struct field_scratch scratch;
	const struct field *field = field_of_kind(row->kind, "heat");
	const char *text = field_get(field, run->model, row, &scratch).text;
	return text[strlen(text) - 1] != ' ';
}

/* The kernel's histogram, and the rows that arrived, say the same. */
static void check_durations(struct run *run)
{
	struct query query = {
		.kind = ROW_BUCKET,
		.syscall = catalogue_by_name(run->cat, "nanosleep"),
	};
	struct query_result buckets = {0};
	struct query_result calls = {0};
	uint64_t all = 0;
	uint64_t slow = 0;
	unsigned differ = 0;
	char data[128];
	query_run(&query, run->model, &buckets);
	for (size_t i = 0; i < buckets.count; i++) {
		const struct row *row = &buckets.rows[i];
		uint64_t count = field_number(run, row, "calls");
		query.kind = ROW_CALL;
		query.within = query_within_row(row);
		query_run(&query, run->model, &calls);
		differ += calls.count != count || is_hot(run, row) != !!count;
		all += field_number(run, row, "from") >= 1 << 20 ? count : 0;
		slow += field_number(run, row, "from") >= 1 << 24 ? count : 0;
	}
	(void)snprintf(data, sizeof(data), "%llu sleeps, %u buckets differ",
		       (unsigned long long)all, differ); /* fits */
	expect(run, "durations", data, "54 sleeps, 0 buckets differ");
	expect(run, "long ones", slow >= LONG_SLEEPS ? "all" : "too few",
	       "all");
	query_done(&buckets);
	query_done(&calls);
}

int main(int argc, char **argv)
{
	struct run run = {.directory = argc > 1 ? argv[1] : ""};
	struct err err = {0};
	int events_fd = -1;
	int ask[2];
	if (chdir(run.directory) || pipe2(ask, O_CLOEXEC))
		die_of(run.directory);
	pid_t pid = fork();
	if (pid < 0)
		die_of("fork");
	if (pid == 0)
		child(ask[0], run.directory);
	(void)tracefsdir_open(&events_fd, NULL,
			      &err); /* -1: the built-in list */
	const struct catalogue_config names = {.events_fd = events_fd,
					       .native = abi_native()};
	if (catalogue_new(&run.cat, &names, &err)) {
		fprintf(stderr, "uses: %s\n", err.text);
		return 1;
	}
	trace(&run, pid, events_fd);
	go(&run, pid, ask[1]);
	check(&run);
	check_durations(&run);
	printf("%u wrong\n", run.wrong);
	live_close(run.live);
	model_free(run.model);
	catalogue_free(run.cat);
	return run.wrong != 0;
}
