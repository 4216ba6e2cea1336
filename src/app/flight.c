/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/flight.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/recfile.h"
#include "app/recname.h"
#include "app/session.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/fmt.h"
#include "base/xalloc.h"
#include "feed/hoard.h"
#include "feed/live.h"
#include "model/filter.h"
#include "model/model.h"

/* What has happened is here by then: feed/live.h holds rows back for less. */
#define SETTLE_NS 50000000u

/* Written between two looks at the kernel's buffers. */
#define PIECE_BYTES 2097152u

#define NUMBERS 100000 /* behind a name, of files that are there already */

struct flight {
	const struct session *session; /* borrowed */
	struct record *memory;
	struct filter *trigger; /* NULL: none */
	struct field_scratch scratch;
	uint64_t due_ns;     /* when a file is written; 0: none is asked for */
	uint64_t paused_ns;  /* the trigger does not count before that */
	struct recfile file; /* that is being written */
	unsigned number;     /* of the next, behind its name */
};

static int take_trigger(struct flight *flight, struct err *err)
{
	const char *text = flight->session->options.flight.trigger;
	struct err why = {0};
	size_t column = 0;
	if (!text)
		return 0;
	flight->trigger = filter_parse(
		text, ROW_CALL, flight->session->catalogue, &column, &why);
	return flight->trigger
		       ? 0
		       : err_set(err, -EINVAL,
				 "--flight-trigger takes an expression; at "
				 "column %zu: %.400s",
				 column + 1, why.text);
}

int flight_new(struct flight **ret, const struct session *session,
	       struct err *err)
{
	struct flight *flight = xcalloc(1, sizeof(*flight));
	struct record_config config = recfile_config(session);
	config.memory_bytes = session->options.flight.bytes;
	flight->session = session;
	int code = take_trigger(flight, err);
	if (code == 0)
		code = record_open(&flight->memory, &config, err);
	if (code)
		flight_free(flight);
	else
		*ret = flight;
	return code;
}

void flight_free(struct flight *flight)
{
	if (!flight)
		return;
	(void)recfile_close(&flight->file, NULL, NULL); /* it was told */
	(void)record_close(flight->memory, NULL);       /* is memory */
	filter_free(flight->trigger);
	free(flight);
}

struct record *flight_record(struct flight *flight)
{
	return flight->memory;
}

void flight_ask(struct flight *flight, uint64_t now_ns)
{
	if (!flight->due_ns)
		flight->due_ns = now_ns + SETTLE_NS;
}

void flight_look(struct flight *flight, const struct model *model,
		 const struct event_call *call)
{
	const struct row row = {.kind = ROW_CALL, .object = call};
	const struct options_flight *options = &flight->session->options.flight;
	if (!flight->trigger || call->h.time_ns < flight->paused_ns ||
	    !filter_matches(flight->trigger, model, &row, &flight->scratch))
		return;
	flight->paused_ns = call->h.time_ns + options->pause_ns;
	flight_ask(flight, call->h.time_ns + options->after_ns);
}

/* The name that was given, or one by the time, and a number where there is such
 * a file. */
static int open_file(struct flight *flight, struct err *err)
{
	const struct session *session = flight->session;
	struct record_config config = recfile_config(session);
	struct hoard_extent extent;
	char given[NAME_MAX];
	char path[PATH_MAX];
	recname_print(given, sizeof(given),
		      config.start_ns + config.wall_offset_ns);
	record_extent(flight->memory, &extent);
	if (extent.since_ns)
		config.start_ns = extent.since_ns;
	config.flags |= RECORDING_BEGUN;
	const char *name =
		session->options.record ? session->options.record : given;
	int code = -EEXIST;
	while (code == -EEXIST && flight->number < NUMBERS) {
		code = recname_number(path, sizeof(path), name, flight->number);
		if (code)
			return err_set(err, code,
				       "cannot record into '%.300s'"
				       ": the name is too long",
				       name);
		code = recfile_open(&flight->file, session, path, &config, err);
		flight->number +=
			session->options.record != NULL || code == -EEXIST;
	}
	if (!session->options.record)
		flight->number = 0; /* the next has another name, most likely */
	return code;
}

static void say_what_it_has(struct err *ret, const struct flight *flight,
			    const char *path,
			    const struct record_totals *totals,
			    uint64_t since_ns)
{
	char data[128];
	struct buf text;
	buf_init(&text, data, sizeof(data));
	fmt_count(&text, totals->calls);
	buf_puts(&text, totals->calls == 1 ? " call, " : " calls, ");
	fmt_bytes(&text, totals->bytes);
	buf_puts(&text, ", from ");
	fmt_clock(&text,
		  since_ns + model_wall_offset_ns(flight->session->model), 0);
	(void)err_set(ret, 0, "wrote %.300s: %s on", path, data); /* no error */
}

static void close_file(struct flight *flight, struct err *ret)
{
	struct record_totals totals = {0};
	char path[PATH_MAX];
	uint64_t since_ns = flight->file.since_ns;
	(void)snprintf(path, sizeof(path), "%s",
		       flight->file.path); /* it was no longer */
	if (recfile_close(&flight->file, &totals, ret) == 0)
		say_what_it_has(ret, flight, path, &totals, since_ns);
}

bool flight_is_due(const struct flight *flight, uint64_t now_ns)
{
	return !flight->file.record && flight->due_ns &&
	       now_ns >= flight->due_ns;
}

bool flight_poll(struct flight *flight, uint64_t now_ns, struct err *ret)
{
	record_poll(flight->memory, now_ns);
	if (flight_is_due(flight, now_ns)) {
		flight->due_ns = 0;
		record_begin_saving(flight->memory);
		return open_file(flight, ret) < 0;
	}
	if (!flight->file.record ||
	    record_save(flight->memory, flight->file.record, PIECE_BYTES))
		return false;
	close_file(flight, ret);
	return true;
}

bool flight_finish(struct flight *flight, struct err *ret)
{
	bool told = false;
	while (!told && (flight->due_ns || flight->file.record))
		told = flight_poll(flight, UINT64_MAX, ret);
	return told;
}

void flight_print(const struct flight *flight, uint64_t now_ns, struct buf *buf)
{
	struct hoard_extent extent;
	record_extent(flight->memory, &extent);
	if (!extent.since_ns) {
		buf_puts(buf, "has nothing yet");
		return;
	}
	fmt_span(buf, now_ns > extent.since_ns ? now_ns - extent.since_ns : 0);
	buf_puts(buf, ", ");
	fmt_bytes(buf, extent.bytes);
}
