/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/flags.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <errno.h>
#include <string.h>

#include "base/buf.h"

static char out[1024];

static char *on(enum abi abi, enum flags_set set, uint64_t value)
{
	struct buf buf;
	buf_init(&buf, out, sizeof(out));
	flags_print(&buf, set, value, abi);
	return out;
}

static char *shown(enum flags_set set, uint64_t value)
{
	return on(ABI_X86_64, set, value);
}

Test(flags, bits_are_joined_and_the_rest_is_a_number)
{
	cr_expect(
		eq(str, shown(FLAGS_PIPE2, 02004000), "O_NONBLOCK|O_CLOEXEC"));
	cr_expect(eq(str, shown(FLAGS_PIPE2, 02000001), "O_CLOEXEC|0x1"));
	cr_expect(eq(str, shown(FLAGS_PIPE2, 0), "0"));
	cr_expect(eq(str, shown(FLAGS_PIPE2, 6), "0x6 /* O_??? */"));
}

Test(flags, a_name_of_several_bits_goes_before_its_parts)
{
	cr_expect(eq(str, shown(FLAGS_PIPE2, 04010000), "O_SYNC"));
	cr_expect(eq(str, shown(FLAGS_PIPE2, 010000), "O_DSYNC"));
}

Test(flags, a_choice_inside_the_bits_has_one_name)
{
	cr_expect(eq(str, shown(FLAGS_OPEN, 0), "O_RDONLY"));
	cr_expect(eq(str, shown(FLAGS_OPEN, 02000001), "O_WRONLY|O_CLOEXEC"));
	cr_expect(eq(str, shown(FLAGS_MMAP_FLAGS, 0x22),
		     "MAP_PRIVATE|MAP_ANONYMOUS"));
	cr_expect(eq(str, shown(FLAGS_MMAP_FLAGS, 0x30),
		     "MAP_FILE|MAP_FIXED|MAP_ANONYMOUS"));
}

Test(flags, a_choice_without_name_has_a_comment_of_its_own)
{
	cr_expect(eq(str, shown(FLAGS_MMAP_FLAGS, 4), "0x4 /* MAP_??? */"));
	cr_expect(eq(str, shown(FLAGS_MMAP_FLAGS, 0x14),
		     "0x4 /* MAP_??? */|MAP_FIXED"));
}

Test(flags, a_number_inside_the_bits_comes_last)
{
	cr_expect(eq(str, shown(FLAGS_MMAP_FLAGS, 0x540c0022),
		     "MAP_PRIVATE|MAP_ANONYMOUS|MAP_HUGETLB|MAP_SYNC|"
		     "21<<MAP_HUGE_SHIFT"));
	cr_expect(eq(str, shown(FLAGS_MMAP_FLAGS, 0x100000002 | 30u << 26),
		     "MAP_PRIVATE|30<<MAP_HUGE_SHIFT"));
}

Test(flags, an_enumeration_has_one_name_or_a_comment)
{
	cr_expect(eq(str, shown(FLAGS_SEEK, 0), "SEEK_SET"));
	cr_expect(eq(str, shown(FLAGS_SEEK, 4), "SEEK_HOLE"));
	cr_expect(eq(str, shown(FLAGS_SEEK, 99), "0x63 /* SEEK_??? */"));
	cr_expect(eq(str, shown(FLAGS_SIGNAL, 0), "0"));
	cr_expect(eq(str, shown(FLAGS_SIGNAL, 65), "65"));
	cr_expect(eq(str, shown(FLAGS_SIGNAL, UINT64_MAX), "-1"));
}

Test(flags, the_rest_beside_a_choice_has_a_comment)
{
	cr_expect(eq(str, shown(FLAGS_SOCKET_TYPE, 1), "SOCK_STREAM"));
	cr_expect(eq(str, shown(FLAGS_SOCKET_TYPE, 0x80001),
		     "SOCK_STREAM|SOCK_CLOEXEC"));
	cr_expect(eq(str, shown(FLAGS_SOCKET_TYPE, 0x11),
		     "SOCK_STREAM|0x10 /* SOCK_??? */"));
	cr_expect(eq(str, shown(FLAGS_SOCKET_TYPE, 0x80011),
		     "SOCK_STREAM|SOCK_CLOEXEC|0x10"));
}

Test(flags, a_row_may_print_nothing)
{
	cr_expect(eq(str, shown(FLAGS_TTY_IFLAG, 0), ""));
	cr_expect(eq(str, shown(FLAGS_TTY_IFLAG, 0400), "ICRNL"));
	cr_expect(eq(str, shown(FLAGS_TTY_OFLAG, 0400),
		     "NL1|CR0|TAB0|BS0|VT0|FF0|"));
}

Test(flags, all_names_of_a_request_are_shown)
{
	cr_expect(eq(str, shown(FLAGS_IOCTL, 0x5401), "TCGETS"));
	cr_expect(eq(str, shown(FLAGS_IOCTL, 0x5402),
		     "SNDCTL_TMR_START or TCSETS"));
	cr_expect(eq(str, shown(FLAGS_IOCTL, 0x40049409),
		     "BTRFS_IOC_CLONE or FICLONE"));
	cr_expect(eq(str, shown(FLAGS_IOCTL, 0xffff), "0xffff"));
	cr_expect(
		eq(str, on(ABI_I386, FLAGS_IOCTL, 0x80041272), "BLKGETSIZE64"));
	cr_expect(eq(str, shown(FLAGS_IOCTL, 0x80041272), "0x80041272"));
}

