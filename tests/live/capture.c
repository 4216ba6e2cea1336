/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the programs copy of a caller's memory, chunk by chunk: every kind of
 * operation, at its limits, for 64-bit and for 32-bit callers.
 */
#include "config.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "bpf/control.h"
#include "bpf/trace.skel.h"
#include "tests/live/rig.h"
#include "tests/live/vectors.h"

static void fill(struct rig *rig, long offset, char c, size_t size)
{
	memset(rig->area + offset, c, size);
	rig->area[offset + (long)size] = '\0';
}

static void try_texts(struct rig *rig)
{
	struct control_op op = {.arg = 3,
				.copy = CONTROL_COPY_STRING,
				.when = CONTROL_AT_ENTRY,
				.limit = 8};
	const long end = RIG_AREA;
	fill(rig, 64, 'a', 8);
	RIG_TRY(rig, op, "a text as long as its limit", 1, 64, RIG_NULL,
		"3 entry +64 text[8] 'aaaaaaaa'\n");
	fill(rig, 64, 'a', 9);
	RIG_TRY(rig, op, "a text longer than its limit", 1, 64, RIG_NULL,
		"3 entry +64 text[8] cut 'aaaaaaaa'\n");
	fill(rig, 64, 'b', 3);
	RIG_TRY(rig, op, "a short text", 1, 64, RIG_NULL,
		"3 entry +64 text[3] 'bbb'\n");
	fill(rig, 64, 'b', 0);
	RIG_TRY(rig, op, "an empty text", 1, 64, RIG_NULL,
		"3 entry +64 text[0] ''\n");
	RIG_TRY(rig, op, "no text", 1, RIG_NULL, RIG_NULL, "");
	RIG_TRY(rig, op, "an unreadable text", 1, RIG_BAD, RIG_NULL,
		"3 entry text[0] unreadable ''\n");
	memset(rig->area + end - 4, 'e', 4);
	RIG_TRY(rig, op, "a text without an end", 1, end - 4, RIG_NULL,
		"3 entry +16380 text[0] unreadable ''\n");
	rig->area[end - 1] = '\0';
	RIG_TRY(rig, op, "a text that ends with the memory", 1, end - 4,
		RIG_NULL, "3 entry +16380 text[3] 'eee'\n");
	fill(rig, 64, 'l', 1800);
	op.limit = EVENT_CHUNK_LIMIT;
	RIG_TRY(rig, op, "a text longer than a row has room for", 1, 64,
		RIG_NULL, "3 entry +64 text[1768] cut same\nno room\n");
}

static void try_times(struct rig *rig)
{
	struct control_op op = {
		.arg = 3, .copy = CONTROL_COPY_STRING, .limit = 8};
	fill(rig, 64, 'w', 2);
	op.when = CONTROL_AT_EXIT;
	RIG_TRY(rig, op, "at success", 1, 64, RIG_NULL,
		"3 exit +64 text[2] 'ww'\n");
	RIG_TRY(rig, op, "at success, but it failed", -1, 64, RIG_NULL, "");
	op.when = CONTROL_AT_EXIT | CONTROL_AT_FAILURE;
	RIG_TRY(rig, op, "at exit", 1, 64, RIG_NULL,
		"3 exit +64 text[2] 'ww'\n");
	RIG_TRY(rig, op, "at exit, which failed", -1, 64, RIG_NULL,
		"3 exit +64 text[2] 'ww'\n");
	op.when = CONTROL_AT_ENTRY | CONTROL_AT_EXIT;
	RIG_TRY(rig, op, "at both ends", 0, 64, RIG_NULL,
		"3 entry +64 text[2] 'ww'\n3 exit +64 text[2] 'ww'\n");
	RIG_TRY(rig, op, "at both ends, unreadable", 0, RIG_BAD, RIG_NULL,
		"3 entry text[0] unreadable ''\n3 exit text[0] unreadable "
		"''\n");
}

