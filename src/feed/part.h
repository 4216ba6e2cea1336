/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One file of a recording, or the pipe, while it is written; for record.c. */
#pragma once

#include "feed/recording.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;
struct record_config;

struct part {
	int fd;       /* -1: none */
	bool is_file; /* else: a reader may be slow */
	bool is_ours; /* made here: nothing else is in it */
	int stop_fd;
	uint64_t size;     /* bytes written */
	uint64_t begun_ns; /* 0: nothing was put into it */
	uint32_t sequence;
	struct recording_entry *entries; /* owned: of the blocks */
	size_t entry_count;
};

/* Makes the file of that NUMBER; negative errno with a sentence. */
int part_open(struct part *part, const struct record_config *config,
	      uint32_t number, struct err *err);

/* All of it, or negative errno: then the file ends where it ended before. */
int part_write(struct part *part, const void *data, size_t size);

/* Seals the head, writes it and what it says is stored, and notes both. */
int part_write_block(struct part *part, struct recording_block *block,
		     const void *data);

/* Removes the file that is one too many when COUNT were begun. */
void part_forget(const struct record_config *config, uint32_t count);

int part_close(struct part *part);
void part_done(struct part *part);
