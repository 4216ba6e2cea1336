/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "tests/live/vt.h"

#include <string.h>

static void blank(struct vt *vt, int y, int from, int to)
{
	for (int x = from; x < to && x < VT_COLS; x++) {
		vt->text[y][x] = ' ';
		vt->reversed[y][x] = false;
	}
}

void vt_init(struct vt *vt)
{
	*vt = (struct vt){.bottom = VT_ROWS - 1};
	for (int y = 0; y < VT_ROWS; y++)
		blank(vt, y, 0, VT_COLS);
}

static int within(int value, int most)
{
	if (value < 0)
		return 0;
	return value > most ? most : value;
}

static void go(struct vt *vt, int y, int x)
{
	vt->y = within(y, VT_ROWS - 1);
	vt->x = within(x, VT_COLS - 1);
}

static void copy_row(struct vt *vt, int to, int from)
{
	memcpy(vt->text[to], vt->text[from], sizeof(vt->text[to]));
	memcpy(vt->reversed[to], vt->reversed[from], sizeof(vt->reversed[to]));
}

/* Rows from FIRST on move up by N, or down. */
static void scroll(struct vt *vt, int first, int n)
{
	int rows = vt->bottom - first + 1;
	bool up = n > 0;
	n = within(up ? n : -n, rows);
	for (int i = 0; i < rows - n; i++) {
		int y = up ? first + i : vt->bottom - i;
		copy_row(vt, y, up ? y + n : y - n);
	}
	for (int i = 0; i < n; i++)
		blank(vt, up ? vt->bottom - i : first + i, 0, VT_COLS);
}

static void put(struct vt *vt, char c)
{
	vt->text[vt->y][vt->x] = c;
	vt->reversed[vt->y][vt->x] = vt->reverse;
	vt->last = c;
	if (vt->x < VT_COLS - 1)
		vt->x++;
}

static void line_feed(struct vt *vt)
{
	if (vt->y == vt->bottom)
		scroll(vt, vt->top, 1);
	else
		go(vt, vt->y + 1, vt->x);
}

/* Characters of the row from the cursor on move right by N, or left. */
static void shift(struct vt *vt, int n)
{
	char *text = vt->text[vt->y];
	bool *reversed = vt->reversed[vt->y];
	int from = n > 0 ? vt->x : vt->x - n;
	int to = n > 0 ? vt->x + n : vt->x;
	int most = VT_COLS - (n > 0 ? to : from);
	if (most > 0) {
		memmove(text + to, text + from, (size_t)most);
		memmove(reversed + to, reversed + from, (size_t)most);
	}
	if (n > 0)
		blank(vt, vt->y, vt->x, to);
	else
		blank(vt, vt->y, VT_COLS + n, VT_COLS);
}

static void erase(struct vt *vt, int how)
{
	if (how == 0)
		blank(vt, vt->y, vt->x, VT_COLS);
	for (int y = 0; y < VT_ROWS; y++)
		if ((how == 0 && y > vt->y) || (how == 1 && y < vt->y) ||
		    how == 2)
			blank(vt, y, 0, VT_COLS);
	if (how == 1)
		blank(vt, vt->y, 0, vt->x + 1);
}

static void attributes(struct vt *vt)
{
	for (int i = 0; i < vt->count || i == 0; i++) {
		if (vt->params[i] == 0 || vt->params[i] == 27)
			vt->reverse = false;
		if (vt->params[i] == 7)
			vt->reverse = true;
	}
}

static void set_margins(struct vt *vt, int first, int last)
{
	vt->top = within(first - 1, VT_ROWS - 1);
	vt->bottom = last > 0 ? within(last - 1, VT_ROWS - 1) : VT_ROWS - 1;
	go(vt, 0, 0);
}

