/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/recfile.h"

#include <stdlib.h>

#include "abi/abi.h"
#include "app/facts.h"
#include "app/maker.h"
#include "app/session.h"
#include "base/xalloc.h"
#include "feed/live.h"
#include "model/model.h"

struct record_config recfile_config(const struct session *session)
{
	return (struct record_config){
		.flags = session->options.redact ? RECORDING_REDACTED : 0,
		.abi = abi_native() == ABI_ARM64 ? RECORDING_ARM64
						 : RECORDING_X86_64,
		.start_ns = live_now_ns(),
		.wall_offset_ns = model_wall_offset_ns(session->model),
		.make = maker_make,
		.self = session->maker,
		.owner = (uid_t)-1,
		.stop_fd = session->stop_fd,
	};
}

int recfile_open(struct recfile *ret, const struct session *session,
		 const char *path, struct record_config *config,
		 struct err *err)
{
	struct recfile file = {
		.path = xstrdup(path),
		.facts = facts_print(session, &config->facts_size),
		.since_ns = config->start_ns,
	};
	config->path = file.path;
	config->facts = file.facts;
	int code = record_open(&file.record, config, err);
	if (code)
		(void)recfile_close(&file, NULL, NULL); /* ERR says why */
	else
		*ret = file;
	return code;
}

int recfile_close(struct recfile *file, struct record_totals *ret,
		  struct err *err)
{
	if (file->record)
		record_finish(file->record);
	if (file->record && ret)
		record_totals(file->record, ret);
	int code = record_close(file->record, err);
	free(file->path);
	free(file->facts);
	*file = (struct recfile){0};
	return code;
}
