/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/errors.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdlib.h>
#include <uthash.h>

#include "base/xalloc.h"
#include "bpf/control.h"

#define BATCH 4096 /* hash elements per system call */

struct failure {
	struct control_error_key key;
	uint64_t count; /* as last read */
	uint64_t told;  /* handed over so far */
	uint64_t born;  /* reading that first saw it */
	UT_hash_handle hh;
};

struct errors {
	struct errors_source source;
	uint64_t reading; /* number of the latest, from 1 */
	struct failure *failures;
	uint64_t other_sum; /* when "other" was last looked at */
	uint64_t *other_told;
};

struct errors *errors_new(const struct errors_source *source)
{
	struct errors *errors = xcalloc(1, sizeof(*errors));
	errors->source = *source;
	errors->other_told =
		xcalloc((size_t)CONTROL_PLACES * CONTROL_ERRNOS_OTHER,
			sizeof(*errors->other_told));
	return errors;
}

void errors_free(struct errors *errors)
{
	if (!errors)
		return;
	struct failure *failure, *next;
	HASH_ITER (hh, errors->failures, failure, next) {
		HASH_DEL(errors->failures, failure);
		free(failure);
	}
	free(errors->other_told);
	free(errors);
}

static void take(struct errors *errors, const struct control_error_key *key,
		 uint64_t count)
{
	struct failure *failure = NULL;
	HASH_FIND(hh, errors->failures, key, sizeof(*key), failure);
	if (!failure) {
		failure = xcalloc(1, sizeof(*failure));
		failure->key = *key;
		failure->born = errors->reading;
		HASH_ADD(hh, errors->failures, key, sizeof(failure->key),
			 failure);
	}
	failure->count = count;
}

void errors_read(struct errors *errors)
{
	static const struct control_error_key no_key;
	struct control_error_key *keys = xcalloc(BATCH, sizeof(no_key));
	uint64_t *counts = xcalloc(BATCH, sizeof(*counts));
	uint32_t position = 0;
	bool first = true;
	int code = 0;
	errors->reading++;
	while (!code) {
		uint32_t count = BATCH;
		code = bpf_map_lookup_batch(errors->source.fd,
					    first ? NULL : &position, &position,
					    keys, counts, &count, NULL);
		first = false;
		if (code && code != -ENOENT)
			break; /* read again the next time */
		for (uint32_t i = 0; i < count; i++)
			take(errors, &keys[i], counts[i]);
	}
	free(keys);
	free(counts);
}

static void tell(const struct control_error_key *key, uint64_t count,
		 uint64_t now_ns, const struct sink *to)
{
	const struct event_error ev = {
		.h = {.size = sizeof(ev),
		      .kind = EVENT_ERROR,
		      .compat = key->nr_key >> 32 & 1,
		      .time_ns = now_ns,
		      .start_ns = key->start_ns,
		      .pid = key->pid,
		      .tid = key->pid},
		.nr = (uint32_t)key->nr_key,
		.code = key->code,
		.count = count,
	};
	sink_put(to, &ev.h);
}

static void tell_other(struct errors *errors, uint64_t now_ns,
		       const struct sink *to)
{
	uint64_t sum = *errors->source.other_sum;
	if (sum == errors->other_sum)
		return;
	for (uint32_t i = 0; i < CONTROL_PLACES * CONTROL_ERRNOS_OTHER; i++) {
		uint64_t now = errors->source.other[i];
		if (now == errors->other_told[i])
			continue;
		uint32_t place = i / CONTROL_ERRNOS_OTHER;
		bool compat = place > CONTROL_NRS;
		uint32_t nr = place - (compat ? CONTROL_NRS + 1 : 0);
		const struct control_error_key key = {
			.nr_key = control_nr_key(nr, compat),
			.code = i % CONTROL_ERRNOS_OTHER,
		};
		tell(&key, now - errors->other_told[i], now_ns, to);
		errors->other_told[i] = now;
	}
	errors->other_sum = sum;
}

void errors_tell(struct errors *errors, const struct errors_over *over,
		 uint64_t now_ns, const struct sink *to)
{
	struct failure *failure, *next;
	HASH_ITER (hh, errors->failures, failure, next) {
		if (failure->count > failure->told) {
			tell(&failure->key, failure->count - failure->told,
			     now_ns, to);
			failure->told = failure->count;
		}
		if (!over || failure->born >= errors->reading ||
		    !over->is(over->self, failure->key.pid,
			      failure->key.start_ns))
			continue;
		(void)bpf_map_delete_elem(errors->source.fd,
					  &failure->key); /* it is there */
		HASH_DEL(errors->failures, failure);
		free(failure);
	}
	tell_other(errors, now_ns, to);
}
