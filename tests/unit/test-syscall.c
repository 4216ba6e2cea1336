/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/syscall.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "abi/errno.h"
#include "base/buf.h"

static struct catalogue *built_in(enum abi native)
{
	struct catalogue *cat = NULL;
	struct catalogue_config config = {.events_fd = -1, .native = native};
	cr_assert(eq(int, catalogue_new(&cat, &config, NULL), 0));
	return cat;
}

static struct catalogue *of_machine(const char *name, enum abi native,
				    const char *hide)
{
	const char *srcdir = getenv("srcdir");
	char path[512];
	snprintf(path, sizeof(path), "%s/tests/data/tracefs/%s/events/syscalls",
		 srcdir ? srcdir : ".", name);
	struct catalogue *cat = NULL;
	struct catalogue_config config = {
		.events_fd = open(path, O_RDONLY | O_DIRECTORY),
		.native = native,
		.hide = hide,
	};
	cr_assert(ge(int, config.events_fd, 0), "%s", path);
	cr_assert(eq(int, catalogue_new(&cat, &config, NULL), 0));
	close(config.events_fd);
	return cat;
}

static struct catalogue *of_kernel(const char *name, const char *hide)
{
	return of_machine(name, ABI_X86_64, hide);
}

static const struct syscall *call(const struct catalogue *cat, const char *name)
{
	uint32_t index = catalogue_by_name(cat, name);
	cr_assert(ne(u32, index, SYSCALL_NONE), "%s", name);
	return catalogue_get(cat, index);
}

static const char *name_of(struct catalogue *cat, uint32_t nr, bool compat)
{
	return catalogue_get(cat, catalogue_by_nr(cat, nr, compat))->name;
}

Test(syscall, numbers_depend_on_the_machine)
{
	struct catalogue *x86 = built_in(ABI_X86_64);
	cr_expect(eq(str, (char *)name_of(x86, 257, false), "openat"));
	cr_expect(eq(str, (char *)name_of(x86, 295, true), "openat"));
	cr_expect(eq(str, (char *)name_of(x86, 0, false), "read"));
	cr_expect(eq(str, (char *)name_of(x86, 469, false), "file_setattr"));
	catalogue_free(x86);
	struct catalogue *arm = built_in(ABI_ARM64);
	cr_expect(eq(str, (char *)name_of(arm, 56, false), "openat"));
	cr_expect(eq(str, (char *)name_of(arm, 0, false), "io_setup"));
	cr_expect(eq(str, (char *)name_of(arm, 0, true), "syscall_0"));
	catalogue_free(arm);
}

Test(syscall, a_call_of_another_machine_is_not_in_the_catalogue)
{
	struct catalogue *arm = built_in(ABI_ARM64);
	cr_expect(eq(u32, catalogue_by_name(arm, "open"), SYSCALL_NONE));
	cr_expect(eq(u32, catalogue_by_name(arm, "mmap2"), SYSCALL_NONE));
	cr_expect(eq(str, (char *)call(arm, "fadvise64")->kernel_name,
		     "fadvise64_64"));
	catalogue_free(arm);
}

Test(syscall, only_32_bit_callers_can_make_a_compat_call)
{
	struct catalogue *cat = built_in(ABI_X86_64);
	const struct syscall *sc = call(cat, "mmap2");
	cr_expect(eq(int, (int)sc->presence, SYSCALL_COMPAT));
	uint32_t index = catalogue_by_name(cat, "mmap2");
	cr_expect(eq(int, catalogue_nr(cat, index, false), -1));
	cr_expect(eq(int, catalogue_nr(cat, index, true), 192));
	catalogue_free(cat);
}

Test(syscall, the_kernels_name_is_an_alias)
{
	struct catalogue *cat = of_kernel("linux-6.18", NULL);
	cr_expect(catalogue_is_from_kernel(cat));
	const struct syscall *sc = call(cat, "newstat");
	cr_expect(eq(str, (char *)sc->name, "stat"));
	cr_expect(eq(str, (char *)sc->kernel_name, "newstat"));
	cr_expect(eq(int, (int)sc->presence, SYSCALL_PRESENT));
	cr_expect(eq(str, (char *)sc->args[0].type, "const char *"));
	/* i386 has a call of its own by the name of the alias. */
	cr_expect(eq(str, (char *)call(cat, "sendfile64")->name, "sendfile"));
	cr_expect(eq(str, (char *)name_of(cat, 239, true), "sendfile64"));
	catalogue_free(cat);
}

