/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * struct clone_args of clone3(2): which members count is said by its flags and
 * by the size that the caller gives.  What the call left behind pointers in it
 * follows after an arrow.
 */
#include "config.h"

#include "abi/print.h"

#include "abi/flags.h"
#include "abi/show.h"
#include "base/buf.h"

/* include/uapi/linux/sched.h: the versions of the structure, in bytes */
#define VERSION_0  64
#define VERSION_1  80 /* set_tid, set_tid_size */
#define VERSION_2  88 /* cgroup */
#define SIZE_LIMIT 4096

#define CLONE_PIDFD        0x00001000u
#define CLONE_SETTLS       0x00080000u
#define CLONE_PARENT_TID   0x00100000u
#define CLONE_CHILD_TIDS   0x01200000u
#define CLONE_INTO_CGROUP  UINT64_C(0x200000000)
#define CLONE_SET_TID_MOST 32 /* MAX_PID_NS_LEVEL, linux/pid_namespace.h */

enum member { /* u64 each */
	FLAGS,
	PIDFD,
	CHILD_TID,
	PARENT_TID,
	EXIT_SIGNAL,
	STACK,
	STACK_SIZE,
	TLS,
	SET_TID,
	SET_TID_SIZE,
	CGROUP,
	MEMBERS,
};

struct args {
	uint64_t member[MEMBERS];
	const char *bytes;
	size_t have;
	uint64_t size; /* as the caller says */
};

static void print_address(struct show *show, const char *label, uint64_t value)
{
	buf_puts(show->buf, label);
	show_address(show, value);
}

static void print_set_tid(struct show *show, const struct args *args)
{
	uint64_t count = args->member[SET_TID_SIZE];
	uint64_t address = args->member[SET_TID];
	const char *tids = NULL;
	if (!address && !count)
		return;
	if (count && count <= CLONE_SET_TID_MOST)
		tids = show_memory(show, address, count * 4, EVENT_AT_ENTRY);
	buf_puts(show->buf, ", set_tid=");
	if (!tids)
		show_address(show, address);
	for (uint64_t i = 0; tids && i < count; i++) {
		buf_puts(show->buf, i ? ", " : "[");
		show_value(show, ARG_PID, show_number(tids + 4 * i, 4));
	}
	buf_puts(show->buf, tids ? "], set_tid_size=" : ", set_tid_size=");
	buf_u64(show->buf, count);
}

/* Of a newer structure: what is not 0. */
static void print_rest(struct show *show, const struct args *args)
{
	bool any = false;
	for (size_t i = VERSION_2; i < args->have; i++)
		any |= args->bytes[i] != '\0';
	if (!any)
		return;
	uint64_t end = args->size < SIZE_LIMIT ? args->size : SIZE_LIMIT;
	buf_printf(show->buf, ", /* bytes %d..%llu */ ", VERSION_2,
		   (unsigned long long)end - 1);
	show_quoted_hex(show->buf, args->bytes + VERSION_2,
			args->have - VERSION_2);
	if (args->have < end)
		buf_puts(show->buf, "...");
}

static void print_members(struct show *show, const struct args *args)
{
	const uint64_t *m = args->member;
	buf_puts(show->buf, "{flags=");
	flags_print(show->buf, FLAGS_CLONE3, m[FLAGS], show->abi);
	if (m[FLAGS] & CLONE_PIDFD)
		print_address(show, ", pidfd=", m[PIDFD]);
	if (m[FLAGS] & CLONE_CHILD_TIDS)
		print_address(show, ", child_tid=", m[CHILD_TID]);
	if (m[FLAGS] & CLONE_PARENT_TID)
		print_address(show, ", parent_tid=", m[PARENT_TID]);
	buf_puts(show->buf, ", exit_signal=");
	if (m[EXIT_SIGNAL] > INT32_MAX)
		buf_u64(show->buf, m[EXIT_SIGNAL]);
	else
		show_value(show, ARG_SIGNAL, m[EXIT_SIGNAL]);
	print_address(show, ", stack=", m[STACK]);
	buf_puts(show->buf, ", stack_size=");
	buf_hex(show->buf, m[STACK_SIZE]);
	if (m[FLAGS] & CLONE_SETTLS)
		print_address(show, ", tls=", m[TLS]);
	if (args->size >= VERSION_1)
		print_set_tid(show, args);
	if (args->size >= VERSION_2 &&
	    (m[CGROUP] || (m[FLAGS] & CLONE_INTO_CGROUP))) {
		buf_puts(show->buf, ", cgroup=");
		show_value(show, ARG_FD, m[CGROUP]);
	}
	if (args->size > VERSION_2)
		print_rest(show, args);
	buf_putc(show->buf, '}');
}

static void print_number_at(struct show *show, const char *label,
			    uint64_t address, enum argtype kind)
{
	const void *bytes = show_memory(show, address, 4, EVENT_AT_EXIT);
	buf_puts(show->buf, label);
	if (!bytes) {
		show_address(show, address);
		return;
	}
	buf_putc(show->buf, '[');
	show_value(show, kind, show_number(bytes, 4));
	buf_putc(show->buf, ']');
}

/* The parent's view: what clone3 wrote for it. */
static void print_made(struct show *show, const struct args *args)
{
	uint64_t flags = args->member[FLAGS];
	const char *comma = "{";
	if (!(flags & (CLONE_PIDFD | CLONE_PARENT_TID)))
		return;
	buf_puts(show->buf, " => ");
	show->phase = EVENT_AT_EXIT;
	if (flags & CLONE_PIDFD) {
		buf_puts(show->buf, comma);
		print_number_at(show, "pidfd=", args->member[PIDFD], ARG_FD);
		comma = ", ";
	}
	if (flags & CLONE_PARENT_TID) {
		buf_puts(show->buf, comma);
		print_number_at(show, "parent_tid=", args->member[PARENT_TID],
				ARG_PID);
	}
	show->phase = EVENT_AT_ENTRY;
	buf_putc(show->buf, '}');
}

void print_clone_args(struct show *show, const struct show_arg *arg)
{
	struct args args = {0};
	const void *bytes = NULL;
	args.have = show_available(show, arg->value, EVENT_AT_ENTRY, &bytes);
	args.bytes = bytes;
	if (!arg->value || !show_count(show, arg, &args.size) ||
	    args.size < VERSION_0 || args.have < VERSION_0) {
		show_address(show, arg->value);
		return;
	}
	if (args.have > args.size)
		args.have = (size_t)args.size;
	for (size_t i = 0; i < MEMBERS && (i + 1) * 8 <= args.have; i++)
		args.member[i] = show_number(args.bytes + 8 * i, 8);
	print_members(show, &args);
	if (!show->failed)
		print_made(show, &args);
}
