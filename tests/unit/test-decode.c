/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/decode.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "abi/syscall.h"
#include "base/buf.h"

static struct catalogue *cat;
static struct catalogue *arm;
static char text[8192];
static struct decode_options options = {.string_limit = 32};

/* An event with room for what tests put behind it. */
static union {
	struct event_call call;
	struct event head;
	uint8_t bytes[EVENT_SIZE_LIMIT];
} ev;

static struct catalogue *built_in(enum abi native)
{
	struct catalogue *made = NULL;
	struct catalogue_config config = {.events_fd = -1, .native = native};
	cr_assert(eq(int, catalogue_new(&made, &config, NULL), 0));
	return made;
}

static void reset(void)
{
	memset(&ev, 0, sizeof(ev));
	ev.head.kind = EVENT_CALL;
	ev.head.size = sizeof(struct event_call);
}

static void init(void)
{
	cat = built_in(ABI_X86_64);
	arm = built_in(ABI_ARM64);
	reset();
}

static void fini(void)
{
	catalogue_free(cat);
	catalogue_free(arm);
}

TestSuite(decode, .init = init, .fini = fini);

static void args(uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
	ev.call.args[0] = a;
	ev.call.args[1] = b;
	ev.call.args[2] = c;
	ev.call.args[3] = d;
}

static void chunk(uint8_t arg, uint8_t status, const char *data, uint32_t size)
{
	struct event_chunk head = {.address = ev.call.args[arg],
				   .size = size,
				   .arg = arg,
				   .what = EVENT_CHUNK_STRING,
				   .status = status};
	uint8_t *p = ev.bytes + ev.head.size;
	memcpy(p, &head, sizeof(head));
	memcpy(p + sizeof(head), data, size);
	uint32_t grown = (uint32_t)sizeof(head) + ((size + 7) & ~7u);
	ev.call.payload += grown;
	ev.head.size += grown;
}

static void path(uint8_t arg, const char *data)
{
	chunk(arg, EVENT_CHUNK_WHOLE, data, (uint32_t)strlen(data));
}

static const struct syscall *call(struct catalogue *of, const char *name)
{
	uint32_t index = catalogue_by_name(of, name);
	cr_assert(ne(u32, index, SYSCALL_NONE), "%s", name);
	return catalogue_get(of, index);
}

static const char *line_of(const struct syscall *sc)
{
	struct buf buf;
	cr_expect(decode_is_sane(&ev.head, ev.head.size));
	buf_init(&buf, text, sizeof(text));
	decode_call(&buf, sc, &ev.call, &options);
	return text;
}

static char *line(const char *name)
{
	return (char *)line_of(call(cat, name));
}

static char *result(const char *name, int64_t ret)
{
	struct buf buf;
	buf_init(&buf, text, sizeof(text));
	ev.call.ret = ret;
	decode_result(&buf, call(cat, name), &ev.call, &options);
	return text;
}

Test(decode, puts_the_result_where_strace_does)
{
	args(0xffffff9c, 0x1000, 02000000, 0);
	path(1, "/etc/ld.so.cache");
	ev.call.ret = 3;
	cr_expect(eq(str, line("openat"),
		     "openat(AT_FDCWD, \"/etc/ld.so.cache\", "
		     "O_RDONLY|O_CLOEXEC) = 3"));
	ev.call.payload = 0;
	ev.head.size = sizeof(struct event_call);
	args(3, 0, 0, 0);
	ev.call.ret = 0;
	cr_expect(eq(str, line("close"),
		     "close(3)                                = 0"));
}

Test(decode, leaves_out_a_mode_that_does_not_count)
{
	args((uint64_t)-100, 0, 01, 0644);
	cr_expect(eq(str, line("openat"),
		     "openat(AT_FDCWD, NULL, O_WRONLY)        = 0"));
	args((uint64_t)-100, 0, 01101, 0644);
	cr_expect(eq(str, line("openat"),
		     "openat(AT_FDCWD, NULL, O_WRONLY|O_CREAT|O_TRUNC, 0644) "
		     "= 0"));
	args(5, 0, 020200002, 0);
	cr_expect(eq(str, line("openat"),
		     "openat(5, NULL, O_RDWR|O_TMPFILE, 000)  = 0"));
	args(0x1000, 0, 0, 0);
	cr_expect(eq(str, line("mq_open"),
		     "mq_open(0x1000, O_RDONLY)               = 0"));
}

