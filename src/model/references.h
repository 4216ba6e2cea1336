/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What rows refer to and do not hold: paths, and the functions that places in
 * files are in, each within its share of the budget of names. */
#pragma once

#include "abi/print_fd.h"
#include "bpf/event.h"

#include <stddef.h>
#include <stdint.h>

struct kept;

struct references {
	struct kept *files;   /* struct event_file by its id */
	struct kept *symbols; /* struct event_symbol by stack_site() */
	struct kept *links;   /* names of network interfaces by link_id();
				 NULL: this machine knows them */
};

void references_init(struct references *references, size_t name_bytes);
void references_done(struct references *references);

/* Copies EV, whose sizes must be right. */
void references_put_file(struct references *references,
			 const struct event_file *ev);
void references_put_symbol(struct references *references,
			   const struct event_symbol *ev);

/* Names of network interfaces.  Once there is one, or NULL, these are all. */
void references_put_link(struct references *references, unsigned host,
			 uint32_t index, const char *name);

/* Where printers find them; borrows REFERENCES. */
struct print_files references_files(const struct references *references);

/* How many of each NAME_BYTES surely hold. */
uint64_t references_file_count(size_t name_bytes);
uint64_t references_symbol_count(size_t name_bytes);
