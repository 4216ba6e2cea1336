/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/result.h"

#include "abi/errno.h"
#include "abi/flags.h"
#include "abi/print_date.h"
#include "abi/print_fd.h"
#include "abi/print_poll.h"
#include "abi/show.h"
#include "base/buf.h"

static void print_error_name(struct buf *buf, int code)
{
	buf_puts(buf, errno_name(code));
	buf_write(buf, " (", 2);
	buf_puts(buf, errno_text(code));
	buf_putc(buf, ')');
}

static void print_error(struct buf *buf, int code)
{
	if (!errno_name(code)) {
		buf_puts(buf, "-1 (errno ");
		buf_s64(buf, code);
		buf_putc(buf, ')');
		return;
	}
	buf_puts(buf, errno_is_restart(-code) ? "? " : "-1 ");
	print_error_name(buf, code);
}

static uint64_t bits_of(const struct show *show)
{
	int64_t ret = show->ev->ret;
	return show->ev->h.compat ? (uint32_t)ret : (uint64_t)ret;
}

static void print_decimal(struct show *show)
{
	int64_t ret = show->ev->ret;
	buf_s64(show->buf, show->ev->h.compat ? (int32_t)ret : ret);
}

static void print_descriptor(struct show *show)
{
	print_decimal(show);
	print_fd_target(show, (int)show->ev->ret, EVENT_AT_EXIT);
}

static void print_hexadecimal(struct show *show)
{
	buf_hex(show->buf, bits_of(show));
}

static void print_octal(struct show *show)
{
	show_value(show, ARG_MODE, bits_of(show));
}

/* The names follow where the value has any: 0x8002 (flags O_RDWR|O_LARGEFILE)
 */
static void print_names(struct show *show, const char *what)
{
	enum flags_set set = (enum flags_set)show->result_set;
	uint64_t bits = bits_of(show);
	if ((!bits || !flags_is_bits(set)) && !flags_name(set, bits, show->abi))
		return;
	buf_puts(show->buf, what);
	flags_print(show->buf, set, bits, show->abi);
	buf_putc(show->buf, ')');
}

static void print_named_int(struct show *show)
{
	print_decimal(show);
	print_names(show, " (");
}

static void print_polled(struct show *show)
{
	print_decimal(show);
	print_poll_result(show);
}

static void print_selected(struct show *show)
{
	print_decimal(show);
	print_select_result(show);
}

static void print_received(struct show *show)
{
	print_decimal(show);
	print_recvmmsg_result(show);
}

static void print_named_hex(struct show *show)
{
	print_hexadecimal(show);
	print_names(show, " (");
}

static void print_named_flags(struct show *show)
{
	print_hexadecimal(show);
	print_names(show, " (flags ");
}

static void print_named_seals(struct show *show)
{
	print_hexadecimal(show);
	print_names(show, " (seals ");
}

/* " (mask [HUP])": what the value is, as an argument of KIND. */
static void print_kind_of(struct show *show, const char *what,
			  enum argtype kind)
{
	buf_puts(show->buf, what);
	show_value(show, kind, bits_of(show));
	buf_putc(show->buf, ')');
}

static void print_time(struct show *show)
{
	char text[64];
	struct buf date;
	int64_t ret = show->ev->ret;
	buf_init(&date, text, sizeof(text));
	print_decimal(show);
	if (!ret ||
	    !print_date_text(&date, show_word(show) == 4 ? (int32_t)ret : ret))
		return;
	buf_puts(show->buf, " (");
	buf_puts(show->buf, text);
	buf_putc(show->buf, ')');
}

static void print_priority(struct show *show)
{
	print_decimal(show);
	print_kind_of(show, " (", ARG_IOPRIO);
}

static void print_handler(struct show *show)
{
	print_hexadecimal(show);
	if (bits_of(show) <= 1) /* SIG_DFL, SIG_IGN */
		print_kind_of(show, " (", ARG_SIGHANDLER);
}

static void print_mask(struct show *show)
{
	print_hexadecimal(show);
	print_kind_of(show, " (mask ", ARG_SIGMASK);
}

static void print_old_mask(struct show *show)
{
	print_hexadecimal(show);
	print_kind_of(show, " (old mask ", ARG_SIGMASK);
}

/* What set_thread_area(2) chose stands in the structure that it was given. */
static void print_thread_area(struct show *show)
{
	const void *bytes =
		show_memory(show, show->ev->args[0], 4, EVENT_AT_EXIT);
	print_decimal(show);
	if (!bytes)
		return;
	buf_puts(show->buf, " (entry_number=");
	buf_s64(show->buf, (int32_t)show_number(bytes, 4));
	buf_putc(show->buf, ')');
}

/* modify_ldt(2) returns its int as if it were unsigned. */
static void print_half_error(struct show *show)
{
	int64_t ret = show->ev->ret;
	print_decimal(show);
	if (ret < 0 || ret > UINT32_MAX)
		return;
	int64_t code = (int64_t)UINT32_MAX + 1 - ret;
	if (code > 4095 || !errno_name((int)code))
		return;
	buf_putc(show->buf, ' ');
	print_error_name(show->buf, (int)code);
}

typedef void result_printer(struct show *show);

static result_printer *const printers[RES_COUNT] = {
	[RES_INT] = print_decimal,
	[RES_HEX] = print_hexadecimal,
	[RES_FD] = print_descriptor,
	[RES_PID] = print_decimal,
	[RES_BYTES] = print_decimal,
	[RES_OCTAL] = print_octal,
	[RES_NONE] = print_decimal,
	[RES_POLL] = print_polled,
	[RES_SELECT] = print_selected,
	[RES_RECVMMSG] = print_received,
	[RES_TIME] = print_time,
	[RES_IOPRIO] = print_priority,
	[RES_SIGHANDLER] = print_handler,
	[RES_SIGMASK] = print_mask,
	[RES_OLD_SIGMASK] = print_old_mask,
	[RES_THREAD_AREA] = print_thread_area,
	[RES_NAMED_INT] = print_named_int,
	[RES_NAMED_HEX] = print_named_hex,
	[RES_NAMED_FLAGS] = print_named_flags,
	[RES_NAMED_SEALS] = print_named_seals,
	[RES_LDT] = print_half_error,
};

void result_print(struct show *show)
{
	const struct event_call *ev = show->ev;
	if (ev->h.flags & EVENT_CALL_NO_RESULT)
		buf_putc(show->buf, '?');
	else if (ev->ret < 0 && ev->ret >= -4095) /* MAX_ERRNO, linux/err.h */
		print_error(show->buf, (int)-ev->ret);
	else
		printers[show->result](show);
}
