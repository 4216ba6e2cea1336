/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The array form of the format: it may end anywhere, so that a run which is
 * killed leaves a file that opens.  The program that a process runs is a slice
 * on its leader's track which its calls lie within: it is written when the
 * process has ended, or runs another, and its last call is known.
 */
#include "config.h"

#include "view/timeline.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "abi/decode.h"
#include "abi/errno.h"
#include "abi/flags.h"
#include "abi/remark.h"
#include "abi/siginfo.h"
#include "abi/stack.h"
#include "abi/syscall.h"
#include "base/buf.h"
#include "base/xalloc.h"
#include "model/field.h"
#include "model/model.h"
#include "model/task.h"
#include "view/dump_row.h"
#include "view/foreign.h"
#include "view/json.h"
#include "view/tracks.h"

#define TEXT_SIZE 1024 /* bytes of an argument; then it is cut */
#define DUE_COUNT 8    /* slices of ended processes written with an event */
#define DUE_NS    1000000000u /* after their end: late rows have come */

struct timeline {
	struct foreign_config config;
	struct tracks tracks;
	uint64_t now_ns;
	bool is_begun; /* something is in the array */
	bool is_ended;
};

void *timeline_new(const struct foreign_config *config, unsigned variant)
{
	struct timeline *tl = xcalloc(1, sizeof(*tl));
	(void)variant; /* there is one */
	tl->config = *config;
	tracks_init(&tl->tracks);
	return tl;
}

void timeline_free(void *self)
{
	struct timeline *tl = self;
	tracks_done(&tl->tracks);
	free(tl);
}

static uint64_t entry_ns(const struct event_call *ev)
{
	return ev->h.time_ns > ev->duration_ns ? ev->h.time_ns - ev->duration_ns
					       : 0;
}

static void put_key_text(struct buf *buf, const char *key, const char *text,
			 size_t len)
{
	json_key(buf, key);
	json_string(buf, text, len);
}

static void put_number(struct buf *buf, const char *key, uint64_t value)
{
	json_key(buf, key);
	buf_u64(buf, value);
}

static void put_us(struct buf *buf, const char *key, uint64_t ns)
{
	json_key(buf, key);
	buf_printf(buf, "%" PRIu64 ".%03u", ns / 1000, (unsigned)(ns % 1000));
}

/* The head of an event: its phase, name, and track. */
static void begin_event(struct timeline *tl, struct buf *buf, char phase,
			const char *name)
{
	const char text[] = {phase, '\0'};
	buf_puts(buf, tl->is_begun ? ",\n{" : "{");
	tl->is_begun = true;
	put_key_text(buf, "ph", text, 1);
	put_key_text(buf, "name", name, strlen(name));
}

static void put_track(struct buf *buf, uint32_t pid, uint32_t tid)
{
	put_number(buf, "pid", pid);
	put_number(buf, "tid", tid);
}

static void begin_args(struct buf *buf)
{
	json_key(buf, "args");
	buf_putc(buf, '{');
}

static void end_event(struct buf *buf)
{
	buf_puts(buf, "}}");
}

static void put_name(struct timeline *tl, struct buf *buf, const char *what,
		     const uint32_t track[2], const char *name)
{
	begin_event(tl, buf, 'M', what);
	put_track(buf, track[0], track[1]);
	begin_args(buf);
	put_key_text(buf, "name", name, strlen(name));
	end_event(buf);
}

void timeline_begin(void *self, struct buf *buf)
{
	struct timeline *tl = self;
	const uint32_t machine[2] = {TRACKS_MACHINE, TRACKS_MACHINE};
	buf_puts(buf, "[\n");
	put_name(tl, buf, "process_name", machine, "all processes");
}