Test(flags, a_name_may_be_a_comment_on_the_number)
{
	cr_expect(eq(str, shown(FLAGS_SYSLOG, 3),
		     "3 /* SYSLOG_ACTION_READ_ALL */"));
	cr_expect(
		eq(str, shown(FLAGS_SYSLOG, 99), "99 /* SYSLOG_ACTION_??? */"));
	cr_expect(eq(str, shown(FLAGS_PR_SCHED_CORE_SCOPE, 1),
		     "0x1 /* PIDTYPE_TGID */"));
}

Test(flags, a_set_can_be_like_another)
{
	cr_expect(eq(str, shown(FLAGS_LINKAT, 0x400), "AT_SYMLINK_FOLLOW"));
	cr_expect(eq(str, shown(FLAGS_SO_OPTION, 26), "SO_GET_FILTER"));
	cr_expect(eq(str, shown(FLAGS_SO_SETOPTION, 26), "SO_ATTACH_FILTER"));
	cr_expect(eq(str, shown(FLAGS_SO_SETOPTION, 9), "SO_KEEPALIVE"));
}

Test(flags, only_wide_sets_have_64_bits)
{
	cr_expect(eq(str, shown(FLAGS_SEEK, 0x700000001), "SEEK_CUR"));
	cr_expect(eq(str, shown(FLAGS_PIPE2, 0x700080000), "O_CLOEXEC"));
	cr_expect(eq(str, shown(FLAGS_MMAP_PROT, 0x100000001),
		     "PROT_READ|0x100000000"));
}

Test(flags, machines_differ)
{
	cr_expect(eq(str, on(ABI_X86_64, FLAGS_PIPE2, 040000), "O_DIRECT"));
	cr_expect(eq(str, on(ABI_ARM64, FLAGS_PIPE2, 040000), "O_DIRECTORY"));
	cr_expect(eq(str, on(ABI_I386, FLAGS_MMAP_FLAGS, 0x41),
		     "MAP_SHARED|MAP_32BIT"));
	cr_expect(eq(str, on(ABI_ARM64, FLAGS_MMAP_FLAGS, 0x41),
		     "MAP_SHARED|0x40"));
}

Test(flags, names_and_values_are_found_both_ways)
{
	uint64_t value = 0;
	cr_expect(eq(str, (char *)flags_name(FLAGS_SEEK, 2, ABI_I386),
		     "SEEK_END"));
	cr_expect(flags_name(FLAGS_SEEK, 9, ABI_X86_64) == NULL);
	cr_assert(flags_value(FLAGS_PIPE2, "O_DIRECT", ABI_ARM64, &value) == 0);
	cr_expect(eq(u64, value, 0200000));
	cr_expect(flags_value(FLAGS_MMAP_FLAGS, "MAP_32BIT", ABI_ARM64,
			      &value) == -ENOENT);
	cr_expect(flags_value(FLAGS_MMAP_FLAGS, "MAP_???", ABI_X86_64,
			      &value) == -ENOENT);
	cr_expect(eq(u64, value, 0200000));
}

Test(flags, sets_have_names)
{
	for (int set = 0; set < FLAGS_COUNT; set++)
		cr_expect(flags_by_name(flags_set_name((enum flags_set)set)) ==
			  set);
	cr_expect(flags_by_name("open") == FLAGS_OPEN);
	cr_expect(flags_by_name("opem") == -1);
}

Test(flags, parts_have_meanings)
{
	struct flags_walk walk;
	struct flags_part part;
	flags_walk_init(&walk, FLAGS_MMAP_FLAGS, 0x211, ABI_X86_64);
	cr_assert(flags_walk_next(&walk, &part));
	cr_expect(strcmp(part.name, "MAP_SHARED") == 0);
	cr_expect(eq(u64, part.bits, 1));
	cr_expect(strncmp(part.meaning, "changes are seen", 16) == 0);
	cr_assert(flags_walk_next(&walk, &part));
	cr_expect(strcmp(part.name, "MAP_FIXED") == 0);
	cr_expect(not(flags_walk_next(&walk, &part)));
	cr_expect(eq(u64, walk.rest, 0x200));

	flags_walk_init(&walk, FLAGS_SEEK, 1, ABI_X86_64);
	cr_assert(flags_walk_next(&walk, &part));
	cr_expect(strcmp(part.meaning, "from the current place") == 0);
	cr_expect(not(flags_walk_next(&walk, &part)));
	cr_expect(eq(u64, walk.rest, 0));
}

/* What the table says is what is printed: no row hides another, which would
 * be a mistake but for names of the same value and parts of longer names. */
Test(flags, every_row_finds_itself)
{
	struct flags_part part;
	for (int i = 0; i < FLAGS_COUNT * ABI_COUNT; i++) {
		enum flags_set set = (enum flags_set)(i / ABI_COUNT);
		enum abi abi = (enum abi)(i % ABI_COUNT);
		for (size_t row = 0; flags_row(set, row, abi, &part); row++) {
			uint64_t value = 0;
			if (!*part.name)
				continue;
			cr_expect(flags_value(set, part.name, abi, &value) ==
				  0);
			cr_expect(eq(u64, value, part.bits));
			cr_expect(flags_name(set, value, abi) != NULL,
				  "%s of %s on %d", part.name,
				  flags_set_name(set), (int)abi);
			cr_expect(strstr(on(abi, set, value), part.name) !=
						  NULL ||
					  strncmp(out, "0x", 2) != 0,
				  "%s prints as %s", part.name, out);
		}
	}
}
