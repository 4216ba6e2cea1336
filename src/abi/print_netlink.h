/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the printers of netlink messages and of their attributes share. */
#pragma once

#include "abi/netlink.h"
#include "bpf/event.h"

struct show;

/* A piece of a message; of what was not copied nothing is shown but "...". */
struct print_span {
	const char *bytes;
	size_t have;   /* bytes that are known */
	uint64_t size; /* bytes that there are */
};

/* What is being printed. */
struct print_within {
	struct show *show;
	unsigned protocol;
	unsigned family; /* AF_*, that the message begins with */
	unsigned depth;  /* messages and attributes that it is in */
};

#define PRINT_DEPTH 16 /* what is in more is bytes */

/* The span but for its first COUNT bytes. */
struct print_span print_span_after(const struct print_span *span,
				   uint64_t count);

/* The first COUNT bytes of it, or all. */
struct print_span print_span_upto(const struct print_span *span,
				  uint64_t count);

/* As bytes: "\\x01\\x02"... */
void print_span_hex(struct show *show, const struct print_span *span);

/* What fills the span, attributes of SET. */
void print_attrs(const struct print_within *within,
		 const struct netlink_attrs *set,
		 const struct print_span *span);

/* Whether the call's descriptor is a netlink socket, and its protocol. */
bool print_is_netlink(const struct show *show, unsigned *ret_protocol);

/* The messages of PROTOCOL in SIZE bytes at ADDRESS, or the address. */
void print_netlink_at(struct show *show, unsigned protocol, uint64_t address,
		      uint64_t size, enum event_phase phase);
