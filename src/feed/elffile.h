/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the parts of an ELF file are: its segments, by offset and by address.
 * Files are anybody's: what is read of one is checked, and what is wrong is
 * treated as if it were not there.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ELFFILE_SEGMENTS 16

struct elffile_segment {
	uint64_t offset;
	uint64_t address;
	uint64_t size; /* in the file */
	bool is_code;
};

struct elffile {
	int fd; /* borrowed */
	uint16_t machine;
	struct elffile_segment segments[ELFFILE_SEGMENTS];
	size_t count;
	uint64_t unwinding; /* address of PT_GNU_EH_FRAME; 0: none */
};

/* The segment of code with the byte at OFFSET, or NULL. */
const struct elffile_segment *elffile_code(const struct elffile *file,
					   uint64_t offset);

/* Reads up to SIZE bytes that belong to ADDRESS; how many there were. */
size_t elffile_read(const struct elffile *file, uint64_t address, void *data,
		    size_t size);
