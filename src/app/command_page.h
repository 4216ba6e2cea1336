/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The page of command lines for what is looked at. */
#pragma once

struct desk;

unsigned command_page(struct desk *desk, int unused);
unsigned command_page_copy(struct desk *desk, int unused);
