/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Getters first, then the table of fields that names them.  A getter is called
 * only for the kinds of rows that its line in the table lists.
 */
#include "config.h"

#include "model/field.h"

#include <string.h>

#include "abi/decode.h"
#include "abi/syscall.h"
#include "base/buf.h"
#include "model/getter.h"
#include "model/shown.h"
#include "model/state.h"

/* Bytes of a text argument in a table: wider than any screen's column. */
#define STRING_LIMIT 256

#define GETTER(name) static FIELD_GETTER(get_##name)

static const struct stat_syscall *syscall_stat(const struct row *row)
{
	return row->object;
}

static const struct event_call *call_of(const struct row *row)
{
	return row->object;
}

static const struct fileuse *use_of(const struct row *row)
{
	return row->object;
}

static struct stat_sum sum_of(const struct model *model, const struct row *row)
{
	return shown_state(model, row).sum;
}

static const struct syscall *syscall_of(const struct model *model,
					const struct row *row)
{
	return catalogue_get(model->cat, model_row_syscall(model, row));
}

static enum syscall_class class_of(const struct model *model,
				   const struct row *row)
{
	if (row->kind == ROW_CLASS)
		return ((const struct stat_class *)row->object)->class;
	return syscall_of(model, row)->class;
}

GETTER(traced)
{
	const struct stat_class *class = row->object;
	if (row->kind == ROW_SYSCALL) {
		struct value traced = number(syscall_stat(row)->traced);
		traced.more = syscall_stat(row)->stacks;
		return traced;
	}
	if (class->traced == 0)
		return number(0);
	return number(class->traced >= class->syscalls ? 1 : 2);
}

GETTER(syscall)
{
	if (row->kind != ROW_CLASS)
		return hostile_text(syscall_of(model, row)->name);
	struct buf buf = scratch_buf(scratch);
	buf_putc(&buf, '%');
	buf_puts(&buf, syscall_class_name(class_of(model, row)));
	return clean_text(scratch->text);
}

GETTER(class)
{
	return clean_text(syscall_class_name(class_of(model, row)));
}

GETTER(meaning)
{
	if (row->kind == ROW_CLASS)
		return clean_text(syscall_class_meaning(class_of(model, row)));
	return clean_text(syscall_of(model, row)->meaning);
}

GETTER(signature)
{
	struct buf buf = scratch_buf(scratch);
	syscall_print_signature(&buf, syscall_of(model, row));
	return hostile_text(scratch->text);
}

GETTER(nr)
{
	if (is_call(row))
		return number(call_of(row)->nr);
	int nr = catalogue_nr(model->cat, model_row_syscall(model, row), false);
	return nr < 0 ? unknown : number((uint64_t)nr);
}

GETTER(lost)
{
	return number(shown_state(model, row).lost);
}

/* How many came since a mark is not known: some may have been there before. */
GETTER(processes)
{
	if (shown_since_mark(model) || fileuse_is_other(use_of(row)))
		return unknown;
	return number(shown_state(model, row).processes);
}

GETTER(calls)
{
	if (row->kind == ROW_BUCKET)
		return number(field_latency_calls(model, row));
	return number(sum_of(model, row).calls);
}

GETTER(errors)
{
	return number(sum_of(model, row).errors);
}

GETTER(restarted)
{
	return number(sum_of(model, row).restarted);
}

GETTER(time)
{
	return number(sum_of(model, row).time_ns);
}

GETTER(bytes)
{
	bool is_sum = row->kind == ROW_PROCESS || row->kind == ROW_CLASS ||
		      row->kind == ROW_FILE;
	if (!is_sum && syscall_of(model, row)->result != RES_BYTES)
		return unknown;
	return number(sum_of(model, row).bytes);
}

GETTER(error_pct)
{
	const struct stat_sum sum = sum_of(model, row);
	if (sum.calls == 0)
		return unknown;
	return fraction(100.0 * (double)sum.errors / (double)sum.calls);
}

GETTER(mean)
{
	const struct stat_sum sum = sum_of(model, row);
	return sum.calls ? number(sum.time_ns / sum.calls) : unknown;
}

