/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/field.h"

#include <strings.h>

int field_compare(const struct field *field, const struct value *a,
		  const struct value *b)
{
	if (!a->known || !b->known)
		return (int)b->known - (int)a->known;
	switch (field->unit) {
	case UNIT_TEXT:
	case UNIT_ARGS:
		return strcasecmp(a->text, b->text);
	case UNIT_RATE:
	case UNIT_PERCENT:
		return (a->f > b->f) - (a->f < b->f);
	case UNIT_INT:
		return (a->i > b->i) - (a->i < b->i);
	case UNIT_COUNT:
	case UNIT_NS:
	case UNIT_TIME:
	case UNIT_DATE:
	case UNIT_BYTES:
	case UNIT_ID:
	case UNIT_TICK:
		break;
	}
	return (a->u > b->u) - (a->u < b->u);
}
