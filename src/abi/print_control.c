/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Control messages of sendmsg(2) and recvmsg(2): struct cmsghdr and its data.
 * Lengths are the caller's or the kernel's own and may exceed what there is.
 */
#include "config.h"

#include "abi/print_net.h"

#include "abi/decode.h"
#include "abi/flags.h"
#include "abi/show.h"
#include "abi/structs.h"
#include "base/buf.h"

#define SOL_IP_LEVEL     0 /* include/linux/socket.h */
#define SOL_SOCKET_LEVEL 1

#define OFFENDER_SIZE 16 /* struct sockaddr_in */

/* The data of a message, of which SIZE bytes are there. */
typedef void print_data(struct show *show, const char *data, size_t size);

/* Numbers of EACH bytes, as many as are whole. */
static void print_elements(struct show *show, const char *data, size_t size,
			   size_t each, enum argtype kind)
{
	buf_putc(show->buf, '[');
	for (size_t i = 0; i < size / each; i++) {
		buf_puts(show->buf, i ? ", " : "");
		if (i == SHOW_ELEMENTS) {
			buf_puts(show->buf, "...");
			break;
		}
		show_value(show, kind, show_number(data + each * i, each));
	}
	buf_putc(show->buf, ']');
}

static void print_fds(struct show *show, const char *data, size_t size)
{
	print_elements(show, data, size, 4, ARG_FD);
}

static void print_numbers(struct show *show, const char *data, size_t size)
{
	print_elements(show, data, size, 4, ARG_UINT);
}

static void print_octets(struct show *show, const char *data, size_t size)
{
	print_elements(show, data, size, 1, ARG_HEX32);
}

/* A label, whole whatever the string limit. */
static void print_text(struct show *show, const char *data, size_t size)
{
	show_quoted(show->buf, data, size, show->options->utf8);
}

static void print_times(struct show *show, const char *data, enum structs_id id)
{
	size_t each = structs_size(id, show->abi);
	buf_putc(show->buf, '[');
	for (size_t i = 0; i < 3; i++) {
		buf_puts(show->buf, i ? ", " : "");
		structs_print(show, id, data + i * each, each);
	}
	buf_putc(show->buf, ']');
}

static void print_error(struct show *show, const char *data, size_t size)
{
	size_t each = structs_size(STRUCTS_SOCK_EXTENDED_ERR, show->abi);
	const struct structs_memory memory = {data, each, each};
	(void)size; /* the table has the least */
	structs_print_open(show, STRUCTS_SOCK_EXTENDED_ERR, &memory);
	buf_puts(show->buf, ", offender=");
	print_sockaddr_of(show, data + each, OFFENDER_SIZE);
	buf_putc(show->buf, '}');
}

static void print_origin(struct show *show, const char *data, size_t size)
{
	print_sockaddr_of(show, data, size);
}

struct control {
	int32_t level;
	int32_t type;
	print_data *print; /* or the structures of ID */
	uint8_t least;     /* bytes; 0: that of ID */
	uint8_t times;     /* structures */
	bool silent;       /* nothing is shown of less; otherwise ??? */
	enum structs_id id;
};

/* include/uapi/asm-generic/socket.h, linux/in.h.  The structures of old times
 * have the caller's words. */
static const struct control controls[] = {
	{1, 1, print_fds, 4, 0, true, 0},
	{1, 2, NULL, 0, 1, true, STRUCTS_UCRED},
	{1, 3, print_text, 1, 0, true, 0},
	{1, 4, print_fds, 4, 0, true, 0},
	{1, 29, NULL, 0, 1, false, STRUCTS_TIMEVAL},
	{1, 35, NULL, 0, 1, false, STRUCTS_TIMESPEC},
	{1, 37, NULL, 0, 3, false, STRUCTS_TIMESPEC},
	{1, 63, NULL, 0, 1, false, STRUCTS_TIMEVAL64},
	{1, 64, NULL, 0, 1, false, STRUCTS_TIMESPEC64},
	{1, 65, NULL, 0, 3, false, STRUCTS_TIMESPEC64},
	{0, 1, print_octets, 1, 0, true, 0},
	{0, 2, print_numbers, 4, 0, true, 0},
	{0, 3, print_text, 1, 0, true, 0},
	{0, 6, print_octets, 1, 0, true, 0},
	{0, 7, print_octets, 1, 0, true, 0},
	{0, 8, NULL, 0, 1, true, STRUCTS_IN_PKTINFO},
	{0, 11, print_error, 32, 0, true, 0},
	{0, 20, print_origin, 16, 0, true, 0},
	{0, 23, print_numbers, 4, 0, true, 0},
};