/* What a process was shown as before its number does not say it. */
static void name_process(struct timeline *tl, struct buf *buf,
			 const struct tracks_process *process)
{
	const uint32_t track[2] = {process->id, process->id};
	char text[192];
	struct buf name;
	buf_init(&name, text, sizeof(text));
	const char *host = model_host_name(tl->config.model, process->key.host);
	buf_puts(&name, process->comm);
	if (model_has_hosts(tl->config.model) && host)
		buf_printf(&name, " on %s", host);
	if (process->key.pid == 0)
		buf_puts(&name, ", outside our PID namespace");
	else if (process->id != process->key.pid)
		buf_printf(&name, ", PID %u%s", process->key.pid,
			   process->key.host ? "" : " used again");
	put_name(tl, buf, "process_name", track, text);
}

/* When it was made; 0: before we looked. */
static uint64_t made_ns(const struct timeline *tl, const struct event_call *ev)
{
	const struct row row = {.kind = ROW_CALL, .object = ev};
	const struct model *model = tl->config.model;
	struct row found;
	if (!model_find_row(model, ROW_PROCESS, model_row_process(model, &row),
			    &found))
		return 0;
	return ((const struct task_process *)found.object)->made_ns;
}

static struct tracks_process *meet_process(struct timeline *tl, struct buf *buf,
					   const struct event_call *ev)
{
	struct tracks_process *process = tracks_find(&tl->tracks, &ev->h);
	if (process)
		return process;
	process = tracks_add(&tl->tracks, &ev->h);
	memcpy(process->comm, ev->comm, sizeof(process->comm) - 1);
	process->begin_ns = made_ns(tl, ev);
	if (!process->begin_ns)
		process->begin_ns = entry_ns(ev);
	name_process(tl, buf, process);
	begin_event(tl, buf, 'M', "process_sort_index");
	put_track(buf, process->id, process->id);
	begin_args(buf);
	put_number(buf, "sort_index", tl->tracks.count);
	end_event(buf);
	return process;
}

/* The track of EV, named when it is new. */
static struct tracks_process *meet(struct timeline *tl, struct buf *buf,
				   const struct event_call *ev)
{
	const struct row row = {.kind = ROW_CALL, .object = ev};
	struct field_scratch scratch;
	struct tracks_process *process = meet_process(tl, buf, ev);
	const uint32_t track[2] = {process->id, tracks_tid(process, ev->h.tid)};
	if (!tracks_meet_thread(&tl->tracks, process, track[1]))
		return process;
	struct value name = field_get(field_of_kind(ROW_CALL, "thread_comm"),
				      tl->config.model, &row, &scratch);
	put_name(tl, buf, "thread_name", track,
		 name.known ? name.text : process->comm);
	return process;
}

/* The slice of the program COMM of PROCESS that ended at END_NS. */
static void put_program(struct timeline *tl, struct buf *buf,
			const struct tracks_process *process, const char *comm,
			uint64_t end_ns)
{
	uint64_t begin_ns = process->begin_ns;
	begin_event(tl, buf, 'X', comm[0] ? comm : "?");
	put_key_text(buf, "cat", "program", strlen("program"));
	put_track(buf, process->id, process->id);
	put_us(buf, "ts", begin_ns);
	put_us(buf, "dur", end_ns > begin_ns ? end_ns - begin_ns : 0);
	begin_args(buf);
	if (process->end_ns) {
		char data[32];
		struct buf status;
		buf_init(&status, data, sizeof(data));
		task_print_status(&status, process->status);
		put_key_text(buf, "ended", data, status.len);
	}
	end_event(buf);
}

/* Another program begins; TIME_NS: the exec, or the end of its call. */
static void end_program(struct timeline *tl, struct buf *buf,
			struct tracks_process *process, uint64_t time_ns)
{
	struct tracks_process then = *process;
	then.end_ns = 0; /* the process goes on */
	put_program(tl, buf, &then, process->before, time_ns);
	process->begin_ns = time_ns;
	process->exec_ns = 0;
}

static void end_process(struct timeline *tl, struct buf *buf,
			struct tracks_process *process)
{
	uint64_t end_ns = process->end_ns ? process->end_ns : tl->now_ns;
	if (process->exec_ns)
		end_program(tl, buf, process, process->exec_ns);
	if (process->last_ns > end_ns)
		end_ns = process->last_ns;
	put_program(tl, buf, process, process->comm, end_ns);
	tracks_drop(&tl->tracks, process);
}

