/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/strace_event.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "abi/chunk.h"
#include "abi/errno.h"
#include "abi/flags.h"
#include "abi/siginfo.h"
#include "abi/syscall.h"
#include "base/xalloc.h"
#include "feed/sink.h"
#include "feed/strace_names.h"
#include "feed/strace_tasks.h"

#define NUMBER_SIZE 64   /* of the text of a number or a name */
#define PATH_SIZE   1536 /* of a path; longer ones are not told */

void strace_event_files_done(struct strace_files *files)
{
	struct strace_file *file;
	struct strace_file *next;
	HASH_ITER (hh, files->table, file, next) {
		HASH_DEL(files->table, file);
		free(file);
	}
}

/* Says what PATH is under an id, once. */
static uint64_t file_id(struct strace_files *files, const char *path,
			size_t len, uint64_t time_ns, const struct sink *to)
{
	struct strace_file *file;
	HASH_FIND(hh, files->table, path, len, file);
	if (file)
		return file->id;
	if (HASH_COUNT(files->table) >= STRACE_FILES_LIMIT)
		strace_event_files_done(files);
	file = xcalloc(1, sizeof(*file) + len + 1);
	file->id = ++files->last_id;
	memcpy(file->path, path, len);
	HASH_ADD_KEYPTR(hh, files->table, file->path, len, file);
	struct {
		struct event_file head;
		char path[PATH_SIZE];
	} ev = {0};
	size_t padded = chunk_padded(len);
	ev.head = (struct event_file){
		.h = {.size = (uint32_t)(sizeof(ev.head) + padded),
		      .kind = EVENT_FILE,
		      .time_ns = time_ns},
		.id = file->id,
		.size = (uint32_t)len,
	};
	memcpy(ev.path, path, len);
	sink_put(to, &ev.head.h);
	return file->id;
}

static int octal(char c)
{
	return c >= '0' && c <= '7' ? c - '0' : -1;
}

static int hex(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c ? strchr(digits, c) : NULL;
	return at ? (int)(at - digits) : -1;
}

/* The byte that the escape at *AT, behind its backslash, stands for. */
static char unescape(const char **at, const char *end)
{
	static const char letters[] = "tnvfr";
	static const char bytes[] = "\t\n\v\f\r";
	char c = *(*at)++;
	const char *letter = c ? strchr(letters, c) : NULL;
	if (letter)
		return bytes[letter - letters];
	if (c == 'x' && end - *at >= 2 && hex((*at)[0]) >= 0 &&
	    hex((*at)[1]) >= 0) {
		c = (char)(hex((*at)[0]) << 4 | hex((*at)[1]));
		*at += 2;
		return c;
	}
	int value = octal(c);
	if (value < 0)
		return c; /* a quotation mark, a backslash */
	for (int i = 0; i < 2 && *at < end && octal(**at) >= 0; i++)
		value = value * 8 + octal(*(*at)++);
	return (char)value;
}

/* Of a string at *AT, which then is behind it. */
static long unquote(const char **at, const char *end, char *ret, size_t size)
{
	size_t len = 0;
	if (*at == end || **at != '"')
		return -1;
	++*at;
	while (*at < end && **at != '"') {
		char c = *(*at)++;
		if (c == '\\' && *at < end)
			c = unescape(at, end);
		if (len + 1 < size)
			ret[len++] = c;
	}
	if (*at == end)
		return -1;
	++*at;
	ret[len] = '\0';
	return (long)len;
}

long strace_event_unquote(const struct strace_text *text, char *ret,
			  size_t size)
{
	const char *at = text->at;
	return unquote(&at, text->at + text->len, ret, size);
}

size_t strace_event_strings(const struct strace_text *text, char *ret,
			    size_t size)
{
	const char *at = text->at;
	const char *end = text->at + text->len;
	size_t used = 0;
	if (at == end || *at != '[')
		return 0;
	for (at++; at < end && *at == '"' && used + 1 < size;) {
		long len = unquote(&at, end, ret + used, size - used);
		if (len < 0)
			break;
		used += (size_t)len + 1;
		while (at < end && (*at == '.' || *at == ',' || *at == ' '))
			at++;
	}
	return used;
}

