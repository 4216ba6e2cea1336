/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the printers of addresses, messages and socket options share. */
#pragma once

#include "bpf/event.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct show;

/* The socket address in SIZE bytes: what its family has, else bytes. */
void print_sockaddr_of(struct show *show, const char *bytes, size_t size);

/* The socket address of SIZE bytes at ADDRESS, or the address where these are
 * not known. */
void print_sockaddr_at(struct show *show, uint64_t address, uint64_t size,
		       enum event_phase phase);

/* The control messages of SIZE bytes at ADDRESS, or the address. */
void print_control_at(struct show *show, uint64_t address, uint64_t size,
		      enum event_phase phase);

/* COUNT pieces at ADDRESS: their sizes, and what they hold of the MOVED bytes;
 * their addresses if that is not known. */
struct print_iovec {
	uint64_t address;
	uint64_t count;
	uint64_t moved; /* UINT64_MAX: all, whatever their sizes add up to */
	enum event_phase phase;
	bool addresses; /* only these */
	bool netlink;   /* what netlink sockets move is shown as messages */
};

void print_iovec_at(struct show *show, const struct print_iovec *vector);
