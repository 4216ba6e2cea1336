/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 *     calls FILE [CLASS]
 *
 * makes every class of calls, or one, and writes the expected lines to FILE:
 * number of the marker, case, line; with tabs.
 */
#include "config.h"

#include "calls.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>

#define RECORD_TEXT   4000000 /* bytes of expected lines */
#define LINE_SIZE     16384
#define RESULT_COLUMN "39" /* and a space: where strace puts the = */
#define STRING_LIMIT  32   /* of strace without -s */

struct record {
	atomic_uint marks;
	atomic_size_t used;
	atomic_uint made[CALLS_MARKER]; /* of each call, in this class */
	char text[RECORD_TEXT];
};

static const struct {
	const char *name;
	void (*run)(struct calls *c);
} classes[] = {
	/* clang-format off */
	{"control", calls_control},
	{"credentials", calls_credentials},
	{"descriptors", calls_descriptors},
	{"events", calls_events},
	{"fcntl", calls_fcntl},
	{"files", calls_files},
	{"futex", calls_futex},
	{"ipc", calls_ipc},
	{"memory", calls_memory},
	{"messages", calls_messages},
	{"mounts", calls_mounts},
	{"names", calls_names},
	{"newer", calls_newer},
	{"options", calls_options},
	{"processes", calls_processes},
	{"queues", calls_queues},
	{"scheduling", calls_scheduling},
	{"signals", calls_signals},
	{"sockets", calls_sockets},
	{"system", calls_system},
	{"time", calls_time},
	{"watching", calls_watching},
	/* clang-format on */
};

#define CLASSES (sizeof(classes) / sizeof(classes[0]))

void calls_stop(const struct calls *c, const char *what, const char *file,
		int line)
{
	fprintf(stderr, "calls: %s.%s: %s:%d: not so: %s\n", c->class, c->name,
		file, line, what);
	_exit(1);
}

static void append(struct calls *c, const char *text, size_t length)
{
	size_t at = atomic_fetch_add(&c->record->used, length);
	CALLS_NEED(c, at + length <= RECORD_TEXT);
	memcpy(c->record->text + at, text, length);
}

/* One line of the file: number, case, line. */
static void expect(struct calls *c, const char *line)
{
	char text[LINE_SIZE + 128];
	int length = snprintf(text, sizeof(text), "%u\t%s.%s\t%s\n", c->number,
			      c->class, c->name, line);
	CALLS_NEED(c, length > 0 && (size_t)length < sizeof(text));
	append(c, text, (size_t)length);
}

void calls_mark(struct calls *c, const char *name, long nr)
{
	unsigned nth = 1 + atomic_fetch_add(&c->record->made[nr], 1);
	(void)snprintf(c->name, sizeof(c->name), "%s.%u", name, nth);
	(void)snprintf(c->call, sizeof(c->call), "%s", name);
	c->number = 1 + atomic_fetch_add(&c->record->marks, 1);
	(void)syscall(CALLS_MARKER, c->number, 0, 0, 0, 0, 0);
}

long calls_raw(long nr, const long args[6])
{
	return syscall(nr, args[0], args[1], args[2], args[3], args[4],
		       args[5]);
}

void calls_make(struct calls *c, const char *name, long nr, const long args[6])
{
	calls_mark(c, name, nr);
	errno = 0;
	c->result = calls_raw(nr, args);
	c->error = c->result == -1 ? errno : 0;
}

static void show(struct calls *c, const char *name, const char *result,
		 const char *format, va_list list)
{
	char args[LINE_SIZE / 2], call[LINE_SIZE / 2 + 64], line[LINE_SIZE];
	int length = vsnprintf(args, sizeof(args), format, list);
	CALLS_NEED(c, length >= 0 && (size_t)length < sizeof(args));
	(void)snprintf(call, sizeof(call), "%-5d %s(%s)",
		       (int)syscall(SYS_gettid), name, args);
	length = snprintf(line, sizeof(line), "%-" RESULT_COLUMN "s = %s", call,
			  result);
	CALLS_NEED(c, length >= 0 && (size_t)length < sizeof(line));
	expect(c, line);
	c->used = 0;
}

