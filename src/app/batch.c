/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A run without a screen.  Events are first moved out of the kernel's ring
 * buffers into a queue, then printed for a short while, then moved again, so
 * that a slow line never makes the kernel lose a row.
 */
#include "config.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "abi/remark.h"
#include "abi/syscall.h"
#include "abi/sysset.h"
#include "app/capture.h"
#include "app/child.h"
#include "app/exporter.h"
#include "app/fifo.h"
#include "app/losses.h"
#include "app/out.h"
#include "app/recorder.h"
#include "app/reopen.h"
#include "app/session.h"
#include "base/buf.h"
#include "base/err.h"
#include "feed/live.h"
#include "feed/merge.h"
#include "model/field.h"
#include "model/model.h"
#include "view/foreign.h"

#define MS         1000000ULL
#define PRINT_NS   (2 * MS)    /* then the ring buffers are drained again */
#define PRINT_ROWS 64          /* printed between two looks at the clock */
#define DRAIN_MS   5           /* between two drains when nothing waits */
#define BUSY_MS    1           /* the same when the last one was large */
#define BUSY_ROWS  1000        /* of one drain: a burst is under way */
#define REPLAYED   4096        /* events between two looks at the signals */
#define SAMPLE_NS  (1000 * MS) /* between two readings of the counters */

struct batch {
	struct session *session;
	struct foreign *foreign; /* --export; or NULL */
	struct model *interval;  /* -c -d: what came since the last table */
	struct fifo fifo;
	struct out out;
	struct losses losses;
	struct dump_options dump;
	uint64_t printed; /* rows, tables in -c */
	uint64_t start_ns;
	uint64_t sample_ns; /* when the counters are read next */
	size_t drained;     /* events that the last drain brought */
	uint64_t table_ns;  /* -c -d: when the next table is due */
	bool stopped;       /* by a signal, or nobody reads */
	int code;           /* why output failed, or 0 */
};

static bool has_rows(const struct batch *batch)
{
	return batch->session->options.mode != MODE_SUMMARY;
}

static bool is_full(const struct batch *batch)
{
	uint64_t count = batch->session->options.count;
	return count && batch->printed >= count;
}

static void print_row(struct batch *batch, const struct event *ev)
{
	const struct event_call *call = (const void *)ev;
	const struct model *model = batch->session->model;
	enum options_mode mode = batch->session->options.mode;
	struct buf line;
	if (is_full(batch) ||
	    (ev->kind == EVENT_CALL &&
	     !sieve_passes(&batch->session->sieve, model, call)))
		return;
	out_begin(&batch->out, &line);
	if (mode == MODE_BATCH)
		dump_text(&line, model, ev, &batch->dump);
	if (mode == MODE_CSV)
		dump_csv(&line, model, call, &batch->dump);
	if (mode == MODE_JSON)
		dump_json(&line, model, ev, &batch->dump);
	if (mode == MODE_EXPORT)
		foreign_put(batch->foreign, &line, ev);
	else if (line.len == 0)
		return; /* an execve without a line of its own */
	else
		buf_putc(&line, '\n');
	out_commit(&batch->out, &line);
	if (ev->kind == EVENT_CALL)
		batch->printed++;
}

/* What is not a call keeps names, users and counters true. */
static void tell_models(struct batch *batch, const struct event *ev)
{
	model_put(batch->session->model, ev);
	if (batch->interval)
		model_put(batch->interval, ev);
}

/* What is not of a call counts only where it would have been a row. */
static void note_loss(struct batch *batch, const struct event_lost *ev)
{
	if (ev->nr != EVENT_NR_NONE || batch->session->remarks)
		losses_add(&batch->losses, ev);
}

/* Other formats have no place for signals, execs and ends. */
static bool shows_remarks(const struct batch *batch)
{
	enum options_mode mode = batch->session->options.mode;
	return mode == MODE_BATCH || mode == MODE_JSON;
}

