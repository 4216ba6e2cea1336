/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/ascommand.h"

#include <string.h>

#include "abi/syscall.h"
#include "base/buf.h"
#include "base/fmt.h"

#define MS_NS 1000000ull

const char *ascommand_name(enum ascommand_tool tool)
{
	static const char *const names[ASCOMMAND_TOOLS] = {
		[ASCOMMAND_SCTOP] = "sctop",
		[ASCOMMAND_STRACE] = "strace",
		[ASCOMMAND_PERF] = "perf trace",
		[ASCOMMAND_BPFTRACE] = "bpftrace",
	};
	return names[tool];
}

static bool is_plain(const char *text)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789_-+=.,:/@%";
	return *text && text[strspn(text, plain)] == '\0';
}

void ascommand_quote(struct buf *buf, const char *text)
{
	if (is_plain(text)) {
		buf_puts(buf, text);
		return;
	}
	buf_putc(buf, '\'');
	for (; *text; text++) {
		if (*text == '\'')
			buf_puts(buf, "'\\''");
		else
			buf_putc(buf, *text);
	}
	buf_putc(buf, '\'');
}

static void remark(struct buf *buf, const char *text)
{
	buf_puts(buf, buf->len > 0 ? "; " : "");
	buf_puts(buf, text);
}

static void put_names(struct buf *line, const struct ascommand *what)
{
	for (size_t i = 0; i < what->syscall_count; i++) {
		buf_puts(line, i ? "," : "");
		buf_puts(line, what->syscalls[i]->name);
	}
}

static void put_ids(struct buf *line, const char *option, const pid_t *ids,
		    size_t count)
{
	if (count == 0)
		return;
	buf_puts(line, option);
	for (size_t i = 0; i < count; i++)
		buf_printf(line, "%s%d", i ? "," : "", ids[i]);
}

static void put_word(struct buf *line, const char *option, const char *text)
{
	if (!text)
		return;
	buf_puts(line, option);
	ascommand_quote(line, text);
}

static void put_errnos(struct buf *line, const struct ascommand *what)
{
	for (size_t i = 0; i < what->errno_count; i++) {
		buf_puts(line, i ? "," : " --errno ");
		buf_puts(line, what->errnos[i]);
	}
}

static void put_command(struct buf *line, const char *before,
			const struct ascommand *what)
{
	for (size_t i = 0; what->command && what->command[i]; i++) {
		buf_puts(line, i ? " " : before);
		ascommand_quote(line, what->command[i]);
	}
}

static bool print_sctop(const struct ascommand *what, struct buf *line,
			struct buf *why)
{
	buf_puts(line, what->counts ? "sctop -c" : "sctop -b");
	buf_puts(line, " -e ");
	put_names(line, what);
	buf_puts(line, what->syscall_count ? "" : "all");
	put_ids(line, " -p ", what->pids, what->pid_count);
	put_ids(line, " --tid ", what->tids, what->tid_count);
	buf_puts(line, what->no_follow ? " --no-follow" : "");
	put_word(line, " -C ", what->comm);
	if (what->uid >= 0)
		buf_printf(line, " -u %lld", (long long)what->uid);
	put_word(line, " -G ", what->cgroup);
	buf_puts(line, what->failed ? " -Z" : what->succeeded ? " -z" : "");
	put_errnos(line, what);
	if (what->min_ns)
		buf_printf(line, " --min-time %lluns",
			   (unsigned long long)what->min_ns);
	put_word(line, " -F ", what->filter);
	put_command(line, " -- ", what);
	if (what->view_filter)
		remark(why, "the filter of this view is about its rows; no "
			    "option is");
	return true;
}

/* What strace, perf and bpftrace have nothing for, in these words. */
static void remark_filters(struct buf *why, const struct ascommand *what)
{
	if (what->filter || what->view_filter)
		remark(why, "no filter expression: the display filter is left "
			    "out");
}

static bool print_strace(const struct ascommand *what, struct buf *line,
			 struct buf *why)
{
	if (!what->command && what->pid_count + what->tid_count == 0) {
		remark(why, "it needs a process (-p) or a command; it cannot "
			    "watch the whole machine");
		return false;
	}
	buf_puts(line, "strace");
	buf_puts(line, what->no_follow || what->tid_count ? "" : " -f");
	buf_puts(line, what->counts ? " -c" : "");
	buf_puts(line, what->failed ? " -Z" : what->succeeded ? " -z" : "");
	if (what->syscall_count) {
		buf_puts(line, " -e trace=");
		put_names(line, what);
	}
	put_ids(line, " -p ", what->pids, what->pid_count);
	put_ids(line, " -p ", what->tids, what->tid_count);
	put_command(line, " ", what);
	if (what->pid_count && !what->no_follow)
		remark(why,
		       "descendants that are there already need a -p each");
	if (what->comm || what->uid >= 0)
		remark(why, "no choice by name or user");
	if (what->cgroup)
		remark(why, "no control group");
	if (what->errno_count)
		remark(why, "no choice by errno");
	if (what->min_ns)
		remark(why, "no shortest time; -T tells times");
	remark_filters(why, what);
	return true;
}

