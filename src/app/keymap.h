/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which keys an action has: those of its row in the table of keys, or those
 * that the configuration gives to its name.  A key that is given to one action
 * is taken from what had it in the same place.  Three keys cannot be given away
 * (Esc, Enter, Ctrl-C), nor can one of a row without a name, nor the last key
 * of help and of quit: nobody locks himself out.
 */
#pragma once

#include "app/keys.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct conf;
struct err;

#define KEYMAP_ROWS 192 /* at least as many as the table of keys has */

struct keymap {
	uint32_t keys[KEYMAP_ROWS][KEYS_PER_ROW]; /* of each row */
};

/* Lines of CONF that give keys which cannot be given are refused there. */
void keymap_init(struct keymap *map, struct conf *conf);

/* KEYS, "F5 t", are what NAME has.  -EINVAL with a sentence if there is no such
 * name, or no such key, or one that cannot be given. */
int keymap_parse(uint32_t ret[KEYS_PER_ROW], const char *name, const char *keys,
		 struct err *err);
void keymap_print(struct buf *buf, const uint32_t keys[KEYS_PER_ROW]);

/* Whether KEY means the same everywhere, and always. */
bool keymap_is_fixed(uint32_t key);

/* The next row from *AT on that has KEY in a place where NAME works, and is not
 * NAME; false: there is none. */
bool keymap_next_holder(const struct keymap *map, const char *name,
			uint32_t key, size_t *at);

/* The first such row; KEYS_NONE: there is none. */
size_t keymap_holder(const struct keymap *map, const char *name, uint32_t key);

/* Whether the configuration can give KEY to NAME, whoever has it; else a
 * sentence. */
int keymap_may_give(const struct keymap *map, const char *name, uint32_t key,
		    struct err *err);
