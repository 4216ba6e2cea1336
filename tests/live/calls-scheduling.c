/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who runs when, and where. */
#include "config.h"

#include "calls.h"

#include <linux/ioprio.h>
#include <linux/sched.h>
#include <linux/sched/types.h>
#include <sys/resource.h>
#include <time.h>

static void test_policy(struct calls *c)
{
	int priority = 0;
	struct timespec ts;
	CALL_BARE(c, sched_yield);
	CALL_AS(c, "0 (SCHED_OTHER)", sched_getscheduler, (0), "0");
	CALL(c, sched_getscheduler, (-1), "-1");
	CALL(c, sched_getparam, (0, &priority), "0, [%d]", priority);
	CALL(c, sched_getparam, (-1, NULL), "-1, NULL");
	CALL(c, sched_setparam, (0, &priority), "0, [0]");
	CALL(c, sched_setparam, (-1, c->bad), "-1, %p", (void *)c->bad);
	CALL(c, sched_setscheduler, (0, SCHED_BATCH, &priority),
	     "0, SCHED_BATCH, [0]");
	CALL_AS(c, "3 (SCHED_BATCH)", sched_getscheduler, (0), "0");
	priority = 99;
	CALL(c, sched_setscheduler,
	     (-1, SCHED_FIFO | SCHED_RESET_ON_FORK, &priority),
	     "-1, 0x40000001 /* SCHED_??? */, [99]");
	CALL(c, sched_setscheduler, (0, 77, NULL),
	     "0, 0x4d /* SCHED_??? */, NULL");
	CALL(c, sched_get_priority_max, (SCHED_FIFO), "SCHED_FIFO");
	CALL(c, sched_get_priority_min, (SCHED_RR), "SCHED_RR");
	CALL(c, sched_get_priority_min, (77), "0x4d /* SCHED_??? */");
	CALL(c, sched_rr_get_interval, (0, &ts), "0, {tv_sec=%ld, tv_nsec=%ld}",
	     ts.tv_sec, ts.tv_nsec);
	CALL(c, sched_rr_get_interval, (-1, &ts), "-1, %p", (void *)&ts);
}

static void test_attributes(struct calls *c)
{
	struct sched_attr attr = {.size = sizeof(attr)};
	CALL(c, sched_getattr, (0, &attr, sizeof(attr), 0),
	     "0, {size=%u, sched_policy=SCHED_BATCH, sched_flags=0, "
	     "sched_nice=%d, sched_priority=0, sched_runtime=%llu, "
	     "sched_deadline=%llu, sched_period=%llu, sched_util_min=%u, "
	     "sched_util_max=%u}, %zu, 0",
	     attr.size, attr.sched_nice, attr.sched_runtime,
	     attr.sched_deadline, attr.sched_period, attr.sched_util_min,
	     attr.sched_util_max, sizeof(attr));
	CALL(c, sched_getattr, (-1, &attr, 5, 6), "-1, %p, 5, 6",
	     (void *)&attr);
	attr = (struct sched_attr){.size = 48,
				   .sched_policy = SCHED_NORMAL,
				   .sched_nice = 3,
				   .sched_flags = SCHED_FLAG_RESET_ON_FORK |
						  SCHED_FLAG_RECLAIM};
	CALL(c, sched_setattr, (0, &attr, 0),
	     "0, {size=48, sched_policy=SCHED_OTHER, "
	     "sched_flags=SCHED_FLAG_RESET_ON_FORK|SCHED_FLAG_RECLAIM, "
	     "sched_nice=3, sched_priority=0, sched_runtime=0, "
	     "sched_deadline=0, sched_period=0}, 0");
	attr = (struct sched_attr){.size = 48,
				   .sched_policy = SCHED_DEADLINE,
				   .sched_runtime = 1,
				   .sched_flags = 0x1000};
	CALL(c, sched_setattr, (-1, &attr, 5),
	     "-1, {size=48, sched_policy=SCHED_DEADLINE, sched_flags=0x1000 /* "
	     "SCHED_FLAG_??? */, sched_nice=0, sched_priority=0, "
	     "sched_runtime=1, sched_deadline=0, sched_period=0}, 5");
	attr.size = 5;
	CALL(c, sched_setattr, (-1, &attr, 0), "-1, {size=5}, 0");
	CALL(c, sched_setattr, (-1, NULL, 0), "-1, NULL, 0");
}

static const char *mask_text(struct calls *c, const unsigned long *mask,
			     size_t words)
{
	const char *text = "";
	for (unsigned i = 0; i < 64 * words; i++)
		if (mask[i / 64] >> i % 64 & 1)
			text = calls_text(c, "%s%s%u", text, *text ? " " : "",
					  i);
	return text;
}

static void test_places(struct calls *c)
{
	unsigned long mask[16] = {0}, some[] = {5, 2};
	unsigned cpu = 0, node = 0;
	CALL(c, sched_getaffinity, (0, sizeof(mask), mask), "0, %zu, [%s]",
	     sizeof(mask), mask_text(c, mask, (size_t)c->result / 8));
	CALL(c, sched_getaffinity, (0, 1, mask), "0, 1, %p", (void *)mask);
	CALL(c, sched_setaffinity, (-1, 16, some), "-1, 16, [0 2 65]");
	CALL(c, sched_setaffinity, (0, 8, mask), "0, 8, [%s]",
	     mask_text(c, mask, 1));
	CALL(c, sched_setaffinity, (0, 8, c->bad), "0, 8, %p", (void *)c->bad);
	CALL(c, sched_setaffinity, (0, 0, mask), "0, 0, []");
	CALL(c, getcpu, (&cpu, &node, NULL), "[%u], [%u], NULL", cpu, node);
	CALL(c, getcpu, (NULL, NULL, c->bad), "NULL, NULL, %p", (void *)c->bad);
	CALL(c, getcpu, (c->bad, NULL, NULL), "%p, NULL, NULL", (void *)c->bad);
}

static void test_priorities(struct calls *c)
{
	CALL(c, getpriority, (PRIO_PROCESS, 0), "PRIO_PROCESS, 0");
	CALL(c, setpriority, (PRIO_PGRP, 999999999, 5),
	     "PRIO_PGRP, 999999999, 5");
	CALL(c, setpriority, (PRIO_PROCESS, 0, 4), "PRIO_PROCESS, 0, 4");
	CALL(c, getpriority, (77, -1), "0x4d /* PRIO_??? */, -1");
	CALL(c, ioprio_set, (IOPRIO_WHO_PROCESS, 0, 0x4007),
	     "IOPRIO_WHO_PROCESS, 0, IOPRIO_PRIO_VALUE(IOPRIO_CLASS_BE, 7)");
	CALL_AS(c, "16391 (IOPRIO_PRIO_VALUE(IOPRIO_CLASS_BE, 7))", ioprio_get,
		(IOPRIO_WHO_PROCESS, 0), "IOPRIO_WHO_PROCESS, 0");
	CALL(c, ioprio_set, (77, -1, 0xa001),
	     "0x4d /* IOPRIO_WHO_??? */, -1, IOPRIO_PRIO_VALUE(0x5 /* "
	     "IOPRIO_CLASS_??? */, 1)");
	CALL(c, ioprio_get, (IOPRIO_WHO_USER, 999999999),
	     "IOPRIO_WHO_USER, 999999999");
}

void calls_scheduling(struct calls *c)
{
	test_policy(c);
	test_attributes(c);
	test_places(c);
	test_priorities(c);
}