GETTER(max)
{
	const struct stat_sum sum = sum_of(model, row);
	if (sum.calls == 0)
		return unknown;
	struct value value = number(sum.max_ns);
	if (sum.max_ns == 0 && sum.max_floor_ns > 0) {
		value.u = sum.max_floor_ns;
		value.bound = true;
	}
	return value;
}

static struct value quantile(const struct model *model, const struct row *row,
			     double wanted)
{
	uint64_t hist[EVENT_HIST_SLOTS];
	struct value value = get_max(model, row, NULL);
	uint64_t bound = 0;
	shown_hist(model, row, hist);
	if (stat_quantile(hist, wanted, &bound) &&
	    (!value.known || bound < value.u))
		value = number(bound);
	value.bound = value.known;
	return value;
}

GETTER(p50)
{
	return quantile(model, row, 0.5);
}

GETTER(p99)
{
	return quantile(model, row, 0.99);
}

/* What grew in the last interval, FACTOR for each second of it. */
static struct value per_second(const struct model *model, uint64_t grown,
			       double factor)
{
	uint64_t interval_ns = shown_interval_ns(model);
	if (interval_ns == 0)
		return unknown;
	return fraction((double)grown * factor * 1e9 / (double)interval_ns);
}

static struct stat_growth grown(const struct model *model,
				const struct row *row)
{
	const struct stat_sum sum = sum_of(model, row);
	return stat_sum_closed(&sum, shown_tick(model));
}

GETTER(rate)
{
	return per_second(model, grown(model, row).calls, 1);
}

GETTER(error_rate)
{
	return per_second(model, grown(model, row).errors, 1);
}

GETTER(time_pct)
{
	return per_second(model, grown(model, row).time_ns, 100.0 / 1e9);
}

static struct value id_or_unknown(uint64_t id)
{
	return id ? number(id) : unknown;
}

GETTER(pid)
{
	if (is_call(row))
		return id_or_unknown(call_of(row)->h.pid);
	return id_or_unknown(model_process_of(model, row)->key.pid);
}

GETTER(ppid)
{
	const struct task_process *process = model_process_of(model, row);
	return process ? id_or_unknown(process->ppid) : unknown;
}

/* (uid_t)-1 is nobody's: text that was imported does not tell users. */
static struct value owner(uint32_t id)
{
	return id == UINT32_MAX ? unknown : number(id);
}

GETTER(uid)
{
	if (is_call(row))
		return owner(call_of(row)->uid);
	const struct task_process *process = model_process_of(model, row);
	return process->has_user ? owner(process->uid) : unknown;
}

GETTER(gid)
{
	if (is_call(row))
		return owner(call_of(row)->gid);
	const struct task_process *process = model_process_of(model, row);
	return process->has_user ? owner(process->gid) : unknown;
}

GETTER(euid)
{
	const struct task_process *process = model_process_of(model, row);
	return process && process->has_task ? owner(process->euid) : unknown;
}

GETTER(user)
{
	struct value uid = get_uid(model, row, scratch);
	if (!uid.known)
		return unknown;
	unsigned host = field_host_of(model, row);
	const char *name = model_user_name(model, host, (uint32_t)uid.u);
	if (name)
		return hostile_text(name);
	struct buf buf = scratch_buf(scratch);
	buf_u64(&buf, uid.u);
	return clean_text(scratch->text);
}

GETTER(comm)
{
	if (!is_call(row))
		return hostile_text(model_process_of(model, row)->comm);
	const char *comm = call_of(row)->comm;
	struct buf buf = scratch_buf(scratch);
	buf_write(&buf, comm, strnlen(comm, EVENT_COMM_SIZE));
	return hostile_text(scratch->text);
}

GETTER(cmdline)
{
	const struct task_process *process = model_process_of(model, row);
	return process ? hostile_text(process->cmdline) : unknown;
}

GETTER(cgroup)
{
	const struct task_process *process = model_process_of(model, row);
	return process ? id_or_unknown(process->cgroup) : unknown;
}

struct value field_wall_time(const struct model *model, uint64_t time_ns)
{
	uint64_t offset_ns = model_wall_offset_ns(model);
	return offset_ns ? number(time_ns + offset_ns) : unknown;
}

