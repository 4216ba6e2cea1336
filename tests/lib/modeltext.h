/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a model has counted, and of whom, as lines of text. */
#pragma once

struct buf;
struct model;

void modeltext_print(struct buf *buf, const struct model *model);
