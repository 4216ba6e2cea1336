/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keys as numbers: a Unicode character, a control character
 * (KEYCODE_CTRL('L')), or one of the named ones above Unicode.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum keycode {
	KEYCODE_NONE = 0,
	KEYCODE_TAB = '\t',
	KEYCODE_ENTER = '\r',
	KEYCODE_ESC = 0x1b,
	KEYCODE_SPECIAL = 0x110000, /* above Unicode; a key without a meaning */
	KEYCODE_UP,
	KEYCODE_DOWN,
	KEYCODE_LEFT,
	KEYCODE_RIGHT,
	KEYCODE_HOME,
	KEYCODE_END,
	KEYCODE_PAGE_UP,
	KEYCODE_PAGE_DOWN,
	KEYCODE_BACKSPACE,
	KEYCODE_DELETE,
	KEYCODE_INSERT,
	KEYCODE_BACK_TAB,
	KEYCODE_RESIZE, /* the size has changed: draw again */
	KEYCODE_MOUSE,  /* term_mouse() tells where */
	KEYCODE_F0,     /* F1 is KEYCODE_F0 + 1, up to F12 */
	KEYCODE_LAST = KEYCODE_F0 + 12,
};
#define KEYCODE_F(n)      ((uint32_t)KEYCODE_F0 + (n))
#define KEYCODE_CTRL(c)   ((uint32_t)(c)&0x1f)
#define KEYCODE_NAME_SIZE 16

/* "F4", "Space", "Ctrl-L", "a" into NAME; returns NAME. */
const char *keycode_name(uint32_t key, char name[KEYCODE_NAME_SIZE]);

/* The key that is called so; KEYCODE_NONE.  Letters of longer names may have
 * either case. */
uint32_t keycode_by_name(const char *name);

/* What a terminal sends for KEY, for a program behind a pty; how many bytes. */
size_t keycode_bytes(uint32_t key, char bytes[8]);

/* KEY as UTF-8, terminated; how many bytes, 0 for a key that is no character.
 */
size_t keycode_utf8(uint32_t key, char bytes[8]);
