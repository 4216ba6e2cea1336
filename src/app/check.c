/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/check.h"

#include <errno.h>
#include <limits.h>
#include <linux/bpf.h>
#include <linux/capability.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "app/cgroup.h"
#include "app/distro.h"
#include "app/fault.h"
#include "app/privileges.h"
#include "base/buf.h"
#include "base/err.h"
#include "feed/tracefsdir.h"

#define KERNEL_MAJOR  6 /* the oldest kernel: 6.1 */
#define KERNEL_MINOR  1
#define COLS_LEAST    20U /* the smallest screen */
#define ROWS_LEAST    5U
#define BTF_PATH      "/sys/kernel/btf/vmlinux"
#define LOCKDOWN_PATH "/sys/kernel/security/lockdown"
#define FIRST_PID_NAMESPACE                                                    \
	0xeffffffcU /* PROC_PID_INIT_INO, kernel's proc_ns.h */

/* What a probe finds. */
struct finding {
	char found_text[192];
	char remedy_text[256];
	struct buf found;  /* what is there, or what is wrong */
	struct buf remedy; /* if something is wrong */
};

struct requirement {
	const char *name;
	bool needed; /* for tracing at all */
	bool (*holds)(struct finding *finding);
	const char *lost; /* without it */
};

static void finding_init(struct finding *finding)
{
	buf_init(&finding->found, finding->found_text,
		 sizeof(finding->found_text));
	buf_init(&finding->remedy, finding->remedy_text,
		 sizeof(finding->remedy_text));
}

static bool kernel_holds(struct finding *finding)
{
	struct utsname name;
	(void)uname(&name); /* fails only for a bad address */
	const char *release =
		fault_is_set("old-kernel") ? "5.4.0" : name.release;
	char *end;
	unsigned long major = strtoul(release, &end, 10);
	unsigned long minor = *end == '.' ? strtoul(end + 1, NULL, 10) : 0;
	bool holds = major > KERNEL_MAJOR ||
		     (major == KERNEL_MAJOR && minor >= KERNEL_MINOR);
	buf_printf(&finding->found, "the kernel is Linux %.64s", release);
	if (!holds)
		buf_puts(&finding->found, ", older than 6.1");
	buf_printf(&finding->remedy, "install a newer one (%s) and restart",
		   distro_install_kernel());
	return holds;
}

/* How a user of this machine gets privileges. */
static void advise_privileges(struct buf *remedy)
{
	if (geteuid() != 0)
		buf_puts(remedy, "run it as root: sudo sctop");
	else
		buf_puts(remedy,
			 "this root has no power over the kernel: start the "
			 "container with --cap-add BPF --cap-add PERFMON, or "
			 "run sctop outside of it");
}

static bool privileges_hold(struct finding *finding)
{
	uint64_t caps = privileges_effective();
	bool holds = privileges_suffice(caps);
	bool has_bpf = caps & (uint64_t)1 << CAP_BPF;
	bool has_perfmon = caps & (uint64_t)1 << CAP_PERFMON;
	if (holds)
		buf_puts(&finding->found, "CAP_BPF and CAP_PERFMON are held");
	else if (!has_bpf && !has_perfmon)
		buf_puts(&finding->found,
			 "CAP_BPF and CAP_PERFMON are missing");
	else
		buf_printf(&finding->found, "%s is missing",
			   has_bpf ? "CAP_PERFMON" : "CAP_BPF");
	advise_privileges(&finding->remedy);
	return holds;
}

/* The first line of PATH into TEXT; 0 or negative errno. */
static int read_line(const char *path, char *text, int size)
{
	FILE *file = fopen(path, "re");
	if (!file)
		return -errno;
	int code = fgets(text, size, file) ? 0 : -EIO;
	(void)fclose(file); /* was only read */
	text[strcspn(text, "\n")] = '\0';
	return code;
}

/* The mode in force stands in brackets: "none [integrity] confidentiality". */
static bool lockdown_holds(struct finding *finding)
{
	char text[128] = "";
	if (fault_is_set("lockdown"))
		(void)strcpy(text, "none integrity [confidentiality]");
	else if (read_line(LOCKDOWN_PATH, text, sizeof(text)) < 0)
		text[0] = '\0'; /* no such file: no lockdown */
	if (!strstr(text, "[confidentiality]")) {
		buf_puts(&finding->found,
			 "the kernel may be read by BPF programs");
		return true;
	}
	buf_puts(&finding->found, "the kernel is locked down (confidentiality) "
				  "and keeps BPF programs from reading it");
	buf_puts(&finding->remedy,
		 "restart with lockdown=integrity on the kernel's command "
		 "line, or without lockdown=");
	return false;
}

