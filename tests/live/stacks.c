/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Calls at the end of a chain of four functions with frame pointers:
 *
 *   stacks wrapper   23 calls of getpgid, by the C library's wrapper
 *   stacks inline    the same without a wrapper
 *   stacks threads   23 calls of read, which can be cancelled: with a second
 *                    thread the C library's wrapper puts things on the stack
 *   stacks deep      one call, 100 functions deep
 *   stacks made      one call by code that was made at run time
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define CALLS 23 /* a prime number: nothing else makes as many */
#define DEPTH 100

#define CHAINED __attribute__((noinline, used)) /* under its own name */

/* So that no call is a jump, and none is left out. */
#define KEEP(value) __asm__ volatile("" : "+r"(value))

typedef long callee(void);

CHAINED static long fourth_of_chain(callee *make)
{
	long result = make();
	KEEP(result);
	return result;
}

CHAINED static long third_of_chain(callee *make)
{
	long result = fourth_of_chain(make);
	KEEP(result);
	return result;
}

CHAINED static long second_of_chain(callee *make)
{
	long result = third_of_chain(make);
	KEEP(result);
	return result;
}

CHAINED static long first_of_chain(callee *make)
{
	long result = second_of_chain(make);
	KEEP(result);
	return result;
}

/* Each makes its call in a function that fourth_of_chain() calls. */
CHAINED static long call_wrapper(void)
{
	long result = getpgid(0);
	KEEP(result);
	return result;
}

CHAINED static long call_inline(void)
{
	long result = SYS_getpgid;
#ifdef __x86_64__
	__asm__ volatile("syscall"
			 : "+a"(result)
			 : "D"(0)
			 : "rcx", "r11", "memory");
#else
	result = syscall(SYS_getpgid, 0);
#endif
	return result;
}

CHAINED static long call_read(void)
{
	char byte;
	long result = read(STDIN_FILENO, &byte, 1);
	KEEP(result);
	return result;
}

CHAINED static long descend(int depth)
{
	long result = depth > 1 ? descend(depth - 1) : call_wrapper();
	KEEP(result);
	return result;
}

CHAINED static long call_deep(void)
{
	return descend(DEPTH);
}

/* getpgid(0), in memory that no file holds. */
CHAINED static long call_made(void)
{
#ifdef __x86_64__
	static const unsigned char code[] = {0xb8, SYS_getpgid, 0,    0, 0,
					     0x31, 0xff,        0x0f, 5, 0xc3};
	void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
			MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (at == MAP_FAILED)
		return -1;
	memcpy(at, code, sizeof(code));
	callee *made = NULL;
	memcpy(&made, &at, sizeof(made)); /* ISO C has no cast for it */
	long result = made();
	KEEP(result);
	return result;
#else
	return call_wrapper();
#endif
}

static void *wait_for_end(void *lock)
{
	(void)pthread_mutex_lock(lock); /* never: it is held */
	return NULL;
}

static int start_thread(void)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	pthread_t thread;
	(void)pthread_mutex_lock(&lock); /* nobody has it */
	return pthread_create(&thread, NULL, wait_for_end, &lock);
}

static const struct {
	const char *name;
	callee *make;
	int calls;
} scenes[] = {
	{"wrapper", call_wrapper, CALLS}, {"inline", call_inline, CALLS},
	{"threads", call_read, CALLS},    {"deep", call_deep, 1},
	{"made", call_made, 1},
};

int main(int argc, char **argv)
{
	const char *name = argc == 2 ? argv[1] : "";
	if (strcmp(name, "threads") == 0 && start_thread())
		return 1;
	for (size_t i = 0; i < sizeof(scenes) / sizeof(scenes[0]); i++) {
		if (strcmp(name, scenes[i].name) != 0)
			continue;
		for (int n = 0; n < scenes[i].calls; n++)
			(void)first_of_chain(scenes[i].make);
		_exit(0); /* at once: nothing is left to look at */
	}
	(void)fprintf(stderr, "usage: stacks SCENE\n");
	return 2;
}
