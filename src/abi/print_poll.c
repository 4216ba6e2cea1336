/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Descriptors that are waited for: what was asked stands among the arguments,
 * what came of it after the result.
 */
#include "config.h"

#include "abi/print_poll.h"

#include "abi/flags.h"
#include "abi/print.h"
#include "abi/show.h"
#include "abi/structs.h"
#include "abi/syscall.h"
#include "base/buf.h"

#define POLLFD_SIZE    8 /* struct pollfd, include/uapi/asm-generic/poll.h */
#define EVENTS_OFFSET  4
#define REVENTS_OFFSET 6
#define FDSET_BITS     1024 /* __FD_SETSIZE, include/uapi/linux/posix_types.h */

static void print_poll_bits(struct show *show, const char *bytes, size_t offset)
{
	flags_print(show->buf, FLAGS_POLL, show_number(bytes + offset, 2),
		    show->abi);
}

static void print_one(struct show *show, const char *bytes)
{
	int32_t fd = (int32_t)show_number(bytes, 4);
	buf_puts(show->buf, "{fd=");
	show_value(show, ARG_FD, (uint32_t)fd);
	if (fd >= 0) {
		buf_puts(show->buf, ", events=");
		print_poll_bits(show, bytes, EVENTS_OFFSET);
	}
	buf_putc(show->buf, '}');
}

void print_pollfd(struct show *show, const struct show_arg *arg)
{
	const void *bytes = NULL;
	uint64_t count = 0;
	if (!arg->value || !show_count(show, arg, &count) ||
	    (count && show_available(show, arg->value, EVENT_AT_ENTRY, &bytes) <
			      POLLFD_SIZE)) {
		show_address(show, arg->value);
		return;
	}
	buf_putc(show->buf, '[');
	for (uint64_t i = 0; i < count; i++) {
		bytes = show_memory(show, arg->value + i * POLLFD_SIZE,
				    POLLFD_SIZE, EVENT_AT_ENTRY);
		if (!show_element(show, i, bytes != NULL))
			break;
		print_one(show, bytes);
	}
	buf_putc(show->buf, ']');
}

/* "left {tv_sec=1, tv_nsec=0}" of the first argument that says so; whether
 * there is one. */
static bool print_time_left(struct show *show, const char *before)
{
	for (unsigned i = 0; i < show->nargs; i++) {
		const struct argtype_spec *spec = &show->args[i].spec;
		struct argtype_spec left = *spec;
		const void *bytes = NULL;
		uint64_t address = show->ev->args[i];
		if (!(spec->direction & ARGTYPE_LEFT) ||
		    !show_available(show, address, EVENT_AT_EXIT, &bytes))
			continue;
		left.direction = ARGTYPE_OUT;
		buf_puts(show->buf, before);
		buf_puts(show->buf, "left ");
		const struct show_arg arg = {.spec = &left,
					     .value = address,
					     .index = i,
					     .phase = EVENT_AT_EXIT};
		show_pointed(show, &arg);
		return true;
	}
	return false;
}

/* Writes "[{fd=4, revents=POLLOUT}]". */
static void print_ready(struct show *show)
{
	uint64_t shown = 0;
	uint64_t count = (uint32_t)show->ev->args[1];
	buf_putc(show->buf, '[');
	for (uint64_t i = 0; i < count; i++) {
		const char *bytes =
			show_memory(show, show->ev->args[0] + i * POLLFD_SIZE,
				    POLLFD_SIZE, EVENT_AT_EXIT);
		if (bytes && !show_number(bytes + REVENTS_OFFSET, 2))
			continue;
		if (!show_element(show, shown++, bytes != NULL))
			break;
		buf_puts(show->buf, "{fd=");
		buf_s64(show->buf, (int32_t)show_number(bytes, 4));
		buf_puts(show->buf, ", revents=");
		print_poll_bits(show, bytes, REVENTS_OFFSET);
		buf_putc(show->buf, '}');
	}
	buf_putc(show->buf, ']');
}

void print_poll_result(struct show *show)
{
	if (show->ev->ret == 0) {
		buf_puts(show->buf, " (Timeout)");
		return;
	}
	buf_puts(show->buf, " (");
	print_ready(show);
	(void)print_time_left(show, ", "); /* where there is none */
	buf_putc(show->buf, ')');
}

