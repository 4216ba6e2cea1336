/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A call as 32-bit programs make it, from programs of either size. */
#pragma once

#ifdef __x86_64__
#define COMPAT_LOST , "r8", "r9", "r10", "r11"
#else
#define COMPAT_LOST
#endif

static inline long compat_call(long nr, long a, long b, long c, long d, long e)
{
	long result;
	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "0"(nr), "b"(a), "c"(b), "d"(c), "S"(d), "D"(e)
			 : "memory" COMPAT_LOST);
	return result;
}

/* For programs that are linked with nothing: the compiler may want it. */
void _start(void);
