/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "view/dump_row.h"

#include <string.h>

#include "abi/syscall.h"
#include "base/buf.h"
#include "model/field.h"
#include "model/task.h"
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
		if (field->kinds & FIELD_USUAL ||
		    (options->stacks && field->kinds & FIELD_STACK) ||
		    (options->hosts && field->kinds & FIELD_HOST))
			return field;
	}
	return NULL;
}

/* The name of the process: a task event bears its thread's. */
static void set_comm(struct event_call *call, const struct model *model,
		     const struct event_task *ev)
{
	const struct row row = {.kind = ROW_CALL, .object = call};
	struct row found;
	memcpy(call->comm, ev->comm, sizeof(call->comm));
	if (ev->h.flags & EVENT_TASK_LEADER ||
	    !model_find_row(model, ROW_PROCESS, model_row_process(model, &row),
			    &found))
		return;
	const struct task_process *process = found.object;
	struct buf comm;
	buf_init(&comm, call->comm, sizeof(call->comm));
	buf_puts(&comm, process->comm);
}

void dump_row_of_remark(struct event_call *ret, const struct model *model,
			const struct event *ev)
{
	const struct event_signal *signal = (const void *)ev;
	const struct event_task *task = (const void *)ev;
	*ret = (struct event_call){.h = *ev};
	if (ev->kind == EVENT_SIGNAL) {
		ret->uid = signal->uid;
		ret->gid = signal->gid;
		memcpy(ret->comm, signal->comm, sizeof(ret->comm));
	} else if (ev->kind == EVENT_EXEC || ev->kind == EVENT_EXIT) {
		ret->uid = task->uid;
		ret->gid = task->gid;
		set_comm(ret, model, task);
	}
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

void dump_row_quoted(struct buf *buf, const char *text)
{
	if (!text[strcspn(text, ",\"\r\n")]) {
		buf_puts(buf, text);
		return;
	}
	buf_putc(buf, '"');
	for (const char *p = text; *p; p++) {
		if (*p == '"')
			buf_putc(buf, '"');
		buf_putc(buf, *p);
	}
	buf_putc(buf, '"');
}
