/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A 64-bit program that makes 32-bit calls, and 64-bit ones between them. */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tests/live/compat.h"

enum {
	NR_READ = 3,
	NR_OPEN = 5,
	NR_FSTAT64 = 197
};

int main(void)
{
	/* Where 32 bits reach. */
	char *low = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	if (low == MAP_FAILED)
		return 1;
	strcpy(low, "/etc/passwd");
	long fd = compat_call(NR_OPEN, (long)low, 0, 0, 0, 0);
	(void)getppid();
	(void)compat_call(NR_READ, fd, (long)low, 10, 0, 0);
	(void)compat_call(NR_FSTAT64, fd, (long)low, 0, 0, 0);
	return 0;
}
