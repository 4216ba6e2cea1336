/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The part of tests/live/capture that is about buffers in pieces. */
#pragma once

struct rig;

void vectors_try(struct rig *rig);
