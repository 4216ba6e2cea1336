/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/stack.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

#include "abi/chunk.h"
#include "base/buf.h"

struct row {
	struct event_call call;
	struct event_chunk chunk;
	struct event_frame frames[EVENT_FRAMES];
};

/* Code in "libc" (file 1) that a program (file 2) called. */
static const struct event_frame usual[] = {
	{.address = 0x7f1000001017, .file = 1, .offset = 0x1017},
	{.address = 0x7f1000002222,
	 .file = 1,
	 .offset = 0x2222,
	 .flags = EVENT_FRAME_GUESS,
	 .slot = 0},
	{.address = 0x400444,
	 .file = 2,
	 .offset = 0x444,
	 .flags = EVENT_FRAME_GUESS,
	 .slot = 5},
	{.address = 0x400555, .file = 2, .offset = 0x555},
	{.address = 0x7fff00000010, .offset = 0x10, .kind = EVENT_FRAME_VDSO},
	{.address = 0x12345678, .offset = 0x678, .kind = EVENT_FRAME_ANON},
	{.address = 0x87654321, .kind = EVENT_FRAME_BUSY},
};
#define USUAL (sizeof(usual) / sizeof(usual[0]))

static struct row row_of(const struct event_frame *frames, size_t count)
{
	struct row row = {0};
	uint32_t size = (uint32_t)(count * sizeof(*frames));
	memcpy(row.frames, frames, size);
	row.chunk.what = EVENT_CHUNK_STACK;
	row.chunk.size = size;
	row.call.payload = (uint32_t)sizeof(row.chunk) + size;
	row.call.h.size = (uint32_t)sizeof(row.call) + row.call.payload;
	return row;
}

struct known {
	uint32_t slot; /* at the place of the call */
};

static const struct event_file *find(void *self, uint64_t id)
{
	static const struct {
		struct event_file ev;
		char text[16];
	} files[] = {{{.size = 8}, "/lib/c.6"}, {{.size = 7}, "/bin/(\n"}};
	(void)self;
	return id == 1 || id == 2 ? &files[id - 1].ev : NULL;
}

static const struct event_symbol *find_symbol(void *self, uint64_t file,
					      uint64_t offset)
{
	static struct {
		struct event_symbol ev;
		char text[8];
	} symbol;
	const struct known *known = self;
	symbol.ev = (struct event_symbol){
		.file = file, .offset = offset, .slot = EVENT_SLOT_UNKNOWN};
	if (file == 2 && offset == 0x555) {
		symbol.ev.begin = 0x500;
		symbol.ev.size = 4;
		memcpy(symbol.text, "ma\x1bn", 4);
	} else if (offset == 0x1017) {
		symbol.ev.begin = 0x1010;
		symbol.ev.size = 4;
		symbol.ev.slot = known->slot;
		memcpy(symbol.text, "read", 4);
	} else if (offset == 0x678) { /* of another place */
		symbol.ev.offset = 1;
	}
	return &symbol.ev;
}

static void check_lines(uint32_t slot, const char *expected)
{
	struct known known = {.slot = slot};
	const struct print_files files = {
		.find = find, .find_symbol = find_symbol, .self = &known};
	const struct row row = row_of(usual, USUAL);
	struct stack_walk walk;
	struct stack_frame frame;
	char data[1024];
	struct buf text;
	buf_init(&text, data, sizeof(data));
	cr_assert(chunk_are_sane(&row.call));
	cr_assert(stack_walk_init(&walk, &row.call, &files));
	while (stack_walk_next(&walk, &frame)) {
		stack_print_frame(&text, &frame, false);
		buf_putc(&text, '\n');
	}
	cr_expect(eq(str, data, (char *)expected));
}

#define LEAF "/lib/c.6(read+0x7) [0x1017]\n"
#define REST                                                                   \
	"/bin/\\50\\n(ma\\33n+0x55) [0x555]\n"                                 \
	"[vdso]([unknown]+0x10) [0x10]\n"                                      \
	"[anon]([unknown]+0x678) [0x12345678]\n"                               \
	"?([unknown]+0x0) [0x87654321]\n"

Test(stack, has_the_way_back_where_the_function_is_said_to_put_it)
{
	check_lines(5, LEAF "/bin/\\50\\n([unknown]+0x444) [0x444]\n" REST);
}

Test(stack, has_none_of_the_guesses_where_the_function_has_a_frame)
{
	check_lines(EVENT_SLOT_FRAME, LEAF REST);
}

Test(stack, has_the_first_word_where_nothing_is_said)
{
	check_lines(EVENT_SLOT_UNKNOWN,
		    LEAF "/lib/c.6([unknown]+0x2222) [0x2222]\n" REST);
}

Test(stack, in_one_line_is_functions_and_where_it_is_cut)
{
	struct known known = {.slot = EVENT_SLOT_FRAME};
	const struct print_files files = {
		.find = find, .find_symbol = find_symbol, .self = &known};
	struct row row = row_of(usual, 4);
	char data[256];
	struct buf text;
	buf_init(&text, data, sizeof(data));
	row.chunk.status = EVENT_CHUNK_CUT;
	cr_assert(stack_print_functions(&text, &row.call, &files));
	cr_expect(eq(str, data, "read < ma\x1bn < ..."));
}

Test(stack, of_a_call_without_one_is_none)
{
	const struct print_files files = {0};
	const struct row row = row_of(usual, 0);
	const struct event_call bare = {.h = {.size = sizeof(bare)}};
	struct stack_walk walk;
	cr_expect(not(stack_walk_init(&walk, &row.call, &files)));
	cr_expect(not(stack_walk_init(&walk, &bare, &files)));
}

Test(stack, with_a_frame_of_no_kind_is_refused)
{
	struct row row = row_of(usual, 1);
	row.frames[0].kind = EVENT_FRAME_KINDS;
	cr_expect(not(chunk_are_sane(&row.call)));
	row = row_of(usual, 2);
	row.chunk.size -= 8;
	row.call.payload -= 8;
	row.call.h.size -= 8;
	cr_expect(not(chunk_are_sane(&row.call)));
}
