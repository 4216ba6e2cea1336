/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What concerns the whole machine.  Whatever could change it has arguments
 * that the kernel refuses, or happens in a namespace of its own. */
#include "config.h"

#include "calls.h"

#include <fcntl.h>
#include <linux/reboot.h>
#include <sched.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/random.h>
#include <sys/swap.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>

static void test_names(struct calls *c)
{
	struct utsname name;
	CALL(c, uname, (&name), "{sysname=\"%s\", nodename=\"%s\", ...}",
	     name.sysname, name.nodename);
	CALL(c, uname, (NULL), "NULL");
	CALL(c, unshare, (CLONE_NEWUTS), "CLONE_NEWUTS");
	CALLS_NEED(c, !c->error);
	CALL(c, sethostname, ("a\nname", 6), "\"a\\nname\", 6");
	CALL(c, sethostname, (c->bad, 5), "%p, 5", (void *)c->bad);
	CALL(c, sethostname, (c->bad, -1), "%p, 4294967295", (void *)c->bad);
	CALL(c, setdomainname, ("domain", 6), "\"domain\", 6");
	CALL(c, setdomainname, (NULL, 6), "NULL, 6");
}

static void test_state(struct calls *c)
{
	struct sysinfo si;
	unsigned char buf[64];
	CALL(c, sysinfo, (&si),
	     "{uptime=%ld, loads=[%lu, %lu, %lu], totalram=%lu, freeram=%lu, "
	     "sharedram=%lu, bufferram=%lu, totalswap=%lu, freeswap=%lu, "
	     "procs=%u, totalhigh=%lu, freehigh=%lu, mem_unit=%u}",
	     si.uptime, si.loads[0], si.loads[1], si.loads[2], si.totalram,
	     si.freeram, si.sharedram, si.bufferram, si.totalswap, si.freeswap,
	     si.procs, si.totalhigh, si.freehigh, si.mem_unit);
	CALL(c, sysinfo, (c->bad), "%p", (void *)c->bad);
	CALL(c, getrandom, (buf, 8, GRND_NONBLOCK), "%s, 8, GRND_NONBLOCK",
	     calls_hexed(c, buf, 8));
	CALL(c, getrandom, (buf, 40, 0), "%s, 40, 0", calls_hexed(c, buf, 40));
	CALL(c, getrandom, (NULL, 0, GRND_RANDOM), "NULL, 0, GRND_RANDOM");
	CALL(c, getrandom, (c->bad, 8, 0x10), "%p, 8, 0x10 /* GRND_??? */",
	     (void *)c->bad);
	CALL(c, syslog, (10, NULL, 0), "10 /* SYSLOG_ACTION_SIZE_BUFFER */");
	CALL(c, syslog, (77, buf, 5), "77 /* SYSLOG_ACTION_??? */, %p, 5",
	     (void *)buf);
}

static void test_loading(struct calls *c)
{
	const char *text = "not a module";
	CALL(c, init_module, (text, 12, "a=\"b\""), "%p, 12, \"a=\\\"b\\\"\"",
	     (const void *)text);
	CALL(c, finit_module, (-1, "", 1),
	     "-1, \"\", MODULE_INIT_IGNORE_MODVERSIONS");
	CALL(c, finit_module, (-1, NULL, 0x10),
	     "-1, NULL, 0x10 /* MODULE_INIT_??? */");
	CALL(c, delete_module, ("none", O_NONBLOCK), "\"none\", O_NONBLOCK");
	CALL(c, delete_module, (c->bad, O_TRUNC | 0x1), "%p, O_TRUNC|0x1",
	     (void *)c->bad);
	CALL(c, kexec_load, (0x1000, 17, c->bad, 0x1),
	     "0x1000, 17, %p, KEXEC_ARCH_DEFAULT|KEXEC_ON_CRASH",
	     (void *)c->bad);
	CALL(c, kexec_file_load, (-1, -1, 4, "abc", 0x1000),
	     "-1, -1, 4, \"abc\\0\", 0x1000 /* KEXEC_FILE_??? */");
	CALL(c, kexec_file_load, (-1, -1, 0, NULL, 2 | 4),
	     "-1, -1, 0, NULL, KEXEC_FILE_ON_CRASH|KEXEC_FILE_NO_INITRAMFS");
	CALL(c, reboot, (0x1234, 0x28121969, LINUX_REBOOT_CMD_RESTART2, "text"),
	     "0x1234 /* LINUX_REBOOT_MAGIC_??? */, LINUX_REBOOT_MAGIC2, "
	     "LINUX_REBOOT_CMD_RESTART2, \"text\"");
	CALL(c, reboot, (LINUX_REBOOT_MAGIC1, 5, LINUX_REBOOT_CMD_CAD_ON, 0),
	     "LINUX_REBOOT_MAGIC1, 0x5 /* LINUX_REBOOT_MAGIC_??? */, "
	     "LINUX_REBOOT_CMD_CAD_ON");
	CALL(c, swapon, ("none", SWAP_FLAG_PREFER | SWAP_FLAG_DISCARD | 5),
	     "\"none\", SWAP_FLAG_PREFER|SWAP_FLAG_DISCARD|5");
	CALL(c, swapon, ("none", 0), "\"none\", 0");
	CALL(c, swapoff, ("none"), "\"none\"");
	CALL(c, acct, ("none"), "\"none\"");
}

