/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/list.h"

#include <errno.h>
#include <string.h>

#include "abi/errno.h"
#include "abi/syscall.h"
#include "abi/sysset.h"
#include "base/buf.h"
#include "base/err.h"

#define SIGNATURE_SIZE 1200 /* six names and types as long as tracefs.h has */
#define NAME_WIDTH     28   /* i386:sched_rr_get_interval_time64 is longer */
#define ALIAS_WIDTH    10
#define CLASS_WIDTH    7
#define STATE_WIDTH    10
#define UNNUMBERED_TEXT                                                        \
	"this kernel has it; sctop follows it by name, its number is unknown"
#define TEXT_WIDTH 76 /* of a list of names */

struct state {
	const char *name; /* in a list */
	const char *text; /* in an explanation */
};

static const struct state states[] = {
	[SYSCALL_PRESENT] = {"present", "this kernel has it"},
	[SYSCALL_ABSENT] = {"absent", "absent from this kernel"},
	[SYSCALL_COMPAT] = {"32-bit", "only 32-bit programs can make it here"},
	[SYSCALL_UNNUMBERED] = {"unnumbered", UNNUMBERED_TEXT},
	[SYSCALL_UNKNOWN] = {"unknown", "no table knows it"},
};

static const struct state known = {
	"known", "known; the list of this kernel's calls cannot be read"};

static const char *const abi_names[ABI_COUNT] = {
	[ABI_X86_64] = "x86_64",
	[ABI_ARM64] = "arm64",
	[ABI_I386] = "i386",
};

static const char *const results[RES_COUNT] = {
	[RES_INT] = "a number",
	[RES_HEX] = "an address or bits",
	[RES_FD] = "a descriptor",
	[RES_PID] = "the ID of a process or thread",
	[RES_BYTES] = "a number of bytes",
	[RES_OCTAL] = "a file mode",
	[RES_NONE] = "none, it does not return",
	[RES_POLL] = "how many descriptors are ready",
	[RES_SELECT] = "how many descriptors are ready",
	[RES_RECVMMSG] = "how many messages were received",
	[RES_TIME] = "seconds since 1970",
	[RES_IOPRIO] = "a class and a priority",
	[RES_SIGHANDLER] = "what was done before",
	[RES_SIGMASK] = "signals",
	[RES_OLD_SIGMASK] = "signals",
	[RES_THREAD_AREA] = "zero",
	[RES_NAMED_INT] = "a choice of names",
	[RES_NAMED_HEX] = "names of bits",
	[RES_NAMED_FLAGS] = "flags",
	[RES_NAMED_SEALS] = "seals",
};

struct mark_row {
	enum syscall_mark mark;
	const char *meaning;
};

static const struct mark_row marks[] = {
	{SYSCALL_DEFAULT, "traced when nothing is picked"},
	{SYSCALL_CREDS, "may change user, group or namespace"},
};

static const struct state *state_of(const struct catalogue *cat,
				    const struct syscall *sc)
{
	bool is_guess = sc->presence == SYSCALL_PRESENT &&
			!catalogue_is_from_kernel(cat);
	return is_guess ? &known : &states[sc->presence];
}

static bool has_alias(const struct syscall *sc)
{
	return strcmp(sc->name, sc->kernel_name) != 0;
}

static void print_signature(const struct syscall *sc, FILE *out)
{
	char text[SIGNATURE_SIZE];
	struct buf buf;
	buf_init(&buf, text, sizeof(text));
	syscall_print_signature(&buf, sc);
	(void)fputs(text, out); /* ferror() is asked at the end */
}

/* "i386:mmap2" where only 32-bit callers can make it: another call may have
 * that name. */
static void print_name(const struct syscall *sc, FILE *out)
{
	char text[128];
	struct buf buf;
	buf_init(&buf, text, sizeof(text));
	if (sc->presence == SYSCALL_COMPAT)
		buf_puts(&buf, SYSSET_COMPAT_PREFIX);
	buf_puts(&buf, sc->name);
	(void)fprintf(out, "%-*s", NAME_WIDTH,
		      text); /* ferror() is asked at the end */
}

static void print_line(const struct catalogue *cat, const struct syscall *sc,
		       FILE *out)
{
	/* Results are left to ferror() at the end. */
	print_name(sc, out);
	(void)fprintf(out, "  %-*s  %-*s  %-*s  ", ALIAS_WIDTH,
		      has_alias(sc) ? sc->kernel_name : "-", CLASS_WIDTH,
		      syscall_class_name(sc->class), STATE_WIDTH,
		      state_of(cat, sc)->name);
	print_signature(sc, out);
	(void)fprintf(out, "  %s", *sc->meaning ? sc->meaning : "-");
	if (*sc->absent_why)
		(void)fprintf(out, " (absent: %s)", sc->absent_why);
	(void)fputc('\n', out);
}

static int check(FILE *out)
{
	return fflush(out) == 0 && !ferror(out) ? 0 : -EIO;
}

int list_print(const struct catalogue *cat, FILE *out, bool heading)
{
	if (heading)
		(void)fprintf(out, "%-*s  %-*s  %-*s  %-*s  %s\n", NAME_WIDTH,
			      "NAME", ALIAS_WIDTH, "ALIAS", CLASS_WIDTH,
			      "CLASS", STATE_WIDTH, "STATE",
			      "SIGNATURE  MEANING"); /* see check() */
	for (uint32_t i = 0; i < catalogue_count(cat); i++)
		print_line(cat, catalogue_get(cat, i), out);
	return check(out);
}

