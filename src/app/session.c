/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/session.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "abi/named.h"
#include "abi/syscall.h"
#include "abi/sysset.h"
#include "app/capture.h"
#include "app/cgroup.h"
#include "app/check.h"
#include "app/child.h"
#include "app/excerpt.h"
#include "app/fault.h"
#include "app/maker.h"
#include "app/privileges.h"
#include "app/recorder.h"
#include "app/remotes.h"
#include "app/reopen.h"
#include "app/saver.h"
#include "app/trim.h"
#include "base/err.h"
#include "base/glob.h"
#include "feed/live.h"
#include "feed/meter.h"
#include "feed/merge.h"
#include "feed/symbols.h"
#include "feed/tracefsdir.h"
#include "model/field.h"
#include "model/model.h"
#include "model/traced.h"

#define NICENESS    (-20) /* ahead of what a busy machine runs */
#define REALTIME    1     /* the least urgent */
#define USERS_LIMIT 65536 /* names told to the model; there may be more */

void session_notice(const char *format, ...)
{
	char text[1024];
	va_list args;
	va_start(args, format);
	(void)vsnprintf(text, sizeof(text), format,
			args); /* a cut sentence still helps */
	va_end(args);
	(void)fprintf(stderr, "sctop: %s\n", text); /* nowhere to complain */
}

void session_say(void *unused, const char *text)
{
	(void)unused; /* there is one standard error */
	session_notice("%s", text);
}

static bool is_batch(const struct session *session)
{
	return session->options.mode != MODE_SCREEN;
}

static int open_events(struct session *session, struct err *err)
{
	const char *dir = session->options.tracefs;
	if (fault_is_set("no-tracefs"))
		return err_set(err, -ENOENT, "no tracefs can be opened");
	return tracefsdir_open(&session->events_fd, dir, err);
}

static int open_catalogue(struct session *session, struct err *err)
{
	const struct err *why = &session->list_err;
	int code = open_events(session, &session->list_err);
	if (code && session->options.tracefs)
		return err_set(err, -EINVAL,
			       "--tracefs takes a directory of "
			       "system call events: %.400s",
			       why->text);
	const struct catalogue_config config = {
		.events_fd = session->events_fd,
		.native = abi_native(),
		.hide = fault_hidden(),
	};
	return catalogue_new(&session->catalogue, &config, err);
}

static int pick(struct session *session, struct err *err)
{
	const struct options *options = &session->options;
	session->traced = sysset_new(session->catalogue);
	session->picked = options->trace.count > 0;
	int code = excerpt_calls(session->traced, options, err);
	if (code)
		return code;
	if (session->picked && !sysset_is_useful(session->traced))
		return err_set(err, -EINVAL,
			       "-e, --trace leaves no syscall that this kernel "
			       "has; sctop -l lists them");
	if (session->picked)
		return 0;
	if (options_is_narrow(options))
		return sysset_parse(session->traced, "all", err);
	sysset_add_default(session->traced);
	return 0;
}

void session_hear(struct session *session,
		  void (*say)(void *self, const char *text), void *self)
{
	const struct remote_listener listener = {.say = say, .self = self};
	if (session->remotes)
		remotes_poll(session->remotes, session->merge, &listener);
}

void session_notice_list(const struct session *session)
{
	if (session->list_err.code)
		session_notice("%s; using the built-in list of system calls",
			       session->list_err.text);
}

/* Is compiled only to be judged here, before anything starts. */
static int check_comm(const struct options *options, struct err *err)
{
	struct glob glob;
	struct err why = {0};
	if (!options->comm || glob_compile(&glob, options->comm, &why) == 0)
		return 0;
	return err_set(err, -EINVAL, "-C, --comm takes a pattern: %.400s",
		       why.text);
}

static int open_sieve(struct session *session, struct err *err)
{
	const struct options *options = &session->options;
	if (options_is_replay(options))
		return reopen_sieve(session, err);
	int code = sieve_init(&session->sieve, options->filter,
			      session->catalogue, err);
	if (code == 0 && options->mode == MODE_SUMMARY &&
	    !session->sieve.is_decided)
		return err_set(
			err, -EINVAL,
			"-c counts in the kernel, which knows of a call "
			"its name, class, pid, tid, uid, gid, comm, ret, "
			"errno, failed and duration, and up to %d tests; "
			"use another --filter",
			LIVE_TESTS);
	return code;
}

