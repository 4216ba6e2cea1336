/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/list_types.h"

#include <errno.h>
#include <string.h>

#include "abi/flags.h"
#include "abi/syscall.h"
#include "base/buf.h"

#define LINE_SIZE 1024

static void print_call(const char *before, const char *name,
		       const struct syscall_arg *args, unsigned nargs,
		       FILE *out)
{
	char text[LINE_SIZE];
	struct buf buf;
	buf_init(&buf, text, sizeof(text));
	syscall_print_types(&buf, args, nargs);
	(void)fprintf(out, "%s%s(%s)\n", before, name,
		      text); /* ferror() is asked at the end */
}

/* The name of what selects COMMAND, or its number. */
static void print_value(struct buf *buf, const struct syscall_command *command,
			unsigned selector, uint32_t value, enum abi abi)
{
	const struct argtype_spec *spec = &command->args[selector].spec;
	const char *name =
		!command->as && spec->kind == ARG_SET
			? flags_name((enum flags_set)spec->which, value, abi)
			: NULL;
	if (name)
		buf_puts(buf, name);
	else
		buf_u64(buf, value);
}

static void print_command(const struct syscall_command *command, enum abi abi,
			  FILE *out)
{
	char text[LINE_SIZE];
	struct buf buf;
	if (command->value[abi] == SYSCALL_NO_COMMAND)
		return;
	buf_init(&buf, text, sizeof(text));
	buf_puts(&buf, "  ");
	if (command->match == SYSCALL_NOT_ZERO)
		buf_puts(&buf, "not 0");
	else if (command->mask == 0)
		buf_puts(&buf, "others");
	else
		print_value(&buf, command, command->selector,
			    command->value[abi], abi);
	if (command->selector_2 < SYSCALL_ARGS) {
		buf_putc(&buf, '+');
		print_value(&buf, command, command->selector_2,
			    command->value_2[abi], abi);
	}
	buf_puts(&buf, ": ");
	print_call(text, command->as ? command->as : command->call,
		   command->args, command->nargs, out);
}

/* Whether 32-bit callers pass something else. */
static bool differs(const struct syscall *sc)
{
	if (sc->compat_nargs != sc->nargs)
		return true;
	for (unsigned i = 0; i < sc->nargs; i++) {
		if (memcmp(&sc->args[i].spec, &sc->compat_args[i].spec,
			   sizeof(sc->args[i].spec)) != 0)
			return true;
	}
	return false;
}

int list_types(const struct catalogue *cat, FILE *out)
{
	for (uint32_t i = 0; i < catalogue_count(cat); i++) {
		const struct syscall *sc = catalogue_get(cat, i);
		bool is_compat = sc->presence == SYSCALL_COMPAT;
		bool has_compat = catalogue_nr(cat, i, true) >= 0;
		enum abi abi = is_compat ? ABI_I386 : sc->native;
		if (!is_compat)
			print_call("", sc->name, sc->args, sc->nargs, out);
		if (has_compat && (is_compat || differs(sc)))
			print_call("32-bit ", sc->name, sc->compat_args,
				   sc->compat_nargs, out);
		for (unsigned j = 0; j < sc->command_count; j++)
			print_command(&sc->commands[j], abi, out);
	}
	return fflush(out) == 0 && !ferror(out) ? 0 : -EIO;
}
