/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the screen's key to record leads to, out of the desk. */
#pragma once

struct desk;
struct session;

/* Begins to record into a new file of that PATH; NULL: ends it.  Says how it
 * went. */
void reel_record(const struct session *session, struct desk *desk,
		 const char *path);

/* Tells the desk how far it is, and what went wrong at once.  Returns what must
 * be redone. */
unsigned reel_tell(const struct session *session, struct desk *desk);
