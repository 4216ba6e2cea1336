/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a row is about, told without the row ids of one model: so that the same
 * process, call or file is found in another model of the same machine.
 */
#pragma once

#include "model/model.h"

#include <stdbool.h>
#include <stdint.h>

struct identity {
	enum row_kind kind;
	uint32_t host, pid, tid;
	uint64_t start_ns; /* of the process */
	uint64_t time_ns;  /* of a call: when it ended */
	uint64_t key;      /* of a file: a hash; else the id less its process */
};

/* False if the model has no such row. */
bool identity_of(const struct model *model, enum row_kind kind, uint64_t id,
		 struct identity *ret);

/* False if this model has no such row. */
bool identity_find(const struct model *model, const struct identity *identity,
		   uint64_t *ret_id);
