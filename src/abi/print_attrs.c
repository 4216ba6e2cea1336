/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Attributes of netlink messages: struct nlattr of include/uapi/linux/netlink.h
 * and a value, of which netlink.tbl says what it is.
 */
#include "config.h"

#include "abi/print_netlink.h"

#include <arpa/inet.h>
#include <string.h>

#include "abi/decode.h"
#include "abi/flags.h"
#include "abi/show.h"
#include "abi/structs.h"
#include "base/buf.h"

#define INET     2 /* include/linux/socket.h */
#define INET6    10
#define MAC_MOST 32 /* MAX_ADDR_LEN, include/linux/netdevice.h */

struct print_span print_span_after(const struct print_span *span,
				   uint64_t count)
{
	struct print_span rest = {0};
	rest.size = count < span->size ? span->size - count : 0;
	if (count < span->have) {
		rest.bytes = span->bytes + count;
		rest.have = span->have - (size_t)count;
	}
	return rest;
}

struct print_span print_span_upto(const struct print_span *span, uint64_t count)
{
	struct print_span part = *span;
	if (part.size > count)
		part.size = count;
	if (part.have > part.size)
		part.have = (size_t)part.size;
	return part;
}

void print_span_hex(struct show *show, const struct print_span *span)
{
	size_t limit = show->options->string_limit;
	size_t shown = span->have < limit ? span->have : limit;
	show_quoted_hex(show->buf, shown ? span->bytes : "", shown);
	if (shown < span->size)
		buf_puts(show->buf, "...");
}

static void print_number(const struct print_within *within,
			 const struct netlink_attr *attr, const char *bytes)
{
	struct show *show = within->show;
	uint64_t value = show_number(bytes, attr->size);
	unsigned unused = 64 - 8u * attr->size;
	if (attr->form == VALUE_FLAGS)
		flags_print(show->buf, attr->detail, value, show->abi);
	else if (attr->form == VALUE_KIND)
		show_value(show, attr->detail, value);
	else if (attr->form == VALUE_HEX)
		buf_hex(show->buf, value);
	else if (attr->is_signed)
		buf_s64(show->buf, (int64_t)(value << unused) >> unused);
	else
		buf_u64(show->buf, value);
}

/* "[NAME]=1" of the number of INDEX, or "1". */
static void print_indexed(const struct print_within *within,
			  const struct netlink_attr *attr, const char *bytes,
			  uint64_t index)
{
	struct show *show = within->show;
	struct netlink_attr number = *attr;
	number.form = VALUE_DEC;
	if (attr->form == VALUE_ARRAY) {
		buf_putc(show->buf, '[');
		flags_print(show->buf, attr->detail, index, show->abi);
		buf_puts(show->buf, "]=");
	}
	print_number(within, &number, bytes);
}

static void print_numbers(const struct print_within *within,
			  const struct netlink_attr *attr,
			  const struct print_span *span)
{
	struct show *show = within->show;
	uint64_t count = span->size / attr->size;
	buf_putc(show->buf, '[');
	for (uint64_t i = 0; i < count; i++) {
		buf_puts(show->buf, i ? ", " : "");
		if ((i + 1) * attr->size > span->have ||
		    i >= show->options->string_limit) {
			buf_puts(show->buf, "...");
			break;
		}
		print_indexed(within, attr, span->bytes + i * attr->size, i);
	}
	buf_putc(show->buf, ']');
}

static void print_text(struct show *show, const struct print_span *span)
{
	size_t limit = show->options->string_limit;
	size_t shown = span->have < limit ? span->have : limit;
	bool ends =
		shown == span->size && shown && span->bytes[shown - 1] == '\0';
	show_quoted(show->buf, shown ? span->bytes : "", shown - ends,
		    show->options->utf8);
	if (!ends)
		buf_puts(show->buf, "...");
}

static void print_mac(struct show *show, const struct print_span *span)
{
	for (size_t i = 0; i < span->have; i++)
		buf_printf(show->buf, i ? ":%02x" : "%02x",
			   (unsigned)(uint8_t)span->bytes[i]);
	if (span->have < span->size)
		buf_puts(show->buf, "...");
}

/* Bytes of an address of FAMILY; 0: unknown. */
static size_t address_size(unsigned family)
{
	return family == INET ? 4 : family == INET6 ? 16 : 0;
}

