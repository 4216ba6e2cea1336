/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Getters of what a call failed with, or an error is about. */
#include "config.h"

#include "model/getter.h"

#include "abi/errno.h"
#include "abi/syscall.h"
#include "model/failure.h"
#include "model/state.h"

/* 0: none, or unknown */
static int code_of(const struct row *row)
{
	const struct event_call *ev = row->object;
	if (row->kind == ROW_ERROR)
		return (int)model_row_error(row);
	if (ev->ret >= 0 || ev->ret < -4095 || /* MAX_ERRNO, linux/err.h */
	    ev->h.flags & EVENT_CALL_NO_RESULT)
		return 0;
	return (int)-ev->ret;
}

FIELD_GETTER(field_error_code)
{
	int code = code_of(row);
	const char *name = errno_name(code);
	if (code == 0 || name)
		return name ? clean_text(name) : unknown;
	struct buf buf = scratch_buf(scratch);
	buf_puts(&buf, "errno ");
	buf_s64(&buf, code);
	return clean_text(scratch->text);
}

FIELD_GETTER(field_error_text)
{
	return clean_text(errno_text(code_of(row)));
}

FIELD_GETTER(field_error_usual)
{
	int code = code_of(row);
	if (code == 0)
		return unknown;
	uint32_t index = model_row_syscall(model, row);
	bool usual =
		errno_is_usual(code, catalogue_get(model->cat, index)->name);
	return clean_text(usual ? "yes" : "no");
}
