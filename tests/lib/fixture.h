/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A model of an x86-64 machine over the built-in list of syscalls, fed with
 * events as text (tests/lib/evtext.h).  In UTC and a UTF-8 locale.
 */
#pragma once

#include <stddef.h>

struct catalogue;
struct field;
struct model;

struct fixture {
	struct catalogue *cat;
	struct model *model;
};

/* Fails the test if anything cannot be had or understood. */
void fixture_init(struct fixture *fx);
void fixture_feed(const struct fixture *fx, const char *text);
void fixture_feed_file(const struct fixture *fx, const char *name);
void fixture_done(struct fixture *fx);

/* The field of that name, whatever kinds have it. */
const struct field *fixture_field(const char *name);