static void try_bytes(struct rig *rig)
{
	struct control_op op = {.arg = 3,
				.copy = CONTROL_COPY_BYTES,
				.when = CONTROL_AT_EXIT | CONTROL_AT_FAILURE,
				.from = CONTROL_FROM_CONST,
				.value = 3,
				.size = 2,
				.limit = 8};
	memcpy(rig->area + 64, "0123456789abcdef", 17);
	RIG_TRY(rig, op, "three pairs", 9, 64, RIG_NULL,
		"3 exit +64 bytes[6] '012345'\n");
	op.value = 5;
	RIG_TRY(rig, op, "too many pairs", 9, 64, RIG_NULL,
		"3 exit +64 bytes[8] cut '01234567'\n");
	op.value = 1;
	RIG_TRY(rig, op, "unreadable bytes", 9, RIG_BAD, RIG_NULL, "");
	RIG_TRY(rig, op, "no bytes", 9, RIG_NULL, RIG_NULL, "");
	op.size = 1;
	op.from = CONTROL_FROM_ARG;
	RIG_TRY(rig, op, "as an argument says", 7, 64, RIG_NULL,
		"3 exit +64 bytes[7] '0123456'\n");
	RIG_TRY(rig, op, "as an argument says, the limit", 8, 64, RIG_NULL,
		"3 exit +64 bytes[8] '01234567'\n");
	RIG_TRY(rig, op, "as an argument says, 0", 0, 64, RIG_NULL, "");
	RIG_TRY(rig, op, "as an argument says, a lot", 0x7fffffff, 64, RIG_NULL,
		"3 exit +64 bytes[8] cut '01234567'\n");
	if (rig->compat)
		return;
	RIG_TRY(rig, op, "as an argument says, beyond 32 bits", 0x100000002, 64,
		RIG_NULL, "3 exit +64 bytes[8] cut '01234567'\n");
	op.from = CONTROL_FROM_ARG_32;
	RIG_TRY(rig, op, "as an int says, whatever is above it", 0x100000002,
		64, RIG_NULL, "3 exit +64 bytes[2] '01'\n");
}

static void try_counted_bytes(struct rig *rig)
{
	struct control_op op = {.arg = 3,
				.copy = CONTROL_COPY_BYTES,
				.when = CONTROL_AT_EXIT | CONTROL_AT_FAILURE,
				.from = CONTROL_FROM_RESULT,
				.size = 1,
				.limit = 8};
	const uint32_t five = 5, many = 0xffffffff;
	memcpy(rig->area + 64, "0123456789abcdef", 17);
	memcpy(rig->area + 128, &five, sizeof(five));
	memcpy(rig->area + 132, &many, sizeof(many));
	RIG_TRY(rig, op, "as the result says", 4, 64, RIG_NULL,
		"3 exit +64 bytes[4] '0123'\n");
	RIG_TRY(rig, op, "as a failure says", -1, 64, RIG_NULL, "");
	op.when = CONTROL_AT_ENTRY;
	RIG_TRY(rig, op, "as a result says that is yet to come", 4, 64,
		RIG_NULL, "");
	op.when = CONTROL_AT_EXIT | CONTROL_AT_FAILURE;
	op.from = CONTROL_FROM_POINTED;
	op.value = 4;
	RIG_TRY(rig, op, "as memory says", 4, 64, 128,
		"3 exit +64 bytes[5] '01234'\n");
	RIG_TRY(rig, op, "as memory says, a lot", 4, 64, 132,
		"3 exit +64 bytes[8] cut '01234567'\n");
	RIG_TRY(rig, op, "as unreadable memory says", 4, 64, RIG_BAD, "");
	RIG_TRY(rig, op, "as NULL says", 4, 64, RIG_NULL, "");
}

/* An array of N pointers to texts "s0", "s1" ... at OFFSET, then NULL. */
static void put_strings(struct rig *rig, long offset, int n)
{
	for (int i = 0; i < n; i++) {
		long text = 2 * RIG_PAGE + 4 * i;
		(void)snprintf(rig->area + text, 4, "s%d", i % 10);
		rig_put(rig, offset, i, rig_place(rig, text));
	}
	rig_put(rig, offset, n, 0);
}

/* The first line, then those of N texts. */
static void expect_strings(struct rig *rig, const char *what, const char *first,
			   int n)
{
	char text[4096];
	struct buf buf;
	buf_init(&buf, text, sizeof(text));
	buf_puts(&buf, first);
	for (int i = 0; i < n; i++)
		buf_printf(&buf, "3 entry +%d text[2] 's%d'\n",
			   2 * RIG_PAGE + 4 * i, i % 10);
	rig_expect(rig, what, text);
}