/* What a call says of the program's slice that it lies within. */
static void stretch(struct timeline *tl, struct buf *buf,
		    struct tracks_process *process, const struct event_call *ev)
{
	uint64_t begin_ns = entry_ns(ev);
	if (tracks_tid(process, ev->h.tid) != process->id)
		return;
	if (process->exec_ns && ev->h.time_ns >= process->exec_ns)
		end_program(tl, buf, process,
			    begin_ns < process->exec_ns ? ev->h.time_ns
							: process->exec_ns);
	else if (begin_ns < process->begin_ns && !process->exec_ns)
		process->begin_ns = begin_ns;
	if (ev->h.time_ns > process->last_ns)
		process->last_ns = ev->h.time_ns;
}

static void put_arguments(struct buf *buf, const struct syscall *sc,
			  const struct event_call *ev,
			  const struct decode_options *options)
{
	struct decode_argument args[EVENT_ARGS];
	unsigned count = decode_arguments(sc, ev, args);
	for (unsigned i = 0; i < count; i++) {
		char data[TEXT_SIZE];
		struct buf text;
		buf_init(&text, data, sizeof(data));
		decode_arg(&text, sc, ev, args[i].index, options);
		put_key_text(buf, args[i].name, data, text.len);
	}
}

/* No argument is called as these are: they are words of C. */
static void put_outcome(struct timeline *tl, struct buf *buf,
			const struct syscall *sc, const struct event_call *ev)
{
	const struct dump_options *options = tl->config.options;
	char data[TEXT_SIZE];
	struct buf text;
	buf_init(&text, data, sizeof(data));
	decode_result(&text, sc, ev, &options->decode);
	put_key_text(buf, "return", data, text.len);
	if (model_call_failed(ev)) {
		const char *name = errno_name((int)-ev->ret);
		put_key_text(buf, "errno", name ? name : "?",
			     strlen(name ? name : "?"));
	}
	buf_clear(&text);
	if (options->stacks &&
	    stack_print_functions(&text, ev, &options->decode.files))
		put_key_text(buf, "stack", data, text.len);
}

/* An end of the arrow from the call that makes a task to its first call. */
static void put_flow_end(struct timeline *tl, struct buf *buf, char phase,
			 const struct tracks_flow *flow)
{
	const struct tracks_place *at = phase == 's' ? &flow->from : &flow->to;
	begin_event(tl, buf, phase, "made");
	put_key_text(buf, "cat", "process", strlen("process"));
	put_number(buf, "id", flow->id);
	put_track(buf, at->pid, at->tid);
	put_us(buf, "ts", at->time_ns);
	if (phase == 'f') /* it ends at the slice that is there */
		put_key_text(buf, "bp", "e", 1);
	buf_putc(buf, '}');
}

static void put_flow(struct timeline *tl, struct buf *buf,
		     struct tracks_flow *flow)
{
	if (!flow->from.time_ns || !flow->to.time_ns)
		return;
	put_flow_end(tl, buf, 's', flow);
	put_flow_end(tl, buf, 'f', flow);
	flow->id = 0;
}

static void follow(struct timeline *tl, struct buf *buf,
		   const struct tracks_process *process,
		   const struct event_call *ev, bool first)
{
	const struct syscall *sc =
		dump_row_syscall(tl->config.model, ev->nr, ev->h.compat);
	const struct tracks_place here = {
		.pid = process->id,
		.tid = tracks_tid(process, ev->h.tid),
		.time_ns = entry_ns(ev),
	};
	struct tracks_flow *flow =
		first ? tracks_flow_to(&tl->tracks, ev->h.tid) : NULL;
	if (flow) {
		flow->to = here;
		put_flow(tl, buf, flow);
	}
	flow = sc->marks & SYSCALL_FORKS && ev->ret > 0
		       ? tracks_flow_from(&tl->tracks, ev)
		       : NULL;
	if (flow) {
		flow->from = here;
		put_flow(tl, buf, flow);
	}
}