void calls_show(struct calls *c, const char *result, const char *format, ...)
{
	va_list list;
	va_start(list, format);
	show(c, c->call, result, format, list);
	va_end(list);
}

void calls_follows(struct calls *c, const char *name, const char *result,
		   const char *format, ...)
{
	va_list list;
	va_start(list, format);
	show(c, name, result, format, list);
	va_end(list);
}

void calls_remark(struct calls *c, const char *format, ...)
{
	char rest[LINE_SIZE / 2], line[LINE_SIZE];
	va_list list;
	va_start(list, format);
	int length = vsnprintf(rest, sizeof(rest), format, list);
	va_end(list);
	CALLS_NEED(c, length >= 0 && (size_t)length < sizeof(rest));
	(void)snprintf(line, sizeof(line), "%-5d %s", (int)syscall(SYS_gettid),
		       rest);
	expect(c, line);
	c->used = 0;
}

struct calls *calls_copy(const struct calls *c)
{
	struct calls *copy = malloc(sizeof(*copy));
	CALLS_NEED(c, copy);
	*copy = *c;
	copy->used = 0;
	return copy;
}

void calls_in_child(struct calls *c, void (*test)(struct calls *c))
{
	pid_t pid = fork();
	CALLS_NEED(c, pid >= 0);
	if (!pid) {
		test(c);
		_exit(0);
	}
	int status;
	CALLS_NEED(c, waitpid(pid, &status, 0) == pid);
	CALLS_NEED(c, status == 0);
}

static bool is_in(pid_t tid, long nr)
{
	char path[64], text[128] = "";
	(void)snprintf(path, sizeof(path), "/proc/%d/syscall", (int)tid);
	int fd = open(path, O_RDONLY);
	ssize_t size = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
	(void)close(fd);
	return size > 0 && text[0] != 'r' && strtol(text, NULL, 10) == nr;
}

void calls_await(const struct calls *c, pid_t tid, long nr)
{
	for (int i = 0; i < 10000; i++) {
		if (is_in(tid, nr))
			return;
		(void)usleep(1000);
	}
	CALLS_NEED(c, is_in(tid, nr));
}

const char *calls_text(struct calls *c, const char *format, ...)
{
	char *text = c->arena + c->used;
	size_t room = sizeof(c->arena) - c->used;
	va_list list;
	va_start(list, format);
	int length = vsnprintf(text, room, format, list);
	va_end(list);
	CALLS_NEED(c, length >= 0 && (size_t)length < room);
	c->used += (size_t)length + 1;
	return text;
}

const char *calls_decimal(struct calls *c)
{
	if (c->error)
		return calls_text(c, "-1 %s (%s)", strerrorname_np(c->error),
				  strerror(c->error));
	return calls_text(c, "%ld", c->result);
}

const char *calls_hex(struct calls *c)
{
	if (c->error)
		return calls_decimal(c);
	return calls_text(c, "%#lx", (unsigned long)c->result);
}

const char *calls_address(struct calls *c, const void *address)
{
	return address ? calls_text(c, "%p", address) : "NULL";
}

const char *calls_out(struct calls *c, const void *address, const char *text)
{
	return c->error ? calls_address(c, address) : text;
}

const char *calls_flags(struct calls *c, uint64_t value,
			const struct calls_flag *flags)
{
	const char *text = "";
	if (!value)
		return "0";
	for (; flags->name; flags++) {
		if ((value & flags->value) != flags->value)
			continue;
		value &= ~flags->value;
		text = calls_text(c, "%s%s%s", text, *text ? "|" : "",
				  flags->name);
	}
	if (value)
		text = calls_text(c, "%s%s%#lx", text, *text ? "|" : "", value);
	return text;
}

