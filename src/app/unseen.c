/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/unseen.h"

#include <string.h>

#include "abi/syscall.h"
#include "app/action.h"
#include "app/desk.h"
#include "base/buf.h"
#include "base/escape.h"
#include "base/fmt.h"
#include "model/field.h"
#include "model/model.h"
#include "ui/frame.h"
#include "ui/pager.h"
#include "view/views.h"

#define TEXT_SIZE 512

/* "12.3k WHAT", or "no" for none. */
static void add_count(struct pager *pager, const char *label, uint64_t count,
		      const char *what)
{
	char data[TEXT_SIZE];
	struct buf text;
	buf_init(&text, data, sizeof(data));
	if (count) {
		fmt_count(&text, count);
		buf_putc(&text, ' ');
		buf_puts(&text, what);
	}
	pager_add(pager, label, count ? ROLE_TEXT : ROLE_DIM,
		  count ? data : "no");
}

/* Calls that the call of that name made; 0 where this kernel has none. */
static uint64_t calls_of(const struct model *model, uint32_t index)
{
	struct field_scratch scratch;
	struct row row;
	const struct field *field = field_of_kind(ROW_SYSCALL, "calls");
	if (!model_find_row(model, ROW_SYSCALL, index, &row))
		return 0;
	struct value value = field_get(field, model, &row, &scratch);
	return value.known ? value.u : 0;
}

static void add_filters(struct pager *pager, const struct desk *desk,
			const struct model_summary *summary)
{
	const struct desk_place *place = desk_place((struct desk *)desk);
	char data[TEXT_SIZE];
	struct buf text;
	pager_heading(pager, "Left out by filters");
	add_count(pager, "filtered out", summary->filtered,
		  "calls since start; neither counted nor shown");
	buf_init(&text, data, sizeof(data));
	for (size_t i = 0; i < desk->chip_count; i++) {
		if (desk->chips[i].side == FRAME_NOBODY)
			continue;
		buf_puts(&text, text.len ? ", " : "");
		buf_puts(&text, desk->chips[i].text);
	}
	pager_add(pager, "by options", text.len ? ROLE_TEXT : ROLE_DIM,
		  text.len ? data : "no");
	pager_add(pager, "rows only of",
		  desk->only.process ? ROLE_TEXT : ROLE_DIM,
		  desk->only.process ? desk->only.name : "no");
	buf_clear(&text);
	escape_text(&text, place->filter, strlen(place->filter));
	pager_add(pager, "in this view", text.len ? ROLE_TEXT : ROLE_DIM,
		  text.len ? data : "no");
	pager_add(pager, "failed only",
		  desk->failed_only ? ROLE_TEXT : ROLE_DIM,
		  desk->failed_only ? "yes: E lists the others too" : "no");
}

static void add_rows(struct pager *pager, const struct desk *desk,
		     const struct model_summary *summary)
{
	const struct model *model = desk->model;
	uint64_t counted = 0;
	uint32_t count = catalogue_count(model_catalogue(model));
	for (uint32_t i = 0; i < count; i++)
		counted += model_is_traced(model, i) ? 0 : calls_of(model, i);
	pager_heading(pager, "Counted, but without a row");
	add_count(pager, "not ticked", counted,
		  "calls; Space ticks, A ticks everything");
	for (int i = 0; i < EVENT_LOST_CAUSES; i++) {
		char label[64];
		struct buf text;
		if (i == EVENT_LOST_SAMPLED)
			continue;
		buf_init(&text, label, sizeof(label));
		buf_printf(&text, "lost: %s",
			   frame_cause((enum event_lost_cause)i));
		add_count(pager, label, summary->lost[i],
			  "rows; the counts have them");
	}
	add_count(pager, "sampled", summary->lost[EVENT_LOST_SAMPLED],
		  "rows: more came than can be used, so that each process has "
		  "a share of each call; the counts have them");
	add_count(pager, "gone", summary->shed,
		  "rows, the oldest, to keep the budget of --row-memory");
	add_count(pager, "folded", summary->folded,
		  "ended processes into \"other\", by --count-memory");
	pager_add(pager, "paused", desk->paused ? ROLE_TEXT : ROLE_DIM,
		  desk->paused ? "yes: what came since is kept; p shows it"
			       : "no");
}

/* What was handed in by CALLS of io_uring_enter, or by none. */
static void add_requests(struct pager *pager, uint64_t requests, uint64_t calls)
{
	char data[TEXT_SIZE];
	struct buf text;
	if (requests == EVENT_UNKNOWN) {
		add_count(pager, "io_uring", calls,
			  "calls of io_uring_enter; how many requests they "
			  "hand in this kernel does not tell");
		return;
	}
	buf_init(&text, data, sizeof(data));
	buf_puts(&text, "requests of the whole machine, done without a system "
			"call each; io_uring_enter was called ");
	fmt_count(&text, calls);
	buf_puts(&text, calls == 1 ? " time" : " times");
	add_count(pager, "io_uring", requests, data);
}

static void add_unseeable(struct pager *pager, const struct desk *desk,
			  const struct model_summary *summary)
{
	struct catalogue *cat = model_catalogue(desk->model);
	uint32_t enter = catalogue_by_name(cat, "io_uring_enter");
	pager_heading(pager, "What is no system call of a traced program");
	add_requests(pager, summary->requests,
		     enter == SYSCALL_NONE ? 0 : calls_of(desk->model, enter));
	pager_add(pager, "time", ROLE_TEXT,
		  "no number can be had: clock_gettime, gettimeofday, time "
		  "and getcpu are mostly answered by the vDSO, without a "
		  "call");
	add_count(pager, "32-bit callers", summary->compat_calls,
		  "calls; they are counted and shown, and ABI says i386");
	pager_add(pager, "sctop itself", ROLE_TEXT,
		  "left out, and its helper with it");
	pager_add(pager, "refused", ROLE_TEXT,
		  "a call that a seccomp filter refuses is shown, but one that "
		  "another tracer skips is not");
}

unsigned unseen_open(struct desk *desk, int unused)
{
	(void)unused;
	struct model_summary summary;
	model_summary(desk->model, &summary);
	struct pager *pager =
		desk_open_page(desk, DESK_PAGE_UNSEEN, "What is not seen");
	add_filters(pager, desk, &summary);
	add_rows(pager, desk, &summary);
	add_unseeable(pager, desk, &summary);
	return ACTION_DRAW;
}