int session_init(struct session *session, struct err *err)
{
	session->events_fd = session->stop_fd = session->output_fd = -1;
	const struct options *options = &session->options;
	enum row_kind kind =
		options->mode == MODE_SUMMARY ? ROW_SYSCALL : ROW_CALL;
	int code = fieldlist_init(&session->fields, options->fields, kind, err);
	if (code == 0)
		code = fieldlist_sort(&session->sort, options->sort, err);
	session->stacks =
		options->stacks || fieldlist_has(&session->fields, FIELD_STACK);
	if (code == 0)
		code = check_comm(options, err);
	if (code == 0)
		code = options_is_replay(options)
			       ? reopen_init(session, err)
			       : open_catalogue(session, err);
	if (code == 0 && !options_is_replay(options))
		code = pick(session, err);
	if (code == 0)
		code = open_sieve(session, err);
	if (code == 0 && !options_is_replay(options))
		session->remarks = capture_remarks(session);
	if (code == 0 && capture_records(options) &&
	    !options_is_replay(options))
		session->trim = trim_new(options);
	return code;
}

static int open_output(struct session *session, struct err *err)
{
	const char *path = session->options.output;
	session->output_fd =
		session->options.command ? STDERR_FILENO : STDOUT_FILENO;
	if (!path)
		return 0;
	session->output_fd =
		open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (session->output_fd < 0)
		return err_set(err, -errno, "cannot write to '%.300s' (-o): %s",
			       path, strerror(errno));
	return 0;
}

static int check_alive(const char *option, const pid_t *ids, size_t count,
		       struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		if (kill(ids[i], 0) < 0 && errno == ESRCH)
			return err_set(err, -ESRCH,
				       "cannot trace %d (%s): there is no such "
				       "process; it may have ended",
				       ids[i], option);
	}
	return 0;
}

/* nohup(1) asks for it, and a run may well outlive its terminal. */
static bool ignores_hangup(void)
{
	struct sigaction action;
	return sigaction(SIGHUP, NULL, &action) == 0 &&
	       action.sa_handler == SIG_IGN;
}

/* From here on these signals wait in stop_fd instead of ending us. */
static int open_signals(struct session *session, struct err *err)
{
	sigset_t set;
	(void)sigemptyset(&set);        /* cannot fail */
	(void)sigaddset(&set, SIGINT);  /* these are valid */
	(void)sigaddset(&set, SIGTERM); /* valid */
	(void)sigaddset(&set, SIGCHLD); /* valid */
	if (session->options.flight.bytes)
		(void)sigaddset(&set, SIGUSR1); /* valid */
	if (!ignores_hangup())
		(void)sigaddset(&set, SIGHUP);    /* valid */
	(void)signal(SIGCHLD, SIG_DFL);           /* ignored, it reaps for us */
	(void)signal(SIGPIPE, SIG_IGN);           /* an error that is read */
	(void)signal(SIGXFSZ, SIG_IGN);           /* likewise */
	(void)sigprocmask(SIG_BLOCK, &set, NULL); /* cannot fail */
	session->stop_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (session->stop_fd < 0)
		return err_set(err, -errno, "cannot wait for signals: %s",
			       strerror(errno));
	return 0;
}

/* On the screen a key asks for them. */
static bool may_have_stacks(const struct session *session)
{
	return session->stacks || !is_batch(session);
}

static void open_symbols(struct session *session)
{
	const struct options *options = &session->options;
	const struct symbols_config config = {
		.path_bytes = options->name_bytes,
		.name_bytes = options->name_bytes,
		.life = model_symbol_count(options->name_bytes),
	};
	if (may_have_stacks(session))
		session->symbols = symbols_new(&config);
}

struct sink session_sink(struct session *session, const struct sink *to)
{
	const struct sink shown = session->live && session->trim
					  ? trim_sink(session->trim, to)
					  : *to;
	const struct sink recorded = recorder_sink(session->recorder, &shown);
	return session->symbols ? symbols_sink(session->symbols, &recorded)
				: recorded;
}

void session_sample(struct session *session, const struct sink *to)
{
	live_sample(session->live, to);
	if (recorder_is_on(session->recorder))
		(void)live_blocked(session->live, to, NULL); /* next time */
}

