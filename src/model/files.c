/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/files.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>
#include <utlist.h>

#include "base/xalloc.h"

/* Most paths are a tenth of it; none is twice that. */
#define USUAL_BYTES 1024

struct entry {
	uint64_t id;
	struct entry *prev, *next; /* by last use, the oldest first */
	UT_hash_handle hh;
	size_t bytes;           /* of all this */
	struct event_file file; /* its text follows */
};

struct files {
	struct entry *by_id;
	struct entry *by_use;
	size_t limit_bytes;
	size_t used_bytes;
};

struct files *files_new(size_t limit_bytes)
{
	struct files *files = xcalloc(1, sizeof(*files));
	files->limit_bytes = limit_bytes;
	return files;
}

static void drop(struct files *files, struct entry *entry)
{
	HASH_DEL(files->by_id, entry);
	DL_DELETE(files->by_use, entry);
	files->used_bytes -= entry->bytes;
	free(entry);
}

void files_free(struct files *files)
{
	if (!files)
		return;
	while (files->by_use)
		drop(files, files->by_use);
	free(files);
}

static struct entry *find(const struct files *files, uint64_t id)
{
	struct entry *entry = NULL;
	HASH_FIND(hh, files->by_id, &id, sizeof(id), entry);
	return entry;
}

void files_put(struct files *files, const struct event_file *ev)
{
	struct entry *entry = find(files, ev->id);
	if (entry)
		drop(files, entry);
	size_t bytes = offsetof(struct entry, file) + ev->h.size;
	if (bytes > files->limit_bytes)
		return;
	while (files->used_bytes + bytes > files->limit_bytes)
		drop(files, files->by_use);
	entry = xcalloc(1, bytes);
	entry->id = ev->id;
	entry->bytes = bytes;
	memcpy(&entry->file, ev, ev->h.size);
	HASH_ADD(hh, files->by_id, id, sizeof(entry->id), entry);
	DL_APPEND(files->by_use, entry);
	files->used_bytes += bytes;
}

const struct event_file *files_find(struct files *files, uint64_t id)
{
	struct entry *entry = find(files, id);
	if (!entry)
		return NULL;
	if (entry->next) {
		DL_DELETE(files->by_use, entry);
		DL_APPEND(files->by_use, entry);
	}
	return &entry->file;
}

uint64_t files_count_in(size_t limit_bytes)
{
	return limit_bytes / USUAL_BYTES;
}
