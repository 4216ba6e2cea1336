/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words of memory that threads wait at, and what else is a thread's own. */
#include "config.h"

#include "calls.h"

#include <errno.h>
#include <linux/futex.h>
#include <linux/membarrier.h>
#include <linux/rseq.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void test_wait(struct calls *c)
{
	unsigned word = 5, other = 6;
	struct timespec ts = {0, 5}, past = {1, 7};
	CALL(c, futex, (&word, FUTEX_WAIT, 4, NULL), "%p, FUTEX_WAIT, 4, NULL",
	     (void *)&word);
	CALL(c, futex, (&word, FUTEX_WAIT_PRIVATE, 5, &ts),
	     "%p, FUTEX_WAIT_PRIVATE, 5, {tv_sec=0, tv_nsec=5}", (void *)&word);
	CALL(c, futex,
	     (&word, FUTEX_WAIT_BITSET_PRIVATE | FUTEX_CLOCK_REALTIME, 5, &past,
	      NULL, FUTEX_BITSET_MATCH_ANY),
	     "%p, FUTEX_WAIT_BITSET_PRIVATE|FUTEX_CLOCK_REALTIME, 5, "
	     "{tv_sec=1, tv_nsec=7}, FUTEX_BITSET_MATCH_ANY",
	     (void *)&word);
	CALL(c, futex, (&word, FUTEX_WAIT_BITSET, 4, c->bad, NULL, 0x11),
	     "%p, FUTEX_WAIT_BITSET, 4, %p, 0x11", (void *)&word,
	     (void *)c->bad);
	CALL(c, futex, (&word, FUTEX_WAKE, 1), "%p, FUTEX_WAKE, 1",
	     (void *)&word);
	CALL(c, futex, (&word, FUTEX_WAKE_PRIVATE, 2147483647),
	     "%p, FUTEX_WAKE_PRIVATE, 2147483647", (void *)&word);
	CALL(c, futex, (&word, FUTEX_WAKE_BITSET, 3, NULL, NULL, 0x22),
	     "%p, FUTEX_WAKE_BITSET, 3, 0x22", (void *)&word);
	CALL(c, futex, (&word, FUTEX_REQUEUE, 1, 2, &other),
	     "%p, FUTEX_REQUEUE, 1, 2, %p", (void *)&word, (void *)&other);
	CALL(c, futex, (&word, FUTEX_CMP_REQUEUE_PRIVATE, 1, 2, &other, 9),
	     "%p, FUTEX_CMP_REQUEUE_PRIVATE, 1, 2, %p, 9", (void *)&word,
	     (void *)&other);
	CALL(c, futex,
	     (&word, FUTEX_WAKE_OP, 1, 2, &other,
	      FUTEX_OP(FUTEX_OP_SET, 1, FUTEX_OP_CMP_GT, 3)),
	     "%p, FUTEX_WAKE_OP, 1, 2, %p, "
	     "FUTEX_OP_SET<<28|0x1<<12|FUTEX_OP_CMP_GT<<24|0x3",
	     (void *)&word, (void *)&other);
	CALL(c, futex, (NULL, FUTEX_WAKE, -1), "NULL, FUTEX_WAKE, 4294967295");
	CALL(c, futex, (&word, FUTEX_FD, 1), "%p, FUTEX_FD, 1", (void *)&word);
	CALL(c, futex, (&word, 77, 1, 2, 3, 4),
	     "%p, 0x4d /* FUTEX_??? */, 1, 0x2, 0x3, 0x4", (void *)&word);
}

static void test_locks(struct calls *c)
{
	unsigned word = 0;
	struct timespec past = {1, 7};
	CALL(c, futex, (&word, FUTEX_LOCK_PI, 0, NULL),
	     "%p, FUTEX_LOCK_PI, NULL", (void *)&word);
	CALL(c, futex, (&word, FUTEX_TRYLOCK_PI_PRIVATE),
	     "%p, FUTEX_TRYLOCK_PI_PRIVATE", (void *)&word);
	CALL(c, futex, (&word, FUTEX_UNLOCK_PI), "%p, FUTEX_UNLOCK_PI",
	     (void *)&word);
	CALL(c, futex, (&word, FUTEX_LOCK_PI2, 0, &past),
	     "%p, FUTEX_LOCK_PI2, {tv_sec=1, tv_nsec=7}", (void *)&word);
	CALL(c, futex, (&word, FUTEX_WAIT_REQUEUE_PI, 5, &past, c->bad),
	     "%p, FUTEX_WAIT_REQUEUE_PI, 5, {tv_sec=1, tv_nsec=7}, %p",
	     (void *)&word, (void *)c->bad);
	CALL(c, futex, (&word, FUTEX_CMP_REQUEUE_PI, 1, 2, c->bad, 5),
	     "%p, FUTEX_CMP_REQUEUE_PI, 1, 2, %p, 5", (void *)&word,
	     (void *)c->bad);
}

