/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A framed box over the middle of the screen: a list to pick from, or a
 * question. */
#pragma once

#include "ui/area.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct term;

struct popup_item {
	const char *text; /* borrowed */
	const char *note; /* borrowed; "" for none */
	char key;         /* a letter that takes it; 0: none */
};

#define POPUP_ITEMS_LIMIT 64 /* views, or columns of a view */

struct popup {
	const char *title; /* borrowed */
	struct popup_item items[POPUP_ITEMS_LIMIT];
	size_t count;
	size_t cursor, top;
	bool question; /* lines to read, nothing to pick */
};

void popup_open(struct popup *popup, const char *title, bool question);
void popup_add(struct popup *popup, const char *text, const char *note);
void popup_add_key(struct popup *popup, char key, const char *text,
		   const char *note);
void popup_move(struct popup *popup, long delta);
bool popup_move_to_key(struct popup *popup, uint32_t key); /* false: none */

/* In the middle of AREA. */
void popup_draw(struct term *term, const struct area *area,
		struct popup *popup);
