/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Data in pieces: struct iovec, and struct msghdr and struct mmsghdr, which
 * lead to one.  What a call that receives has filled is looked at when it
 * ended.
 */
#include "config.h"

#include "abi/print.h"

#include "abi/decode.h"
#include "abi/flags.h"
#include "abi/print_net.h"
#include "abi/print_netlink.h"
#include "abi/show.h"
#include "base/buf.h"

/* Whether what is known of a buffer was copied for it, and not only for another
 * that overlaps. */
static bool is_own(const struct show *show, uint64_t address, size_t have,
		   uint64_t size, enum event_phase phase)
{
	unsigned limit = show->options->string_limit;
	return have >= (size < limit ? size : limit) ||
	       show_chunk(show, address, EVENT_CHUNK_BYTES, phase);
}

/* SIZE bytes at ADDRESS as text, or the address. */
static void print_buffer(struct show *show, uint64_t address, uint64_t size,
			 const struct print_iovec *vector)
{
	const void *bytes = NULL;
	enum event_phase phase = vector->phase;
	size_t have = show_available(show, address, phase, &bytes);
	unsigned protocol = 0;
	if (vector->netlink && print_is_netlink(show, &protocol))
		print_netlink_at(show, protocol, address, size, phase);
	else if (address &&
		 (!size || (have && is_own(show, address, have, size, phase))))
		show_bytes(show, bytes ? bytes : "", have, size);
	else
		show_address(show, address);
}

static void print_piece(struct show *show, const char *piece,
			struct print_iovec *vector)
{
	size_t word = show_word(show);
	uint64_t base = show_number(piece, word);
	uint64_t size = show_number(piece + word, word);
	uint64_t used = size < vector->moved ? size : vector->moved;
	if (vector->moved != UINT64_MAX)
		vector->moved -= used;
	buf_puts(show->buf, "{iov_base=");
	if (vector->addresses)
		show_address(show, base);
	else
		print_buffer(show, base, used, vector);
	buf_puts(show->buf, ", iov_len=");
	buf_u64(show->buf, size);
	buf_putc(show->buf, '}');
}

void print_iovec_at(struct show *show, const struct print_iovec *vector)
{
	struct print_iovec left = *vector;
	size_t size = 2 * show_word(show);
	if (!left.address || (left.count && !show_memory(show, left.address,
							 size, left.phase))) {
		show_address(show, left.address);
		return;
	}
	buf_putc(show->buf, '[');
	for (uint64_t i = 0; i < left.count; i++) {
		const char *piece = show_memory(show, left.address + i * size,
						size, left.phase);
		buf_puts(show->buf, i ? ", " : "");
		if (i >= SHOW_ELEMENTS) { /* no more are copied */
			buf_puts(show->buf, "...");
			break;
		}
		if (!piece) {
			show_unread(show, left.address + i * size);
			break;
		}
		print_piece(show, piece, &left);
	}
	buf_putc(show->buf, ']');
}

/* A call that fills the pieces has moved what its result says. */
static uint64_t moved(const struct show *show, enum event_phase phase)
{
	if (phase == EVENT_AT_ENTRY)
		return UINT64_MAX;
	return show->ev->ret > 0 ? (uint64_t)show->ev->ret : 0;
}

static enum event_phase phase_of(const struct show_arg *arg)
{
	return arg->spec->direction & ARGTYPE_OUT ? EVENT_AT_EXIT
						  : EVENT_AT_ENTRY;
}

void print_iovec(struct show *show, const struct show_arg *arg)
{
	struct print_iovec vector = {
		.address = arg->value,
		.phase = phase_of(arg),
	};
	vector.addresses = vector.phase == EVENT_AT_EXIT && show->failed;
	vector.moved = moved(show, vector.phase);
	if (show_count(show, arg, &vector.count))
		print_iovec_at(show, &vector);
	else
		show_address(show, arg->value);
}

/* Of another process, whose memory is not ours to show. */
void print_iovec_remote(struct show *show, const struct show_arg *arg)
{
	struct print_iovec vector = {
		.address = arg->value,
		.phase = arg->phase,
		.addresses = true,
	};
	if (show_count(show, arg, &vector.count))
		print_iovec_at(show, &vector);
	else
		show_address(show, arg->value);
}

