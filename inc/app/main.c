/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "base/xalloc.h"

int main(void)
{
	die_init();
	return 0;
}
