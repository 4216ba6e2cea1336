/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "tests/lib/elfmade.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define BASE 0x400000 /* address of the file's beginning */

#define AT(member) offsetof(struct elfmade_file, member)

static void add_symbol(struct elfmade_file *file, const char *name,
		       uint64_t begin, uint64_t size)
{
	size_t i = 1; /* the first stands for none */
	size_t at = 1;
	while (file->symbols[i].st_value) {
		at += strlen(file->names + at) + 1;
		i++;
	}
	strcpy(file->names + at, name);
	file->symbols[i] = (Elf64_Sym){
		.st_name = (Elf64_Word)at,
		.st_info = ELF64_ST_INFO(STB_GLOBAL, STT_FUNC),
		.st_shndx = 1,
		.st_value = ELFMADE_ADDRESS + begin,
		.st_size = size,
	};
}

/*
 * .eh_frame_hdr with one function, then .eh_frame: the stack pointer is 8
 * bytes from the caller's, 24 from the fourth byte on, and the frame pointer
 * leads there from the eighth on.
 */
static void set_unwinding(struct elfmade_file *file)
{
	static const unsigned char cie[] = {
		1,    'z', 'R', 0,    1, 0x78, 16, 1,
		0x1b, /* code 1, data -8, RA 16 */
		0x0c, 7,   8,   0x90, 1, 0,    0,  0, /* CFA is rsp + 8 */
	};
	static const unsigned char program[] = {
		0,                  /* no augmentation */
		0x44, 0x0e, 24,     /* 4 bytes on: + 24 */
		0x44, 0x0c, 6,  16, /* 4 bytes on: rbp + 16 */
		0,    0,    0,  0,
	};
	const int32_t here = BASE + (int32_t)AT(unwinding);
	const int32_t cie_at = 20, fde_at = cie_at + 8 + (int32_t)sizeof(cie);
	int32_t words[] = {0, 1, ELFMADE_ADDRESS - here, fde_at};
	unsigned char *p = file->unwinding;
	memcpy(p, "\x01\x1b\x03\x3b", 4);
	memcpy(p + 4, words, sizeof(words));
	int32_t length = (int32_t)sizeof(cie) + 4;
	memcpy(p + cie_at, &length, 4);
	memcpy(p + cie_at + 8, cie, sizeof(cie));
	int32_t fde[] = {12 + (int32_t)sizeof(program), fde_at + 4 - cie_at,
			 ELFMADE_ADDRESS - (here + fde_at + 8), 32};
	memcpy(p + fde_at, fde, sizeof(fde));
	memcpy(p + fde_at + sizeof(fde), program, sizeof(program));
}

void elfmade_init(struct elfmade_file *file)
{
	*file = (struct elfmade_file){
		.head = {.e_ident = {ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3,
				     ELFCLASS64, ELFDATA2LSB, EV_CURRENT},
			 .e_type = ET_EXEC,
			 .e_machine = EM_X86_64,
			 .e_version = EV_CURRENT,
			 .e_phoff = AT(segments),
			 .e_shoff = AT(sections),
			 .e_ehsize = sizeof(Elf64_Ehdr),
			 .e_phentsize = sizeof(Elf64_Phdr),
			 .e_phnum = 3,
			 .e_shentsize = sizeof(Elf64_Shdr),
			 .e_shnum = 3},
		.segments = {{.p_type = PT_LOAD,
			      .p_flags = PF_R | PF_X,
			      .p_offset = ELFMADE_CODE,
			      .p_vaddr = ELFMADE_ADDRESS,
			      .p_filesz = 0x1000},
			     {.p_type = PT_LOAD,
			      .p_flags = PF_R,
			      .p_vaddr = BASE,
			      .p_filesz = sizeof(*file)},
			     {.p_type = PT_GNU_EH_FRAME,
			      .p_vaddr = BASE + AT(unwinding)}},
		.sections = {{0},
			     {.sh_type = SHT_SYMTAB,
			      .sh_offset = AT(symbols),
			      .sh_size = sizeof(file->symbols),
			      .sh_link = 2,
			      .sh_entsize = sizeof(Elf64_Sym)},
			     {.sh_type = SHT_STRTAB,
			      .sh_offset = AT(names),
			      .sh_size = sizeof(file->names)}},
	};
	add_symbol(file, "_start_it", 0, 16);
	add_symbol(file, "start_it@@V1", 0, 16);
	add_symbol(file, "outer", 0x40, 64);
	add_symbol(file, "inner", 0x48, 8);
	add_symbol(file, "endless", 0x100, 0);
	set_unwinding(file);
}

int elfmade_open(const struct elfmade_file *file, size_t size)
{
	int fd = memfd_create("elf", MFD_CLOEXEC);
	if (fd >= 0 && write(fd, file, size) != (ssize_t)size) {
		(void)close(fd); /* a test fails then */
		return -1;
	}
	return fd;
}