/* A struct msghdr: include/uapi/linux/socket.h.  Its members are longs, or
 * start where one would. */
struct message {
	const char *bytes;
	uint64_t moved; /* bytes of data */
	uint32_t room;  /* for the name, before the call; or UINT32_MAX */
	enum event_phase phase;
};

#define FIELDS                                                                 \
	7 /* name, its size, pieces, their number, control, its size,          \
	     flags */

static uint64_t field(const struct show *show, const struct message *message,
		      unsigned i)
{
	size_t word = show_word(show);
	return show_number(message->bytes + i * word, word);
}

static void print_name(struct show *show, const struct message *message)
{
	uint32_t size = (uint32_t)field(show, message, 1);
	uint32_t used = size < message->room ? size : message->room;
	buf_puts(show->buf, "{msg_name=");
	print_sockaddr_at(show, field(show, message, 0), used, message->phase);
	buf_puts(show->buf, ", msg_namelen=");
	if (message->phase == EVENT_AT_EXIT && message->room != size &&
	    message->room != UINT32_MAX) {
		buf_s64(show->buf, (int32_t)message->room);
		buf_puts(show->buf, " => ");
	}
	buf_s64(show->buf, (int32_t)size);
}

static void print_control(struct show *show, const struct message *message)
{
	uint64_t size = field(show, message, 5);
	if (size) {
		buf_puts(show->buf, ", msg_control=");
		print_control_at(show, field(show, message, 4), size,
				 message->phase);
	}
	buf_puts(show->buf, ", msg_controllen=");
	buf_u64(show->buf, size);
}

#define NETLINK 16 /* include/linux/socket.h */

/* strace goes by the address, not by the socket. */
static bool is_netlink(const struct show *show, const struct message *message)
{
	const void *family =
		show_memory(show, field(show, message, 0), 2, message->phase);
	return (uint32_t)field(show, message, 1) >= 2 && family &&
	       show_number(family, 2) == NETLINK;
}

static void print_message(struct show *show, const struct message *message)
{
	const struct print_iovec vector = {
		.address = field(show, message, 2),
		.count = field(show, message, 3),
		.moved = message->moved,
		.phase = message->phase,
		.netlink = is_netlink(show, message),
	};
	print_name(show, message);
	buf_puts(show->buf, ", msg_iov=");
	print_iovec_at(show, &vector);
	buf_puts(show->buf, ", msg_iovlen=");
	buf_u64(show->buf, vector.count);
	print_control(show, message);
	buf_puts(show->buf, ", msg_flags=");
	flags_print(show->buf, FLAGS_MSG, field(show, message, 6), show->abi);
	buf_putc(show->buf, '}');
}

static uint32_t room_for_name(const struct show *show, const char *head)
{
	return head ? (uint32_t)show_number(head + show_word(show), 4)
		    : UINT32_MAX;
}

void print_msghdr(struct show *show, const struct show_arg *arg)
{
	size_t size = FIELDS * show_word(show);
	enum event_phase phase = show->failed ? EVENT_AT_ENTRY : phase_of(arg);
	const char *head = show_memory(show, arg->value, size, EVENT_AT_ENTRY);
	bool is_unchanged = phase == EVENT_AT_ENTRY || show->failed;
	const struct message message = {
		.bytes = is_unchanged
				 ? head
				 : show_memory(show, arg->value, size, phase),
		.moved = moved(show, phase),
		.room = room_for_name(show, head),
		.phase = phase,
	};
	if (!arg->value || !message.bytes) {
		show_address(show, arg->value);
	} else if ((arg->spec->direction & ARGTYPE_OUT) && show->failed) {
		buf_puts(show->buf, "{msg_namelen=");
		buf_s64(show->buf, (int32_t)field(show, &message, 1));
		buf_putc(show->buf, '}');
	} else {
		print_message(show, &message);
	}
}

/* An array of messages of which the call has moved as many as it returned. */
struct messages {
	uint64_t address;
	uint64_t count; /* those that are shown */
	uint64_t done;
	size_t size; /* of a struct mmsghdr */
	enum event_phase phase;
};

static const char *message_at(const struct show *show, const struct messages *m,
			      uint64_t i, enum event_phase phase)
{
	return show_memory(show, m->address + i * m->size, m->size, phase);
}

