/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Getters of what is known of files. */
#include "config.h"

#include "abi/print_fd.h"
#include "model/getter.h"
#include "model/shown.h"
#include "model/state.h"

static const struct fileuse *use_of(const struct row *row)
{
	return row->object;
}

FIELD_GETTER(field_file_in)
{
	return number(shown_state(model, row).bytes_in);
}

FIELD_GETTER(field_file_out)
{
	const struct picture_state state = shown_state(model, row);
	return number(state.sum.bytes - state.bytes_in);
}

/* Of a call the file that it is about, of two the first. */
FIELD_GETTER(field_file_path)
{
	struct buf buf = scratch_buf(scratch);
	if (row->kind == ROW_FILE)
		return fileuse_print(&buf, use_of(row))
			       ? clean_text(scratch->text)
			       : hostile_text(scratch->text);
	const struct event_call *call = field_last_call(model, row);
	struct targets targets;
	if (!call)
		return unknown;
	target_of_call(model->plans, model->references.files, call, &targets);
	if (targets.count == 0)
		return unknown;
	const struct target *target = &targets.at[0];
	if (!target->socket) {
		buf_write(&buf, target->key, target->key_size);
		return hostile_text(scratch->text);
	}
	print_fd_text(&buf, target->socket, NULL);
	return clean_text(scratch->text);
}
