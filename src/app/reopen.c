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
#include "app/excerpt.h"
#include "app/facts.h"
#include "app/fault.h"
#include "app/remotes.h"
#include "app/session.h"
#include "app/trim.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/fmt.h"
#include "base/xalloc.h"
#include "feed/merge.h"
#include "model/field.h"
#include "model/filter.h"
#include "model/model.h"

/* More than a filter can have of nodes, each with a long text. */
#define FILTERS_SIZE 65536

static void print_time(struct buf *buf, const struct session *session,
		       uint64_t time_ns)
{
	uint64_t offset_ns = merge_wall_offset_ns(session->merge);
	fmt_clock(buf, time_ns + offset_ns, 3);
}

static void print_missing(struct buf *buf, const struct session *session,
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
	buf_puts(buf,
		 gap->why == REPLAY_OPEN ? " may be missing" : " is missing");
}

/* Lines come one after the other where the first is told. */
static void print_lines(struct buf *buf, const struct replay_gap *gap)
{
	uint64_t last = gap->line + gap->events - 1;
	if (!gap->line)
		buf_printf(buf, "%" PRIu64 " more lines are", gap->events);
	else if (gap->events == 1)
		buf_printf(buf, "line %" PRIu64 " is", gap->line);
	else
		buf_printf(buf, "lines %" PRIu64 " to %" PRIu64 " are",
			   gap->line, last);
	buf_puts(buf, " not strace's, and left out");
}

static void print_gap(struct buf *buf, const struct session *session,
		      const struct replay_gap *gap)
{
	static const char *const whys[] = {
		[REPLAY_DAMAGED] = "the recording is damaged; ",
		[REPLAY_CUT] = "the recording is cut; ",
		[REPLAY_OPEN] =
			"the recording was never closed by its recorder; ",
		[REPLAY_MISSING] = "a file of the recording is missing; ",
		[REPLAY_UNREAD] = "of the text ",
		[REPLAY_UNENDED] = "the text ends before ",
	};
	buf_puts(buf, whys[gap->why]);
	if (gap->why == REPLAY_UNREAD)
		print_lines(buf, gap);
	else if (gap->why == REPLAY_UNENDED)
		buf_printf(buf, "%" PRIu64 " %s left out", gap->events,
			   gap->events == 1 ? "call does, which is"
					    : "calls do, which are");
	else
		print_missing(buf, session, gap);
}

/* Who jumps back meets it again.  Of more than can be noted some are. */
static bool is_known(struct session *session, unsigned host,
		     const struct replay_gap *gap)
{
	const struct session_gap met = {.host = host,
					.why = gap->why,
					.after_ns = gap->after_ns,
					.line = gap->line};
	for (size_t i = 0; i < session->gaps && i < SESSION_GAPS; i++) {
		const struct session_gap *known = &session->known_gaps[i];
		if (known->host == met.host && known->why == met.why &&
		    known->after_ns == met.after_ns && known->line == met.line)
			return true;
	}
	if (session->gaps < SESSION_GAPS)
		session->known_gaps[session->gaps] = met;
	session->gaps++;
	return false;
}

static void tell_gap(void *self, unsigned host, const struct replay_gap *gap)
{
	struct session *session = self;
	bool several = merge_count(session->merge) > 1;
	struct buf text;
	if (is_known(session, host, gap))
		return;
	buf_init(&text, session->gap_text, sizeof(session->gap_text));
	if (several)
		buf_printf(&text, "%s: ", session->facts[host].host);
	print_gap(&text, session, gap);
	if (session->options.mode != MODE_SCREEN)
		session_notice("%s", session->gap_text);
}

/* Each of several has a name, and no other has it. */
static void name_host(struct session *session, unsigned host)
{
	struct facts *facts = session->facts;
	char name[sizeof(facts->host)];
	unsigned count = 1;
	if (!facts[host].host[0])
		(void)snprintf(facts[host].host, sizeof(name), "host%u",
			       host + 1); /* fits */
	memcpy(name, facts[host].host, sizeof(name));
	for (unsigned i = 0; i < host; i++) {
		if (strcmp(facts[i].host, facts[host].host) != 0)
			continue;
		(void)snprintf(facts[host].host, sizeof(name), "%.70s#%u", name,
			       ++count); /* fits */
		i = (unsigned)-1;        /* that may be taken, too */
	}
}