/* How much was sent or received of message I. */
static const void *length_at(const struct show *show, const struct messages *m,
			     uint64_t i)
{
	return show_memory(show,
			   m->address + (i + 1) * m->size - show_word(show), 4,
			   EVENT_AT_EXIT);
}

/* Whether there was no room for what message I leads to. */
static bool is_lost(const struct show *show, const struct messages *m,
		    uint64_t i, const char *bytes)
{
	const struct message message = {.bytes = bytes};
	uint64_t vector = field(show, &message, 2);
	bool is_cut = show->ev->h.flags & EVENT_CALL_CUT;
	if (!is_cut)
		return false;
	return (i < m->done && !length_at(show, m, i)) ||
	       (vector && field(show, &message, 3) &&
		!show_memory(show, vector, 2 * show_word(show), m->phase));
}

static void print_one_of(struct show *show, const struct messages *m,
			 uint64_t i, const char *bytes)
{
	const char *head = message_at(show, m, i, EVENT_AT_ENTRY);
	const void *tail = length_at(show, m, i);
	uint64_t len = tail ? show_number(tail, 4) : 0;
	const struct message message = {
		.bytes = bytes,
		.moved = m->phase == EVENT_AT_EXIT ? len : UINT64_MAX,
		.room = room_for_name(show, head),
		.phase = m->phase,
	};
	buf_puts(show->buf, "{msg_hdr=");
	print_message(show, &message);
	if (i < m->done && tail) {
		buf_puts(show->buf, ", msg_len=");
		buf_u64(show->buf, len);
	}
	buf_putc(show->buf, '}');
}

static void print_messages(struct show *show, const struct messages *m)
{
	if (!m->address || (m->count && !message_at(show, m, 0, m->phase))) {
		show_address(show, m->address);
		return;
	}
	buf_putc(show->buf, '[');
	for (uint64_t i = 0; i < m->count; i++) {
		const char *bytes = message_at(show, m, i, m->phase);
		bool known = bytes && !is_lost(show, m, i, bytes);
		if (!show_element(show, i, known))
			break;
		print_one_of(show, m, i, bytes);
	}
	buf_putc(show->buf, ']');
}

/* What is to be sent is in the array when the call begins; only the lengths
 * that were sent are there at its end. */
void print_mmsghdr_sent(struct show *show, const struct show_arg *arg)
{
	struct messages m = {
		.address = arg->value,
		.done = show->failed ? 0 : (uint64_t)show->ev->ret,
		.size = (FIELDS + 1) * show_word(show),
		.phase = EVENT_AT_ENTRY,
	};
	if (show_count(show, arg, &m.count))
		print_messages(show, &m);
	else
		show_address(show, arg->value);
}

void print_mmsghdr(struct show *show, const struct show_arg *arg)
{
	struct messages m = {
		.address = arg->value,
		.count = show->failed ? 0 : (uint64_t)show->ev->ret,
		.done = UINT64_MAX,
		.size = (FIELDS + 1) * show_word(show),
		.phase = EVENT_AT_EXIT,
	};
	if (show->failed)
		show_address(show, arg->value);
	else
		print_messages(show, &m);
}

/* SIZE bytes that a socket has moved. */
static void print_moved_data(struct show *show, const struct show_arg *arg,
			     uint64_t size)
{
	const void *bytes = NULL;
	size_t have = show_available(show, arg->value, arg->phase, &bytes);
	unsigned protocol = 0;
	if (print_is_netlink(show, &protocol))
		print_netlink_at(show, protocol, arg->value, size, arg->phase);
	else if (arg->value && (have || !size))
		show_bytes(show, bytes ? bytes : "", have, size);
	else
		show_address(show, arg->value);
}

void print_sent(struct show *show, const struct show_arg *arg)
{
	uint64_t size = 0;
	if (show_count(show, arg, &size))
		print_moved_data(show, arg, size);
	else
		show_address(show, arg->value);
}

/* With MSG_TRUNC a call tells how much there was, not how much it copied. */
void print_received(struct show *show, const struct show_arg *arg)
{
	uint64_t size = 0;
	uint64_t room = show_register(show, arg->index + 1);
	if (!show_count(show, arg, &size))
		size = 0;
	print_moved_data(show, arg, size < room ? size : room);
}
