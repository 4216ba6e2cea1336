/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A recording as it lies in a file or comes through a pipe: a header, then
 * blocks, each with a head of its own.  doc/RECORDING describes it byte by
 * byte.  Both kinds of head bear a checksum of themselves, so that a reader
 * finds the next block behind damage and believes no size before it is checked.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RECORDING_VERSION 1

/* What a block holds at most; writers make blocks of about a quarter. */
#define RECORDING_RAW_LIMIT (1u << 20)

/* And as it is stored: what does not shrink is stored as it is. */
#define RECORDING_STORED_LIMIT RECORDING_RAW_LIMIT

struct recording_header {
	uint8_t magic[8];
	uint16_t version;       /* RECORDING_VERSION */
	uint16_t event_version; /* EVENT_VERSION */
	uint32_t flags;         /* RECORDING_REDACTED, _BEGUN */
	uint64_t start_ns;      /* when it began, CLOCK_MONOTONIC */
	uint64_t wall_offset_ns;
	uint32_t part; /* of a rotated recording: 0, 1, ... */
	uint32_t abi;  /* enum recording_abi: of native calls */
	uint8_t reserved[20];
	uint32_t crc; /* of all before */
};

#define RECORDING_REDACTED 1 /* without the contents of texts and buffers */
#define RECORDING_BEGUN    2 /* in mid-run: its first state holds, all of it */

enum recording_abi { /* as in the file; not to be changed */
	RECORDING_X86_64 = 1,
	RECORDING_ARM64 = 2,
};

enum recording_kind {
	RECORDING_FACTS = 1,  /* text about the machine and the run */
	RECORDING_EVENTS = 2, /* packed events (pack.h) */
	RECORDING_STATE = 3,  /* events that lead to the state at that time */
	RECORDING_INDEX = 4,  /* struct recording_entry, many */
	RECORDING_END = 5,    /* nothing; the recorder has closed the file */
	RECORDING_KINDS = 6,
};

enum recording_codec {
	RECORDING_PLAIN = 0,
	RECORDING_ZLIB = 1, /* RFC 1950 */
	RECORDING_CODECS = 2,
};

/* flags of a block */
#define RECORDING_MORE 1 /* the next block goes on with what this is about */
#define RECORDING_REST                                                         \
	2 /* this goes on with what the block before is about                  \
	   */

struct recording_block { /* the head of a block; its data follow */
	uint8_t magic[4];
	uint8_t kind;      /* enum recording_kind */
	uint8_t codec;     /* enum recording_codec */
	uint16_t flags;    /* RECORDING_MORE, _REST */
	uint32_t sequence; /* 0, 1, ... in the file */
	uint32_t stored;   /* bytes that follow */
	uint32_t raw;      /* bytes that these are when inflated */
	uint32_t data_crc; /* of the bytes as they are stored */
	uint32_t events;
	uint32_t calls;    /* of these, rows of calls */
	uint64_t first_ns; /* of the events, least and greatest time */
	uint64_t last_ns;
	uint64_t at; /* where the latest RECORDING_STATE begins, 0: none;
			RECORDING_END: the first RECORDING_INDEX */
	uint32_t reserved;
	uint32_t crc; /* of all before */
};

struct recording_entry {
	uint64_t at; /* of the block's head, from the beginning of the file */
	uint64_t first_ns;
	uint64_t last_ns;
	uint32_t events;
	uint8_t kind;
	uint8_t reserved[3];
};

_Static_assert(sizeof(struct recording_header) == 64, "header");
_Static_assert(sizeof(struct recording_block) == 64, "block");
_Static_assert(sizeof(struct recording_entry) == 32, "entry");

/* Numbers lie in the file as they lie in memory here. */
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "byte order");

/* Fill in magic, version and checksum. */
void recording_seal_header(struct recording_header *header);
void recording_seal_block(struct recording_block *block);

/* Whether the magic is there, which says that it is a recording at all. */
bool recording_is_header(const struct recording_header *header);
bool recording_is_whole_header(const struct recording_header *header);

/* Magic, checksum, kind, codec and sizes are right. */
bool recording_is_block(const struct recording_block *block);

/* The first place in the SIZE bytes of DATA where a block may begin, or SIZE;
 * what may go on behind the end counts. */
size_t recording_find_block(const uint8_t *data, size_t size);

uint32_t recording_crc(const void *data, size_t size);
