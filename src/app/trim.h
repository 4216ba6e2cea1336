/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Takes from the events of a recording what a run with the options of who reads
 * would not have had: what descriptors referred to, without -y; signals, execs
 * and ends beside the calls that a filter lets pass.
 */
#pragma once

#include "feed/sink.h"

struct options;
struct trim;

struct trim *trim_new(const struct options *options); /* borrowed */
void trim_free(struct trim *trim);

/* Hands on to TO. */
struct sink trim_sink(struct trim *trim, const struct sink *to);