Test(decode, a_call_in_progress_has_no_result)
{
	args(3, 0, 0, 0);
	ev.head.kind = EVENT_BLOCKED;
	cr_expect(eq(str, line("close"), "close(3) <unfinished ...>"));
}

Test(decode, open_flags_depend_on_the_machine)
{
	args((uint64_t)-100, 0, 040000, 0);
	cr_expect(eq(str, line("openat"),
		     "openat(AT_FDCWD, NULL, O_RDONLY|O_DIRECT) = 0"));
	cr_expect(eq(str, (char *)line_of(call(arm, "openat")),
		     "openat(AT_FDCWD, NULL, O_RDONLY|O_DIRECTORY) = 0"));
}

Test(decode, a_call_that_never_returned_has_no_result)
{
	ev.head.flags = EVENT_CALL_NO_RESULT;
	cr_expect(eq(str, line("exit_group"),
		     "exit_group(0)                           = ?"));
}

Test(decode, an_unknown_number_shows_six_registers)
{
	uint32_t index = catalogue_by_nr(cat, 999, false);
	args(1, (uint64_t)-1, 3, 4);
	ev.call.args[4] = 5;
	ev.call.ret = -38;
	cr_expect(eq(str, (char *)line_of(catalogue_get(cat, index)),
		     "syscall_0x3e7(0x1, 0xffffffffffffffff, 0x3, 0x4, 0x5, 0) "
		     "= -1 ENOSYS (Function not implemented)"));
}

Test(decode, results_have_kinds)
{
	cr_expect(eq(str, result("getpid", 42), "42"));
	cr_expect(eq(str, result("lseek", INT64_MAX), "9223372036854775807"));
	cr_expect(eq(str, result("mmap", 0x7f0000001000), "0x7f0000001000"));
	cr_expect(eq(str, result("brk", 0), "0"));
	cr_expect(eq(str, result("umask", 022), "022"));
	cr_expect(eq(str, result("umask", 0), "000"));
	cr_expect(eq(str, result("lseek", -5000), "-5000"));
}

Test(decode, a_result_of_fcntl_depends_on_the_command)
{
	args(3, 3, 0, 0);
	cr_expect(eq(str, result("fcntl", 0x8002),
		     "0x8002 (flags O_RDWR|O_LARGEFILE)"));
	cr_expect(eq(str, result("fcntl", 0), "0 (flags O_RDONLY)"));
	args(3, 1, 0, 0);
	cr_expect(eq(str, result("fcntl", 0), "0"));
	cr_expect(eq(str, result("fcntl", 1), "0x1 (flags FD_CLOEXEC)"));
	args(3, 0, 0, 0);
	cr_expect(eq(str, result("fcntl", 10), "10"));
}

Test(decode, errors_have_names_and_texts)
{
	cr_expect(eq(str, result("openat", -2),
		     "-1 ENOENT (No such file or directory)"));
	cr_expect(eq(str, result("mmap", -12),
		     "-1 ENOMEM (Cannot allocate memory)"));
	cr_expect(eq(str, result("openat", -4000), "-1 (errno 4000)"));
	cr_expect(eq(str, result("ioctl", -515),
		     "-1 ENOIOCTLCMD (Unknown error 515)"));
}

Test(decode, interrupted_calls_are_worded_as_strace_does)
{
	cr_expect(eq(str, result("read", -512),
		     "? ERESTARTSYS (To be restarted if SA_RESTART is set)"));
	cr_expect(eq(str, result("read", -513),
		     "? ERESTARTNOINTR (To be restarted)"));
	cr_expect(eq(str, result("read", -514),
		     "? ERESTARTNOHAND (To be restarted if no handler)"));
	cr_expect(eq(str, result("read", -516),
		     "? ERESTART_RESTARTBLOCK (Interrupted by signal)"));
}