/* Moves the cursor, as ECMA-48 has it; false if WHAT does something else. */
static bool move(struct vt *vt, char what, int n)
{
	int column = vt->params[1] > 0 ? vt->params[1] : 1;
	const struct {
		char what;
		int y, x;
	} moves[] = {
		{'A', vt->y - n, vt->x},  {'B', vt->y + n, vt->x},
		{'C', vt->y, vt->x + n},  {'D', vt->y, vt->x - n},
		{'G', vt->y, n - 1},      {'d', n - 1, vt->x},
		{'H', n - 1, column - 1},
	};
	for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++) {
		if (moves[i].what != what)
			continue;
		go(vt, moves[i].y, moves[i].x);
		return true;
	}
	return false;
}

/* The rest of what curses sends. */
static void control(struct vt *vt, char what)
{
	int first = vt->params[0];
	int n = first > 0 ? first : 1;
	if (what == 'J')
		erase(vt, first);
	else if (what == 'K')
		blank(vt, vt->y, first == 0 ? vt->x : 0,
		      first == 1 ? vt->x + 1 : VT_COLS);
	else if (what == 'L' || what == 'M')
		scroll(vt, vt->y, what == 'M' ? n : -n);
	else if (what == 'S' || what == 'T')
		scroll(vt, vt->top, what == 'S' ? n : -n);
	else if (what == '@' || what == 'P')
		shift(vt, what == '@' ? n : -n);
	else if (what == 'X')
		blank(vt, vt->y, vt->x, vt->x + n);
	else if (what == 'r')
		set_margins(vt, first, vt->params[1]);
	else if (what == 'm')
		attributes(vt);
	for (int i = 0; what == 'b' && i < n; i++)
		put(vt, vt->last);
}

static void write_plain(struct vt *vt, char c)
{
	if (c == '\033')
		vt->state = VT_ESCAPE;
	else if (c == '\r')
		vt->x = 0;
	else if (c == '\n')
		line_feed(vt);
	else if (c == '\b')
		go(vt, vt->y, vt->x - 1);
	else if (c >= ' ')
		put(vt, c);
}

static void write_escape(struct vt *vt, char c)
{
	vt->state = VT_PLAIN;
	if (c == '[') {
		vt->state = VT_CSI;
		memset(vt->params, 0, sizeof(vt->params));
		vt->count = 0;
		vt->is_private = false;
	} else if (c == '(' || c == ')') {
		vt->state = VT_CHARSET;
	} else if (c == 'M' && vt->y == vt->top) {
		scroll(vt, vt->top, -1);
	} else if (c == 'M') {
		go(vt, vt->y - 1, vt->x);
	}
}

static void write_csi(struct vt *vt, char c)
{
	int *param =
		&vt->params[vt->count < VT_PARAMS ? vt->count : VT_PARAMS - 1];
	if (c >= '0' && c <= '9') {
		*param = *param < 1000 ? *param * 10 + (c - '0') : *param;
	} else if (c == ';') {
		vt->count++;
	} else if (c >= '<' && c <= '?') {
		vt->is_private = true;
	} else if (c >= '@') {
		vt->count = within(vt->count + 1, VT_PARAMS);
		if (!vt->is_private &&
		    !move(vt, c, vt->params[0] > 0 ? vt->params[0] : 1))
			control(vt, c);
		vt->state = VT_PLAIN;
	}
}

void vt_write(struct vt *vt, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		switch (vt->state) {
		case VT_PLAIN:
			write_plain(vt, bytes[i]);
			break;
		case VT_ESCAPE:
			write_escape(vt, bytes[i]);
			break;
		case VT_CHARSET:
			vt->state = VT_PLAIN;
			break;
		case VT_CSI:
			write_csi(vt, bytes[i]);
			break;
		}
	}
}

bool vt_has(const struct vt *vt, const char *text)
{
	for (int y = 0; y < VT_ROWS; y++)
		if (strstr(vt->text[y], text))
			return true;
	return false;
}

int vt_bar(const struct vt *vt, int first)
{
	for (int y = first; y < VT_ROWS; y++)
		if (vt->reversed[y][0] && vt->reversed[y][1])
			return y;
	return -1;
}
