/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Addresses of sockets.  The family decides; one that is unknown, or too short
 * for its family, is shown as bytes.
 */
#include "config.h"

#include "abi/print.h"

#include <arpa/inet.h>
#include <endian.h>
#include <net/if.h>
#include <string.h>

#include "abi/decode.h"
#include "abi/flags.h"
#include "abi/print_net.h"
#include "abi/show.h"
#include "abi/structs.h"
#include "abi/syscall.h"
#include "base/buf.h"

#define FAMILY_SIZE   2
#define ADDRESS_LIMIT 128 /* struct __kernel_sockaddr_storage */

static void print_family(struct show *show, const char *bytes)
{
	buf_puts(show->buf, "{sa_family=");
	flags_print(show->buf, FLAGS_SOCKET_FAMILY, show_number(bytes, 2),
		    show->abi);
}

/* sockaddr_un: a path ends at its NUL; an abstract name begins with one, and
 * every byte after it counts. */
static void print_unix(struct show *show, const char *bytes, size_t size)
{
	const char *path = bytes + FAMILY_SIZE;
	size_t len = size - FAMILY_SIZE;
	print_family(show, bytes);
	if (len > 0) {
		buf_puts(show->buf, ", sun_path=");
		if (*path == '\0') {
			buf_putc(show->buf, '@');
			path++;
			len--;
		} else {
			len = strnlen(path, len);
		}
		show_quoted(show->buf, path, len, show->options->utf8);
	}
	buf_putc(show->buf, '}');
}

static void print_inet6(struct show *show, const char *bytes, size_t size)
{
	char text[INET6_ADDRSTRLEN];
	print_family(show, bytes);
	buf_puts(show->buf, ", sin6_port=");
	show_value(show, ARG_PORT, show_number(bytes + 2, 2));
	buf_puts(show->buf, ", sin6_flowinfo=htonl(");
	buf_u64(show->buf, ntohl((uint32_t)show_number(bytes + 4, 4)));
	buf_puts(show->buf, "), inet_pton(AF_INET6, \"");
	buf_puts(show->buf, inet_ntop(AF_INET6, bytes + 8, text, sizeof(text)));
	buf_puts(show->buf, "\", &sin6_addr)");
	if (size >= 28) {
		uint32_t scope = (uint32_t)show_number(bytes + 24, 4);
		/* fe80::/10 and ff?2::/16 are of one link. */
		unsigned first = (uint8_t)bytes[8];
		unsigned second = (uint8_t)bytes[9];
		bool of_link = (first == 0xfe && (second & 0xc0) == 0x80) ||
			       (first == 0xff && (second & 0x0f) == 2);
		buf_puts(show->buf, ", sin6_scope_id=");
		if (of_link)
			show_value(show, ARG_IFINDEX, scope);
		else
			buf_u64(show->buf, scope);
	}
	buf_putc(show->buf, '}');
}

static void print_hardware_address(struct show *show, const char *bytes,
				   unsigned len)
{
	buf_puts(show->buf, ", sll_addr=[");
	for (unsigned i = 0; i < len && i < 8; i++)
		buf_printf(show->buf, i ? ", %#02x" : "%#02x",
			   (unsigned)(uint8_t)bytes[i]);
	buf_puts(show->buf, len > 8 ? ", ...]" : "]");
}

static void print_packet(struct show *show, const char *bytes, size_t size)
{
	(void)size; /* the table of families knows the least */
	print_family(show, bytes);
	buf_puts(show->buf, ", sll_protocol=");
	show_value(show, ARG_ETH_PROTO, show_number(bytes + 2, 2));
	buf_puts(show->buf, ", sll_ifindex=");
	show_value(show, ARG_IFINDEX, show_number(bytes + 4, 4));
	buf_puts(show->buf, ", sll_hatype=");
	flags_print(show->buf, FLAGS_ARP_TYPE, show_number(bytes + 8, 2),
		    show->abi);
	buf_puts(show->buf, ", sll_pkttype=");
	flags_print(show->buf, FLAGS_PACKET_TYPE, (uint8_t)bytes[10],
		    show->abi);
	buf_puts(show->buf, ", sll_halen=");
	buf_u64(show->buf, (uint8_t)bytes[11]);
	if (bytes[11])
		print_hardware_address(show, bytes + 12, (uint8_t)bytes[11]);
	buf_putc(show->buf, '}');
}

static void print_bytes_of(struct show *show, const char *bytes, size_t size)
{
	print_family(show, bytes);
	if (size > FAMILY_SIZE) {
		buf_puts(show->buf, ", sa_data=");
		show_quoted(show->buf, bytes + FAMILY_SIZE, size - FAMILY_SIZE,
			    show->options->utf8);
	}
	buf_putc(show->buf, '}');
}

struct family {
	uint16_t number; /* include/linux/socket.h */
	uint8_t least;   /* bytes */
	uint8_t most;
	void (*print)(struct show *show, const char *bytes, size_t size);
	enum structs_id id; /* without a function */
};

static const struct family families[] = {
	{1, 2, 110, print_unix, 0},
	{2, 16, 16, NULL, STRUCTS_SOCKADDR_IN},
	{10, 24, 28, print_inet6, 0},
	{16, 12, 12, NULL, STRUCTS_SOCKADDR_NL},
	{17, 20, 20, print_packet, 0},
	{38, 88, 88, NULL, STRUCTS_SOCKADDR_ALG},
	{40, 16, 16, NULL, STRUCTS_SOCKADDR_VM},
	{42, 12, 12, NULL, STRUCTS_SOCKADDR_QRTR},
	{44, 16, 16, NULL, STRUCTS_SOCKADDR_XDP},
};