static void try_strings(struct rig *rig)
{
	const struct control_op op = {.arg = 3,
				      .copy = CONTROL_COPY_STRINGS,
				      .when = CONTROL_AT_ENTRY,
				      .limit = 8};
	RIG_TRY(rig, op, "no array of strings", 1, RIG_NULL, RIG_NULL, "");
	RIG_TRY(rig, op, "an unreadable array", 1, RIG_BAD, RIG_NULL, "");
	put_strings(rig, 64, 0);
	RIG_TRY(rig, op, "no strings", 1, 64, RIG_NULL,
		"3 entry +64 longs[1] same\n");
	put_strings(rig, 64, 5);
	rig_seek(rig, 1, 64, RIG_NULL);
	expect_strings(rig, "5 strings", "3 entry +64 longs[6] same\n", 5);
	put_strings(rig, 64, 32);
	rig_seek(rig, 1, 64, RIG_NULL);
	expect_strings(rig, "32 strings", "3 entry +64 longs[33] same\n", 32);
	put_strings(rig, 64, 33);
	rig_seek(rig, 1, 64, RIG_NULL);
	expect_strings(rig, "33 strings", "3 entry +64 longs[33] cut same\n",
		       32);
	const long end = RIG_AREA - 64;
	put_strings(rig, end, rig->compat ? 15 : 7);
	rig_seek(rig, 1, end, RIG_NULL);
	expect_strings(rig, "an array that ends with the memory",
		       rig->compat ? "3 entry +16320 longs[16] same\n"
				   : "3 entry +16320 longs[8] same\n",
		       rig->compat ? 15 : 7);
	put_strings(rig, 64, 2);
	rig_put(rig, 64, 1, RIG_BAD);
	RIG_TRY(rig, op, "a string that cannot be read", 1, 64, RIG_NULL,
		"3 entry +64 longs[3] same\n3 entry +8192 text[2] 's0'\n"
		"3 entry +64 longs[3] same\n3 entry +8192 text[2] 's0'\n");
}

static void try_counts(struct rig *rig)
{
	const struct control_op op = {
		.arg = 3, .copy = CONTROL_COPY_COUNT, .when = CONTROL_AT_ENTRY};
	static const int counts[] = {0, 1, 31, 32, 33, 100};
	static const char *const expected[] = {
		"3 entry +60 count 0\n",  "3 entry +60 count 1\n",
		"3 entry +60 count 31\n", "3 entry +60 count 32\n",
		"3 entry +60 count 33\n", "3 entry +60 count 100\n",
	};
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		put_strings(rig, 60, counts[i]);
		RIG_TRY(rig, op, "a count", 1, 60, RIG_NULL, expected[i]);
	}
	RIG_TRY(rig, op, "a count of nothing", 1, RIG_NULL, RIG_NULL, "");
	RIG_TRY(rig, op, "an unreadable count", 1, RIG_BAD, RIG_NULL, "");
	memset(rig->area + RIG_PAGE - 1, 1, 3 * RIG_PAGE + 1);
	RIG_TRY(rig, op, "a count up to the end of memory", 1, 3 * RIG_PAGE,
		RIG_NULL,
		rig->compat ? "3 entry +12288 count cut 1024\n"
			      "3 entry +12288 count cut 1024\n"
			    : "3 entry +12288 count cut 512\n"
			      "3 entry +12288 count cut 512\n");
	memset(rig->area, 0, RIG_AREA);
}

/* Entries of SIZE bytes each from AT on, SIZE bytes in all. */
static void put_entries(struct rig *rig, long at, uint16_t length, long size)
{
	for (long i = 0; i < size; i += length)
		memcpy(rig->area + at + i + 16, &length, sizeof(length));
}