static void consume(struct batch *batch, const struct event *ev)
{
	if (ev->kind == EVENT_CALL) {
		print_row(batch, ev);
		return;
	}
	if (remark_is_row(ev) && shows_remarks(batch))
		print_row(batch, ev);
	tell_models(batch, ev);
	if (ev->kind == EVENT_LOST)
		note_loss(batch, (const void *)ev);
	if (batch->foreign || (ev->kind == EVENT_LOST &&
			       batch->session->options.mode == MODE_JSON))
		print_row(batch, ev);
}

/* The oldest of what waits goes: a row is lost, other events are not. */
static void shed_oldest(struct batch *batch)
{
	const struct event *ev = fifo_peek(&batch->fifo);
	if (ev->kind == EVENT_CALL || remark_is_row(ev))
		losses_drop(&batch->losses, ev);
	else if (ev->kind == EVENT_LOST)
		note_loss(batch, (const void *)ev);
	if (ev->kind != EVENT_CALL)
		tell_models(batch, ev);
	fifo_pop(&batch->fifo);
}

static void queue_event(void *self, const struct event *ev)
{
	struct batch *batch = self;
	while (!fifo_put(&batch->fifo, ev))
		shed_oldest(batch);
}

/* Of a run that only records: nothing is printed. */
static void count_losses(void *self, const struct event *ev)
{
	if (ev->kind == EVENT_LOST)
		note_loss(self, (const void *)ev);
}

/* Where events of the kernel go. */
static struct sink sink_of(struct batch *batch)
{
	const struct sink to = {
		.put = batch->session->options.mode == MODE_RECORD
			       ? count_losses
			       : queue_event,
		.self = batch,
	};
	return session_sink(batch->session, &to);
}

/* Keeps the first reason for which output ended. */
static void note_output(struct batch *batch, int code)
{
	if (code == 0 || code == -EAGAIN)
		return;
	batch->stopped = true;
	if (code != -EPIPE && !batch->code) /* a closed pipe is no failure */
		batch->code = code;
}

/* Prints until UNTIL_NS; -EAGAIN: the reader is slow. */
static int print_queue(struct batch *batch, uint64_t until_ns)
{
	const struct event *ev;
	unsigned rows = 0;
	while (!batch->stopped && (ev = fifo_peek(&batch->fifo))) {
		if (!out_has_room(&batch->out)) {
			int code = out_flush(&batch->out);
			note_output(batch, code);
			if (code)
				return code;
		}
		consume(batch, ev);
		fifo_pop(&batch->fifo);
		if (++rows % PRINT_ROWS == 0 && live_now_ns() >= until_ns)
			return 0;
	}
	int code = out_flush(&batch->out); /* nothing waits: show it now */
	note_output(batch, code);
	return code;
}

static void sample(struct batch *batch)
{
	const struct sink queue = {.put = queue_event, .self = batch};
	const struct sink sink = sink_of(batch);
	losses_report(&batch->losses, live_now_ns(), &queue);
	session_sample(batch->session, &sink);
}

static void write_table_line(void *self, const char *text)
{
	struct batch *batch = self;
	struct buf line;
	if (!out_has_room(&batch->out))
		note_output(batch, out_flush(&batch->out));
	if (batch->stopped || !out_has_room(&batch->out))
		return; /* nobody reads; or a reader 64 KiB behind a table */
	out_begin(&batch->out, &line);
	buf_puts(&line, text);
	out_commit(&batch->out, &line);
}

static void print_table(struct batch *batch, const struct model *model)
{
	dump_summary(model, &batch->dump, batch->session->sort,
		     write_table_line, batch);
	note_output(batch, out_flush(&batch->out));
	batch->printed++;
}

/* -c -d: the table of the interval that is over. */
static void print_interval(struct batch *batch)
{
	if (batch->printed)
		write_table_line(batch, "\n");
	print_table(batch, batch->interval);
	model_zero(batch->interval);
}

