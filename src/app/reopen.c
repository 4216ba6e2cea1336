/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/reopen.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "abi/syscall.h"
#include "abi/sysset.h"
#include "app/demo.h"
#include "app/facts.h"
#include "app/session.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/fmt.h"
#include "base/xalloc.h"
#include "feed/replay.h"
#include "model/model.h"

static void print_time(struct buf *buf, const struct session *session,
		       uint64_t time_ns)
{
	uint64_t offset_ns = replay_header(session->replay)->wall_offset_ns;
	fmt_clock(buf, time_ns + offset_ns, 3);
}

static void print_gap(struct buf *buf, const struct session *session,
		      const struct replay_gap *gap)
{
	if (gap->events)
		buf_printf(buf, "%" PRIu64 " events", gap->events);
	else
		buf_puts(buf, "what happened");
	if (gap->after_ns) {
		buf_puts(buf, gap->until_ns ? " between " : " after ");
		print_time(buf, session, gap->after_ns);
	}
	if (gap->until_ns) {
		buf_puts(buf, gap->after_ns ? " and " : " before ");
		print_time(buf, session, gap->until_ns);
	}
}

static void tell_gap(void *self, const struct replay_gap *gap)
{
	static const char *const whys[] = {
		[REPLAY_DAMAGED] = "the recording is damaged",
		[REPLAY_CUT] = "the recording is cut",
		[REPLAY_OPEN] =
			"the recording was never closed by its recorder",
	};
	struct session *session = self;
	char text[120];
	struct buf what;
	buf_init(&what, text, sizeof(text));
	print_gap(&what, session, gap);
	session->gaps++;
	(void)snprintf(session->gap_text, sizeof(session->gap_text),
		       "%s; %s %s missing", whys[gap->why], text,
		       gap->why == REPLAY_OPEN ? "may be" : "is"); /* fits */
	if (session->options.mode != MODE_SCREEN)
		session_notice("%s", session->gap_text);
}

static void take_facts(struct session *session)
{
	size_t size = 0;
	const char *text = replay_facts(session->replay, &size);
	session->facts = xcalloc(1, sizeof(*session->facts));
	facts_parse(session->facts, text, size);
	session->remarks = session->facts->remarks;
	if (size == 0)
		session_notice("what the recording says of its machine is "
			       "damaged; names of users and calls are ours");
	else if (!zone_use(&session->facts->zone))
		session_notice("the recording names no time zone; times are "
			       "in ours");
}

static int make_catalogue(struct session *session, struct err *err)
{
	static const enum abi abis[] = {
		[RECORDING_X86_64] = ABI_X86_64,
		[RECORDING_ARM64] = ABI_ARM64,
	};
	uint32_t abi = replay_header(session->replay)->abi;
	if (abi == 0 || abi >= sizeof(abis) / sizeof(abis[0]))
		return err_set(err, -ENOTSUP,
			       "cannot open the recording '%.300s' (-r): it is "
			       "of a machine that this sctop does not know",
			       session->options.replay);
	const struct catalogue_config config = {
		.events_fd = -1,
		.native = abis[abi],
		.carried = &session->facts->carried,
	};
	return catalogue_new(&session->catalogue, &config, err);
}

/* Keys cannot come from where the recording comes from. */
static int take_terminal(struct err *err)
{
	int fd = open("/dev/tty", O_RDWR | O_CLOEXEC);
	int code = fd < 0 || dup2(fd, STDIN_FILENO) < 0 ? -errno : 0;
	if (fd > STDERR_FILENO)
		(void)close(fd); /* it has another number */
	return code ? err_set(err, code,
			      "cannot start the screen: no terminal for its "
			      "keys: %s; use -b, -j, --csv or -c",
			      strerror(-code))
		    : 0;
}

int reopen_init(struct session *session, struct err *err)
{
	const struct replay_config config = {
		.path = session->options.replay,
		.fd = session->options.demo ? demo_open(err) : 0,
		.gap = tell_gap,
		.self = session,
	};
	int code = config.fd < 0
			   ? config.fd
			   : replay_open(&session->replay, &config, err);
	if (code == 0 && session->options.mode == MODE_SCREEN &&
	    strcmp(config.path, "-") == 0)
		code = take_terminal(err);
	if (code)
		return code;
	take_facts(session);
	code = make_catalogue(session, err);
	if (code)
		return code;
	session->traced = sysset_new(session->catalogue);
	session->picked = true; /* then, by whatever rule */
	for (size_t i = 0; i < session->facts->traced_count; i++) {
		uint32_t index = catalogue_by_name(session->catalogue,
						   session->facts->traced[i]);
		if (index != SYSCALL_NONE)
			sysset_put(session->traced, index, true);
	}
	return 0;
}

int reopen_sieve(struct session *session, struct err *err)
{
	const char *given = session->options.filter;
	const char *then = session->facts->filter;
	char text[4096]; /* longer than any that was understood */
	struct buf both;
	if (session->options.mode == MODE_SUMMARY && given)
		return err_set(err, -EINVAL,
			       "-F, --filter does not go with -r and -c: the "
			       "recording has its counters as they were "
			       "counted");
	if (session->options.mode == MODE_SUMMARY || (!given && !then))
		return sieve_init(&session->sieve, NULL, session->catalogue,
				  err);
	/* The given one first: its columns are as they were typed. */
	buf_init(&both, text, sizeof(text));
	if (given && then)
		buf_printf(&both, "(%s) && (%s)", given, then);
	else
		buf_puts(&both, given ? given : then);
	int code = sieve_init(&session->sieve, given && !then ? given : text,
			      session->catalogue, err);
	session->sieve.is_decided = false; /* there is no kernel side */
	return code;
}

void reopen_model(struct session *session)
{
	const struct facts *facts = session->facts;
	session->model = session_new_model(session);
	if (facts->host[0])
		model_set_host(session->model, 0, facts->host);
	for (size_t i = 0; i < facts->users.count; i++)
		model_set_user(session->model, 0, facts->users.at[i].id,
			       facts->users.at[i].name);
	for (size_t i = 0; i < facts->links.count; i++)
		model_set_link(session->model, 0, facts->links.at[i].id,
			       facts->links.at[i].name);
	for (uint32_t i = 0; i < catalogue_count(session->catalogue); i++)
		model_set_traced(session->model, i,
				 sysset_has(session->traced, i));
}

void reopen_done(struct session *session)
{
	replay_close(session->replay);
	if (session->facts)
		facts_done(session->facts);
	free(session->facts);
	session->replay = NULL;
	session->facts = NULL;
}
