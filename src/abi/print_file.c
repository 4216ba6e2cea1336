/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the structures about files hold: modes, devices, limits. */
#include "config.h"

#include "abi/print.h"

#include <string.h>

#include "abi/show.h"
#include "abi/structs.h"
#include "base/buf.h"

/* include/uapi/linux/stat.h */
static const char *const file_types[16] = {
	[1] = "S_IFIFO", [2] = "S_IFCHR",  [4] = "S_IFDIR",   [6] = "S_IFBLK",
	[8] = "S_IFREG", [10] = "S_IFLNK", [12] = "S_IFSOCK",
};

/* "S_IFREG|0644" */
void print_filemode(struct show *show, const struct show_arg *arg)
{
	unsigned mode = (uint16_t)arg->value;
	const char *type = file_types[mode >> 12];
	if (type) {
		buf_puts(show->buf, type);
		if (mode & 04000)
			buf_puts(show->buf, "|S_ISUID");
		if (mode & 02000)
			buf_puts(show->buf, "|S_ISGID");
		if (mode & 01000)
			buf_puts(show->buf, "|S_ISVTX");
		buf_putc(show->buf, '|');
		mode &= 0777;
	}
	show_value(show, ARG_MODE, mode);
}

/* As the C library takes a number apart, which is also how the kernel puts its
 * own together: include/linux/kdev_t.h. */
void print_dev(struct show *show, const struct show_arg *arg)
{
	uint64_t dev = arg->value;
	buf_puts(show->buf, "makedev(");
	buf_hex(show->buf, (dev >> 8 & 0xfff) | (dev >> 32 & 0xfffff000));
	buf_puts(show->buf, ", ");
	buf_hex(show->buf, (dev & 0xff) | (dev >> 12 & 0xffffff00));
	buf_putc(show->buf, ')');
}

static void print_limit(struct buf *buf, uint64_t value, const char *infinity)
{
	if (infinity) {
		buf_puts(buf, infinity);
	} else if (value > 1024 && value % 1024 == 0) {
		buf_u64(buf, value / 1024);
		buf_puts(buf, "*1024");
	} else {
		buf_u64(buf, value);
	}
}

void print_rlim64(struct show *show, const struct show_arg *arg)
{
	print_limit(show->buf, arg->value,
		    arg->value == UINT64_MAX ? "RLIM64_INFINITY" : NULL);
}

void print_rlim(struct show *show, const struct show_arg *arg)
{
	if (show_word(show) == 8)
		print_rlim64(show, arg);
	else
		print_limit(show->buf, (uint32_t)arg->value,
			    (uint32_t)arg->value == UINT32_MAX ? "RLIM_INFINITY"
							       : NULL);
}

static void print_head(struct show *show, const struct show_arg *arg,
		       uint16_t structure, enum event_phase phase)
{
	const struct argtype_spec spec = {
		.is_struct = 1, .direction = ARGTYPE_IN, .which = structure};
	const struct show_arg head = {.spec = &spec,
				      .value = arg->value,
				      .index = arg->index,
				      .phase = phase};
	show_pointed(show, &head);
}

void print_fiemap_head(struct show *show, const struct show_arg *arg)
{
	print_head(show, arg, STRUCTS_FIEMAP, EVENT_AT_ENTRY);
	if (show->failed || !arg->value)
		return;
	buf_puts(show->buf, " => ");
	print_head(show, arg, STRUCTS_FIEMAP_DONE, EVENT_AT_EXIT);
}