static int open_live(struct session *session, struct err *err)
{
	const struct options *options = &session->options;
	struct live_config config = {
		.catalogue = session->catalogue,
		.own_since_ns = session->began_ns,
		.command_pid = session->child ? child_pid(session->child) : 0,
		.filter =
			{
				.pids = options->pids,
				.pid_count = options->pid_count,
				.tids = options->tids,
				.tid_count = options->tid_count,
				.follow = !options->no_follow,
				.comm_glob = options->comm,
				.uid = options->uid,
				.outcome = (enum live_outcome)options->outcome,
				.errnos = options->errnos,
				.errno_count = options->errno_count,
				.min_ns = options->min_ns,
			},
		.remarks = session->remarks,
		.ring_bytes = options->ring_bytes,
		.count_bytes = options->count_bytes,
		.string_limit = (unsigned)options->string_limit,
		.fds = capture_fds(options),
		.stacks = may_have_stacks(session),
		.path_count = model_file_count(options->name_bytes),
		.tracefs_events_fd = session->events_fd,
	};
	int code = 0;
	if (options->cgroup)
		code = cgroup_id(&config.filter.cgroup, options->cgroup, err);
	return code ? code : live_open(&session->live, &config, err);
}

static enum live_state state_of(const struct session *session, bool traced)
{
	if (session->options.mode == MODE_SUMMARY) /* a table has no rows */
		return traced || !session->picked ? LIVE_COUNTED : LIVE_OFF;
	if (traced)
		return LIVE_TRACED;
	return session->picked ? LIVE_OFF : LIVE_COUNTED;
}

/* A reader of the recording is to know it, too. */
static void record_traced(const struct session *session, uint32_t index)
{
	struct named named;
	named_init(&named, EVENT_TRACED, live_now_ns(),
		   catalogue_get(session->catalogue, index)->name,
		   traced_value(session->model, index));
	recorder_put(session->recorder, &named.ev.h);
}

void session_set_traced(struct session *session, uint32_t index, bool on)
{
	sysset_put(session->traced, index, on);
	model_set_traced(session->model, index, on);
	if (session->merge)
		return; /* what was traced was */
	live_set_state(session->live, index, state_of(session, on));
	record_traced(session, index);
}

void session_set_stacks(struct session *session, uint32_t index, bool on)
{
	if (session->merge)
		return; /* what was taken was */
	model_set_stacks(session->model, index, on);
	live_set_stacks(session->live, index, on);
	record_traced(session, index);
}

struct model *session_new_model(const struct session *session)
{
	const struct model_limits limits = {
		.row_bytes = session->options.row_bytes,
		.count_bytes = session->options.count_bytes,
		.name_bytes = session->options.name_bytes,
		.past_bytes = session->options.mode == MODE_SCREEN
				      ? session->options.count_bytes
				      : 0,
	};
	struct model *model = model_new(session->catalogue, &limits);
	model_set_wall_offset_ns(
		model, session->merge ? merge_wall_offset_ns(session->merge)
				      : live_wall_offset_ns(session->live));
	return model;
}

static void open_model(struct session *session)
{
	session->model = session_new_model(session);
	const struct passwd *user;
	struct utsname name;
	if (uname(&name) == 0)
		model_set_host(session->model, 0, name.nodename);
	setpwent();
	for (int i = 0; i < USERS_LIMIT && (user = getpwent()); i++)
		model_set_user(session->model, 0, user->pw_uid, user->pw_name);
	endpwent();
	uint32_t count = catalogue_count(session->catalogue);
	for (uint32_t i = 0; i < count; i++)
		session_set_traced(session, i, sysset_has(session->traced, i));
	bool rest = sysset_has(session->traced, SYSCALL_NONE);
	live_set_state(session->live, SYSCALL_NONE, state_of(session, rest));
	for (uint32_t i = 0; session->stacks && i < count; i++)
		session_set_stacks(session, i, true);
	if (session->stacks)
		live_set_stacks(session->live, SYSCALL_NONE, true);
}

static int start_command(struct session *session,
			 const struct child_inherit *inherit, struct err *err)
{
	if (!session->options.command)
		return 0;
	int code = child_new(&session->child, session->options.command, inherit,
			     !is_batch(session), err);
	if (code == -ENOENT)
		return SESSION_NOT_FOUND;
	if (code == -EACCES)
		return SESSION_NOT_EXECUTABLE;
	return code ? SESSION_FAILED : 0;
}

/* Before privileges are given up, as what is below: a key may record. */
static int open_maker(struct session *session, struct err *err)
{
	if (is_batch(session) && !session->options.flight.bytes)
		return 0;
	int code = maker_new(&session->maker);
	return code ? err_set(err, code,
			      "cannot start what makes the files of "
			      "recordings: %s",
			      strerror(-code))
		    : 0;
}