static bool btf_holds(struct finding *finding)
{
	int code = 0;
	if (fault_is_set("no-btf"))
		code = ENOENT;
	else if (access(BTF_PATH, R_OK) < 0)
		code = errno;
	if (code == 0) {
		buf_puts(&finding->found, "the kernel describes its types "
					  "(BTF): " BTF_PATH);
		return true;
	}
	buf_printf(&finding->found, "no BTF can be read: " BTF_PATH ": %s",
		   strerror(code));
	if (access("/sys/kernel", F_OK) < 0)
		buf_puts(&finding->remedy,
			 "mount it: mount -t sysfs sysfs /sys");
	else
		buf_printf(&finding->remedy,
			   "start a kernel built with CONFIG_DEBUG_INFO_BTF=y, "
			   "such as the distribution's own (%s)",
			   distro_install_kernel());
	return false;
}

/* Loads a program that does nothing, of the kind that sctop uses. */
static int load_empty_program(void)
{
	const struct bpf_insn code[] = {
		{.code = BPF_ALU64 | BPF_MOV | BPF_K}, /* r0 = 0 */
		{.code = BPF_JMP | BPF_EXIT},
	};
	union bpf_attr attr = {
		.prog_type = BPF_PROG_TYPE_RAW_TRACEPOINT,
		.insn_cnt = 2,
		.insns = (uint64_t)(uintptr_t)code,
		.license = (uint64_t)(uintptr_t) "GPL",
	};
	int fd = (int)syscall(SYS_bpf, BPF_PROG_LOAD, &attr, sizeof(attr));
	if (fd < 0)
		return -errno;
	(void)close(fd); /* unloads it */
	return 0;
}

static bool bpf_holds(struct finding *finding)
{
	int code = load_empty_program();
	if (code == 0) {
		buf_puts(&finding->found, "the kernel loads BPF programs");
		return true;
	}
	buf_printf(&finding->found, "the kernel refuses BPF programs: %s",
		   strerror(-code));
	if (code == -ENOSYS)
		buf_puts(&finding->remedy,
			 "start a kernel built with CONFIG_BPF_SYSCALL=y");
	else if (!privileges_suffice(privileges_effective()))
		advise_privileges(&finding->remedy);
	else
		buf_puts(&finding->remedy,
			 "the bpf system call is withheld by a container, a "
			 "user namespace or a security module: run sctop "
			 "outside of it, as root");
	return false;
}

static bool tracefs_holds(struct finding *finding)
{
	int fd = -1;
	struct err err = {0};
	int code = fault_is_set("no-tracefs")
			   ? err_set(&err, -ENOENT, "no tracefs can be opened")
			   : tracefsdir_open(&fd, NULL, &err);
	if (code == 0) {
		(void)close(fd); /* was not read */
		buf_puts(&finding->found,
			 "the kernel lists its system calls (tracefs)");
		return true;
	}
	buf_printf(&finding->found, "%.180s", err.text);
	if (code == -ENOENT)
		buf_puts(&finding->remedy,
			 "start a kernel built with CONFIG_FTRACE_SYSCALLS=y, "
			 "or mount it: mount -t tracefs tracefs "
			 "/sys/kernel/tracing");
	else
		buf_puts(&finding->remedy, "run sctop as root, or let it read "
					   "/sys/kernel/tracing");
	return false;
}

static bool cgroup_holds(struct finding *finding)
{
	char mount[PATH_MAX];
	if (cgroup_mount(mount, sizeof(mount)) == 0) {
		buf_printf(&finding->found, "cgroup2 is mounted at %.120s",
			   mount);
		return true;
	}
	buf_puts(&finding->found, "no cgroup2 hierarchy is mounted");
	buf_puts(&finding->remedy, "mount -t cgroup2 none /sys/fs/cgroup");
	return false;
}

static bool namespace_holds(struct finding *finding)
{
	struct stat st;
	if (stat("/proc/self/ns/pid", &st) < 0) {
		buf_puts(&finding->found, "/proc cannot be read");
		buf_puts(&finding->remedy, "mount -t proc proc /proc");
		return false;
	}
	if (st.st_ino == FIRST_PID_NAMESPACE) {
		buf_puts(&finding->found, "every process has a PID here");
		return true;
	}
	buf_puts(&finding->found, "this is a PID namespace of its own");
	buf_puts(&finding->remedy,
		 "run sctop on the host, or start the container with "
		 "--pid=host");
	return false;
}

