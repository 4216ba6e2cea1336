/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A 32-bit program without a C library: one call after another, for
 * tests/live/compat.sh, which knows what each must look like.
 */
#include "tests/live/compat.h"

#define PATH        "/etc/passwd"
#define DIRECTORY   "/proc/sys/kernel"
#define AT_FDCWD    (-100)
#define STATX_BASIC 0x7ff

/* arch/x86/entry/syscalls/syscall_32.tbl */
enum {
	NR_EXIT = 1,
	NR_CLOSE = 6,
	NR_READDIR = 89,
	NR_SOCKETCALL = 102,
	NR_LLSEEK = 140,
	NR_READV = 145,
	NR_RT_SIGACTION = 174,
	NR_MMAP2 = 192,
	NR_STAT64 = 195,
	NR_FSTAT64 = 197,
	NR_CLOCK_GETTIME = 265,
	NR_OPENAT = 295,
	NR_STATX = 383,
	NR_CLOCK_GETTIME64 = 403,
};

static char memory[4096];

static void use_files(void)
{
	long long offset = 0;
	const struct {
		char *base;
		unsigned long len;
	} vectors[] = {{memory, 3}, {memory + 16, 4}};
	long fd = compat_call(NR_OPENAT, AT_FDCWD, (long)PATH, 0, 0, 0);
	(void)compat_call(NR_STATX, AT_FDCWD, (long)PATH, 0, STATX_BASIC,
			  (long)memory);
	(void)compat_call(NR_STAT64, (long)PATH, (long)memory, 0, 0, 0);
	(void)compat_call(NR_FSTAT64, fd, (long)memory, 0, 0, 0);
	(void)compat_call(NR_LLSEEK, fd, 0, 5, (long)&offset, 0);
	(void)compat_call(NR_LLSEEK, fd, -1, -5, (long)&offset, 2);
	(void)compat_call(NR_LLSEEK, fd, 1, 2, (long)&offset, 0);
	(void)compat_call(NR_LLSEEK, fd, 0, 0, (long)&offset, 0);
	(void)compat_call(NR_READV, fd, (long)vectors, 2, 0, 0);
	(void)compat_call(NR_CLOSE, fd, 0, 0, 0, 0);
	(void)compat_call(NR_MMAP2, 0, 8192, 3, 0x22, -1);
}

/* The first entries of a directory in which no other process makes any. */
static void use_directory(void)
{
	long fd = compat_call(NR_OPENAT, AT_FDCWD, (long)DIRECTORY, 0, 0, 0);
	(void)compat_call(NR_READDIR, fd, (long)memory, 1, 0, 0);
	(void)compat_call(NR_READDIR, fd, (long)memory, 1, 0, 0);
	(void)compat_call(NR_READDIR, fd, 0, 1, 0, 0);
	(void)compat_call(NR_CLOSE, fd, 0, 0, 0, 0);
	(void)compat_call(NR_READDIR, -1, (long)memory, 1, 0, 0);
}

/* socket(AF_UNIX, SOCK_STREAM, 0), bind to "@compat" and listen, in words. */
static void use_sockets(void)
{
	static const char address[] = "\1\0\0compat";
	long words[6] = {1, 1, 0};
	long fd = compat_call(NR_SOCKETCALL, 1, (long)words, 0, 0, 0);
	words[0] = fd;
	words[1] = (long)address;
	words[2] = sizeof(address) - 1;
	(void)compat_call(NR_SOCKETCALL, 2, (long)words, 0, 0, 0);
	words[1] = 7;
	(void)compat_call(NR_SOCKETCALL, 4, (long)words, 0, 0, 0);
	words[0] = -1;
	words[1] = (long)"hello";
	words[2] = 5;
	words[3] = 0x4000; /* MSG_NOSIGNAL */
	(void)compat_call(NR_SOCKETCALL, 9, (long)words, 0, 0, 0);
}

static void use_time_and_signals(void)
{
	const unsigned long ignore_int_masked[] = {1, 0, 0, 2, 0};
	(void)compat_call(NR_CLOCK_GETTIME, 1, (long)memory, 0, 0, 0);
	(void)compat_call(NR_CLOCK_GETTIME64, 1, (long)memory, 0, 0, 0);
	(void)compat_call(NR_RT_SIGACTION, 10, (long)ignore_int_masked,
			  (long)memory, 8, 0);
}

void _start(void)
{
	use_files();
	use_directory();
	use_sockets();
	use_time_and_signals();
	(void)compat_call(NR_EXIT, 3, 0, 0, 0, 0);
}
