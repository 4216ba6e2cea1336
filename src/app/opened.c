/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/opened.h"

#include <stdio.h>
#include <stdlib.h>

#include "abi/flags.h"
#include "app/action.h"
#include "app/desk.h"
#include "app/target.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/escape.h"
#include "feed/inventory.h"
#include "ui/pager.h"

#define LINE_SIZE 20000 /* a path of which every byte is escaped, and more */

/* The page as it comes, and what is known before it is opened. */
struct listing {
	struct pager *pager;
	size_t count;
};

static void add(void *self, const struct inventory_file *file)
{
	struct listing *listing = self;
	char data[LINE_SIZE], label[16];
	struct buf text;
	uint64_t large = 0; /* set by the kernel itself, see open(2) */
	(void)flags_value(FLAGS_OPEN, "O_LARGEFILE", abi_native(),
			  &large); /* it is in the table */
	buf_init(&text, data, sizeof(data));
	escape_text(&text, file->text, file->size);
	if (file->known) {
		buf_puts(&text, "  ");
		flags_print(&text, FLAGS_OPEN, file->flags & ~large,
			    abi_native());
	}
	if (file->known && file->pos > 0) {
		buf_puts(&text, "  at byte ");
		buf_u64(&text, file->pos);
	}
	(void)snprintf(label, sizeof(label), "%d", file->fd); /* always fits */
	pager_add(listing->pager, file->name ? file->name : label, ROLE_TEXT,
		  data);
	listing->count += !file->name;
}

unsigned opened_page(struct desk *desk, int unused)
{
	(void)unused;
	if (!target_take(desk))
		return ACTION_DRAW;
	const struct desk_target *target = &desk->target;
	struct pager pager;
	struct listing listing = {.pager = &pager};
	struct err err = {0};
	char title[DESK_NAME_SIZE + 32];
	(void)snprintf(title, sizeof(title), "Open files of %s",
		       target->name); /* always fits */
	pager_init(&pager, title);
	int code =
		desk->hooks->list_files(desk->hooks->self, target->pid,
					target->start_ns, add, &listing, &err);
	if (code < 0) {
		pager_done(&pager);
		desk_say(desk, ROLE_ALARM, "%s", err.text);
		return ACTION_DRAW;
	}
	if (listing.count == 0)
		pager_add(&pager, "", ROLE_DIM, "no descriptor is open");
	if (listing.count == INVENTORY_FILES)
		pager_add(&pager, "", ROLE_DIM, "and more");
	pager_done(desk_open_page(desk, DESK_PAGE_OPENED, title));
	desk->pager = pager;
	return ACTION_DRAW;
}
