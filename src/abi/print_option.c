/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Values of socket options.  The caller says how many bytes there are: one that
 * sets an option with fewer than it has sees an address, one that asks for it
 * gets what fits.
 */
#include "config.h"

#include "abi/print.h"

#include <arpa/inet.h>

#include "abi/decode.h"
#include "abi/errno.h"
#include "abi/flags.h"
#include "abi/print_net.h"
#include "abi/show.h"
#include "abi/structs.h"
#include "base/buf.h"

#define INT_SIZE     4
#define FILTER_SIZE  4 /* struct icmp_filter, include/uapi/linux/icmp.h */
#define MREQ_ADDRESS 8 /* bytes: struct packet_mreq, linux/if_packet.h */

/* The bytes of a value, as many as there are. */
struct value {
	const char *bytes;
	size_t have; /* that are known */
	uint64_t size;
	bool is_set; /* or got */
};

/* False where there is nothing to show but the address, which is shown. */
static bool find(struct show *show, const struct show_arg *arg,
		 struct value *ret)
{
	const void *bytes = "";
	ret->is_set = arg->phase == EVENT_AT_ENTRY;
	bool is_sane = show_count(show, arg, &ret->size) &&
		       ret->size <= INT32_MAX && arg->value;
	ret->have =
		is_sane ? show_available(show, arg->value, arg->phase, &bytes)
			: 0;
	if (ret->have > ret->size)
		ret->have = (size_t)ret->size;
	ret->bytes = bytes;
	if (ret->have)
		return true;
	if (is_sane && !ret->size && ret->is_set &&
	    arg->spec->kind == ARG_SOCKOPT)
		return true;
	show_address(show, arg->value);
	return false;
}

typedef void print_number(struct show *show, uint32_t number);

/* Any number of bytes that begins with a number, or too few for one. */
static void print_one(struct show *show, const struct show_arg *arg,
		      print_number *print)
{
	struct value value;
	if (!find(show, arg, &value))
		return;
	if (value.have >= INT_SIZE) {
		buf_putc(show->buf, '[');
		print(show, (uint32_t)show_number(value.bytes, INT_SIZE));
		buf_putc(show->buf, ']');
	} else if (value.is_set || value.have < value.size) {
		show_address(show, arg->value);
	} else {
		show_quoted_hex(show->buf, value.bytes, value.have);
	}
}

static void put_int(struct show *show, uint32_t number)
{
	buf_s64(show->buf, (int32_t)number);
}

void print_sockint(struct show *show, const struct show_arg *arg)
{
	print_one(show, arg, put_int);
}

static void put_errno(struct show *show, uint32_t number)
{
	const char *name = number ? errno_name((int)number) : NULL;
	if (name)
		buf_puts(show->buf, name);
	else
		buf_u64(show->buf, number);
}

void print_sockerr(struct show *show, const struct show_arg *arg)
{
	print_one(show, arg, put_errno);
}

static void put_txrehash(struct show *show, uint32_t number)
{
	flags_print(show->buf, FLAGS_TXREHASH, number, show->abi);
}

void print_txrehash(struct show *show, const struct show_arg *arg)
{
	print_one(show, arg, put_txrehash);
}

/* An option of which nothing more is known: four bytes are a number. */
void print_sockopt(struct show *show, const struct show_arg *arg)
{
	struct value value;
	if (!find(show, arg, &value))
		return;
	if (value.size == INT_SIZE && value.have == INT_SIZE)
		print_one(show, arg, put_int);
	else
		show_bytes(show, value.bytes, value.have, value.size);
}

void print_sockints(struct show *show, const struct show_arg *arg)
{
	struct value value;
	if (!find(show, arg, &value))
		return;
	size_t limit = show->options->full ? SIZE_MAX : SHOW_ELEMENTS;
	size_t known = value.have / INT_SIZE;
	size_t count = value.size / INT_SIZE;
	size_t shown = known < limit ? known : limit;
	buf_putc(show->buf, '[');
	for (size_t i = 0; i < shown; i++) {
		buf_puts(show->buf, i ? ", " : "");
		buf_u64(show->buf,
			show_number(value.bytes + i * INT_SIZE, INT_SIZE));
	}
	if (shown < count)
		buf_puts(show->buf, shown ? ", ..." : "...");
	buf_putc(show->buf, ']');
}

/* The types of messages that are let through, or are not, where these are
 * few. */
