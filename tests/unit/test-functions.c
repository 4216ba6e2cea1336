/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/functions.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tests/lib/elfmade.h"

static struct functions *open_made(const struct elfmade_file *file)
{
	return functions_new(elfmade_open(file, sizeof(*file)));
}

/* "NAME+DISTANCE" of the place behind so many bytes of code, or "-". */
static const char *name_at(const struct functions *functions, uint64_t offset)
{
	static char text[EVENT_SYMBOL_LIMIT + 32];
	struct functions_name name;
	if (!functions_find(functions, ELFMADE_CODE + offset, &name))
		return "-";
	(void)snprintf(
		text, sizeof(text), "%.*s+%llu", (int)name.size, name.text,
		(unsigned long long)(ELFMADE_CODE + offset - name.begin));
	return text;
}

static void check_name(const struct functions *functions, uint64_t offset,
		       const char *expected)
{
	cr_expect(
		eq(str, (char *)name_at(functions, offset), (char *)expected));
}

Test(functions, are_found_by_the_place_behind_a_call)
{
	struct elfmade_file file;
	elfmade_init(&file);
	struct functions *functions = open_made(&file);
	cr_assert(ne(ptr, functions, NULL));
	check_name(functions, 0, "-");
	check_name(functions, 1, "start_it+1"); /* the plainer name */
	check_name(functions, 16, "start_it+16");
	check_name(functions, 17, "-");
	check_name(functions, 0x41, "outer+1");
	check_name(functions, 0x4a, "inner+2");
	check_name(functions, 0x52, "outer+18"); /* goes on behind it */
	check_name(functions, 0x180, "endless+128");
	check_name(functions, 0x1001, "-"); /* no code */
	functions_free(functions);
}

static void check_slot(const struct elfmade_file *file, uint64_t offset,
		       uint32_t expected)
{
	struct functions *functions = open_made(file);
	cr_expect(eq(u32, functions_slot(functions, ELFMADE_CODE + offset),
		     expected));
	functions_free(functions);
}

Test(functions, say_where_the_return_address_is)
{
	struct elfmade_file file;
	elfmade_init(&file);
	check_slot(&file, 1, 0);
	check_slot(&file, 4, 0);
	check_slot(&file, 5, 2);
	check_slot(&file, 9, EVENT_SLOT_FRAME);
	check_slot(&file, 33, EVENT_SLOT_UNKNOWN); /* behind the function */
}

Test(functions, say_nothing_by_unwinding_information_that_is_cut)
{
	struct elfmade_file file;
	for (size_t i = 20; i < 80; i++) { /* whatever is missing: no crash */
		elfmade_init(&file);
		memset(file.unwinding + i, 0xff, sizeof(file.unwinding) - i);
		struct functions *functions = open_made(&file);
		(void)functions_slot(functions, ELFMADE_CODE + 5);
		functions_free(functions);
	}
	elfmade_init(&file);
	file.segments[2].p_vaddr = UINT64_MAX - 3;
	check_slot(&file, 1, EVENT_SLOT_UNKNOWN);
}

Test(functions, without_symbols_have_no_names)
{
	struct elfmade_file file;
	elfmade_init(&file);
	file.head.e_shnum = 0;
	file.head.e_shoff = 0;
	struct functions *functions = open_made(&file);
	cr_assert(ne(ptr, functions, NULL));
	check_name(functions, 1, "-");
	functions_free(functions);
}

Test(functions, with_names_beyond_their_table_have_none)
{
	struct elfmade_file file;
	elfmade_init(&file);
	for (size_t i = 0; i < ELFMADE_SYMBOLS; i++)
		file.symbols[i].st_name += 0x10000;
	struct functions *functions = open_made(&file);
	check_name(functions, 1, "-");
	functions_free(functions);
}

Test(functions, of_a_table_larger_than_its_file_are_none)
{
	struct elfmade_file file;
	elfmade_init(&file);
	file.sections[1].sh_size = 1ull << 40;
	struct functions *functions = open_made(&file);
	cr_assert(ne(ptr, functions, NULL));
	check_name(functions, 1, "-");
	functions_free(functions);
}

Test(functions, of_a_file_cut_anywhere_do_no_harm)
{
	struct elfmade_file file;
	elfmade_init(&file);
	for (size_t size = 0; size < sizeof(file); size += 7) {
		struct functions *functions =
			functions_new(elfmade_open(&file, size));
		if (!functions)
			continue;
		(void)name_at(functions, 1);
		(void)functions_slot(functions, ELFMADE_CODE + 5);
		functions_free(functions);
	}
}

Test(functions, of_what_is_no_ELF_file_are_none)
{
	int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	cr_assert(ge(int, fd, 0));
	cr_expect(eq(ptr, functions_new(fd), NULL));
	cr_expect(eq(int, fcntl(fd, F_GETFD), -1)); /* it was closed */
}

/* A table of so many sections would be made of it. */
Test(functions, of_a_file_that_says_it_has_a_million_sections_are_none)
{
	struct elfmade_file file;
	elfmade_init(&file);
	file.head.e_shnum = 0; /* then the first section says how many */
	file.sections[0].sh_size = 1 << 20;
	int fd = elfmade_open(&file, sizeof(file));
	cr_assert(eq(int, ftruncate(fd, 1 << 27), 0));
	cr_expect(eq(ptr, functions_new(fd), NULL));
}
