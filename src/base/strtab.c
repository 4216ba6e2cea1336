/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "base/strtab.h"

#include <string.h>
#include <uthash.h>

#include "base/xalloc.h"

struct entry {
	UT_hash_handle hh;
	size_t refs;
	size_t len;
	char text[];
};

struct strtab {
	struct entry *entries; /* uthash */
	size_t limit_bytes;
	size_t used_bytes;
};

static const char empty[] = "";

struct strtab *strtab_new(size_t limit_bytes)
{
	struct strtab *tab = xcalloc(1, sizeof(*tab));
	tab->limit_bytes = limit_bytes;
	return tab;
}

static size_t entry_bytes(size_t len)
{
	return sizeof(struct entry) + len + 1;
}

void strtab_free(struct strtab *tab)
{
	if (!tab)
		return;
	struct entry *entry = tab->entries;
	HASH_CLEAR(hh, tab->entries);
	while (entry) {
		struct entry *next = entry->hh.next;
		free(entry);
		entry = next;
	}
	free(tab);
}

const char *strtab_ref(struct strtab *tab, const char *text, size_t len)
{
	len = strnlen(text, len);
	if (len == 0)
		return empty;
	struct entry *entry = NULL;
	HASH_FIND(hh, tab->entries, text, len, entry);
	if (entry) {
		entry->refs++;
		return entry->text;
	}
	size_t bytes = entry_bytes(len);
	if (bytes > tab->limit_bytes - tab->used_bytes)
		return empty;
	entry = xmalloc(bytes);
	*entry = (struct entry){.refs = 1, .len = len};
	memcpy(entry->text, text, len);
	entry->text[len] = '\0';
	HASH_ADD_KEYPTR(hh, tab->entries, entry->text, len, entry);
	tab->used_bytes += bytes;
	return entry->text;
}

void strtab_unref(struct strtab *tab, const char *text)
{
	if (!text || text == empty)
		return;
	struct entry *entry = NULL;
	HASH_FIND(hh, tab->entries, text, strlen(text), entry);
	if (!entry || --entry->refs > 0)
		return;
	HASH_DEL(tab->entries, entry);
	tab->used_bytes -= entry_bytes(entry->len);
	free(entry);
}

size_t strtab_used_bytes(const struct strtab *tab)
{
	return tab->used_bytes;
}
