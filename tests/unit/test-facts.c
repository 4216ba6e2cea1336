/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/facts.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "abi/syscall.h"

static struct facts parse(const char *text)
{
	struct facts facts;
	facts_parse(&facts, text, strlen(text));
	return facts;
}

Test(facts, are_read_line_by_line)
{
	struct facts facts = parse("host\tbox\nrelease\t6.18.0\nremarks\t1\n"
				   "user\t1000\tann\nlink\t2\teth0\n"
				   "filter\tret < 0\nzone\tEurope/Berlin\n");
	cr_assert(eq(str, facts.host, "box"));
	cr_assert(eq(str, facts.release, "6.18.0"));
	cr_assert(facts.remarks);
	cr_assert(eq(sz, facts.users.count, 1));
	cr_assert(eq(u32, facts.users.at[0].id, 1000));
	cr_assert(eq(str, facts.users.at[0].name, "ann"));
	cr_assert(eq(str, facts.links.at[0].name, "eth0"));
	cr_assert(eq(str, facts.filter, "ret < 0"));
	cr_assert(eq(str, facts.zone.name, "Europe/Berlin"));
	facts_done(&facts);
}

Test(facts, are_passed_over_where_they_are_none)
{
	struct facts facts = parse("\n\t\nhost\nnovel\tthing\nuser\tx\ty\n"
				   "user\t1\nuser\t4294967296\tbig\n"
				   "call\tgetpid\nhost\tcut");
	cr_assert(eq(str, facts.host, "")); /* its line has no end */
	cr_assert(zero(sz, facts.users.count));
	cr_assert(zero(sz, facts.carried.list.count));
	facts_done(&facts);
}

Test(facts, cannot_hold_what_harms_a_terminal)
{
	struct facts facts = parse("host\t\\x1b[31mred\n"
				   "command\tcat \\x1b]0;x\\x07\n");
	cr_assert(eq(str, facts.host, "\\x1b[31mred"));
	cr_assert(eq(str, facts.command, "cat \\x1b]0;x\\x07"));
	facts_done(&facts);
}

Test(facts, leave_names_for_the_model_as_they_are)
{
	struct facts facts = parse("user\t1000\tHOME\\x5cann\n"
				   "link\t2\tv\\x5c0\n");
	cr_assert(eq(str, facts.users.at[0].name, "HOME\\ann"));
	cr_assert(eq(str, facts.links.at[0].name, "v\\0"));
	facts_done(&facts);
}

static struct catalogue *catalogue_of(const char *text)
{
	struct facts facts = parse(text);
	struct catalogue *cat = NULL;
	const struct catalogue_config config = {
		.events_fd = -1,
		.native = ABI_X86_64,
		.carried = &facts.carried,
	};
	cr_assert(zero(i32, catalogue_new(&cat, &config, NULL)));
	facts_done(&facts);
	return cat;
}

Test(facts, make_the_catalogue_of_the_recorded_kernel)
{
	struct catalogue *cat = catalogue_of(
		"list\tkernel\n"
		"call\topenat\topenat\t257\tint\tdfd\tconst char *\tfilename\n"
		"call\tfrobnicate\tfrobnicate\t490\tint\tfd\tint\twhat\n");
	uint32_t index = catalogue_by_name(cat, "frobnicate");
	cr_assert(eq(u32, catalogue_by_nr(cat, 490, false), index));
	cr_assert(
		eq(str, (char *)catalogue_get(cat, index)->args[0].name, "fd"));
	index = catalogue_by_name(cat, "openat");
	cr_assert(eq(u32, catalogue_get(cat, index)->nargs, 2));
	index = catalogue_by_name(cat, "close"); /* that kernel lacked it */
	cr_assert(eq(i32, catalogue_get(cat, index)->presence, SYSCALL_ABSENT));
	catalogue_free(cat);
}

Test(facts, leave_what_our_table_knows_where_no_kernel_said_it)
{
	struct catalogue *cat =
		catalogue_of("list\tbuilt-in\n"
			     "call\topenat\topenat\t257\tint\tnothing\n"
			     "call\tfrobnicate\tfrobnicate\t490\tint\tfd\n");
	uint32_t index = catalogue_by_name(cat, "openat");
	cr_assert(eq(u32, catalogue_get(cat, index)->nargs, 4));
	index = catalogue_by_name(cat, "frobnicate");
	cr_assert(eq(u32, catalogue_by_nr(cat, 490, false), index));
	cr_assert(eq(u32, catalogue_get(cat, index)->nargs, 1));
	catalogue_free(cat);
}

Test(facts, take_no_name_of_a_call_that_is_none)
{
	struct catalogue *cat = catalogue_of("call\tevil\x1b\tevil\x1b\t490\n"
					     "call\tok\tevil name\t491\n"
					     "call\tok\tok\t492\tint\x1b\tx\n");
	cr_assert(eq(u32, catalogue_by_name(cat, "ok"), SYSCALL_NONE));
	cr_assert(
		eq(str,
		   (char *)catalogue_get(cat, catalogue_by_nr(cat, 490, false))
			   ->name,
		   "syscall_0x1ea"));
	catalogue_free(cat);
}
