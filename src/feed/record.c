/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/record.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "base/err.h"
#include "base/xalloc.h"
#include "bpf/event.h"
#include "feed/hoard.h"
#include "feed/pack.h"
#include "feed/part.h"

#define BLOCK_BYTES 262144u /* packed; then a block is written */

/* zlib's fastest: packing has done most of the work. */
#define DEFLATE_LEVEL 1

/* How long an event may wait: a file is read later, a pipe is watched. */
#define FILE_WAIT_NS 1000000000u
#define PIPE_WAIT_NS 50000000u

/* A state is due after so many calls or bytes, whichever comes first: a reader
 * goes through so much to reach any moment. */
#define STATE_CALLS 200000u
#define STATE_BYTES 4194304u
#define STATE_SHARE 8 /* and states take no more than this part of a file */

struct record {
	struct record_config config;
	struct part part;
	struct hoard *hoard; /* instead of it; or NULL */
	struct pack *pack;
	z_stream deflate;
	uint8_t *raw; /* BLOCK_BYTES + PACK_LIMIT: the open block */
	size_t raw_size;
	uint8_t *stored; /* RECORDING_STORED_LIMIT */
	struct recording_block block;
	uint64_t oldest_ns; /* record_poll() since the block has something */
	uint64_t last_ns;   /* of the events so far */
	uint64_t state_at;  /* of the latest state in this part */
	uint64_t state_bytes;
	uint64_t calls_since; /* the latest state */
	uint64_t bytes_since;
	bool state_is_due;
	struct record_totals totals;
	int code; /* the first failure */
	struct err err;
};

int record_make(const char *path, uid_t owner, gid_t group, struct err *err)
{
	/* O_EXCL: neither another's file nor through a link. */
	int fd = open(path,
		      O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW |
			      O_NOCTTY,
		      0600);
	if (fd < 0 && errno == EEXIST)
		return err_set(err, -EEXIST,
			       "cannot record into '%.300s': it exists, and a "
			       "recording is never written over; remove it, "
			       "or choose another name",
			       path);
	if (fd < 0)
		return err_set(err, -errno, "cannot record into '%.300s': %s",
			       path, strerror(errno));
	if (owner == (uid_t)-1 || fchown(fd, owner, group) == 0)
		return fd;
	int code = err_set(err, -errno,
			   "cannot give the recording '%.300s' to user %u, who "
			   "called sudo: %s",
			   path, owner, strerror(errno));
	(void)unlink(path); /* else it would be in the way next time */
	(void)close(fd);    /* nothing was written */
	return code;
}

static void fail(struct record *record, int code, const char *what)
{
	if (record->code)
		return;
	record->code = err_set(&record->err, code,
			       "cannot %s the recording '%.300s': %s", what,
			       record->config.path, strerror(-code));
}

static void begin_block(struct record *record, enum recording_kind kind)
{
	pack_begin(record->pack);
	record->block = (struct recording_block){
		.kind = (uint8_t)kind,
		.first_ns = UINT64_MAX,
	};
	record->raw_size = 0;
	record->oldest_ns = 0;
}

/* Returns the bytes to store, which are record->raw where they do not shrink.
 */
static const uint8_t *deflate_block(struct record *record, const uint8_t *raw,
				    size_t size)
{
	z_stream *z = &record->deflate;
	struct recording_block *block = &record->block;
	block->raw = block->stored = (uint32_t)size;
	block->codec = RECORDING_PLAIN;
	z->next_in = (Bytef *)(uintptr_t)raw; /* which is only read */
	z->avail_in = (uInt)size;
	z->next_out = record->stored;
	z->avail_out = (uInt)size; /* no more: then it is stored as it is */
	int result = deflate(z, Z_FINISH);
	size_t stored = size - z->avail_out;
	(void)deflateReset(z); /* its state is ours, and sound */
	if (result != Z_STREAM_END)
		return raw;
	block->codec = RECORDING_ZLIB;
	block->stored = (uint32_t)stored;
	return record->stored;
}

static void put_block(struct record *record, struct recording_block *block,
		      const uint8_t *data)
{
	uint64_t before = record->part.size;
	int code = 0;
	if (record->hoard)
		hoard_put(record->hoard, block, data);
	else
		code = part_write_block(&record->part, block, data);
	if (code) {
		fail(record, code, "write");
		return;
	}
	record->totals.events += block->events;
	record->totals.calls += block->calls;
	record->totals.bytes += record->part.size - before;
	record->bytes_since += record->part.size - before;
}

