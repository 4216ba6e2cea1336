/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/stat.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

#define PAIRS_AT_FIRST 4

void stat_init(struct stat_table *table, struct catalogue *cat)
{
	*table = (struct stat_table){.cat = cat};
	for (uint32_t i = 0; i < CLASS_COUNT; i++)
		table->classes[i].class = (enum syscall_class)i;
	if (catalogue_count(cat) > 0)
		(void)stat_at(table, catalogue_count(cat) - 1); /* makes all */
}

void stat_done(struct stat_table *table)
{
	free(table->at);
	*table = (struct stat_table){0};
}

static void add_syscall(struct stat_table *table)
{
	const struct syscall *sc = catalogue_get(table->cat, table->count);
	table->at[table->count] = (struct stat_syscall){.index = table->count};
	if (sc->presence != SYSCALL_ABSENT)
		table->classes[sc->class].syscalls++;
}

struct stat_syscall *stat_at(struct stat_table *table, uint32_t index)
{
	assert(index < catalogue_count(table->cat));
	if (index >= table->capacity) {
		table->capacity = (index + 64) / 64 * 64;
		table->at = xrealloc(table->at,
				     table->capacity * sizeof(*table->at));
	}
	for (; table->count <= index; table->count++)
		add_syscall(table);
	return &table->at[index];
}

