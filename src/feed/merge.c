/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A file is open while it is read; of the others what is needed to choose among
 * them is known from the beginning.
 */
#include "config.h"

#include "feed/merge.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/err.h"
#include "base/xalloc.h"
#include "bpf/event.h"
#include "feed/shift.h"
#include "feed/ticks.h"

/* How long what has come waits for what another pipe may bring. */
#define WAIT_NS 50000000u

struct part { /* a file, or a pipe */
	const struct merge_source *source;
	struct recording_header header;
	uint64_t first_ns, last_ns; /* of a file */
};

struct host {
	struct merge *merge;
	struct shift shift;
	struct part *parts; /* owned; by their numbers */
	size_t part_count;
	size_t at;             /* which is read */
	struct replay *replay; /* of that one; NULL: it could not be opened */
	char *facts;           /* owned */
	size_t facts_size;
	uint64_t waits_ns; /* since when something is there; 0: nothing */
};

struct merge {
	struct merge_config config;
	struct catalogue *cat;              /* borrowed; NULL: not told yet */
	struct host hosts[EVENT_HOSTS + 1]; /* the last is being opened */
	unsigned count;
	struct ticks ticks;
	uint64_t wall_offset_ns;
	const struct sink *to; /* of the pump that runs */
	union {
		struct event h;
		struct event_tick tick;
		uint8_t bytes[EVENT_SIZE_LIMIT];
	} shifted;
};