/* While chunks are added. */
struct writer {
	struct event_call *ev;
	struct strace_files *files;
	const struct sink *to;
	uint64_t time_ns;
};

static bool add_chunk(struct writer *writer, struct event_chunk head,
		      const void *data, size_t size)
{
	struct event_call *ev = writer->ev;
	char *at = (char *)(ev + 1) + ev->payload;
	size_t padded = chunk_padded(size);
	if (ev->payload + sizeof(head) + padded > EVENT_PAYLOAD_LIMIT) {
		ev->h.flags |= EVENT_CALL_CUT;
		return false;
	}
	head.size = (uint32_t)size;
	memcpy(at, &head, sizeof(head));
	memset(at + sizeof(head), 0, padded);
	memcpy(at + sizeof(head), data, size);
	ev->payload += (uint32_t)(sizeof(head) + padded);
	return true;
}

/* What fits of a text, so that KEEP bytes of the row are left. */
static void add_text(struct writer *writer, const struct strace_text *text,
		     uint8_t arg, enum event_phase phase, size_t keep)
{
	size_t used = writer->ev->payload + sizeof(struct event_chunk) + keep;
	size_t room = used + 8 < EVENT_PAYLOAD_LIMIT
			      ? EVENT_PAYLOAD_LIMIT - used - 8
			      : 0;
	if (room > EVENT_CHUNK_LIMIT)
		room = EVENT_CHUNK_LIMIT;
	bool cut = text->len > room;
	const struct event_chunk head = {
		.arg = arg,
		.what = EVENT_CHUNK_TEXT,
		.status = cut ? EVENT_CHUNK_CUT : EVENT_CHUNK_WHOLE,
		.phase = (uint8_t)phase,
	};
	if (cut)
		writer->ev->h.flags |= EVENT_CALL_CUT;
	(void)add_chunk(writer, head, text->at, cut ? room : text->len);
}

/* A part of TEXT as a string; false: it is too long for a number or a name. */
static bool copy_text(const char *at, size_t len, char ret[NUMBER_SIZE])
{
	if (len == 0 || len >= NUMBER_SIZE)
		return false;
	memcpy(ret, at, len);
	ret[len] = '\0';
	return true;
}

static bool read_number(const char *text, uint64_t *ret)
{
	char *end = NULL;
	errno = 0;
	*ret = text[0] == '-' ? (uint64_t)strtoll(text, &end, 0)
			      : strtoull(text, &end, 0);
	return end != text && errno == 0;
}

/* "O_RDONLY|O_CLOEXEC|0x40": false if a name of it is not known. */
static bool read_set(const struct strace_text *text, enum flags_set set,
		     enum abi abi, uint64_t *ret)
{
	const char *at = text->at;
	const char *end = at + text->len;
	uint64_t value = 0;
	while (at < end) {
		const char *bar = memchr(at, '|', (size_t)(end - at));
		const char *stop = bar ? bar : end;
		char name[NUMBER_SIZE];
		uint64_t bits = 0;
		if (!copy_text(at, (size_t)(stop - at), name) ||
		    (flags_value(set, name, abi, &bits) < 0 &&
		     !read_number(name, &bits)))
			return false;
		value |= bits;
		at = stop + 1;
	}
	*ret = value;
	return true;
}

/* The value of an argument where the text tells it; else 0. */
static uint64_t value_of(const struct strace_text *text,
			 const struct argtype_spec *spec, enum abi abi)
{
	char number[NUMBER_SIZE];
	uint64_t value = 0;
	struct strace_text at = *text;
	if (strace_line_skip(&at, "AT_FDCWD"))
		return (uint32_t)-100; /* <linux/fcntl.h> */
	if (spec && spec->kind == ARG_SET && spec->which < FLAGS_COUNT &&
	    read_set(text, (enum flags_set)spec->which, abi, &value))
		return value;
	size_t len = 0;
	while (len < text->len && len + 1 < NUMBER_SIZE &&
	       !strchr("</ ,|", text->at[len]))
		len++;
	if (copy_text(text->at, len, number) && read_number(number, &value))
		return value;
	return 0;
}

