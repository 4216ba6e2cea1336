/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/print_socket.h"

#include <arpa/inet.h>
#include <string.h>

#include "abi/flags.h"
#include "abi/show.h"
#include "base/buf.h"

/* include/linux/socket.h */
#define UNIX    1
#define INET    2
#define INET6   10
#define NETLINK 16

/* include/uapi/linux/net.h, enum sock_type in include/linux/net.h */
#define STREAM 1
#define DGRAM  2
#define RAW    3

/* include/net/tcp_states.h */
#define CLOSED    7
#define LISTENING 10

#define ANY 0

struct known {
	const struct event_fd *fd;
	const struct event_socket *socket;
	const char *name; /* "TCP" */
	bool utf8;
};

/* False if there is nothing but the inode to tell. */
typedef bool details(struct buf *buf, const struct known *known);

static bool is_zero(const uint8_t *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (bytes[i])
			return false;
	}
	return true;
}

static void put_address(struct buf *buf, const struct event_socket *socket,
			const uint8_t *address, unsigned port)
{
	char text[INET6_ADDRSTRLEN] = "";
	bool v6 = socket->family == INET6;
	/* The family is one that it knows, and there is room. */
	(void)inet_ntop(v6 ? AF_INET6 : AF_INET, address, text, sizeof(text));
	if (v6)
		buf_putc(buf, '[');
	buf_puts(buf, text);
	if (v6)
		buf_putc(buf, ']');
	buf_putc(buf, ':');
	buf_u64(buf, port);
}

static bool put_internet(struct buf *buf, const struct known *known)
{
	const struct event_socket *socket = known->socket;
	size_t size = socket->family == INET6 ? 16 : 4;
	bool connected =
		socket->state != CLOSED && socket->state != LISTENING &&
		(socket->remote_port || !is_zero(socket->remote, size));
	if (!connected && !socket->local_port)
		return false;
	buf_puts(buf, known->name);
	buf_write(buf, ":[", 2);
	put_address(buf, socket, socket->local, socket->local_port);
	if (connected) {
		buf_write(buf, "->", 2);
		put_address(buf, socket, socket->remote, socket->remote_port);
	}
	buf_putc(buf, ']');
	return true;
}

static bool put_unix(struct buf *buf, const struct known *known)
{
	const struct event_socket *socket = known->socket;
	const char *path = (const char *)(socket + 1);
	size_t size = socket->path_size;
	bool abstract = size > 0 && !*path;
	if (abstract) {
		path++;
		size--;
	}
	buf_puts(buf, known->name);
	buf_write(buf, ":[", 2);
	buf_u64(buf, known->fd->inode);
	if (socket->peer) {
		buf_write(buf, "->", 2);
		buf_u64(buf, socket->peer);
	}
	if (socket->path_size) {
		buf_puts(buf, abstract ? ",@" : ",");
		show_quoted(buf, path, strnlen(path, size), known->utf8);
	}
	buf_putc(buf, ']');
	return true;
}

static bool put_netlink(struct buf *buf, const struct known *known)
{
	const struct event_socket *socket = known->socket;
	static const char prefix[] = "NETLINK_";
	const char *name =
		flags_name(FLAGS_NETLINK_PROTO, socket->protocol, ABI_X86_64);
	if (!socket->peer) /* the port; not bound yet */
		return false;
	buf_puts(buf, known->name);
	buf_write(buf, ":[", 2);
	if (name) {
		buf_puts(buf, name + sizeof(prefix) - 1);
		buf_putc(buf, ':');
		buf_u64(buf, socket->peer);
	} else {
		buf_u64(buf, socket->protocol);
	}
	buf_putc(buf, ']');
	return true;
}

static bool put_nothing(struct buf *buf, const struct known *known)
{
	(void)buf;
	(void)known;
	return false;
}

/*
 * What strace calls a socket.  It knows some only by their addresses (HIDDEN):
 * without one they are "socket:[inode]".  The first row that fits decides.
 */
struct row {
	uint16_t family, type, protocol; /* ANY where it does not matter */
	const char *name;
	details *put;
	bool hidden;
};

/* clang-format off */
static const struct row rows[] = {
	{INET,    STREAM, 6,   "TCP",         put_internet, false},
	{INET,    STREAM, 262, "TCP",         put_internet, true}, /* MPTCP */
	{INET,    STREAM, 132, "SCTP",        put_internet, false},
	{INET,    DGRAM,  17,  "UDP",         put_internet, false},
	{INET,    DGRAM,  136, "UDPLITE",     put_internet, true},
	{INET,    DGRAM,  1,   "PING",        put_nothing,  false},
	{INET,    RAW,    ANY, "RAW",         put_nothing,  false},
	{INET6,   STREAM, 6,   "TCPv6",       put_internet, false},
	{INET6,   STREAM, 262, "TCPv6",       put_internet, true},
	{INET6,   STREAM, 132, "SCTPv6",      put_internet, false},
	{INET6,   DGRAM,  17,  "UDPv6",       put_internet, false},
	{INET6,   DGRAM,  136, "UDPLITEv6",   put_internet, false},
	{INET6,   DGRAM,  58,  "PINGv6",      put_nothing,  false},
	{INET6,   RAW,    ANY, "RAWv6",       put_nothing,  false},
	{UNIX,    STREAM, ANY, "UNIX-STREAM", put_unix,     false},
	{UNIX,    ANY,    ANY, "UNIX",        put_unix,     false},
	{NETLINK, ANY,    ANY, "NETLINK",     put_netlink,  false},
};
/* clang-format on */

static bool fits(uint16_t wanted, uint16_t value)
{
	return wanted == ANY || wanted == value;
}

static const struct row *find_row(const struct event_socket *socket)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row *row = &rows[i];
		if (row->family == socket->family &&
		    fits(row->type, socket->type) &&
		    fits(row->protocol, socket->protocol))
			return row;
	}
	return NULL;
}

bool print_socket(struct buf *buf, const struct event_fd *fd, bool utf8)
{
	struct known known = {
		.fd = fd,
		.socket = (const void *)(fd + 1),
		.utf8 = utf8,
	};
	const struct row *row = fd->size >= sizeof(*known.socket)
					? find_row(known.socket)
					: NULL;
	if (!row)
		return false;
	known.name = row->name;
	if (row->put(buf, &known))
		return true;
	if (row->hidden)
		return false;
	buf_puts(buf, row->name);
	buf_write(buf, ":[", 2);
	buf_u64(buf, fd->inode);
	buf_putc(buf, ']');
	return true;
}