/* C's escapes where there are some, else octal, as short as can be. */
static const char *quote(struct calls *c, const char *bytes, size_t size,
			 const char *after)
{
	static const char plain[] = "\"\\\f\n\r\t\v", letters[] = "\"\\fnrtv";
	char *text = c->arena + c->used, *out = text;
	CALLS_NEED(c, sizeof(c->arena) - c->used > 4 * size + 8);
	*out++ = '"';
	for (size_t i = 0; i < size; i++) {
		unsigned char byte = (unsigned char)bytes[i];
		const char *letter = byte ? strchr(plain, byte) : NULL;
		bool digit = i + 1 < size && bytes[i + 1] >= '0' &&
			     bytes[i + 1] <= '9';
		if (letter)
			out += sprintf(out, "\\%c", letters[letter - plain]);
		else if (byte >= ' ' && byte < 127)
			*out++ = (char)byte;
		else
			out += sprintf(out, digit ? "\\%03o" : "\\%o", byte);
	}
	out += sprintf(out, "\"%s", after);
	c->used = (size_t)(out + 1 - c->arena);
	return text;
}

const char *calls_bytes(struct calls *c, const void *bytes, size_t size)
{
	if (size > STRING_LIMIT)
		return quote(c, bytes, STRING_LIMIT, "...");
	return quote(c, bytes, size, "");
}

const char *calls_hexed(struct calls *c, const void *bytes, size_t size)
{
	const unsigned char *byte = bytes;
	const char *text = "\"";
	size_t shown = size > STRING_LIMIT ? STRING_LIMIT : size;
	for (size_t i = 0; i < shown; i++)
		text = calls_text(c, "%s\\x%02x", text, byte[i]);
	return calls_text(c, "%s\"%s", text, shown < size ? "..." : "");
}

const char *calls_string(struct calls *c, const char *string)
{
	return calls_bytes(c, string, strlen(string));
}

/* In a directory of its own, so that the names of files are short. */
static void run_class(struct calls *c, size_t class)
{
	c->class = classes[class].name;
	memset(c->record->made, 0, sizeof(c->record->made));
	pid_t pid = fork();
	CALLS_NEED(c, pid >= 0);
	if (!pid) {
		CALLS_NEED(c, !mkdir(c->class, 0755) && !chdir(c->class));
		(void)umask(022);
		classes[class].run(c);
		_exit(0);
	}
	int status;
	CALLS_NEED(c, waitpid(pid, &status, 0) == pid);
	if (status)
		fprintf(stderr, "calls: %s ended with %#x\n", c->class, status);
	CALLS_NEED(c, !status);
}

static void write_record(const struct calls *c, const char *path)
{
	FILE *file = fopen(path, "w");
	CALLS_NEED(c, file);
	size_t used = c->record->used;
	CALLS_NEED(c, fwrite(c->record->text, 1, used, file) == used);
	CALLS_NEED(c, !fclose(file));
}

int main(int argc, char **argv)
{
	static struct calls c = {.class = "calls"};
	const int kind = MAP_SHARED | MAP_ANONYMOUS;
	c.record = mmap(NULL, sizeof(*c.record), PROT_READ | PROT_WRITE, kind,
			-1, 0);
	c.bad = mmap(NULL, CALLS_PAGE, PROT_NONE, kind, -1, 0);
	CALLS_NEED(&c, c.record != MAP_FAILED && c.bad != MAP_FAILED);
	if (argc < 2 || argc > 3) {
		fprintf(stderr, "usage: calls FILE [CLASS]\n");
		return 2;
	}
	for (size_t i = 0; i < CLASSES; i++)
		if (argc == 2 || !strcmp(argv[2], classes[i].name))
			run_class(&c, i);
	write_record(&c, argv[1]);
	return 0;
}
