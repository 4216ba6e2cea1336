/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/stack.h"
#include "model/getter.h"

FIELD_GETTER(field_stack)
{
	const struct print_files files = model_files(model);
	struct buf buf = scratch_buf(scratch);
	if (!stack_print_functions(&buf, row->object, &files))
		return unknown;
	return hostile_text(scratch->text);
}