static void print_address(struct show *show, unsigned family, const char *bytes)
{
	char text[INET6_ADDRSTRLEN] = "";
	/* The family is one that it knows, and there is room. */
	(void)inet_ntop(family == INET6 ? AF_INET6 : AF_INET, bytes, text,
			sizeof(text));
	buf_puts(show->buf,
		 family == INET6 ? "inet_pton(AF_INET6, \"" : "inet_addr(\"");
	buf_puts(show->buf, text);
	buf_puts(show->buf, "\")");
}

/* struct rtvia: include/uapi/linux/rtnetlink.h */
static void print_via(struct show *show, const struct print_span *span)
{
	unsigned family = (unsigned)show_number(span->bytes, 2);
	size_t size = address_size(family);
	const struct print_span rest = print_span_after(span, 2);
	buf_puts(show->buf, "{rtvia_family=");
	flags_print(show->buf, FLAGS_SOCKET_FAMILY, family, show->abi);
	if (rest.size)
		buf_puts(show->buf, ", rtvia_addr=");
	if (rest.size && size && rest.have >= size)
		print_address(show, family, rest.bytes);
	else if (rest.size)
		print_span_hex(show, &rest);
	buf_putc(show->buf, '}');
}

/* A struct rtnexthop and its attributes; SPAN is all of it. */
static void print_nexthop(const struct print_within *within,
			  const struct print_span *span)
{
	size_t size = structs_size(STRUCTS_RTNEXTHOP, within->show->abi);
	const struct print_span rest = print_span_after(span, size);
	buf_puts(within->show->buf, rest.size ? "[" : "");
	structs_print(within->show, STRUCTS_RTNEXTHOP, span->bytes, span->have);
	if (!rest.size)
		return;
	buf_puts(within->show->buf, ", ");
	print_attrs(within, netlink_attrs_named("route"), &rest);
	buf_putc(within->show->buf, ']');
}

static void print_nexthops(const struct print_within *within,
			   const struct print_span *span)
{
	struct buf *buf = within->show->buf;
	size_t size = structs_size(STRUCTS_RTNEXTHOP, within->show->abi);
	struct print_span rest = *span;
	bool several = false;
	for (uint64_t n = 0;; n++) {
		if (n >= within->show->options->string_limit ||
		    (rest.have < size && rest.size >= size)) {
			buf_puts(buf, "...");
			break;
		}
		if (rest.size < size) {
			print_span_hex(within->show, &rest);
			break;
		}
		uint64_t own = show_number(rest.bytes, 2);
		bool more = own >= size && NETLINK_ALIGN(own) < rest.size;
		const struct print_span one = print_span_upto(&rest, own);
		buf_puts(buf, more && !several ? "[" : "");
		several = several || more;
		print_nexthop(within, own < size ? &rest : &one);
		if (!more)
			break;
		buf_puts(buf, ", ");
		rest = print_span_after(&rest, NETLINK_ALIGN(own));
	}
	buf_puts(buf, several ? "]" : "");
}

/* The bytes that a value has at least; 0: any number. */
static size_t least(const struct print_within *within,
		    const struct netlink_attr *attr)
{
	switch ((enum netlink_value)attr->form) {
	case VALUE_DEC:
	case VALUE_HEX:
	case VALUE_FLAGS:
	case VALUE_KIND:
	case VALUE_ARRAY:
	case VALUE_LIST:
		return attr->size;
	case VALUE_STRUCT:
		return structs_size(attr->detail, within->show->abi);
	case VALUE_ADDRESS:
		return address_size(within->family);
	case VALUE_IPV6:
		return address_size(INET6);
	case VALUE_VIA:
		return 2;
	case VALUE_BYTES:
	case VALUE_ATTRS:
	case VALUE_TEXT:
	case VALUE_MAC:
	case VALUE_NEXTHOPS:
		break;
	}
	return 0;
}

/* Whether nothing of a value can be shown unless all of it is known. */
static bool is_whole(const struct netlink_attr *attr)
{
	return attr->form == VALUE_DEC || attr->form == VALUE_HEX ||
	       attr->form == VALUE_FLAGS || attr->form == VALUE_KIND ||
	       attr->form == VALUE_ADDRESS || attr->form == VALUE_IPV6 ||
	       attr->form == VALUE_VIA;
}

