/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/check.h"
#include "app/child.h"
#include "app/complete.h"
#include "app/conf_file.h"
#include "app/list.h"
#include "app/list_types.h"
#include "app/recorder.h"
#include "app/sctoprc.h"
#include "app/session.h"
#include "base/err.h"
#include "base/xalloc.h"

/* Nothing is cut silently: a full disk under standard output is a failure. */
static int check_stdout(int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	session_notice("cannot write to standard output: %s", strerror(errno));
	return status ? status : SESSION_CANNOT;
}

/* A run that only records needs no terminal. */
static void choose_mode(struct options *options)
{
	bool to_pipe = options->record && strcmp(options->record, "-") == 0;
	bool records = options->record || options->flight.bytes;
	if (options->mode == MODE_SCREEN && records &&
	    (to_pipe || (!options->lines && check_terminal(NULL) < 0)))
		options->mode = MODE_RECORD;
}

/* What was recorded may be incomplete though all else went well. */
static int end_recording(struct session *session, int status)
{
	struct err why = {0};
	while (recorder_finish_flight(session->recorder, &why))
		session_notice("%s", why.text);
	int code = recorder_close(session->recorder, &why);
	session->recorder = NULL;
	if (code == 0 || code == -EPIPE) /* its reader has seen enough */
		return status;
	session_notice("%s", why.text);
	if (status)
		return status;
	return session->child ? SESSION_FAILED : SESSION_CANNOT;
}

static int trace(struct session *session, const struct child_inherit *inherit,
		 struct err *err)
{
	if (session->options.mode == MODE_SCREEN && !session->options.lines &&
	    check_terminal(err) < 0)
		return SESSION_CANNOT;
	int status = session_open(session, inherit, err);
	if (status)
		return status;
	status = session->options.mode == MODE_SCREEN ? screen_run(session, err)
						      : batch_run(session, err);
	return end_recording(session, status);
}

static int run(struct session *session, const struct child_inherit *inherit,
	       struct err *err)
{
	const struct options *options = &session->options;
	switch (options->mode) {
	case MODE_HELP:
		options_print_help();
		return 0;
	case MODE_VERSION:
		(void)puts(PACKAGE_STRING); /* check_stdout() sees a failure */
		return 0;
	case MODE_COMPLETION:
		complete_print(options->completion);
		return 0;
	case MODE_CHECK:
		return check_run();
	case MODE_LIST:
	case MODE_EXPLAIN:
	case MODE_SCREEN:
	case MODE_BATCH:
	case MODE_JSON:
	case MODE_CSV:
	case MODE_EXPORT:
	case MODE_SUMMARY:
	case MODE_RECORD:
		break;
	}
	choose_mode(&session->options);
	int code = session_init(session, err);
	if (code)
		return code == -EINVAL ? SESSION_USAGE : SESSION_CANNOT;
	if (options->mode == MODE_LIST)
		session_notice_list(session);
	if (options->mode == MODE_LIST)
		code = options->verbose ? list_types(session->catalogue, stdout)
					: list_print(session->catalogue, stdout,
						     isatty(STDOUT_FILENO));
	else if (options->mode == MODE_EXPLAIN)
		code = list_explain(session->catalogue, options->explain,
				    stdout, err);
	else
		return trace(session, inherit, err);
	return code == -EINVAL ? SESSION_USAGE : 0; /* or check_stdout() sees */
}

/* So that no file of ours gets a standard descriptor's number; COMMAND finds
 * them closed again. */
static void fill_standard_fds(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
		if (fcntl(fd, F_GETFD) < 0)
			(void)open("/dev/null",
				   O_RDWR | O_CLOEXEC); /* takes that number */
	}
}

/* What of the configuration file is passed over is no reason not to go on. */
static void notice_conf(struct session *session, const struct err *unread)
{
	struct err fault;
	size_t at = 0;
	if (!options_is_run(session->options.mode))
		return;
	if (unread->code)
		session_notice("%s", unread->text);
	sctoprc_check(&session->conf);
	while (sctoprc_next_fault(&session->conf, &at, &fault))
		session_notice("%s", fault.text);
}

int main(int argc, char **argv)
{
	struct child_inherit *inherit = child_inherit_new(); /* first of all */
	die_init();
	fill_standard_fds();
	(void)setlocale(LC_ALL, ""); /* without one: the C locale */
	struct session session = {0};
	struct err err = {0};
	int status = SESSION_USAGE;
	struct err conf_err = {0};
	(void)conf_file_load(&session.conf, &conf_err); /* told below */
	if (options_parse(&session.options, &session.conf, argc, argv, &err) ==
	    0) {
		notice_conf(&session, &conf_err);
		status = run(&session, inherit, &err);
	}
	status = check_stdout(status);
	if (err.code)
		session_notice("%s", err.text);
	session_done(&session);
	child_inherit_free(inherit);
	return status;
}
