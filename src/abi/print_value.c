/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plain values: numbers, texts, bytes, names of one set. */
#include "config.h"

#include "abi/print.h"

#include "abi/flags.h"
#include "abi/show.h"
#include "base/buf.h"

void print_int(struct show *show, const struct show_arg *arg)
{
	buf_s64(show->buf, (int32_t)arg->value);
}

void print_uint(struct show *show, const struct show_arg *arg)
{
	buf_u64(show->buf, (uint32_t)arg->value);
}

static bool is_narrow(const struct show *show)
{
	return show_word(show) == 4;
}

void print_long(struct show *show, const struct show_arg *arg)
{
	buf_s64(show->buf,
		is_narrow(show) ? (int32_t)arg->value : (int64_t)arg->value);
}

static uint64_t whole(const struct show *show, const struct show_arg *arg)
{
	return is_narrow(show) ? (uint32_t)arg->value : arg->value;
}

void print_ulong(struct show *show, const struct show_arg *arg)
{
	buf_u64(show->buf, whole(show, arg));
}

void print_s64(struct show *show, const struct show_arg *arg)
{
	buf_s64(show->buf, (int64_t)arg->value);
}

void print_u64(struct show *show, const struct show_arg *arg)
{
	buf_u64(show->buf, arg->value);
}

void print_hex(struct show *show, const struct show_arg *arg)
{
	buf_hex(show->buf, whole(show, arg));
}

void print_hex32(struct show *show, const struct show_arg *arg)
{
	buf_hex(show->buf, (uint32_t)arg->value);
}

/* mmap2(2): whatever the size of a page. */
void print_pgoff(struct show *show, const struct show_arg *arg)
{
	buf_hex(show->buf, whole(show, arg) << 12);
}

void print_hex64(struct show *show, const struct show_arg *arg)
{
	buf_hex(show->buf, arg->value);
}

void print_addr(struct show *show, const struct show_arg *arg)
{
	show_address(show, whole(show, arg));
}

/* umode_t has 16 bits; strace writes at least three digits. */
void print_mode(struct show *show, const struct show_arg *arg)
{
	unsigned mode = (uint16_t)arg->value;
	if (mode >= 0100) {
		buf_octal(show->buf, mode);
		return;
	}
	buf_putc(show->buf, '0');
	buf_putc(show->buf, (char)('0' + (mode >> 3)));
	buf_putc(show->buf, (char)('0' + (mode & 7)));
}

/* -1 means "leave it"; any other ID is unsigned. */
void print_uid(struct show *show, const struct show_arg *arg)
{
	if ((uint32_t)arg->value == UINT32_MAX)
		buf_puts(show->buf, "-1");
	else
		print_uint(show, arg);
}

void print_uid16(struct show *show, const struct show_arg *arg)
{
	if ((uint16_t)arg->value == UINT16_MAX)
		buf_puts(show->buf, "-1");
	else
		buf_u64(show->buf, (uint16_t)arg->value);
}

void print_path(struct show *show, const struct show_arg *arg)
{
	show_text(show, arg->value, true);
}

void print_string(struct show *show, const struct show_arg *arg)
{
	show_text(show, arg->value, false);
}

void print_bytes(struct show *show, const struct show_arg *arg)
{
	const void *bytes = "";
	uint64_t count = 0;
	bool known = show_count(show, arg, &count);
	size_t have = known && count ? show_available(show, arg->value,
						      arg->phase, &bytes)
				     : 0;
	if (arg->value && known && (have || !count))
		show_bytes(show, bytes, have, count);
	else
		show_address(show, arg->value);
}

void print_set(struct show *show, const struct show_arg *arg)
{
	flags_print(show->buf, (enum flags_set)arg->spec->which, arg->value,
		    show->abi);
}

void print_signal(struct show *show, const struct show_arg *arg)
{
	flags_print(show->buf, FLAGS_SIGNAL, arg->value, show->abi);
}
