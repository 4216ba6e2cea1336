/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/print.h"

#include "abi/show.h"
#include "abi/structs.h"

/* A structure of which another argument says how many bytes it has. */
void print_sized(struct show *show, const struct show_arg *arg)
{
	enum structs_id id = arg->spec->which;
	struct structs_memory memory = {0};
	if (show_count(show, arg, &memory.size) &&
	    memory.size >= structs_least(id))
		memory.have = show_available(show, arg->value, arg->phase,
					     &memory.bytes);
	if (memory.have > memory.size)
		memory.have = (size_t)memory.size;
	if (memory.have > 0)
		structs_print_sized(show, id, &memory);
	else
		show_address(show, arg->value);
}
