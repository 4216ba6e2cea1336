/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/desk.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "abi/syscall.h"
#include "app/conf.h"
#include "app/exchange.h"
#include "base/xalloc.h"
#include "model/field.h"
#include "model/filter.h"
#include "model/past.h"
#include "ui/term.h"
#include "view/columns.h"
#include "view/views.h"

#define WINDOW     2000 /* calls listed before and behind the cursor */
#define WINDOWS    (WINDOW * 2ul) /* and no more, until it comes near the end */
#define HOLD_LIMIT 20000 /* more rows than that are not kept in place */

static void init_place(const struct desk *desk, struct desk_place *place,
		       const struct view *view)
{
	const char *sort = conf_get(desk->conf, "sort", view->name);
	sort = sort ? sort : view->sort;
	bool descending = sort[0] == '-';
	*place = (struct desk_place){
		.view = view,
		.syscall = SYSCALL_NONE,
		.descending = descending,
		.sort = sort[0] ? field_of_kind(view->kind, sort + descending)
				: NULL,
	};
	place->table.follow = view->kind == ROW_CALL && !place->sort;
}

struct desk *desk_new(struct term *term, struct model *model,
		      const struct desk_hooks *hooks, struct conf *conf,
		      struct options *options)
{
	struct desk *desk = xcalloc(1, sizeof(*desk));
	desk->term = term;
	desk->model = model;
	desk->hooks = hooks;
	desk->conf = conf;
	desk->options = options;
	keymap_init(&desk->keymap, conf);
	desk->roots = xcalloc(views_count(), sizeof(*desk->roots));
	for (size_t i = 0; i < views_count(); i++)
		init_place(desk, &desk->roots[i], views_at(i));
	desk->stale = true;
	return desk;
}

static void place_done(struct desk_place *place)
{
	filter_free(place->passing);
	place->passing = NULL;
}

void desk_free(struct desk *desk)
{
	if (!desk)
		return;
	for (size_t i = 0; i < views_count(); i++)
		place_done(&desk->roots[i]);
	while (desk_back(desk))
		;
	pager_done(&desk->pager);
	query_done(&desk->result);
	free(desk->roots);
	free(desk->rows);
	free(desk->branches);
	free(desk->order);
	free(desk);
}

struct desk_place *desk_place(struct desk *desk)
{
	return desk->depth > 0 ? &desk->drilled[desk->depth - 1]
			       : &desk->roots[desk->root];
}

struct layout desk_layout(const struct desk *desk,
			  const struct desk_place *place)
{
	return (struct layout){
		.view = place->view,
		.chosen = conf_get(desk->conf, "columns", place->view->name),
		.tree = place->tree,
		.hosts = model_has_hosts(desk->model),
	};
}

static void moved(struct desk *desk)
{
	desk->stale = true;
	desk->reorder = true;
	desk->order_count = 0;
}

void desk_go_root(struct desk *desk, size_t view)
{
	while (desk_back(desk))
		;
	desk->root = view;
	moved(desk);
}

void desk_drill(struct desk *desk, const struct view *view,
		const struct desk_scope *scope, const char *name)
{
	if (desk->depth == DESK_DEPTH_LIMIT)
		return;
	struct desk_place *place = &desk->drilled[desk->depth++];
	init_place(desk, place, view);
	place->process = scope->process;
	place->syscall = scope->syscall;
	place->within = scope->within;
	(void)snprintf(place->name, sizeof(place->name), "%s",
		       name); /* a cut name still tells */
	moved(desk);
}

bool desk_back(struct desk *desk)
{
	if (desk->depth == 0)
		return false;
	desk->depth--;
	place_done(&desk->drilled[desk->depth]);
	moved(desk);
	return true;
}

void desk_set_traced(struct desk *desk, uint32_t index, bool on)
{
	const struct syscall *sc =
		catalogue_get(model_catalogue(desk->model), index);
	if (desk->player || /* what was traced was */
	    sc->presence == SYSCALL_ABSENT ||
	    model_is_traced(desk->model, index) == on)
		return;
	desk->hooks->set_traced(desk->hooks->self, index, on);
	desk->ticks_changed = true;
}

void desk_note_filter(struct desk *desk)
{
	struct desk_place *place = desk_place(desk);
	size_t n = place->undo_count;
	if (n > 0 && strcmp(place->undo[n - 1], place->filter) == 0)
		return;
	if (n == DESK_UNDO) {
		memmove(place->undo, place->undo + 1,
			sizeof(place->undo) - sizeof(place->undo[0]));
		n--;
	}
	memcpy(place->undo[n], place->filter, sizeof(place->filter));
	place->undo_count = n + 1;
}

