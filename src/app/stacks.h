/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The stack of a call on the screen: a page, and whether it is taken. */
#pragma once

struct buf;
struct desk;

/* The page of the stack of a call that is a row; where none was taken, and for
 * other rows, stacks of that system call are taken from now on, or no more. */
unsigned stacks_show(struct desk *desk, int unused);

/* On that page: takes no more of them, or takes them again. */
unsigned stacks_toggle(struct desk *desk, int unused);

/* Of which of the traced calls they are taken, for the header; nothing for
 * none. */
void stacks_print(const struct desk *desk, struct buf *buf);
