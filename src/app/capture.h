/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the kernel side is to hand over beside calls, by the options.  What is
 * recorded is to serve whoever reads it, so that there it is more than is
 * shown.
 */
#pragma once

#include "feed/live.h"

#include <stdbool.h>

struct options;
struct session;

/* Whether rows are recorded. */
bool capture_records(const struct options *options);

/* What rows tell of descriptors, and what is shown of that. */
enum live_fds capture_fds(const struct options *options);
enum live_fds capture_shown_fds(const struct options *options);

/* Whether signals, execs and ends are rows, too. */
bool capture_remarks(const struct session *session);

/* Says which calls a run about the whole machine traces, if not all. */
void capture_notice(const struct session *session);
