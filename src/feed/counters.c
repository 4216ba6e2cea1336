/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/counters.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uthash.h>

#include "base/xalloc.h"
#include "bpf/control.h"
#include "feed/errors.h"
#include "feed/lost.h"

#define BATCH 4096 /* hash elements per system call */
#define SAMPLE_BYTES                                                           \
	(256 << 10) /* per read of the iterator: its kernel buffer is 32 KB */

/* One syscall of one process. */
struct pair {
	struct control_count_key key;
	struct event_growth flushed; /* in the hash */
	struct event_growth held;    /* in slots of live threads */
	struct event_growth told;    /* handed over so far */
	uint64_t born;               /* sample that first saw it */
	bool dirty;
	struct pair *next_dirty;
	UT_hash_handle hh;
};

struct process_key {
	uint64_t start_ns;
	uint32_t pid;
	uint32_t pad;
};

struct process {
	struct process_key key;
	uint64_t listed; /* sample in which a thread of it was last alive */
	UT_hash_handle hh;
};

struct thread_key {
	uint64_t start_ns;
	uint32_t pid;
	uint32_t tid;
};

/* What a live thread held in its slots when they were last read. */
struct thread {
	struct thread_key key;
	uint64_t listed;
	unsigned count;
	struct control_slot *slots; /* owned */
	UT_hash_handle hh;
};

struct counters {
	struct counters_source source;
	uint64_t sample; /* number of this one, from 1 */
	struct pair *pairs;
	struct pair *dirty;
	struct process *processes;
	struct thread *threads;
	struct control_stat
		*stats; /* BATCH buffer: CONTROL_PLACES times cpus */
	struct control_stat told[CONTROL_PLACES];
	struct event_growth other_told[CONTROL_PLACES];
	struct odd *odds;
	struct errors *errors;
	unsigned char *bytes; /* SAMPLE_BYTES of the iterator's output */
};

/* A number outside the table. */
struct odd {
	uint64_t nr_key;
	struct control_stat told;
	UT_hash_handle hh;
};

struct counters *counters_new(const struct counters_source *source)
{
	struct counters *c = xcalloc(1, sizeof(*c));
	c->source = *source;
	c->stats = xcalloc((size_t)CONTROL_PLACES * source->cpus,
			   sizeof(*c->stats));
	c->bytes = xmalloc(SAMPLE_BYTES);
	c->errors = errors_new(&source->errors);
	return c;
}

void counters_free(struct counters *c)
{
	if (!c)
		return;
	struct pair *pair, *next_pair;
	HASH_ITER (hh, c->pairs, pair, next_pair) {
		HASH_DEL(c->pairs, pair);
		free(pair);
	}
	struct process *process, *next_process;
	HASH_ITER (hh, c->processes, process, next_process) {
		HASH_DEL(c->processes, process);
		free(process);
	}
	struct thread *thread, *next_thread;
	HASH_ITER (hh, c->threads, thread, next_thread) {
		HASH_DEL(c->threads, thread);
		free(thread->slots);
		free(thread);
	}
	struct odd *odd, *next_odd;
	HASH_ITER (hh, c->odds, odd, next_odd) {
		HASH_DEL(c->odds, odd);
		free(odd);
	}
	errors_free(c->errors);
	free(c->stats);
	free(c->bytes);
	free(c);
}

static void add(struct event_growth *to, const struct event_growth *by)
{
	to->calls += by->calls;
	to->errors += by->errors;
	to->restarted += by->restarted;
	to->time_ns += by->time_ns;
	to->bytes += by->bytes;
	if (by->max_ns > to->max_ns)
		to->max_ns = by->max_ns;
}

/* The maximum stays: it never shrinks. */
static void subtract(struct event_growth *from, const struct event_growth *by)
{
	from->calls -= by->calls;
	from->errors -= by->errors;
	from->restarted -= by->restarted;
	from->time_ns -= by->time_ns;
	from->bytes -= by->bytes;
}

/* What NOW has more than TOLD; false if nothing, or if NOW lacks something for
 * the moment. */
