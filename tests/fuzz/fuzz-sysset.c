/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any text as a SET; what is understood is printed and parses back. */
#include "config.h"

#include "abi/sysset.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "abi/syscall.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void parse_back(const struct catalogue *cat, const struct sysset *set)
{
	char text[16384];
	sysset_print(set, text, sizeof(text));
	struct sysset *copy = sysset_new(cat);
	assert(sysset_parse(copy, text, NULL) == 0);
	for (uint32_t i = 0; i < catalogue_count(cat); i++)
		assert(sysset_has(copy, i) == sysset_has(set, i));
	sysset_free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct catalogue *cat = NULL;
	const struct catalogue_config config = {.events_fd = -1};
	assert(catalogue_new(&cat, &config, NULL) == 0);
	char *spec = malloc(size + 1);
	memcpy(spec, data, size);
	spec[size] = '\0';
	struct sysset *set = sysset_new(cat);
	if (sysset_parse(set, spec, NULL) == 0)
		parse_back(cat, set);
	sysset_free(set);
	catalogue_free(cat);
	free(spec);
	return 0;
}
