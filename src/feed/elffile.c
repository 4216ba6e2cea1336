/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/elffile.h"

#include <sys/types.h>
#include <unistd.h>

const struct elffile_segment *elffile_code(const struct elffile *file,
					   uint64_t offset)
{
	for (size_t i = 0; i < file->count; i++) {
		const struct elffile_segment *segment = &file->segments[i];
		if (segment->is_code && offset >= segment->offset &&
		    offset - segment->offset < segment->size)
			return segment;
	}
	return NULL;
}

size_t elffile_read(const struct elffile *file, uint64_t address, void *data,
		    size_t size)
{
	for (size_t i = 0; i < file->count; i++) {
		const struct elffile_segment *segment = &file->segments[i];
		uint64_t at = address - segment->address;
		if (address < segment->address || at >= segment->size)
			continue;
		if (size > segment->size - at)
			size = (size_t)(segment->size - at);
		ssize_t got = pread(file->fd, data, size,
				    (off_t)(segment->offset + at));
		return got > 0 ? (size_t)got : 0;
	}
	return 0;
}