static void try_entries(struct rig *rig)
{
	const struct control_op op = {.arg = 3,
				      .copy = CONTROL_COPY_ENTRIES,
				      .when = CONTROL_AT_EXIT,
				      .offset = 16};
	put_entries(rig, 64, 24, 24000 / 2);
	RIG_TRY(rig, op, "one entry", 24, 64, RIG_NULL, "3 exit +64 count 1\n");
	RIG_TRY(rig, op, "many entries", 12000, 64, RIG_NULL,
		"3 exit +64 count 500\n");
	RIG_TRY(rig, op, "entries that go on", 12008, 64, RIG_NULL,
		"3 exit +64 count cut 500\n");
	put_entries(rig, 64, 280, 280 * 50);
	RIG_TRY(rig, op, "long entries", 280 * 50, 64, RIG_NULL,
		"3 exit +64 count 50\n");
	put_entries(rig, 64, 0xfff8, 1);
	RIG_TRY(rig, op, "an entry that is too long", 24, 64, RIG_NULL,
		"3 exit +64 count 1\n");
	memset(rig->area, 0, RIG_AREA);
	RIG_TRY(rig, op, "entries without a length", 240, 64, RIG_NULL,
		"3 exit +64 count cut 0\n");
	RIG_TRY(rig, op, "unreadable entries", 240, RIG_BAD, RIG_NULL,
		"3 exit count cut 0\n");
	RIG_TRY(rig, op, "entries that were not read", -1, 64, RIG_NULL, "");
}

static void try_behind(struct rig *rig)
{
	const struct control_op op = {.arg = 3,
				      .copy = CONTROL_COPY_BEHIND,
				      .when = CONTROL_AT_ENTRY,
				      .offset = 16,
				      .size = 6,
				      .limit = 6};
	memcpy(rig->area + RIG_PAGE, "0123456789abcdef", 17);
	rig_put(rig, 80, 0, rig_place(rig, RIG_PAGE));
	rig_put(rig, 80, 1, 6);
	RIG_TRY(rig, op, "behind a pointer", 1, 64, RIG_NULL,
		"3 entry +80 longs[2] same\n3 entry +4096 bytes[6] '012345'\n");
	rig_put(rig, 80, 0, 0);
	RIG_TRY(rig, op, "behind NULL", 1, 64, RIG_NULL,
		"3 entry +80 longs[2] same\n");
	RIG_TRY(rig, op, "behind no pointer", 1, RIG_NULL, RIG_NULL, "");
}

/* What is big does not keep out what is small. */
static void try_room(struct rig *rig)
{
	struct control_op big = {.arg = 3,
				 .copy = CONTROL_COPY_BYTES,
				 .when = CONTROL_AT_EXIT,
				 .from = CONTROL_FROM_CONST,
				 .value = 1500,
				 .size = 1,
				 .limit = 1500};
	struct control_op text = {.arg = 4,
				  .copy = CONTROL_COPY_STRING,
				  .when = CONTROL_AT_EXIT,
				  .limit = 1500};
	memset(rig->area, 0, RIG_AREA);
	fill(rig, 4096, 't', 5);
	rig_trace(rig, RIG_OPS(big, big, big, text));
	rig_seek(rig, 1, 64, 4096);
	rig_expect(rig, "more than fits",
		   rig->compat ? "3 exit +64 longs[375] same\n"
				 "3 exit +64 longs[375] same\n"
				 "3 exit +64 longs[64] cut same\n"
				 "4 exit +4096 text[5] 'ttttt'\n"
				 "no room\n"
			       : "3 exit +64 bytes[1500] same\n"
				 "3 exit +64 bytes[1500] same\n"
				 "3 exit +64 longs[32] cut same\n"
				 "4 exit +4096 text[5] 'ttttt'\n"
				 "no room\n");
}

static void add_variant(struct rig *rig, uint32_t place, uint32_t value,
			uint32_t value_2)
{
	const struct control_variant_key key = {
		.place = control_place(rig->nr, rig->compat),
		.value = value,
		.value_2 = value_2,
	};
	if (bpf_map_update_elem(bpf_map__fd(rig->skel->maps.variants), &key,
				&place, BPF_ANY))
		abort();
}

