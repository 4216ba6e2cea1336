/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Prints what the program's tables offer, a line each: its kind, a space, its
 * name.  tests/tables.sh looks for each in the manual.
 */
#include "config.h"

#include <stdio.h>

#include "abi/syscall.h"
#include "app/keys.h"
#include "app/options.h"
#include "app/sctoprc.h"
#include "model/field.h"
#include "ui/keycode.h"
#include "view/views.h"

static void print_options(void)
{
	const struct options_row *row;
	for (size_t i = 0; (row = options_at(i)); i++) {
		if (row->group == OPTIONS_HIDDEN)
			continue;
		if (row->letter)
			printf("option %c\n", row->letter);
		if (row->name)
			printf("option -%s\n", row->name);
	}
}

static void print_keys(void)
{
	for (size_t i = 0; i < keys_count(); i++) {
		const struct keys_row *row = keys_at(i);
		if (row->name[0])
			printf("action %s\n", row->name);
		for (size_t n = 0; n < KEYS_PER_ROW && row->keys[n]; n++) {
			char name[KEYCODE_NAME_SIZE];
			if (row->keys[n] == KEYCODE_MOUSE)
				continue;
			printf("key %s\n", keycode_name(row->keys[n], name));
		}
	}
}

static void print_settings(void)
{
	const struct options_row *row;
	const struct sctoprc_kind *kind;
	for (size_t i = 0; (row = options_at(i)); i++)
		if (row->kept)
			printf("setting %s\n", row->name);
	for (size_t i = 0; (kind = sctoprc_kind_at(i)); i++)
		printf("setting %s.%s\n", kind->name, kind->what);
}

int main(void)
{
	print_settings();
	print_options();
	print_keys();
	for (size_t i = 0; i < field_count(); i++)
		printf("field %s\n", field_at(i)->name);
	for (size_t i = 0; i < views_count(); i++)
		printf("view %s\n", views_at(i)->title);
	for (int i = 0; i < CLASS_COUNT; i++)
		printf("class %%%s\n",
		       syscall_class_name((enum syscall_class)i));
	return 0;
}
