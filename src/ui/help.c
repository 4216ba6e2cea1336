/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "ui/help.h"

#include <stdio.h>

#include "model/field.h"
#include "ui/pager.h"
#include "view/views.h"

void help_add_keys(struct pager *pager, const char *title,
		   const struct help_key *keys, size_t count)
{
	if (count == 0)
		return;
	pager_heading(pager, title);
	for (size_t i = 0; i < count; i++)
		pager_add(pager, keys[i].keys, ROLE_TEXT, keys[i].text);
}

void help_add_views(struct pager *pager)
{
	pager_heading(pager, "Views");
	for (size_t i = 0; i < views_count(); i++)
		pager_add(pager, views_at(i)->title, ROLE_TEXT,
			  views_at(i)->help);
}

void help_add_fields(struct pager *pager, const struct view *view)
{
	char title[64];
	(void)snprintf(title, sizeof(title), "Columns of %s",
		       view->title); /* a cut heading still heads */
	pager_heading(pager, title);
	for (size_t i = 0; i < field_count(); i++) {
		const struct field *field = field_at(i);
		if (field_has(field, view->kind))
			pager_add(pager, field->name, ROLE_TEXT, field->help);
	}
}
