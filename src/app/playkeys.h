/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What keys and the mouse do about the position in a recording, and how it is
 * told. */
#pragma once

#include <stdbool.h>

struct buf;
struct desk;

unsigned playkeys_toggle(struct desk *desk, int unused);
unsigned playkeys_speed(struct desk *desk, int step);
unsigned playkeys_skip(struct desk *desk, int seconds);
unsigned playkeys_step(struct desk *desk, int unused);
unsigned playkeys_ask(struct desk *desk, int unused); /* where to go */
bool playkeys_take_moment(struct desk *desk, const char *text);
unsigned playkeys_click(struct desk *desk, int x);

void playkeys_draw(struct desk *desk, int y);

/* "rows from 12:03:01": where a jump has led; false: all are there. */
bool playkeys_print_since(const struct desk *desk, struct buf *buf);

/* In a sentence, for who reads it aloud. */
void playkeys_print(const struct desk *desk, struct buf *buf);
