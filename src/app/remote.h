/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The options that another machine's recorder is given, --host. */
#pragma once

struct buf;
struct err;
struct options;

/* Whether --host and --remote go with the other options; -EINVAL with a
 * sentence. */
int remote_check(const struct options *options, struct err *err);

/* The command that a host's shell is given. */
void remote_command(struct buf *buf, const struct options *options);