/* "3</etc/passwd>", "4<pipe:[17]>": what it is behind the number. */
static bool angle_of(const struct strace_text *text, struct strace_text *ret)
{
	const char *from = memchr(text->at, '<', text->len);
	if (!from || from == text->at || *text->at == '"')
		return false;
	const char *end = text->at + text->len;
	*ret = (struct strace_text){from + 1, (size_t)(end - from) - 1};
	return ret->len > 0;
}

static bool read_inode(struct strace_text text, const char *before,
		       uint64_t *ret)
{
	return strace_line_skip(&text, before) &&
	       strace_line_number(&text, ret);
}

/* What a descriptor refers to, of argument ARG or as the result. */
static void add_fd(struct writer *writer, const struct strace_text *text,
		   uint64_t number, uint8_t arg, enum event_phase phase)
{
	struct strace_text angle;
	struct event_fd fd = {.kind = EVENT_FILE_PATH};
	uint64_t inode = 0;
	char path[PATH_SIZE];
	size_t len = 0;
	if (!angle_of(text, &angle))
		return;
	struct strace_text rest = angle;
	if (read_inode(angle, "pipe:[", &inode))
		fd.kind = EVENT_FILE_PIPE;
	else if (read_inode(angle, "socket:[", &inode))
		fd.kind = EVENT_FILE_SOCKET;
	else if (*angle.at != '/' && !strace_line_skip(&rest, "anon_inode:"))
		return;
	fd.inode = inode;
	const char *at = angle.at;
	const char *end = angle.at + angle.len;
	while (at < end && *at != '>' && *at != '<' && len + 1 < sizeof(path)) {
		char c = *at++;
		path[len++] = c == '\\' && at < end ? unescape(&at, end) : c;
	}
	if (at == end || len + 1 == sizeof(path))
		return;
	if (fd.kind == EVENT_FILE_PATH)
		fd.id = file_id(writer->files, path, len, writer->time_ns,
				writer->to);
	const struct event_chunk head = {
		.address = (__u64)(int32_t)number,
		.arg = arg,
		.what = EVENT_CHUNK_FD,
		.phase = (uint8_t)phase,
	};
	(void)add_chunk(writer, head, &fd, sizeof(fd)); /* or it says CUT */
}

/* A path as if it had been copied. */
static void add_path(struct writer *writer, const struct strace_text *text,
		     uint8_t arg)
{
	char path[PATH_SIZE];
	long len = strace_event_unquote(text, path, sizeof(path));
	if (len < 0)
		return;
	bool cut = text->len > 3 &&
		   memcmp(text->at + text->len - 3, "...", 3) == 0;
	const struct event_chunk head = {
		.arg = arg,
		.what = EVENT_CHUNK_STRING,
		.status = cut ? EVENT_CHUNK_CUT : EVENT_CHUNK_WHOLE,
	};
	(void)add_chunk(writer, head, path, (size_t)len); /* or it says CUT */
}

static const struct argtype_spec *spec_of(const struct strace_name *name,
					  uint8_t arg)
{
	const struct syscall *sc = name->sc;
	unsigned nargs = name->compat ? sc->compat_nargs : sc->nargs;
	const struct syscall_arg *args =
		name->compat ? sc->compat_args : sc->args;
	return arg < nargs ? &args[arg].spec : NULL;
}

static void add_argument(struct writer *writer, const struct strace_name *name,
			 const struct strace_text *text, uint8_t arg)
{
	const struct argtype_spec *spec = spec_of(name, arg);
	uint64_t value = value_of(text, spec,
				  name->compat ? ABI_I386 : name->sc->native);
	writer->ev->args[arg] = value;
	if (!spec || spec->direction != ARGTYPE_VALUE)
		return;
	if (spec->kind == ARG_PATH)
		add_path(writer, text, arg);
	else if (argtype_copy((enum argtype)spec->kind) == ARGTYPE_COPY_FD)
		add_fd(writer, text, value, arg, EVENT_AT_ENTRY);
}

