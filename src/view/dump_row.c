/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "view/dump_row.h"

#include "abi/syscall.h"
#include "base/buf.h"
#include "model/field.h"
#include "view/json.h"

const struct syscall *dump_row_syscall(const struct model *model, uint32_t nr,
				       bool compat)
{
	struct catalogue *cat = model_catalogue(model);
	return catalogue_get(cat, catalogue_by_nr(cat, nr, compat));
}

const struct field *dump_row_field(const struct dump_options *options,
				   size_t *i)
{
	if (options->field_count > 0)
		return *i < options->field_count ? options->fields[(*i)++]
						 : NULL;
	while (*i < field_count()) {
		const struct field *field = field_at((*i)++);
		if (field->kinds & FIELD_USUAL)
			return field;
	}
	return NULL;
}

void dump_row_number(struct buf *buf, const struct field *field,
		     const struct value *value)
{
	switch (field->unit) {
	case UNIT_RATE:
	case UNIT_PERCENT:
		json_double(buf, value->f);
		break;
	case UNIT_INT:
		buf_s64(buf, value->i);
		break;
	case UNIT_COUNT:
	case UNIT_NS:
	case UNIT_TIME:
	case UNIT_DATE:
	case UNIT_BYTES:
	case UNIT_ID:
	case UNIT_TICK:
	case UNIT_TEXT:
	case UNIT_ARGS:
		buf_u64(buf, value->u);
		break;
	}
}
