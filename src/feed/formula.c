/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/formula.h"

#include <string.h>

#include "abi/syscall.h"
#include "base/glob.h"

_Static_assert(LIVE_TESTS == CONTROL_TESTS, "one bit each");
_Static_assert(LIVE_GLOBS == CONTROL_GLOBS, "as many as there is room for");
_Static_assert(LIVE_TABLE_WORDS == CONTROL_VERDICTS, "the same table");
_Static_assert(LIVE_TABLE_WORDS * 64 == 1 << LIVE_TESTS, "a bit per outcome");

static const uint8_t fields[] = {
	[LIVE_CALL] = CONTROL_FIELD_CALL,
	[LIVE_PID] = CONTROL_FIELD_PID,
	[LIVE_TID] = CONTROL_FIELD_TID,
	[LIVE_UID] = CONTROL_FIELD_UID,
	[LIVE_GID] = CONTROL_FIELD_GID,
	[LIVE_COMM] = CONTROL_FIELD_COMM,
	[LIVE_RET] = CONTROL_FIELD_RET,
	[LIVE_DURATION] = CONTROL_FIELD_DURATION,
	[LIVE_HAS_FAILED] = CONTROL_FIELD_FAILED,
};

static const uint8_t compares[] = {
	[LIVE_IS] = CONTROL_IS,
	[LIVE_LESS] = CONTROL_LESS,
	[LIVE_AT_MOST] = CONTROL_AT_MOST,
	[LIVE_MORE] = CONTROL_MORE,
	[LIVE_AT_LEAST] = CONTROL_AT_LEAST,
};

static bool bit_at(const uint64_t *table, unsigned i)
{
	return table[i / 64] >> i % 64 & 1;
}

/* What passes whatever the outcomes of the tests in OPEN are; TO's places have
 * 0 for them. */
static void open_table(__u64 *to, const uint64_t *passes, unsigned open)
{
	for (unsigned i = 0; i < 1 << LIVE_TESTS; i++) {
		unsigned known = i & ~open;
		if (bit_at(passes, i))
			to[known / 64] |= 1ull << known % 64;
	}
}

int formula_fill(struct control_filter *ret, const struct live_formula *formula,
		 struct err *err)
{
	unsigned globs = 0;
	unsigned of_end = 0;
	unsigned of_call = 0;
	*ret = (struct control_filter){0};
	memcpy(ret->passes, formula->passes, sizeof(ret->passes));
	for (size_t i = 0; i < formula->count; i++) {
		const struct live_test *test = &formula->tests[i];
		struct control_test *to = &ret->tests[i];
		to->field = fields[test->field];
		to->compare = compares[test->compare];
		to->value = test->value;
		if (test->field >= LIVE_RET)
			of_end |= 1u << i;
		if (test->field == LIVE_CALL)
			of_call |= 1u << i;
		if (test->field != LIVE_COMM)
			continue;
		struct glob glob;
		int code = glob_compile(&glob, test->glob, err);
		if (code)
			return code;
		to->value = globs % CONTROL_GLOBS;
		struct control_glob *place = &ret->globs[to->value];
		memcpy(place->accepts, glob.accepts, sizeof(place->accepts));
		place->loops = glob.loops;
		place->final = glob.final;
		globs++;
	}
	open_table(ret->possible, formula->passes, of_end);
	open_table(ret->wanted, formula->passes, of_end | of_call);
	return 0;
}

uint16_t formula_tests(const struct live_formula *formula, uint32_t index)
{
	unsigned tests = 0;
	for (size_t i = 0; i < formula->count; i++) {
		const struct live_test *test = &formula->tests[i];
		if (test->field != LIVE_CALL)
			continue;
		bool passes =
			index == SYSCALL_NONE ? test->rest : test->calls[index];
		tests |= (unsigned)passes << i;
	}
	return (uint16_t)tests;
}
