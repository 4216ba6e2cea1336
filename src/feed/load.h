/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opening, loading and attaching the programs, and the reasons why that fails.
 */
#pragma once

struct err;
struct trace;

int load_open(struct trace **ret, struct err *err);
int load_load(struct trace *skel, struct err *err);
int load_attach(struct trace *skel, struct err *err);
