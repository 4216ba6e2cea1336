/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/sysset.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "abi/syscall.h"
#include "base/err.h"

static struct catalogue *cat;
static struct sysset *set;

static void init(void)
{
	struct catalogue_config config = {.events_fd = -1,
					  .native = ABI_X86_64};
	cr_assert(eq(int, catalogue_new(&cat, &config, NULL), 0));
	set = sysset_new(cat);
}

static void fini(void)
{
	sysset_free(set);
	catalogue_free(cat);
}

TestSuite(sysset, .init = init, .fini = fini);

static bool has(const char *name)
{
	return sysset_has(set, catalogue_by_name(cat, name));
}

static void parse(const char *spec)
{
	struct err err = {0};
	cr_expect(eq(int, sysset_parse(set, spec, &err), 0), "%s: %s", spec,
		  err.text);
}

static const char *complaint(const char *spec)
{
	static struct err err;
	cr_expect(eq(int, sysset_parse(set, spec, &err), -EINVAL), "%s", spec);
	return err.text;
}

static const char *printed(void)
{
	static char text[8192];
	sysset_print(set, text, sizeof(text));
	return text;
}

Test(sysset, is_empty_at_first)
{
	cr_expect(eq(u32, sysset_count(set), 0));
	cr_expect(not(has("openat")));
	cr_expect(eq(str, (char *)printed(), "none"));
}

Test(sysset, takes_names_and_aliases)
{
	parse("openat,newstat,read");
	cr_expect(eq(str, (char *)printed(), "openat,read,stat"));
	cr_expect(eq(u32, sysset_count(set), 3));
}

Test(sysset, adds_up)
{
	parse("openat");
	parse("read");
	cr_expect(eq(str, (char *)printed(), "openat,read"));
	parse("!openat");
	cr_expect(eq(str, (char *)printed(), "read"));
}

Test(sysset, begins_with_all_when_the_first_item_takes_out)
{
	parse("!openat,!read");
	cr_expect(eq(str, (char *)printed(), "all,!openat,!read"));
	cr_expect(has("write"));
	cr_expect(not(has("read")));
}

Test(sysset, items_take_effect_in_order)
{
	parse("%network,!connect,!%desc,read");
	cr_expect(has("accept"));
	cr_expect(not(has("connect")));
	cr_expect(has("read"));
	cr_expect(not(has("write")));
	parse("none,write");
	cr_expect(eq(str, (char *)printed(), "write"));
}

Test(sysset, takes_globs)
{
	parse("rename*");
	cr_expect(eq(str, (char *)printed(), "rename,renameat,renameat2"));
	parse("!renameat?");
	cr_expect(eq(str, (char *)printed(), "rename,renameat"));
}

Test(sysset, takes_regular_expressions_with_commas)
{
	parse("/^rename(at){0,1}$/,/^r(ea|x)d$/");
	cr_expect(eq(str, (char *)printed(), "read,rename,renameat"));
	parse("!/^re/");
	cr_expect(eq(str, (char *)printed(), "none"));
}

Test(sysset, forgives_unknown_names_when_asked)
{
	parse("?frobnicate,read,?frob*,?%frobs,?/^frob/");
	cr_expect(eq(str, (char *)printed(), "read"));
	parse("!?frobnicate");
	cr_expect(eq(str, (char *)printed(), "read"));
}

Test(sysset, picks_32_bit_calls_by_name)
{
	parse("mmap2");
	cr_expect(has("mmap2"));
	cr_expect(eq(u32, sysset_count(set), 0));
	cr_expect(eq(str, (char *)printed(), "i386:mmap2"));
	parse("none,umount");
	cr_expect(eq(str, (char *)printed(), "i386:umount,umount2"));
	parse("none,i386:umount");
	cr_expect(eq(str, (char *)printed(), "i386:umount"));
}

Test(sysset, is_useful_if_a_program_here_can_make_a_call_of_it)
{
	cr_expect(not(sysset_is_useful(set)));
	parse("?frobnicate");
	cr_expect(not(sysset_is_useful(set)));
	parse("mmap2");
	cr_expect(sysset_is_useful(set));
	parse("none,read");
	cr_expect(sysset_is_useful(set));
	parse("none");
	cr_expect(not(sysset_is_useful(set)));
}

Test(sysset, all_includes_numbers_seen_later)
{
	parse("all");
	cr_expect(sysset_has(set, catalogue_by_nr(cat, 999, false)));
	cr_expect(eq(str, (char *)printed(), "all"));
	parse("!?syscall_0x3e7");
	cr_expect(not(sysset_has(set, catalogue_by_nr(cat, 999, false))));
	cr_expect(eq(str, (char *)printed(), "all,!?syscall_0x3e7"));
	parse("none");
	cr_expect(not(sysset_has(set, catalogue_by_nr(cat, 1000, false))));
}

Test(sysset, puts_single_calls)
{
	uint32_t later = catalogue_by_nr(cat, 999, false);
	sysset_put(set, later, true);
	cr_expect(sysset_has(set, later));
	cr_expect(not(has("read")));
	sysset_put(set, later, false);
	cr_expect(not(sysset_has(set, later)));
}

Test(sysset, default_set_starts_and_ends_processes_but_does_not_read)
{
	sysset_add_default(set);
	cr_expect(has("execve"));
	cr_expect(has("openat"));
	cr_expect(has("kill"));
	cr_expect(not(has("read")));
	cr_expect(eq(u32, sysset_count(set), 61));
}

Test(sysset, says_what_is_wrong)
{
	cr_expect(eq(str, (char *)complaint("opne"),
		     "\"opne\" is not a syscall of this kernel; did you mean "
		     "\"open\""));
	cr_expect(eq(str, (char *)complaint("read,completely_different"),
		     "\"completely_different\" is not a syscall of this "
		     "kernel; see sctop -l"));
	cr_expect(eq(str, (char *)complaint("frob*"),
		     "\"frob*\" matches no syscall"));
	cr_expect(eq(str, (char *)complaint("/frob/"),
		     "\"/frob/\" matches no syscall"));
	cr_expect(eq(str, (char *)complaint("/frob"),
		     "\"/frob\" is not a regular expression between slashes"));
	cr_expect(eq(str, (char *)complaint("%frobs"),
		     "\"%frobs\" is not a class of syscalls: %file, %desc, "
		     "%network, %process, %memory, %signal, %time, %ipc, "
		     "%creds, %sched, %system, %other"));
	cr_expect(eq(str, (char *)complaint("read,"),
		     "an empty name in a list of syscalls"));
	cr_expect(eq(str, (char *)complaint(""),
		     "an empty name in a list of syscalls"));
	const char *text = complaint("/(/");
	cr_expect(eq(int,
		     strncmp(text, "\"/(/\" is not a regular expression: ", 35),
		     0),
		  "%s", text);
}

Test(sysset, is_unchanged_by_a_wrong_specification)
{
	parse("read");
	complaint("write,opne");
	complaint("!read,opne");
	cr_expect(eq(str, (char *)printed(), "read"));
}

Test(sysset, what_it_prints_parses_back)
{
	parse("%file,!openat,mmap2,all,!%time");
	char text[8192];
	snprintf(text, sizeof(text), "%s", printed());
	struct sysset *copy = sysset_new(cat);
	cr_expect(eq(int, sysset_parse(copy, text, NULL), 0));
	for (uint32_t i = 0; i < catalogue_count(cat); i++)
		cr_expect(eq(int, sysset_has(copy, i), sysset_has(set, i)));
	sysset_free(copy);
}
