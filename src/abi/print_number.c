/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers that hold several things at once. */
#include "config.h"

#include "abi/print.h"

#include "abi/flags.h"
#include "abi/show.h"
#include "base/buf.h"

/* include/uapi/asm-generic/ioctl.h: direction, size, type and number */
static void print_ioctl_parts(struct buf *buf, uint32_t request)
{
	static const char *const directions[] = {
		"_IOC_NONE",
		"_IOC_WRITE",
		"_IOC_READ",
		"_IOC_READ|_IOC_WRITE",
	};
	buf_puts(buf, "_IOC(");
	buf_puts(buf, directions[request >> 30]);
	buf_puts(buf, ", ");
	buf_hex(buf, request >> 8 & 0xff);
	buf_puts(buf, ", ");
	buf_hex(buf, request & 0xff);
	buf_puts(buf, ", ");
	buf_hex(buf, request >> 16 & 0x3fff);
	buf_putc(buf, ')');
}

/* Requests whose size is that of the caller's buffer. */
struct sized_request {
	uint32_t request; /* without its size */
	const char *name;
};

/* include/uapi/linux/input.h, joystick.h, hidraw.h, uinput.h */
static const struct sized_request sized_requests[] = {
	{0x80004506, "EVIOCGNAME"},     {0x80004507, "EVIOCGPHYS"},
	{0x80004508, "EVIOCGUNIQ"},     {0x80004509, "EVIOCGPROP"},
	{0x8000450a, "EVIOCGMTSLOTS"},  {0x80004518, "EVIOCGKEY"},
	{0x80004519, "EVIOCGLED"},      {0x8000451a, "EVIOCGSND"},
	{0x8000451b, "EVIOCGSW"},       {0x80004804, "HIDIOCGRAWNAME"},
	{0x80004805, "HIDIOCGRAWPHYS"}, {0x8000552c, "UI_GET_SYSNAME"},
	{0x80006a13, "JSIOCGNAME"},
};

#define IOCTL_SIZE_MASK  0x3fff0000u
#define IOCTL_SIZE_SHIFT 16

static bool print_sized_request(struct buf *buf, uint32_t request)
{
	size_t n = sizeof(sized_requests) / sizeof(sized_requests[0]);
	for (size_t i = 0; i < n; i++) {
		const struct sized_request *sized = &sized_requests[i];
		if ((request & ~IOCTL_SIZE_MASK) != sized->request)
			continue;
		buf_puts(buf, sized->name);
		buf_putc(buf, '(');
		buf_u64(buf, (request & IOCTL_SIZE_MASK) >> IOCTL_SIZE_SHIFT);
		buf_putc(buf, ')');
		return true;
	}
	return false;
}

void print_ioctl_cmd(struct show *show, const struct show_arg *arg)
{
	uint32_t request = (uint32_t)arg->value;
	if (flags_name(FLAGS_IOCTL, request, show->abi))
		flags_print(show->buf, FLAGS_IOCTL, request, show->abi);
	else if (!print_sized_request(show->buf, request))
		print_ioctl_parts(show->buf, request);
}

/* include/uapi/linux/quota.h: QCMD() */
void print_quota_cmd(struct show *show, const struct show_arg *arg)
{
	uint32_t value = (uint32_t)arg->value;
	buf_puts(show->buf, "QCMD(");
	flags_print(show->buf, FLAGS_QUOTA_CMD, value >> 8, show->abi);
	buf_puts(show->buf, ", ");
	flags_print(show->buf, FLAGS_QUOTA_TYPE, value & 0xff, show->abi);
	buf_putc(show->buf, ')');
}

/* include/uapi/linux/ioprio.h */
void print_ioprio(struct show *show, const struct show_arg *arg)
{
	uint32_t value = (uint32_t)arg->value;
	buf_puts(show->buf, "IOPRIO_PRIO_VALUE(");
	flags_print(show->buf, FLAGS_IOPRIO_CLASS, value >> 13, show->abi);
	buf_puts(show->buf, ", ");
	buf_u64(show->buf, value & 0x1fff);
	buf_putc(show->buf, ')');
}

/* A name moved to its place: FUTEX_OP_ADD<<28, 0x7<<28 with a comment. */
static void print_futex_part(struct show *show, enum flags_set set,
			     uint32_t value, const char *shift)
{
	const char *name = flags_name(set, value, show->abi);
	if (name) {
		buf_puts(show->buf, name);
		buf_puts(show->buf, shift);
		return;
	}
	buf_hex(show->buf, value);
	buf_puts(show->buf, shift);
	buf_puts(show->buf, set == FLAGS_FUTEX_WAKE_OP
				    ? " /* FUTEX_OP_??? */"
				    : " /* FUTEX_OP_CMP_??? */");
}

