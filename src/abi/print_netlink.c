/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a netlink socket sends and receives: messages, each with a header that
 * says how long it is.  Lengths are the caller's: none of them is believed.
 */
#include "config.h"

#include "abi/print_netlink.h"

#include <string.h>

#include "abi/chunk.h"
#include "abi/decode.h"
#include "abi/flags.h"
#include "abi/show.h"
#include "abi/structs.h"
#include "base/buf.h"

bool print_is_netlink(const struct show *show, unsigned *ret_protocol)
{
	const struct event_chunk *chunk;
	uint64_t protocol = 0;
	size_t at = 0;
	while ((chunk = chunk_next(show->ev, &at))) {
		if (chunk->what != EVENT_CHUNK_NETLINK ||
		    chunk->size != sizeof(protocol))
			continue;
		memcpy(&protocol, chunk + 1, sizeof(protocol));
		*ret_protocol = (unsigned)protocol;
		return true;
	}
	return false;
}

/* A struct nlmsghdr: include/uapi/linux/netlink.h. */
struct head {
	uint32_t len;
	unsigned type;
	unsigned flags;
	uint32_t seq;
	int32_t pid;
};

static struct head head_of(const char *bytes)
{
	return (struct head){
		.len = (uint32_t)show_number(bytes, 4),
		.type = (unsigned)show_number(bytes + 4, 2),
		.flags = (unsigned)show_number(bytes + 6, 2),
		.seq = (uint32_t)show_number(bytes + 8, 4),
		.pid = (int32_t)show_number(bytes + 12, 4),
	};
}

static void print_head(const struct print_within *within,
		       const struct head *head)
{
	struct show *show = within->show;
	buf_puts(show->buf, "{nlmsg_len=");
	buf_u64(show->buf, head->len);
	buf_puts(show->buf, ", nlmsg_type=");
	flags_print(show->buf, netlink_types(within->protocol, head->type),
		    head->type, show->abi);
	buf_puts(show->buf, ", nlmsg_flags=");
	flags_print(show->buf, netlink_flags(within->protocol, head->type),
		    head->flags, show->abi);
	buf_puts(show->buf, ", nlmsg_seq=");
	buf_u64(show->buf, head->seq);
	buf_puts(show->buf, ", nlmsg_pid=");
	buf_s64(show->buf, head->pid);
	buf_putc(show->buf, '}');
}

/* A message of which nothing is known but the family that it begins with. */
static void print_family(const struct print_within *within,
			 const struct print_span *span)
{
	struct show *show = within->show;
	const struct print_span rest = print_span_after(span, 1);
	buf_puts(show->buf, "{family=");
	flags_print(show->buf, FLAGS_SOCKET_FAMILY, within->family, show->abi);
	if (rest.size) {
		buf_puts(show->buf, ", data=");
		print_span_hex(show, &rest);
	}
	buf_putc(show->buf, '}');
}

/* The structure that follows the header, and attributes. */
static void print_known(const struct print_within *within,
			const struct netlink_message *message,
			const struct print_span *span)
{
	struct show *show = within->show;
	size_t size = structs_size(message->structure, show->abi);
	const struct print_span rest =
		print_span_after(span, NETLINK_ALIGN(size));
	/* Of one that is too short only the family counts. */
	size_t have = span->size < size ? 1 : span->have;
	structs_print(show, message->structure, span->bytes, have);
	if (!rest.size || message->attrs < 0)
		return;
	buf_puts(show->buf, ", ");
	print_attrs(within, netlink_attrs((unsigned)message->attrs), &rest);
}

static void print_message(const struct print_within *within,
			  const struct print_span *span);

/* struct nlmsgerr: an error, and the message that it is about. */
static void print_error(const struct print_within *within,
			const struct head *head, const struct print_span *span)
{
	struct show *show = within->show;
	const struct print_span about = print_span_after(span, 4);
	const struct head of = head_of(about.bytes);
	uint64_t own = head->flags & NETLINK_CAPPED ? NETLINK_HEADER : of.len;
	if (own < NETLINK_HEADER)
		own = NETLINK_HEADER;
	const struct print_span message = print_span_upto(&about, own);
	const struct print_span rest =
		print_span_after(&about, NETLINK_ALIGN(own));
	struct print_within inside = *within;
	inside.depth++;
	buf_puts(show->buf, rest.size ? "[{error=" : "{error=");
	show_value(show, ARG_ERRNO,
		   (uint64_t)(int32_t)show_number(span->bytes, 4));
	buf_puts(show->buf, ", msg=");
	print_message(&inside, &message);
	buf_putc(show->buf, '}');
	if (!rest.size)
		return;
	buf_puts(show->buf, ", ");
	print_attrs(within, netlink_attrs_named("nlmsgerr"), &rest);
	buf_putc(show->buf, ']');
}

