/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/load.h"

#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/err.h"
#include "bpf/control.h"
#include "bpf/trace.skel.h"
#include "feed/live.h"

#define BTF_PATH      "/sys/kernel/btf/vmlinux"
#define LOCKDOWN_PATH "/sys/kernel/security/lockdown"
#define KERNEL_MIN    "6.1" /* the oldest kernel the programs were run on */

static int keep_quiet(enum libbpf_print_level level, const char *format,
		      va_list args)
{
	(void)level;
	(void)format;
	(void)args;
	return 0;
}

static bool is_too_old(const struct live_fault *fault, char *release,
		       size_t size)
{
	struct utsname name;
	unsigned major = 0, minor = 0;
	if (uname(&name) || sscanf(name.release, "%u.%u", &major, &minor) != 2)
		return false;
	(void)snprintf(release, size, "%s",
		       name.release); /* a cut release still tells */
	return fault->old_kernel || major < 6 || (major == 6 && minor < 1);
}

/* "none [integrity] confidentiality": whether the last is in force. */
static bool is_locked_down(const struct live_fault *fault)
{
	char text[128] = "";
	FILE *file = fopen(LOCKDOWN_PATH, "re");
	if (file) {
		if (!fgets(text, sizeof(text), file))
			text[0] = '\0';
		(void)fclose(file); /* nothing was written */
	}
	return fault->lockdown || strstr(text, "[confidentiality]");
}

static int refuse(int code, const struct live_fault *fault, struct err *err)
{
	char release[128] = "";
	if (fault->no_btf || access(BTF_PATH, R_OK))
		return err_set(
			err, -ENOTSUP,
			"cannot load the BPF programs: this kernel has no type "
			"information "
			"(" BTF_PATH
			"); use a kernel built with CONFIG_DEBUG_INFO_BTF");
	if (is_locked_down(fault))
		return err_set(err, -EPERM,
			       "cannot load the BPF programs: the kernel is "
			       "locked down "
			       "(confidentiality); boot with "
			       "lockdown=integrity or without it");
	if (is_too_old(fault, release, sizeof(release)))
		return err_set(err, -ENOTSUP,
			       "cannot load the BPF programs: Linux %s is too "
			       "old; use " KERNEL_MIN " or newer",
			       release);
	if (code == -EPERM || code == -EACCES)
		return err_set(err, -EPERM,
			       "cannot load the BPF programs: permission "
			       "denied; run as root or "
			       "grant CAP_BPF and CAP_PERFMON");
	return err_set(err, code,
		       "cannot load the BPF programs: %s; see sctop --check",
		       strerror(-code));
}

static bool has_fault(const struct live_fault *fault)
{
	return fault->no_btf || fault->lockdown || fault->old_kernel;
}

int load_open(struct trace **ret, const struct live_fault *fault,
	      struct err *err)
{
	(void)libbpf_set_print(
		keep_quiet); /* returns the old one, which nobody needs */
	if (has_fault(fault))
		return refuse(-EPERM, fault, err);
	struct trace *skel = trace__open();
	if (!skel)
		return refuse(-errno, fault, err);
	*ret = skel;
	return 0;
}

int load_load(struct trace *skel, const struct live_fault *fault,
	      struct err *err)
{
	int code = trace__load(skel);
	return code ? refuse(code, fault, err) : 0;
}

int load_attach(struct trace *skel, struct err *err)
{
	struct bpf_program *const programs[] = {
		skel->progs.task_fork,     skel->progs.task_exec,
		skel->progs.task_exit,     skel->progs.task_rename,
		skel->progs.cgroup_attach, skel->progs.sys_enter,
		skel->progs.sys_exit,
	};
	struct bpf_link **const links[] = {
		&skel->links.task_fork,     &skel->links.task_exec,
		&skel->links.task_exit,     &skel->links.task_rename,
		&skel->links.cgroup_attach, &skel->links.sys_enter,
		&skel->links.sys_exit,
	};
	for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++) {
		struct bpf_link *link = bpf_program__attach(programs[i]);
		if (!link)
			return err_set(err, -errno,
				       "cannot attach program %s: %s; see "
				       "sctop --check",
				       bpf_program__name(programs[i]),
				       strerror(errno));
		*links[i] = link;
	}
	return 0;
}
