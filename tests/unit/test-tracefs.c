/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/tracefs.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"

static int parse(struct tracefs_signature *ret, const char *text)
{
	return tracefs_parse(ret, text, strlen(text), NULL);
}

static int open_data(const char *name)
{
	const char *srcdir = getenv("srcdir");
	char path[512];
	snprintf(path, sizeof(path), "%s/tests/data/tracefs/%s/events/syscalls",
		 srcdir ? srcdir : ".", name);
	int fd = open(path, O_RDONLY | O_DIRECTORY);
	cr_assert(ge(int, fd, 0), "%s", path);
	return fd;
}

Test(tracefs, reads_names_and_types)
{
	struct tracefs_list list;
	int fd = open_data("linux-6.18");
	cr_assert(eq(int, tracefs_list_init(&list, fd, NULL), 0));
	cr_expect(eq(sz, list.count, 9));
	const struct tracefs_signature *s = tracefs_list_find(&list, "openat");
	cr_assert(ne(ptr, (void *)s, NULL));
	cr_expect(s->is_understood);
	cr_assert(eq(uint, s->nargs, 4));
	cr_expect(eq(str, (char *)s->args[0].type, "int"));
	cr_expect(eq(str, (char *)s->args[0].name, "dfd"));
	cr_expect(eq(str, (char *)s->args[1].type, "const char *"));
	cr_expect(eq(str, (char *)s->args[1].name, "filename"));
	cr_expect(eq(str, (char *)s->args[3].type, "umode_t"));
	s = tracefs_list_find(&list, "move_pages");
	cr_assert(eq(uint, s->nargs, 6));
	cr_expect(eq(str, (char *)s->args[2].type, "const void * *"));
	cr_expect(eq(uint, tracefs_list_find(&list, "getpid")->nargs, 0));
	cr_expect(eq(ptr, tracefs_list_find(&list, "open"), NULL));
	tracefs_list_done(&list);
	close(fd);
}

Test(tracefs, leaves_out_the_text_fields_of_newer_kernels)
{
	struct tracefs_list list;
	int fd = open_data("linux-7.0");
	cr_assert(eq(int, tracefs_list_init(&list, fd, NULL), 0));
	cr_expect(eq(uint, tracefs_list_find(&list, "openat")->nargs, 4));
	cr_expect(eq(uint, tracefs_list_find(&list, "newstat")->nargs, 2));
	tracefs_list_done(&list);
	close(fd);
}

Test(tracefs, needs_no_newline_at_the_end)
{
	struct tracefs_signature s;
	int r = parse(&s, "name: sys_enter_x\n\tfield:unsigned long a;");
	cr_assert(eq(int, r, 0));
	cr_expect(eq(str, s.name, "x"));
	cr_assert(eq(uint, s.nargs, 1));
	cr_expect(eq(str, s.args[0].type, "unsigned long"));
	cr_expect(eq(str, s.args[0].name, "a"));
}

Test(tracefs, refuses_hostile_text)
{
	static const char *const texts[] = {
		"",
		"\n\n",
		"name: sys_enter_\n",
		"name: open\n",
		"name: sys_exit_open\n",
		"name: sys_enter_a b\n",
		"name: sys_enter_\033[31m\n",
		"name: sys_enter_../../etc\n",
		"name: sys_enter_x\nfield:int a",
		"name: sys_enter_x\nfield:;",
		"name: sys_enter_x\nfield:int ;",
		"name: sys_enter_x\nfield:a;",
		"name: sys_enter_x\nfield:int\033 a;",
		"name: sys_enter_x\nfield:char a[16];",
		("name: sys_enter_x\nfield:int a;\nfield:int b;\nfield:int c;\n"
		 "field:int d;\nfield:int e;\nfield:int f;\nfield:int g;\n"),
	};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct tracefs_signature s;
		cr_expect(eq(int, parse(&s, texts[i]), -EBADMSG), "%s",
			  texts[i]);
	}
}

