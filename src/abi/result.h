/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a call returned: the text after the "=". */
#pragma once

struct show;

/* "3", "-1 ENOENT (No such file or directory)", "?", "0x2 (flags O_RDWR)". */
void result_print(struct show *show);