static void explain_numbers(const struct syscall *sc, FILE *out)
{
	const char *separator = "";
	(void)fputs("  number:    ", out); /* see check() */
	for (int abi = 0; abi < ABI_COUNT; abi++) {
		if (sc->nr[abi] < 0)
			continue;
		(void)fprintf(out, "%s%d on %s", separator, sc->nr[abi],
			      abi_names[abi]); /* see check() */
		separator = ", ";
	}
	(void)fprintf(out, "%s\n", *separator ? "" : "unknown"); /* the same */
}

static void explain_state(const struct catalogue *cat, const struct syscall *sc,
			  FILE *out)
{
	(void)fprintf(out, "  state:     %s", state_of(cat, sc)->text);
	if (*sc->absent_why)
		(void)fprintf(out, ": %s", sc->absent_why); /* see check() */
	(void)fputc('\n', out);
}

static void explain_call(const struct catalogue *cat, const struct syscall *sc,
			 FILE *out)
{
	/* Results are left to check(). */
	(void)fprintf(out, "%s%s%s\n", sc->name, *sc->meaning ? ": " : "",
		      sc->meaning);
	(void)fputs("  signature: ", out);
	print_signature(sc, out);
	(void)fprintf(out, "\n  class:     %s, %s\n",
		      syscall_class_name(sc->class),
		      syscall_class_meaning(sc->class));
	(void)fprintf(out, "  result:    %s\n", results[sc->result]);
	if (has_alias(sc))
		(void)fprintf(out, "  alias:     %s in the kernel's list\n",
			      sc->kernel_name);
	explain_numbers(sc, out);
	explain_state(cat, sc, out);
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (sc->marks & marks[i].mark)
			(void)fprintf(out, "  mark:      %s\n",
				      marks[i].meaning);
	}
}

/* All calls of that name: 32-bit callers may have another one.  How many. */
static unsigned explain_calls(const struct catalogue *cat, const char *name,
			      FILE *out)
{
	struct sysset *set = sysset_new(cat);
	unsigned n = 0;
	bool is_name = !strpbrk(name, ",!?*[/%") && strcmp(name, "all") != 0 &&
		       strcmp(name, "none") != 0;
	if (is_name && sysset_parse(set, name, NULL) == 0) {
		for (uint32_t i = 0; i < catalogue_count(cat); i++) {
			if (!sysset_has(set, i))
				continue;
			if (n++)
				(void)fputc('\n', out); /* see check() */
			explain_call(cat, catalogue_get(cat, i), out);
		}
	}
	sysset_free(set);
	return n;
}

static void print_members(const struct catalogue *cat, enum syscall_class class,
			  FILE *out)
{
	int column = 0;
	for (uint32_t i = 0; i < catalogue_count(cat); i++) {
		const struct syscall *sc = catalogue_get(cat, i);
		if (sc->class != class || sc->presence == SYSCALL_ABSENT ||
		    sc->presence == SYSCALL_COMPAT)
			continue;
		int len = (int)strlen(sc->name);
		bool breaks = column == 0 || column + 1 + len > TEXT_WIDTH;
		(void)fprintf(out, "%s%s",
			      breaks ? column ? "\n  " : "  " : " ",
			      sc->name); /* see check() */
		column = breaks ? 2 + len : column + 1 + len;
	}
	if (column)
		(void)fputc('\n', out); /* see check() */
}

static bool explain_class(const struct catalogue *cat, const char *name,
			  FILE *out)
{
	for (int i = 0; i < CLASS_COUNT; i++) {
		enum syscall_class class = (enum syscall_class)i;
		if (strcmp(syscall_class_name(class), name) != 0)
			continue;
		(void)fprintf(out, "%%%s: %s\n", name,
			      syscall_class_meaning(class)); /* see check() */
		print_members(cat, class, out);
		return true;
	}
	return false;
}

static bool explain_errno(const char *name, FILE *out)
{
	int code = errno_by_name(name);
	if (code < 0)
		return false;
	const char *usual = errno_usual_calls(code);
	(void)fprintf(out, "%s: %s\n  number:    %d\n", name, errno_text(code),
		      code); /* see check() */
	if (*usual)
		(void)fprintf(out, "  usual of:  %s\n", usual); /* the same */
	return true;
}

int list_explain(const struct catalogue *cat, const char *name, FILE *out,
		 struct err *err)
{
	if (*name == '%'
		    ? explain_class(cat, name + 1, out)
		    : explain_calls(cat, name, out) || explain_errno(name, out))
		return check(out);
	const char *nearest =
		*name == '%' ? NULL : catalogue_nearest(cat, name);
	if (nearest)
		return err_set(err, -EINVAL,
			       "\"%s\" is neither a syscall, a class such as "
			       "%%file, nor an errno; did you mean \"%s\"",
			       name, nearest);
	return err_set(err, -EINVAL,
		       "\"%s\" is neither a syscall, a class such as %%file, "
		       "nor an errno; see sctop -l",
		       name);
}
