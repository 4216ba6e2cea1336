/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/files.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

/* A file whose event has SIZE bytes. */
static void put(struct files *files, uint64_t id, uint32_t size)
{
	union {
		struct event_file file;
		char bytes[EVENT_SIZE_LIMIT];
	} ev = {.file = {.h = {.size = size, .kind = EVENT_FILE}, .id = id}};
	ev.file.size = size - (uint32_t)sizeof(ev.file);
	memset(&ev.file + 1, (int)('a' + id), ev.file.size);
	files_put(files, &ev.file);
}

Test(files, are_found_by_their_id)
{
	struct files *files = files_new(1 << 16);
	put(files, 7, 56);
	const struct event_file *file = files_find(files, 7);
	cr_assert(ne(ptr, (void *)file, NULL));
	cr_expect(eq(u32, file->size, 8));
	cr_expect(eq(int, memcmp(file + 1, "hhhhhhhh", 8), 0));
	cr_expect(eq(ptr, (void *)files_find(files, 8), NULL));
	files_free(files);
}

Test(files, that_nobody_asked_for_longest_go_first)
{
	struct files *files = files_new(4096);
	for (uint64_t id = 1; id <= 3; id++)
		put(files, id, 1024);
	cr_assert(ne(ptr, (void *)files_find(files, 1), NULL));
	put(files, 4, 1024);
	cr_expect(eq(ptr, (void *)files_find(files, 2), NULL));
	cr_expect(ne(ptr, (void *)files_find(files, 1), NULL));
	cr_expect(ne(ptr, (void *)files_find(files, 3), NULL));
	cr_expect(ne(ptr, (void *)files_find(files, 4), NULL));
	files_free(files);
}

Test(files, of_a_small_budget_are_not_kept)
{
	struct files *files = files_new(64);
	put(files, 1, 1024);
	cr_expect(eq(ptr, (void *)files_find(files, 1), NULL));
	files_free(files);
}
