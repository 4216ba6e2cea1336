/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The name that was probably meant. */
#pragma once

#include <stddef.h>

/*
 * Of COUNT names, NAME_AT(CONTEXT, i) each (NULL: skipped), the one nearest to
 * TEXT, case ignored, or NULL if none is near.  Borrowed from NAME_AT.
 */
const char *nearest(const char *text, size_t count,
		    const char *(*name_at)(const void *context, size_t i),
		    const void *context);
