/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/recording.h"

#include <string.h>
#include <zlib.h>

#include "bpf/event.h"

/* As in PNG: a byte that is not ASCII and a line end show what transfers as
 * text have done to the file. */
static const uint8_t header_magic[8] = {0x8b, 's', 'c',  't',
					'o',  'p', '\r', '\n'};
static const uint8_t block_magic[4] = {0x8b, 'S', 'B', 0x1a};

uint32_t recording_crc(const void *data, size_t size)
{
	return (uint32_t)crc32(0, data, (uInt)size);
}

void recording_seal_header(struct recording_header *header)
{
	memcpy(header->magic, header_magic, sizeof(header_magic));
	header->version = RECORDING_VERSION;
	header->event_version = EVENT_VERSION;
	header->crc =
		recording_crc(header, offsetof(struct recording_header, crc));
}

void recording_seal_block(struct recording_block *block)
{
	memcpy(block->magic, block_magic, sizeof(block_magic));
	block->crc =
		recording_crc(block, offsetof(struct recording_block, crc));
}

bool recording_is_header(const struct recording_header *header)
{
	return memcmp(header->magic, header_magic, sizeof(header_magic)) == 0;
}

bool recording_is_whole_header(const struct recording_header *header)
{
	return header->crc ==
	       recording_crc(header, offsetof(struct recording_header, crc));
}

bool recording_is_block(const struct recording_block *block)
{
	if (memcmp(block->magic, block_magic, sizeof(block_magic)) != 0 ||
	    block->crc !=
		    recording_crc(block, offsetof(struct recording_block, crc)))
		return false;
	if (block->codec == RECORDING_PLAIN && block->stored != block->raw)
		return false;
	return block->kind > 0 && block->kind < RECORDING_KINDS &&
	       block->codec < RECORDING_CODECS &&
	       block->stored <= RECORDING_STORED_LIMIT &&
	       block->raw <= RECORDING_RAW_LIMIT;
}

size_t recording_find_block(const uint8_t *data, size_t size)
{
	size_t at = 0;
	while (at < size) {
		const uint8_t *found =
			memchr(data + at, block_magic[0], size - at);
		if (!found)
			return size;
		at = (size_t)(found - data);
		size_t rest = size - at;
		size_t n =
			rest < sizeof(block_magic) ? rest : sizeof(block_magic);
		if (memcmp(found, block_magic, n) == 0)
			return at;
		at++;
	}
	return size;
}