static bool is_bytes(const struct print_within *within,
		     const struct netlink_attr *attr,
		     const struct print_span *span)
{
	return !attr || attr->form == VALUE_BYTES ||
	       span->size < least(within, attr) ||
	       within->depth >= PRINT_DEPTH ||
	       (attr->form == VALUE_MAC && span->size > MAC_MOST) ||
	       (attr->form == VALUE_ADDRESS && !address_size(within->family));
}

static void print_value(const struct print_within *within,
			const struct netlink_attr *attr,
			const struct print_span *span)
{
	struct show *show = within->show;
	switch ((enum netlink_value)attr->form) {
	case VALUE_BYTES:
		print_span_hex(show, span);
		break;
	case VALUE_DEC:
	case VALUE_HEX:
	case VALUE_FLAGS:
	case VALUE_KIND:
		print_number(within, attr, span->bytes);
		break;
	case VALUE_STRUCT:
		structs_print(show, attr->detail, span->bytes, span->have);
		break;
	case VALUE_ATTRS:
		print_attrs(within, netlink_attrs(attr->detail), span);
		break;
	case VALUE_ARRAY:
	case VALUE_LIST:
		print_numbers(within, attr, span);
		break;
	case VALUE_TEXT:
		print_text(show, span);
		break;
	case VALUE_MAC:
		print_mac(show, span);
		break;
	case VALUE_ADDRESS:
		print_address(show, within->family, span->bytes);
		break;
	case VALUE_IPV6:
		print_address(show, INET6, span->bytes);
		break;
	case VALUE_VIA:
		print_via(show, span);
		break;
	case VALUE_NEXTHOPS:
		print_nexthops(within, span);
		break;
	}
}

static void print_type(struct show *show, const struct netlink_attrs *set,
		       const struct netlink_attr *attr, unsigned type)
{
	if (type & NETLINK_NESTED)
		buf_puts(show->buf, "NLA_F_NESTED|");
	if (type & NETLINK_BIG)
		buf_puts(show->buf, "NLA_F_NET_BYTEORDER|");
	if (attr) {
		buf_puts(show->buf, attr->name);
		return;
	}
	buf_hex(show->buf, type & NETLINK_NUMBER);
	buf_puts(show->buf, " /* ");
	buf_puts(show->buf, set->unknown);
	buf_puts(show->buf, " */");
}

/* One attribute; SPAN begins with it. */
static void print_attr(const struct print_within *within,
		       const struct netlink_attrs *set,
		       const struct print_span *span)
{
	struct show *show = within->show;
	unsigned len = (unsigned)show_number(span->bytes, 2);
	unsigned type = (unsigned)show_number(span->bytes + 2, 2);
	const struct netlink_attr *attr =
		netlink_attr(set, type & NETLINK_NUMBER);
	const struct print_span whole = print_span_upto(span, len);
	const struct print_span value = print_span_after(&whole, NETLINK_ATTR);
	struct print_within inside = *within;
	inside.depth++;
	buf_puts(show->buf, value.size ? "[{nla_len=" : "{nla_len=");
	buf_u64(show->buf, len);
	buf_puts(show->buf, ", nla_type=");
	print_type(show, set, attr, type);
	buf_putc(show->buf, '}');
	if (!value.size)
		return;
	buf_puts(show->buf, ", ");
	if (is_bytes(&inside, attr, &value))
		print_span_hex(show, &value);
	else if (!value.have ||
		 (is_whole(attr) && value.have < least(&inside, attr)))
		buf_puts(show->buf, "...");
	else
		print_value(&inside, attr, &value);
	buf_putc(show->buf, ']');
}

void print_attrs(const struct print_within *within,
		 const struct netlink_attrs *set, const struct print_span *span)
{
	struct buf *buf = within->show->buf;
	struct print_span rest = *span;
	bool several = false;
	for (uint64_t n = 0;; n++) {
		if (rest.size < NETLINK_ATTR) {
			print_span_hex(within->show, &rest);
			break;
		}
		if (rest.have < NETLINK_ATTR ||
		    n >= within->show->options->string_limit) {
			buf_puts(buf, "...");
			break;
		}
		uint64_t own = show_number(rest.bytes, 2);
		bool more =
			own >= NETLINK_ATTR && NETLINK_ALIGN(own) < rest.size;
		buf_puts(buf, more && !several ? "[" : "");
		several = several || more;
		print_attr(within, set, &rest);
		if (!more)
			break;
		buf_puts(buf, ", ");
		rest = print_span_after(&rest, NETLINK_ALIGN(own));
	}
	buf_puts(buf, several ? "]" : "");
}
