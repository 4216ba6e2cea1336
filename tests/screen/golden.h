/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Screens drawn in process and compared with tests/screen/NAME.txt: events are
 * replayed into a model, keys go through the function the program uses, and
 * what curses would show is read back: the text, then what each cell looks
 * like.  UPDATE_SCREENS=1 in the environment rewrites the files.
 *
 * Looks in colour are letters of roles: d dim, s strong, g good, w warn, b bad,
 * c chip, t tab, T tab on, h heading, H sorted by, G group, x tick, C cursor,
 * k key, l label, p prompt, m message, A alarm; e escaped text.  Without
 * colours: b bold, r reverse, u underline, R reverse and bold, U underline with
 * any other.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct conf;
struct desk;
struct golden;
struct model;

struct golden_config {
	int rows, cols;
	bool mono, ascii;
	const char *command; /* as if COMMAND ran; or NULL */
	bool quiet;          /* no event: what an idle machine shows */
	const char *conf;    /* a configuration file's text; or NULL */
	const char *events;  /* tests/data/NAME, after the machine's; or NULL */
	bool hosts;          /* of two hosts: web1 and database-main */
	bool recording;      /* they are in one, which has been read */
};

struct golden *golden_new(const struct golden_config *config);
void golden_free(struct golden *golden);

struct desk *golden_desk(struct golden *golden);
const struct conf *golden_conf(const struct golden *golden);
struct model *golden_model(struct golden *golden);

/* Each character of TEXT is a key; returns what the last one asked for. */
unsigned golden_type(struct golden *golden, const char *text);
unsigned golden_key(struct golden *golden, uint32_t key);

/* "15 to 812 of 3 ms": the latest signal; "" before the first. */
const char *golden_sent(const struct golden *golden);

/* A press of the left button. */
unsigned golden_click(struct golden *golden, int y, int x);

/* Another size, as if the terminal had been resized. */
void golden_resize(struct golden *golden, int rows, int cols);

/* Lets time pass for the desk, not for the model. */
void golden_wait(struct golden *golden, uint64_t ns);

/* Feeds lines of events (tests/lib/evtext.h). */
void golden_feed(struct golden *golden, const char *events);

/* What was sent last beside drawing. */
const char *golden_terminal(const struct golden *golden);

/* Whether TEXT is on the screen, as drawn now. */
bool golden_shows(struct golden *golden, const char *text);

/* Text and looks as drawn now; free() it. */
char *golden_print(struct golden *golden);

/* Draws and compares; fails the test that calls it. */
void golden_expect(struct golden *golden, const char *name);

/* The same of text that was made otherwise. */
void golden_compare(const char *drawn, const char *name);
