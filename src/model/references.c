/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/references.h"

#include <string.h>

#include "abi/stack.h"
#include "base/kept.h"

/* What most of them take at most; none takes four times that. */
#define FILE_BYTES   1024
#define SYMBOL_BYTES 320

#define LINKS_BYTES 262144 /* some thousand interfaces */

/* Their shares of the budget of names. */
static size_t files_bytes(size_t name_bytes)
{
	return name_bytes / 2;
}

static size_t symbols_bytes(size_t name_bytes)
{
	return name_bytes / 8;
}

void references_init(struct references *references, size_t name_bytes)
{
	references->files = kept_new(files_bytes(name_bytes));
	references->symbols = kept_new(symbols_bytes(name_bytes));
}

void references_done(struct references *references)
{
	kept_free(references->files);
	kept_free(references->symbols);
	kept_free(references->links);
}

void references_put_file(struct references *references,
			 const struct event_file *ev)
{
	kept_put(references->files, ev->id, ev, ev->h.size);
}

void references_put_symbol(struct references *references,
			   const struct event_symbol *ev)
{
	kept_put(references->symbols, stack_site(ev->file, ev->offset), ev,
		 ev->h.size);
}

static uint64_t link_id(unsigned host, uint32_t index)
{
	return (uint64_t)host << 32 | index;
}

void references_put_link(struct references *references, unsigned host,
			 uint32_t index, const char *name)
{
	if (!references->links)
		references->links = kept_new(LINKS_BYTES);
	if (name)
		kept_put(references->links, link_id(host, index), name,
			 strlen(name) + 1);
}

static const char *find_link(void *self, unsigned host, uint32_t index)
{
	const struct references *references = self;
	return kept_find(references->links, link_id(host, index));
}

static const struct event_file *find_file(void *self, uint64_t id)
{
	const struct references *references = self;
	return kept_find(references->files, id);
}

static const struct event_symbol *find_symbol(void *self, uint64_t file,
					      uint64_t offset)
{
	const struct references *references = self;
	return kept_find(references->symbols, stack_site(file, offset));
}

struct print_files references_files(const struct references *references)
{
	return (struct print_files){.find = find_file,
				    .find_symbol = find_symbol,
				    .link = references->links ? find_link
							      : NULL,
				    .self = (void *)references};
}

uint64_t references_file_count(size_t name_bytes)
{
	return files_bytes(name_bytes) / FILE_BYTES;
}

uint64_t references_symbol_count(size_t name_bytes)
{
	return symbols_bytes(name_bytes) / SYMBOL_BYTES;
}