GETTER(time_ns)
{
	const struct event_call *ev = call_of(row);
	if (ev->h.flags & EVENT_CALL_FOUND)
		return unknown;
	return field_wall_time(model, ev->h.time_ns - ev->duration_ns);
}

GETTER(end_ns)
{
	return field_wall_time(model, call_of(row)->h.time_ns);
}

GETTER(duration)
{
	const struct event_call *ev = call_of(row);
	bool returned = !(ev->h.flags & EVENT_CALL_NO_RESULT);
	return returned ? number(ev->duration_ns) : unknown;
}

/* By the clock of ticks, which go on while a list stays.  Of a process that of
 * its longest call. */
GETTER(age)
{
	const struct event_call *ev =
		row->kind == ROW_PROCESS ? field_process_longest(model, row)
					 : call_of(row);
	if (!ev)
		return unknown;
	uint64_t clock_ns = shown_clock_ns(model);
	if (clock_ns < ev->h.time_ns)
		clock_ns = ev->h.time_ns;
	return (struct value){
		.known = true,
		.least = ev->h.flags & EVENT_CALL_FOUND,
		.u = clock_ns - (ev->h.time_ns - ev->duration_ns),
	};
}

GETTER(tid)
{
	return id_or_unknown(call_of(row)->h.tid);
}

GETTER(thread_comm)
{
	const struct task_process *process = model_process_of(model, row);
	if (!process)
		return unknown;
	const char *comm =
		task_thread_comm(&model->tasks, process, call_of(row)->h.tid);
	return comm ? hostile_text(comm) : unknown;
}

GETTER(abi)
{
	static const char *const names[ABI_COUNT] = {
		[ABI_X86_64] = "x86_64",
		[ABI_ARM64] = "arm64",
		[ABI_I386] = "i386",
	};
	if (call_of(row)->h.compat) /* arm64's 32-bit calls have no table */
		return clean_text(syscall_of(model, row)->native == ABI_ARM64
					  ? "arm"
					  : names[ABI_I386]);
	return clean_text(names[syscall_of(model, row)->native]);
}

static struct decode_options decoding(const struct model *model)
{
	return (struct decode_options){
		.string_limit = STRING_LIMIT,
		.utf8 = true,
		.files = model_files(model),
	};
}

const struct event_call *field_last_call(const struct model *model,
					 const struct row *row)
{
	if (row->kind != ROW_ERROR)
		return call_of(row);
	return ring_get(model->ring, shown_state(model, row).last_call);
}

GETTER(args)
{
	struct buf buf = scratch_buf(scratch);
	const struct decode_options options = decoding(model);
	const struct event_call *call = field_last_call(model, row);
	if (!call)
		return unknown;
	decode_args(&buf, syscall_of(model, row), call, &options);
	return clean_text(scratch->text);
}

/* An error's name without its text: that is in the whole line of the call. */
GETTER(result)
{
	struct buf buf = scratch_buf(scratch);
	const struct decode_options options = decoding(model);
	decode_result(&buf, syscall_of(model, row), call_of(row), &options);
	if (!strchr(scratch->text, '<')) /* of a descriptor all is wanted */
		scratch->text[strcspn(scratch->text, "(")] = '\0';
	size_t len = strlen(scratch->text);
	if (len > 0 && scratch->text[len - 1] == ' ')
		scratch->text[len - 1] = '\0';
	return clean_text(scratch->text);
}

GETTER(ret)
{
	const struct event_call *ev = call_of(row);
	if (ev->h.flags & EVENT_CALL_NO_RESULT)
		return unknown;
	return (struct value){.known = true, .i = ev->ret};
}

GETTER(failed)
{
	return number(model_call_failed(call_of(row)));
}

#define S      (1u << ROW_SYSCALL)
#define CLASS  (1u << ROW_CLASS)
#define P      (1u << ROW_PROCESS)
#define PAIR   (1u << ROW_PAIR)
#define ERR    (1u << ROW_ERROR)
#define CALL   (1u << ROW_CALL)
#define IN     (1u << ROW_BLOCKED)
#define FILE_  (1u << ROW_FILE)
#define BUCKET (1u << ROW_BUCKET)
#define COUNTS (S | CLASS | P | PAIR | FILE_)
#define USUAL  FIELD_USUAL
#define ROW    (CALL | FIELD_REMARK)
#define ROW_IN (ROW | IN)

