/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * struct ifreq of ioctl(2), include/uapi/linux/if.h: the name of a network
 * interface, and what the request is about.
 */
#include "config.h"

#include "abi/print.h"

#include <string.h>

#include "abi/decode.h"
#include "abi/flags.h"
#include "abi/print_net.h"
#include "abi/show.h"
#include "base/buf.h"

#define NAME_SIZE 16 /* IFNAMSIZ */
#define ADDRESS   16 /* struct sockaddr */

/* include/uapi/linux/if_arp.h */
#define ETHER    1
#define LOOPBACK 772

/* include/uapi/linux/sockios.h */
#define GET_NAME 0x8910

static void put_name(struct show *show, const char *label, const char *name)
{
	buf_puts(show->buf, label);
	show_quoted(show->buf, name, strnlen(name, NAME_SIZE),
		    show->options->utf8);
}

typedef void put_value(struct show *show, const char *bytes);

static void put_address(struct show *show, const char *bytes)
{
	print_sockaddr_of(show, bytes, ADDRESS);
}

static void put_hardware(struct show *show, const char *bytes)
{
	uint64_t type = show_number(bytes, 2);
	unsigned len = type == ETHER || type == LOOPBACK ? 6 : ADDRESS - 2;
	buf_puts(show->buf, "{sa_family=");
	flags_print(show->buf, FLAGS_ARP_TYPE, type, show->abi);
	buf_puts(show->buf, ", sa_data=");
	for (unsigned i = 0; i < len; i++)
		buf_printf(show->buf, i ? ":%02x" : "%02x",
			   (unsigned)(uint8_t)bytes[2 + i]);
	buf_putc(show->buf, '}');
}

static void put_flags(struct show *show, const char *bytes)
{
	flags_print(show->buf, FLAGS_IFREQ_FLAGS, show_number(bytes, 2),
		    show->abi);
}

static void put_int(struct show *show, const char *bytes)
{
	buf_s64(show->buf, (int32_t)show_number(bytes, 4));
}

static void put_text(struct show *show, const char *bytes)
{
	put_name(show, "", bytes);
}

/* What requests are about: numbers from include/uapi/linux/sockios.h. */
static const struct request {
	uint16_t get, set; /* 0: none */
	const char *label;
	put_value *put;
} requests[] = {
	{0x8913, 0x8914, "flags", put_flags},
	{0x8915, 0x8916, "addr", put_address},
	{0x8917, 0x8918, "dstaddr", put_address},
	{0x8919, 0x891a, "broadaddr", put_address},
	{0x891b, 0x891c, "netmask", put_address},
	{0x891d, 0x891e, "metric", put_int},
	{0x8921, 0x8922, "mtu", put_int},
	{0, 0x8923, "newname", put_text},
	{0x8927, 0x8924, "hwaddr", put_hardware},
	{0x8929, 0x8930, "slave", put_text},
	{0, 0x8931, "hwaddr", put_hardware},
	{0, 0x8932, "hwaddr", put_hardware},
	{0x8933, 0, "ifindex", put_int},
	{0, 0x8937, "hwaddr", put_hardware},
	{0x8942, 0x8943, "qlen", put_int},
};

static const struct request *find(uint32_t command)
{
	for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++) {
		if (command == requests[i].get || command == requests[i].set)
			return &requests[i];
	}
	return NULL;
}

/* The interface has the number VALUE: its name is asked for. */
static void put_numbered(struct show *show, const char *asked, const char *told)
{
	buf_puts(show->buf, "{ifr_ifindex=");
	put_int(show, asked + NAME_SIZE);
	if (told)
		put_name(show, ", ifr_name=", told);
	buf_putc(show->buf, '}');
}

void print_ifreq(struct show *show, const struct show_arg *arg)
{
	size_t size = NAME_SIZE + ADDRESS;
	uint32_t command = (uint32_t)show_register(show, 1);
	const struct request *request = find(command);
	bool gets = arg->spec->direction & ARGTYPE_OUT;
	const char *asked = show_memory(show, arg->value, size, EVENT_AT_ENTRY);
	const char *told = asked;
	if (gets && show->failed)
		told = NULL;
	else if (gets)
		told = show_memory(show, arg->value, size, EVENT_AT_EXIT);
	if (!arg->value || !asked) {
		show_address(show, arg->value);
		return;
	}
	if (command == GET_NAME) {
		put_numbered(show, asked, told);
		return;
	}
	if (!request && !gets) { /* SIOCBRADDIF, SIOCBRDELIF, SIOCSIFMAP */
		show_address(show, arg->value);
		return;
	}
	put_name(show, "{ifr_name=", asked);
	if (request && told) {
		buf_puts(show->buf, ", ifr_");
		buf_puts(show->buf, request->label);
		buf_putc(show->buf, '=');
		request->put(show, told + NAME_SIZE);
	}
	buf_putc(show->buf, '}');
}