/* Ctrl-C at the terminal has reached COMMAND too, which decides about it. */
static bool is_for_command(const struct batch *batch,
			   const struct signalfd_siginfo *info)
{
	return info->ssi_signo == SIGINT && info->ssi_code == SI_KERNEL &&
	       batch->session->child && !child_reap(batch->session->child);
}

static void take_signals(struct batch *batch)
{
	struct signalfd_siginfo info;
	while (read(batch->session->stop_fd, &info, sizeof(info)) ==
	       (ssize_t)sizeof(info)) {
		if (info.ssi_signo != SIGCHLD && /* is_over() reaps */
		    !recorder_takes_signal(batch->session->recorder,
					   info.ssi_signo) &&
		    !is_for_command(batch, &info))
			batch->stopped = true;
	}
}

/* Whether what is traced has ended. */
static bool is_over(const struct batch *batch)
{
	const struct session *session = batch->session;
	if (session->child && !child_reap(session->child))
		return false;
	if (session->child && session->options.no_follow)
		return true;
	if (!session->child && !session->options.pids)
		return false;
	return !live_has_followed(session->live);
}

static bool is_due(const struct batch *batch, uint64_t now_ns)
{
	const struct options *options = &batch->session->options;
	return options->for_ns && now_ns - batch->start_ns >= options->for_ns;
}

static void do_timed_work(struct batch *batch, uint64_t now_ns)
{
	if (batch->interval && now_ns >= batch->table_ns) {
		batch->table_ns += batch->session->options.delay_ns;
		batch->sample_ns = now_ns + SAMPLE_NS;
		sample(batch);
		(void)print_queue(batch, UINT64_MAX); /* counters only */
		print_interval(batch);
	}
	if (now_ns >= batch->sample_ns) {
		batch->sample_ns = now_ns + SAMPLE_NS;
		sample(batch);
	}
	int code = recorder_poll(batch->session->recorder, now_ns);
	if (code && batch->session->options.mode == MODE_RECORD)
		batch->stopped = true; /* main() says why */
}

static int wait_ms(const struct batch *batch, bool slow, uint64_t now_ns)
{
	const struct options *options = &batch->session->options;
	if (fifo_peek(&batch->fifo) && !slow)
		return 0;
	uint64_t left_ns =
		(batch->drained > BUSY_ROWS ? BUSY_MS : DRAIN_MS) * MS;
	if (options->for_ns) {
		uint64_t end_ns = batch->start_ns + options->for_ns;
		uint64_t to_end_ns = end_ns > now_ns ? end_ns - now_ns : 0;
		left_ns = to_end_ns < left_ns ? to_end_ns : left_ns;
	}
	return (int)((left_ns + MS - 1) / MS);
}

/* Waits for a signal, the reader, or time. */
static void wait_for_work(struct batch *batch, bool slow, uint64_t now_ns)
{
	struct pollfd fds[] = {
		{.fd = batch->session->stop_fd, .events = POLLIN},
		{.fd = batch->out.fd, .events = slow ? POLLOUT : 0},
	};
	if (poll(fds, 2, wait_ms(batch, slow, now_ns)) <= 0)
		return;
	if (fds[0].revents)
		take_signals(batch);
	if (batch->out.is_pipe && (fds[1].revents & POLLERR))
		batch->stopped = true; /* nobody reads any more */
}

static void run(struct batch *batch)
{
	const struct sink sink = sink_of(batch);
	while (!batch->stopped) {
		bool over = is_over(batch);
		batch->drained =
			live_pump(batch->session->live, &sink, 0, false);
		uint64_t now_ns = live_now_ns();
		do_timed_work(batch, now_ns);
		int code = print_queue(batch, now_ns + PRINT_NS);
		if (over || is_full(batch) || is_due(batch, now_ns))
			return;
		wait_for_work(batch, code == -EAGAIN, now_ns);
	}
}