/* include/uapi/linux/futex.h: FUTEX_OP() */
void print_futex_wake_op(struct show *show, const struct show_arg *arg)
{
	uint32_t value = (uint32_t)arg->value;
	if (value >> 31)
		buf_puts(show->buf, "FUTEX_OP_OPARG_SHIFT<<28|");
	print_futex_part(show, FLAGS_FUTEX_WAKE_OP, value >> 28 & 7, "<<28");
	buf_putc(show->buf, '|');
	buf_hex(show->buf, value >> 12 & 0xfff);
	buf_puts(show->buf, "<<12|");
	print_futex_part(show, FLAGS_FUTEX_WAKE_CMP, value >> 24 & 15, "<<24");
	buf_putc(show->buf, '|');
	buf_hex(show->buf, value & 0xfff);
}

static bool has_names(const struct show *show, enum flags_set set,
		      uint64_t value)
{
	struct flags_walk walk;
	struct flags_part part;
	flags_walk_init(&walk, set, value, show->abi);
	return flags_walk_next(&walk, &part);
}

/* Flags and a mode of System V IPC.  strace puts no "|" after flags without any
 * name. */
void print_ipc_flags(struct show *show, const struct show_arg *arg)
{
	uint32_t flags = (uint32_t)arg->value & ~0777u;
	if (flags)
		flags_print(show->buf, FLAGS_MSGGET, flags, show->abi);
	if (flags && has_names(show, FLAGS_MSGGET, flags))
		buf_putc(show->buf, '|');
	show_value(show, ARG_MODE, arg->value & 0777);
}

void print_shm_flags(struct show *show, const struct show_arg *arg)
{
	uint32_t flags = (uint32_t)arg->value & ~0777u;
	if (flags) {
		flags_print(show->buf, FLAGS_SHMGET, flags, show->abi);
		buf_putc(show->buf, '|');
	}
	show_value(show, ARG_MODE, arg->value & 0777);
}

#define SWAP_PRIORITY_MASK 0x7fffu /* include/linux/swap.h */

void print_swap_flags(struct show *show, const struct show_arg *arg)
{
	uint32_t flags = (uint32_t)arg->value & ~SWAP_PRIORITY_MASK;
	if (flags) {
		flags_print(show->buf, FLAGS_SWAPON, flags, show->abi);
		buf_putc(show->buf, '|');
	}
	buf_u64(show->buf, arg->value & SWAP_PRIORITY_MASK);
}

/* The call of ipc(2), with the version of its arguments in the upper half. */
void print_ipc_call(struct show *show, const struct show_arg *arg)
{
	uint32_t value = (uint32_t)arg->value;
	if (value >> 16) {
		buf_u64(show->buf, value >> 16);
		buf_puts(show->buf, "<<16|");
	}
	buf_u64(show->buf, value & 0xffff);
}

/* Bits, and their names as a comment. */
void print_xfeatures(struct show *show, const struct show_arg *arg)
{
	buf_hex(show->buf, arg->value);
	if (!arg->value)
		return;
	buf_puts(show->buf, " /* ");
	if (has_names(show, FLAGS_XFEATURE_MASK, arg->value))
		flags_print(show->buf, FLAGS_XFEATURE_MASK, arg->value,
			    show->abi);
	else
		buf_puts(show->buf, "XFEATURE_MASK_???");
	buf_puts(show->buf, " */");
}

/* A place in struct user of x86-64, include/asm/user_64.h: a register. */
void print_user_offset(struct show *show, const struct show_arg *arg)
{
	static const char *const registers[] = {
		"R15", "R14",      "R13", "R12", "RBP", "RBX", "R11",
		"R10", "R9",       "R8",  "RAX", "RCX", "RDX", "RSI",
		"RDI", "ORIG_RAX", "RIP", "CS",  "EFL", "RSP", "SS",
	};
	size_t count = sizeof(registers) / sizeof(registers[0]);
	if (show->abi == ABI_ARM64 || arg->value / 8 >= count) {
		show_address(show, arg->value);
		return;
	}
	buf_puts(show->buf, "8*");
	buf_puts(show->buf, registers[arg->value / 8]);
	if (arg->value % 8) {
		buf_putc(show->buf, '+');
		buf_u64(show->buf, arg->value % 8);
	}
}