static bool is_first(const struct timeline *tl, const struct event *h)
{
	const struct tracks_process *process = tracks_find(&tl->tracks, h);
	return !process || !tracks_knows_thread(&tl->tracks, process,
						tracks_tid(process, h->tid));
}

static void put_call(struct timeline *tl, struct buf *buf,
		     const struct event_call *ev)
{
	const struct syscall *sc =
		dump_row_syscall(tl->config.model, ev->nr, ev->h.compat);
	bool first = is_first(tl, &ev->h);
	struct tracks_process *process = meet(tl, buf, ev);
	const char *class = syscall_class_name(sc->class);
	stretch(tl, buf, process, ev);
	begin_event(tl, buf, 'X', sc->name);
	put_key_text(buf, "cat", class, strlen(class));
	put_track(buf, process->id, tracks_tid(process, ev->h.tid));
	put_us(buf, "ts", entry_ns(ev));
	put_us(buf, "dur", ev->duration_ns);
	begin_args(buf);
	put_arguments(buf, sc, ev, &tl->config.options->decode);
	put_outcome(tl, buf, sc, ev);
	end_event(buf);
	follow(tl, buf, process, ev, first);
}

/* A signal, an exec, an end: a mark on its thread's track. */
static void put_mark(struct timeline *tl, struct buf *buf,
		     const struct event *ev, const char *name, const char *cat)
{
	struct event_call call;
	dump_row_of_remark(&call, tl->config.model, ev);
	const struct tracks_process *process = meet(tl, buf, &call);
	begin_event(tl, buf, 'i', name);
	put_key_text(buf, "s", "t", 1);
	put_key_text(buf, "cat", cat, strlen(cat));
	put_track(buf, process->id, tracks_tid(process, ev->tid));
	put_us(buf, "ts", ev->time_ns);
	begin_args(buf);
}

static void put_signal(struct timeline *tl, struct buf *buf,
		       const struct event_signal *ev)
{
	enum abi abi = catalogue_native(model_catalogue(tl->config.model));
	char data[TEXT_SIZE];
	struct buf text;
	buf_init(&text, data, sizeof(data));
	flags_print(&text, FLAGS_SIGNAL, ev->signal, abi);
	put_mark(tl, buf, &ev->h, data, "signal");
	buf_clear(&text);
	siginfo_print(&text, ev->info, sizeof(ev->info), abi);
	put_key_text(buf, "info", data, text.len);
	end_event(buf);
}

static void put_exec(struct timeline *tl, struct buf *buf,
		     const struct event_task *ev)
{
	struct tracks_process *process = tracks_find(&tl->tracks, &ev->h);
	if (process && process->exec_ns)
		end_program(tl, buf, process, process->exec_ns);
	if (process) {
		memcpy(process->before, process->comm, sizeof(process->comm));
		memcpy(process->comm, ev->comm, sizeof(process->comm) - 1);
		process->exec_ns = ev->h.time_ns ? ev->h.time_ns : 1;
		name_process(tl, buf, process);
	}
	if (!remark_is_row(&ev->h))
		return;
	char text[EVENT_CMDLINE_LIMIT];
	size_t len = task_cmdline_text(ev, text);
	put_mark(tl, buf, &ev->h, "exec", "process");
	if (len)
		put_key_text(buf, "cmdline", text, len);
	end_event(buf);
}

static void put_exit(struct timeline *tl, struct buf *buf,
		     const struct event_task *ev)
{
	if (remark_is_row(&ev->h)) {
		char data[32];
		struct buf status;
		buf_init(&status, data, sizeof(data));
		task_print_status(&status, ev->status);
		put_mark(tl, buf, &ev->h, "exit", "process");
		put_key_text(buf, "status", data, status.len);
		end_event(buf);
	}
	struct tracks_process *process = tracks_find(&tl->tracks, &ev->h);
	if (process && ev->h.flags & EVENT_TASK_GROUP_DEAD)
		tracks_note_end(&tl->tracks, process, ev->h.time_ns,
				ev->status);
}