static bool grown(struct event_growth *ret, const struct event_growth *now,
		  const struct event_growth *told)
{
	if (now->calls <= told->calls || now->errors < told->errors ||
	    now->restarted < told->restarted || now->time_ns < told->time_ns ||
	    now->bytes < told->bytes)
		return false;
	*ret = *now;
	subtract(ret, told);
	return true;
}

static void tell_count(const struct pair *pair,
		       const struct event_growth *growth, uint64_t now_ns,
		       const struct sink *to)
{
	struct event_count ev = {
		.h = {.size = sizeof(ev),
		      .kind = EVENT_COUNT,
		      .compat = pair->key.nr_key >> 32 & 1,
		      .time_ns = now_ns,
		      .start_ns = pair->key.start_ns,
		      .pid = pair->key.pid,
		      .tid = pair->key.pid},
		.nr = (uint32_t)pair->key.nr_key,
		.growth = *growth,
	};
	sink_put(to, &ev.h);
}

static struct pair *find_pair(struct counters *c,
			      const struct control_count_key *key)
{
	struct pair *pair = NULL;
	HASH_FIND(hh, c->pairs, key, sizeof(*key), pair);
	if (!pair) {
		pair = xcalloc(1, sizeof(*pair));
		pair->key = *key;
		pair->born = c->sample;
		HASH_ADD(hh, c->pairs, key, sizeof(pair->key), pair);
	}
	if (!pair->dirty) {
		pair->dirty = true;
		pair->next_dirty = c->dirty;
		c->dirty = pair;
	}
	return pair;
}

static void read_flushed(struct counters *c)
{
	static const struct control_count_key no_key;
	struct control_count_key *keys = xcalloc(BATCH, sizeof(no_key));
	struct event_growth *values = xcalloc(BATCH, sizeof(*values));
	uint32_t position = 0;
	bool first = true;
	int code = 0;
	while (!code) {
		uint32_t count = BATCH;
		code = bpf_map_lookup_batch(c->source.counts_fd,
					    first ? NULL : &position, &position,
					    keys, values, &count, NULL);
		first = false;
		if (code && code != -ENOENT)
			break; /* read again at the next sample */
		for (uint32_t i = 0; i < count; i++)
			find_pair(c, &keys[i])->flushed = values[i];
	}
	free(keys);
	free(values);
}

static void list_process(struct counters *c, const struct control_thread *head)
{
	struct process_key key = {.start_ns = head->start_ns, .pid = head->pid};
	struct process *process = NULL;
	HASH_FIND(hh, c->processes, &key, sizeof(key), process);
	if (!process) {
		process = xcalloc(1, sizeof(*process));
		process->key = key;
		HASH_ADD(hh, c->processes, key, sizeof(process->key), process);
	}
	process->listed = c->sample;
}

static struct thread *list_thread(struct counters *c,
				  const struct control_thread *head)
{
	struct thread_key key = {
		.start_ns = head->start_ns, .pid = head->pid, .tid = head->tid};
	struct thread *thread = NULL;
	HASH_FIND(hh, c->threads, &key, sizeof(key), thread);
	if (!thread) {
		thread = xcalloc(1, sizeof(*thread));
		thread->key = key;
		HASH_ADD(hh, c->threads, key, sizeof(thread->key), thread);
	}
	thread->listed = c->sample;
	return thread;
}

static struct pair *pair_of_slot(struct counters *c,
				 const struct thread *thread,
				 const struct control_slot *slot)
{
	struct control_count_key key = {
		.start_ns = thread->key.start_ns,
		.nr_key = slot->nr_key,
		.pid = thread->key.pid,
	};
	return find_pair(c, &key);
}

static void release_slots(struct counters *c, struct thread *thread)
{
	for (unsigned i = 0; i < thread->count; i++)
		subtract(&pair_of_slot(c, thread, &thread->slots[i])->held,
			 &thread->slots[i].sum);
	thread->count = 0;
}

