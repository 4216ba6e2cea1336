/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/demo.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/err.h"

static const unsigned char demo[] = {
#include "app/demo.inc"
};

/* A file of memory takes all, or there is no memory. */
static int fill(int fd)
{
	size_t done = 0;
	while (done < sizeof(demo)) {
		ssize_t n = write(fd, demo + done, sizeof(demo) - done);
		if (n < 0)
			return -errno;
		done += (size_t)n;
	}
	return lseek(fd, 0, SEEK_SET) < 0 ? -errno : 0;
}

int demo_open(struct err *err)
{
	int fd = memfd_create("sctop-demo", MFD_CLOEXEC);
	int code = fd < 0 ? -errno : fill(fd);
	if (code == 0)
		return fd;
	if (fd >= 0)
		(void)close(fd); /* nothing in it is wanted */
	return err_set(err, code, "cannot open %s: %s", DEMO_NAME,
		       strerror(-code));
}
