/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "tests/lib/fixture.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "abi/syscall.h"
#include "base/err.h"
#include "model/field.h"
#include "model/model.h"
#include "tests/lib/evtext.h"

void fixture_init(struct fixture *fx)
{
	const struct catalogue_config config = {
		.events_fd = -1,
		.native = ABI_X86_64,
	};
	const struct model_limits limits = {
		.row_bytes = 1 << 20,
		.count_bytes = 1 << 20,
		.name_bytes = 1 << 20,
		.past_bytes = 1 << 20,
	};
	struct err err = {0};
	cr_assert(ne(ptr, setlocale(LC_ALL, "C.UTF-8"), NULL));
	cr_assert(zero(int, setenv("TZ", "UTC", 1)));
	tzset();
	cr_assert(zero(int, catalogue_new(&fx->cat, &config, &err)), "%s",
		  err.text);
	fx->model = model_new(fx->cat, &limits);
}

void fixture_feed(const struct fixture *fx, const char *text)
{
	int line = evtext_feed(text, model_put, fx->model);
	cr_assert(zero(int, line), "line %d of the events is wrong", line);
}

void fixture_feed_file(const struct fixture *fx, const char *name)
{
	int line = evtext_feed_file(name, model_put, fx->model);
	cr_assert(zero(int, line), "line %d of %s is wrong", line, name);
}

void fixture_done(struct fixture *fx)
{
	model_free(fx->model);
	catalogue_free(fx->cat);
}

const struct field *fixture_field(const char *name)
{
	for (size_t i = 0; i < field_count(); i++) {
		if (strcmp(field_at(i)->name, name) == 0)
			return field_at(i);
	}
	cr_assert(0, "no field %s", name);
	return NULL;
}
