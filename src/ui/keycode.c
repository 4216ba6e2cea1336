/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "ui/keycode.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/escape.h"

struct named_key {
	uint32_t key;
	const char *name;
	const char *bytes; /* as xterm sends it */
};

/* clang-format off */
static const struct named_key named_keys[] = {
	{' ',                "Space",     " "},
	{KEYCODE_TAB,        "Tab",       "\t"},
	{KEYCODE_ENTER,      "Enter",     "\r"},
	{KEYCODE_ESC,        "Esc",       "\033"},
	{KEYCODE_UP,         "Up",        "\033[A"},
	{KEYCODE_DOWN,       "Down",      "\033[B"},
	{KEYCODE_RIGHT,      "Right",     "\033[C"},
	{KEYCODE_LEFT,       "Left",      "\033[D"},
	{KEYCODE_HOME,       "Home",      "\033[H"},
	{KEYCODE_END,        "End",       "\033[F"},
	{KEYCODE_PAGE_UP,    "PgUp",      "\033[5~"},
	{KEYCODE_PAGE_DOWN,  "PgDn",      "\033[6~"},
	{KEYCODE_BACKSPACE,  "Backspace", "\177"},
	{KEYCODE_DELETE,     "Del",       "\033[3~"},
	{KEYCODE_INSERT,     "Ins",       "\033[2~"},
	{KEYCODE_BACK_TAB,   "Shift-Tab", "\033[Z"},
	{KEYCODE_MOUSE,      "Mouse",     ""},
	{KEYCODE_F(1),       "F1",        "\033OP"},
	{KEYCODE_F(2),       "F2",        "\033OQ"},
	{KEYCODE_F(3),       "F3",        "\033OR"},
	{KEYCODE_F(4),       "F4",        "\033OS"},
	{KEYCODE_F(5),       "F5",        "\033[15~"},
	{KEYCODE_F(6),       "F6",        "\033[17~"},
	{KEYCODE_F(7),       "F7",        "\033[18~"},
	{KEYCODE_F(8),       "F8",        "\033[19~"},
	{KEYCODE_F(9),       "F9",        "\033[20~"},
	{KEYCODE_F(10),      "F10",       "\033[21~"},
	{KEYCODE_F(11),      "F11",       "\033[23~"},
	{KEYCODE_F(12),      "F12",       "\033[24~"},
};
/* clang-format on */

#define NAMED_KEYS (sizeof(named_keys) / sizeof(named_keys[0]))

static const struct named_key *find(uint32_t key)
{
	for (size_t i = 0; i < NAMED_KEYS; i++)
		if (named_keys[i].key == key)
			return &named_keys[i];
	return NULL;
}

size_t keycode_utf8(uint32_t key, char bytes[8])
{
	unsigned char *p = (unsigned char *)bytes;
	size_t n = 0;
	if (key < 0x20 || key == 0x7f || key >= KEYCODE_SPECIAL) {
		n = 0;
	} else if (key < 0x80) {
		p[n++] = (unsigned char)key;
	} else if (key < 0x800) {
		p[n++] = (unsigned char)(0xc0 | key >> 6);
		p[n++] = (unsigned char)(0x80 | (key & 0x3f));
	} else if (key < 0x10000) {
		p[n++] = (unsigned char)(0xe0 | key >> 12);
		p[n++] = (unsigned char)(0x80 | (key >> 6 & 0x3f));
		p[n++] = (unsigned char)(0x80 | (key & 0x3f));
	} else {
		p[n++] = (unsigned char)(0xf0 | key >> 18);
		p[n++] = (unsigned char)(0x80 | (key >> 12 & 0x3f));
		p[n++] = (unsigned char)(0x80 | (key >> 6 & 0x3f));
		p[n++] = (unsigned char)(0x80 | (key & 0x3f));
	}
	bytes[n] = '\0';
	return n;
}

const char *keycode_name(uint32_t key, char name[KEYCODE_NAME_SIZE])
{
	const struct named_key *named = find(key);
	char utf8[8];
	if (named)
		(void)snprintf(name, KEYCODE_NAME_SIZE, "%s", named->name);
	else if (key < 0x20) /* the longest names fit: see the table */
		(void)snprintf(name, KEYCODE_NAME_SIZE, "Ctrl-%c",
			       (int)(key + '@'));
	else if (keycode_utf8(key, utf8) > 0)
		(void)snprintf(name, KEYCODE_NAME_SIZE, "%s", utf8);
	else
		(void)snprintf(name, KEYCODE_NAME_SIZE, "#%x", key);
	return name;
}

uint32_t keycode_by_name(const char *name)
{
	uint32_t key = 0;
	size_t len = strlen(name);
	for (size_t i = 0; i < NAMED_KEYS; i++)
		if (strcasecmp(named_keys[i].name, name) == 0)
			return named_keys[i].key;
	if (strncasecmp(name, "Ctrl-", 5) == 0 && len == 6 && name[5] >= '@' &&
	    name[5] <= '~' && name[5] != '`')
		return KEYCODE_CTRL(name[5]);
	if (len > 0 && escape_decode_utf8(name, len, &key) == len)
		return key;
	return KEYCODE_NONE;
}

size_t keycode_bytes(uint32_t key, char bytes[8])
{
	const struct named_key *named = find(key);
	if (named) {
		size_t n = strlen(named->bytes);
		memcpy(bytes, named->bytes, n);
		return n;
	}
	if (key > 0 && key < 0x20) {
		bytes[0] = (char)key;
		return 1;
	}
	return keycode_utf8(key, bytes);
}