static void test_several(struct calls *c)
{
	unsigned word = 5;
	struct timespec past = {1, 7};
	struct futex_waitv waiters[2] = {
		{.val = 5, .uaddr = (uintptr_t)&word, .flags = FUTEX_32},
		{.val = 1, .uaddr = 0x10, .flags = FUTEX_32 | 128},
	};
	CALL(c, futex_waitv, (waiters, 2, 0, &past, CLOCK_MONOTONIC),
	     "[{val=0x5, uaddr=%p, flags=FUTEX_32}, {val=0x1, uaddr=0x10, "
	     "flags=FUTEX_32|FUTEX_PRIVATE_FLAG}], 2, 0, {tv_sec=1, "
	     "tv_nsec=7}, CLOCK_MONOTONIC",
	     (void *)&word);
	CALL(c, futex_waitv, (NULL, 0, 5, NULL, 77),
	     "NULL, 0, 0x5, NULL, 0x4d /* CLOCK_??? */");
}

/* A thread that waits at a word, then for a byte, until its maker comes. */
struct waiter {
	struct calls *c;
	unsigned word;
	int ends[2];
	_Atomic pid_t tid;
};

static void *wait_twice(void *arg)
{
	struct waiter *self = arg;
	struct calls *c = self->c;
	char byte = 0;
	self->tid = (pid_t)syscall(SYS_gettid);
	CALL(c, futex, (&self->word, FUTEX_WAIT_PRIVATE, 7, NULL),
	     "%p, FUTEX_WAIT_PRIVATE, 7, NULL", (void *)&self->word);
	CALL(c, read, (self->ends[0], &byte, 5), "%d, \"!\", 5", self->ends[0]);
	return NULL;
}

static void test_threads(struct calls *c)
{
	struct waiter waiter = {.c = calls_copy(c), .word = 7};
	pthread_t thread;
	CALLS_NEED(c, !pipe(waiter.ends));
	CALLS_NEED(c, !pthread_create(&thread, NULL, wait_twice, &waiter));
	while (!waiter.tid)
		(void)sched_yield();
	calls_await(c, waiter.tid, SYS_futex);
	CALL(c, futex, (&waiter.word, FUTEX_WAKE_PRIVATE, 1),
	     "%p, FUTEX_WAKE_PRIVATE, 1", (void *)&waiter.word);
	calls_await(c, waiter.tid, SYS_read);
	CALL(c, write, (waiter.ends[1], "!", 1), "%d, \"!\", 1",
	     waiter.ends[1]);
	CALLS_NEED(c, !pthread_join(thread, NULL));
	free(waiter.c);
}

static void test_own(struct calls *c)
{
	struct {
		void *next;
		long offset;
		void *pending;
	} list = {&list, 0, NULL};
	void *head = NULL;
	size_t length = 0;
	CALL(c, get_robust_list, (0, &head, &length), "0, [%p], [%zu]", head,
	     length);
	CALL(c, get_robust_list, (-1, NULL, &length), "-1, NULL, %p",
	     (void *)&length);
	CALL(c, set_robust_list, (&list, 24), "%p, 24", (void *)&list);
	CALL(c, set_robust_list, (NULL, 5), "NULL, 5");
	CALL(c, rseq, (c->bad, 32, 0, 0x53053053), "%p, 0x20, 0, 0x53053053",
	     (void *)c->bad);
	CALL(c, rseq, (c->bad, 32, RSEQ_FLAG_UNREGISTER | 0x4, 5),
	     "%p, 0x20, 0x5, 0x5", (void *)c->bad);
	CALL_AS(c,
		calls_text(
			c, "%#lx (%s)", c->result,
			CALLS_FLAGS(
				c, (uint64_t)c->result,
				CALLS_FLAG(MEMBARRIER_CMD_GLOBAL),
				CALLS_FLAG(MEMBARRIER_CMD_GLOBAL_EXPEDITED),
				{"MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED", 4},
				{"MEMBARRIER_CMD_PRIVATE_EXPEDITED", 8},
				{"MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED",
				 16},
				{"MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE",
				 32},
				{"MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_"
				 "SYNC_CORE",
				 64},
				{"MEMBARRIER_CMD_PRIVATE_EXPEDITED_RSEQ", 128},
				{"MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_"
				 "RSEQ",
				 256},
				{"MEMBARRIER_CMD_GET_REGISTRATIONS", 512})),
		membarrier, (MEMBARRIER_CMD_QUERY, 0),
		"MEMBARRIER_CMD_QUERY, 0");
	CALL(c, membarrier, (MEMBARRIER_CMD_GLOBAL, 0, 0),
	     "MEMBARRIER_CMD_GLOBAL, 0");
	CALL(c, membarrier, (0x100000, 5, 0),
	     "0x100000 /* MEMBARRIER_CMD_??? */, MEMBARRIER_CMD_FLAG_CPU|0x4, "
	     "0");
}

void calls_futex(struct calls *c)
{
	test_wait(c);
	test_locks(c);
	test_several(c);
	test_threads(c);
	test_own(c);
}