Test(syscall, what_the_kernel_does_not_list_is_absent)
{
	struct catalogue *cat = of_kernel("linux-6.18", NULL);
	const struct syscall *sc = call(cat, "kexec_load");
	cr_expect(eq(int, (int)sc->presence, SYSCALL_ABSENT));
	cr_expect(eq(str, (char *)sc->absent_why, "needs CONFIG_KEXEC"));
	cr_expect(eq(str, (char *)call(cat, "openat")->absent_why, ""));
	catalogue_free(cat);
}

Test(syscall, without_a_list_everything_is_present)
{
	struct catalogue *cat = built_in(ABI_X86_64);
	cr_expect(not(catalogue_is_from_kernel(cat)));
	const struct syscall *sc = call(cat, "kexec_load");
	cr_expect(eq(int, (int)sc->presence, SYSCALL_PRESENT));
	cr_expect(eq(str, (char *)sc->absent_why, ""));
	catalogue_free(cat);
}

Test(syscall, a_call_that_the_table_lacks_is_listed_without_number)
{
	struct catalogue *cat = of_kernel("linux-6.18", "openat");
	const struct syscall *sc = call(cat, "openat");
	cr_expect(eq(int, (int)sc->presence, SYSCALL_UNNUMBERED));
	cr_expect(eq(int, sc->nr[ABI_X86_64], -1));
	cr_expect(eq(str, (char *)sc->meaning, ""));
	cr_assert(eq(uint, sc->nargs, 4));
	cr_expect(eq(int, (int)sc->args[0].spec.kind, ARG_DIRFD));
	cr_expect(eq(int, (int)sc->args[1].spec.kind, ARG_PATH));
	cr_expect(eq(int, (int)sc->args[2].spec.kind, ARG_HEX32));
	cr_expect(eq(int, (int)sc->args[3].spec.kind, ARG_MODE));
	cr_expect(eq(str, (char *)name_of(cat, 257, false), "syscall_0x101"));
	catalogue_free(cat);
}

Test(syscall, text_fields_of_newer_kernels_are_no_arguments)
{
	struct catalogue *cat = of_kernel("linux-7.0", NULL);
	const struct syscall *sc = call(cat, "openat");
	cr_assert(eq(uint, sc->nargs, 4));
	cr_expect(eq(int, (int)sc->args[1].spec.kind, ARG_PATH));
	cr_expect(eq(int, (int)sc->args[2].spec.kind, ARG_SET));
	catalogue_free(cat);
}

Test(syscall, types_are_those_of_the_kernel_that_was_asked)
{
	struct catalogue *cat = of_kernel("linux-6.1", NULL);
	const struct syscall *sc = call(cat, "name_to_handle_at");
	cr_assert(eq(uint, sc->nargs, 5));
	cr_expect(eq(str, (char *)sc->args[3].type, "int *"));
	cr_expect(eq(str, (char *)sc->args[3].name, "mnt_id"));
	cr_expect(eq(int, (int)call(cat, "stat")->presence, SYSCALL_PRESENT));
	catalogue_free(cat);
}