Test(tracefs, refuses_names_and_types_that_do_not_fit)
{
	char text[1024];
	struct tracefs_signature s;
	char name[TRACEFS_NAME_SIZE + 1];
	memset(name, 'a', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	snprintf(text, sizeof(text), "name: sys_enter_%s\n", name);
	cr_expect(eq(int, parse(&s, text), -EBADMSG));
	snprintf(text, sizeof(text), "name: sys_enter_x\nfield:int %s;\n",
		 name);
	cr_expect(eq(int, parse(&s, text), -EBADMSG));
	snprintf(text, sizeof(text), "name: sys_enter_x\nfield:%s %s %s a;\n",
		 name, name, name);
	cr_expect(eq(int, parse(&s, text), -EBADMSG));
	name[TRACEFS_NAME_SIZE - 1] = '\0';
	snprintf(text, sizeof(text), "name: sys_enter_%s\n", name);
	cr_assert(eq(int, parse(&s, text), 0));
	cr_expect(eq(str, s.name, name));
}

Test(tracefs, reads_no_further_than_told)
{
	/* Exactly as long as the text: a sanitizer sees a byte too many. */
	static const char text[] = "name: sys_enter_x\n\tfield:int a;\toffset";
	for (size_t len = 0; len < sizeof(text) - 1; len++) {
		char *copy = malloc(len ? len : 1);
		memcpy(copy, text, len);
		struct tracefs_signature s;
		int r = tracefs_parse(&s, copy, len, NULL);
		bool ends_well = (len >= 17 && len <= 24) || len >= 31;
		cr_expect(eq(int, r == 0, ends_well), "%zu", len);
		free(copy);
	}
}

Test(tracefs, says_which_line_is_wrong)
{
	struct err err = {0};
	static const char text[] = "name: sys_enter_x\n\n\tfield:int;\n";
	struct tracefs_signature s;
	cr_expect(
		eq(int, tracefs_parse(&s, text, strlen(text), &err), -EBADMSG));
	cr_expect(eq(str, err.text,
		     "cannot read a format file of tracefs: line 3 is not a "
		     "field or name"));
}

static void make_format(const char *root, const char *name, const char *text)
{
	char path[600];
	snprintf(path, sizeof(path), "%s/%s", root, name);
	mkdir(path, 0755);
	snprintf(path, sizeof(path), "%s/%s/format", root, name);
	FILE *file = fopen(path, "w");
	cr_assert(ne(ptr, file, NULL));
	fputs(text, file);
	fclose(file);
}

Test(tracefs, lists_what_it_does_not_understand_without_arguments)
{
	char root[] = "/tmp/test-tracefs-XXXXXX";
	cr_assert(ne(ptr, mkdtemp(root), NULL));
	make_format(root, "sys_enter_garbage", "\377\376\n");
	make_format(root, "sys_enter_other_name",
		    "name: sys_enter_open\nfield:int a;\n");
	make_format(root, "sys_enter_bad name", "name: sys_enter_open\n");
	make_format(root, "sys_exit_open", "name: sys_exit_open\n");
	char path[600];
	snprintf(path, sizeof(path), "%s/sys_enter_pipe", root);
	mkdir(path, 0755);
	snprintf(path, sizeof(path), "%s/sys_enter_pipe/format", root);
	cr_assert(eq(int, mkfifo(path, 0600), 0));
	snprintf(path, sizeof(path), "%s/sys_enter_empty", root);
	mkdir(path, 0755);

	struct tracefs_list list;
	int fd = open(root, O_RDONLY | O_DIRECTORY);
	cr_assert(eq(int, tracefs_list_init(&list, fd, NULL), 0));
	cr_assert(eq(sz, list.count, 4));
	cr_expect(eq(str, list.items[0].name, "empty"));
	cr_expect(not(list.items[0].is_understood));
	cr_expect(eq(str, list.items[1].name, "garbage"));
	cr_expect(not(list.items[1].is_understood));
	cr_expect(eq(str, list.items[2].name, "other_name"));
	cr_expect(list.items[2].is_understood);
	cr_expect(eq(str, list.items[3].name, "pipe"));
	tracefs_list_done(&list);
	close(fd);
	snprintf(path, sizeof(path), "rm -rf %s", root);
	cr_assert(eq(int, system(path), 0));
}

Test(tracefs, complains_about_what_is_no_directory)
{
	struct tracefs_list list;
	struct err err = {0};
	int fd = open("/dev/null", O_RDONLY);
	cr_expect(eq(int, tracefs_list_init(&list, fd, &err), -ENOTDIR));
	cr_expect(eq(str, err.text,
		     "cannot read the kernel's list of syscalls: Not a "
		     "directory"));
	close(fd);
}