#define FAMILIES (sizeof(families) / sizeof(families[0]))

static const struct family *find(uint64_t number, size_t size)
{
	for (size_t i = 0; i < FAMILIES; i++) {
		if (families[i].number == number && size >= families[i].least)
			return &families[i];
	}
	return NULL;
}

void print_sockaddr_of(struct show *show, const char *bytes, size_t size)
{
	const struct family *family = find(show_number(bytes, 2), size);
	if (!family) {
		print_bytes_of(show, bytes, size);
		return;
	}
	size_t used = size < family->most ? size : family->most;
	if (family->print)
		family->print(show, bytes, used);
	else
		structs_print(show, family->id, bytes, used);
}

void print_sockaddr_at(struct show *show, uint64_t address, uint64_t size,
		       enum event_phase phase)
{
	bool is_sane = size >= FAMILY_SIZE && size <= INT32_MAX;
	if (size > ADDRESS_LIMIT)
		size = ADDRESS_LIMIT;
	const void *bytes =
		!is_sane ? NULL
			 : show_memory(show, address, (size_t)size, phase);
	if (address && bytes)
		print_sockaddr_of(show, bytes, (size_t)size);
	else
		show_address(show, address);
}

/* What the kernel says that an address has may be more than the caller has room
 * for, which it said before. */
static uint64_t size_of(const struct show *show, const struct show_arg *arg)
{
	uint64_t size = 0;
	if (!show_count(show, arg, &size))
		return 0;
	if (arg->spec->from != ARGTYPE_POINTED)
		return size;
	const void *room = show_memory(
		show, show_register(show, arg->spec->count), 4, EVENT_AT_ENTRY);
	uint64_t most = room ? show_number(room, 4) : size;
	return size < most ? size : most;
}

void print_sockaddr(struct show *show, const struct show_arg *arg)
{
	print_sockaddr_at(show, arg->value, size_of(show, arg), arg->phase);
}

/* Whether it is the length of an address that is not asked for. */
static bool is_unasked(const struct show *show, unsigned index)
{
	for (unsigned i = 0; i < show->nargs; i++) {
		const struct argtype_spec *spec = &show->args[i].spec;
		if (spec->kind == ARG_SOCKADDR &&
		    spec->from == ARGTYPE_POINTED && spec->count == index)
			return show_register(show, i) == 0;
	}
	return false;
}

/* "[128 => 16]": what there was room for, and what there is. */
void print_socklen(struct show *show, const struct show_arg *arg)
{
	const void *in = show_memory(show, arg->value, 4, EVENT_AT_ENTRY);
	const void *out = show_memory(show, arg->value, 4, EVENT_AT_EXIT);
	if (!arg->value || !in || is_unasked(show, arg->index)) {
		show_address(show, arg->value);
		return;
	}
	buf_putc(show->buf, '[');
	buf_s64(show->buf, (int32_t)show_number(in, 4));
	if (!show->failed && out && memcmp(in, out, 4) != 0) {
		buf_puts(show->buf, " => ");
		buf_s64(show->buf, (int32_t)show_number(out, 4));
	}
	buf_putc(show->buf, ']');
}

/* A port in network order. */
void print_port(struct show *show, const struct show_arg *arg)
{
	buf_puts(show->buf, "htons(");
	buf_u64(show->buf, ntohs((uint16_t)arg->value));
	buf_putc(show->buf, ')');
}

void print_htonl(struct show *show, const struct show_arg *arg)
{
	buf_puts(show->buf, "htonl(");
	buf_hex(show->buf, ntohl((uint32_t)arg->value));
	buf_putc(show->buf, ')');
}

void print_htobe64(struct show *show, const struct show_arg *arg)
{
	buf_puts(show->buf, "htobe64(");
	buf_u64(show->buf, be64toh(arg->value));
	buf_putc(show->buf, ')');
}

void print_ipv4(struct show *show, const struct show_arg *arg)
{
	char text[INET_ADDRSTRLEN];
	uint32_t address = (uint32_t)arg->value;
	buf_puts(show->buf, "inet_addr(\"");
	buf_puts(show->buf, inet_ntop(AF_INET, &address, text, sizeof(text)));
	buf_puts(show->buf, "\")");
}

/* The name is the one that our own network namespace has for the number, as
 * with strace; of a recording: that its recorder had. */
void print_ifindex(struct show *show, const struct show_arg *arg)
{
	const struct print_files *files = &show->options->files;
	uint32_t index = (uint32_t)arg->value;
	char own[IF_NAMESIZE];
	unsigned host = EVENT_HOST(&show->ev->h);
	const char *name = files->link ? files->link(files->self, host, index)
				       : if_indextoname(index, own);
	if (!name) {
		buf_u64(show->buf, index);
		return;
	}
	buf_puts(show->buf, "if_nametoindex(");
	show_quoted(show->buf, name, strnlen(name, IF_NAMESIZE), false);
	buf_putc(show->buf, ')');
}

/* What packets carry, in network order. */
void print_eth_proto(struct show *show, const struct show_arg *arg)
{
	buf_puts(show->buf, "htons(");
	flags_print(show->buf, FLAGS_ETH_PROTO, ntohs((uint16_t)arg->value),
		    show->abi);
	buf_putc(show->buf, ')');
}
