/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/failure.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

#define AT_FIRST 2

static bool is_before(const struct failure *failure, uint32_t syscall,
		      uint32_t code)
{
	return failure->syscall < syscall ||
	       (failure->syscall == syscall && failure->code < code);
}

/* Index of the first that is not before. */
static uint32_t lower_bound(const struct failures *failures, uint32_t syscall,
			    uint32_t code)
{
	uint32_t low = 0;
	uint32_t high = failures->count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (is_before(&failures->at[middle], syscall, code))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct failure *at(const struct failures *failures, uint32_t i,
			  uint32_t syscall, uint32_t code)
{
	bool found = i < failures->count &&
		     failures->at[i].syscall == syscall &&
		     failures->at[i].code == code;
	return found ? &failures->at[i] : NULL;
}

struct failure *failure_find(const struct failures *failures, uint32_t syscall,
			     uint32_t code)
{
	return at(failures, lower_bound(failures, syscall, code), syscall,
		  code);
}

struct failure *failure_make(struct failures *failures,
			     struct task_process *process, uint32_t syscall,
			     uint32_t code)
{
	uint32_t i = lower_bound(failures, syscall, code);
	struct failure *found = at(failures, i, syscall, code);
	if (found)
		return found;
	if (failures->count == failures->capacity) {
		failures->capacity += failures->capacity / 2 + AT_FIRST;
		failures->at =
			xrealloc(failures->at,
				 failures->capacity * sizeof(*failures->at));
	}
	memmove(&failures->at[i + 1], &failures->at[i],
		(failures->count - i) * sizeof(*failures->at));
	failures->at[i] = (struct failure){
		.process = process, .syscall = syscall, .code = code};
	failures->count++;
	return &failures->at[i];
}

size_t failure_bytes(const struct failures *failures)
{
	return failures->capacity * sizeof(*failures->at);
}

void failure_zero(struct failures *failures)
{
	for (uint32_t i = 0; i < failures->count; i++) {
		struct failure *failure = &failures->at[i];
		failure->count = failure->open = failure->closed = 0;
	}
}

void failure_done(struct failures *failures)
{
	free(failures->at);
	*failures = (struct failures){0};
}

/* Makes OPEN that of the interval NOW. */
static void open_interval(struct failure *failure, uint64_t now)
{
	if (failure->tick == now)
		return;
	failure->closed = failure->tick + 1 == now ? failure->open : 0;
	failure->open = 0;
	failure->tick = now;
}

void failure_add(struct failure *failure, uint64_t count, uint64_t now)
{
	open_interval(failure, now);
	failure->count += count;
	failure->open += count;
}

void failure_merge(struct failure *to, const struct failure *from, uint64_t now)
{
	struct failure other = *from;
	open_interval(to, now);
	open_interval(&other, now);
	to->count += other.count;
	to->open += other.open;
	to->closed += other.closed;
}

uint64_t failure_closed(const struct failure *failure, uint64_t now)
{
	if (failure->tick == now)
		return failure->closed;
	return failure->tick + 1 == now ? failure->open : 0;
}
