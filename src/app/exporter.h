/* SPDX-License-Identifier: GPL-2.0-or-later */
/* --export: a run in the format of another tool (view/foreign.h). */
#pragma once

struct dump_options;
struct foreign;
struct session;

/* The format that was asked for; the caller's.  DUMP is borrowed. */
struct foreign *exporter_new(const struct session *session,
			     const struct dump_options *dump);

/* Says what had no place of its own. */
void exporter_notice(const struct foreign *foreign);