/* Writes the head that was begun, and SIZE bytes of RAW behind it. */
static void write_block(struct record *record, const uint8_t *raw, size_t size)
{
	if (record->code)
		return;
	struct recording_block *block = &record->block;
	const uint8_t *data = deflate_block(record, raw, size);
	block->data_crc = recording_crc(data, block->stored);
	if (block->first_ns == UINT64_MAX) /* it is about no event */
		block->first_ns = block->last_ns = record->last_ns;
	put_block(record, block, data);
}

/* As many blocks as it takes. */
static void write_pieces(struct record *record, enum recording_kind kind,
			 const void *data, size_t size)
{
	for (size_t at = 0; at < size; at += BLOCK_BYTES) {
		size_t left = size - at;
		bool more = left > BLOCK_BYTES;
		begin_block(record, kind);
		record->block.flags =
			(more ? RECORDING_MORE : 0) | (at ? RECORDING_REST : 0);
		write_block(record, (const uint8_t *)data + at,
			    more ? BLOCK_BYTES : left);
	}
}

static void write_text(struct record *record)
{
	const struct record_config *config = &record->config;
	write_pieces(record, RECORDING_FACTS, config->facts,
		     config->facts_size);
}

static int begin_part(struct record *record)
{
	const struct record_config *config = &record->config;
	struct recording_header header = {
		.flags = config->flags,
		.start_ns = config->start_ns,
		.wall_offset_ns = config->wall_offset_ns,
		.part = record->totals.parts,
		.abi = config->abi,
	};
	recording_seal_header(&header);
	int code = part_open(&record->part, config, record->totals.parts,
			     &record->err);
	if (code) {
		record->code = code;
		return code;
	}
	code = part_write(&record->part, &header, sizeof(header));
	if (code)
		fail(record, code, "write");
	record->totals.parts++;
	record->totals.bytes += sizeof(header);
	record->state_at = 0;
	/* Of other files nothing is known before. */
	record->state_is_due =
		header.part > 0 || (config->flags & RECORDING_BEGUN);
	write_text(record);
	begin_block(record, RECORDING_EVENTS);
	return record->code;
}

static void write_index(struct record *record)
{
	const struct part *part = &record->part;
	uint64_t index_at = part->size;
	size_t size = part->entry_count * sizeof(part->entries[0]);
	struct recording_entry *entries = xmalloc(size); /* more are noted */
	memcpy(entries, part->entries, size);
	write_pieces(record, RECORDING_INDEX, entries, size);
	free(entries);
	begin_block(record, RECORDING_END);
	record->block.at = index_at;
	write_block(record, NULL, 0);
}

/* Where writing has failed there may be room for the index all the same. */
static void end_part(struct record *record)
{
	int failed = record->code;
	struct err why = record->err;
	record->code = 0;
	write_text(record);
	write_index(record);
	int code = part_close(&record->part);
	if (code)
		fail(record, code, "write");
	if (failed) {
		record->code = failed;
		record->err = why;
	}
}

static bool wants_state(const struct record *record)
{
	if (record->hoard)
		return hoard_wants_state(record->hoard);
	return (record->calls_since >= STATE_CALLS ||
		record->bytes_since >= STATE_BYTES) &&
	       record->bytes_since >= record->state_bytes * STATE_SHARE;
}

static void flush_events(struct record *record)
{
	if (record->block.events == 0)
		return;
	record->block.at = record->state_at;
	write_block(record, record->raw, record->raw_size);
	if (wants_state(record))
		record->state_is_due = true;
	begin_block(record, RECORDING_EVENTS);
}

static bool is_part_over(const struct record *record, uint64_t now_ns)
{
	const struct part *part = &record->part;
	const struct record_config *config = &record->config;
	if (config->rotate_bytes && part->size >= config->rotate_bytes)
		return true;
	return config->rotate_ns && now_ns > part->begun_ns &&
	       now_ns - part->begun_ns >= config->rotate_ns;
}

/* Goes on in the next file where this one is large, or old, enough. */
static void turn(struct record *record, uint64_t now_ns)
{
	struct part *part = &record->part;
	if (!part->begun_ns)
		part->begun_ns = now_ns;
	if (!is_part_over(record, now_ns))
		return;
	flush_events(record);
	if (record->code)
		return;
	end_part(record);
	if (record->code || begin_part(record))
		return;
	part->begun_ns = now_ns;
	part_forget(&record->config, record->totals.parts);
}

static void begin_state_block(struct record *record, uint64_t now_ns)
{
	begin_block(record, RECORDING_STATE);
	record->block.first_ns = record->block.last_ns = now_ns;
}

static void flush_state(struct record *record, bool more)
{
	uint64_t now_ns = record->block.last_ns;
	record->block.flags |= more ? RECORDING_MORE : 0;
	write_block(record, record->raw, record->raw_size);
	begin_state_block(record, now_ns);
	record->block.flags = RECORDING_REST;
}

