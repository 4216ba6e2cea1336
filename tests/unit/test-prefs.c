/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/prefs.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "abi/syscall.h"
#include "abi/sysset.h"
#include "base/err.h"

static struct catalogue *catalogue;
static char home[] = "/tmp/sctop-prefs-XXXXXX";

static void set_up(void)
{
	const struct catalogue_config config = {.events_fd = -1,
						.native = ABI_X86_64};
	cr_assert_eq(catalogue_new(&catalogue, &config, NULL), 0);
	cr_assert_not_null(mkdtemp(home));
	setenv("XDG_STATE_HOME", home, 1);
}

static void tear_down(void)
{
	char command[256];
	(void)snprintf(command, sizeof(command), "rm -rf '%s'", home);
	cr_assert_eq(system(command), 0);
	catalogue_free(catalogue);
}

TestSuite(prefs, .init = set_up, .fini = tear_down);

static void write_file(const char *text)
{
	char path[256];
	(void)snprintf(path, sizeof(path), "%s/sctop", home);
	cr_assert_eq(mkdir(path, 0700), 0);
	(void)snprintf(path, sizeof(path), "%s/sctop/ticks", home);
	FILE *file = fopen(path, "w");
	cr_assert_not_null(file);
	cr_assert_geq(fputs(text, file), 0);
	cr_assert_eq(fclose(file), 0);
}

static bool has(const struct sysset *set, const char *name)
{
	return sysset_has(set, catalogue_by_name(catalogue, name));
}

Test(prefs, remembers_what_was_ticked)
{
	struct sysset *saved = sysset_new(catalogue);
	struct sysset *loaded = sysset_new(catalogue);
	cr_assert_eq(sysset_parse(saved, "openat,read,futex", NULL), 0);
	cr_assert_eq(prefs_save_ticks(saved, NULL, NULL), 0);
	cr_assert_eq(prefs_load_ticks(loaded), 0);
	cr_assert(has(loaded, "openat"));
	cr_assert(has(loaded, "futex"));
	cr_assert_eq(sysset_count(loaded), 3);
	sysset_free(saved);
	sysset_free(loaded);
}

Test(prefs, remembers_that_nothing_was_ticked)
{
	struct sysset *saved = sysset_new(catalogue);
	struct sysset *loaded = sysset_new(catalogue);
	cr_assert_eq(prefs_save_ticks(saved, NULL, NULL), 0);
	cr_assert_eq(prefs_load_ticks(loaded), 0);
	cr_assert_eq(sysset_count(loaded), 0);
	sysset_free(saved);
	sysset_free(loaded);
}

Test(prefs, remembers_every_call_at_once)
{
	struct sysset *saved = sysset_new(catalogue);
	struct sysset *loaded = sysset_new(catalogue);
	cr_assert_eq(sysset_parse(saved, "all", NULL), 0);
	cr_assert_eq(prefs_save_ticks(saved, NULL, NULL), 0);
	cr_assert_eq(prefs_load_ticks(loaded), 0);
	cr_assert_eq(sysset_count(loaded), sysset_count(saved));
	sysset_free(saved);
	sysset_free(loaded);
}

Test(prefs, says_when_nothing_is_remembered)
{
	struct sysset *set = sysset_new(catalogue);
	cr_assert_eq(prefs_load_ticks(set), -ENOENT);
	sysset_free(set);
}

Test(prefs, passes_over_names_of_another_kernel)
{
	struct sysset *set = sysset_new(catalogue);
	write_file("openat,no_such_call,read\n");
	cr_assert_eq(prefs_load_ticks(set), 0);
	cr_assert_eq(sysset_count(set), 2);
	sysset_free(set);
}

Test(prefs, refuses_a_file_that_is_no_text)
{
	struct sysset *set = sysset_new(catalogue);
	write_file("openat\033[2J,read\n");
	cr_assert_eq(prefs_load_ticks(set), -EINVAL);
	cr_assert_eq(sysset_count(set), 0);
	sysset_free(set);
}

Test(prefs, names_the_file_it_cannot_write)
{
	struct err err = {0};
	struct sysset *set = sysset_new(catalogue);
	setenv("XDG_STATE_HOME", "/proc/none", 1);
	cr_assert_lt(prefs_save_ticks(set, NULL, &err), 0);
	cr_assert(strstr(err.text, "/proc/none/sctop/ticks") != NULL, "%s",
		  err.text);
	setenv("XDG_STATE_HOME", home, 1);
	sysset_free(set);
}