void print_icmp_filter(struct show *show, const struct show_arg *arg)
{
	struct value value;
	if (!find(show, arg, &value))
		return;
	size_t size = value.have < FILTER_SIZE ? value.have : FILTER_SIZE;
	uint64_t rest = size < FILTER_SIZE ? UINT32_MAX << size * 8 : 0;
	uint32_t types = (uint32_t)(show_number(value.bytes, size) | rest);
	const char *space = "";
	if (__builtin_popcount(types) > 16) {
		buf_putc(show->buf, '~');
		types = ~types;
	}
	buf_putc(show->buf, '[');
	for (unsigned i = 0; i < 32; i++) {
		if (!(types >> i & 1))
			continue;
		buf_puts(show->buf, space);
		flags_print(show->buf, FLAGS_ICMP_TYPE, i, show->abi);
		space = " ";
	}
	buf_putc(show->buf, ']');
}

/* struct group_req, include/uapi/linux/in.h */
static void put_group(struct show *show, const char *bytes)
{
	buf_puts(show->buf, "{gr_interface=");
	show_value(show, ARG_IFINDEX, show_number(bytes, 4));
	buf_puts(show->buf, ", gr_group=");
	print_sockaddr_of(show, bytes + show_word(show), 128);
	buf_putc(show->buf, '}');
}

/* struct ipv6_mreq, include/uapi/linux/in6.h */
static void put_ipv6(struct show *show, const char *bytes)
{
	char text[INET6_ADDRSTRLEN];
	buf_puts(show->buf, "{inet_pton(AF_INET6, \"");
	buf_puts(show->buf, inet_ntop(AF_INET6, bytes, text, sizeof(text)));
	buf_puts(show->buf, "\", &ipv6mr_multiaddr), ipv6mr_interface=");
	show_value(show, ARG_IFINDEX, show_number(bytes + 16, 4));
	buf_putc(show->buf, '}');
}

/* struct packet_mreq, include/uapi/linux/if_packet.h */
static void put_packet(struct show *show, const char *bytes)
{
	uint64_t len = show_number(bytes + 6, 2);
	buf_puts(show->buf, "{mr_ifindex=");
	show_value(show, ARG_IFINDEX, show_number(bytes, 4));
	buf_puts(show->buf, ", mr_type=");
	flags_print(show->buf, FLAGS_PACKET_MR, show_number(bytes + 4, 2),
		    show->abi);
	buf_puts(show->buf, ", mr_alen=");
	buf_u64(show->buf, len);
	buf_puts(show->buf, ", mr_address=");
	for (unsigned i = 0; i < len && i < MREQ_ADDRESS; i++)
		buf_printf(show->buf, i ? ":%02x" : "%02x",
			   (unsigned)(uint8_t)bytes[8 + i]);
	buf_putc(show->buf, '}');
}

struct layout {
	enum argtype kind;
	enum structs_id id; /* without a function */
	void (*print)(struct show *show, const char *bytes);
	uint8_t size[2]; /* for 64-bit and for 32-bit callers; 0: as ID has */
	bool exact;      /* with more bytes it is something else */
};

static const struct layout layouts[] = {
	{ARG_LINGER, STRUCTS_LINGER, NULL, {0}, false},
	{ARG_UCRED, STRUCTS_UCRED, NULL, {0}, false},
	{ARG_FILTER_OPTION, STRUCTS_SOCK_FPROG, NULL, {0}, true},
	{ARG_IP_MREQ, STRUCTS_IP_MREQ, NULL, {0}, false},
	{ARG_TPACKET_REQ, STRUCTS_TPACKET_REQ, NULL, {0}, true},
	{ARG_TPACKET_STATS, STRUCTS_TPACKET_STATS, NULL, {0}, false},
	{ARG_GROUP_REQ, 0, put_group, {136, 132}, false},
	{ARG_IPV6_MREQ, 0, put_ipv6, {20, 20}, false},
	{ARG_PACKET_MREQ, 0, put_packet, {16, 16}, true},
};

static const struct layout *layout_of(enum argtype kind)
{
	const struct layout *layout = layouts;
	while (layout->kind != kind)
		layout++;
	return layout;
}

void print_struct_option(struct show *show, const struct show_arg *arg)
{
	const struct layout *layout = layout_of(arg->spec->kind);
	size_t whole = layout->size[show_word(show) == 4];
	struct value value;
	if (!find(show, arg, &value))
		return;
	if (!whole)
		whole = structs_size(layout->id, show->abi);
	struct structs_memory memory = {
		.bytes = value.bytes,
		.have = value.have < whole ? value.have : whole,
	};
	memory.size = value.size < whole ? value.size : whole;
	bool fits = layout->exact ? value.size == whole : value.size >= whole;
	if (value.is_set && (!fits || memory.have < whole))
		show_address(show, arg->value);
	else if (layout->print)
		layout->print(show, value.bytes);
	else
		structs_print_sized(show, layout->id, &memory);
}