static void try_variants(struct rig *rig)
{
	struct control_op op = {.arg = 3,
				.copy = CONTROL_COPY_STRING,
				.when = CONTROL_AT_ENTRY,
				.limit = 8};
	fill(rig, 64, 'v', 7);
	rig_trace(rig, RIG_OPS(op));
	struct control_desc *desc =
		&rig->skel->data_descs
			 ->descs[control_place(rig->nr, rig->compat)];
	desc->flags = CONTROL_SELECTS;
	desc->selector = 1;
	desc->selector_2 = EVENT_ARGS;
	desc->selector_mask = 0x7f;
	op.limit = 2;
	op.when = CONTROL_AT_EXIT;
	rig->skel->bss->variant_lists[CONTROL_VARIANTS - 1] =
		rig_list(RIG_OPS(op));
	rig->skel->bss->variant_lists[5] = (struct control_list){0};
	add_variant(rig, CONTROL_VARIANTS - 1, 3, 0);
	add_variant(rig, 5, 4, 0);
	add_variant(rig, 5, 3, SEEK_CUR);
	rig_seek(rig, 5, 64, RIG_NULL);
	rig_expect(rig, "no variant", "3 entry +64 text[7] 'vvvvvvv'\n");
	rig_seek(rig, 0x83, 64, RIG_NULL);
	rig_expect(rig, "a variant", "3 exit +64 text[2] cut 'vv'\n");
	rig_seek(rig, 4, 64, RIG_NULL);
	rig_expect(rig, "a variant that copies nothing", "");
	desc->selector_2 = 2; /* SEEK_SET */
	rig_seek(rig, 3, 64, RIG_NULL);
	rig_expect(rig, "a variant by two", "3 exit +64 text[2] cut 'vv'\n");
}

static void choose(struct rig *rig, long nr, pid_t pid)
{
	rig->compat = false;
	rig->nr = (uint32_t)nr;
	rig->pid = pid;
}

/* What was not resident at entry is there at exit: the call itself read it. */
static void try_retries(struct rig *rig)
{
	struct control_op text = {.arg = 1,
				  .copy = CONTROL_COPY_STRING,
				  .when = CONTROL_AT_ENTRY,
				  .limit = 8};
	struct control_op vector = {.arg = 1,
				    .copy = CONTROL_COPY_IOVEC,
				    .when = CONTROL_AT_ENTRY,
				    .from = CONTROL_FROM_ARG,
				    .value = 2,
				    .limit = 8};
	char *const fresh = rig->area + RIG_FRESH_AT;
	choose(rig, SYS_faccessat, getpid());
	rig_trace(rig, RIG_OPS(text));
	rig_put_fresh(rig, "/nowhere/to/be/found");
	(void)syscall(SYS_faccessat, AT_FDCWD, fresh, 0);
	rig_await(rig);
	rig_expect(rig, "a text read at exit",
		   "1 entry +32768 text[8] cut '/nowhere'\n");
	choose(rig, SYS_writev, getpid());
	rig_trace(rig, RIG_OPS(vector));
	rig_put_vector(rig, 64, 0, RIG_FRESH_AT, 7);
	rig_put_fresh(rig, "fresh air");
	(void)lseek(rig->fd, RIG_FRESH, SEEK_SET);
	(void)syscall(SYS_writev, rig->fd, rig->area + 64, 1);
	rig_await(rig);
	rig_expect(rig, "a buffer read at exit",
		   "1 entry +64 longs[2] same\n"
		   "1 entry +64 longs[2] same\n"
		   "1 entry +32768 bytes[7] 'fresh a'\n");
}

struct exec {
	long nr;
	const char *dir; /* where it is called */
	const char *path;
	const char *expected;
};

/* Executes what is named by memory that is not resident.  Its arguments are
 * that name, the name without the first byte, and "x". */
static void try_exec(struct rig *rig, const struct exec *exec)
{
	const uint8_t at = exec->nr == SYS_execveat;
	const struct control_op path = {.arg = at,
					.copy = CONTROL_COPY_STRING,
					.when = CONTROL_AT_ENTRY,
					.limit = 64};
	const struct control_op argv = {.arg = (uint8_t)(at + 1),
					.copy = CONTROL_COPY_STRINGS,
					.when = CONTROL_AT_ENTRY,
					.limit = 8};
	char *const fresh = rig->area + RIG_FRESH_AT;
	choose(rig, exec->nr, 0);
	rig_trace(rig, RIG_OPS(path, argv));
	rig->skel->data_descs->descs[exec->nr].flags = CONTROL_EXEC;
	rig_put(rig, 64, 0, rig_place(rig, RIG_FRESH_AT));
	rig_put(rig, 64, 1, rig_place(rig, RIG_FRESH_AT + 1));
	rig_put(rig, 64, 2, rig_place(rig, 128));
	rig_put(rig, 64, 3, 0);
	fill(rig, 128, 'x', 1);
	int fd = open(exec->dir, O_PATH | O_CLOEXEC);
	rig_put_fresh(rig, exec->path);
	pid_t child = fork();
	if (!child) {
		if (at)
			(void)syscall(exec->nr, fd, fresh, rig->area + 64,
				      rig->area + 88, 0);
		else if (!fchdir(fd))
			(void)syscall(exec->nr, fresh, rig->area + 64,
				      rig->area + 88);
		_exit(0);
	}
	(void)waitpid(child, NULL, 0);
	(void)close(fd);
	rig->pid = child;
	rig_await(rig);
	rig_expect(rig, exec->path, exec->expected);
}

