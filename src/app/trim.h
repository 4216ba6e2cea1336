/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Takes from what is recorded what is not to be shown by the options of who
 * reads, or of the run that records: what descriptors referred to, without -y;
 * signals, execs and ends beside the calls that a filter lets pass.
 */
#pragma once

#include "feed/sink.h"

struct options;
struct trim;

struct trim *trim_new(const struct options *options); /* borrowed */
void trim_free(struct trim *trim);

/* Hands on to TO. */
struct sink trim_sink(struct trim *trim, const struct sink *to);
