/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/header.h"

#include <stdio.h>
#include <string.h>

#include "abi/syscall.h"
#include "app/chosen.h"
#include "app/desk.h"
#include "app/playkeys.h"
#include "app/stacks.h"
#include "app/time.h"
#include "base/buf.h"
#include "base/fmt.h"
#include "model/model.h"
#include "model/spark.h"
#include "ui/frame.h"
#include "view/views.h"

static void add_chip(struct header_chips *chips, enum frame_side side,
		     const char *what, const char *text)
{
	if (chips->count == DESK_CHIPS_LIMIT)
		return;
	struct buf buf;
	buf_init(&buf, chips->text[chips->count], HEADER_CHIP_SIZE);
	buf_puts(&buf, what);
	buf_puts(&buf, text);
	chips->at[chips->count] = (struct frame_chip){
		.text = chips->text[chips->count], .side = side};
	chips->count++;
}

static void add_typed(struct header_chips *chips, const char *what,
		      const char *text)
{
	if (text[0])
		add_chip(chips, FRAME_SCREEN, what, text);
}

/* Of the calls that WANTED names those that are not traced. */
static void add_untraced(struct header_chips *chips, const struct desk *desk,
			 const char *wanted)
{
	char names[HEADER_CHIP_SIZE / 2];
	struct buf text;
	buf_init(&text, names, sizeof(names));
	while (*wanted) {
		char name[32] = "";
		size_t len = strcspn(wanted, " ");
		if (len < sizeof(name))
			memcpy(name, wanted, len);
		wanted += len + (wanted[len] == ' ');
		uint32_t index =
			catalogue_by_name(model_catalogue(desk->model), name);
		if (index == SYSCALL_NONE ||
		    model_is_traced(desk->model, index))
			continue;
		buf_printf(&text, "%s%s", text.len ? ", " : "", name);
	}
	if (text.len > 0)
		add_chip(chips, FRAME_NOBODY, names, " not traced");
}

/* What a view that is made of rows cannot know. */
static void add_missing(struct header_chips *chips, const struct desk *desk,
			const struct view *view,
			const struct model_summary *summary)
{
	char figure[32];
	struct buf text;
	uint64_t missing = summary->nameless;
	if (!view->needs)
		return;
	for (int i = 0; i < EVENT_LOST_CAUSES; i++)
		missing += summary->lost[i];
	buf_init(&text, figure, sizeof(figure));
	fmt_count(&text, missing);
	buf_puts(&text, missing == 1 ? " call missing" : " calls missing");
	if (missing > 0) {
		add_chip(chips, FRAME_NOBODY, "partial: ", figure);
		chips->at[chips->count - 1].alarm = true;
	}
	add_untraced(chips, desk, view->needs);
}

/* A view of another time than now must not be taken for it. */
static void add_times(struct header_chips *chips, const struct desk *desk)
{
	static bool (*const print[])(const struct desk *desk,
				     struct buf *buf) = {
		time_print_pause, time_print_sample, time_print_mark,
		playkeys_print_since};
	for (size_t i = 0; i < sizeof(print) / sizeof(print[0]); i++) {
		char data[HEADER_CHIP_SIZE];
		struct buf text;
		buf_init(&text, data, sizeof(data));
		if (!print[i](desk, &text))
			continue;
		add_chip(chips, FRAME_NOBODY, data, "");
		chips->at[chips->count - 1].alarm = true;
	}
}

/* That rows are being left out, and of what most: "1 of 40 getppid". */
static void add_sampled(struct header_chips *chips, const struct desk *desk,
			const struct model_summary *summary)
{
	char share[64];
	struct buf text;
	if (summary->sampled == SYSCALL_NONE)
		return;
	buf_init(&text, share, sizeof(share));
	buf_puts(&text, "1 of ");
	fmt_count(&text, summary->sampled_of);
	buf_printf(&text, " %s",
		   catalogue_get(model_catalogue(desk->model), summary->sampled)
			   ->name);
	add_chip(chips, FRAME_NOBODY, "sampled: ", share);
	chips->at[chips->count - 1].alarm = true;
}

static void add_stacks(struct header_chips *chips, const struct desk *desk)
{
	char data[HEADER_CHIP_SIZE];
	struct buf text;
	buf_init(&text, data, sizeof(data));
	stacks_print(desk, &text);
	if (text.len)
		add_chip(chips, FRAME_NOBODY, "stacks: ", data);
}

static void draw_sparks(const struct desk *desk, int y)
{
	struct spark sparks[CLASS_COUNT];
	size_t count = spark_list(desk->model, sparks);
	frame_draw_sparks(desk->term, y, sparks, count);
}

void header_gather(struct desk *desk, const struct model_summary *summary,
		   struct header_chips *chips)
{
	const struct desk_place *place = desk_place(desk);
	chips->count = 0;
	add_times(chips, desk);
	if (desk->tape.text[0]) {
		add_chip(chips, FRAME_NOBODY, desk->tape.text, "");
		chips->at[chips->count - 1].alarm = desk->tape.failed;
	}
	if (desk->tape.flight[0])
		add_chip(chips, FRAME_NOBODY, desk->tape.flight, "");
	if (chosen_are_tagged(desk)) {
		char tagged[32];
		(void)snprintf(
			tagged, sizeof(tagged), "%zu tagged",
			tags_count(&desk->tags, place->view->kind)); /* fits */
		add_chip(chips, FRAME_NOBODY, tagged, "");
	}
	add_missing(chips, desk, place->view, summary);
	for (size_t i = 0; i < desk->chip_count; i++)
		add_chip(chips, desk->chips[i].side, desk->chips[i].text, "");
	add_sampled(chips, desk, summary);
	add_stacks(chips, desk);
	if (desk->only.process) {
		char who[DESK_NAME_SIZE + 16];
		(void)snprintf(who, sizeof(who), "%s%s", desk->only.name,
			       desk->only.follow ? " + descendants"
						 : ""); /* fits */
		add_chip(chips, FRAME_KERNEL, "rows only of ", who);
	}
	if (desk->failed_only)
		add_chip(chips, FRAME_SCREEN, "failed only", "");
	add_typed(chips, "filter: ", place->filter);
	add_typed(chips, "search: ", place->search);
}

void header_draw(struct desk *desk, const struct frame *frame)
{
	struct model_summary summary;
	struct header_chips chips;
	model_summary(desk->model, &summary);
	header_gather(desk, &summary, &chips);
	frame_draw_header(desk->term, frame, &summary, chips.at, chips.count);
	if (frame->sparks >= 0)
		draw_sparks(desk, frame->sparks);
}
