/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A small ELF file, of which every part can be spoilt. */
#pragma once

#include <elf.h>
#include <stddef.h>

#define ELFMADE_SYMBOLS 8
#define ELFMADE_CODE    0x1000   /* offset of the code in the file */
#define ELFMADE_ADDRESS 0x401000 /* and its address */

struct elfmade_file {
	Elf64_Ehdr head;
	Elf64_Phdr segments[3]; /* code, the rest, unwinding information */
	Elf64_Shdr sections[3]; /* none, symbols, names */
	Elf64_Sym symbols[ELFMADE_SYMBOLS];
	char names[256];
	unsigned char unwinding[256]; /* at address 0x400000 + its offset */
};

/* Functions at the beginning of the code: "_start_it" (16 bytes), the same as
 * "start_it@@V1", "inner" (8 bytes of "outer", which has 64), "endless" (no
 * size) behind a gap. */
void elfmade_init(struct elfmade_file *file);

/* A descriptor of such a file; SIZE: so much of it. */
int elfmade_open(const struct elfmade_file *file, size_t size);
