/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What can be done with the process of a row, as a list that names the keys. */
#pragma once

struct desk;

unsigned menu_open(struct desk *desk, int unused);