static void print_payload(const struct print_within *within,
			  const struct head *head,
			  const struct print_span *span)
{
	struct show *show = within->show;
	bool is_deep = within->depth >= PRINT_DEPTH;
	struct print_within inside = *within;
	const struct netlink_message *message = NULL;
	if (span->have) {
		inside.family = (uint8_t)*span->bytes;
		message = netlink_message(within->protocol, head->type,
					  head->flags, inside.family);
	}
	if (!span->have)
		buf_puts(show->buf, "...");
	else if (head->type == NETLINK_ERROR && !is_deep &&
		 span->have >= 4 + NETLINK_HEADER)
		print_error(within, head, span);
	else if (head->type == NETLINK_DONE && span->size == 4 &&
		 span->have == 4)
		buf_s64(show->buf, (int32_t)show_number(span->bytes, 4));
	else if (message && !is_deep)
		print_known(&inside, message, span);
	else if (head->type >= NETLINK_OWN &&
		 netlink_has_family(within->protocol))
		print_family(&inside, span);
	else
		print_span_hex(show, span);
}

/* One message, of which at least the header is known; SPAN is no longer. */
static void print_message(const struct print_within *within,
			  const struct print_span *span)
{
	const struct head head = head_of(span->bytes);
	const struct print_span whole = print_span_upto(span, head.len);
	const struct print_span payload =
		print_span_after(&whole, NETLINK_HEADER);
	buf_puts(within->show->buf, payload.size ? "[" : "");
	print_head(within, &head);
	if (!payload.size)
		return;
	buf_puts(within->show->buf, ", ");
	print_payload(within, &head, &payload);
	buf_putc(within->show->buf, ']');
}

/* Each message may have been copied by itself, up to some length. */
static struct print_span span_at(const struct show *show, uint64_t address,
				 uint64_t size, enum event_phase phase)
{
	const void *bytes = NULL;
	size_t have = show_available(show, address, phase, &bytes);
	const struct print_span span = {bytes, have, UINT64_MAX};
	return print_span_upto(&span, size);
}

static void print_messages(const struct print_within *within, uint64_t address,
			   uint64_t size, enum event_phase phase)
{
	struct show *show = within->show;
	bool several = false;
	for (uint64_t n = 0;; n++) {
		const struct print_span span =
			span_at(show, address, size, phase);
		if (size < NETLINK_HEADER) {
			print_span_hex(show, &span);
			break;
		}
		if (span.have < NETLINK_HEADER ||
		    n >= show->options->string_limit) {
			buf_puts(show->buf, "...");
			break;
		}
		uint64_t own = head_of(span.bytes).len;
		bool more = own >= NETLINK_HEADER && NETLINK_ALIGN(own) < size;
		buf_puts(show->buf, more && !several ? "[" : "");
		several = several || more;
		print_message(within, &span);
		if (!more)
			break;
		buf_puts(show->buf, ", ");
		address += NETLINK_ALIGN(own);
		size -= NETLINK_ALIGN(own);
	}
	buf_puts(show->buf, several ? "]" : "");
}

/* What udev adds to an event of the kernel: "libudev", numbers, the text. */
static void print_uevent(struct show *show, const struct print_span *span)
{
	static const char prefix[8] = "libudev";
	size_t size = structs_size(STRUCTS_LIBUDEV_HEADER, show->abi);
	if (span->have < size ||
	    memcmp(span->bytes, prefix, sizeof(prefix)) != 0) {
		show_bytes(show, span->bytes, span->have, span->size);
		return;
	}
	const struct print_span rest = print_span_after(span, size);
	buf_puts(show->buf, rest.size ? "[" : "");
	structs_print(show, STRUCTS_LIBUDEV_HEADER, span->bytes, size);
	if (!rest.size)
		return;
	buf_puts(show->buf, ", ");
	show_bytes(show, rest.have ? rest.bytes : "", rest.have, rest.size);
	buf_putc(show->buf, ']');
}

void print_netlink_at(struct show *show, unsigned protocol, uint64_t address,
		      uint64_t size, enum event_phase phase)
{
	const struct print_within within = {
		.show = show,
		.protocol = protocol,
	};
	const struct print_span span = span_at(show, address, size, phase);
	size_t least = size < NETLINK_HEADER ? (size_t)size : NETLINK_HEADER;
	if (!address ||
	    span.have < (protocol == NETLINK_UEVENT && size ? 1 : least))
		show_address(show, address);
	else if (protocol == NETLINK_UEVENT)
		print_uevent(show, &span);
	else
		print_messages(&within, address, size, phase);
}
