/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A filter expression as a table: each of its tests is a bit, and the bits
 * together are the place of the answer.  What depends on the process is tested
 * when that changes, what depends on the call's name is in its descriptor.
 */
#pragma once

#include "state.bpf.h"

/* Written by user space through a shared page, at any time. */
struct control_filter verdict SEC(".data.filter") = {};

static __always_inline bool verdict_bit(const u64 *table, u32 tests)
{
	u64 i = tests % (1 << CONTROL_TESTS);
	asm volatile("" : "+r"(i));
	return table[i / 64 % CONTROL_VERDICTS] >> (i & 63) & 1;
}

static __always_inline bool verdict_compares(s64 order, u32 compare)
{
	switch (compare) {
	case CONTROL_IS:
		return order == 0;
	case CONTROL_LESS:
		return order < 0;
	case CONTROL_AT_MOST:
		return order <= 0;
	case CONTROL_MORE:
		return order > 0;
	default:
		return order >= 0;
	}
}

/* -1, 0, 1 */
static __always_inline s64 verdict_order(u64 a, u64 b)
{
	return (a > b) - (a < b);
}

static __always_inline s64 verdict_signed_order(s64 a, s64 b)
{
	return (a > b) - (a < b);
}

struct verdict_comm {
	char text[EVENT_COMM_SIZE];
};

/* Whether the automaton of GLOB takes the whole of a name. */
static __always_inline bool
verdict_takes(const volatile struct control_glob *glob,
	      const struct verdict_comm *comm)
{
	u64 set = 1;
	for (u32 i = 0; i < EVENT_COMM_SIZE - 1; i++) {
		u8 c = (u8)comm->text[i];
		if (!c)
			break;
		set = (set & glob->accepts[c]) << 1 | (set & glob->loops);
	}
	return (set & glob->final) != 0;
}

/* Those that follow are verified once, on their own: what they return is not
 * known to the verifier, which else would go through every outcome of all
 * tests. */
__noinline int verdict_comm_test(const struct control_glob *glob,
				 const struct verdict_comm *comm)
{
	return glob && comm && verdict_takes(glob, comm);
}

__noinline int verdict_number_test(const struct control_test *test, u64 value)
{
	return test && verdict_compares(verdict_order(value, test->value),
					test->compare);
}

__noinline int verdict_task_test(const struct control_test *test,
				 const struct state *st,
				 const struct verdict_comm *comm)
{
	if (!test || !st || !comm)
		return false;
	switch (test->field) {
	case CONTROL_FIELD_PID:
		return st->pid && verdict_number_test(test, st->pid);
	case CONTROL_FIELD_TID:
		return st->tid && verdict_number_test(test, st->tid);
	case CONTROL_FIELD_UID:
		return verdict_number_test(test, st->uid);
	case CONTROL_FIELD_GID:
		return verdict_number_test(test, st->gid);
	case CONTROL_FIELD_COMM:
		return verdict_comm_test(
			&verdict.globs[test->value % CONTROL_GLOBS], comm);
	default:
		return false;
	}
}

/* Decides the tests about TASK; whether any of its calls may pass. */
static __noinline bool verdict_task(struct state *st, struct task_struct *task)
{
	struct verdict_comm comm = {};
	u32 tests = 0;
	if (!st || !task)
		return false;
	st->tests = 0;
	if (!verdict.on)
		return true;
	struct task_struct *leader = BPF_CORE_READ(task, group_leader);
	(void)bpf_probe_read_kernel(comm.text, sizeof(comm.text),
				    &leader->comm); /* else empty */
	for (u32 i = 0; i < CONTROL_TESTS; i++) {
		u32 passed =
			(u32)verdict_task_test(&verdict.tests[i], st, &comm);
		tests |= (passed & 1) << i;
	}
	st->tests = tests;
	return verdict.mark || verdict_bit(verdict.wanted, tests);
}

/* Whether a call that begins may pass; CALL is control_desc.tests. */
static __always_inline bool verdict_may_pass(const struct state *st, u32 call)
{
	return !verdict.on || verdict.mark ||
	       verdict_bit(verdict.possible, st->tests | call);
}

struct verdict_end {
	s64 ret;
	u64 duration_ns;
	u32 has_result;
	u32 failed;
};

__noinline int verdict_end_test(const struct control_test *test,
				const struct verdict_end *end)
{
	if (!test || !end)
		return false;
	switch (test->field) {
	case CONTROL_FIELD_RET:
		return end->has_result &&
		       verdict_compares(
			       verdict_signed_order(end->ret, (s64)test->value),
			       test->compare);
	case CONTROL_FIELD_DURATION:
		return end->has_result &&
		       verdict_number_test(test, end->duration_ns);
	case CONTROL_FIELD_FAILED:
		return end->failed == (test->value != 0);
	default:
		return false;
	}
}

/* Whether a call that ended passes. */
static __noinline bool verdict_passes(const struct state *st, u32 call,
				      const struct verdict_end *end)
{
	if (!st || !end)
		return true;
	u32 tests = st->tests | call;
	for (u32 i = 0; i < CONTROL_TESTS; i++) {
		u32 passed = (u32)verdict_end_test(&verdict.tests[i], end);
		tests |= (passed & 1) << i;
	}
	return verdict_bit(verdict.passes, tests);
}
