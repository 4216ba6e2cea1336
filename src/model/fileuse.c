/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/fileuse.h"

#include <stdlib.h>
#include <string.h>
#include <utlist.h>

#include "abi/print_fd.h"
#include "base/buf.h"
#include "base/xalloc.h"
#include "model/target.h"

#define SET_AT_FIRST 4

void fileuse_init(struct fileuse_table *table, size_t limit_bytes,
		  struct pictures *pictures)
{
	*table = (struct fileuse_table){.limit_bytes = limit_bytes,
					.pictures = pictures};
}

struct picture_state fileuse_state(const struct fileuse *file)
{
	return (struct picture_state){.sum = file->sum,
				      .bytes_in = file->bytes_in,
				      .processes = file->processes.count};
}

static void note(const struct fileuse_table *table, struct fileuse *file)
{
	if (!pictures_want(table->pictures, file->sum.noted))
		return;
	const struct picture_state state = fileuse_state(file);
	pictures_note(table->pictures, ROW_FILE, file->id, &file->sum.noted,
		      &state, NULL);
}

static size_t socket_bytes(const struct event_fd *fd)
{
	return fd ? sizeof(*fd) + fd->size : 0;
}

static size_t bytes_of(const struct fileuse *file)
{
	return sizeof(*file) + file->key_size + 1 +
	       file->processes.capacity * sizeof(uint64_t) +
	       socket_bytes(file->socket);
}

static void drop(struct fileuse_table *table, struct fileuse *file)
{
	HASH_DELETE(hh_id, table->by_id, file);
	if (!fileuse_is_other(file)) {
		HASH_DELETE(hh, table->by_key[file->host], file);
		DL_DELETE(table->by_use, file);
	}
	table->used_bytes -= bytes_of(file);
	free(file->processes.at);
	free(file->socket);
	free(file);
}

void fileuse_zero(struct fileuse_table *table)
{
	while (table->by_use)
		drop(table, table->by_use);
	for (unsigned i = 0; i < EVENT_HOSTS; i++) {
		if (table->others[i])
			drop(table, table->others[i]);
		table->others[i] = NULL;
	}
	table->folded = 0;
}

void fileuse_done(struct fileuse_table *table)
{
	fileuse_zero(table);
	*table = (struct fileuse_table){0};
}

static struct fileuse *make(struct fileuse_table *table, unsigned host,
			    const char *key, size_t key_size)
{
	struct fileuse *file = xcalloc(1, sizeof(*file) + key_size + 1);
	file->id = ++table->last_id;
	file->host = (uint8_t)host;
	file->key_size = key_size;
	memcpy(file->key, key, key_size);
	HASH_ADD(hh_id, table->by_id, id, sizeof(file->id), file);
	table->used_bytes += bytes_of(file);
	return file;
}

static struct fileuse *make_other(struct fileuse_table *table, unsigned host)
{
	static const char name[] = "other";
	if (!table->others[host])
		table->others[host] = make(table, host, name, sizeof(name) - 1);
	return table->others[host];
}

/* One that was used since this came by gets another round: nearly those used
 * longest ago go, and a use costs next to nothing. */
static void fold_oldest(struct fileuse_table *table, uint64_t tick)
{
	struct fileuse *oldest;
	while ((oldest = table->by_use)->used) {
		oldest->used = false;
		DL_DELETE(table->by_use, oldest);
		DL_APPEND(table->by_use, oldest);
	}
	struct fileuse *other = make_other(table, oldest->host);
	const struct picture_part from = {.id = oldest->id,
					  .state = fileuse_state(oldest)};
	const struct picture_part into = {.id = other->id,
					  .state = fileuse_state(other)};
	if (table->pictures->list)
		pictures_fold(table->pictures, ROW_FILE, &from, &into);
	stat_sum_merge(&other->sum, &oldest->sum, tick);
	other->bytes_in += oldest->bytes_in;
	drop(table, oldest);
	table->folded++;
}

