/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/table.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

#include "abi/flags.h"
#include "abi/structs.h"

static void expect_types(const char *name, const struct syscall_arg *args,
			 unsigned nargs)
{
	cr_assert(le(uint, nargs, SYSCALL_ARGS), "%s", name);
	for (unsigned i = 0; i < nargs; i++) {
		const struct argtype_spec *spec = &args[i].spec;
		cr_expect(spec->is_struct || spec->kind != ARG_UNKNOWN,
			  "%s: argument %s has no type", name, args[i].name);
		cr_expect(lt(int, spec->kind, ARG_COUNT), "%s", name);
		if (spec->kind == ARG_SET)
			cr_expect(lt(int, spec->which, FLAGS_COUNT), "%s",
				  name);
		if (spec->is_struct)
			cr_expect(lt(int, spec->which, STRUCTS_COUNT), "%s",
				  name);
		if (spec->from == ARGTYPE_ARG || spec->from == ARGTYPE_POINTED)
			cr_expect(lt(int, spec->count, SYSCALL_ARGS), "%s",
				  name);
	}
}

Test(table, every_argument_has_a_type)
{
	for (size_t i = 0; i < table_count(); i++) {
		const struct table_row *row = table_at(i);
		expect_types(row->name, row->args, row->nargs);
		for (int abi = 0; abi < ABI_COUNT; abi++) {
			const struct table_other *other =
				table_other(row->name, (enum abi)abi);
			if (other)
				expect_types(row->name, other->args,
					     other->nargs);
		}
	}
}

Test(table, every_argument_of_a_command_has_a_type)
{
	for (size_t i = 0; i < table_count(); i++) {
		const struct table_row *row = table_at(i);
		unsigned count = 0;
		const struct syscall_command *command =
			table_commands(row->name, &count);
		for (unsigned j = 0; j < count; j++) {
			cr_expect(eq(str, (char *)command[j].call,
				     (char *)row->name));
			expect_types(row->name, command[j].args,
				     command[j].nargs);
			cr_expect(lt(uint, command[j].selector, SYSCALL_ARGS));
		}
	}
}

/* A call and the registers it is made with. */
struct made {
	const char *name;
	__u64 args[SYSCALL_ARGS];
	bool compat;
};

static char *names_of(const struct made *made)
{
	static char text[256];
	struct catalogue *cat = NULL;
	struct catalogue_config config = {.events_fd = -1,
					  .native = ABI_X86_64};
	struct syscall_signature signature;
	cr_assert(eq(int, catalogue_new(&cat, &config, NULL), 0));
	uint32_t index = catalogue_by_name(cat, made->name);
	cr_assert(ne(u32, index, SYSCALL_NONE), "%s", made->name);
	syscall_signature(&signature, catalogue_get(cat, index), made->compat,
			  false, made->args);
	text[0] = '\0';
	for (unsigned i = 0; i < signature.nargs; i++) {
		strcat(text, i ? " " : "");
		strcat(text, signature.args[i].name);
	}
	catalogue_free(cat);
	return text;
}

Test(table, a_command_decides_which_arguments_count)
{
	struct made made = {"fcntl", {3, 1}, false}; /* F_GETFD */
	cr_expect(eq(str, names_of(&made), "fd cmd"));
	made.args[1] = 2; /* F_SETFD */
	cr_expect(eq(str, names_of(&made), "fd cmd arg"));
	struct made futex = {"futex", {0x1000, 0x81, 1}, false};
	cr_expect(eq(str, names_of(&futex), "uaddr op val"));
}

Test(table, a_flag_decides_which_arguments_count)
{
	struct made made = {"openat", {0, 0, 02000000}, false}; /* O_CLOEXEC */
	cr_expect(eq(str, names_of(&made), "dfd filename flags"));
	made.args[2] = 0100; /* O_CREAT */
	cr_expect(eq(str, names_of(&made), "dfd filename flags mode"));
	made.args[2] = 020200000; /* O_TMPFILE */
	cr_expect(eq(str, names_of(&made), "dfd filename flags mode"));
}

Test(table, the_first_line_that_fits_decides)
{
	struct made made = {"mknod", {0, 020600}, false}; /* S_IFCHR */
	cr_expect(eq(str, names_of(&made), "filename mode dev"));
	made.args[1] = 010600; /* S_IFIFO */
	cr_expect(eq(str, names_of(&made), "filename mode"));
}

Test(table, a_32_bit_caller_gives_a_64_bit_number_in_halves)
{
	struct made made = {"pread64", {3}, false};
	cr_expect(eq(str, names_of(&made), "fd buf count pos"));
	made.compat = true;
	cr_expect(eq(str, names_of(&made), "fd buf count pos_lo pos_hi"));
}