static bool names_hold(struct finding *finding)
{
	bool holds = privileges_effective() & (uint64_t)1 << CAP_SYS_PTRACE;
	buf_puts(&finding->found, holds ? "CAP_SYS_PTRACE is held"
					: "CAP_SYS_PTRACE is missing");
	advise_privileges(&finding->remedy);
	return holds;
}

static bool cost_holds(struct finding *finding)
{
	bool holds = privileges_effective() & (uint64_t)1 << CAP_SYS_ADMIN;
	buf_puts(&finding->found, holds ? "CAP_SYS_ADMIN is held at start"
					: "CAP_SYS_ADMIN is missing");
	advise_privileges(&finding->remedy);
	return holds;
}

static bool terminal_holds(struct finding *finding)
{
	const char *term = getenv("TERM");
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		buf_puts(&finding->found,
			 "standard input and output are not a terminal");
		buf_puts(&finding->remedy,
			 "start sctop in a terminal (docker run -it, ssh -t), "
			 "or use -b, -j, --csv or -c");
		return false;
	}
	if (!term || !*term || strcmp(term, "dumb") == 0) {
		buf_printf(&finding->found,
			   "TERM=%s does not name a terminal with a screen",
			   term ? term : "");
		buf_puts(&finding->remedy, "export TERM=xterm-256color");
		return false;
	}
	struct winsize size;
	bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
		     size.ws_row && size.ws_col;
	if (known && (size.ws_row < ROWS_LEAST || size.ws_col < COLS_LEAST)) {
		buf_printf(&finding->found,
			   "the terminal has %u columns and %u rows, and %u "
			   "and %u are needed",
			   size.ws_col, size.ws_row, COLS_LEAST, ROWS_LEAST);
		buf_puts(&finding->remedy,
			 "enlarge it, or use -b, -j, --csv or -c");
		return false;
	}
	buf_puts(&finding->found, "there is a terminal for the screen");
	return true;
}

#define NOTHING "nothing can be traced"

static const struct requirement table[] = {
	{"kernel", true, kernel_holds, NOTHING},
	{"privileges", true, privileges_hold, NOTHING},
	{"lockdown", true, lockdown_holds, NOTHING},
	{"BTF", true, btf_holds, NOTHING},
	{"bpf", true, bpf_holds, NOTHING},
	{"tracefs", false, tracefs_holds,
	 "the list of system calls is the built-in one; calls newer than "
	 "sctop have no name"},
	{"cgroup2", false, cgroup_holds, "-G"},
	{"PID namespace", false, namespace_holds,
	 "processes outside are shown with - as PID"},
	{"command lines", false, names_hold,
	 "command lines and descriptors of other users' processes"},
	{"own cost", false, cost_holds, "what tracing costs is not shown"},
	{"terminal", false, terminal_holds, "the screen"},
};

#define REQUIREMENTS (sizeof(table) / sizeof(table[0]))

int check_required(struct err *err)
{
	for (size_t i = 0; i < REQUIREMENTS; i++) {
		struct finding finding;
		finding_init(&finding);
		if (!table[i].needed || table[i].holds(&finding))
			continue;
		return err_set(err, -EPERM,
			       "cannot trace: %s; %s; sctop --check tells "
			       "more, and sctop --demo shows a recording "
			       "without any privilege",
			       finding.found_text, finding.remedy_text);
	}
	return 0;
}

int check_terminal(struct err *err)
{
	struct finding finding;
	finding_init(&finding);
	if (terminal_holds(&finding))
		return 0;
	return err_set(err, -ENOTTY, "cannot start the screen: %s; %s",
		       finding.found_text, finding.remedy_text);
}

int check_run(void)
{
	int status = EXIT_SUCCESS;
	for (size_t i = 0; i < REQUIREMENTS; i++) {
		const struct requirement *row = &table[i];
		struct finding finding;
		finding_init(&finding);
		bool holds = row->holds(&finding);
		(void)printf("%-8s%s: %s\n", holds ? "ok" : "missing",
			     row->name,
			     finding.found_text); /* main() checks stdout */
		if (holds)
			continue;
		(void)printf("%-8slost: %s\n%-8sremedy: %s\n", "", row->lost,
			     "", finding.remedy_text);
		if (row->needed)
			status = EXIT_FAILURE;
	}
	return status;
}
