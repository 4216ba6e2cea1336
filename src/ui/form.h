/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines that can be set: a box or none, a name, a value, what it is about. */
#pragma once

#include "ui/area.h"

#include <stddef.h>

struct term;

#define FORM_LINES      128 /* fields of a view, options, actions, filters */
#define FORM_NAME_SIZE  64
#define FORM_VALUE_SIZE 256

enum form_box {
	FORM_NO_BOX,
	FORM_OFF,
	FORM_ON,
};

struct form_line {
	enum form_box box;
	char name[FORM_NAME_SIZE];
	char value[FORM_VALUE_SIZE];
	const char *help; /* borrowed */
};

struct form_lines {
	struct form_line at[FORM_LINES];
	size_t count;
};

struct form {
	size_t cursor, top;
};

/* The next of LINES, empty; the last once more where there is no room. */
struct form_line *form_add(struct form_lines *lines);

/* The cursor stays on a line. */
void form_move(struct form *form, const struct form_lines *lines, long delta);
void form_draw(struct term *term, const struct area *area, struct form *form,
	       const struct form_lines *lines);

/* The line at row Y of the screen; the count of LINES if there is none. */
size_t form_at(const struct area *area, const struct form *form,
	       const struct form_lines *lines, int y);
