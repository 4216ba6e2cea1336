/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as an ELF file; the last two say which place is looked for. */
#include "config.h"

#include "feed/functions.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct functions_name name;
	uint16_t at = 0;
	if (size < sizeof(at))
		return 0;
	size -= sizeof(at);
	memcpy(&at, data + size, sizeof(at));
	int fd = memfd_create("fuzz", MFD_CLOEXEC);
	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		return 0;
	struct functions *functions = functions_new(fd);
	if (!functions)
		return 0;
	(void)functions_find(functions, at, &name);
	(void)functions_slot(functions, at);
	functions_free(functions);
	return 0;
}
