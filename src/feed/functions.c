/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * libelf is given files to read, never to map: one that shrinks while it is
 * mapped would end the program.  Names stay in the file until they are asked
 * for.
 */
#include "config.h"

#include "feed/functions.h"

#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/xalloc.h"
#include "feed/cfi.h"
#include "feed/elffile.h"

#define FUNCTIONS_LIMIT (2u << 20)  /* of a file; 48 MiB here */
#define TABLE_LIMIT     (64u << 20) /* bytes of a symbol table */
#define SECTIONS_LIMIT  65536
#define PROGRAM_LIMIT   4096  /* program headers looked at */
#define NOTES_LIMIT     65536 /* bytes of notes */
#define ALIASES_LIMIT   16    /* names of a place that are compared */
#define NESTING_LIMIT   64 /* functions that begin inside another, passed by */
#define BUILD_ID_LIMIT  64
#define DEBUG_DIR       "/usr/lib/debug/.build-id/"

struct entry {
	uint64_t begin; /* address */
	uint64_t size;  /* 0: as far as the next one */
	uint64_t name;  /* offset among the names */
};

struct functions {
	struct elffile file;
	struct entry *at; /* by address */
	size_t count;
	int names_fd; /* of the file that has the names; that of FILE, or not */
	uint64_t names_at;
	uint64_t names_size;
};

static void take_segments(struct elffile *file, Elf *elf)
{
	size_t count = 0;
	GElf_Phdr header;
	if (elf_getphdrnum(elf, &count))
		return;
	for (size_t i = 0; i < count && i < PROGRAM_LIMIT; i++) {
		if (!gelf_getphdr(elf, (int)i, &header))
			return;
		if (header.p_type == PT_GNU_EH_FRAME)
			file->unwinding = header.p_vaddr;
		if (header.p_type != PT_LOAD || file->count == ELFFILE_SEGMENTS)
			continue;
		file->segments[file->count++] = (struct elffile_segment){
			.offset = header.p_offset,
			.address = header.p_vaddr,
			.size = header.p_filesz,
			.is_code = (header.p_flags & PF_X) != 0,
		};
	}
}

static bool is_function(const GElf_Sym *symbol)
{
	unsigned type = GELF_ST_TYPE(symbol->st_info);
	return (type == STT_FUNC || type == STT_GNU_IFUNC) &&
	       symbol->st_shndx != SHN_UNDEF && symbol->st_value != 0;
}

/* The functions of a symbol table. */
static void take_symbols(struct functions *functions, Elf_Data *data,
			 size_t count)
{
	GElf_Sym symbol;
	if (count > FUNCTIONS_LIMIT)
		count = FUNCTIONS_LIMIT;
	if (count == 0)
		return;
	functions->at = xcalloc(count, sizeof(*functions->at));
	for (size_t i = 0; i < count; i++) {
		if (!gelf_getsym(data, (int)i, &symbol))
			break;
		if (!is_function(&symbol))
			continue;
		functions->at[functions->count++] =
			(struct entry){.begin = symbol.st_value,
				       .size = symbol.st_size,
				       .name = symbol.st_name};
	}
	if (functions->count == 0) {
		free(functions->at);
		functions->at = NULL;
		return;
	}
	functions->at = xrealloc(functions->at,
				 functions->count * sizeof(*functions->at));
}

/* Takes the symbol table of that TYPE, if ELF has one with a function. */
static bool take_table(struct functions *functions, Elf *elf, int fd,
		       uint32_t type)
{
	GElf_Shdr header, names;
	Elf_Scn *section = NULL;
	size_t seen = 0;
	do
		section = elf_nextscn(elf, section);
	while (section && seen++ < SECTIONS_LIMIT &&
	       (!gelf_getshdr(section, &header) || header.sh_type != type));
	if (!section || seen > SECTIONS_LIMIT || header.sh_entsize == 0 ||
	    header.sh_size > TABLE_LIMIT ||
	    !gelf_getshdr(elf_getscn(elf, header.sh_link), &names) ||
	    names.sh_type != SHT_STRTAB)
		return false;
	Elf_Data *data = elf_getdata(section, NULL);
	if (!data)
		return false;
	take_symbols(functions, data, header.sh_size / header.sh_entsize);
	if (functions->count == 0)
		return false;
	functions->names_fd = fd;
	functions->names_at = names.sh_offset;
	functions->names_size = names.sh_size;
	return true;
}

