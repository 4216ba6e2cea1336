/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/maker.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"

#define NOBODY 65534

static char dir[] = "/tmp/sctop-maker-XXXXXX";
static char path[128];

static void set_up(void)
{
	if (geteuid() != 0)
		cr_skip_test("only root has something to lose");
	unsetenv("SUDO_UID");
	unsetenv("SUDO_GID");
	cr_assert_not_null(mkdtemp(dir));
	(void)snprintf(path, sizeof(path), "%s/rec", dir);
}

static void tear_down(void)
{
	char command[256];
	(void)snprintf(command, sizeof(command), "rm -rf '%s'", dir);
	cr_assert_eq(system(command), 0);
}

TestSuite(maker, .init = set_up, .fini = tear_down);

/* As if all privileges were given up. */
static void become_nobody(void)
{
	cr_assert_eq(seteuid(NOBODY), 0);
}

static void become_root(void)
{
	cr_assert_eq(seteuid(0), 0);
}

static struct stat made(struct maker *maker)
{
	struct stat found = {0};
	struct err err = {0};
	become_nobody();
	int fd = maker_make(maker, path, &err);
	become_root();
	cr_assert_geq(fd, 0, "%s", err.text);
	cr_assert_eq(write(fd, "x", 1), 1);
	cr_assert_eq(close(fd), 0);
	cr_assert_eq(stat(path, &found), 0);
	cr_expect_eq(found.st_mode & 07777, 0600);
	cr_expect_eq(found.st_size, 1);
	return found;
}

Test(maker, makes_what_could_be_made_at_the_start)
{
	struct maker *maker = NULL;
	struct err err = {0};
	cr_assert_eq(maker_new(&maker), 0);
	become_nobody();
	cr_assert_eq(maker_make(NULL, path, &err), -EACCES);
	become_root();
	cr_expect_eq(made(maker).st_uid, 0);
	maker_free(maker);
}

Test(maker, gives_it_to_who_called_sudo)
{
	struct maker *maker = NULL;
	setenv("SUDO_UID", "65534", 1);
	setenv("SUDO_GID", "65533", 1);
	cr_assert_eq(maker_new(&maker), 0);
	struct stat found = made(maker);
	cr_expect_eq(found.st_uid, 65534);
	cr_expect_eq(found.st_gid, 65533);
	maker_free(maker);
}

Test(maker, writes_over_nothing_and_follows_no_link)
{
	struct maker *maker = NULL;
	struct err err = {0};
	char target[128];
	(void)snprintf(target, sizeof(target), "%s/target", dir);
	cr_assert_eq(symlink(target, path), 0);
	cr_assert_eq(maker_new(&maker), 0);
	cr_expect_eq(maker_make(maker, path, &err), -EEXIST);
	cr_expect_not_null(strstr(err.text, "never written over"), "%s",
			   err.text);
	cr_expect_eq(access(target, F_OK), -1);
	cr_expect_eq(maker_make(maker, "/nowhere/rec", &err), -ENOENT);
	cr_expect_not_null(strstr(err.text, "/nowhere/rec"), "%s", err.text);
	maker_free(maker);
}