#define CONTROLS (sizeof(controls) / sizeof(controls[0]))

static const struct control *find(int32_t level, int32_t type)
{
	for (size_t i = 0; i < CONTROLS; i++) {
		if (controls[i].level == level && controls[i].type == type)
			return &controls[i];
	}
	return NULL;
}

static void print_data_of(struct show *show, const struct control *control,
			  const char *data, size_t size)
{
	size_t each = structs_size(control->id, show->abi);
	size_t least = control->least ? control->least : each * control->times;
	if (size < least && control->silent)
		return;
	buf_puts(show->buf, ", cmsg_data=");
	if (size < least)
		buf_puts(show->buf, "???");
	else if (control->print)
		control->print(show, data, size);
	else if (control->times == 1)
		structs_print(show, control->id, data, each);
	else
		print_times(show, data, control->id);
}

static void print_level(struct show *show, uint32_t level)
{
	const char *name = flags_name(FLAGS_SOL, level, show->abi);
	if (name) {
		buf_puts(show->buf, name);
		return;
	}
	buf_hex(show->buf, level);
	buf_puts(show->buf, " /* SOL_??? */");
}

static void print_type(struct show *show, int32_t level, int32_t type)
{
	buf_puts(show->buf, ", cmsg_type=");
	if (level == SOL_SOCKET_LEVEL)
		flags_print(show->buf, FLAGS_SCM, (uint32_t)type, show->abi);
	else if (level == SOL_IP_LEVEL)
		flags_print(show->buf, FLAGS_IP_CMSG, (uint32_t)type,
			    show->abi);
	else
		buf_hex(show->buf, (uint32_t)type);
}

/* Bytes of control messages: those that are known, and those there are. */
struct room {
	size_t have;
	uint64_t size;
};

/* The message at BYTES; how many it takes. */
static uint64_t print_one(struct show *show, const char *bytes,
			  struct room room)
{
	size_t word = show_word(show);
	size_t head = word + 8;
	uint64_t len = show_number(bytes, word);
	int32_t level = (int32_t)show_number(bytes + word, 4);
	int32_t type = (int32_t)show_number(bytes + word + 4, 4);
	uint64_t whole = len < room.size ? len : room.size;
	size_t known = whole < room.have ? (size_t)whole : room.have;
	const struct control *control = find(level, type);
	buf_puts(show->buf, "{cmsg_len=");
	buf_u64(show->buf, len);
	buf_puts(show->buf, ", cmsg_level=");
	print_level(show, (uint32_t)level);
	print_type(show, level, type);
	if (control && known > head)
		print_data_of(show, control, bytes + head, known - head);
	buf_putc(show->buf, '}');
	if (whole < head)
		whole = head;
	uint64_t taken = (whole + word - 1) / word * word;
	return taken < room.size ? taken : room.size;
}

static void print_all(struct show *show, uint64_t address, const char *bytes,
		      struct room room)
{
	size_t head = show_word(show) + 8;
	uint64_t at = 0;
	while (at < room.have && room.have - at >= head) {
		const struct room rest = {room.have - (size_t)at,
					  room.size - at};
		buf_puts(show->buf, at ? ", " : "");
		at += print_one(show, bytes + at, rest);
	}
	if (at == room.size)
		return;
	buf_puts(show->buf, ", ");
	if (room.size - at < head)
		show_unread(show, address + at);
	else
		buf_puts(show->buf, "..."); /* no more was copied */
}

void print_control_at(struct show *show, uint64_t address, uint64_t size,
		      enum event_phase phase)
{
	const void *bytes = NULL;
	struct room room = {.size = size};
	if (address)
		room.have = show_available(show, address, phase, &bytes);
	if (room.have > size)
		room.have = (size_t)size;
	if (room.have < show_word(show) + 8) {
		show_address(show, address);
		return;
	}
	enum event_phase before = show->phase;
	show->phase = phase; /* of descriptors that are passed on */
	buf_putc(show->buf, '[');
	print_all(show, address, bytes, room);
	show->phase = before;
	buf_putc(show->buf, ']');
}