static void test_ports(struct calls *c)
{
	char buf[64];
	struct {
		unsigned entry, base, limit, flags;
	} ldt = {9999, 0, 0, 0};
	CALL(c, iopl, (4), "4");
	CALL(c, ioperm, (0x80, 1, 0), "0x80, 0x1, 0");
	CALL(c, ioperm, (-1L, 1, 5), "%#lx, 0x1, 5", -1L);
	CALL(c, modify_ldt, (0, buf, 64), "0, %p, 64", (void *)buf);
	CALL_AS(c, "4294967274 EINVAL (Invalid argument)", modify_ldt,
		(1, &ldt, 16),
		"1, {entry_number=9999, base_addr=00000000, limit=00000000, "
		"seg_32bit=0, "
		"contents=0, read_exec_only=0, limit_in_pages=0, "
		"seg_not_present=0, useable=0, lm=0}, 16");
	CALL(c, sysfs, (3, 0, 0), "0x3, 0, 0");
	CALL(c, sysfs, (2, 0, buf), "0x2, 0, %p", (void *)buf);
	CALL(c, ustat, (0x1234567, c->bad), "makedev(0x345, 0x1267), %p",
	     (void *)c->bad);
	CALL(c, uselib, ("none"), "\"none\"");
	CALL(c, lookup_dcookie, (5, buf, 64), "5, %p, 64", (void *)buf);
}

/* They have numbers and nothing else. */
static void test_absent(struct calls *c)
{
	CALL(c, afs_syscall, (1, 2, 3, 4, 5, 6), "0x1, 0x2, 0x3, 0x4, 0x5");
	CALL(c, create_module, (1, 2, 3, 4, 5, 6), "0x1, 0x2");
	CALL(c, epoll_ctl_old, (1, 2, 3, 4, 5, 6), "0x1, 0x2, 0x3, 0x4");
	CALL(c, epoll_wait_old, (1, 2, 3, 4, 5, 6), "0x1, 0x2, 0x3, 0x4");
	CALL(c, get_kernel_syms, (1, 2, 3, 4, 5, 6), "0x1");
	CALL(c, getpmsg, (1, 2, 3, 4, 5, 6), "0x1, 0x2, 0x3, 0x4, 0x5");
	CALL(c, nfsservctl, (1, 2, 3, 4, 5, 6), "0x1, 0x2, 0x3");
	CALL(c, putpmsg, (1, 2, 3, 4, 5, 6), "0x1, 0x2, 0x3, 0x4, 0x5");
	CALL(c, query_module, (1, 2, 3, 4, 5, 6), "0x1, 0x2, 0x3, 0x4, 0x5");
	CALL(c, security, (1, 2, 3, 4, 5, 6), "0x1, 0x2, 0x3");
	CALL(c, tuxcall, (1, 2, 3, 4, 5, 6), "0x1, 0x2, 0x3");
	CALL(c, vserver, (1, 2, 3, 4, 5, 6), "0x1, 0x2, 0x3, 0x4, 0x5");
	CALL(c, set_thread_area, (c->bad), "%p", (void *)c->bad);
	CALL(c, get_thread_area, (c->bad), "%p", (void *)c->bad);
	CALL(c, _sysctl, (c->bad), "%p", (void *)c->bad);
	CALL(c, restart_syscall, (0),
	     "<... resuming interrupted system call ...>");
}

static void leave_terminal(struct calls *c)
{
	CALLS_NEED(c, setsid() > 0);
	CALL_BARE(c, vhangup);
}

void calls_system(struct calls *c)
{
	test_names(c);
	test_state(c);
	test_loading(c);
	test_ports(c);
	test_absent(c);
	calls_in_child(c, leave_terminal);
}
