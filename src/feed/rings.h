/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads several BPF ring buffers as one stream in order of time.  libbpf's own
 * reader takes one ring after the other and cannot merge.  The layout of the
 * shared pages is described in the kernel's Documentation/bpf/ringbuf.rst.
 */
#pragma once

#include "feed/sink.h"

#include <stddef.h>
#include <stdint.h>

struct rings;

struct rings *rings_new(void);
void rings_free(struct rings *rings);

/*
 * Adds a ring of SIZE bytes (a power of two and a multiple of the page).  FD is
 * taken over.  Negative errno of mmap(2), FD then still the caller's.
 */
int rings_add(struct rings *rings, int fd, size_t size);

/*
 * Hands over events up to CUTOFF_NS, oldest first, at most LIMIT (0: no limit).
 * Records that are not well-formed events are dropped.  Returns how many.
 */
size_t rings_drain(struct rings *rings, uint64_t cutoff_ns, size_t limit,
		   const struct sink *to);

/* How much has been taken since start, and how full the fullest is. */
void rings_look(const struct rings *rings, uint64_t *ret_taken_bytes,
		unsigned *ret_fill_pct);
