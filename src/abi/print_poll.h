/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What came of waiting for descriptors, after the result in parentheses. */
#pragma once

struct show;

void print_poll_result(struct show *show);   /* poll, ppoll */
void print_select_result(struct show *show); /* select, pselect6 */
void print_recvmmsg_result(struct show *show);