/* Writes the numbers of the first bits that are set, as many as MOST says and
 * takes away from it; whether the set is known. */
static bool print_bits(struct show *show, const struct show_arg *arg,
		       int64_t *most, bool targets)
{
	uint64_t count = 0;
	uint64_t shown = 0;
	const void *bytes = NULL;
	if (!show_count(show, arg, &count) || (int32_t)count < 0)
		return false;
	if (count > FDSET_BITS)
		count = FDSET_BITS;
	size_t have = show_available(show, arg->value, arg->phase, &bytes);
	if (have < (count + 7) / 8)
		return false;
	buf_putc(show->buf, '[');
	for (uint64_t i = 0; i<count && * most> 0; i++) {
		if (!(((const uint8_t *)bytes)[i / 8] >> i % 8 & 1))
			continue;
		--*most;
		if (shown++)
			buf_putc(show->buf, ' ');
		if (targets)
			show_value(show, ARG_FD, i);
		else
			buf_u64(show->buf, i);
	}
	buf_putc(show->buf, ']');
	return true;
}

void print_fdset(struct show *show, const struct show_arg *arg)
{
	struct show_arg entry = *arg;
	int64_t most = FDSET_BITS;
	entry.phase = EVENT_AT_ENTRY;
	if (!arg->value || !print_bits(show, &entry, &most, true))
		show_address(show, arg->value);
}

static bool is_empty(const struct show *show, const struct show_arg *arg)
{
	const void *bytes = NULL;
	size_t have = show_available(show, arg->value, arg->phase, &bytes);
	for (size_t i = 0; i < have; i++) {
		if (((const uint8_t *)bytes)[i])
			return false;
	}
	return true;
}

void print_select_result(struct show *show)
{
	static const char *const labels[] = {"", "in ", "out ", "except "};
	bool first = true;
	int64_t most = show->ev->ret;
	if (most == 0) {
		buf_puts(show->buf, " (Timeout)");
		return;
	}
	buf_puts(show->buf, " (");
	for (unsigned i = 1; i < 4 && i < show->nargs && most > 0; i++) {
		const struct show_arg arg = {.spec = &show->args[i].spec,
					     .value = show->ev->args[i],
					     .index = i,
					     .phase = EVENT_AT_EXIT};
		if (!arg.value || is_empty(show, &arg))
			continue;
		buf_puts(show->buf, first ? "" : ", ");
		buf_puts(show->buf, labels[i]);
		/* is_empty() read it. */
		(void)print_bits(show, &arg, &most, false);
		first = false;
	}
	(void)print_time_left(show,
			      first ? "" : ", "); /* where there is none */
	buf_putc(show->buf, ')');
}

void print_recvmmsg_result(struct show *show)
{
	if (show->ev->ret == 0)
		buf_puts(show->buf, " (Timeout)");
	else if (print_time_left(show, " ("))
		buf_putc(show->buf, ')');
}

/* Of the three sets and the time of select(2), what the pointer leads to. */
static void print_member(struct show *show, uint64_t address, uint64_t count,
			 bool is_time)
{
	const struct argtype_spec spec = {
		.kind = is_time ? ARG_UNKNOWN : ARG_FDSET,
		.direction = ARGTYPE_IN,
		.from = is_time ? ARGTYPE_ONE : ARGTYPE_CONST,
		.is_struct = is_time,
		.which = is_time ? STRUCTS_TIMEVAL : 0,
		.count = count < FDSET_BITS ? (uint16_t)count : FDSET_BITS,
	};
	const struct show_arg arg = {
		.spec = &spec,
		.value = address,
		.phase = EVENT_AT_ENTRY,
	};
	if (is_time || (int32_t)count >= 0)
		show_pointed(show, &arg);
	else
		show_address(show, address);
}

/* The only argument of select(2) for 32-bit callers: where its five are. */
void print_select_arg(struct show *show, const struct show_arg *arg)
{
	const char *bytes = show_whole(show, arg, 5 * sizeof(uint32_t));
	if (!bytes)
		return;
	uint64_t count = show_number(bytes, 4);
	buf_s64(show->buf, (int32_t)count);
	for (unsigned i = 1; i < 5; i++) {
		buf_write(show->buf, ", ", 2);
		print_member(show, show_number(bytes + 4 * i, 4), count,
			     i == 4);
	}
}
