/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/saver.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOBODY 65534

static char home[] = "/tmp/sctop-saver-XXXXXX";
static char path[128];

static void set_up(void)
{
	cr_assert_not_null(mkdtemp(home));
	(void)snprintf(path, sizeof(path), "%s/.config/sctop/sctoprc", home);
}

static void tear_down(void)
{
	char command[256];
	(void)snprintf(command, sizeof(command), "rm -rf '%s'", home);
	cr_assert_eq(system(command), 0);
}

TestSuite(saver, .init = set_up, .fini = tear_down);

/* Who owns the file that one saver writes, twice. */
static void write_as(uid_t uid, gid_t gid)
{
	struct saver *saver = NULL;
	struct stat found;
	cr_assert_eq(saver_start(&saver, uid, gid), 0);
	cr_assert_eq(saver_replace(saver, path, "theme = night\n"), 0);
	cr_assert_eq(saver_replace(saver, path, "theme = light\n"), 0);
	saver_free(saver);
	cr_assert_eq(stat(path, &found), 0);
	cr_expect_eq(found.st_uid, uid);
	cr_expect_eq(found.st_gid, gid);
	cr_expect_eq(found.st_size, 14);
	cr_expect_eq(found.st_mode & 0777, 0600);
}

Test(saver, files_are_those_of_the_user)
{
	if (geteuid() != 0)
		cr_skip_test("only root can become another");
	cr_assert_eq(chown(home, NOBODY, NOBODY), 0);
	write_as(NOBODY, NOBODY);
}

Test(saver, it_can_no_more_than_the_user)
{
	struct saver *saver = NULL;
	if (geteuid() != 0)
		cr_skip_test("only root can become another");
	cr_assert_eq(saver_start(&saver, NOBODY, NOBODY), 0);
	cr_expect_eq(saver_replace(saver, path, "x"), -EACCES);
	saver_free(saver);
}

Test(saver, none_is_needed_without_sudo_or_outside_the_home)
{
	struct saver *saver = NULL;
	unsetenv("SUDO_UID");
	cr_expect_eq(saver_new(&saver), 0);
	cr_expect_null(saver);
	setenv("SUDO_UID", "65534", 1);
	setenv("XDG_CONFIG_HOME", home, 1);
	cr_expect_eq(saver_new(&saver), 0);
	cr_expect_null(saver);
	cr_expect_eq(saver_replace(saver, path, "x"), 0);
}