bool desk_filter(struct desk *desk, const char *text)
{
	struct desk_place *place = desk_place(desk);
	desk->mistake = (struct err){0};
	struct filter *filter = filter_parse(text, place->view->kind,
					     model_catalogue(desk->model),
					     &desk->mistake_at, &desk->mistake);
	if (!filter)
		return false;
	filter_free(place->passing);
	place->passing = filter;
	(void)snprintf(place->filter, sizeof(place->filter), "%s",
		       text); /* as long as a prompt at most */
	desk->reorder = true;
	desk->stale = true;
	return true;
}

/* In Syscalls a search narrows the list; elsewhere it moves the cursor. */
static bool search_narrows(const struct desk_place *place)
{
	return place->view->kind == ROW_SYSCALL && place->search[0];
}

static void append(struct desk *desk, const struct row *rows, size_t count)
{
	size_t wanted = desk->count + count;
	if (wanted > desk->capacity) {
		desk->capacity = wanted + wanted / 2;
		desk->rows = xrealloc(desk->rows,
				      desk->capacity * sizeof(*desk->rows));
	}
	if (count > 0)
		memcpy(desk->rows + desk->count, rows, count * sizeof(*rows));
	desk->count = wanted;
}

static void run(struct desk *desk, const struct query *query)
{
	query_run(query, desk->model, &desk->result);
	append(desk, desk->result.rows, desk->result.count);
}

static void remember_tail(struct desk *desk, const struct desk_place *place,
			  const struct query *query, bool whole)
{
	uint64_t last = model_last_call(desk->model);
	struct desk_tail *tail = &desk->tail;
	if (query->until_id > 0 && query->until_id < last)
		last = query->until_id;
	*tail = (struct desk_tail){.place = place,
				   .process = query->process,
				   .syscall = query->syscall,
				   .within = query->within,
				   .failed = query->failed,
				   .whole = whole,
				   .last = last};
	memcpy(tail->filter, place->filter, sizeof(tail->filter));
}

/* Calls in the order they ended: those around the cursor, or the newest. */
static void make_window(struct desk *desk, const struct desk_place *place,
			struct query query)
{
	const struct table *table = &place->table;
	uint64_t last = query.until_id;
	desk->count = 0;
	query.limit = WINDOW;
	if (!table->follow && table->placed)
		query.until_id = table->id;
	run(desk, &query);
	bool whole = desk->count < WINDOW;
	if (!table->follow && table->placed) {
		query.until_id = last;
		query.since_id = table->id + 1;
		if (last == 0 || query.since_id <= last)
			run(desk, &query);
		/* what did not fit is looked at when the cursor comes near */
		if (desk->result.count == WINDOW)
			query.until_id =
				desk->result.rows[desk->result.count - 1].id;
	}
	remember_tail(desk, place, &query, whole);
}

/* Whether the rows listed are still around the cursor, and of the same kind. */
static bool can_extend(const struct desk *desk, const struct desk_place *place,
		       const struct query *query)
{
	const struct desk_tail *tail = &desk->tail;
	const struct table *table = &place->table;
	if (tail->place != place || tail->process != query->process ||
	    tail->syscall != query->syscall || tail->failed != query->failed ||
	    !query_is_within_same(&tail->within, &query->within) ||
	    strcmp(tail->filter, place->filter) != 0)
		return false;
	if (query->until_id > 0 && query->until_id < tail->last)
		return false;
	if (desk->count == 0)
		return tail->whole;
	if (table->follow)
		return true;
	return table->cursor < desk->count &&
	       desk->rows[table->cursor].id == table->id &&
	       (tail->whole || table->cursor >= WINDOW / 4);
}

/* Drops rows that have gone and finds out where the others are now. */
static void renew_rows(struct desk *desk)
{
	size_t kept = 0;
	for (size_t i = 0; i < desk->count; i++)
		if (model_find_row(desk->model, ROW_CALL, desk->rows[i].id,
				   &desk->rows[kept]))
			kept++;
	desk->count = kept;
}