static void take_slots(struct counters *c, struct thread *thread,
		       const struct control_slot *slots)
{
	release_slots(c, thread);
	unsigned used = 0;
	for (unsigned i = 0; i < CONTROL_SLOTS; i++)
		used += slots[i].nr_key != 0;
	thread->slots = xrealloc(thread->slots, used * sizeof(*slots));
	for (unsigned i = 0; i < CONTROL_SLOTS; i++) {
		if (!slots[i].nr_key)
			continue;
		thread->slots[thread->count++] = slots[i];
		add(&pair_of_slot(c, thread, &slots[i])->held, &slots[i].sum);
	}
}

/* One record of the iterator at DATA; its size, 0 if it is not complete. */
static size_t take_record(struct counters *c, const unsigned char *data,
			  size_t size)
{
	struct control_thread head;
	if (size < sizeof(head))
		return 0;
	memcpy(&head, data, sizeof(head));
	size_t need =
		sizeof(head) +
		(head.slots ? CONTROL_SLOTS * sizeof(struct control_slot) : 0);
	if (size < need)
		return 0;
	list_process(c, &head);
	struct thread *thread = list_thread(c, &head);
	if (head.slots) {
		struct control_slot slots[CONTROL_SLOTS];
		memcpy(slots, data + sizeof(head), sizeof(slots));
		take_slots(c, thread, slots);
	}
	return need;
}

/* Reads who is alive; false if the walk did not come to its end. */
static bool read_threads(struct counters *c)
{
	int fd = bpf_iter_create(c->source.iterator_fd);
	if (fd < 0)
		return false;
	size_t used = 0;
	ssize_t got;
	while ((got = read(fd, c->bytes + used, SAMPLE_BYTES - used)) != 0) {
		if (got < 0 && (errno == EAGAIN || errno == EINTR))
			continue;
		if (got < 0)
			break;
		used += (size_t)got;
		size_t at = 0, step;
		while ((step = take_record(c, c->bytes + at, used - at)))
			at += step;
		memmove(c->bytes, c->bytes + at, used - at);
		used -= at;
	}
	(void)close(fd); /* nothing was written */
	return got == 0;
}

/* Threads that are no longer listed hold nothing: it is, or will be, in the
 * hash. */
static void forget_ended(struct counters *c)
{
	struct thread *thread, *next_thread;
	HASH_ITER (hh, c->threads, thread, next_thread) {
		if (thread->listed == c->sample)
			continue;
		release_slots(c, thread);
		HASH_DEL(c->threads, thread);
		free(thread->slots);
		free(thread);
	}
	struct process *process, *next_process;
	HASH_ITER (hh, c->processes, process, next_process) {
		if (process->listed + 2 > c->sample)
			continue;
		HASH_DEL(c->processes, process);
		free(process);
	}
}

/*
 * Whether the process makes no call any more: the previous walk did not find it
 * alive, so that every flush of it was over before the hash was read now.  A
 * process outside the PID namespace is never walked over.
 */
static bool is_over(void *self, uint32_t pid, uint64_t start_ns)
{
	const struct counters *c = self;
	struct process_key key = {.start_ns = start_ns, .pid = pid};
	struct process *process = NULL;
	if (!pid)
		return false;
	HASH_FIND(hh, c->processes, &key, sizeof(key), process);
	return !process || process->listed + 1 < c->sample;
}

/* Whether nothing can be added to PAIR any more: it is older than the previous
 * walk. */
static bool is_final(struct counters *c, const struct pair *pair)
{
	return pair->born < c->sample &&
	       is_over(c, pair->key.pid, pair->key.start_ns);
}

static void tell_pairs(struct counters *c, bool complete, uint64_t now_ns,
		       const struct sink *to)
{
	struct pair *pair = c->dirty, *next;
	c->dirty = NULL;
	for (; pair; pair = next) {
		next = pair->next_dirty;
		pair->dirty = false;
		struct event_growth now = pair->flushed, growth;
		add(&now, &pair->held);
		if (grown(&growth, &now, &pair->told)) {
			tell_count(pair, &growth, now_ns, to);
			pair->told = now;
		}
		if (!complete || !is_final(c, pair))
			continue;
		(void)bpf_map_delete_elem(c->source.counts_fd,
					  &pair->key); /* may not be there */
		HASH_DEL(c->pairs, pair);
		free(pair);
	}
}