static void try_script(struct rig *rig)
{
	static const char text[] = "#!/bin/true -a\n";
	char dir[] = "/tmp/sctop-capture-XXXXXX";
	if (!mkdtemp(dir))
		abort();
	int fd = open(dir, O_DIRECTORY | O_RDONLY | O_CLOEXEC);
	int script = openat(fd, "script", O_CREAT | O_WRONLY | O_CLOEXEC, 0700);
	if (write(script, text, sizeof(text) - 1) < 0 || close(script))
		abort();
	/* The kernel gives it "/bin/true", "-a", "./script", "/script", "x". */
	try_exec(rig,
		 &(const struct exec){SYS_execve, dir, "./script",
				      "1 entry +64 longs[4] same\n"
				      "1 entry +128 text[1] 'x'\n"
				      "0 entry +32768 text[8] './script'\n"
				      "1 entry +32769 text[7] '/script'\n"});
	(void)unlinkat(fd, "script", 0);
	(void)close(fd);
	(void)rmdir(dir);
}

static const struct exec execs[] = {
	{SYS_execve, "/", "/bin/true",
	 "1 entry +64 longs[4] same\n1 entry +128 text[1] 'x'\n"
	 "0 entry +32768 text[9] '/bin/true'\n"
	 "1 entry +32768 text[8] cut '/bin/tru'\n"
	 "1 entry +32769 text[8] 'bin/true'\n"},
	{SYS_execve, "/", "/bin/nothing",
	 "1 entry +64 longs[4] same\n1 entry +128 text[1] 'x'\n"
	 "0 entry +32768 text[12] '/bin/nothing'\n"
	 "1 entry +64 longs[4] same\n"
	 "1 entry +32768 text[8] cut '/bin/not'\n"
	 "1 entry +32769 text[8] cut 'bin/noth'\n1 entry +128 text[1] 'x'\n"},
	{SYS_execveat, "/", "/bin/false",
	 "2 entry +64 longs[4] same\n2 entry +128 text[1] 'x'\n"
	 "1 entry +32768 text[10] '/bin/false'\n"
	 "2 entry +32768 text[8] cut '/bin/fal'\n"
	 "2 entry +32769 text[8] cut 'bin/fals'\n"},
	/* The kernel knows it as /dev/fd/3/true. */
	{SYS_execveat, "/bin", "true",
	 "2 entry +64 longs[4] same\n2 entry +128 text[1] 'x'\n"
	 "2 entry +32768 text[4] 'true'\n2 entry +32769 text[3] 'rue'\n"
	 "1 entry +32768 text[0] unreadable ''\n"},
};

static void try_execs(struct rig *rig)
{
	for (size_t i = 0; i < sizeof(execs) / sizeof(execs[0]); i++)
		try_exec(rig, &execs[i]);
	try_script(rig);
}

static void try_all(struct rig *rig)
{
	try_texts(rig);
	try_times(rig);
	try_bytes(rig);
	try_counted_bytes(rig);
	try_strings(rig);
	try_counts(rig);
	try_entries(rig);
	vectors_try(rig);
	try_behind(rig);
	try_room(rig);
	try_variants(rig);
}

int main(void)
{
	struct rig rig;
	rig_open(&rig);
	for (int compat = 0; compat < 2; compat++) {
		if (rig_choose(&rig, compat))
			try_all(&rig);
	}
	try_retries(&rig);
	try_execs(&rig);
	rig_close(&rig);
	printf("%d failed\n", rig.failures);
	return rig.failures != 0;
}