static uint64_t clock_ns(void)
{
	struct timespec now;
	(void)clock_gettime(CLOCK_MONOTONIC, &now); /* cannot fail for it */
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static uint64_t earliest(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* Times of the host on the line of all, and back. */
static uint64_t to_line(const struct host *host, uint64_t time_ns)
{
	uint64_t line_ns = time_ns + host->shift.later_ns;
	if (time_ns == UINT64_MAX)
		return time_ns;
	return line_ns < time_ns ? UINT64_MAX - 1 : line_ns;
}

static uint64_t from_line(const struct host *host, uint64_t time_ns)
{
	if (time_ns == UINT64_MAX)
		return time_ns;
	return time_ns < host->shift.later_ns ? 0
					      : time_ns - host->shift.later_ns;
}

static void put_tick(struct host *host, const struct event_tick *tick)
{
	struct merge *merge = host->merge;
	struct event_tick *sum = &merge->shifted.tick;
	if (!ticks_put(&merge->ticks, host->shift.host, tick, sum))
		return;
	sum->wall_offset_ns = merge->wall_offset_ns;
	shift_event(&sum->h, &host->shift);
	sink_put(merge->to, &sum->h);
}

/* The sink of each replay: EV is sane. */
static void put(void *self, const struct event *ev)
{
	struct host *host = self;
	struct merge *merge = host->merge;
	if (merge->count == 1) { /* in parts */
		sink_put(merge->to, ev);
		return;
	}
	if (ev->kind == EVENT_TICK) {
		put_tick(host, (const void *)ev);
		return;
	}
	memcpy(&merge->shifted, ev, ev->size);
	shift_event(&merge->shifted.h, &host->shift);
	sink_put(merge->to, &merge->shifted.h);
}

static void tell_gap(void *self, const struct replay_gap *gap)
{
	struct host *host = self;
	const struct merge_config *config = &host->merge->config;
	struct replay_gap on_line = *gap;
	if (gap->after_ns)
		on_line.after_ns += host->shift.later_ns;
	if (gap->until_ns)
		on_line.until_ns += host->shift.later_ns;
	if (config->gap)
		config->gap(config->self, host->shift.host, &on_line);
}

static int open_part(struct host *host, const struct part *part, bool follows,
		     struct err *err)
{
	const struct merge_config *config = &host->merge->config;
	const struct replay_config replay = {
		.path = part->source->path,
		.option = config->option,
		.fd = part->source->fd,
		.follows = follows,
		.gap = tell_gap,
		.self = host,
	};
	int code = replay_open(&host->replay, &replay, err);
	if (code == 0 && host->merge->cat)
		replay_use(host->replay, host->merge->cat);
	return code;
}

static void close_part(struct host *host)
{
	replay_close(host->replay);
	host->replay = NULL;
}

/* Files between two parts are missing, or this one cannot be opened any more.
 */
static void tell_missing(struct host *host, uint64_t after_ns,
			 uint64_t until_ns)
{
	const struct replay_gap gap = {
		.why = REPLAY_MISSING,
		.after_ns = after_ns,
		.until_ns = until_ns,
	};
	tell_gap(host, &gap);
}

/* Goes on with the next part of the host that has events. */
static void turn(struct host *host)
{
	while (host->at + 1 < host->part_count) {
		const struct part *before = &host->parts[host->at++];
		const struct part *part = &host->parts[host->at];
		bool next = part->header.part == before->header.part + 1;
		close_part(host);
		if (!next)
			tell_missing(host, before->last_ns, part->first_ns);
		if (open_part(host, part, next, NULL) == 0)
			return;
		tell_missing(host, part->first_ns, part->last_ns);
	}
}

static bool is_over(const struct host *host)
{
	return host->at + 1 == host->part_count &&
	       (!host->replay || replay_is_over(host->replay));
}

static bool is_pipe(const struct host *host)
{
	return host->replay && replay_fd(host->replay) >= 0;
}

/* The time of the host's next event, as replay_peek_ns(). */
static uint64_t peek(struct host *host)
{
	for (;;) {
		uint64_t next_ns = host->replay ? replay_peek_ns(host->replay)
						: UINT64_MAX;
		if (next_ns != UINT64_MAX)
			return to_line(host, next_ns);
		if (is_pipe(host) || host->at + 1 == host->part_count)
			return UINT64_MAX;
		turn(host);
	}
}

/* Whether a pipe may yet bring what is to come before all that is there. */
static bool must_wait(const struct merge *merge, const struct host *next,
		      uint64_t now_ns)
{
	if (now_ns - next->waits_ns >= WAIT_NS)
		return false;
	for (unsigned i = 0; i < merge->count; i++) {
		const struct host *host = &merge->hosts[i];
		if (!host->waits_ns && !is_over(host))
			return true;
	}
	return false;
}

/* The host whose event comes next, and until when others have none; NULL: there
 * is none, or not yet. */
static struct host *choose(struct merge *merge, uint64_t now_ns,
			   uint64_t *ret_next_ns, uint64_t *ret_until_ns)
{
	struct host *first = NULL;
	*ret_next_ns = *ret_until_ns = UINT64_MAX;
	for (unsigned i = 0; i < merge->count; i++) {
		struct host *host = &merge->hosts[i];
		uint64_t next_ns = peek(host);
		if (next_ns == UINT64_MAX)
			host->waits_ns = 0;
		else if (!host->waits_ns)
			host->waits_ns = now_ns;
		if (next_ns < *ret_next_ns) {
			first = host;
			*ret_until_ns = *ret_next_ns;
			*ret_next_ns = next_ns;
		} else {
			*ret_until_ns = earliest(*ret_until_ns, next_ns);
		}
	}
	return first && must_wait(merge, first, now_ns) ? NULL : first;
}

/* One recording that is not in parts. */
static struct replay *alone(const struct merge *merge)
{
	const struct host *host = &merge->hosts[0];
	return merge->count == 1 && host->part_count == 1 ? host->replay : NULL;
}

size_t merge_pump(struct merge *merge, const struct sink *to, size_t limit,
		  uint64_t until_ns)
{
	if (alone(merge))
		return replay_pump(alone(merge), to, limit, until_ns);
	uint64_t now_ns = clock_ns();
	size_t count = 0;
	merge->to = to;
	while (count < limit) {
		uint64_t next_ns;
		uint64_t others_ns;
		struct host *host = choose(merge, now_ns, &next_ns, &others_ns);
		if (!host || next_ns > until_ns)
			break;
		const struct sink sink = {.put = put, .self = host};
		uint64_t end_ns =
			from_line(host, earliest(until_ns, others_ns));
		size_t n =
			replay_pump(host->replay, &sink, limit - count, end_ns);
		if (n == 0) /* no clock has such a time */
			n = replay_pump(host->replay, &sink, 1, UINT64_MAX);
		count += n;
	}
	return count;
}

uint64_t merge_peek_ns(struct merge *merge)
{
	uint64_t next_ns = UINT64_MAX;
	if (alone(merge))
		return replay_peek_ns(alone(merge));
	for (unsigned i = 0; i < merge->count; i++)
		next_ns = earliest(next_ns, peek(&merge->hosts[i]));
	return next_ns;
}

bool merge_span(struct merge *merge, uint64_t *ret_first_ns,
		uint64_t *ret_last_ns)
{
	*ret_first_ns = UINT64_MAX;
	*ret_last_ns = 0;
	for (unsigned i = 0; i < merge->count; i++) {
		const struct host *host = &merge->hosts[i];
		const struct part *first = &host->parts[0];
		const struct part *last = &host->parts[host->part_count - 1];
		if (is_pipe(host))
			return false;
		if (!first->first_ns && !last->last_ns)
			continue; /* without an event */
		*ret_first_ns =
			earliest(*ret_first_ns, to_line(host, first->first_ns));
		if (to_line(host, last->last_ns) > *ret_last_ns)
			*ret_last_ns = to_line(host, last->last_ns);
	}
	return *ret_last_ns >= *ret_first_ns;
}

/* The part that has the time, or the latest before it. */
static size_t part_at(const struct host *host, uint64_t time_ns)
{
	size_t at = 0;
	while (at + 1 < host->part_count &&
	       host->parts[at + 1].first_ns <= time_ns)
		at++;
	return at;
}

static int seek(struct host *host, uint64_t time_ns)
{
	size_t at = part_at(host, time_ns);
	struct err err;
	if (at != host->at || !host->replay) {
		close_part(host);
		host->at = at;
		int code = open_part(host, &host->parts[at], false, &err);
		if (code)
			return code;
	}
	host->waits_ns = 0;
	return replay_seek(host->replay, time_ns);
}

int merge_seek(struct merge *merge, uint64_t time_ns)
{
	int code = 0;
	merge->ticks = (struct ticks){0};
	for (unsigned i = 0; i < merge->count && code == 0; i++)
		code = seek(&merge->hosts[i],
			    from_line(&merge->hosts[i], time_ns));
	return code;
}

/* As replay_state_ns(); where another part is to be read: when that began. */
static uint64_t state_ns(const struct host *host, uint64_t time_ns)
{
	size_t at = part_at(host, time_ns);
	if (at != host->at || !host->replay)
		return host->parts[at].first_ns;
	return replay_state_ns(host->replay, time_ns);
}

uint64_t merge_state_ns(const struct merge *merge, uint64_t time_ns)
{
	uint64_t latest_ns = 0;
	for (unsigned i = 0; i < merge->count; i++) {
		const struct host *host = &merge->hosts[i];
		uint64_t own_ns = state_ns(host, from_line(host, time_ns));
		if (own_ns && to_line(host, own_ns) > latest_ns)
			latest_ns = to_line(host, own_ns);
	}
	return latest_ns;
}

uint64_t merge_since_ns(const struct merge *merge)
{
	uint64_t since_ns = 0;
	for (unsigned i = 0; i < merge->count; i++) {
		const struct host *host = &merge->hosts[i];
		uint64_t own_ns =
			host->replay ? replay_since_ns(host->replay) : 0;
		if (own_ns && to_line(host, own_ns) > since_ns)
			since_ns = to_line(host, own_ns);
	}
	return since_ns;
}

bool merge_has_ended(const struct merge *merge, unsigned host)
{
	return is_over(&merge->hosts[host]);
}

bool merge_is_over(const struct merge *merge)
{
	for (unsigned i = 0; i < merge->count; i++)
		if (!merge_has_ended(merge, i))
			return false;
	return true;
}

size_t merge_fds(const struct merge *merge, struct pollfd ret[EVENT_HOSTS],
		 int *ret_ms)
{
	size_t count = 0;
	*ret_ms = -1;
	for (unsigned i = 0; i < merge->count; i++) {
		const struct host *host = &merge->hosts[i];
		if (is_over(host) || !is_pipe(host))
			continue;
		if (host->waits_ns && merge->count > 1)
			*ret_ms = WAIT_NS / 1000000u;
		else
			ret[count++] =
				(struct pollfd){.fd = replay_fd(host->replay),
						.events = POLLIN};
	}
	return count;
}

unsigned merge_count(const struct merge *merge)
{
	return merge->count;
}

const char *merge_path(const struct merge *merge, unsigned host)
{
	return merge->hosts[host].parts[0].source->path;
}

const struct recording_header *merge_header(const struct merge *merge,
					    unsigned host)
{
	return &merge->hosts[host].parts[0].header;
}

const char *merge_facts(const struct merge *merge, unsigned host,
			size_t *ret_size)
{
	*ret_size = merge->hosts[host].facts_size;
	return merge->hosts[host].facts;
}

uint64_t merge_wall_offset_ns(const struct merge *merge)
{
	return merge->wall_offset_ns;
}

uint64_t merge_start_ns(const struct merge *merge)
{
	uint64_t start_ns = UINT64_MAX;
	for (unsigned i = 0; i < merge->count; i++) {
		const struct host *host = &merge->hosts[i];
		uint64_t own_ns = host->parts[0].header.start_ns;
		start_ns = earliest(start_ns, to_line(host, own_ns));
	}
	return start_ns;
}

static void host_done(struct host *host)
{
	close_part(host);
	free(host->parts);
	free(host->facts);
}

/* Whether both were made by one run of a recorder; a file that is given twice
 * is another one. */
static bool is_same_run(const struct host *a, const struct host *b)
{
	const struct recording_header *one = &a->parts[0].header;
	const struct recording_header *other = &b->parts[0].header;
	bool same = one->start_ns == other->start_ns &&
		    one->wall_offset_ns == other->wall_offset_ns &&
		    one->abi == other->abi && !is_pipe(a) && !is_pipe(b) &&
		    a->facts_size == b->facts_size && a->facts_size > 0 &&
		    memcmp(a->facts, b->facts, a->facts_size) == 0;
	for (size_t i = 0; i < a->part_count && same; i++)
		same = a->parts[i].header.part != other->part;
	return same;
}

static int compare_parts(const void *a, const void *b)
{
	const struct part *one = a;
	const struct part *other = b;
	return (one->header.part > other->header.part) -
	       (one->header.part < other->header.part);
}

/* The part of FROM becomes one of HOST, which is read from its first on. */
static int join(struct host *host, struct host *from, struct err *err)
{
	const struct part part = from->parts[0];
	size_t count = host->part_count + 1;
	assert(host != from);
	host_done(from);
	host->parts = xrealloc(host->parts, count * sizeof(*host->parts));
	host->parts[host->part_count++] = part;
	qsort(host->parts, count, sizeof(*host->parts), compare_parts);
	close_part(host);
	return open_part(host, &host->parts[0], false, err);
}

/* A host of its own for the source. */
static int open_source(struct host *host, struct merge *merge,
		       const struct merge_source *source, struct err *err)
{
	struct part *part = xcalloc(1, sizeof(*part));
	part->source = source;
	*host = (struct host){.merge = merge, .parts = part, .part_count = 1};
	int code = open_part(host, part, false, err);
	if (code)
		return code;
	part->header = *replay_header(host->replay);
	(void)replay_span(host->replay, &part->first_ns,
			  &part->last_ns); /* zeros: there is none */
	const char *facts = replay_facts(host->replay, &host->facts_size);
	host->facts = xmalloc(host->facts_size + 1);
	memcpy(host->facts, facts, host->facts_size);
	host->facts[host->facts_size] = '\0';
	return 0;
}

static int add_source(struct merge *merge, const struct merge_source *source,
		      struct err *err)
{
	struct host *host = &merge->hosts[merge->count];
	int code = open_source(host, merge, source, err);
	for (unsigned i = 0; code == 0 && i < merge->count; i++)
		if (is_same_run(&merge->hosts[i], host))
			return join(&merge->hosts[i], host, err);
	if (code == 0 && merge->count == EVENT_HOSTS)
		code = err_set(err, -E2BIG,
			       "%s takes recordings of at most %d hosts",
			       merge->config.option, EVENT_HOSTS);
	if (code)
		host_done(host);
	else
		merge->count++;
	return code;
}

/* The host whose clock has gone least has the line: no time is before it. */
static void make_line(struct merge *merge)
{
	merge->wall_offset_ns = merge_header(merge, 0)->wall_offset_ns;
	for (unsigned i = 1; i < merge->count; i++)
		merge->wall_offset_ns =
			earliest(merge->wall_offset_ns,
				 merge_header(merge, i)->wall_offset_ns);
	for (unsigned i = 0; i < merge->count; i++)
		merge->hosts[i].shift = (struct shift){
			.host = i,
			.later_ns = merge_header(merge, i)->wall_offset_ns -
				    merge->wall_offset_ns,
		};
}

int merge_open(struct merge **ret, const struct merge_config *config,
	       struct err *err)
{
	struct merge *merge = xcalloc(1, sizeof(*merge));
	int code = 0;
	merge->config = *config;
	if (config->count > MERGE_FILES)
		code = err_set(err, -E2BIG, "%s takes at most %d files",
			       config->option, MERGE_FILES);
	for (size_t i = 0; i < config->count && code == 0; i++)
		code = add_source(merge, &config->sources[i], err);
	if (code) {
		merge_close(merge);
		return code;
	}
	make_line(merge);
	*ret = merge;
	return 0;
}

void merge_use(struct merge *merge, struct catalogue *cat)
{
	merge->cat = cat;
	for (unsigned i = 0; i < merge->count; i++)
		if (merge->hosts[i].replay)
			replay_use(merge->hosts[i].replay, cat);
}

void merge_close(struct merge *merge)
{
	if (!merge)
		return;
	for (unsigned i = 0; i < merge->count; i++)
		host_done(&merge->hosts[i]);
	free(merge);
}