/* Until our reader is ready, or MERGE, if not NULL, may have more. */
static void wait_for_pipes(struct batch *batch, const struct merge *merge,
			   bool slow)
{
	struct pollfd fds[2 + EVENT_HOSTS] = {
		{.fd = batch->session->stop_fd, .events = POLLIN},
		{.fd = slow ? batch->out.fd : -1, .events = POLLOUT},
	};
	int ms = -1;
	size_t count = merge ? merge_fds(merge, fds + 2, &ms) : 0;
	if (poll(fds, 2 + count, ms) > 0 && fds[0].revents)
		take_signals(batch);
}

static void make_room(struct batch *batch)
{
	while (!batch->stopped && !out_has_room(&batch->out)) {
		int code = out_flush(&batch->out);
		note_output(batch, code);
		if (code == -EAGAIN)
			wait_for_pipes(batch, NULL, true);
	}
}

/* Nothing has to wait: a recording is read as fast as it is printed. */
static void replay_event(void *self, const struct event *ev)
{
	struct batch *batch = self;
	uint64_t for_ns = batch->session->options.for_ns;
	make_room(batch);
	if (for_ns && ev->time_ns > batch->start_ns + for_ns)
		batch->stopped = true;
	if (batch->stopped || is_full(batch))
		return;
	consume(batch, ev);
	if (ev->kind != EVENT_TICK || !batch->interval ||
	    ev->time_ns < batch->table_ns)
		return;
	batch->table_ns += batch->session->options.delay_ns;
	print_interval(batch);
}

static void run_replay(struct batch *batch)
{
	const struct sink to = {.put = replay_event, .self = batch};
	const struct sink sink = reopen_sink(batch->session, &to);
	struct merge *merge = batch->session->merge;
	while (!batch->stopped && !is_full(batch) && !merge_is_over(merge)) {
		size_t count = merge_pump(merge, &sink, REPLAYED, UINT64_MAX);
		int code = count ? 0 : out_flush(&batch->out);
		note_output(batch, code);
		if (count)
			take_signals(batch);
		else if (!merge_is_over(merge))
			wait_for_pipes(batch, merge, code == -EAGAIN);
		session_hear(batch->session, session_say, NULL);
	}
}

/* Prints what is due; a second signal gives up on a reader that is stuck. */
static void print_rest(struct batch *batch)
{
	batch->stopped = false; /* one that came until now asked for this */
	while (!batch->stopped && !is_full(batch)) {
		if (print_queue(batch, UINT64_MAX) != -EAGAIN)
			return;
		struct pollfd fds[] = {
			{.fd = batch->session->stop_fd, .events = POLLIN},
			{.fd = batch->out.fd, .events = POLLOUT},
		};
		(void)poll(fds, 2, -1); /* whatever it says is tried */
		take_signals(batch);
	}
}

/* What an export has kept until now. */
static void print_end(struct batch *batch)
{
	bool more = true;
	while (more) {
		struct buf part;
		make_room(batch);
		if (batch->stopped)
			return;
		out_begin(&batch->out, &part);
		more = foreign_end(batch->foreign, &part);
		out_commit(&batch->out, &part);
	}
	exporter_notice(batch->foreign);
}

static void notice_totals(const struct batch *batch)
{
	struct live_totals totals;
	live_totals(batch->session->live, &totals);
	char requests[64] = "";
	if (totals.requests != EVENT_UNKNOWN)
		(void)snprintf(requests, sizeof(requests),
			       ", requests through io_uring %" PRIu64,
			       totals.requests); /* fits */
	session_notice("calls seen %" PRIu64 ", filtered out %" PRIu64
		       ", unpaired %" PRIu64 "%s; rows sent %" PRIu64
		       ", lost %" PRIu64,
		       totals.seen,
		       totals.filtered + batch->session->sieve.dropped,
		       totals.unpaired, requests, totals.sent, totals.lost);
}

static void notice_losses(const struct batch *batch)
{
	char text[512];
	struct buf sentence;
	buf_init(&sentence, text, sizeof(text));
	losses_print(&batch->losses, &sentence);
	if (sentence.len)
		session_notice("%s", text);
}