Test(decode, a_32_bit_result_has_32_bits)
{
	ev.head.compat = 1;
	cr_expect(eq(str, result("mmap", 0xfffffffff7fc1000), "0xf7fc1000"));
	cr_expect(eq(str, result("lseek", 0xffffe000), "-8192"));
}

Test(decode, shows_paths_whole_and_cuts_strings)
{
	char name[101];
	memset(name, 'a', 100);
	name[100] = '\0';
	args(1, 2, 0, 0);
	path(0, name);
	path(1, name);
	char *shown = line("getxattr");
	cr_expect(eq(int, strncmp(shown + 10 + 100, "\", \"aaaa", 8), 0));
	cr_expect(eq(str, shown + 10 + 100 + 4 + 32, "\"..., NULL, 0) = 0"));
	options.string_limit = 5;
	cr_expect(eq(str, line("getxattr") + 10 + 100 + 4 + 5,
		     "\"..., NULL, 0) = 0"));
	options.string_limit = 0;
	cr_expect(eq(str, line("getxattr") + 10 + 100 + 3,
		     "\"\"..., NULL, 0) = 0"));
	options.string_limit = 100;
	cr_expect(eq(str, line("getxattr") + 10 + 100 + 4 + 100,
		     "\", NULL, 0) = 0"));
}

Test(decode, tells_text_from_cut_and_unreadable)
{
	args(0x1000, 0, 0, 0);
	path(0, "/a");
	cr_expect(eq(str, line("chdir"),
		     "chdir(\"/a\")                             = 0"));
	reset();
	args(0x1000, 0, 0, 0);
	chunk(0, EVENT_CHUNK_CUT, "/a", 2);
	cr_expect(eq(str, line("chdir"),
		     "chdir(\"/a\"...)                          = 0"));
	reset();
	args(0x1000, 0, 0, 0);
	chunk(0, EVENT_CHUNK_UNREADABLE, "", 0);
	cr_expect(eq(str, line("chdir"),
		     "chdir(0x1000)                           = 0"));
	reset();
	args(0x1000, 0, 0, 0);
	path(0, "");
	cr_expect(eq(str, line("chdir"),
		     "chdir(\"\")                               = 0"));
	reset();
	cr_expect(eq(str, line("chdir"),
		     "chdir(NULL)                             = 0"));
}

Test(decode, what_was_read_at_exit_replaces_what_could_not_be_at_entry)
{
	args(0x1000, 0, 0, 0);
	chunk(0, EVENT_CHUNK_UNREADABLE, "", 0);
	path(0, "/late");
	cr_expect(eq(str, line("chdir"),
		     "chdir(\"/late\")                          = 0"));
}

Test(decode, raw_shows_registers)
{
	struct decode_options raw = {.string_limit = 32, .raw = true};
	struct buf buf;
	args((uint64_t)-100, 0x1000, 0, 0644);
	path(1, "/etc");
	buf_init(&buf, text, sizeof(text));
	decode_args(&buf, call(cat, "openat"), &ev.call, &raw);
	cr_expect(eq(str, text, "0xffffffffffffff9c, 0x1000, 0, 0x1a4"));
}

Test(decode, a_32_bit_call_shows_32_bits_of_a_register)
{
	ev.head.compat = 1;
	args(0x1111222233334444, 0xffffffffffffffff, 0, 0);
	cr_expect(eq(str, line("munmap"),
		     "munmap(0x33334444, 4294967295)          = 0"));
}

static const struct event_chunk *text_of(unsigned index)
{
	static const struct argtype_spec spec = {.kind = ARG_PATH};
	const struct decode_argument arg = {.index = index, .spec = &spec};
	return decode_chunk(&ev.call, &arg);
}

Test(decode, finds_the_chunk_of_an_argument)
{
	path(1, "one");
	path(3, "three");
	const struct event_chunk *found = text_of(3);
	cr_assert(ne(ptr, (void *)found, NULL));
	cr_expect(eq(u32, found->size, 5));
	cr_expect(eq(ptr, (void *)text_of(0), NULL));
}

