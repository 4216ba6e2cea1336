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

/* The data of a message, of which SIZE bytes are there. */
typedef void print_data(struct show *show, const char *data, size_t size);

static void print_elements(struct show *show, const char *data, size_t count,
			   enum argtype kind)
{
	buf_putc(show->buf, '[');
	for (size_t i = 0; i < count; i++) {
		buf_puts(show->buf, i ? ", " : "");
		show_value(show, kind, show_number(data + 4 * i, 4));
	}
	buf_putc(show->buf, ']');
}

static void print_fds(struct show *show, const char *data, size_t size)
{
	print_elements(show, data, size / 4, ARG_FD);
}

static void print_number(struct show *show, const char *data, size_t size)
{
	(void)size; /* the table has the least */
	print_elements(show, data, 1, ARG_UINT);
}

static void print_int32(struct show *show, const char *data, size_t size)
{
	(void)size;
	print_elements(show, data, 1, ARG_INT);
}

static void print_byte(struct show *show, const char *data, size_t size)
{
	(void)size;
	buf_putc(show->buf, '[');
	buf_hex(show->buf, (uint8_t)*data);
	buf_putc(show->buf, ']');
}

static void print_text(struct show *show, const char *data, size_t size)
{
	show_bytes(show, data, size, size);
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
	structs_print(show, STRUCTS_SOCK_EXTENDED_ERR, data, each);
	if (size < each + 16) /* struct sockaddr_in follows */
		return;
	show->buf->len--;
	buf_puts(show->buf, ", offender=");
	print_sockaddr_of(show, data + each, size - each);
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
	{0, 1, print_byte, 1, 0, true, 0},
	{0, 2, print_int32, 4, 0, true, 0},
	{0, 8, NULL, 0, 1, true, STRUCTS_IN_PKTINFO},
	{0, 11, print_error, 16, 0, true, 0},
	{0, 18, print_text, 1, 0, true, 0},
	{0, 20, print_origin, 2, 0, true, 0},
	{0, 23, print_number, 4, 0, true, 0},
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

/* The message at BYTES, of which LEFT are there; its whole size. */
static size_t print_one(struct show *show, const char *bytes, size_t left)
{
	size_t word = show_word(show);
	size_t head = word + 8;
	uint64_t len = show_number(bytes, word);
	int32_t level = (int32_t)show_number(bytes + word, 4);
	int32_t type = (int32_t)show_number(bytes + word + 4, 4);
	size_t size = len < left ? (size_t)len : left;
	const struct control *control = find(level, type);
	buf_puts(show->buf, "{cmsg_len=");
	buf_u64(show->buf, len);
	buf_puts(show->buf, ", cmsg_level=");
	print_level(show, (uint32_t)level);
	print_type(show, level, type);
	if (control && size > head)
		print_data_of(show, control, bytes + head, size - head);
	buf_putc(show->buf, '}');
	if (size < head)
		size = head;
	return (size + word - 1) / word * word;
}

void print_control_at(struct show *show, uint64_t address, uint64_t size,
		      enum event_phase phase)
{
	size_t head = show_word(show) + 8;
	const void *memory = NULL;
	size_t have = show_available(show, address, phase, &memory);
	const char *bytes = memory;
	size_t at = 0;
	if (have > size)
		have = (size_t)size;
	if (!address || have < head) {
		show_address(show, address);
		return;
	}
	enum event_phase before = show->phase;
	show->phase = phase; /* of descriptors that are passed on */
	buf_putc(show->buf, '[');
	while (at < have && have - at >= head) {
		buf_puts(show->buf, at ? ", " : "");
		at += print_one(show, bytes + at, have - at);
	}
	show->phase = before;
	if (at < size) {
		buf_puts(show->buf, ", ... /* ");
		buf_hex(show->buf, address + at);
		buf_puts(show->buf, " */");
	}
	buf_putc(show->buf, ']');
}
