/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "view/dump.h"

#include <string.h>

#include "abi/remark.h"
#include "abi/siginfo.h"
#include "abi/syscall.h"
#include "base/buf.h"
#include "model/field.h"
#include "model/task.h"
#include "view/dump_row.h"
#include "view/dump_stack.h"
#include "view/json.h"

/* More than the longest path that is captured. */
#define TARGET_SIZE 2048

static void put_cut(struct buf *buf)
{
	json_key(buf, "state");
	buf_puts(buf, "\"cut\"");
}

static void put_state(struct buf *buf, const struct event_chunk *chunk)
{
	if (chunk->status == EVENT_CHUNK_CUT) {
		put_cut(buf);
	} else if (chunk->status == EVENT_CHUNK_UNREADABLE) {
		json_key(buf, "state");
		buf_puts(buf, "\"unreadable\"");
	}
}

/* An argument that is text: its bytes as they are, not as strace quotes them.
 */
static void put_text_argument(struct buf *buf, const struct event_chunk *chunk)
{
	const char *text = (const char *)(chunk + 1);
	json_key(buf, "text");
	if (chunk->status == EVENT_CHUNK_UNREADABLE)
		buf_puts(buf, "null");
	else
		json_string(buf, text, chunk->size);
	put_state(buf, chunk);
	if (!json_is_utf8(text, chunk->size)) {
		json_key(buf, "bytes");
		json_bytes(buf, text, chunk->size);
	}
}

/* What the descriptor at PLACE referred to, as KEY, where that is known. */
static void put_target(struct buf *buf, const char *key,
		       const struct event_call *ev,
		       const struct print_fd_place *place,
		       const struct decode_options *options)
{
	char data[TARGET_SIZE];
	struct buf text;
	buf_init(&text, data, sizeof(data));
	if (!print_fd_plain(&text, ev, place, &options->files))
		return;
	json_key(buf, key);
	json_string(buf, data, text.len);
}

/* What the descriptor that is the result of a call referred to. */
static void put_made(struct buf *buf, const struct model *model,
		     const struct event_call *ev,
		     const struct decode_options *options)
{
	const struct syscall *sc =
		dump_row_syscall(model, ev->nr, ev->h.compat);
	const struct print_fd_place made = {
		.fd = (int)ev->ret,
		.phase = EVENT_AT_EXIT,
		.arg = EVENT_ARGS,
	};
	if (decode_makes_descriptor(sc, ev))
		put_target(buf, "ret_target", ev, &made, options);
}

static bool is_descriptor(const struct argtype_spec *spec)
{
	return spec->direction == ARGTYPE_VALUE &&
	       argtype_copy((enum argtype)spec->kind) == ARGTYPE_COPY_FD;
}

static void put_argument(struct buf *buf, const struct syscall *sc,
			 const struct event_call *ev,
			 const struct decode_argument *arg,
			 const struct decode_options *options)
{
	char data[DECODE_ROOM];
	struct buf text;
	const struct event_chunk *chunk = decode_chunk(ev, arg);
	buf_putc(buf, '{');
	json_key(buf, "name");
	json_string(buf, arg->name, strlen(arg->name));
	json_key(buf, "raw");
	json_hex(buf, arg->value);
	if (chunk) {
		put_text_argument(buf, chunk);
	} else {
		buf_init(&text, data, sizeof(data));
		decode_arg(&text, sc, ev, arg->index, options);
		json_key(buf, "text");
		json_string(buf, data, text.len);
		if (text.cut)
			put_cut(buf);
	}
	const struct print_fd_place place = {
		.fd = (int)arg->value,
		.phase = EVENT_AT_ENTRY,
		.arg = arg->index,
	};
	if (is_descriptor(arg->spec))
		put_target(buf, "target", ev, &place, options);
	buf_putc(buf, '}');
}

static void put_arguments(struct buf *buf, const struct model *model,
			  const struct event_call *ev,
			  const struct dump_options *options)
{
	const struct syscall *sc =
		dump_row_syscall(model, ev->nr, ev->h.compat);
	struct decode_argument args[EVENT_ARGS];
	unsigned count = decode_arguments(sc, ev, args);
	buf_putc(buf, '[');
	for (unsigned i = 0; i < count; i++) {
		if (i > 0)
			buf_putc(buf, ',');
		put_argument(buf, sc, ev, &args[i], &options->decode);
	}
	buf_putc(buf, ']');
}

