/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Values of socket options.  An argument says how many bytes they have; of
 * those that are told, that may be less than the option has.
 */
#include "config.h"

#include "abi/print.h"

#include <arpa/inet.h>

#include "abi/decode.h"
#include "abi/errno.h"
#include "abi/flags.h"
#include "abi/print_net.h"
#include "abi/show.h"
#include "base/buf.h"

/* A value that may be shorter than it should be. */
struct option {
	const char *bytes;
	size_t have;
	uint64_t size;
};

/* Whether there is a value; otherwise its address is shown. */
static bool find(struct show *show, const struct show_arg *arg,
		 struct option *ret)
{
	struct option option = {0};
	const void *bytes = NULL;
	bool known =
		show_count(show, arg, &option.size) && option.size <= INT32_MAX;
	option.have = show_available(show, arg->value, arg->phase, &bytes);
	option.bytes = bytes;
	if (option.have > option.size)
		option.have = (size_t)option.size;
	if (arg->value && known && option.size && option.have) {
		*ret = option;
		return true;
	}
	if (arg->value && known && !option.size &&
	    arg->spec->kind == ARG_SOCKOPT && arg->phase == EVENT_AT_ENTRY)
		buf_puts(show->buf, "\"\"");
	else
		show_address(show, arg->value);
	return false;
}

void print_sockopt(struct show *show, const struct show_arg *arg)
{
	struct option option;
	if (!find(show, arg, &option))
		return;
	if (option.size != 4 || option.have < 4) {
		show_bytes(show, option.bytes, option.have, option.size);
		return;
	}
	buf_putc(show->buf, '[');
	show_value(show, ARG_INT, show_number(option.bytes, 4));
	buf_putc(show->buf, ']');
}

/* An int's value, or nothing where the option has too few bytes: these are
 * shown if they were told, otherwise their address. */
static bool find_int(struct show *show, const struct show_arg *arg,
		     uint64_t *ret)
{
	struct option option;
	if (!find(show, arg, &option))
		return false;
	if (option.have >= 4) {
		*ret = show_number(option.bytes, 4);
		return true;
	}
	if (arg->phase == EVENT_AT_EXIT)
		show_quoted_hex(show->buf, option.bytes, option.have);
	else
		show_address(show, arg->value);
	return false;
}

void print_sockint(struct show *show, const struct show_arg *arg)
{
	uint64_t value = 0;
	if (!find_int(show, arg, &value))
		return;
	buf_putc(show->buf, '[');
	show_value(show, ARG_INT, value);
	buf_putc(show->buf, ']');
}

void print_sockerr(struct show *show, const struct show_arg *arg)
{
	uint64_t value = 0;
	if (!find_int(show, arg, &value))
		return;
	const char *name =
		value && value < 4096 ? errno_name((int)value) : NULL;
	buf_putc(show->buf, '[');
	if (name)
		buf_puts(show->buf, name);
	else
		show_value(show, ARG_INT, value);
	buf_putc(show->buf, ']');
}

void print_txrehash(struct show *show, const struct show_arg *arg)
{
	uint64_t value = 0;
	if (!find_int(show, arg, &value))
		return;
	buf_putc(show->buf, '[');
	flags_print(show->buf, FLAGS_TXREHASH, value, show->abi);
	buf_putc(show->buf, ']');
}

void print_sockints(struct show *show, const struct show_arg *arg)
{
	struct option option;
	if (!find(show, arg, &option))
		return;
	buf_putc(show->buf, '[');
	for (size_t i = 0; 4 * (i + 1) <= option.size; i++) {
		buf_puts(show->buf, i ? ", " : "");
		if (4 * (i + 1) > option.have || i >= SHOW_ELEMENTS) {
			buf_puts(show->buf, "...");
			break;
		}
		show_value(show, ARG_UINT,
			   show_number(option.bytes + 4 * i, 4));
	}
	buf_putc(show->buf, ']');
}

/* Bits by kinds of messages; where most are set, "~" and the others. */
static void print_icmp_types(struct show *show, uint32_t mask)
{
	bool most = __builtin_popcount(mask) >= 32 * 2 / 3;
	const char *space = "";
	buf_puts(show->buf, most ? "~[" : "[");
	for (unsigned i = 0; i < 32; i++) {
		if ((mask >> i & 1) == most)
			continue;
		buf_puts(show->buf, space);
		flags_print(show->buf, FLAGS_ICMP_TYPE, i, show->abi);
		space = " ";
	}
	buf_putc(show->buf, ']');
}

void print_icmp_filter(struct show *show, const struct show_arg *arg)
{
	uint64_t value = 0;
	if (find_int(show, arg, &value))
		print_icmp_types(show, (uint32_t)value);
}

/* struct group_req: include/uapi/linux/in.h */
void print_group_req(struct show *show, const struct show_arg *arg)
{
	struct option option;
	size_t word = show_word(show);
	if (!find(show, arg, &option))
		return;
	if (option.have < word + 128) {
		show_address(show, arg->value);
		return;
	}
	buf_puts(show->buf, "{gr_interface=");
	show_value(show, ARG_IFINDEX, show_number(option.bytes, 4));
	buf_puts(show->buf, ", gr_group=");
	print_sockaddr_of(show, option.bytes + word, 128);
	buf_putc(show->buf, '}');
}

/* include/uapi/linux/in6.h */
void print_ipv6_mreq(struct show *show, const struct show_arg *arg)
{
	struct option option;
	char text[INET6_ADDRSTRLEN];
	if (!find(show, arg, &option))
		return;
	if (option.have < 20) {
		show_address(show, arg->value);
		return;
	}
	buf_puts(show->buf, "{inet_pton(AF_INET6, \"");
	buf_puts(show->buf,
		 inet_ntop(AF_INET6, option.bytes, text, sizeof(text)));
	buf_puts(show->buf, "\", &ipv6mr_multiaddr), ipv6mr_interface=");
	show_value(show, ARG_IFINDEX, show_number(option.bytes + 16, 4));
	buf_putc(show->buf, '}');
}

/* include/uapi/linux/if_packet.h */
void print_packet_mreq(struct show *show, const struct show_arg *arg)
{
	struct option option;
	if (!find(show, arg, &option))
		return;
	if (option.have != 16 || option.size != 16) {
		show_address(show, arg->value);
		return;
	}
	const char *bytes = option.bytes;
	uint64_t len = show_number(bytes + 6, 2);
	buf_puts(show->buf, "{mr_ifindex=");
	show_value(show, ARG_IFINDEX, show_number(bytes, 4));
	buf_puts(show->buf, ", mr_type=");
	flags_print(show->buf, FLAGS_PACKET_MR, show_number(bytes + 4, 2),
		    show->abi);
	buf_puts(show->buf, ", mr_alen=");
	buf_u64(show->buf, len);
	buf_puts(show->buf, ", mr_address=");
	for (unsigned i = 0; i < len && i < 8; i++)
		buf_printf(show->buf, i ? ":%02x" : "%02x",
			   (unsigned)(uint8_t)bytes[8 + i]);
	buf_putc(show->buf, '}');
}
