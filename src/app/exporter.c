/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/exporter.h"

#include <inttypes.h>

#include "app/out.h"
#include "app/session.h"
#include "view/foreign.h"

_Static_assert(FOREIGN_ROOM <= OUT_LINE_LIMIT, "an answer would be cut");

struct foreign *exporter_new(const struct session *session,
			     const struct dump_options *dump)
{
	const struct foreign_config config = {
		.model = session->model,
		.options = dump,
		.bytes = session->options.count_bytes,
	};
	return foreign_new(session->options.export, &config);
}

void exporter_notice(const struct foreign *foreign)
{
	uint64_t folded = foreign_folded(foreign);
	if (folded)
		session_notice("%" PRIu64 " calls are in the line [other]: "
			       "their stacks did not fit --count-memory",
			       folded);
}
