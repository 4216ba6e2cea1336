/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

int err_set(struct err *err, int code, const char *format, ...)
{
	if (!err)
		return code;
	va_list args;
	va_start(args, format);
	(void)vsnprintf(err->text, sizeof(err->text), format,
			args); /* a cut sentence still helps */
	va_end(args);
	err->code = code;
	return code;
}
