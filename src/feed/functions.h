/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The functions of an ELF file, by the symbols that it has, or that a separate
 * file of debugging information has: /usr/lib/debug/.build-id.
 */
#pragma once

#include "bpf/event.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct functions;

/* Reads what the file open as FD has, which is the result's from now on.  NULL:
 * it is no ELF file, and FD is closed. */
struct functions *functions_new(int fd);
void functions_free(struct functions *functions);

size_t functions_bytes(const struct functions *functions); /* that it takes */

struct functions_name {
	uint64_t begin; /* in the file */
	size_t size;
	char text[EVENT_SYMBOL_LIMIT]; /* SIZE bytes, not terminated */
};

/* The function whose code ends before, or goes on at, OFFSET of the file. */
bool functions_find(const struct functions *functions, uint64_t offset,
		    struct functions_name *ret);

/* Of a call made by the code before OFFSET: struct event_symbol has it. */
uint32_t functions_slot(const struct functions *functions, uint64_t offset);