/* The build ID among the notes of a program header. */
static size_t find_build_id(Elf *elf, const GElf_Phdr *header,
			    unsigned char id[BUILD_ID_LIMIT])
{
	GElf_Nhdr note;
	size_t at = 0, name, desc;
	if (header->p_type != PT_NOTE || header->p_filesz > NOTES_LIMIT)
		return 0;
	Elf_Data *data = elf_getdata_rawchunk(elf, (int64_t)header->p_offset,
					      header->p_filesz, ELF_T_NHDR);
	while (data && at < data->d_size &&
	       (at = gelf_getnote(data, at, &note, &name, &desc)) > 0) {
		const char *bytes = data->d_buf;
		if (note.n_type != NT_GNU_BUILD_ID || note.n_namesz != 4 ||
		    memcmp(bytes + name, "GNU", 4) != 0 || note.n_descsz < 2 ||
		    note.n_descsz > BUILD_ID_LIMIT)
			continue;
		memcpy(id, bytes + desc, note.n_descsz);
		return note.n_descsz;
	}
	return 0;
}

/*
 * Whether libelf may look at the file.  It makes a table of all sections, as
 * many as the file says, and a file with holes may be of any size: so a count
 * that only the first section holds, which is of 65,280 and more, is refused.
 */
static bool is_modest(int fd)
{
	union {
		unsigned char ident[EI_NIDENT];
		Elf32_Ehdr narrow;
		Elf64_Ehdr wide;
	} head;
	const unsigned char native = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
					     ? ELFDATA2LSB
					     : ELFDATA2MSB;
	if (pread(fd, &head, sizeof(head), 0) != sizeof(head) ||
	    memcmp(head.ident, ELFMAG, SELFMAG) != 0 ||
	    head.ident[EI_DATA] != native)
		return false;
	if (head.ident[EI_CLASS] == ELFCLASS32)
		return (head.narrow.e_shnum || !head.narrow.e_shoff) &&
		       head.narrow.e_phnum != PN_XNUM;
	return (head.wide.e_shnum || !head.wide.e_shoff) &&
	       head.wide.e_phnum != PN_XNUM;
}

static Elf *open_elf(int fd)
{
	return is_modest(fd) ? elf_begin(fd, ELF_C_READ, NULL) : NULL;
}

/* Opens the file of debugging information that belongs to ELF; -1: none. */
static int open_debug(Elf *elf)
{
	unsigned char id[BUILD_ID_LIMIT];
	char path[sizeof(DEBUG_DIR) + 2 * BUILD_ID_LIMIT + 16];
	size_t count = 0, size = 0;
	GElf_Phdr header;
	struct buf buf;
	if (elf_getphdrnum(elf, &count))
		return -1;
	for (size_t i = 0; i < count && i < PROGRAM_LIMIT && !size; i++)
		if (gelf_getphdr(elf, (int)i, &header))
			size = find_build_id(elf, &header, id);
	if (!size)
		return -1;
	buf_init(&buf, path, sizeof(path));
	buf_puts(&buf, DEBUG_DIR);
	for (size_t i = 0; i < size; i++)
		buf_printf(&buf, "%s%02x", i == 1 ? "/" : "", id[i]);
	buf_puts(&buf, ".debug");
	return open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
}

/* From a file that has more to say than what runs. */
static bool take_debug(struct functions *functions, Elf *of)
{
	int fd = open_debug(of);
	if (fd < 0)
		return false;
	Elf *elf = open_elf(fd);
	bool taken = elf && elf_kind(elf) == ELF_K_ELF &&
		     take_table(functions, elf, fd, SHT_SYMTAB);
	(void)elf_end(elf); /* counts who refers to it */
	if (!taken)
		(void)close(fd); /* only read */
	return taken;
}

static int compare_entries(const void *a, const void *b)
{
	const struct entry *x = a;
	const struct entry *y = b;
	if (x->begin != y->begin)
		return x->begin < y->begin ? -1 : 1;
	return (x->name > y->name) - (x->name < y->name);
}