static void tell_other(struct counters *c, uint64_t now_ns,
		       const struct sink *to)
{
	const struct event_growth *other = c->source.other;
	for (uint32_t i = 0; i < CONTROL_PLACES; i++) {
		struct event_growth now = other[i], growth;
		if (!grown(&growth, &now, &c->other_told[i]))
			continue;
		bool compat = i > CONTROL_NRS;
		struct pair pair = {
			.key.nr_key = control_nr_key(
				i - (compat ? CONTROL_NRS + 1 : 0), compat),
		};
		tell_count(&pair, &growth, now_ns, to);
		c->other_told[i] = now;
	}
}

static void tell_stat(uint64_t nr_key, const struct control_stat *now,
		      struct control_stat *told, uint64_t now_ns,
		      const struct sink *to)
{
	struct event_stat ev = {
		.h = {.size = sizeof(ev),
		      .kind = EVENT_STAT,
		      .compat = nr_key >> 32 & 1,
		      .time_ns = now_ns},
		.nr = (uint32_t)nr_key,
	};
	if (!grown(&ev.growth, &now->sum, &told->sum))
		return;
	for (unsigned i = 0; i < EVENT_HIST_SLOTS; i++)
		ev.hist[i] = now->hist[i] - told->hist[i];
	*told = *now;
	sink_put(to, &ev.h);
}

static void tell_stats(struct counters *c, uint64_t now_ns,
		       const struct sink *to)
{
	uint32_t *keys = xcalloc(CONTROL_PLACES, sizeof(*keys));
	uint32_t position = 0, count = CONTROL_PLACES;
	int code = bpf_map_lookup_batch(c->source.stats_fd, NULL, &position,
					keys, c->stats, &count, NULL);
	if (code && code != -ENOENT)
		count = 0; /* read again at the next sample */
	for (uint32_t i = 0; i < count; i++) {
		struct control_stat now = {0};
		for (unsigned cpu = 0; cpu < c->source.cpus; cpu++) {
			const struct control_stat *part =
				&c->stats[i * c->source.cpus + cpu];
			add(&now.sum, &part->sum);
			now.shed += part->shed;
			for (unsigned slot = 0; slot < EVENT_HIST_SLOTS; slot++)
				now.hist[slot] += part->hist[slot];
		}
		uint32_t place = keys[i];
		bool compat = place > CONTROL_NRS;
		uint32_t nr = place - (compat ? CONTROL_NRS + 1 : 0);
		if (now.shed > c->told[place].shed)
			lost_tell_place(place, EVENT_LOST_SAMPLED,
					now.shed - c->told[place].shed, now_ns,
					to);
		c->told[place].shed = now.shed;
		tell_stat(control_nr_key(nr, compat), &now, &c->told[place],
			  now_ns, to);
	}
	free(keys);
}

static void tell_odds(struct counters *c, uint64_t now_ns,
		      const struct sink *to)
{
	uint64_t key, *last = NULL;
	struct control_stat now;
	while (!bpf_map_get_next_key(c->source.odd_fd, last, &key)) {
		last = &key;
		if (bpf_map_lookup_elem(c->source.odd_fd, &key, &now))
			break;
		struct odd *odd = NULL;
		HASH_FIND(hh, c->odds, &key, sizeof(key), odd);
		if (!odd) {
			odd = xcalloc(1, sizeof(*odd));
			odd->nr_key = key;
			HASH_ADD(hh, c->odds, nr_key, sizeof(odd->nr_key), odd);
		}
		tell_stat(key, &now, &odd->told, now_ns, to);
	}
}

void counters_sample(struct counters *c, uint64_t now_ns, const struct sink *to)
{
	c->sample++;
	tell_stats(c, now_ns, to);
	tell_odds(c, now_ns, to);
	read_flushed(c);
	errors_read(c->errors);
	bool complete = read_threads(c);
	if (complete)
		forget_ended(c);
	tell_pairs(c, complete, now_ns, to);
	tell_other(c, now_ns, to);
	const struct errors_over over = {.is = is_over, .self = c};
	errors_tell(c->errors, complete ? &over : NULL, now_ns, to);
}
