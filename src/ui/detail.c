/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "ui/detail.h"

#include <string.h>

#include "abi/argtype.h"
#include "abi/decode.h"
#include "abi/flags.h"
#include "abi/syscall.h"
#include "base/buf.h"
#include "model/field.h"
#include "model/model.h"
#include "ui/pager.h"

#define STRING_LIMIT                                                           \
	64 /* bytes of a string where the whole call is one line               \
	    */

/* As in a table, and with all its digits: "1.0M (1000003)". */
static void print_both(struct buf *text, const struct field *field,
		       const struct value *value)
{
	char data[64];
	struct buf exact;
	field_print(text, field, value);
	if (field->unit == UNIT_TEXT || field->unit == UNIT_ARGS)
		return;
	buf_init(&exact, data, sizeof(data));
	field_print_exact(&exact, field, value);
	if (strcmp(data, text->data) != 0)
		buf_printf(text, " (%s)", data);
}

static void add_fields(struct pager *pager, const struct model *model,
		       const struct row *row)
{
	struct field_scratch scratch;
	char data[DECODE_ROOM];
	struct buf text;
	buf_init(&text, data, sizeof(data));
	for (size_t i = 0; i < field_count(); i++) {
		const struct field *field = field_at(i);
		if (!field_has(field, row->kind) ||
		    (field->kinds & FIELD_HOST && !model_has_hosts(model)))
			continue;
		struct value value = field_get(field, model, row, &scratch);
		buf_clear(&text);
		print_both(&text, field, &value);
		pager_add(pager, field->alias ? field->alias : field->name,
			  value.known ? ROLE_TEXT : ROLE_DIM, data);
	}
}

/* What each name in a value means, where the table says so. */
static void add_flags(struct pager *pager, const struct decode_argument *arg)
{
	char data[256];
	struct buf text;
	struct flags_walk walk;
	struct flags_part part;
	if (arg->spec->kind != ARG_SET || arg->spec->direction != ARGTYPE_VALUE)
		return;
	buf_init(&text, data, sizeof(data));
	flags_walk_init(&walk, (enum flags_set)arg->spec->which, arg->value,
			arg->abi);
	while (flags_walk_next(&walk, &part)) {
		if (!part.meaning[0])
			continue;
		buf_clear(&text);
		buf_printf(&text, "%s: %s", part.name, part.meaning);
		pager_add(pager, " ", ROLE_DIM, data);
	}
}

static void add_arguments(struct pager *pager, const struct model *model,
			  const struct row *row)
{
	const struct event_call *call = row->object;
	uint32_t index = model_row_syscall(model, row);
	if (index == SYSCALL_NONE)
		return;
	const struct syscall *sc = catalogue_get(model_catalogue(model), index);
	const struct decode_options whole = {
		.string_limit = EVENT_CHUNK_LIMIT,
		.full = true,
		.utf8 = true,
		.files = model_files(model),
	};
	pager_heading(pager, "Arguments");
	char data[DECODE_ROOM];
	struct buf text;
	struct decode_argument args[EVENT_ARGS];
	unsigned count = decode_arguments(sc, call, args);
	buf_init(&text, data, sizeof(data));
	for (unsigned i = 0; i < count; i++) {
		buf_clear(&text);
		decode_arg(&text, sc, call, i, &whole);
		pager_add(pager, args[i].name, ROLE_TEXT, data);
		buf_clear(&text);
		buf_printf(&text, "%s, raw 0x%llx", args[i].type,
			   (unsigned long long)args[i].value);
		pager_add(pager, " ", ROLE_DIM, data);
		add_flags(pager, &args[i]);
	}
	if (count == 0)
		pager_add(pager, "", ROLE_DIM, "none");
}

/* The whole call as one line of text. */
static void add_call(struct pager *pager, const struct model *model,
		     const struct syscall *sc, const struct event_call *call)
{
	const struct decode_options options = {.string_limit = STRING_LIMIT,
					       .utf8 = true,
					       .files = model_files(model)};
	char data[DECODE_ROOM];
	struct buf text;
	buf_init(&text, data, sizeof(data));
	decode_call(&text, sc, call, &options);
	pager_add(pager, "", ROLE_STRONG, data);
}

