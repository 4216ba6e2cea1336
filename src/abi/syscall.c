/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/syscall.h"

#include <assert.h>
#include <string.h>

#include "abi/command_order.h"
#include "base/buf.h"

struct class_row {
	const char *name;
	const char *meaning;
};

/* clang-format off */
static const struct class_row classes[CLASS_COUNT] = {
	[CLASS_FILE]    = {"file",    "calls that take a path or work on mounts"},
	[CLASS_DESC]    = {"desc",    "calls that make or use a descriptor"},
	[CLASS_NETWORK] = {"network", "calls that work on sockets"},
	[CLASS_PROCESS] = {"process", "calls that start, end, wait for or describe processes and threads"},
	[CLASS_MEMORY]  = {"memory",  "calls that map, protect or place memory"},
	[CLASS_SIGNAL]  = {"signal",  "calls that send, block, await or handle signals"},
	[CLASS_TIME]    = {"time",    "calls that read clocks, sleep or set timers"},
	[CLASS_IPC]     = {"ipc",     "calls by which processes exchange messages or wait for each other"},
	[CLASS_CREDS]   = {"creds",   "calls that read or change users, groups, capabilities and keys"},
	[CLASS_SCHED]   = {"sched",   "calls that decide when and where threads run"},
	[CLASS_SYSTEM]  = {"system",  "calls that concern the whole machine"},
	[CLASS_OTHER]   = {"other",   "calls that fit nowhere else, or are unknown"},
};
/* clang-format on */

const char *syscall_class_name(enum syscall_class class)
{
	assert(class < CLASS_COUNT);
	return classes[class].name;
}

const char *syscall_class_meaning(enum syscall_class class)
{
	assert(class < CLASS_COUNT);
	return classes[class].meaning;
}

static bool is_chosen(const struct syscall_command *command, enum abi abi,
		      const __u64 values[SYSCALL_ARGS])
{
	uint32_t value = (uint32_t)values[command->selector] & command->mask;
	if (command->value[abi] == SYSCALL_NO_COMMAND)
		return false;
	if (command->match == SYSCALL_NOT_ZERO ? !value
					       : value != command->value[abi])
		return false;
	return command->selector_2 >= SYSCALL_ARGS ||
	       (uint32_t)values[command->selector_2] == command->value_2[abi];
}

static const struct syscall_command *
find_command(const struct syscall *sc, enum abi abi, bool meant,
	     const __u64 values[SYSCALL_ARGS])
{
	if (sc->order)
		return meant ? NULL
			     : command_order_find(
				       sc->order, abi,
				       (uint32_t)values[sc->commands[0]
								.selector]);
	for (unsigned i = 0; i < sc->command_count; i++) {
		const struct syscall_command *command = &sc->commands[i];
		if (meant == (command->as != NULL) &&
		    is_chosen(command, abi, values))
			return command;
	}
	return NULL;
}

void syscall_signature(struct syscall_signature *ret, const struct syscall *sc,
		       bool compat, bool meant,
		       const __u64 values[SYSCALL_ARGS])
{
	enum abi abi =
		compat && sc->native == ABI_X86_64 ? ABI_I386 : sc->native;
	const struct syscall_command *command =
		find_command(sc, abi, meant, values);
	if (command) {
		*ret = (struct syscall_signature){
			command->as ? command->as : sc->name, command->args,
			command->nargs, command->result, command->result_set};
		return;
	}
	*ret = (struct syscall_signature){sc->name,
					  compat ? sc->compat_args : sc->args,
					  compat ? sc->compat_nargs : sc->nargs,
					  sc->result, sc->result_set};
}

static void print_count(struct buf *buf, const struct argtype_spec *spec,
			const struct syscall_arg *args)
{
	const char *name = args[spec->count % SYSCALL_ARGS].name;
	switch ((enum argtype_from)spec->from) {
	case ARGTYPE_ONE:
		return;
	case ARGTYPE_CONST:
		buf_printf(buf, "[%u]", spec->count);
		return;
	case ARGTYPE_ARG:
		buf_printf(buf, "[%s]", name);
		return;
	case ARGTYPE_POINTED:
		buf_printf(buf, "[*%s]", name);
		return;
	case ARGTYPE_RESULT:
		buf_puts(buf, "[ret]");
		return;
	}
}

void syscall_print_type(struct buf *buf, const struct syscall_arg *args,
			unsigned i)
{
	argtype_print_spec(buf, &args[i].spec);
	print_count(buf, &args[i].spec, args);
}

void syscall_print_types(struct buf *buf, const struct syscall_arg *args,
			 unsigned nargs)
{
	for (unsigned i = 0; i < nargs; i++) {
		buf_puts(buf, i ? ", " : "");
		buf_puts(buf, args[i].name);
		buf_putc(buf, ':');
		syscall_print_type(buf, args, i);
	}
}

void syscall_print_signature(struct buf *buf, const struct syscall *sc)
{
	buf_puts(buf, sc->name);
	buf_putc(buf, '(');
	for (unsigned i = 0; i < sc->nargs; i++) {
		const char *type = sc->args[i].type;
		buf_puts(buf, i ? ", " : "");
		buf_puts(buf, type);
		if (type[strlen(type) - 1] != '*')
			buf_putc(buf, ' ');
		buf_puts(buf, sc->args[i].name);
	}
	buf_puts(buf, sc->nargs ? ")" : "void)");
}
