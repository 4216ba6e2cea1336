/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes what is shown to a file. */
#pragma once

struct desk;

/* The rows listed, with the columns of their view, to a new file of that name;
 * its ending chooses the format.  Says how it went. */
void write_rows(struct desk *desk, const char *name);