static void finish(struct batch *batch)
{
	const struct sink queue = {.put = queue_event, .self = batch};
	const struct sink sink = sink_of(batch);
	if (!batch->session->merge) {
		(void)live_pump(batch->session->live, &sink, 0,
				true); /* all of it */
		sample(batch);
	}
	losses_report(&batch->losses, live_now_ns(), &queue);
	print_rest(batch);
	if (batch->foreign)
		print_end(batch);
	if (!has_rows(batch)) {
		if (batch->interval)
			write_table_line(batch, "\nTotal\n");
		print_table(batch, batch->session->model);
	}
	while (out_flush(&batch->out) == -EAGAIN && !batch->stopped) {
		struct pollfd fd = {.fd = batch->out.fd, .events = POLLOUT};
		(void)poll(&fd, 1, DRAIN_MS); /* a signal is looked for below */
		take_signals(batch);
	}
	notice_losses(batch);
	if (batch->session->options.totals)
		notice_totals(batch);
}

static void batch_init(struct batch *batch, struct session *session)
{
	const struct options *options = &session->options;
	*batch = (struct batch){
		.session = session,
		.dump =
			{
				.decode =
					{
						.string_limit =
							(unsigned)options
								->string_limit,
						.files = model_files(
							session->model),
					},
				.stamp = options->stamp,
				.duration = options->duration,
				.stacks = options->stacks,
				.hosts = model_has_hosts(session->model),
				.fields = session->fields.list,
				.field_count = session->fields.count,
			},
		.start_ns = session->merge ? merge_start_ns(session->merge)
					   : live_now_ns(),
	};
	batch->sample_ns = batch->start_ns + SAMPLE_NS;
	batch->table_ns = batch->start_ns + options->delay_ns;
	fifo_init(&batch->fifo, options->row_bytes);
	out_init(&batch->out, session->output_fd);
	losses_init(&batch->losses, session->catalogue);
	if (!has_rows(batch) && (options->delay_given || options->count))
		batch->interval = session_new_model(session);
	if (options->mode == MODE_EXPORT)
		batch->foreign = exporter_new(session, &batch->dump);
}

static void batch_done(struct batch *batch)
{
	foreign_free(batch->foreign);
	model_free(batch->interval);
	losses_done(&batch->losses);
	out_done(&batch->out);
	fifo_done(&batch->fifo);
}

static int status_of(const struct batch *batch, struct err *err)
{
	const struct session *session = batch->session;
	if (batch->code) {
		(void)err_set(err, batch->code, "cannot write output: %s",
			      strerror(-batch->code)); /* reported by main() */
		return session->child ? SESSION_FAILED : SESSION_CANNOT;
	}
	if (!session->child || !child_reap(session->child))
		return 0;
	if (child_exec_errno(session->child))
		session_notice("cannot start '%s': %s",
			       session->options.command[0],
			       strerror(child_exec_errno(session->child)));
	return child_exit_status(session->child);
}

static void print_heading(struct batch *batch)
{
	struct buf line;
	out_begin(&batch->out, &line);
	if (batch->session->options.mode == MODE_CSV) {
		dump_csv_heading(&line, &batch->dump);
		buf_putc(&line, '\n');
	}
	if (batch->foreign)
		foreign_begin(batch->foreign, &line);
	out_commit(&batch->out, &line);
}

int batch_run(struct session *session, struct err *err)
{
	struct batch batch;
	batch_init(&batch, session);
	if (has_rows(&batch) && !session->picked)
		capture_notice(session);
	print_heading(&batch);
	int code = session->child ? child_go(session->child, err) : 0;
	if (code == 0) {
		if (session->merge)
			run_replay(&batch);
		else
			run(&batch);
		finish(&batch);
	}
	int status = code ? SESSION_FAILED : status_of(&batch, err);
	batch_done(&batch);
	return status;
}
