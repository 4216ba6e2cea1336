/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as a format file of tracefs. */
#include "config.h"

#include "abi/tracefs.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tracefs_signature signature;
	if (tracefs_parse(&signature, (const char *)data, size, NULL) == 0)
		assert(signature.nargs <= TRACEFS_ARGS);
	return 0;
}
