/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/conf_file.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/conf.h"
#include "base/err.h"

static struct conf conf;
static char home[] = "/tmp/sctop-conf-XXXXXX";
static char path[128];
static char beside[160];

static void set_up(void)
{
	cr_assert_not_null(mkdtemp(home));
	setenv("XDG_CONFIG_HOME", home, 1);
	(void)snprintf(path, sizeof(path), "%s/sctop/sctoprc", home);
	(void)snprintf(beside, sizeof(beside), "%s.new", path);
}

static void tear_down(void)
{
	char command[256];
	(void)snprintf(command, sizeof(command), "rm -rf '%s'", home);
	cr_assert_eq(system(command), 0);
	conf_done(&conf);
}

TestSuite(conf_file, .init = set_up, .fini = tear_down);

static void make_directory(void)
{
	char dir[128];
	(void)snprintf(dir, sizeof(dir), "%s/sctop", home);
	cr_assert_eq(mkdir(dir, 0700), 0);
}

static void write_file(const char *text)
{
	FILE *file = fopen(path, "w");
	cr_assert_not_null(file);
	cr_assert_geq(fputs(text, file), 0);
	cr_assert_eq(fclose(file), 0);
}

static void expect_file(const char *name, const char *expected)
{
	char text[256] = "";
	FILE *file = fopen(name, "r");
	cr_assert_not_null(file, "%s", name);
	text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
	(void)fclose(file); /* only read from */
	cr_expect_str_eq(text, expected);
}

static void save(void)
{
	struct err err = {0};
	cr_assert_eq(conf_file_save(&conf, NULL, &err), 0, "%s", err.text);
}

Test(conf_file, none_is_as_good_as_an_empty_one)
{
	cr_expect_eq(conf_file_load(&conf, NULL), 0);
	cr_expect_eq(conf.count, 0);
}

Test(conf_file, comes_back_as_it_was_written)
{
	struct conf again = {0};
	conf_set(&conf, "theme", NULL, "night");
	save();
	cr_assert_eq(conf_file_load(&again, NULL), 0);
	cr_expect_str_eq(conf_get(&again, "theme", NULL), "night");
	conf_done(&again);
}

Test(conf_file, is_the_owners_alone_and_the_only_one)
{
	struct stat stat_;
	conf_set(&conf, "theme", NULL, "night");
	save();
	cr_assert_eq(stat(path, &stat_), 0);
	cr_expect_eq(stat_.st_mode & 0777, 0600);
	cr_expect_eq(access(beside, F_OK), -1);
}

Test(conf_file, what_another_wrote_meanwhile_stays)
{
	make_directory();
	write_file("theme = light\n");
	cr_assert_eq(conf_file_load(&conf, NULL), 0);
	write_file("# hers\nascii = yes\ntheme = blue\n");
	conf_set(&conf, "theme", NULL, "night");
	save();
	expect_file(path, "# hers\nascii = yes\ntheme = night\n");
}

Test(conf_file, nothing_is_written_through_a_link)
{
	char victim[128];
	(void)snprintf(victim, sizeof(victim), "%s/victim", home);
	make_directory();
	write_file("theme = blue\n");
	cr_assert_eq(rename(path, victim), 0);
	cr_assert_eq(symlink(victim, path), 0);
	cr_assert_eq(symlink(victim, beside), 0);
	cr_assert_eq(conf_file_load(&conf, NULL), 0);
	conf_set(&conf, "theme", NULL, "night");
	save();
	expect_file(victim, "theme = blue\n");
	expect_file(path, "theme = night\n");
}

Test(conf_file, root_writes_in_no_directory_that_is_a_link_or_anothers)
{
	struct err err = {0};
	char dir[128], other[128];
	if (geteuid() != 0)
		cr_skip_test("only root is careful");
	(void)snprintf(dir, sizeof(dir), "%s/sctop", home);
	(void)snprintf(other, sizeof(other), "%s/cron.d", home);
	cr_assert_eq(mkdir(other, 0700), 0);
	cr_assert_eq(symlink(other, dir), 0);
	conf_set(&conf, "theme", NULL, "night");
	cr_expect_neq(conf_file_save(&conf, NULL, &err), 0);
	cr_assert_eq(unlink(dir), 0);
	make_directory();
	cr_assert_eq(chown(dir, 1, 1), 0);
	cr_expect_neq(conf_file_save(&conf, NULL, &err), 0);
	cr_assert_eq(chown(dir, 0, 0), 0);
	save();
}

Test(conf_file, one_that_cannot_be_read_is_not_replaced)
{
	struct err err = {0};
	make_directory();
	cr_assert_eq(mkdir(path, 0700), 0);
	cr_expect_lt(conf_file_load(&conf, &err), 0);
	cr_expect(strstr(err.text, path) != NULL, "%s", err.text);
	conf_set(&conf, "theme", NULL, "night");
	cr_expect_lt(conf_file_save(&conf, NULL, &err), 0);
	cr_expect(strstr(err.text, "--no-save") != NULL, "%s", err.text);
	cr_expect_eq(rmdir(path), 0);
}

Test(conf_file, a_fifo_does_not_keep_us_waiting)
{
	make_directory();
	cr_assert_eq(mkfifo(path, 0600), 0);
	cr_expect_lt(conf_file_load(&conf, NULL), 0);
}

Test(conf_file, is_in_the_home_directory_where_no_variable_says)
{
	char name[CONF_FILE_PATH_SIZE];
	setenv("HOME", "/home/ann", 1);
	setenv("XDG_CONFIG_HOME", "relative", 1);
	cr_assert_eq(conf_file_path(name), 0);
	cr_expect_str_eq(name, "/home/ann/.config/sctop/sctoprc");
	unsetenv("HOME");
	cr_expect_eq(conf_file_path(name), -ENOENT);
}