/* Looks only at calls that came since. */
static void extend_window(struct desk *desk, const struct desk_place *place,
			  struct query query)
{
	const struct table *table = &place->table;
	bool near = table->follow || desk->count < table->cursor + WINDOW / 4;
	renew_rows(desk);
	if (!near && desk->count >= WINDOWS)
		return;
	query.since_id = desk->tail.last + 1;
	query.limit = table->follow ? 0 : WINDOW;
	desk->result.count = 0;
	if (query.until_id == 0 || query.since_id <= query.until_id)
		run(desk, &query);
	bool whole = desk->tail.whole;
	if (table->follow && desk->count > WINDOW) {
		memmove(desk->rows, desk->rows + desk->count - WINDOW,
			WINDOW * sizeof(*desk->rows));
		desk->count = WINDOW;
		whole = false;
	}
	if (!table->follow && desk->result.count == WINDOW)
		query.until_id = desk->result.rows[WINDOW - 1].id;
	remember_tail(desk, place, &query, whole);
}

static int compare_identity(const void *a, const void *b)
{
	const struct row *x = a;
	const struct row *y = b;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

struct placed {
	size_t at;
	struct row row;
};

static int compare_placed(const void *a, const void *b)
{
	const struct placed *x = a;
	const struct placed *y = b;
	return (x->at > y->at) - (x->at < y->at);
}

/*
 * Puts rows where they were before; new ones come last.  desk->order is sorted
 * by identity and its objects are positions.
 */
static void keep_places(struct desk *desk)
{
	struct placed *placed = xcalloc(desk->count, sizeof(*placed));
	for (size_t i = 0; i < desk->count; i++) {
		const struct row *old =
			bsearch(&desk->rows[i], desk->order, desk->order_count,
				sizeof(*desk->order), compare_identity);
		size_t was = old ? (size_t)(uintptr_t)old->object
				 : desk->order_count + i;
		placed[i] = (struct placed){.at = was, .row = desk->rows[i]};
	}
	qsort(placed, desk->count, sizeof(*placed), compare_placed);
	for (size_t i = 0; i < desk->count; i++)
		desk->rows[i] = placed[i].row;
	free(placed);
}

static void remember_places(struct desk *desk)
{
	free(desk->order);
	desk->order = xcalloc(desk->count, sizeof(*desk->order));
	desk->order_count = desk->count;
	for (size_t i = 0; i < desk->count; i++) {
		desk->order[i] = desk->rows[i];
		desk->order[i].object = (const void *)(uintptr_t)i;
	}
	qsort(desk->order, desk->order_count, sizeof(*desk->order),
	      compare_identity);
}

/* Drops rows that the search leaves out; headings without rows go too. */
static void narrow(struct desk *desk, const struct desk_place *place)
{
	size_t kept = 0;
	for (size_t i = 0; i < desk->count; i++) {
		const struct row *row = &desk->rows[i];
		bool after_heading =
			kept > 0 && desk->rows[kept - 1].kind == ROW_CLASS;
		if (row->kind == ROW_CLASS && after_heading)
			kept--;
		if (row->kind == ROW_CLASS || desk_row_found(desk, place, row))
			desk->rows[kept++] = *row;
	}
	if (kept > 0 && desk->rows[kept - 1].kind == ROW_CLASS)
		kept--;
	desk->count = kept;
}

static bool name_matches(const struct desk *desk, const struct row *row,
			 const char *text)
{
	const struct field *name = field_of_kind(ROW_SYSCALL, "syscall");
	const struct query query = {
		.kind = ROW_SYSCALL,
		.syscall = SYSCALL_NONE,
		.text = text,
		.match = &name,
		.match_count = 1,
	};
	return query_matches(&query, desk->model, row);
}

/* Rows whose name is what was searched for come before those about it. */
static void names_first(struct desk *desk, const struct desk_place *place)
{
	struct row *others = xcalloc(desk->count, sizeof(*others));
	size_t named = 0;
	size_t rest = 0;
	for (size_t i = 0; i < desk->count; i++) {
		if (name_matches(desk, &desk->rows[i], place->search))
			desk->rows[named++] = desk->rows[i];
		else
			others[rest++] = desk->rows[i];
	}
	memcpy(desk->rows + named, others, rest * sizeof(*others));
	free(others);
}

/* What ended later than the sample that is stepped to is left out. */
static struct query_within within_time(const struct desk_place *place,
				       const struct past_view *past)
{
	struct query_within within = place->within;
	bool ends = within.until_ns && within.until_ns <= past->time_ns;
	if (past->stepped && !ends)
		within.until_ns = past->time_ns;
	return within;
}

static void list_rows(struct desk *desk, struct desk_place *place)
{
	struct past_view past;
	past_view(desk->model, &past);
	const struct query query = {
		.kind = place->view->kind,
		.process = place->process,
		.syscall = place->syscall,
		.within = within_time(place, &past),
		.filter = place->passing,
		.sort = place->sort,
		.descending = place->descending,
		/* what is idle now: by how much it did */
		.then = field_of_kind(place->view->kind,
				      place->view->kind == ROW_ERROR ? "errors"
								     : "calls"),
		.called = place->view->called,
		.by_class = place->by_class,
		.failed = desk->failed_only && place->view->kind == ROW_CALL,
		.until_id = past.last_call,
		.limit = place->view->kind == ROW_CALL ? WINDOW : 0,
	};
	if (place->view->kind == ROW_CALL && past.last_call == PAST_NO_CALL) {
		desk->tail.place = NULL;
		desk->count = 0;
		return;
	}
	if (place->view->kind == ROW_CALL && !place->sort) {
		if (can_extend(desk, place, &query))
			extend_window(desk, place, query);
		else
			make_window(desk, place, query);
		return;
	}
	desk->tail.place = NULL;
	desk->count = 0;
	run(desk, &query);
	if (!search_narrows(place))
		return;
	narrow(desk, place);
	if (!place->by_class)
		names_first(desk, place);
}

static bool is_about_progress(const struct field *field)
{
	return field && (strcmp(field->name, "age_ns") == 0 ||
			 strcmp(field->name, "blocked") == 0);
}

/* Whether calls in progress are in sight, or decide which rows are. */
static bool shows_progress(const struct desk *desk,
			   const struct desk_place *place)
{
	if (place->view->kind != ROW_PROCESS)
		return place->view->kind == ROW_BLOCKED;
	if (place->filter[0] || is_about_progress(place->sort) ||
	    desk->mode == DESK_PAGE)
		return true;
	const struct layout layout = desk_layout(desk, place);
	struct columns columns;
	columns_layout(&columns, &layout,
		       term_cols(desk->term) + place->table.shift);
	for (size_t i = 0; i < columns.count; i++)
		if (is_about_progress(columns.at[i].field))
			return true;
	return false;
}

void desk_refresh(struct desk *desk)
{
	struct desk_place *place = desk_place(desk);
	exchange_look_again(desk, place);
	if (!desk->paused && shows_progress(desk, place))
		desk->hooks->look_at_blocked(desk->hooks->self);
	list_rows(desk, place);
	tags_prune(&desk->tags, desk->model, place->view->kind);
	bool ordered = place->view->kind != ROW_CALL || place->sort;
	bool recent = desk->now_ns - desk->key_ns < DESK_HOLD_NS;
	if (ordered && recent && !desk->reorder && desk->count < HOLD_LIMIT &&
	    desk->order_count > 0)
		keep_places(desk);
	if (place->tree) {
		desk->branches =
			xrealloc(desk->branches,
				 (desk->count + 1) * sizeof(*desk->branches));
		tree_arrange(desk->model, desk->rows, desk->count,
			     desk->branches);
	}
	if (ordered)
		remember_places(desk);
	desk->reorder = false;
	desk->stale = false;
	place->table.anchored = !ordered;
	table_place(&place->table, desk->rows, desk->count);
}

const struct row *desk_row(struct desk *desk)
{
	if (desk->stale)
		desk_refresh(desk);
	return table_row(&desk_place(desk)->table, desk->rows, desk->count);
}

bool desk_row_found(const struct desk *desk, const struct desk_place *place,
		    const struct row *row)
{
	const struct field *match[] = {
		field_of_kind(ROW_SYSCALL, "syscall"),
		field_of_kind(ROW_SYSCALL, "meaning"),
	};
	const struct query query = {
		.kind = row->kind,
		.syscall = SYSCALL_NONE,
		.text = place->search,
		.match = row->kind == ROW_SYSCALL ? match : NULL,
		.match_count = row->kind == ROW_SYSCALL ? 2 : 0,
	};
	return query_matches(&query, desk->model, row);
}

void desk_say(struct desk *desk, enum role role, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	(void)vsnprintf(desk->message, sizeof(desk->message), format,
			args); /* a cut message still tells */
	va_end(args);
	desk->message_role = role;
	desk->message_ns = desk->now_ns;
}

struct pager *desk_open_page(struct desk *desk, enum desk_page page,
			     const char *title)
{
	pager_done(&desk->pager);
	pager_init(&desk->pager, title);
	desk->mode = DESK_PAGE;
	desk->page = page;
	return &desk->pager;
}

void desk_close(struct desk *desk)
{
	pager_done(&desk->pager);
	desk->mode = desk->below;
}
