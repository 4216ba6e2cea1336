/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What COMMAND wrote to its pty, within a byte budget: the oldest lines go.  It
 * is text to read, not a terminal: sequences that steer one are left out.
 */
#pragma once

#include "ui/area.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct output;
struct term;

struct output *output_new(size_t limit_bytes);
void output_free(struct output *output);
void output_add(struct output *output, const char *bytes, size_t len);
size_t output_lines(const struct output *output);

/* With those that went. */
uint64_t output_lines_ever(const struct output *output);

/* The last COUNT lines, escaped, and the one that has not ended yet. */
void output_print(const struct output *output, size_t count, FILE *file);

/* The last lines that fit, but for BACK lines at the end. */
void output_draw(struct term *term, const struct area *area,
		 const struct output *output, size_t back);