Test(syscall, arm64_has_names_and_an_order_of_its_own)
{
	struct catalogue *cat = of_machine("linux-6.12-arm64", ABI_ARM64, NULL);
	static const char *const names[] = {"openat", "clone", "fadvise64",
					    "personality", "fstat"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		cr_expect(eq(int, (int)call(cat, names[i])->presence,
			     SYSCALL_PRESENT),
			  "%s", names[i]);
	cr_expect(eq(str, (char *)call(cat, "clone")->args[3].name, "tls"));
	for (uint32_t i = 0; i < catalogue_count(cat); i++)
		cr_expect(ne(int, (int)catalogue_get(cat, i)->presence,
			     SYSCALL_UNNUMBERED));
	catalogue_free(cat);
}

Test(syscall, names_are_sorted)
{
	struct catalogue *cat = of_kernel("linux-6.18", "openat");
	for (uint32_t i = 1; i < catalogue_count(cat); i++)
		cr_expect(lt(int,
			     strcmp(catalogue_get(cat, i - 1)->name,
				    catalogue_get(cat, i)->name),
			     0),
			  "%s", catalogue_get(cat, i)->name);
	catalogue_free(cat);
}

Test(syscall, unknown_numbers_are_named_as_strace_does)
{
	struct catalogue *cat = built_in(ABI_X86_64);
	uint32_t count = catalogue_count(cat);
	uint32_t index = catalogue_by_nr(cat, 999, false);
	cr_expect(eq(u32, index, count));
	cr_expect(eq(u32, catalogue_count(cat), count + 1));
	const struct syscall *sc = catalogue_get(cat, index);
	cr_expect(eq(str, (char *)sc->name, "syscall_0x3e7"));
	cr_expect(eq(int, (int)sc->presence, SYSCALL_UNKNOWN));
	cr_expect(eq(uint, sc->nargs, 6));
	cr_expect(eq(int, catalogue_nr(cat, index, false), 999));
	cr_expect(eq(u32, catalogue_by_nr(cat, 999, false), index));
	cr_expect(eq(u32, catalogue_by_name(cat, "syscall_0x3e7"), index));
	cr_expect(ne(u32, catalogue_by_nr(cat, 999, true), index));
	cr_expect(eq(str, (char *)name_of(cat, UINT32_MAX, false),
		     "syscall_0xffffffffffffffff"));
	cr_expect(eq(str, (char *)name_of(cat, UINT32_MAX, true),
		     "syscall_0xffffffff"));
	cr_expect(eq(str, (char *)name_of(cat, 0x40000001, false),
		     "syscall_0x40000001"));
	catalogue_free(cat);
}

Test(syscall, a_flood_of_unknown_numbers_shares_one_name)
{
	struct catalogue *cat = built_in(ABI_X86_64);
	uint32_t count = catalogue_count(cat);
	for (uint32_t i = 0; i < 100000; i++)
		catalogue_by_nr(cat, 1000 + i * 4096, i % 2);
	cr_expect(eq(u32, catalogue_count(cat), count + 1024 + 1));
	cr_expect(eq(str, (char *)name_of(cat, 0xdeadbeef, false),
		     "syscall_other"));
	cr_expect(eq(str, (char *)name_of(cat, 1000, false), "syscall_0x3e8"));
	catalogue_free(cat);
}

Test(syscall, pointers_stay_valid_while_unknown_numbers_come)
{
	struct catalogue *cat = built_in(ABI_X86_64);
	const struct syscall *sc = call(cat, "openat");
	for (uint32_t i = 0; i < 1000; i++)
		catalogue_by_nr(cat, 100000 + i, false);
	cr_expect(eq(ptr, (void *)call(cat, "openat"), (void *)sc));
	cr_expect(eq(str, (char *)sc->name, "openat"));
	catalogue_free(cat);
}

static const char *nearest(const char *name)
{
	struct catalogue *cat = built_in(ABI_X86_64);
	const char *found = catalogue_nearest(cat, name);
	static char copy[64];
	snprintf(copy, sizeof(copy), "%s", found ? found : "(none)");
	catalogue_free(cat);
	return copy;
}

Test(syscall, suggests_the_nearest_name)
{
	cr_expect(eq(str, (char *)nearest("opne"), "open"));
	cr_expect(eq(str, (char *)nearest("opennat"), "openat"));
	cr_expect(eq(str, (char *)nearest("exeve"), "execve"));
	cr_expect(eq(str, (char *)nearest("getpdi"), "getpid"));
	cr_expect(eq(str, (char *)nearest("completely_different"), "(none)"));
	cr_expect(eq(str, (char *)nearest(""), "(none)"));
}

Test(syscall, prints_signatures)
{
	struct catalogue *cat = of_kernel("linux-6.18", NULL);
	char text[256];
	struct buf buf;
	buf_init(&buf, text, sizeof(text));
	syscall_print_signature(&buf, call(cat, "openat"));
	cr_expect(eq(str, text,
		     "openat(int dfd, const char *filename, int flags, "
		     "umode_t mode)"));
	buf_clear(&buf);
	syscall_print_signature(&buf, call(cat, "getpid"));
	cr_expect(eq(str, text, "getpid(void)"));
	catalogue_free(cat);
}

Test(syscall, marks_and_results_come_from_the_table)
{
	struct catalogue *cat = built_in(ABI_X86_64);
	cr_expect(eq(uint, call(cat, "exit_group")->marks,
		     SYSCALL_DEFAULT | SYSCALL_NO_RETURN));
	cr_expect(eq(int, (int)call(cat, "exit")->result, RES_NONE));
	cr_expect(eq(uint, call(cat, "setuid")->marks,
		     SYSCALL_DEFAULT | SYSCALL_CREDS));
	cr_expect(eq(int, (int)call(cat, "mmap")->result, RES_HEX));
	cr_expect(eq(int, (int)call(cat, "write")->result, RES_BYTES));
	cr_expect(eq(uint, call(cat, "write")->marks, SYSCALL_WRITES));
	cr_expect(eq(uint, call(cat, "getpid")->marks, 0));
	cr_expect(eq(int, (int)call(cat, "openat")->class, CLASS_FILE));
	catalogue_free(cat);
}

Test(syscall, every_class_has_a_name_and_a_meaning)
{
	for (int i = 0; i < CLASS_COUNT; i++) {
		enum syscall_class class = (enum syscall_class)i;
		cr_expect(gt(sz, strlen(syscall_class_name(class)), 0));
		cr_expect(gt(sz, strlen(syscall_class_meaning(class)), 0));
	}
	cr_expect(eq(str, (char *)syscall_class_name(CLASS_FILE), "file"));
}

/* The one of SC's commands that VALUE chooses if they are tried in turn. */
static const struct syscall_command *tried(const struct syscall *sc,
					   enum abi abi, uint32_t value)
{
	for (unsigned i = 0; i < sc->command_count; i++) {
		if (sc->commands[i].value[abi] == value &&
		    value != SYSCALL_NO_COMMAND)
			return &sc->commands[i];
	}
	return NULL;
}

Test(syscall, a_command_among_many_is_the_first_of_its_value)
{
	struct catalogue *cat = built_in(ABI_X86_64);
	const struct syscall *sc = call(cat, "ioctl");
	cr_assert(sc->order != NULL);
	for (unsigned i = 0; i < sc->command_count; i++) {
		for (unsigned compat = 0; compat < 2; compat++) {
			enum abi abi = compat ? ABI_I386 : ABI_X86_64;
			uint32_t value = sc->commands[i].value[abi];
			__u64 values[SYSCALL_ARGS] = {3, value | 1ull << 32};
			const struct syscall_command *expected =
				tried(sc, abi, value);
			struct syscall_signature signature;
			syscall_signature(&signature, sc, compat, false,
					  values);
			cr_expect(eq(ptr, (void *)signature.args,
				     (void *)(expected ? expected->args
					      : compat ? sc->compat_args
						       : sc->args)));
		}
	}
	catalogue_free(cat);
}

Test(syscall, a_value_that_is_no_command_has_the_arguments_of_the_call)
{
	struct catalogue *cat = built_in(ABI_X86_64);
	const struct syscall *sc = call(cat, "ioctl");
	static const uint32_t others[] = {0, 1, 0x12345678, 0xfffffffe,
					  0xffffffff};
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		const __u64 values[SYSCALL_ARGS] = {3, others[i]};
		struct syscall_signature signature;
		syscall_signature(&signature, sc, false, false, values);
		cr_expect(eq(ptr, (void *)signature.args, (void *)sc->args));
	}
	cr_expect(call(cat, "fcntl")->order == NULL);      /* few */
	cr_expect(call(cat, "setsockopt")->order == NULL); /* told by two */
	catalogue_free(cat);
}

static bool fits_some(struct catalogue *cat, const char *glob)
{
	for (uint32_t i = 0; i < catalogue_count(cat); i++)
		if (fnmatch(glob, catalogue_get(cat, i)->name, 0) == 0)
			return true;
	return false;
}

Test(syscall, the_table_of_errors_names_only_calls_that_there_are)
{
	struct catalogue *cat = built_in(ABI_X86_64);
	for (int code = 0; code < 4096; code++) {
		char *words = strdup(errno_usual_calls(code));
		char *rest = words;
		const char *glob;
		while ((glob = strsep(&rest, " "))) {
			bool known = *glob == '\0' || fits_some(cat, glob);
			cr_expect(known, "%s: %s", errno_name(code), glob);
		}
		free(words);
	}
	catalogue_free(cat);
}
