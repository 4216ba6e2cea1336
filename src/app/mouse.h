/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the mouse does: each thing on the screen does what its key does. */
#pragma once

struct desk;

unsigned mouse_toggle(struct desk *desk, int unused);
unsigned mouse_act(struct desk *desk, int unused);