static void put_rename(struct timeline *tl, struct buf *buf,
		       const struct event_task *ev)
{
	struct tracks_process *process = tracks_find(&tl->tracks, &ev->h);
	if (!process)
		return;
	const uint32_t track[2] = {process->id, tracks_tid(process, ev->h.tid)};
	if (tracks_knows_thread(&tl->tracks, process, track[1]))
		put_name(tl, buf, "thread_name", track, ev->comm);
}

static void put_lost(struct timeline *tl, struct buf *buf,
		     const struct event_lost *ev)
{
	begin_event(tl, buf, 'i', "lost");
	put_key_text(buf, "s", "g", 1);
	put_key_text(buf, "cat", "lost", strlen("lost"));
	put_track(buf, TRACKS_MACHINE, TRACKS_MACHINE);
	put_us(buf, "ts", ev->h.time_ns);
	begin_args(buf);
	if (ev->nr != EVENT_NR_NONE) {
		const char *name =
			dump_row_syscall(tl->config.model, ev->nr, ev->h.compat)
				->name;
		put_key_text(buf, "syscall", name, strlen(name));
	}
	put_number(buf, "rows", ev->count);
	end_event(buf);
}

/* The rate of the interval that the tick has closed. */
static void put_tick(struct timeline *tl, struct buf *buf,
		     const struct event *ev)
{
	struct model_summary summary;
	model_summary(tl->config.model, &summary);
	begin_event(tl, buf, 'C', "calls/s");
	put_track(buf, TRACKS_MACHINE, TRACKS_MACHINE);
	put_us(buf, "ts", ev->time_ns);
	begin_args(buf);
	put_number(buf, "calls", (uint64_t)(summary.calls_per_s + 0.5));
	end_event(buf);
}

static void put_due(struct timeline *tl, struct buf *buf)
{
	struct tracks_process *process;
	uint64_t now_ns = tl->now_ns;
	uint64_t until_ns = now_ns > DUE_NS ? now_ns - DUE_NS : 0;
	for (int i = 0; i < DUE_COUNT; i++) {
		process = tracks_due(&tl->tracks, until_ns);
		if (!process)
			return;
		end_process(tl, buf, process);
	}
}

void timeline_put(void *self, struct buf *buf, const struct event *ev)
{
	struct timeline *tl = self;
	if (ev->time_ns > tl->now_ns)
		tl->now_ns = ev->time_ns;
	switch ((enum event_kind)ev->kind) {
	case EVENT_CALL:
		put_call(tl, buf, (const void *)ev);
		break;
	case EVENT_SIGNAL:
		put_signal(tl, buf, (const void *)ev);
		break;
	case EVENT_FORK:
		tracks_note_fork(&tl->tracks, (const void *)ev);
		break;
	case EVENT_EXEC:
		put_exec(tl, buf, (const void *)ev);
		break;
	case EVENT_EXIT:
		put_exit(tl, buf, (const void *)ev);
		break;
	case EVENT_RENAME:
		put_rename(tl, buf, (const void *)ev);
		break;
	case EVENT_LOST:
		put_lost(tl, buf, (const void *)ev);
		break;
	case EVENT_TICK:
		put_tick(tl, buf, ev);
		break;
	case EVENT_TASK:
	case EVENT_CRED:
	case EVENT_STAT:
	case EVENT_COUNT:
	case EVENT_FILE:
	case EVENT_ERROR:
	case EVENT_BLOCKED:
	case EVENT_BLOCKED_END:
	case EVENT_SYMBOL:
	case EVENT_TRACED:
	case EVENT_NUMBER:
		break;
	}
	put_due(tl, buf);
}

bool timeline_end(void *self, struct buf *buf)
{
	struct timeline *tl = self;
	if (tl->is_ended)
		return false;
	struct tracks_process *process = tl->tracks.first_ended
						 ? tl->tracks.first_ended
						 : tl->tracks.processes;
	if (process) {
		end_process(tl, buf, process);
		return true;
	}
	buf_puts(buf, "\n]\n");
	tl->is_ended = true;
	return true;
}
