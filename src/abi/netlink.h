/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What netlink messages are made of, from netlink.tbl: the structure that
 * follows the header, the attributes behind that, and the names of both.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* include/uapi/linux/netlink.h */
#define NETLINK_HEADER   16 /* bytes of struct nlmsghdr */
#define NETLINK_ERROR    2  /* types of messages that all protocols have */
#define NETLINK_DONE     3
#define NETLINK_OWN      16 /* the first type that is a protocol's own */
#define NETLINK_REQUEST  1  /* flags */
#define NETLINK_CAPPED   0x100
#define NETLINK_UEVENT   15 /* the protocol of NETLINK_KOBJECT_UEVENT */
#define NETLINK_ATTR     4  /* bytes of struct nlattr */
#define NETLINK_NESTED   0x8000
#define NETLINK_BIG      0x4000 /* NLA_F_NET_BYTEORDER */
#define NETLINK_NUMBER   0x3fff /* the rest of an attribute's type */
#define NETLINK_ALIGN(n) (((uint64_t)(n) + 3) & ~UINT64_C(3))

/* How the value of an attribute is shown; DETAIL of struct netlink_attr. */
enum netlink_value {
	VALUE_BYTES,
	VALUE_DEC,
	VALUE_HEX,
	VALUE_FLAGS,  /* enum flags_set */
	VALUE_KIND,   /* enum argtype */
	VALUE_STRUCT, /* enum structs_id */
	VALUE_ATTRS,  /* netlink_attrs() */
	VALUE_ARRAY,  /* numbers; enum flags_set names their indices */
	VALUE_LIST,   /* numbers */
	VALUE_TEXT,   /* and a NUL */
	VALUE_MAC,
	VALUE_ADDRESS, /* of the message's family */
	VALUE_IPV6,
	VALUE_VIA,      /* struct rtvia */
	VALUE_NEXTHOPS, /* struct rtnexthop, each with attributes */
};

struct netlink_attr {
	const char *name;
	uint16_t number;
	uint8_t form; /* enum netlink_value */
	uint16_t detail;
	uint8_t size; /* of a number, bytes */
	bool is_signed;
};

/* A set of attributes. */
struct netlink_attrs {
	const char *name;
	const char *unknown; /* the comment on one without a name */
	uint16_t first;
	uint16_t count;
};

struct netlink_message {
	uint8_t protocol; /* NETLINK_* */
	uint16_t type;
	uint8_t which;  /* requests, answers; 0: both */
	uint8_t family; /* AF_*, or NETLINK_ANY */
	uint16_t structure;
	int16_t attrs; /* netlink_attrs(); -1: none */
};

/* What a message of PROTOCOL is; NULL if that is not known. */
const struct netlink_message *netlink_message(unsigned protocol, unsigned type,
					      unsigned flags, unsigned family);

/* Whether every message of PROTOCOL begins with a family. */
bool netlink_has_family(unsigned protocol);

/* The sets of flags.tbl that name the types and flags of PROTOCOL's messages.
 */
unsigned netlink_types(unsigned protocol, unsigned type);
unsigned netlink_flags(unsigned protocol, unsigned type);

const struct netlink_attrs *netlink_attrs(unsigned index);

/* The set of a name; it must be one of netlink.tbl. */
const struct netlink_attrs *netlink_attrs_named(const char *name);

/* One of SET, or NULL. */
const struct netlink_attr *netlink_attr(const struct netlink_attrs *set,
					unsigned number);
