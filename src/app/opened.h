/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The page of what the process of a row has open. */
#pragma once

struct desk;

unsigned opened_page(struct desk *desk, int unused);
