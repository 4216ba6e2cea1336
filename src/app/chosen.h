/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The rows that a key is about: those that are tagged, else the one under the
 * cursor.
 */
#pragma once

#include "model/model.h"

#include <stdbool.h>
#include <stddef.h>

struct desk;

/* Into *RET, which the caller frees; how many.  The rows are borrowed until the
 * next model_put(); those listed come first, in their order. */
size_t chosen_rows(struct desk *desk, struct row **ret);

bool chosen_are_tagged(const struct desk *desk);

unsigned chosen_tag(struct desk *desk, int unused);
unsigned chosen_untag(struct desk *desk, int unused);
