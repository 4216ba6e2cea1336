/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What ptrace(2) tells of another process: its call, its registers. */
#include "config.h"

#include "abi/print.h"

#include "abi/errno.h"
#include "abi/flags.h"
#include "abi/show.h"
#include "abi/structs.h"
#include "abi/table.h"
#include "base/buf.h"

/* "__NR_openat" */
void print_call_nr(struct show *show, const struct show_arg *arg)
{
	const char *name = arg->value <= UINT32_MAX
				   ? table_name(show->abi, (uint32_t)arg->value)
				   : NULL;
	if (!name) {
		buf_u64(show->buf, arg->value);
		return;
	}
	buf_puts(show->buf, "__NR_");
	buf_puts(show->buf, name);
}

/* A negated error, or another number. */
void print_errno(struct show *show, const struct show_arg *arg)
{
	int64_t value = (int64_t)arg->value;
	const char *name =
		value < 0 && value > -4096 ? errno_name((int)-value) : NULL;
	if (!name) {
		buf_s64(show->buf, value);
		return;
	}
	buf_putc(show->buf, '-');
	buf_puts(show->buf, name);
}

/* struct ptrace_syscall_info: include/uapi/linux/ptrace.h */
#define INFO_HEAD 24

struct stop {
	const char *name;
	enum structs_id id;
	uint8_t least; /* bytes after the head */
};

static const struct stop stops[] = {
	[1] = {"entry", STRUCTS_PTRACE_SYSCALL_ENTRY, 8},
	[2] = {"exit", STRUCTS_PTRACE_SYSCALL_EXIT, 9},
	[3] = {"seccomp", STRUCTS_PTRACE_SYSCALL_ENTRY, 8},
};

#define STOPS (sizeof(stops) / sizeof(stops[0]))

/* The part that the kind of stop says; only whole members. */
static void print_stop(struct show *show, unsigned op, const char *bytes,
		       size_t have)
{
	if (!op || op >= STOPS || have < stops[op].least)
		return;
	const struct structs_memory memory = {bytes, have, have};
	buf_puts(show->buf, ", ");
	buf_puts(show->buf, stops[op].name);
	buf_putc(show->buf, '=');
	structs_print_sized(show, stops[op].id, &memory);
}

/* The result is how much there is, the count how much there is room for. */
void print_ptrace_syscall_info(struct show *show, const struct show_arg *arg)
{
	const void *memory = NULL;
	uint64_t room = 0;
	size_t have = show_available(show, arg->value, arg->phase, &memory);
	const char *bytes = memory;
	uint64_t size = show->ev->ret > 0 ? (uint64_t)show->ev->ret : 0;
	if (!show_count(show, arg, &room) || size > room)
		size = room;
	if (have > size)
		have = (size_t)size;
	if (!arg->value || !have) {
		show_address(show, arg->value);
		return;
	}
	const struct structs_memory head = {bytes, have, have};
	structs_print_open(show, STRUCTS_PTRACE_SYSCALL_HEAD, &head);
	if (have > INFO_HEAD)
		print_stop(show, (uint8_t)bytes[0], bytes + INFO_HEAD,
			   have - INFO_HEAD);
	buf_putc(show->buf, '}');
}

#define NT_PRSTATUS 1 /* include/uapi/linux/elf.h */

static void print_registers(struct show *show, uint64_t kind, uint64_t address,
			    uint64_t size, enum event_phase phase)
{
	const void *bytes = NULL;
	size_t have = show_available(show, address, phase, &bytes);
	size_t whole = structs_size(STRUCTS_USER_REGS, show->abi);
	const struct structs_memory memory = {bytes, have, size};
	if (kind == NT_PRSTATUS && address && whole && size &&
	    have >= (size < whole ? size : whole))
		structs_print_sized(show, STRUCTS_USER_REGS, &memory);
	else
		show_address(show, address);
}

/* A struct iovec that leads to registers: their kind is the argument before. */
void print_regset(struct show *show, const struct show_arg *arg)
{
	size_t word = show_word(show);
	bool is_told = (arg->spec->direction & ARGTYPE_OUT) != 0;
	const char *asked =
		show_memory(show, arg->value, 2 * word, EVENT_AT_ENTRY);
	const char *told =
		show_memory(show, arg->value, 2 * word, EVENT_AT_EXIT);
	uint64_t kind = show_register(show, arg->index - 1);
	if (!arg->value || !asked || !arg->index) {
		show_address(show, arg->value);
		return;
	}
	uint64_t address = show_number(asked, word);
	uint64_t room = show_number(asked + word, word);
	uint64_t size = room;
	if (is_told && !show->failed && told)
		size = show_number(told + word, word);
	buf_puts(show->buf, "{iov_base=");
	if (is_told && show->failed)
		show_address(show, address);
	else
		print_registers(show, kind, address, size,
				is_told ? EVENT_AT_EXIT : EVENT_AT_ENTRY);
	buf_puts(show->buf, ", iov_len=");
	buf_u64(show->buf, room);
	if (size != room) {
		buf_puts(show->buf, " => ");
		buf_u64(show->buf, size);
	}
	buf_putc(show->buf, '}');
}

/* struct lsm_ctx: include/uapi/linux/lsm.h, with its text behind it */
void print_lsm_ctx(struct show *show, const struct show_arg *arg)
{
	size_t head = structs_size(STRUCTS_LSM_CTX, show->abi);
	const void *memory = NULL;
	size_t have = show_available(show, arg->value, arg->phase, &memory);
	const char *bytes = memory;
	if (!arg->value || have < head) {
		show_address(show, arg->value);
		return;
	}
	const struct structs_memory fixed = {bytes, head, head};
	structs_print_open(show, STRUCTS_LSM_CTX, &fixed);
	buf_puts(show->buf, ", ctx=");
	show_bytes(show, bytes + head, have - head,
		   show_number(bytes + head - 8, 8));
	buf_putc(show->buf, '}');
}
