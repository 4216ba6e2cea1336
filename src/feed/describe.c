/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/describe.h"

#include "abi/structs.h"
#include "abi/syscall.h"

#define TEXT_LIMIT (EVENT_CHUNK_LIMIT - sizeof(struct event_chunk) - 8)

/* An array shows 32 elements; more are copied where they are small. */
#define ELEMENTS       33
#define ARRAY_LIMIT    1024
#define CLONE_PIDFD_AT 8   /* of struct clone_args, linux/sched.h */
#define URING_FILES_AT 8   /* of struct io_uring_files_update */
#define ENTRY_NAME     256 /* more of a file's name is not shown */
#define FDSET_BYTES    128 /* __FD_SETSIZE, include/uapi/linux/posix_types.h */

/* Of union bpf_attr: which of them is a descriptor, the command says. */
#define BPF_ATTR_WORDS 32

struct context {
	const struct describe_config *config;
	enum abi abi;
	const struct syscall_arg *args; /* of the call or command */
};

static unsigned call_flags(const struct syscall *sc)
{
	unsigned flags = 0;
	if (sc->result == RES_BYTES)
		flags |= CONTROL_BYTES;
	if (sc->marks & SYSCALL_CREDS)
		flags |= CONTROL_CREDS;
	if (sc->marks & SYSCALL_EXECS)
		flags |= CONTROL_EXEC;
	if (sc->marks & SYSCALL_FORKS)
		flags |= CONTROL_FORK;
	if (sc->command_count)
		flags |= CONTROL_SELECTS;
	if (sc->marks & SYSCALL_STACK)
		flags |= CONTROL_STACK;
	if (sc->marks & SYSCALL_RESUMES)
		flags |= CONTROL_RESUMES;
	return flags;
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* Where a row may get full, what a person misses most comes first. */
static unsigned rank(const struct control_op *op)
{
	static const uint8_t ranks[CONTROL_COPY_KINDS] = {
		[CONTROL_COPY_STRING] = 0,    [CONTROL_COPY_FD] = 1,
		[CONTROL_COPY_FDS] = 2,       [CONTROL_COPY_FDSET] = 2,
		[CONTROL_COPY_FD_BEHIND] = 2, [CONTROL_COPY_COUNT] = 1,
		[CONTROL_COPY_ENTRIES] = 1,   [CONTROL_COPY_BYTES] = 1,
		[CONTROL_COPY_BEHIND] = 1,    [CONTROL_COPY_STRINGS] = 2,
		[CONTROL_COPY_IOVEC] = 2,     [CONTROL_COPY_MSGHDR] = 2,
		[CONTROL_COPY_MMSGHDR] = 2,   [CONTROL_COPY_IOCBS] = 2,
		[CONTROL_COPY_LENGTHS] = 2,   [CONTROL_COPY_DATA] = 1,
		[CONTROL_COPY_NETLINK] = 0,
	};
	return ranks[op->copy];
}

static void add(struct control_list *list, struct control_op op)
{
	if (list->count == CONTROL_OPS)
		return;
	unsigned at = list->count++;
	for (; at && rank(&list->ops[at - 1]) > rank(&op); at--)
		list->ops[at] = list->ops[at - 1];
	list->ops[at] = op;
	list->when |= op.when;
}

static const uint8_t froms[] = {
	[ARGTYPE_ONE] = CONTROL_FROM_CONST,
	[ARGTYPE_CONST] = CONTROL_FROM_CONST,
	[ARGTYPE_ARG] = CONTROL_FROM_ARG,
	[ARGTYPE_POINTED] = CONTROL_FROM_POINTED,
	[ARGTYPE_RESULT] = CONTROL_FROM_RESULT,
};

static const uint8_t copies[] = {
	[ARGTYPE_COPY_NONE] = CONTROL_COPY_BYTES, /* of what it points to */
	[ARGTYPE_COPY_TEXT] = CONTROL_COPY_STRING,
	[ARGTYPE_COPY_MEMORY] = CONTROL_COPY_BYTES,
	[ARGTYPE_COPY_FD] = CONTROL_COPY_BYTES,
	[ARGTYPE_COPY_TEXTS] = CONTROL_COPY_STRINGS,
	[ARGTYPE_COPY_COUNT] = CONTROL_COPY_COUNT,
	[ARGTYPE_COPY_ENTRIES] = CONTROL_COPY_ENTRIES,
	[ARGTYPE_COPY_IOVEC] = CONTROL_COPY_IOVEC,
	[ARGTYPE_COPY_MSGHDR] = CONTROL_COPY_MSGHDR,
	[ARGTYPE_COPY_MMSGHDR] = CONTROL_COPY_MMSGHDR,
	[ARGTYPE_COPY_IOCBS] = CONTROL_COPY_IOCBS,
	[ARGTYPE_COPY_BEHIND] = CONTROL_COPY_BEHIND,
	[ARGTYPE_COPY_DATA] = CONTROL_COPY_DATA,
};

static unsigned from_of(const struct context *at,
			const struct argtype_spec *spec)
{
	/* The upper half of an int's register may be anything. */
	if (spec->from == ARGTYPE_ARG &&
	    argtype_size(&at->args[spec->count].spec, at->abi) == 4)
		return CONTROL_FROM_ARG_32;
	return froms[spec->from];
}

/* Whether no more is shown of it than of a text. */
static bool is_text(uint8_t kind)
{
	return kind == ARG_BYTES || kind == ARG_MSGBUF || kind == ARG_SOCKOPT;
}

static unsigned limit_of(const struct context *at,
			 const struct argtype_spec *spec, size_t size)
{
	/* A byte of it tells whether it can be read, also where none is shown.
	 */
	unsigned text = least(at->config->string_limit, TEXT_LIMIT);
	text = text ? text : 1;
	switch (argtype_copy((enum argtype)spec->kind)) {
	case ARGTYPE_COPY_TEXT:
		return spec->kind == ARG_PATH ? TEXT_LIMIT : text;
	case ARGTYPE_COPY_TEXTS:
	case ARGTYPE_COPY_IOVEC:
	case ARGTYPE_COPY_MSGHDR:
	case ARGTYPE_COPY_MMSGHDR:
	case ARGTYPE_COPY_IOCBS:
	case ARGTYPE_COPY_DATA:
		return text;
	case ARGTYPE_COPY_NONE:
	case ARGTYPE_COPY_MEMORY:
	case ARGTYPE_COPY_FD:
	case ARGTYPE_COPY_COUNT:
	case ARGTYPE_COPY_ENTRIES:
	case ARGTYPE_COPY_BEHIND:
		break;
	}
	if (!spec->is_struct && is_text(spec->kind))
		return text;
	if (spec->kind == ARG_KEY_TEXT || spec->kind == ARG_KEY_BYTES)
		return text + 1; /* and a NUL */
	size_t most = argtype_most_bytes(spec, at->abi);
	if (most)
		return least((unsigned)most, TEXT_LIMIT);
	if (!size)
		return FDSET_BYTES;
	if (size >= ARRAY_LIMIT)
		return least((unsigned)size, TEXT_LIMIT);
	/* No element in part. */
	return least(ELEMENTS, ARRAY_LIMIT / (unsigned)size) * (unsigned)size;
}

/* Whether something of it is shown also where the call failed. */
static bool is_for_failure(const struct argtype_spec *spec)
{
	return !spec->is_struct &&
	       (spec->kind == ARG_IOVEC || spec->kind == ARG_FILE_HANDLE);
}

static unsigned when_of(const struct argtype_spec *spec)
{
	if ((spec->direction & ARGTYPE_OUT) && is_for_failure(spec))
		return (spec->direction & ARGTYPE_IN ? CONTROL_AT_ENTRY : 0) |
		       CONTROL_AT_EXIT | CONTROL_AT_FAILURE;
	return (spec->direction & ARGTYPE_IN ? CONTROL_AT_ENTRY : 0) |
	       (spec->direction & ARGTYPE_OUT ? CONTROL_AT_EXIT : 0) |
	       (spec->direction & ARGTYPE_LEFT
			? CONTROL_AT_EXIT | CONTROL_AT_FAILURE
			: 0);
}

/* Where an entry of a directory has its length: include/linux/dirent.h,
 * fs/readdir.c. */
static uint16_t offset_of(const struct context *at,
			  const struct argtype_spec *spec)
{
	if (spec->kind == ARG_DIRENTS64)
		return 16;
	if (spec->kind == ARG_DIRENTS)
		return at->abi == ABI_I386 ? 8 : 16;
	return 0;
}

/* Of messages that were sent only the lengths are looked at afterwards. */
static struct control_op lengths_sent(const struct control_op *messages)
{
	struct control_op op = *messages;
	op.copy = CONTROL_COPY_LENGTHS;
	op.when = CONTROL_AT_EXIT;
	return op;
}

/* Pointers that stand in structures, and what they lead to. */
struct behind {
	uint8_t kind; /* ARG_UNKNOWN: of the structure WHICH */
	uint8_t when;
	uint8_t offset[2]; /* of the pointer, for 64-bit and 32-bit callers */
	uint16_t size;     /* bytes that it leads to */
	uint16_t which;
};

static const struct behind behinds[] = {
	{ARG_CLONE_ARGS, CONTROL_AT_EXIT, {8, 8}, 4, 0},     /* pidfd */
	{ARG_CLONE_ARGS, CONTROL_AT_EXIT, {24, 24}, 4, 0},   /* parent_tid */
	{ARG_CLONE_ARGS, CONTROL_AT_ENTRY, {64, 64}, 32, 0}, /* set_tid */
	{ARG_BPF_NAMED, CONTROL_AT_ENTRY, {0, 0}, 255, 0},
	{ARG_BPF_PROG_LOAD, CONTROL_AT_ENTRY, {16, 16}, 32, 0}, /* license */
	{ARG_IO_URING_FILES_UPDATE, CONTROL_AT_ENTRY, {8, 8}, 132, 0},
	{ARG_SELECT_ARG, CONTROL_AT_ENTRY, {4, 4}, 128, 0},
	{ARG_SELECT_ARG, CONTROL_AT_ENTRY, {8, 8}, 128, 0},
	{ARG_SELECT_ARG, CONTROL_AT_ENTRY, {12, 12}, 128, 0},
	{ARG_SELECT_ARG, CONTROL_AT_ENTRY, {16, 16}, 8, 0},
	{ARG_BLKPG_IOCTL_ARG, CONTROL_AT_ENTRY, {16, 12}, 152, 0},
	{ARG_IFCONF, CONTROL_AT_EXIT, {8, 4}, 1320, 0}, /* 33 of 40 bytes */
	{ARG_REGSET, CONTROL_AT_ENTRY, {0, 0}, 216, 0},
	{ARG_REGSET, CONTROL_AT_EXIT, {0, 0}, 216, 0},
	{ARG_UNKNOWN, CONTROL_AT_ENTRY, {0, 0}, 64, STRUCTS_KEYCTL_KDF_PARAMS},
	{ARG_UNKNOWN, CONTROL_AT_ENTRY, {8, 4}, 64, STRUCTS_KEYCTL_KDF_PARAMS},
};

static bool is_of(const struct behind *behind, const struct argtype_spec *spec)
{
	if (spec->is_struct)
		return behind->kind == ARG_UNKNOWN &&
		       behind->which == spec->which;
	return behind->kind == spec->kind && behind->kind != ARG_UNKNOWN;
}

static void add_behind(struct control_list *list, const struct context *at,
		       unsigned arg, const struct argtype_spec *spec)
{
	for (size_t i = 0; i < sizeof(behinds) / sizeof(behinds[0]); i++) {
		const struct behind *behind = &behinds[i];
		if (!is_of(behind, spec))
			continue;
		const struct control_op op = {
			.arg = (uint8_t)arg,
			.copy = CONTROL_COPY_BEHIND,
			.when = behind->when,
			.from = CONTROL_FROM_CONST,
			.value = 1,
			.size = behind->size,
			.limit = behind->size,
			.offset = behind->offset[at->abi == ABI_I386 ? 1 : 0],
		};
		add(list, op);
	}
}

/* The text of a message is counted, the long before it is not. */
static void adapt_message(struct control_op *op)
{
	op->size = op->limit = (uint16_t)(op->limit + sizeof(uint64_t));
	op->from = CONTROL_FROM_CONST;
	op->value = 1;
}

/* The name that stands behind the numbers of a directory's entry. */
static struct control_op name_of_entry(const struct control_op *numbers)
{
	struct control_op op = *numbers;
	op.copy = CONTROL_COPY_STRING;
	op.offset = op.size;
	op.limit = ENTRY_NAME;
	return op;
}

static struct control_op pidfd_of_clone(const struct control_op *args)
{
	struct control_op op = *args;
	op.copy = CONTROL_COPY_FD_BEHIND;
	op.when = CONTROL_AT_EXIT;
	op.from = CONTROL_FROM_CONST;
	op.value = 1;
	op.offset = CLONE_PIDFD_AT;
	return op;
}

static struct control_op files_of_update(const struct control_op *update)
{
	struct control_op op = *update;
	op.copy = CONTROL_COPY_FD_BEHIND;
	op.offset = URING_FILES_AT;
	return op;
}

/* Whose descriptors those of a kind are. */
static uint16_t owner_of(uint8_t kind)
{
	static const uint16_t owners[ARG_COUNT] = {
		[ARG_FD_OF_PIDFD] = CONTROL_OF_PIDFD | 0,
		[ARG_FD_OF_FIRST] = CONTROL_OF_PID | 0,
		[ARG_FD_OF_SECOND] = CONTROL_OF_PID | 1,
	};
	return owners[kind];
}

/* What the descriptors in memory refer to that OP copies. */
static void add_descriptors(struct control_list *list, const struct context *at,
			    const struct argtype_spec *spec,
			    struct control_op op)
{
	size_t offset = 0;
	enum argtype kind = ARG_UNKNOWN;
	op.copy =
		spec->kind == ARG_FDSET ? CONTROL_COPY_FDSET : CONTROL_COPY_FDS;
	op.offset = 0;
	op.limit = CONTROL_OF_CALLER;
	if (!spec->is_struct &&
	    (spec->kind == ARG_FD || spec->kind == ARG_CLONE_TID))
		add(list, op);
	if (!spec->is_struct && spec->kind == ARG_CLONE_ARGS)
		add(list, pidfd_of_clone(&op));
	/* All else is told as it was asked for. */
	op.when &= CONTROL_AT_ENTRY;
	if (!op.when)
		return;
	if (!spec->is_struct &&
	    (spec->kind == ARG_POLLFD || spec->kind == ARG_FDSET))
		add(list, op);
	if (!spec->is_struct && spec->kind == ARG_IO_URING_FILES_UPDATE)
		add(list, files_of_update(&op));
	if (op.size == 1) { /* of bytes: a structure, not an array of some */
		op.from = CONTROL_FROM_CONST;
		op.size = sizeof(int);
		op.value = 1;
	}
	for (unsigned i = 0;
	     spec->is_struct && structs_fd((enum structs_id)spec->which,
					   at->abi, i, &offset, &kind) == 0;
	     i++) {
		op.offset = (uint16_t)offset;
		op.limit = owner_of((uint8_t)kind);
		add(list, op);
	}
	op.value = BPF_ATTR_WORDS;
	if (!spec->is_struct &&
	    (spec->kind == ARG_BPF_ATTR || spec->kind == ARG_BPF_NAMED ||
	     spec->kind == ARG_BPF_PROG_LOAD))
		add(list, op);
}

static void add_pointed(struct control_list *list, const struct context *at,
			unsigned arg, const struct argtype_spec *spec)
{
	size_t size = argtype_size(spec, at->abi);
	struct control_op op = {
		.arg = (uint8_t)arg,
		.copy = copies[argtype_copy((enum argtype)spec->kind)],
		.when = (uint8_t)when_of(spec),
		.from = (uint8_t)from_of(at, spec),
		.value = spec->from == ARGTYPE_ONE ? 1 : spec->count,
		.size = (uint16_t)size,
		.limit = (uint16_t)limit_of(at, spec, size),
		.offset = offset_of(at, spec),
	};
	if (spec->kind == ARG_MMSGHDR_SENT)
		op.when = CONTROL_AT_ENTRY;
	if (spec->kind == ARG_MSGBUF)
		adapt_message(&op);
	add(list, op);
	if (spec->kind == ARG_MMSGHDR_SENT)
		add(list, lengths_sent(&op));
	if (spec->kind == ARG_OLD_DIRENT)
		add(list, name_of_entry(&op));
	add_behind(list, at, arg, spec);
	if (at->config->fds)
		add_descriptors(list, at, spec, op);
}

static void add_arg(struct control_list *list, const struct context *at,
		    unsigned arg, const struct argtype_spec *spec)
{
	enum argtype_copy copy = argtype_copy((enum argtype)spec->kind);
	if (spec->direction != ARGTYPE_VALUE) {
		add_pointed(list, at, arg, spec);
		return;
	}
	struct control_op op = {
		.arg = (uint8_t)arg,
		.when = CONTROL_AT_ENTRY,
		.from = CONTROL_FROM_CONST,
		.value = 1,
	};
	if (copy == ARGTYPE_COPY_TEXT) {
		op.copy = CONTROL_COPY_STRING;
		op.limit = (uint16_t)limit_of(at, spec, 0);
		add(list, op);
	} else if (copy == ARGTYPE_COPY_FD && at->config->fds) {
		op.copy = CONTROL_COPY_FD;
		op.limit = owner_of(spec->kind);
		add(list, op);
	}
}

/* Whether a call moves what a socket sends or receives. */
static bool is_of_socket(const struct syscall_arg *args, unsigned nargs)
{
	for (unsigned i = 0; i < nargs; i++) {
		enum argtype_copy copy =
			argtype_copy((enum argtype)args[i].spec.kind);
		if (copy == ARGTYPE_COPY_DATA || copy == ARGTYPE_COPY_MSGHDR ||
		    copy == ARGTYPE_COPY_MMSGHDR)
			return true;
	}
	return false;
}

/* What a netlink socket moves is copied as messages. */
static void add_netlink(struct control_list *list, const struct context *at,
			unsigned nargs)
{
	struct control_op op = {
		.copy = CONTROL_COPY_NETLINK,
		.when = CONTROL_AT_ENTRY,
		.from = CONTROL_FROM_CONST,
	};
	unsigned fd = 0;
	while (fd < nargs && at->args[fd].spec.kind != ARG_FD)
		fd++;
	op.arg = (uint8_t)fd;
	if (fd < nargs && is_of_socket(at->args, nargs))
		add(list, op);
}

static void fill(struct control_list *list, const struct context *at,
		 unsigned nargs, enum restype result)
{
	const struct control_op op = {
		.copy = CONTROL_COPY_FD,
		.when = CONTROL_AT_EXIT,
		.from = CONTROL_FROM_RESULT,
	};
	*list = (struct control_list){0};
	add_netlink(list, at, nargs);
	for (unsigned i = 0; i < nargs; i++)
		add_arg(list, at, i, &at->args[i].spec);
	if (result == RES_FD && at->config->fds)
		add(list, op);
}

static struct context context_of(const struct syscall *sc, bool compat,
				 const struct describe_config *config)
{
	bool is_i386 = compat && sc->native == ABI_X86_64;
	return (struct context){
		.config = config,
		.abi = is_i386 ? ABI_I386 : sc->native,
		.args = compat ? sc->compat_args : sc->args,
	};
}

/* The second argument that chooses among the commands of SC. */
static uint8_t second_selector(const struct syscall *sc)
{
	for (unsigned i = 0; i < sc->command_count; i++) {
		if (sc->commands[i].selector_2 < SYSCALL_ARGS)
			return sc->commands[i].selector_2;
	}
	return SYSCALL_ARGS;
}

bool describe_key(struct control_variant_key *ret, const struct syscall *sc,
		  const struct syscall_command *command, bool compat)
{
	const struct syscall_command *first = &sc->commands[0];
	uint8_t second = second_selector(sc);
	enum abi abi = context_of(sc, compat, NULL).abi;
	bool has_second = command->selector_2 < SYSCALL_ARGS;
	if (command->match != SYSCALL_EQUAL ||
	    command->selector != first->selector ||
	    command->mask != first->mask ||
	    (has_second && command->selector_2 != second) ||
	    command->value[abi] == SYSCALL_NO_COMMAND)
		return false;
	*ret = (struct control_variant_key){.value = command->value[abi]};
	if (has_second)
		ret->value_2 = command->value_2[abi];
	else if (second < SYSCALL_ARGS)
		ret->value_2 = CONTROL_ANY;
	return true;
}

void describe_call(struct control_desc *ret, const struct syscall *sc,
		   bool compat, const struct describe_config *config)
{
	const struct context at = context_of(sc, compat, config);
	ret->flags = (uint8_t)call_flags(sc);
	ret->touched = (sc->marks & SYSCALL_CREDS) != 0;
	if (sc->command_count) {
		ret->selector = sc->commands[0].selector;
		ret->selector_2 = second_selector(sc);
		ret->selector_mask = sc->commands[0].mask;
	}
	fill(&ret->list, &at, compat ? sc->compat_nargs : sc->nargs,
	     sc->result);
}

void describe_command(struct control_list *ret, const struct syscall *sc,
		      const struct syscall_command *command, bool compat,
		      const struct describe_config *config)
{
	struct context at = context_of(sc, compat, config);
	at.args = command->args;
	fill(ret, &at, command->nargs, command->result);
	ret->order = command->order;
	if (command->order)
		ret->when |= CONTROL_AT_ENTRY;
}