/* "-1 ENOENT (...)", "? ERESTARTSYS (...)", "-1 (errno 524)", "?" */
static bool read_failure(struct strace_text text, bool has_errno, int64_t *ret)
{
	char name[NUMBER_SIZE];
	uint64_t number = 0;
	size_t len = 0;
	if (!strace_line_skip(&text, " "))
		return false;
	if (strace_line_skip(&text, "(errno ")) {
		*ret = strace_line_number(&text, &number) && number <= 4095
			       ? -(int64_t)number
			       : -1;
		return true;
	}
	while (len < text.len && text.at[len] != ' ')
		len++;
	int code = copy_text(text.at, len, name) ? errno_by_name(name) : -1;
	if (code <= 0)
		return false;
	*ret = -code;
	return has_errno || errno_is_restart(-code);
}

static void read_result(struct writer *writer, const struct strace_call *call)
{
	struct event_call *ev = writer->ev;
	struct strace_text text = call->result;
	int64_t failure = 0;
	bool unknown = strace_line_skip(&text, "?");
	if ((unknown || strace_line_skip(&text, "-1")) &&
	    read_failure(text, !unknown, &failure)) {
		ev->ret = failure;
		return;
	}
	if (unknown) {
		ev->h.flags |= EVENT_CALL_NO_RESULT;
		return;
	}
	ev->ret = (int64_t)value_of(&call->result, NULL, ABI_X86_64);
	if (ev->ret >= 0)
		add_fd(writer, &call->result, (uint64_t)ev->ret, 0,
		       EVENT_AT_EXIT);
}

void strace_event_call(union strace_room *ret, const struct strace_name *name,
		       const struct strace_call *call,
		       const struct strace_task *task,
		       struct strace_files *files, const struct sink *to)
{
	struct event_call *ev = &ret->call;
	const struct strace_process *process = task->process;
	struct writer writer = {ev, files, to, ev->h.time_ns};
	bool compat = name->compat || (process->compat && name->compat_nr >= 0);
	*ev = (struct event_call){
		.h = {.kind = EVENT_CALL,
		      .compat = compat,
		      .start_ns = process->start_ns,
		      .pid = process->pid,
		      .tid = task->tid},
		.nr = compat ? (uint32_t)name->compat_nr : name->nr,
		.uid = UINT32_MAX, /* not told */
		.gid = UINT32_MAX,
	};
	memcpy(ev->comm, process->comm, sizeof(ev->comm));
	add_text(&writer, &call->result, 0, EVENT_AT_EXIT, 0);
	for (size_t i = 0; i < call->count; i++) {
		size_t after = (call->count - i - 1) *
			       (sizeof(struct event_chunk) + 8);
		add_text(&writer, &call->args[i], name->places[i],
			 EVENT_AT_ENTRY, after);
	}
	for (size_t i = 0; i < call->count; i++)
		add_argument(&writer, name, &call->args[i], name->places[i]);
	read_result(&writer, call);
	ev->h.size = (uint32_t)(sizeof(*ev) + ev->payload);
}

static uint64_t signal_of(const struct strace_text *text)
{
	char name[NUMBER_SIZE];
	uint64_t number = 0;
	if (copy_text(text->at, text->len, name))
		(void)flags_value(FLAGS_SIGNAL, name, ABI_X86_64,
				  &number); /* 0: unknown */
	return number;
}

int32_t strace_event_killed(const struct strace_text *name, bool dumped_core)
{
	/* WCOREFLAG in <bits/waitflags.h> */
	return (int32_t)(signal_of(name) & 0x7f) | (dumped_core ? 0x80 : 0);
}

void strace_event_signal(struct event_signal *ret,
			 const struct strace_line *line,
			 const struct strace_task *task)
{
	const struct strace_process *process = task->process;
	*ret = (struct event_signal){
		.h = {.size = sizeof(*ret),
		      .kind = EVENT_SIGNAL,
		      .start_ns = process->start_ns,
		      .pid = process->pid,
		      .tid = task->tid},
		.uid = UINT32_MAX, /* not told */
		.gid = UINT32_MAX,
	};
	memcpy(ret->comm, process->comm, sizeof(ret->comm));
	ret->signal = (uint32_t)signal_of(&line->name);
	siginfo_read(ret->info, sizeof(ret->info), line->rest.at,
		     line->rest.len);
}
