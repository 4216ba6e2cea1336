/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sends a signal to the process of a row: which one, sure, done. */
#pragma once

struct desk;

unsigned send_open(struct desk *desk, int unused);
unsigned send_confirmed(struct desk *desk, int unused);