/* Before privileges are given up, and before what is ours is known. */
static int open_saver(struct session *session, struct err *err)
{
	if (is_batch(session) || session->options.no_save)
		return 0;
	int code = saver_new(&session->saver);
	return code ? err_set(err, code,
			      "cannot start what keeps the setup: %s; use "
			      "--no-save to do without",
			      strerror(-code))
		    : 0;
}

/* Then files are made later on. */
static bool rotates(const struct options *options)
{
	return options->rotate.bytes || options->rotate.ns;
}

/*
 * What is traced must keep us neither from draining nor from answering keys.
 * Niceness counts only among the processes of a terminal where the kernel
 * groups them so (sched(7), autogroup).  A screen needs little CPU time, but at
 * once; without one all of a CPU may be needed, which is no matter for real
 * time.  Without the privilege it works all the same.
 */
static void go_first(const struct session *session)
{
	const struct sched_param first = {.sched_priority = REALTIME};
	(void)setpriority(PRIO_PROCESS, 0, NICENESS);
	if (!is_batch(session))
		(void)sched_setscheduler(0, SCHED_RR | SCHED_RESET_ON_FORK,
					 &first);
}

static int open_tracing(struct session *session, struct err *err)
{
	int code = is_batch(session) ? 0 : meter_new(&session->meter, err);
	if (code == 0)
		code = open_saver(session, err);
	if (code == 0)
		code = open_maker(session, err);
	if (code == 0)
		code = open_live(session, err);
	if (code)
		return code;
	open_model(session);
	open_symbols(session);
	code = sieve_push(&session->sieve, session->live, err);
	if (code)
		return code;
	go_first(session);
	session->recorder = recorder_new(session);
	code = recorder_open(session->recorder, err);
	const struct privileges_needs needs = {
		.signals = !session->options.readonly,
		.files = rotates(&session->options),
	};
	if (code == 0)
		code = privileges_drop(&needs, err);
	if (code)
		return code;
	const struct sink model = {.put = model_put, .self = session->model};
	const struct sink sink = session_sink(session, &model);
	code = live_inventory(session->live, &sink, err);
	if (code == 0)
		live_sample(session->live, &sink); /* tells the time of day */
	return code;
}

static int open_replay(struct session *session, struct err *err)
{
	if ((is_batch(session) && open_output(session, err) < 0) ||
	    open_signals(session, err) < 0 || open_saver(session, err) < 0)
		return SESSION_CANNOT;
	session->model = reopen_new_model(session);
	const struct privileges_needs none = {0};
	return privileges_drop(&none, err) < 0 ? SESSION_CANNOT : 0;
}

int session_open(struct session *session, const struct child_inherit *inherit,
		 struct err *err)
{
	if (session->merge)
		return open_replay(session, err);
	const struct options *options = &session->options;
	int failed = options->command && is_batch(session) ? SESSION_FAILED
							   : SESSION_CANNOT;
	if (check_alive("-p", options->pids, options->pid_count, err) < 0 ||
	    check_alive("--tid", options->tids, options->tid_count, err) < 0 ||
	    check_required(err) < 0 ||
	    (is_batch(session) && open_output(session, err) < 0) ||
	    open_signals(session, err) < 0)
		return failed;
	struct timespec now;
	(void)clock_gettime(CLOCK_BOOTTIME, &now); /* cannot fail for it */
	session->began_ns =
		(uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
	int status = start_command(session, inherit, err);
	if (status)
		return is_batch(session) ? status : SESSION_CANNOT;
	if (open_tracing(session, err) < 0)
		return failed;
	session_notice_list(session);
	return 0;
}

static void close_own(int fd)
{
	if (fd > STDERR_FILENO)
		(void)close(fd); /* what matters was written and checked */
}

void session_done(struct session *session)
{
	reopen_done(session);
	live_close(session->live);
	symbols_free(session->symbols);
	meter_free(session->meter);
	saver_free(session->saver);
	maker_free(session->maker);
	(void)recorder_close(session->recorder, NULL); /* if main() did not */
	model_free(session->model);
	child_free(session->child);
	sysset_free(session->traced);
	sieve_done(&session->sieve);
	catalogue_free(session->catalogue);
	fieldlist_done(&session->fields);
	options_done(&session->options);
	conf_done(&session->conf);
	close_own(session->stop_fd);
	close_own(session->output_fd);
	close_own(session->events_fd);
}