static void put_call(struct buf *buf, const struct model *model,
		     const struct event_call *ev,
		     const struct dump_options *options)
{
	const struct row row = {.kind = ROW_CALL, .object = ev};
	const struct field *field;
	struct field_scratch scratch;
	size_t i = 0;
	while ((field = dump_row_field(options, &i))) {
		json_key(buf, field->name);
		if (field->unit == UNIT_ARGS) {
			put_arguments(buf, model, ev, options);
			continue;
		}
		if (field->kinds & FIELD_STACK) {
			dump_stack_json(buf, ev, &options->decode.files);
			continue;
		}
		struct value value = field_get(field, model, &row, &scratch);
		if (!value.known)
			buf_puts(buf, "null");
		else if (field->unit == UNIT_TEXT)
			json_string(buf, value.text, strlen(value.text));
		else
			dump_row_number(buf, field, &value);
		if (strcmp(field->name, "ret") == 0)
			put_made(buf, model, ev, &options->decode);
	}
}

static void put_u64(struct buf *buf, const char *key, uint64_t value)
{
	json_key(buf, key);
	buf_u64(buf, value);
}

/* A user or group; (uid_t)-1 is nobody's, and not known. */
static void put_owner(struct buf *buf, const char *key, uint32_t id)
{
	json_key(buf, key);
	if (id != UINT32_MAX)
		buf_u64(buf, id);
	else
		buf_puts(buf, "null");
}

/* An ID that is 0 where it is not known. */
static void put_id(struct buf *buf, const char *key, uint64_t id)
{
	json_key(buf, key);
	if (id)
		buf_u64(buf, id);
	else
		buf_puts(buf, "null");
}

static void put_text(struct buf *buf, const char *key, const char *text)
{
	json_key(buf, key);
	json_string(buf, text, strlen(text));
}

static void put_type(struct buf *buf, const char *type)
{
	put_text(buf, "type", type);
}

static void put_place(struct buf *buf, const struct model *model,
		      const struct event *ev)
{
	const char *host = model_host_name(model, EVENT_HOST(ev));
	uint64_t offset_ns = model_wall_offset_ns(model);
	if (model_has_hosts(model) && host)
		put_text(buf, "host", host);
	put_id(buf, "time_ns", offset_ns ? ev->time_ns + offset_ns : 0);
}

static void put_syscall(struct buf *buf, const struct model *model,
			const struct event *ev, uint32_t nr)
{
	if (nr == EVENT_NR_NONE) {
		json_key(buf, "syscall");
		buf_puts(buf, "null");
		return;
	}
	put_text(buf, "syscall", dump_row_syscall(model, nr, ev->compat)->name);
}

static void put_growth(struct buf *buf, const struct event_growth *growth)
{
	put_u64(buf, "calls", growth->calls);
	put_u64(buf, "errors", growth->errors);
	put_u64(buf, "restarted", growth->restarted);
	put_u64(buf, "time", growth->time_ns);
	put_u64(buf, "max", growth->max_ns);
	put_u64(buf, "bytes", growth->bytes);
}

static void put_stat(struct buf *buf, const struct model *model,
		     const struct event_stat *ev)
{
	put_type(buf, "counters");
	put_place(buf, model, &ev->h);
	put_syscall(buf, model, &ev->h, ev->nr);
	put_growth(buf, &ev->growth);
}

static void put_count(struct buf *buf, const struct model *model,
		      const struct event_count *ev)
{
	put_type(buf, "counters");
	put_place(buf, model, &ev->h);
	put_id(buf, "pid", ev->h.pid);
	put_syscall(buf, model, &ev->h, ev->nr);
	put_growth(buf, &ev->growth);
}

static void put_lost(struct buf *buf, const struct model *model,
		     const struct event_lost *ev)
{
	static const char *const causes[EVENT_LOST_CAUSES] = {
		[EVENT_LOST_RING] = "ring",
		[EVENT_LOST_STATE] = "state",
		[EVENT_LOST_BUDGET] = "budget",
		[EVENT_LOST_SAMPLED] = "sampled",
	};
	const char *cause =
		ev->cause < EVENT_LOST_CAUSES ? causes[ev->cause] : "unknown";
	put_type(buf, "lost");
	put_place(buf, model, &ev->h);
	put_syscall(buf, model, &ev->h, ev->nr);
	put_text(buf, "cause", cause);
	put_u64(buf, "count", ev->count);
}