static void add_meaning(struct pager *pager, const struct model *model,
			const struct row *row)
{
	uint32_t index = model_row_syscall(model, row);
	if (index == SYSCALL_NONE)
		return;
	const struct syscall *sc = catalogue_get(model_catalogue(model), index);
	if (row->kind == ROW_CALL || row->kind == ROW_BLOCKED)
		add_call(pager, model, sc, row->object);
	if (sc->meaning[0])
		pager_add(pager, "", ROLE_MESSAGE, sc->meaning);
}

void detail_of_row(struct pager *pager, const struct model *model,
		   const struct row *row)
{
	add_meaning(pager, model, row);
	if (row->kind == ROW_CALL || row->kind == ROW_BLOCKED)
		add_arguments(pager, model, row);
	pager_heading(pager, "Fields");
	add_fields(pager, model, row);
}

static void add_numbers(struct pager *pager, const struct syscall *sc)
{
	static const char *const names[ABI_COUNT] = {
		[ABI_X86_64] = "x86-64",
		[ABI_ARM64] = "arm64",
		[ABI_I386] = "i386",
	};
	char data[64];
	struct buf text;
	buf_init(&text, data, sizeof(data));
	for (int abi = 0; abi < ABI_COUNT; abi++) {
		if (sc->nr[abi] < 0)
			continue;
		if (text.len > 0)
			buf_puts(&text, ", ");
		buf_printf(&text, "%d on %s", sc->nr[abi], names[abi]);
	}
	pager_add(pager, "number", ROLE_TEXT, text.len ? data : "unknown");
}

static void add_presence(struct pager *pager, const struct syscall *sc)
{
	static const char *const texts[] = {
		[SYSCALL_PRESENT] = "this kernel has it",
		[SYSCALL_ABSENT] = "this kernel does not have it",
		[SYSCALL_COMPAT] = "only 32-bit programs can make it",
		[SYSCALL_UNNUMBERED] =
			"this kernel has it, its number is unknown",
		[SYSCALL_UNKNOWN] = "seen as a number only",
	};
	char data[256];
	struct buf text;
	buf_init(&text, data, sizeof(data));
	buf_puts(&text, texts[sc->presence]);
	if (sc->absent_why[0])
		buf_printf(&text, ": %s", sc->absent_why);
	pager_add(pager, "here", ROLE_TEXT, data);
}

void detail_of_syscall(struct pager *pager, const struct catalogue *catalogue,
		       uint32_t index)
{
	const struct syscall *sc = catalogue_get(catalogue, index);
	char data[512];
	struct buf text;
	buf_init(&text, data, sizeof(data));
	pager_add(pager, "", ROLE_MESSAGE,
		  sc->meaning[0] ? sc->meaning : "no description");
	pager_add(pager, "", ROLE_TEXT, "");
	syscall_print_signature(&text, sc);
	pager_add(pager, "", ROLE_STRONG, data);
	pager_heading(pager, "Arguments");
	for (unsigned i = 0; i < sc->nargs; i++) {
		buf_clear(&text);
		buf_printf(&text, "%s, shown as ", sc->args[i].type);
		syscall_print_type(&text, sc->args, i);
		pager_add(pager, sc->args[i].name, ROLE_TEXT, data);
	}
	if (sc->nargs == 0)
		pager_add(pager, "", ROLE_DIM, "none");
	if (sc->command_count)
		pager_add(pager, "", ROLE_DIM,
			  "Some depend on the value of another; sctop -l "
			  "--verbose lists how.");
	pager_heading(pager, "Facts");
	buf_clear(&text);
	buf_printf(&text, "%s: %s", syscall_class_name(sc->class),
		   syscall_class_meaning(sc->class));
	pager_add(pager, "class", ROLE_TEXT, data);
	add_numbers(pager, sc);
	add_presence(pager, sc);
	pager_add(pager, "kernel name", ROLE_TEXT, sc->kernel_name);
	pager_add(pager, "more", ROLE_DIM,
		  "section 2 of the manual, where it is installed");
}