static bool print_perf(const struct ascommand *what, struct buf *line,
		       struct buf *why)
{
	buf_puts(line, "perf trace");
	buf_puts(line, what->counts ? " -s" : "");
	if (what->syscall_count) {
		buf_puts(line, " -e ");
		put_names(line, what);
	}
	if (what->pid_count)
		put_ids(line, " -p ", what->pids, what->pid_count);
	else if (what->tid_count)
		put_ids(line, " -t ", what->tids, what->tid_count);
	else if (what->uid >= 0)
		buf_printf(line, " -u %lld", (long long)what->uid);
	else if (!what->command)
		buf_puts(line, " -a");
	put_word(line, " -G ", what->cgroup);
	if (what->min_ns)
		buf_printf(line, " --duration %llu.%03llu",
			   (unsigned long long)(what->min_ns / MS_NS),
			   (unsigned long long)(what->min_ns % MS_NS / 1000));
	buf_puts(line, what->failed ? " --failure" : "");
	put_command(line, " ", what);
	if (what->pid_count && !what->no_follow)
		remark(why,
		       "descendants that are there already need a -p each");
	if (what->succeeded)
		remark(why, "no choice of calls that succeeded");
	if (what->comm ||
	    (what->uid >= 0 && what->pid_count + what->tid_count > 0))
		remark(why, "no choice by name, nor by user beside processes");
	if (what->errno_count)
		remark(why, "no choice by errno");
	remark_filters(why, what);
	return true;
}

/* Parts of a predicate. */
struct predicate {
	struct buf *line;
	bool begun;
};

static void part(struct predicate *predicate)
{
	buf_puts(predicate->line, predicate->begun ? " && " : " /");
	predicate->begun = true;
}

static void put_any_id(struct predicate *predicate, const char *what,
		       const pid_t *ids, size_t count)
{
	if (count == 0)
		return;
	part(predicate);
	buf_puts(predicate->line, count > 1 ? "(" : "");
	for (size_t i = 0; i < count; i++)
		buf_printf(predicate->line, "%s%s == %d", i ? " || " : "", what,
			   ids[i]);
	buf_puts(predicate->line, count > 1 ? ")" : "");
}

/* A text in the program's own quotes. */
static void put_string(struct buf *line, const char *text)
{
	buf_putc(line, '"');
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			buf_putc(line, '\\');
		buf_putc(line, *text);
	}
	buf_putc(line, '"');
}

static void put_predicate(struct buf *line, const struct ascommand *what,
			  bool at_exit)
{
	struct predicate predicate = {.line = line};

	put_any_id(&predicate, "pid", what->pids, what->pid_count);
	put_any_id(&predicate, "tid", what->tids, what->tid_count);
	if (what->comm && !strpbrk(what->comm, "*?[")) {
		part(&predicate);
		buf_puts(line, "comm == ");
		put_string(line, what->comm);
	}
	if (what->uid >= 0) {
		part(&predicate);
		buf_printf(line, "uid == %lld", (long long)what->uid);
	}
	if (at_exit) {
		part(&predicate);
		buf_printf(line, "args->ret %s 0", what->failed ? "<" : ">=");
	}
	buf_puts(line, predicate.begun ? "/" : "");
}

static void put_probes(struct buf *line, const struct ascommand *what,
		       bool at_exit)
{
	const char *when = at_exit ? "exit" : "enter";
	if (what->syscall_count == 0)
		buf_printf(line, "tracepoint:raw_syscalls:sys_%s", when);
	for (size_t i = 0; i < what->syscall_count; i++)
		buf_printf(line, "%stracepoint:syscalls:sys_%s_%s",
			   i ? ", " : "", when, what->syscalls[i]->kernel_name);
}

static bool print_bpftrace(const struct ascommand *what, struct buf *line,
			   struct buf *why)
{
	char data[16384];
	struct buf program;
	bool at_exit = what->failed || what->succeeded;
	buf_init(&program, data, sizeof(data));
	put_probes(&program, what, at_exit);
	put_predicate(&program, what, at_exit);
	if (what->counts)
		buf_puts(&program, what->pid_count ? " { @[probe] = count(); }"
						   : " { @[probe, comm] = "
						     "count(); }");
	else
		buf_puts(&program, " { printf(\"%d %s %s\\n\", pid, comm, "
				   "probe); }");
	buf_puts(line, "bpftrace -e ");
	ascommand_quote(line, data);
	line->cut = line->cut || program.cut;
	if (what->pid_count && !what->no_follow)
		remark(why, "descendants are left out");
	if (what->comm && strpbrk(what->comm, "*?["))
		remark(why, "no glob of names");
	if (what->cgroup)
		remark(why, "no control group");
	if (what->command)
		remark(why, "the command is to be started beside it");
	if (what->errno_count)
		remark(why, "errnos take a test of args->ret each");
	if (what->min_ns)
		remark(why, "a shortest time takes a map and two probes");
	remark_filters(why, what);
	return true;
}

bool ascommand_print(enum ascommand_tool tool, const struct ascommand *what,
		     struct buf *line, struct buf *why)
{
	static bool (*const print[ASCOMMAND_TOOLS])(
		const struct ascommand *what, struct buf *line,
		struct buf *why) = {
		[ASCOMMAND_SCTOP] = print_sctop,
		[ASCOMMAND_STRACE] = print_strace,
		[ASCOMMAND_PERF] = print_perf,
		[ASCOMMAND_BPFTRACE] = print_bpftrace,
	};
	return print[tool](what, line, why);
}
