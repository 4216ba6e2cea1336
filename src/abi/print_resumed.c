/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The call that restart_syscall(2) goes on with, which the kernel side notes.
 */
#include "config.h"

#include "abi/print.h"

#include "abi/show.h"
#include "abi/table.h"
#include "base/buf.h"

void print_resumed(struct show *show, const struct show_arg *arg)
{
	const char *name = NULL;
	if (arg->value && arg->value <= UINT32_MAX)
		name = table_name(show->abi, (uint32_t)arg->value - 1);
	buf_puts(show->buf, "<... resuming interrupted ");
	buf_puts(show->buf, name ? name : "system call");
	buf_puts(show->buf, " ...>");
}