Test(decode, does_not_follow_chunks_that_lie)
{
	path(0, "0123456789");
	struct event_chunk *head = (void *)(ev.bytes + sizeof(ev.call));
	static const uint32_t sizes[] = {17, 25, 4096, 0x7fffffff, UINT32_MAX};
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		head->size = sizes[i];
		cr_expect(eq(ptr, (void *)text_of(0), NULL));
		cr_expect(not(decode_is_sane(&ev.head, ev.head.size)));
	}
	head->size = 16;
	cr_expect(decode_is_sane(&ev.head, ev.head.size));
	ev.call.payload = UINT32_MAX;
	cr_expect(eq(ptr, (void *)text_of(0), NULL));
	cr_expect(not(decode_is_sane(&ev.head, ev.head.size)));
}

Test(decode, refuses_calls_that_are_not_well_formed)
{
	path(0, "0123456789");
	uint32_t size = ev.head.size;
	cr_assert(decode_is_sane(&ev.head, size));
	cr_expect(not(decode_is_sane(&ev.head, size - 8)));
	cr_expect(not(decode_is_sane(&ev.head, 0)));
	cr_expect(not(decode_is_sane(&ev.head, 24)));
	struct event_chunk *head = (void *)(ev.bytes + sizeof(ev.call));
	head->arg = 6;
	cr_expect(not(decode_is_sane(&ev.head, size)));
	head->arg = 5;
	head->status = 3;
	cr_expect(not(decode_is_sane(&ev.head, size)));
	head->status = 2;
	cr_expect(decode_is_sane(&ev.head, size));
	memset(ev.call.comm, 'a', sizeof(ev.call.comm));
	cr_expect(not(decode_is_sane(&ev.head, size)));
	ev.call.comm[15] = '\0';
	ev.head.compat = 2;
	cr_expect(not(decode_is_sane(&ev.head, size)));
	ev.head.compat = 0;
	ev.call.payload -= 8;
	cr_expect(not(decode_is_sane(&ev.head, size)));
}

Test(decode, refuses_kinds_and_sizes_that_are_none)
{
	for (unsigned kind = 0; kind < 256; kind++) {
		memset(&ev, 0, sizeof(ev));
		ev.head.kind = (uint8_t)kind;
		ev.head.size = 32;
		if (kind != EVENT_BLOCKED_END)
			cr_expect(not(decode_is_sane(&ev.head, 32)), "%u",
				  kind);
		ev.head.size = 4104;
		cr_expect(not(decode_is_sane(&ev.head, 4104)), "%u", kind);
	}
	ev.head.kind = EVENT_TICK;
	ev.head.size = 104;
	cr_expect(decode_is_sane(&ev.head, 104));
	ev.head.size = 103;
	cr_expect(not(decode_is_sane(&ev.head, 103)));
	ev.head.size = 112;
	cr_expect(not(decode_is_sane(&ev.head, 112)));
	ev.head.kind = EVENT_LOST;
	ev.head.size = 48;
	cr_expect(decode_is_sane(&ev.head, 48));
	((struct event_lost *)&ev.head)->cause = EVENT_LOST_CAUSES;
	cr_expect(not(decode_is_sane(&ev.head, 48)));
}

Test(decode, refuses_a_command_line_that_is_not_there)
{
	struct event_task *task = (void *)&ev;
	ev.head.kind = EVENT_EXEC;
	ev.head.size = sizeof(*task) + 8;
	task->cmdline = 3;
	cr_expect(decode_is_sane(&ev.head, ev.head.size));
	task->cmdline = 9;
	cr_expect(not(decode_is_sane(&ev.head, ev.head.size)));
	task->cmdline = 0;
	cr_expect(not(decode_is_sane(&ev.head, ev.head.size)));
	task->cmdline = UINT32_MAX;
	cr_expect(not(decode_is_sane(&ev.head, ev.head.size)));
}