static void take_facts(struct session *session)
{
	unsigned count = merge_count(session->merge);
	bool damaged = false;
	session->facts = xcalloc(count, sizeof(*session->facts));
	for (unsigned i = 0; i < count; i++) {
		size_t size = 0;
		const char *text = merge_facts(session->merge, i, &size);
		struct facts *facts = &session->facts[i];
		facts_parse(facts, text, size);
		session->remarks |= facts->remarks;
		damaged |= size == 0;
		if (count > 1)
			name_host(session, i);
		if (i > 0)
			carried_join(&session->facts->carried, &facts->carried);
	}
	if (damaged)
		session_notice("what the recording says of its machine is "
			       "damaged; names of users and calls are ours");
	else if (!zone_use(&session->facts->zone) && !session->facts->source[0])
		session_notice("the recording names no time zone; times are "
			       "in ours");
}

static const char *option_of(const struct session *session)
{
	return session->remotes ? "--host" : "-r";
}

static int check_machines(const struct session *session, struct err *err)
{
	const struct merge *merge = session->merge;
	uint32_t abi = merge_header(merge, 0)->abi;
	if (abi != RECORDING_X86_64 && abi != RECORDING_ARM64)
		return err_set(err, -ENOTSUP,
			       "cannot open the recording '%.300s' (%s): it is "
			       "of a machine that this sctop does not know",
			       merge_path(merge, 0), option_of(session));
	for (unsigned i = 1; i < merge_count(merge); i++)
		if (merge_header(merge, i)->abi != abi)
			return err_set(err, -ENOTSUP,
				       "cannot open '%.150s' and '%.150s' "
				       "together (%s): their machines are of "
				       "different architectures, which have "
				       "different system calls",
				       merge_path(merge, 0),
				       merge_path(merge, i),
				       option_of(session));
	return 0;
}