static void put_signal(struct buf *buf, const struct model *model,
		       const struct event_signal *ev)
{
	static const char *const actions[EVENT_ACTIONS] = {
		[EVENT_ACTION_DEFAULT] = "default",
		[EVENT_ACTION_IGNORE] = "ignore",
		[EVENT_ACTION_HANDLER] = "handler",
	};
	struct siginfo_walk walk;
	struct siginfo_part part;
	char data[64];
	put_type(buf, "signal");
	put_place(buf, model, &ev->h);
	put_id(buf, "pid", ev->h.pid);
	put_id(buf, "tid", ev->h.tid);
	put_owner(buf, "uid", ev->uid);
	put_owner(buf, "gid", ev->gid);
	json_key(buf, "comm");
	json_string(buf, ev->comm, strnlen(ev->comm, EVENT_COMM_SIZE));
	put_text(buf, "action", actions[ev->action % EVENT_ACTIONS]);
	siginfo_walk_init(&walk, ev->info, sizeof(ev->info),
			  catalogue_native(model_catalogue(model)));
	while (siginfo_walk_next(&walk, &part)) {
		struct buf text;
		json_key(buf, part.key);
		if (part.is_number) {
			buf_s64(buf, part.value);
			continue;
		}
		buf_init(&text, data, sizeof(data));
		siginfo_print_part(&text, &walk, &part);
		json_string(buf, data, text.len);
	}
}

static void put_cmdline(struct buf *buf, const struct event_task *ev)
{
	char text[EVENT_CMDLINE_LIMIT];
	size_t len = task_cmdline_text(ev, text);
	json_key(buf, "cmdline");
	if (len)
		json_string(buf, text, len);
	else
		buf_puts(buf, "null");
}

static void put_task(struct buf *buf, const struct model *model,
		     const struct event_task *ev)
{
	bool exit = ev->h.kind == EVENT_EXIT;
	char data[32];
	struct buf status;
	buf_init(&status, data, sizeof(data));
	task_print_status(&status, ev->status);
	put_type(buf, exit ? "exit" : "exec");
	put_place(buf, model, &ev->h);
	put_id(buf, "pid", ev->h.pid);
	put_id(buf, "tid", ev->h.tid);
	put_id(buf, "ppid", ev->ppid);
	put_owner(buf, "uid", ev->uid);
	put_owner(buf, "gid", ev->gid);
	json_key(buf, "comm");
	json_string(buf, ev->comm, strnlen(ev->comm, EVENT_COMM_SIZE));
	if (exit) { /* of a thread, or with it of the whole process */
		put_text(buf, "status", data);
		return;
	}
	put_cmdline(buf, ev);
	if (remark_lines(&ev->h)) /* the thread that the leader was before */
		put_id(buf, "caller_tid", (uint32_t)ev->status);
}

void dump_json(struct buf *buf, const struct model *model,
	       const struct event *ev, const struct dump_options *options)
{
	size_t start = buf->len;
	buf_putc(buf, '{');
	switch ((enum event_kind)ev->kind) {
	case EVENT_CALL:
		put_type(buf, "call");
		put_call(buf, model, (const void *)ev, options);
		break;
	case EVENT_EXEC:
	case EVENT_EXIT:
		put_task(buf, model, (const void *)ev);
		break;
	case EVENT_SIGNAL:
		put_signal(buf, model, (const void *)ev);
		break;
	case EVENT_STAT:
		put_stat(buf, model, (const void *)ev);
		break;
	case EVENT_COUNT:
		put_count(buf, model, (const void *)ev);
		break;
	case EVENT_LOST:
		put_lost(buf, model, (const void *)ev);
		break;
	case EVENT_TASK:
	case EVENT_FORK:
	case EVENT_RENAME:
	case EVENT_CRED:
	case EVENT_ERROR:
	case EVENT_BLOCKED:
	case EVENT_BLOCKED_END:
	case EVENT_TICK:
	case EVENT_FILE:
	case EVENT_SYMBOL:
	case EVENT_TRACED:
	case EVENT_NUMBER:
		buf->len = start;
		buf->data[start] = '\0';
		return;
	}
	buf_putc(buf, '}');
}
