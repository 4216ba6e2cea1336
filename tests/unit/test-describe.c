/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/describe.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "abi/syscall.h"

static struct control_list list_of(const char *name,
				   const struct describe_config *config)
{
	struct catalogue *cat = NULL;
	struct catalogue_config built_in = {.events_fd = -1,
					    .native = ABI_X86_64};
	struct control_desc desc = {0};
	cr_assert(eq(int, catalogue_new(&cat, &built_in, NULL), 0));
	uint32_t index = catalogue_by_name(cat, name);
	cr_assert(ne(u32, index, SYSCALL_NONE));
	describe_call(&desc, catalogue_get(cat, index), false, config);
	catalogue_free(cat);
	return desc.list;
}

/* What the command VALUE of a call copies. */
static struct control_list command_of(const char *name, uint64_t value)
{
	const struct describe_config fds = {.string_limit = 32, .fds = true};
	const struct catalogue_config built_in = {.events_fd = -1,
						  .native = ABI_X86_64};
	struct catalogue *cat = NULL;
	struct control_list list = {0};
	cr_assert(eq(int, catalogue_new(&cat, &built_in, NULL), 0));
	const struct syscall *sc =
		catalogue_get(cat, catalogue_by_name(cat, name));
	for (unsigned i = 0; i < sc->command_count && !list.count; i++) {
		if (sc->commands[i].value[ABI_X86_64] == value)
			describe_command(&list, sc, &sc->commands[i], false,
					 &fds);
	}
	catalogue_free(cat);
	return list;
}

/* Its operation COPY; a text if there is none. */
static struct control_op command_op(const char *name, uint64_t value,
				    enum control_copy copy)
{
	const struct control_list list = command_of(name, value);
	for (unsigned i = 0; i < list.count; i++) {
		if (list.ops[i].copy == copy)
			return list.ops[i];
	}
	return (struct control_op){.copy = CONTROL_COPY_STRING};
}

/* How many arguments and results of it are descriptors. */
static unsigned descriptors_of(const char *name, uint64_t value)
{
	const struct control_list list = command_of(name, value);
	unsigned n = 0;
	for (unsigned i = 0; i < list.count; i++)
		n += list.ops[i].copy == CONTROL_COPY_FD;
	return n;
}

static const struct describe_config plain = {.string_limit = 32};

Test(describe, a_path_is_copied_whole_when_the_call_begins)
{
	struct control_list list = list_of("openat", &plain);
	cr_assert(eq(int, list.count, 1));
	cr_expect(eq(int, list.when, CONTROL_AT_ENTRY));
	cr_expect(eq(int, list.ops[0].arg, 1));
	cr_expect(eq(int, list.ops[0].copy, CONTROL_COPY_STRING));
	cr_expect(gt(int, list.ops[0].limit, 1024));
}

Test(describe, a_buffer_is_copied_up_to_the_string_limit)
{
	struct control_list list = list_of("write", &plain);
	cr_assert(eq(int, list.count, 1));
	cr_expect(eq(int, list.ops[0].arg, 1));
	cr_expect(eq(int, list.ops[0].copy, CONTROL_COPY_BYTES));
	cr_expect(eq(int, list.ops[0].when, CONTROL_AT_ENTRY));
	cr_expect(eq(int, list.ops[0].from, CONTROL_FROM_ARG));
	cr_expect(eq(int, list.ops[0].value, 2));
	cr_expect(eq(int, list.ops[0].size, 1));
	cr_expect(eq(int, list.ops[0].limit, 32));
}

Test(describe, of_a_buffer_that_is_not_shown_a_byte_is_copied)
{
	const struct describe_config none = {.string_limit = 0};
	struct control_list list = list_of("write", &none);
	cr_assert(eq(int, list.count, 1));
	cr_expect(eq(int, list.ops[0].limit, 1));
}

Test(describe, what_the_kernel_writes_is_copied_when_the_call_ends)
{
	struct control_list list = list_of("read", &plain);
	cr_assert(eq(int, list.count, 1));
	cr_expect(eq(int, list.ops[0].when, CONTROL_AT_EXIT));
	cr_expect(eq(int, list.ops[0].from, CONTROL_FROM_RESULT));
}

Test(describe, descriptors_are_looked_up_only_where_asked_for)
{
	const struct describe_config fds = {.string_limit = 32, .fds = true};
	cr_expect(eq(int, list_of("close", &plain).count, 0));
	struct control_list list = list_of("close", &fds);
	cr_assert(eq(int, list.count, 1));
	cr_expect(eq(int, list.ops[0].copy, CONTROL_COPY_FD));
}

