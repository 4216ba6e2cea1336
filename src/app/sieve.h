/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The capture filter, --filter.  What the kernel side can decide of it is left
 * out there; the rest of the calls that arrive is looked at here.
 */
#pragma once

#include "feed/live.h"
#include "feed/sink.h"
#include "model/field.h"

#include <stdbool.h>
#include <stdint.h>

struct catalogue;
struct err;
struct filter;
struct live;
struct model;
struct sysset;

struct sieve {
	struct filter *filter; /* NULL: everything passes */
	struct live_formula formula;
	bool is_decided;     /* by the kernel side, all of it */
	struct sysset *only; /* owned: such calls, of a recording; NULL: any */
	uint64_t dropped;    /* calls that were left out here */
	const struct model *model;
	struct sink to;
	struct field_scratch scratch;
};

/* Understands TEXT, or NULL for no filter.  -EINVAL with a sentence that tells
 * the column. */
int sieve_init(struct sieve *sieve, const char *text, struct catalogue *cat,
	       struct err *err);
void sieve_done(struct sieve *sieve);

/* Tells the kernel side. */
int sieve_push(const struct sieve *sieve, struct live *live, struct err *err);

/* Whether a call that arrived passes; MODEL knows what came before it. */
bool sieve_passes(struct sieve *sieve, const struct model *model,
		  const struct event_call *call);

/* A sink before another: hands on what passes; ticks tell what did not. */
struct sink sieve_sink(struct sieve *sieve, struct model *model,
		       const struct sink *to);