void record_put(void *self, const struct event *ev)
{
	struct record *record = self;
	struct recording_block *block = &record->block;
	if (record->code || ev->size > EVENT_SIZE_LIMIT)
		return;
	record->raw_size +=
		pack_put(record->pack, record->raw + record->raw_size, ev);
	block->events++;
	bool full = record->raw_size >= BLOCK_BYTES;
	if (block->kind == RECORDING_STATE) {
		if (full)
			flush_state(record, true);
		return;
	}
	block->calls += ev->kind == EVENT_CALL;
	record->calls_since += ev->kind == EVENT_CALL;
	if (ev->time_ns < block->first_ns)
		block->first_ns = ev->time_ns;
	if (ev->time_ns > block->last_ns)
		block->last_ns = ev->time_ns;
	if (ev->time_ns > record->last_ns)
		record->last_ns = ev->time_ns;
	if (!full)
		return;
	flush_events(record);
	turn(record, ev->time_ns);
}

bool record_wants_state(const struct record *record)
{
	return record->state_is_due && !record->code;
}

void record_begin_state(struct record *record, uint64_t now_ns)
{
	flush_events(record);
	record->state_at = record->part.size;
	begin_state_block(record, now_ns);
}

void record_end_state(struct record *record)
{
	flush_state(record, false);
	record->state_bytes = record->part.size - record->state_at;
	record->calls_since = record->bytes_since = 0;
	record->state_is_due = false;
	begin_block(record, RECORDING_EVENTS);
}

void record_poll(struct record *record, uint64_t now_ns)
{
	bool is_watched = !record->part.is_file && !record->hoard;
	uint64_t wait_ns = is_watched ? PIPE_WAIT_NS : FILE_WAIT_NS;
	if (record->block.events && !record->oldest_ns)
		record->oldest_ns = now_ns;
	else if (record->block.events && now_ns - record->oldest_ns >= wait_ns)
		flush_events(record);
	turn(record, now_ns);
}

int record_failure(const struct record *record, struct err *err)
{
	if (record->code && err)
		*err = record->err;
	return record->code;
}

void record_totals(const struct record *record, struct record_totals *ret)
{
	*ret = record->totals;
}

int record_open(struct record **ret, const struct record_config *config,
		struct err *err)
{
	struct record *record = xcalloc(1, sizeof(*record));
	record->config = *config;
	record->part.fd = -1;
	record->pack = pack_new();
	record->raw = xmalloc(BLOCK_BYTES + PACK_LIMIT);
	record->stored = xmalloc(RECORDING_STORED_LIMIT);
	if (deflateInit(&record->deflate, DEFLATE_LEVEL) != Z_OK)
		die(1, "cannot compress: out of memory");
	if (config->memory_bytes) {
		record->hoard = hoard_new(config->memory_bytes);
		record->state_is_due = true;
		begin_block(record, RECORDING_EVENTS);
	} else if (begin_part(record)) {
		int code = record_failure(record, err);
		(void)record_close(record, NULL); /* it has failed already */
		return code;
	}
	*ret = record;
	return 0;
}

void record_extent(const struct record *record, struct hoard_extent *ret)
{
	*ret = (struct hoard_extent){0};
	if (record->hoard)
		hoard_extent(record->hoard, ret);
}

void record_begin_saving(struct record *memory)
{
	flush_events(memory);
	hoard_begin_reading(memory->hoard);
}

/* Where it lies in this file is another place than in any other. */
static void copy_block(struct record *file, const struct recording_block *head,
		       const uint8_t *data)
{
	struct recording_block block = *head;
	bool is_state = block.kind == RECORDING_STATE;
	if (is_state && !(block.flags & RECORDING_REST))
		file->state_at = file->part.size;
	block.at = is_state ? 0 : file->state_at;
	if (block.last_ns > file->last_ns)
		file->last_ns = block.last_ns;
	put_block(file, &block, data);
}

bool record_save(struct record *memory, struct record *file, size_t limit)
{
	const struct recording_block *block = NULL;
	const uint8_t *data = NULL;
	size_t done = 0;
	while (done < limit && (block = hoard_read(memory->hoard, &data))) {
		if (!file->code)
			copy_block(file, block, data);
		done += block->stored;
	}
	return block;
}

void record_finish(struct record *record)
{
	if (record->part.fd < 0)
		return;
	flush_events(record);
	end_part(record);
}

int record_close(struct record *record, struct err *err)
{
	if (!record)
		return 0;
	record_finish(record);
	int code = record_failure(record, err);
	(void)deflateEnd(&record->deflate); /* whatever was in it */
	part_done(&record->part);
	hoard_free(record->hoard);
	pack_free(record->pack);
	free(record->raw);
	free(record->stored);
	free(record);
	return code;
}