Test(describe, the_upper_half_of_a_count_that_is_an_int_is_ignored)
{
	struct control_list list = list_of("poll", &plain);
	cr_assert(ge(int, list.count, 1));
	cr_expect(eq(int, list.ops[0].from, CONTROL_FROM_ARG_32));
	cr_expect(eq(int, list.ops[0].value, 1));
	cr_expect(eq(int, list.ops[0].size, 8));
	cr_expect(eq(int, list.ops[0].limit, 33 * 8));
}

Test(describe, a_path_comes_before_what_may_fill_the_row)
{
	const struct syscall call = {
		.native = ABI_X86_64,
		.nargs = 2,
		.args = {{.name = "buffer",
			  .spec = {.kind = ARG_BYTES,
				   .direction = ARGTYPE_IN,
				   .from = ARGTYPE_CONST,
				   .count = 2000}},
			 {.name = "path", .spec = {.kind = ARG_PATH}}},
	};
	struct control_desc desc = {0};
	describe_call(&desc, &call, false, &plain);
	cr_assert(eq(int, desc.list.count, 2));
	cr_expect(eq(int, desc.list.ops[0].arg, 1));
	cr_expect(eq(int, desc.list.ops[0].copy, CONTROL_COPY_STRING));
	cr_expect(eq(int, desc.list.ops[1].arg, 0));
	cr_expect(eq(int, desc.list.ops[1].copy, CONTROL_COPY_BYTES));
}

Test(describe, a_result_that_is_a_descriptor_is_looked_up_at_the_end)
{
	const struct describe_config fds = {.string_limit = 32, .fds = true};
	struct control_list list = list_of("dup", &fds);
	cr_assert(eq(int, list.count, 2));
	cr_expect(eq(int, list.ops[1].copy, CONTROL_COPY_FD));
	cr_expect(eq(int, list.ops[1].when, CONTROL_AT_EXIT));
	cr_expect(eq(int, list.ops[1].from, CONTROL_FROM_RESULT));
}

/* The operation that looks descriptors up in memory; a text if there is none.
 */
static struct control_op in_memory(const char *name)
{
	const struct describe_config fds = {.string_limit = 32, .fds = true};
	const struct control_list list = list_of(name, &fds);
	for (unsigned i = 0; i < list.count; i++) {
		if (list.ops[i].copy == CONTROL_COPY_FDS ||
		    list.ops[i].copy == CONTROL_COPY_FDSET)
			return list.ops[i];
	}
	return (struct control_op){.copy = CONTROL_COPY_STRING};
}

Test(describe,
     descriptors_that_are_waited_for_are_looked_up_when_they_are_asked)
{
	struct control_op op = in_memory("poll");
	cr_expect(eq(int, op.copy, CONTROL_COPY_FDS));
	cr_expect(eq(int, op.size, 8));
	cr_expect(eq(int, op.when, CONTROL_AT_ENTRY));
	op = in_memory("select");
	cr_expect(eq(int, op.copy, CONTROL_COPY_FDSET));
	cr_expect(eq(int, op.when, CONTROL_AT_ENTRY));
}

Test(describe, descriptors_that_a_call_makes_are_looked_up_when_it_ends)
{
	struct control_op op = in_memory("pipe");
	cr_expect(eq(int, op.copy, CONTROL_COPY_FDS));
	cr_expect(eq(int, op.size, 4));
	cr_expect(eq(int, op.value, 2));
	cr_expect(eq(int, op.when, CONTROL_AT_EXIT));
}

Test(describe, requests_are_copied_with_what_they_write)
{
	struct control_list list = list_of("io_submit", &plain);
	cr_assert(eq(int, list.count, 1));
	cr_expect(eq(int, list.ops[0].copy, CONTROL_COPY_IOCBS));
	cr_expect(eq(int, list.ops[0].when, CONTROL_AT_ENTRY));
	cr_expect(eq(int, list.ops[0].from, CONTROL_FROM_ARG));
	cr_expect(eq(int, list.ops[0].limit, 32));
}

Test(describe, descriptors_of_another_process_are_looked_up_there)
{
	const struct describe_config fds = {.string_limit = 32, .fds = true};
	struct control_list list = list_of("pidfd_getfd", &fds);
	cr_assert(eq(int, list.count, 3)); /* and the result */
	cr_expect(eq(int, list.ops[0].limit, CONTROL_OF_CALLER));
	cr_expect(eq(int, list.ops[1].arg, 1));
	cr_expect(eq(int, list.ops[1].limit, CONTROL_OF_PIDFD | 0));
}

