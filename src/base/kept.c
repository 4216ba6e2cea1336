/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "base/kept.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>
#include <utlist.h>

#include "base/xalloc.h"

struct entry {
	uint64_t id;
	struct entry *prev, *next; /* by last use, the oldest first */
	UT_hash_handle hh;
	size_t bytes; /* of all this */
	max_align_t data[];
};

struct kept {
	struct entry *by_id;
	struct entry *by_use;
	size_t limit_bytes;
	size_t used_bytes;
};

struct kept *kept_new(size_t limit_bytes)
{
	struct kept *kept = xcalloc(1, sizeof(*kept));
	kept->limit_bytes = limit_bytes;
	return kept;
}

static void drop(struct kept *kept, struct entry *entry)
{
	HASH_DEL(kept->by_id, entry);
	DL_DELETE(kept->by_use, entry);
	kept->used_bytes -= entry->bytes;
	free(entry);
}

void kept_free(struct kept *kept)
{
	if (!kept)
		return;
	while (kept->by_use)
		drop(kept, kept->by_use);
	free(kept);
}

static struct entry *find(const struct kept *kept, uint64_t id)
{
	struct entry *entry = NULL;
	HASH_FIND(hh, kept->by_id, &id, sizeof(id), entry);
	return entry;
}

void kept_put(struct kept *kept, uint64_t id, const void *data, size_t size)
{
	struct entry *entry = find(kept, id);
	if (entry)
		drop(kept, entry);
	size_t bytes = sizeof(*entry) + size;
	if (bytes > kept->limit_bytes)
		return;
	while (kept->used_bytes + bytes > kept->limit_bytes)
		drop(kept, kept->by_use);
	entry = xcalloc(1, bytes);
	entry->id = id;
	entry->bytes = bytes;
	memcpy(entry->data, data, size);
	HASH_ADD(hh, kept->by_id, id, sizeof(entry->id), entry);
	DL_APPEND(kept->by_use, entry);
	kept->used_bytes += bytes;
}

const void *kept_find(struct kept *kept, uint64_t id)
{
	struct entry *entry = find(kept, id);
	if (!entry)
		return NULL;
	if (entry->next) {
		DL_DELETE(kept->by_use, entry);
		DL_APPEND(kept->by_use, entry);
	}
	return entry->data;
}

void kept_each(const struct kept *kept,
	       void (*see)(void *self, const void *data), void *self)
{
	const struct entry *entry = kept->by_use;
	for (; entry; entry = entry->next)
		see(self, entry->data);
}