/* clang-format off */
static const struct field fields[] = {
	/* name, alias, title, unit, kinds, width, getter, help */
	{"traced", NULL, "ON", UNIT_TICK, S | CLASS, 3, get_traced,
	 "whether each call of it is shown as a row, [k] with its stack; its counters do not depend on that"},
	{"host", NULL, "HOST", UNIT_TEXT, P | PAIR | ERR | ROW_IN | FILE_ | FIELD_HOST, 8, field_host,
	 "name of the machine that made the call; with several hosts a column of all views, and in CSV and JSON"},
	{"time_ns", "time", "TIME", UNIT_TIME, ROW_IN | USUAL, 15, get_time_ns,
	 "when the call began, wall-clock time"},
	{"end_ns", "end", "END", UNIT_TIME, ROW, 15, get_end_ns,
	 "when the call ended, wall-clock time"},
	{"duration_ns", "duration", "DURATION", UNIT_NS, CALL | USUAL, 8, get_duration,
	 "from the call's entry to its exit, waiting included"},
	{"blocked", NULL, "BLOCKED IN", UNIT_TEXT, P, 15, field_process_blocked,
	 "the call that a thread of the process has been in longest, of those in progress"},
	{"age_ns", "age", "AGE", UNIT_NS, IN | P, 10, get_age,
	 "how long the thread has been in the call; > where it was in it before sctop looked: at least that"},
	{"pid", NULL, "PID", UNIT_ID, P | PAIR | ERR | ROW_IN | USUAL, 7, get_pid,
	 "process ID in our PID namespace, - outside it"},
	{"tid", NULL, "TID", UNIT_ID, ROW_IN | USUAL, 7, get_tid,
	 "ID of the thread that made the call"},
	{"ppid", NULL, "PPID", UNIT_ID, P | PAIR | ERR | ROW_IN, 7, get_ppid,
	 "process ID of the parent"},
	{"user", NULL, "USER", UNIT_TEXT, P | PAIR | ERR | ROW_IN, 9, get_user,
	 "name of the real user, its number where it has none"},
	{"uid", NULL, "UID", UNIT_ID, P | PAIR | ERR | ROW_IN | USUAL, 6, get_uid,
	 "real user ID"},
	{"gid", NULL, "GID", UNIT_ID, P | PAIR | ERR | ROW_IN | USUAL, 6, get_gid,
	 "real group ID"},
	{"euid", NULL, "EUID", UNIT_ID, P | PAIR | ERR | ROW_IN, 6, get_euid,
	 "effective user ID of the process"},
	{"comm", NULL, "COMMAND", UNIT_TEXT, P | PAIR | ERR | ROW_IN | USUAL, 15, get_comm,
	 "name of the process: that of its leading thread"},
	{"thread_comm", NULL, "THREAD", UNIT_TEXT, ROW_IN, 15, get_thread_comm,
	 "name of the thread, while it is alive"},
	{"syscall", NULL, "SYSCALL", UNIT_TEXT, S | CLASS | PAIR | ERR | CALL | IN | USUAL, 20, get_syscall,
	 "name of the system call"},
	{"nr", NULL, "NR", UNIT_ID, S | PAIR | ERR | CALL | IN | USUAL, 4, get_nr,
	 "number of the system call, as the caller gave it or as this machine has it"},
	{"abi", NULL, "ABI", UNIT_TEXT, CALL | IN | USUAL, 6, get_abi,
	 "convention by which the call was made; i386 is a 32-bit call"},
	{"class", NULL, "CLASS", UNIT_TEXT, S | CLASS | PAIR | ERR | CALL | IN, 8, get_class,
	 "what the system call is about, as in %file"},
	{"args", "arguments", "ARGUMENTS", UNIT_ARGS, ERR | CALL | IN | USUAL, -44, get_args,
	 "arguments of the call, decoded; of an error, those of the latest such call that came as a row"},
	{"path", NULL, "FILE", UNIT_TEXT, ERR | CALL | IN | FILE_, -30, field_file_path,
	 "the file that the call is about: its path from the root, or what the descriptor refers to"},
	{"stack", NULL, "STACK", UNIT_TEXT, CALL | FIELD_STACK, -30, field_stack,
	 "functions that led to the call, the innermost first, where its stack was taken"},
	{"result", NULL, "RESULT", UNIT_TEXT, CALL, 16, get_result,
	 "result of the call, decoded; ? where it never returned"},
	{"ret", NULL, "RET", UNIT_INT, CALL | USUAL, 8, get_ret,
	 "result of the call as a number; a negated errno if it failed"},
	{"errno", NULL, "ERRNO", UNIT_TEXT, ERR | CALL | USUAL, 12, field_error_code,
	 "name of the error with which the call failed"},
	{"usual", NULL, "USUAL", UNIT_TEXT, ERR | CALL, 5, field_error_usual,
	 "whether this error of this call is a matter of course, as when a program looks what is there"},
	{"error_text", NULL, "ERROR", UNIT_TEXT, ERR | CALL | FIELD_EXPLAINS, -20, field_error_text,
	 "what the error says"},
	{"failed", NULL, "FAILED", UNIT_TICK, CALL, 6, get_failed,
	 "whether the call returned an error"},
	{"rate", NULL, "CALLS/S", UNIT_RATE, COUNTS, 7, get_rate,
	 "calls per second in the last interval"},
	{"calls", NULL, "CALLS", UNIT_COUNT, COUNTS | BUCKET, 7, get_calls,
	 "calls that ended, whatever their result"},
	{"error_rate", NULL, "ERR/S", UNIT_RATE, COUNTS | ERR, 6, get_error_rate,
	 "failed calls per second in the last interval"},
	{"errors", NULL, "ERRORS", UNIT_COUNT, COUNTS | ERR, 6, get_errors,
	 "calls that failed; interrupted ones are counted apart"},
	{"error_pct", NULL, "ERR%", UNIT_PERCENT, COUNTS, 6, get_error_pct,
	 "failed calls in a hundred"},
	{"restarted", NULL, "RESTART", UNIT_COUNT, COUNTS, 7, get_restarted,
	 "calls that a signal interrupted, neither failed nor done"},
	{"time", NULL, "TIME", UNIT_NS, COUNTS, 8, get_time,
	 "time spent in these calls, waiting included"},
	{"time_pct", NULL, "TIME%", UNIT_PERCENT, COUNTS, 6, get_time_pct,
	 "time in calls in a hundred of the last interval; more than 100 with several threads"},
	{"mean", NULL, "MEAN", UNIT_NS, COUNTS, 7, get_mean,
	 "mean duration of a call"},
	{"p50", NULL, "P50", UNIT_NS, S | CLASS, 10, get_p50,
	 "half of the calls took at most this long: an upper bound"},
	{"p99", NULL, "P99", UNIT_NS, S | CLASS, 10, get_p99,
	 "99 calls in a hundred took at most this long: an upper bound"},
	{"max", NULL, "MAX", UNIT_NS, COUNTS, 10, get_max,
	 "longest call; an upper bound where counters were zeroed since"},
	{"hist", "histogram", "  1us       1ms       1s", UNIT_TEXT, S | CLASS | FIELD_STRIP, FIELD_HIST_WIDTH, field_latency_hist,
	 "how the calls spread over durations: each character is twice as long as the one before, the higher the more calls"},
	{"from", NULL, "FROM", UNIT_NS, BUCKET, 7, field_latency_from,
	 "the calls counted here took at least this long"},
	{"to", NULL, "TO", UNIT_NS, BUCKET, 7, field_latency_to,
	 "and less than this"},
	{"share", NULL, "SHARE%", UNIT_PERCENT, BUCKET, 6, field_latency_share,
	 "these calls in a hundred of all of that system call"},
	{"bar", NULL, "SHARE", UNIT_TEXT, BUCKET | FIELD_STRIP, 10, field_latency_bar,
	 "the same as a bar"},
	{"heat", NULL, "LAST 60 REFRESHES, NEWEST LAST", UNIT_TEXT, BUCKET | FIELD_STRIP, -60, field_latency_heat,
	 "these calls over time, a character for each refresh: the darker the more, each shade four times the one before"},
	{"bytes", NULL, "BYTES", UNIT_BYTES, COUNTS, 6, get_bytes,
	 "bytes moved by the calls whose result is a number of bytes"},
	{"bytes_in", NULL, "IN", UNIT_BYTES, FILE_, 6, field_file_in,
	 "bytes read from the file by the calls that are traced"},
	{"bytes_out", NULL, "OUT", UNIT_BYTES, FILE_, 6, field_file_out,
	 "bytes written to the file by the calls that are traced"},
	{"in_rate", NULL, "READ/S", UNIT_BYTES, P, 6, field_process_in_rate,
	 "bytes per second that came by calls whose result is a number of bytes, in the last interval"},
	{"out_rate", NULL, "WRITE/S", UNIT_BYTES, P, 7, field_process_out_rate,
	 "bytes per second that left by calls whose result is a number of bytes, in the last interval"},
	{"lost", NULL, "LOST", UNIT_COUNT, S, 5, get_lost,
	 "rows that never arrived; counters include them"},
	{"processes", NULL, "PROCS", UNIT_COUNT, S | FILE_, 5, get_processes,
	 "processes that made the call, or used the file, ended ones included"},
	{"syscalls", NULL, "SYSCALLS", UNIT_COUNT, P, 8, field_process_syscalls,
	 "how many different system calls the process made"},
	{"top", NULL, "TOP CALL", UNIT_TEXT, P, 16, field_process_top,
	 "the call it made most in the last interval; of an idle process, since it was seen"},
	{"threads", NULL, "THREADS", UNIT_COUNT, P, 7, field_process_threads,
	 "threads of the process"},
	{"started", NULL, "STARTED", UNIT_DATE, P, 14, field_process_started,
	 "when the process was made"},
	{"ended", NULL, "ENDED", UNIT_DATE, P, 14, field_process_ended,
	 "when the process ended"},
	{"status", NULL, "STATUS", UNIT_TEXT, P, 9, field_process_status,
	 "how the process ended: its exit status, or the signal that ended it"},
	{"cgroup", NULL, "CGROUP", UNIT_ID, P | PAIR | ERR | ROW_IN, 8, get_cgroup,
	 "ID of the process's control group: the inode of its directory"},
	{"meaning", NULL, "MEANING", UNIT_TEXT, S | CLASS | PAIR | CALL | IN | FIELD_EXPLAINS, -20, get_meaning,
	 "what the system call does"},
	{"signature", NULL, "SIGNATURE", UNIT_TEXT, S | PAIR | ERR | CALL | IN | FIELD_EXPLAINS, -20, get_signature,
	 "the system call's arguments and their C types"},
	{"cmdline", NULL, "COMMAND LINE", UNIT_TEXT, P | PAIR | ERR | ROW_IN, -30, get_cmdline,
	 "the program and its arguments, as last executed"},
};
/* clang-format on */

size_t field_count(void)
{
	return sizeof(fields) / sizeof(fields[0]);
}

const struct field *field_at(size_t i)
{
	return &fields[i];
}

static bool is_called(const struct field *field, const char *name)
{
	return strcmp(field->name, name) == 0 ||
	       (field->alias && strcmp(field->alias, name) == 0);
}

const struct field *field_of_kind(enum row_kind kind, const char *name)
{
	for (size_t i = 0; i < field_count(); i++) {
		if (field_has(&fields[i], kind) && is_called(&fields[i], name))
			return &fields[i];
	}
	return NULL;
}

bool field_has(const struct field *field, enum row_kind kind)
{
	return field->kinds & (1u << kind);
}

bool field_is_number(const struct field *field)
{
	return field->unit != UNIT_TEXT && field->unit != UNIT_ARGS &&
	       field->unit != UNIT_TICK;
}

struct value field_get(const struct field *field, const struct model *model,
		       const struct row *row, struct field_scratch *scratch)
{
	if (!row->object || !field_has(field, row->kind))
		return unknown;
	return field->get(model, row, scratch);
}