Test(describe, a_descriptor_behind_a_pointer_of_a_structure_is_looked_up)
{
	const struct describe_config fds = {.string_limit = 32, .fds = true};
	struct control_list list = list_of("clone3", &fds);
	unsigned i = 0;
	while (i < list.count && list.ops[i].copy != CONTROL_COPY_FD_BEHIND)
		i++;
	cr_assert(lt(int, i, list.count));
	cr_expect(eq(int, list.ops[i].when, CONTROL_AT_EXIT));
	cr_expect(eq(int, list.ops[i].offset, 8));
	cr_expect(eq(int, list.ops[i].from, CONTROL_FROM_CONST));
	cr_expect(eq(int, list.ops[i].value, 1));
}

static void expect_room(const struct syscall *sc, bool compat,
			const struct describe_config *config)
{
	struct control_desc desc = {0};
	describe_call(&desc, sc, compat, config);
	cr_expect(lt(int, desc.list.count, CONTROL_OPS), "%s", sc->name);
	for (unsigned i = 0; i < sc->command_count; i++) {
		struct control_list list = {0};
		describe_command(&list, sc, &sc->commands[i], compat, config);
		cr_expect(lt(int, list.count, CONTROL_OPS), "%s, command %u",
			  sc->name, i);
	}
}

/* Of a list that is full nobody would know what did not fit. */
Test(describe, no_call_copies_as_much_as_a_list_has_room_for)
{
	const struct describe_config all = {.string_limit = 32, .fds = true};
	for (int native = ABI_X86_64; native <= ABI_ARM64; native++) {
		struct catalogue *cat = NULL;
		const struct catalogue_config built_in = {
			.events_fd = -1, .native = (enum abi)native};
		cr_assert(eq(int, catalogue_new(&cat, &built_in, NULL), 0));
		for (uint32_t i = 0; i < catalogue_count(cat); i++) {
			expect_room(catalogue_get(cat, i), false, &all);
			expect_room(catalogue_get(cat, i), true, &all);
		}
		catalogue_free(cat);
	}
}

Test(describe, descriptors_that_a_structure_points_to_are_looked_up)
{
	struct control_op op =
		command_op("io_uring_register", 6, CONTROL_COPY_FD_BEHIND);
	cr_expect(eq(int, op.copy, CONTROL_COPY_FD_BEHIND));
	cr_expect(eq(int, op.from, CONTROL_FROM_ARG_32));
	cr_expect(eq(int, op.value, 3));
}

Test(describe, descriptors_in_every_structure_of_an_array_are_looked_up)
{
	struct control_op op =
		command_op("io_uring_register", 20, CONTROL_COPY_FDS);
	cr_expect(eq(int, op.copy, CONTROL_COPY_FDS));
	cr_expect(eq(int, op.size, 16));
	cr_expect(eq(int, op.offset, 8));
	cr_expect(eq(int, op.from, CONTROL_FROM_ARG_32));
}

Test(describe, descriptors_of_a_program_that_is_loaded_are_looked_up)
{
	struct control_op op = command_op("bpf", 5, CONTROL_COPY_FDS);
	cr_expect(eq(int, op.copy, CONTROL_COPY_FDS));
	cr_expect(eq(int, op.from, CONTROL_FROM_CONST));
	cr_expect(eq(int, op.size, 4));
}

Test(describe, some_descriptors_are_arguments_of_one_command_only)
{
	cr_expect(eq(int, descriptors_of("waitid", 3), 1));
	cr_expect(eq(int, descriptors_of("waitid", 1), 0));
	cr_expect(eq(int, descriptors_of("fsconfig", 5), 2));
	cr_expect(eq(int, descriptors_of("fsconfig", 0), 1));
	cr_expect(eq(int, descriptors_of("ioctl", 0xae01), 2));
}

/* Whether a call first looks whether its descriptor is a netlink socket. */
static bool looks_for_netlink(const char *name)
{
	const struct control_list list = list_of(name, &plain);
	return list.count && list.ops[0].copy == CONTROL_COPY_NETLINK &&
	       list.ops[0].arg == 0 && list.ops[0].when == CONTROL_AT_ENTRY;
}

Test(describe, only_calls_that_move_a_socket_s_data_look_for_netlink)
{
	cr_expect(looks_for_netlink("sendto"));
	cr_expect(looks_for_netlink("recvfrom"));
	cr_expect(looks_for_netlink("sendmsg"));
	cr_expect(looks_for_netlink("recvmsg"));
	cr_expect(looks_for_netlink("sendmmsg"));
	cr_expect(looks_for_netlink("recvmmsg"));
	cr_expect(not(looks_for_netlink("write")));
	cr_expect(not(looks_for_netlink("readv")));
	cr_expect(not(looks_for_netlink("connect")));
	struct control_list list = list_of("sendto", &plain);
	cr_expect(eq(int, list.ops[1].copy, CONTROL_COPY_DATA));
	cr_expect(eq(int, list.ops[1].limit, 32));
}
