/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The page that tells what the screen does not show: each thing with a number,
 * or a plain no. */
#pragma once

struct desk;

unsigned unseen_open(struct desk *desk, int unused);