Test(decode, survives_any_bytes)
{
	unsigned seed = 1;
	for (int round = 0; round < 20000; round++) {
		uint8_t *bytes = malloc(256);
		for (int i = 0; i < 256; i++) {
			seed = seed * 1103515245 + 12345;
			bytes[i] = (uint8_t)(seed >> 16);
			if (round % 2 && seed >> 24 > 64)
				bytes[i] = 0;
		}
		struct event_call *random = (void *)bytes;
		random->h.size = 256;
		random->h.kind = EVENT_CALL;
		random->h.compat &= 1;
		random->payload = 128;
		random->comm[15] = '\0';
		if (decode_is_sane(&random->h, 256)) {
			struct buf buf;
			buf_init(&buf, text, sizeof(text));
			uint32_t index = catalogue_by_nr(cat, random->nr % 470,
							 random->h.compat);
			decode_call(&buf, catalogue_get(cat, index), random,
				    &options);
			cr_expect(not(buf.cut));
		}
		free(bytes);
	}
}

Test(decode, flags_of_clone_stand_alone_where_they_are_one_argument)
{
	struct buf buf;
	args(0x1200011, 0, 0, 0);
	buf_init(&buf, text, sizeof(text));
	decode_arg(&buf, call(cat, "clone"), &ev.call, 0, &options);
	cr_expect(eq(str, text,
		     "CLONE_CHILD_CLEARTID|CLONE_CHILD_SETTID|SIGCHLD"));
}

/* So many pieces of one piece of memory that their text has no room. */
static void write_the_same_often(void)
{
	struct event_chunk *array = (void *)(&ev.call + 1);
	uint64_t *piece = (void *)(array + 1);
	*array = (struct event_chunk){.address = 0x1000, .size = 16 * 32};
	for (unsigned i = 0; i < 32; i++) {
		piece[2 * i] = 0x2000;
		piece[2 * i + 1] = 1000;
	}
	struct event_chunk *data = (void *)(piece + 64);
	*data = (struct event_chunk){.address = 0x2000, .size = 1000};
	ev.call.nr = 20;
	ev.call.ret = 32000;
	args(1, 0x1000, 32, 0);
	ev.call.payload = 2 * sizeof(*array) + 16 * 32 + 1000;
	ev.head.size = (uint32_t)sizeof(ev.call) + ev.call.payload;
}

Test(decode, arguments_without_room_leave_it_for_the_result)
{
	struct buf buf;
	const struct decode_options long_strings = {.string_limit = 1000};
	const struct syscall *sc =
		catalogue_get(cat, catalogue_by_name(cat, "writev"));
	write_the_same_often();
	cr_assert(decode_is_sane(&ev.head, ev.head.size));
	buf_init(&buf, text, sizeof(text));
	decode_call(&buf, sc, &ev.call, &long_strings);
	cr_expect(buf.cut);
	cr_expect(strstr(text, "...) = 32000") != NULL);
	buf_init(&buf, text, 100);
	decode_arg(&buf, sc, &ev.call, 1, &long_strings);
	cr_expect(buf.cut);
	cr_expect(eq(str, text + 96, "..."));
}

Test(decode, writes_nothing_before_a_buffer_without_room)
{
	char data[] = "<< >>";
	struct buf buf;
	struct event_chunk *chunk = (void *)(&ev.call + 1);
	*chunk = (struct event_chunk){.arg = 1,
				      .address = 0x1000,
				      .size = 64,
				      .phase = EVENT_AT_EXIT};
	args(100, 0x1000, 0x2000, 0);
	ev.call.ret = 1;
	ev.call.payload = sizeof(*chunk) + chunk->size;
	ev.head.size = (uint32_t)sizeof(ev.call) + ev.call.payload;
	buf_init(&buf, data + 2, 1);
	decode_arg(
		&buf,
		catalogue_get(cat, catalogue_by_name(cat, "lsm_get_self_attr")),
		&ev.call, 1, &options);
	cr_expect(eq(sz, buf.len, 0));
	cr_expect(zero(int, memcmp(data, "<<\0>>", 6)));
}
