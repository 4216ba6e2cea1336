/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/keeper.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* Both ends of a pty. */
struct pair {
	int master, slave;
};

static struct pair open_pair(void)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	cr_assert_geq(master, 0);
	cr_assert_eq(grantpt(master), 0);
	cr_assert_eq(unlockpt(master), 0);
	int slave = open(ptsname(master), O_RDWR | O_NOCTTY | O_CLOEXEC);
	cr_assert_geq(slave, 0);
	return (struct pair){.master = master, .slave = slave};
}

Test(keeper, a_pty_hangs_up_without_it)
{
	struct pair pair = open_pair();
	close(pair.master);
	cr_assert_eq(write(pair.slave, "x", 1), -1);
}

Test(keeper, keeps_a_pty_alive_and_reads_what_comes, .timeout = 10)
{
	static const char line[] = "more than a pty holds unread\n";
	struct pair pair = open_pair();
	int link = -1;
	cr_assert_eq(keeper_start(&link, pair.master), 0);
	close(pair.master);
	close(link);
	for (int i = 0; i < 10000; i++)
		cr_assert_eq(write(pair.slave, line, sizeof(line) - 1),
			     (ssize_t)sizeof(line) - 1);
}