/* Where VALUE is, or would be. */
static uint64_t *slot_of(const struct fileuse_set *set, uint64_t value)
{
	uint32_t mask = set->capacity - 1;
	/* a large odd number spreads what counts up from 1 */
	uint32_t i = (uint32_t)((value * 0x9e3779b97f4a7c15u) >> 32) & mask;
	while (set->at[i] && set->at[i] != value)
		i = (i + 1) & mask;
	return &set->at[i];
}

static void grow(struct fileuse_set *set)
{
	struct fileuse_set larger = {
		.count = set->count,
		.capacity = set->capacity ? set->capacity * 2 : SET_AT_FIRST,
	};
	larger.at = xcalloc(larger.capacity, sizeof(*larger.at));
	for (uint32_t i = 0; i < set->capacity; i++)
		if (set->at[i])
			*slot_of(&larger, set->at[i]) = set->at[i];
	free(set->at);
	*set = larger;
}

static void add_process(struct fileuse_table *table, struct fileuse *file,
			uint64_t process)
{
	struct fileuse_set *set = &file->processes;
	if (process == 0 || set->last == process)
		return;
	if ((set->count + 1) * 4 > set->capacity * 3) {
		table->used_bytes -= bytes_of(file);
		grow(set);
		table->used_bytes += bytes_of(file);
	}
	uint64_t *slot = slot_of(set, process);
	set->count += *slot == 0;
	*slot = process;
	set->last = process;
}

/* How much its text will tell: a socket is bound, then connected, then shut. */
static int told_by(const struct event_fd *fd)
{
	const struct event_socket *socket = (const void *)(fd + 1);
	if (fd->size < sizeof(*socket))
		return 0;
	if (socket->peer || socket->remote_port)
		return 2;
	return socket->local_port || socket->path_size;
}

static void keep_socket(struct fileuse_table *table, struct fileuse *file,
			const struct event_fd *fd)
{
	if (file->socket && told_by(fd) < told_by(file->socket))
		return;
	if (!file->socket || file->socket->size != fd->size) {
		table->used_bytes -= bytes_of(file);
		file->socket = xrealloc(file->socket, socket_bytes(fd));
		memcpy(file->socket, fd, socket_bytes(fd));
		table->used_bytes += bytes_of(file);
	}
	memcpy(file->socket, fd, socket_bytes(fd));
}

/* That of the target. */
static struct fileuse *find_or_make(struct fileuse_table *table,
				    const struct target *target)
{
	struct fileuse **by_key = &table->by_key[target->host];
	struct fileuse *file = NULL;
	HASH_FIND(hh, *by_key, target->key, target->key_size, file);
	if (file) {
		file->used = true;
		return file;
	}
	file = make(table, target->host, target->key, target->key_size);
	HASH_ADD_KEYPTR(hh, *by_key, file->key, file->key_size, file);
	DL_APPEND(table->by_use, file);
	return file;
}

void fileuse_add(struct fileuse_table *table, const struct target *target,
		 const struct event_growth *growth, uint64_t process,
		 uint64_t tick)
{
	struct event_growth own = *growth;
	own.bytes = target->bytes_in + target->bytes_out;
	struct fileuse *file = find_or_make(table, target);
	note(table, file);
	stat_sum_add(&file->sum, &own, tick);
	file->bytes_in += target->bytes_in;
	add_process(table, file, process);
	if (target->socket)
		keep_socket(table, file, target->socket);
	while (table->used_bytes > table->limit_bytes && table->by_use)
		fold_oldest(table, tick);
}

struct fileuse *fileuse_find(const struct fileuse_table *table, uint64_t id)
{
	struct fileuse *file = NULL;
	HASH_FIND(hh_id, table->by_id, &id, sizeof(id), file);
	return file;
}

bool fileuse_is_other(const struct fileuse *file)
{
	return !file->hh.tbl;
}

bool fileuse_is(const struct fileuse *file, const struct target *target)
{
	return !fileuse_is_other(file) && file->host == target->host &&
	       file->key_size == target->key_size &&
	       memcmp(file->key, target->key, target->key_size) == 0;
}

bool fileuse_print(struct buf *buf, const struct fileuse *file)
{
	if (!file->socket) {
		buf_write(buf, file->key, file->key_size);
		return false;
	}
	print_fd_text(buf, file->socket, NULL);
	return true;
}
