/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/reach.h"

#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/err.h"
#include "feed/inventory.h"

int reach_signal(void *self, pid_t pid, uint64_t start_ns, int number,
		 struct err *err)
{
	(void)self; /* it concerns the machine */
	int code = 0;
	int pidfd = inventory_pidfd(pid, start_ns, err);
	if (pidfd < 0)
		return pidfd;
	if (syscall(SYS_pidfd_send_signal, pidfd, number, NULL, 0) < 0)
		code = err_set(err, -errno, "%s%s", strerror(errno),
			       errno == EPERM
				       ? "; run as root or grant CAP_KILL"
				       : "");
	(void)close(pidfd); /* nothing was written */
	return code;
}

int reach_files(void *self, pid_t pid, uint64_t start_ns,
		void (*add)(void *to, const struct inventory_file *file),
		void *to, struct err *err)
{
	(void)self; /* it concerns the machine */
	return inventory_files(pid, start_ns, add, to, err);
}