static int make_catalogue(struct session *session, struct err *err)
{
	uint32_t abi = merge_header(session->merge, 0)->abi;
	const struct catalogue_config config = {
		.events_fd = -1,
		.native = abi == RECORDING_ARM64 ? ABI_ARM64 : ABI_X86_64,
		.carried = &session->facts->carried,
		.hide = fault_hidden(),
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

static void add_traced(struct session *session, const struct facts *facts)
{
	if (facts->source[0]) /* it does not say */
		(void)sysset_parse(session->traced, "all", NULL);
	for (size_t i = 0; i < facts->traced_count; i++) {
		uint32_t index =
			catalogue_by_name(session->catalogue, facts->traced[i]);
		if (index != SYSCALL_NONE)
			sysset_put(session->traced, index, true);
	}
}

static int open_remotes(struct session *session, struct err *err)
{
	const struct remote_listener listener = {.say = session_say};
	struct merge_config config = {
		.count = session->options.hosts.count,
		.option = "--host",
		.gap = tell_gap,
		.self = session,
	};
	int code = remotes_start(&session->remotes, &session->options,
				 &listener, err);
	if (code)
		return code;
	session->sources = xcalloc(config.count, sizeof(*session->sources));
	remotes_sources(session->remotes, session->sources);
	config.sources = session->sources;
	return merge_open(&session->merge, &config, err);
}

static int open_sources(struct session *session, struct err *err)
{
	const struct options *options = &session->options;
	struct merge_config config = {
		.count = options->replay.count,
		.option = option_of(session),
		.gap = tell_gap,
		.self = session,
	};
	int fd = options->demo ? demo_open(err) : 0;
	unsigned pipes = 0;
	if (fd < 0)
		return fd;
	struct merge_source *sources = xcalloc(config.count, sizeof(*sources));
	for (size_t i = 0; i < config.count; i++) {
		const char *path = options->replay.at[i];
		sources[i] = (struct merge_source){.path = path, .fd = fd};
		pipes += strcmp(path, "-") == 0;
	}
	config.sources = session->sources = sources;
	if (pipes > 1)
		return err_set(
			err, -EINVAL,
			"-r - is standard input, which is one recording");
	int code = merge_open(&session->merge, &config, err);
	if (code == 0 && options->mode == MODE_SCREEN && pipes)
		code = take_terminal(err);
	return code;
}

int reopen_init(struct session *session, struct err *err)
{
	int code = session->options.hosts.count ? open_remotes(session, err)
						: open_sources(session, err);
	if (code == 0)
		code = check_machines(session, err);
	if (code)
		return code;
	take_facts(session);
	code = make_catalogue(session, err);
	if (code)
		return code;
	merge_use(session->merge, session->catalogue);
	session->traced = sysset_new(session->catalogue);
	session->picked = true; /* then, by whatever rule */
	for (unsigned i = 0; i < merge_count(session->merge); i++)
		add_traced(session, &session->facts[i]);
	return 0;
}

/* What the recorded runs had, each for its host. */
static void print_filters(struct buf *buf, const struct session *session)
{
	unsigned count = merge_count(session->merge);
	for (unsigned i = 0; i < count; i++) {
		const struct facts *facts = &session->facts[i];
		if (!facts->filter)
			continue;
		buf_puts(buf, buf->len ? " && (" : "(");
		if (count > 1) {
			const struct value name = {.known = true,
						   .text = facts->host};
			filter_print_test(buf, field_of_kind(ROW_CALL, "host"),
					  &name, false);
			buf_puts(buf, " || ");
		}
		buf_printf(buf, "(%s))", facts->filter);
	}
}

/* Of what options ask for, the part that is no expression. */
static int take_calls(struct session *session, struct err *err)
{
	struct sieve *sieve = &session->sieve;
	if (session->options.trace.count == 0 || session->remotes)
		return 0;
	sieve->only = sysset_new(session->catalogue);
	return excerpt_calls(sieve->only, &session->options, err);
}

static int check_filter(const struct session *session, const char *filter,
			struct err *err)
{
	struct sieve sieve = {0};
	int code = sieve_init(&sieve, filter, session->catalogue, err);
	sieve_done(&sieve);
	return code;
}

/* One that is not understood, as of a newer sctop, is no reason not to show
 * anything. */
static void check_recorded(const struct session *session)
{
	for (unsigned i = 0; i < merge_count(session->merge); i++) {
		struct facts *facts = &session->facts[i];
		if (!facts->filter ||
		    check_filter(session, facts->filter, NULL) == 0)
			continue;
		session_notice("the recorded run had a filter (-F) that is not "
			       "understood here; what it hid is shown");
		free(facts->filter);
		facts->filter = NULL;
	}
}

/* All that must let a row pass. */
static int join_filters(struct session *session, struct err *err)
{
	struct buf all;
	char *text = xmalloc(FILTERS_SIZE);
	buf_init(&all, text, FILTERS_SIZE);
	if (!session->remotes) /* they have left out the rest */
		excerpt_print(&all, &session->options);
	if (session->options.filter)
		buf_printf(&all, "%s(%s)", all.len ? " && " : "",
			   session->options.filter);
	print_filters(&all, session);
	int code = sieve_init(&session->sieve, all.len ? text : NULL,
			      session->catalogue, err);
	free(text);
	session->sieve.is_decided = all.len == 0; /* no kernel side does */
	return code;
}

int reopen_sieve(struct session *session, struct err *err)
{
	const struct options *options = &session->options;
	session->trim = trim_new(options);
	if (options->mode == MODE_SUMMARY &&
	    (options->filter ||
	     (!session->remotes && excerpt_is_asked_for(options))))
		return err_set(err, -EINVAL,
			       "-F, --filter and what else chooses calls do "
			       "not go with %s and -c: the recording has its "
			       "counters as they were counted",
			       option_of(session));
	if (options->mode == MODE_SUMMARY)
		return sieve_init(&session->sieve, NULL, session->catalogue,
				  err);
	check_recorded(session);
	/* What is wrong is told with the column that was typed. */
	int code = check_filter(session, options->filter, err);
	if (code == 0)
		code = join_filters(session, err);
	return code ? code : take_calls(session, err);
}

struct sink reopen_sink(const struct session *session, const struct sink *to)
{
	return trim_sink(session->trim, to);
}

static void tell_names(struct model *model, const struct facts *facts,
		       unsigned host)
{
	if (facts->host[0])
		model_set_host(model, host, facts->host);
	for (size_t i = 0; i < facts->users.count; i++)
		model_set_user(model, host, facts->users.at[i].id,
			       facts->users.at[i].name);
	model_set_link(model, host, 0, NULL);
	for (size_t i = 0; i < facts->links.count; i++)
		model_set_link(model, host, facts->links.at[i].id,
			       facts->links.at[i].name);
}

struct model *reopen_new_model(const struct session *session)
{
	struct model *model = session_new_model(session);
	for (unsigned i = 0; i < merge_count(session->merge); i++)
		tell_names(model, &session->facts[i], i);
	for (uint32_t i = 0; i < catalogue_count(session->catalogue); i++)
		model_set_traced(model, i, sysset_has(session->traced, i));
	return model;
}

void reopen_done(struct session *session)
{
	for (unsigned i = 0; session->facts && i < merge_count(session->merge);
	     i++)
		facts_done(&session->facts[i]);
	merge_close(session->merge);
	remotes_free(session->remotes);
	trim_free(session->trim);
	free(session->facts);
	free(session->sources);
	session->merge = NULL;
	session->remotes = NULL;
	session->trim = NULL;
	session->facts = NULL;
	session->sources = NULL;
}