struct functions *functions_new(int fd)
{
	GElf_Ehdr header;
	(void)elf_version(EV_CURRENT); /* it knows the current one */
	Elf *elf = open_elf(fd);
	if (!elf || elf_kind(elf) != ELF_K_ELF || !gelf_getehdr(elf, &header)) {
		(void)elf_end(elf); /* counts who refers to it */
		(void)close(fd);    /* only read */
		return NULL;
	}
	struct functions *functions = xcalloc(1, sizeof(*functions));
	functions->file.fd = functions->names_fd = fd;
	functions->file.machine = header.e_machine;
	take_segments(&functions->file, elf);
	if (!take_debug(functions, elf) &&
	    !take_table(functions, elf, fd, SHT_SYMTAB))
		(void)take_table(functions, elf, fd,
				 SHT_DYNSYM); /* or there are no names */
	(void)elf_end(elf);                   /* counts who refers to it */
	if (functions->count > 0)
		qsort(functions->at, functions->count, sizeof(*functions->at),
		      compare_entries);
	return functions;
}

void functions_free(struct functions *functions)
{
	if (!functions)
		return;
	if (functions->names_fd != functions->file.fd)
		(void)close(functions->names_fd); /* only read */
	(void)close(functions->file.fd);          /* only read */
	free(functions->at);
	free(functions);
}

size_t functions_bytes(const struct functions *functions)
{
	return sizeof(*functions) + functions->count * sizeof(*functions->at);
}

static bool has_address(const struct functions *functions, size_t i,
			uint64_t address)
{
	const struct entry *entry = &functions->at[i];
	if (entry->size)
		return address - entry->begin < entry->size;
	return i + 1 == functions->count ||
	       address < functions->at[i + 1].begin;
}

/* The entry of the function with ADDRESS, the last of its aliases; SIZE_MAX:
 * none. */
static size_t find_entry(const struct functions *functions, uint64_t address)
{
	size_t low = 0, high = functions->count;
	while (low < high) { /* the first that begins behind it */
		size_t middle = low + (high - low) / 2;
		if (functions->at[middle].begin <= address)
			low = middle + 1;
		else
			high = middle;
	}
	for (size_t i = 0; i < NESTING_LIMIT && i < low; i++)
		if (has_address(functions, low - 1 - i, address))
			return low - 1 - i;
	return SIZE_MAX;
}

/* What follows a name's "@" is its version. */
static size_t read_name(const struct functions *functions,
			const struct entry *entry,
			char text[EVENT_SYMBOL_LIMIT])
{
	if (entry->name >= functions->names_size)
		return 0;
	uint64_t left = functions->names_size - entry->name;
	size_t most = left < EVENT_SYMBOL_LIMIT ? left : EVENT_SYMBOL_LIMIT;
	ssize_t got = pread(functions->names_fd, text, most,
			    (off_t)(functions->names_at + entry->name));
	size_t size = got > 0 ? strnlen(text, (size_t)got) : 0;
	const char *version = memchr(text, '@', size);
	return version ? (size_t)(version - text) : size;
}

/* Of the names of one function that is taken which people know: with the fewest
 * underscores before it. */
static bool is_better(const char *text, size_t size,
		      const struct functions_name *than)
{
	size_t mine = 0, theirs = 0;
	while (mine < size && text[mine] == '_')
		mine++;
	while (theirs < than->size && than->text[theirs] == '_')
		theirs++;
	return size > 0 && (than->size == 0 || mine < theirs);
}

bool functions_find(const struct functions *functions, uint64_t offset,
		    struct functions_name *ret)
{
	char text[EVENT_SYMBOL_LIMIT];
	const struct elffile_segment *segment =
		elffile_code(&functions->file, offset - 1);
	if (!segment)
		return false;
	uint64_t address = offset - 1 - segment->offset + segment->address;
	size_t last = find_entry(functions, address);
	if (last == SIZE_MAX)
		return false;
	uint64_t begin = functions->at[last].begin;
	ret->begin = begin - segment->address + segment->offset;
	ret->size = 0;
	for (size_t i = 0; i < ALIASES_LIMIT && i <= last; i++) {
		const struct entry *entry = &functions->at[last - i];
		if (entry->begin != begin)
			break;
		size_t size = read_name(functions, entry, text);
		if (!is_better(text, size, ret))
			continue;
		memcpy(ret->text, text, size);
		ret->size = size;
	}
	return ret->size > 0;
}

uint32_t functions_slot(const struct functions *functions, uint64_t offset)
{
	const struct elffile_segment *segment =
		elffile_code(&functions->file, offset - 1);
	if (!segment)
		return EVENT_SLOT_UNKNOWN;
	return cfi_slot(&functions->file,
			offset - 1 - segment->offset + segment->address);
}
