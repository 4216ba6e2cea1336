/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The stacks of all calls are kept as text with their weights until the end.
 * What would grow beyond the budget is added to one line of its own.
 */
#include "config.h"

#include "view/folded.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#include "abi/stack.h"
#include "abi/syscall.h"
#include "base/buf.h"
#include "base/escape.h"
#include "base/xalloc.h"
#include "bpf/event.h"
#include "model/field.h"
#include "model/model.h"
#include "view/dump_row.h"
#include "view/foreign.h"

#define STACK_SIZE 16384 /* bytes of all frames; then it is cut */
#define FRAME_SIZE 1024  /* bytes of one */
#define REST       "[other]"

struct stack {
	uint64_t weight;
	UT_hash_handle hh;
	char text[];
};

struct folded {
	struct foreign_config config;
	enum folded_variant variant;
	const struct field *path;
	struct stack *stacks;
	struct stack *next; /* to be written */
	size_t bytes;
	uint64_t rest; /* calls in REST */
	bool is_sorted;
};

void *folded_new(const struct foreign_config *config, unsigned variant)
{
	struct folded *folded = xcalloc(1, sizeof(*folded));
	folded->config = *config;
	folded->variant = (enum folded_variant)variant;
	folded->path = field_of_kind(ROW_CALL, "path");
	return folded;
}

void folded_free(void *self)
{
	struct folded *folded = self;
	struct stack *stack;
	struct stack *next;
	HASH_ITER (hh, folded->stacks, stack, next) {
		HASH_DEL(folded->stacks, stack);
		free(stack);
	}
	free(folded);
}

/* A frame: readers take the last blank for the end of the stack, some the one
 * before too, and a semicolon for the end of a frame. */
static void put_frame(struct buf *stack, const char *text, size_t len)
{
	char data[FRAME_SIZE];
	struct buf frame;
	buf_init(&frame, data, sizeof(data));
	escape_text(&frame, text, len);
	if (stack->len)
		buf_putc(stack, ';');
	for (size_t i = 0; i < frame.len; i++) {
		if (data[i] == ';')
			buf_puts(stack, "\\x3b");
		else
			buf_putc(stack, data[i] == ' ' ? '_' : data[i]);
	}
}

/* The caller's functions, the outermost first. */
static void put_functions(struct buf *stack, const struct event_call *ev,
			  const struct print_files *files)
{
	struct stack_frame frames[EVENT_FRAMES];
	struct stack_walk walk;
	size_t count = 0;
	if (!stack_walk_init(&walk, ev, files))
		return;
	while (count < EVENT_FRAMES && stack_walk_next(&walk, &frames[count]))
		count++;
	while (count) {
		const struct stack_frame *frame = &frames[--count];
		char data[FRAME_SIZE];
		struct buf text;
		buf_init(&text, data, sizeof(data));
		if (stack_is_named(frame))
			stack_put_function(&text, frame);
		else
			stack_put_file(&text, frame);
		put_frame(stack, data, text.len);
	}
}

static void put_file(struct buf *stack, const struct folded *folded,
		     const struct event_call *ev)
{
	const struct row row = {.kind = ROW_CALL, .object = ev};
	struct field_scratch scratch;
	struct value value =
		field_get(folded->path, folded->config.model, &row, &scratch);
	if (value.known && value.text[0])
		put_frame(stack, value.text, strlen(value.text));
}

static void put_stack(struct buf *stack, const struct folded *folded,
		      const struct event_call *ev)
{
	const struct model *model = folded->config.model;
	const char *name = dump_row_syscall(model, ev->nr, ev->h.compat)->name;
	const char *comm = ev->comm[0] ? ev->comm : "[unknown]";
	const char *host = model_host_name(model, EVENT_HOST(&ev->h));
	if (model_has_hosts(model) && host)
		put_frame(stack, host, strlen(host));
	put_frame(stack, comm, strlen(comm));
	put_functions(stack, ev, &folded->config.options->decode.files);
	put_frame(stack, name, strlen(name));
	if (folded->variant == FOLDED_FILES)
		put_file(stack, folded, ev);
}

static struct stack *find(struct folded *folded, const char *text, size_t len)
{
	struct stack *stack;
	HASH_FIND(hh, folded->stacks, text, len, stack);
	return stack;
}

static struct stack *add(struct folded *folded, const char *text, size_t len)
{
	struct stack *stack = xcalloc(1, sizeof(*stack) + len + 1);
	memcpy(stack->text, text, len);
	HASH_ADD_KEYPTR(hh, folded->stacks, stack->text, len, stack);
	folded->bytes += sizeof(*stack) + len + 1;
	return stack;
}

static struct stack *find_or_add(struct folded *folded, const char *text,
				 size_t len)
{
	struct stack *stack = find(folded, text, len);
	if (stack)
		return stack;
	if (folded->bytes + sizeof(*stack) + len < folded->config.bytes)
		return add(folded, text, len);
	folded->rest++;
	stack = find(folded, REST, strlen(REST));
	return stack ? stack : add(folded, REST, strlen(REST));
}

void folded_put(void *self, struct buf *buf, const struct event *ev)
{
	struct folded *folded = self;
	const struct event_call *call = (const void *)ev;
	char data[STACK_SIZE];
	struct buf stack;
	(void)buf; /* all comes at the end */
	if (ev->kind != EVENT_CALL)
		return;
	bool returned = !(ev->flags & EVENT_CALL_NO_RESULT);
	uint64_t weight = returned ? call->duration_ns : 0;
	if (folded->variant == FOLDED_CALLS)
		weight = 1;
	if (weight == 0)
		return; /* it would have no width */
	buf_init(&stack, data, sizeof(data));
	put_stack(&stack, folded, call);
	find_or_add(folded, data, stack.len)->weight += weight;
}

static int compare(const struct stack *a, const struct stack *b)
{
	return strcmp(a->text, b->text);
}

bool folded_end(void *self, struct buf *buf)
{
	struct folded *folded = self;
	if (!folded->is_sorted) {
		HASH_SORT(folded->stacks, compare);
		folded->next = folded->stacks;
		folded->is_sorted = true;
	}
	struct stack *stack = folded->next;
	if (!stack)
		return false;
	buf_puts(buf, stack->text);
	buf_putc(buf, ' ');
	buf_u64(buf, stack->weight);
	buf_putc(buf, '\n');
	folded->next = stack->hh.next;
	return true;
}

uint64_t folded_rest(const void *self)
{
	const struct folded *folded = self;
	return folded->rest;
}
