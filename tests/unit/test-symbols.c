/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/symbols.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bpf/event.h"
#include "tests/lib/elfmade.h"

#define LIFE 4

/* What came, a letter each: f a path, s a symbol without a name, S one with
 * it, c a call. */
struct seen {
	char kinds[64];
	size_t count;
	uint64_t offset; /* of the latest symbol */
	char name[32];
};

static void see(void *self, const struct event *ev)
{
	struct seen *seen = self;
	const struct event_symbol *symbol = (const void *)ev;
	char kind = ev->kind == EVENT_FILE ? 'f' : 'c';
	if (ev->kind == EVENT_SYMBOL) {
		kind = symbol->size ? 'S' : 's';
		seen->offset = symbol->offset;
		cr_assert(lt(u32, symbol->size, sizeof(seen->name)));
		memcpy(seen->name, symbol + 1, symbol->size);
		seen->name[symbol->size] = '\0';
		cr_expect(eq(u32, ev->size,
			     sizeof(*symbol) + ((symbol->size + 7) & ~7u)));
	}
	seen->kinds[seen->count++ % (sizeof(seen->kinds) - 1)] = kind;
}

struct setting {
	struct symbols *symbols;
	struct seen seen;
	struct sink to, sink;
	int fd; /* of an ELF file; found below /proc */
};

static void set_up(struct setting *s)
{
	const struct symbols_config config = {
		.path_bytes = 1 << 16, .name_bytes = 1 << 16, .life = LIFE};
	struct elfmade_file file;
	*s = (struct setting){.symbols = symbols_new(&config)};
	s->to = (struct sink){.put = see, .self = &s->seen};
	s->sink = symbols_sink(s->symbols, &s->to);
	elfmade_init(&file);
	s->fd = elfmade_open(&file, sizeof(file));
	cr_assert(ge(int, s->fd, 0));
}

static void tear_down(struct setting *s)
{
	symbols_free(s->symbols);
	(void)close(s->fd);
}

static void put_path(struct setting *s, uint64_t id, const char *path,
		     uint32_t flags)
{
	struct {
		struct event_file ev;
		char text[64];
	} file = {.ev = {.h = {.kind = EVENT_FILE, .size = sizeof(file)},
			 .id = id,
			 .size = (uint32_t)strlen(path),
			 .flags = flags}};
	strcpy(file.text, path);
	sink_put(&s->sink, &file.ev.h);
}

static void put_own_path(struct setting *s, uint64_t id, uint32_t flags)
{
	char path[64];
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", s->fd);
	put_path(s, id, path, flags);
}

static void put_call(struct setting *s, const struct event_frame *frame,
		     uint32_t tid)
{
	struct {
		struct event_call call;
		struct event_chunk chunk;
		struct event_frame frame;
	} row = {
		.call = {.h = {.kind = EVENT_CALL,
			       .size = sizeof(row),
			       .tid = tid},
			 .payload = sizeof(row) - sizeof(row.call)},
		.chunk = {.what = EVENT_CHUNK_STACK, .size = sizeof(row.frame)},
		.frame = *frame};
	sink_put(&s->sink, &row.call.h);
}

/* A place in the file with that id, behind so many bytes of its code. */
static struct event_frame frame_of(uint64_t id, uint64_t offset)
{
	return (struct event_frame){.file = id,
				    .offset = ELFMADE_CODE + offset};
}

Test(symbols, come_once_before_the_first_row_that_has_the_place)
{
	struct setting s;
	set_up(&s);
	put_own_path(&s, 7, 0);
	const struct event_frame frame = frame_of(7, 0x41);
	put_call(&s, &frame, 1);
	put_call(&s, &frame, 1);
	cr_expect(eq(str, s.seen.kinds, "fScc"));
	cr_expect(eq(str, s.seen.name, "outer"));
	cr_expect(eq(u64, s.seen.offset, ELFMADE_CODE + 0x41));
	tear_down(&s);
}

Test(symbols, come_again_when_they_may_have_been_forgotten)
{
	struct setting s;
	set_up(&s);
	put_own_path(&s, 7, 0);
	for (uint64_t i = 1; i <= LIFE + 1; i++) {
		const struct event_frame frame = frame_of(7, i);
		put_call(&s, &frame, 1);
	}
	const struct event_frame first = frame_of(7, 1);
	put_call(&s, &first, 1);
	cr_expect(eq(str, s.seen.kinds, "fScScScScScSc"));
	cr_expect(eq(u64, s.seen.offset, ELFMADE_CODE + 1));
	tear_down(&s);
}

Test(symbols, have_no_name_where_the_file_is_gone_or_unknown)
{
	struct setting s;
	set_up(&s);
	struct event_frame frame = frame_of(9, 1);
	put_call(&s, &frame, 1);
	put_path(&s, 8, "/nowhere/at/all", 0);
	frame = frame_of(8, 1);
	put_call(&s, &frame, 1);
	put_own_path(&s, 7, 0);
	frame = frame_of(7, 1);
	frame.flags = EVENT_FRAME_DELETED;
	put_call(&s, &frame, 1);
	cr_expect(eq(str, s.seen.kinds, "scfscfsc"));
	tear_down(&s);
}

Test(symbols, of_another_root_are_looked_for_by_each_thread)
{
	struct setting s;
	set_up(&s);
	put_own_path(&s, 7, EVENT_FILE_ELSEWHERE);
	const struct event_frame frame = frame_of(7, 1);
	put_call(&s, &frame, 0); /* of no thread here */
	put_call(&s, &frame, (uint32_t)getpid());
	cr_expect(eq(str, s.seen.kinds, "fscSc"));
	tear_down(&s);
}

Test(symbols, are_not_told_of_code_without_a_file)
{
	struct setting s;
	set_up(&s);
	const struct event_frame frame = {.kind = EVENT_FRAME_ANON,
					  .offset = 1};
	put_call(&s, &frame, 1);
	cr_expect(eq(str, s.seen.kinds, "c"));
	tear_down(&s);
}