static uint64_t larger(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

/* Makes OPEN that of the interval NOW. */
static void open_interval(struct stat_sum *sum, uint64_t now)
{
	if (sum->tick == now)
		return;
	sum->closed =
		sum->tick + 1 == now ? sum->open : (struct stat_growth){0};
	sum->open = (struct stat_growth){0};
	sum->tick = now;
}

void stat_sum_add(struct stat_sum *sum, const struct event_growth *growth,
		  uint64_t now)
{
	open_interval(sum, now);
	sum->calls += growth->calls;
	sum->errors += growth->errors;
	sum->restarted += growth->restarted;
	sum->time_ns += growth->time_ns;
	sum->bytes += growth->bytes;
	if (growth->max_ns > sum->max_floor_ns)
		sum->max_ns = larger(sum->max_ns, growth->max_ns);
	sum->open.calls += growth->calls;
	sum->open.errors += growth->errors;
	sum->open.time_ns += growth->time_ns;
	sum->open.bytes += growth->bytes;
}

static void grow(struct stat_growth *to, const struct stat_growth *by)
{
	to->calls += by->calls;
	to->errors += by->errors;
	to->time_ns += by->time_ns;
	to->bytes += by->bytes;
}

void stat_sum_merge(struct stat_sum *to, const struct stat_sum *from,
		    uint64_t now)
{
	struct stat_sum other = *from;
	open_interval(to, now);
	open_interval(&other, now);
	to->calls += other.calls;
	to->errors += other.errors;
	to->restarted += other.restarted;
	to->time_ns += other.time_ns;
	to->bytes += other.bytes;
	to->max_ns = larger(to->max_ns, other.max_ns);
	to->max_floor_ns = larger(to->max_floor_ns, other.max_floor_ns);
	grow(&to->open, &other.open);
	grow(&to->closed, &other.closed);
}

/* The kernel side never forgets its longest call, so what it was until now
 * cannot count as new later. */
void stat_sum_zero(struct stat_sum *sum)
{
	*sum = (struct stat_sum){
		.max_floor_ns = larger(sum->max_ns, sum->max_floor_ns),
	};
}

struct stat_growth stat_sum_closed(const struct stat_sum *sum, uint64_t now)
{
	if (sum->tick == now)
		return sum->closed;
	if (sum->tick + 1 == now)
		return sum->open;
	return (struct stat_growth){0};
}

static void add_hist(uint64_t to[EVENT_HIST_SLOTS],
		     const __u64 from[EVENT_HIST_SLOTS])
{
	for (size_t i = 0; i < EVENT_HIST_SLOTS; i++)
		to[i] += from[i];
}

void stat_add(struct stat_table *table, uint32_t index,
	      const struct event_stat *ev, uint64_t now)
{
	struct stat_syscall *stat = stat_at(table, index);
	struct stat_class *class =
		&table->classes[catalogue_get(table->cat, index)->class];
	stat_sum_add(&stat->sum, &ev->growth, now);
	stat_sum_add(&class->sum, &ev->growth, now);
	stat_sum_add(&table->total, &ev->growth, now);
	add_hist(stat->hist, ev->hist);
	add_hist(class->hist, ev->hist);
}

void stat_zero(struct stat_table *table)
{
	for (uint32_t i = 0; i < table->count; i++) {
		struct stat_syscall *stat = &table->at[i];
		stat->processes = 0;
		stat_sum_zero(&stat->sum);
		memset(stat->hist, 0, sizeof(stat->hist));
		memset(stat->lost, 0, sizeof(stat->lost));
	}
	for (size_t i = 0; i < CLASS_COUNT; i++) {
		struct stat_class *class = &table->classes[i];
		stat_sum_zero(&class->sum);
		memset(class->hist, 0, sizeof(class->hist));
	}
	stat_sum_zero(&table->total);
}

void stat_set_traced(struct stat_table *table, uint32_t index, bool traced)
{
	struct stat_syscall *stat = stat_at(table, index);
	if (stat->traced == traced)
		return;
	stat->traced = traced;
	const struct syscall *sc = catalogue_get(table->cat, index);
	struct stat_class *class = &table->classes[sc->class];
	if (traced) {
		class->traced++;
		table->traced++;
	} else {
		class->traced--;
		table->traced--;
	}
}

bool stat_is_listed(const struct stat_table *table, uint32_t index)
{
	return catalogue_get(table->cat, index)->presence != SYSCALL_ABSENT ||
	       table->at[index].sum.calls > 0;
}

uint64_t stat_slot_from(unsigned slot)
{
	return slot == 0 ? 0 : 1ull << slot;
}

uint64_t stat_slot_to(unsigned slot)
{
	return slot + 1 < EVENT_HIST_SLOTS ? 2ull << slot : UINT64_MAX;
}

bool stat_quantile(const uint64_t hist[EVENT_HIST_SLOTS], double quantile,
		   uint64_t *ret_ns)
{
	uint64_t total = 0;
	for (size_t i = 0; i < EVENT_HIST_SLOTS; i++)
		total += hist[i];
	double wanted = quantile * (double)total;
	uint64_t below = 0;
	for (size_t i = 0; total > 0 && i + 1 < EVENT_HIST_SLOTS; i++) {
		below += hist[i];
		if (below > 0 && (double)below >= wanted) {
			*ret_ns = 2ull << i;
			return true;
		}
	}
	return false;
}

/* Index of the first pair that is not below SYSCALL. */
static uint32_t lower_bound(const struct stat_pairs *pairs, uint32_t syscall)
{
	uint32_t low = 0;
	uint32_t high = pairs->count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (pairs->at[middle].syscall < syscall)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct stat_pair *stat_pair_find(const struct stat_pairs *pairs,
				 uint32_t syscall)
{
	uint32_t i = lower_bound(pairs, syscall);
	bool found = i < pairs->count && pairs->at[i].syscall == syscall;
	return found ? &pairs->at[i] : NULL;
}

struct stat_pair *stat_pair_make(struct stat_pairs *pairs,
				 struct task_process *process, uint32_t syscall)
{
	uint32_t i = lower_bound(pairs, syscall);
	if (i < pairs->count && pairs->at[i].syscall == syscall)
		return &pairs->at[i];
	if (pairs->count == pairs->capacity) {
		pairs->capacity += pairs->capacity / 2 + PAIRS_AT_FIRST;
		pairs->at = xrealloc(pairs->at,
				     pairs->capacity * sizeof(*pairs->at));
	}
	memmove(&pairs->at[i + 1], &pairs->at[i],
		(pairs->count - i) * sizeof(*pairs->at));
	pairs->at[i] =
		(struct stat_pair){.process = process, .syscall = syscall};
	pairs->count++;
	return &pairs->at[i];
}

size_t stat_pairs_bytes(const struct stat_pairs *pairs)
{
	return pairs->capacity * sizeof(*pairs->at);
}

void stat_pairs_done(struct stat_pairs *pairs)
{
	free(pairs->at);
	*pairs = (struct stat_pairs){0};
}
