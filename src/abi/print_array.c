/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Memory that is neither text nor an array of plain numbers. */
#include "config.h"

#include "abi/print.h"

#include "abi/decode.h"
#include "abi/errno.h"
#include "abi/show.h"
#include "base/buf.h"

#define COMM_SIZE   16    /* TASK_COMM_LEN, include/linux/sched.h */
#define PAGE_SIZE   4096  /* what strace takes a page to be */
#define CPUSET_SIZE 128   /* bytes: cpu_set_t of the C library */
#define XATTR_MAX   65536 /* XATTR_SIZE_MAX, include/uapi/linux/limits.h */

/* How many of the COUNT bytes of ARG are known, into RET where they are; what
 * is not known at all is shown by its address, and SIZE_MAX returned. */
static size_t known_bytes(struct show *show, const struct show_arg *arg,
			  uint64_t count, const void **ret)
{
	size_t have =
		arg->value ? show_available(show, arg->value, arg->phase, ret)
			   : 0;
	if (!arg->value || (!have && count)) {
		show_address(show, arg->value);
		return SIZE_MAX;
	}
	return have < count ? have : (size_t)count;
}

/* As strace does it, which takes them for text. */
void print_xattr(struct show *show, const struct show_arg *arg)
{
	const void *bytes = NULL;
	uint64_t count = 0;
	if (!show_count(show, arg, &count) || count > XATTR_MAX) {
		show_address(show, arg->value);
		return;
	}
	size_t have = known_bytes(show, arg, count, &bytes);
	if (have == SIZE_MAX)
		return;
	if (count && have == count && count <= show->options->string_limit &&
	    !((const char *)bytes)[count - 1])
		have = --count;
	show_bytes(show, bytes, have, count);
}

void print_hexbytes(struct show *show, const struct show_arg *arg)
{
	const void *bytes = NULL;
	uint64_t count = 0;
	if (!show_count(show, arg, &count)) {
		show_address(show, arg->value);
		return;
	}
	size_t have = known_bytes(show, arg, count, &bytes);
	size_t limit = show->options->string_limit;
	if (have == SIZE_MAX)
		return;
	show_quoted_hex(show->buf, bytes, have < limit ? have : limit);
	if (count > limit || count > have)
		buf_write(show->buf, "...", 3);
}

/* The name of a thread: the kernel takes 15 bytes of it, and strace cannot tell
 * whether more follow. */
void print_comm(struct show *show, const struct show_arg *arg)
{
	const struct event_chunk *chunk =
		show_chunk(show, arg->value, EVENT_CHUNK_STRING, arg->phase);
	size_t most = arg->phase == EVENT_AT_ENTRY ? COMM_SIZE - 1 : COMM_SIZE;
	if (!arg->value || !chunk || chunk->status == EVENT_CHUNK_UNREADABLE) {
		show_address(show, arg->value);
		return;
	}
	show_bytes(show, chunk + 1, chunk->size < most ? chunk->size : most,
		   chunk->size < most ? chunk->size : (uint64_t)most + 1);
}

/* The numbers of the bits that are set in as many bytes as the count says. */
void print_cpuset(struct show *show, const struct show_arg *arg)
{
	const void *bytes = NULL;
	uint64_t count = 0;
	bool first = true;
	if (!show_count(show, arg, &count)) {
		show_address(show, arg->value);
		return;
	}
	size_t have = known_bytes(
		show, arg, count < CPUSET_SIZE ? count : CPUSET_SIZE, &bytes);
	if (have == SIZE_MAX)
		return;
	buf_putc(show->buf, '[');
	for (size_t i = 0; i < have * 8; i++) {
		if (!(((const uint8_t *)bytes)[i / 8] >> i % 8 & 1))
			continue;
		if (!first)
			buf_putc(show->buf, ' ');
		first = false;
		buf_u64(show->buf, i);
	}
	if (have < count)
		buf_puts(show->buf, first ? "..." : " ...");
	buf_putc(show->buf, ']');
}

/* A word of a set: its width in digits, whatever it is. */
static void print_word(struct show *show, uint64_t value)
{
	int digits = (int)show_word(show) * 2;
	if (value)
		buf_printf(show->buf, "0x%0*llx", digits - 2,
			   (unsigned long long)value);
	else
		buf_printf(show->buf, "%0*d", digits, 0);
}

/* A set of NUMA nodes in words.  The count is one more than the kernel looks
 * at: get_nodes() in mm/mempolicy.c. */
void print_nodemask(struct show *show, const struct show_arg *arg)
{
	const void *bytes = NULL;
	uint64_t count = 0;
	size_t width = show_word(show);
	if (!arg->value || !show_count(show, arg, &count)) {
		show_address(show, arg->value);
		return;
	}
	uint64_t words = count ? (count - 1 + width * 8 - 1) / (width * 8) : 0;
	if (count && (!words || show_available(show, arg->value, arg->phase,
					       &bytes) < width)) {
		show_address(show, arg->value);
		return;
	}
	buf_putc(show->buf, '[');
	for (uint64_t i = 0; i < words; i++) {
		bytes = show_memory(show, arg->value + i * width, width,
				    arg->phase);
		if (!show_element(show, i, bytes != NULL))
			break;
		print_word(show, show_number(bytes, width));
	}
	buf_putc(show->buf, ']');
}

/* A byte per page, of which the lowest bit counts. */
void print_mincore(struct show *show, const struct show_arg *arg)
{
	const void *bytes = NULL;
	uint64_t length = 0;
	if (!show_count(show, arg, &length)) {
		show_address(show, arg->value);
		return;
	}
	uint64_t pages = length / PAGE_SIZE + (length % PAGE_SIZE ? 1 : 0);
	size_t have = known_bytes(show, arg, pages, &bytes);
	if (have == SIZE_MAX)
		return;
	buf_putc(show->buf, '[');
	for (uint64_t i = 0; i < pages; i++) {
		if (!show_element(show, i, i < have))
			break;
		buf_putc(show->buf,
			 (char)('0' + (((const uint8_t *)bytes)[i] & 1)));
	}
	buf_putc(show->buf, ']');
}

/* Where a page is, or why it is not: -ENOENT. */
void print_page_status(struct show *show, const struct show_arg *arg)
{
	int32_t status = (int32_t)arg->value;
	const char *name =
		status < 0 && status > -4096 ? errno_name(-status) : NULL;
	if (!name) {
		buf_s64(show->buf, status);
		return;
	}
	buf_putc(show->buf, '-');
	buf_puts(show->buf, name);
}

static bool print_offset(struct show *show, const struct show_arg *arg,
			 enum event_phase phase)
{
	size_t size = argtype_size(arg->spec, show->abi);
	const void *bytes = show_memory(show, arg->value, size, phase);
	if (!bytes)
		return false;
	uint64_t offset = show_number(bytes, size);
	buf_putc(show->buf, '[');
	buf_s64(show->buf, size == 4 ? (int32_t)offset : (int64_t)offset);
	buf_putc(show->buf, ']');
	return true;
}

/* An offset, and where it is afterwards if something was moved. */
void print_moved(struct show *show, const struct show_arg *arg)
{
	if (!arg->value || !print_offset(show, arg, EVENT_AT_ENTRY)) {
		show_address(show, arg->value);
		return;
	}
	if (show->failed || show->ev->ret == 0)
		return;
	buf_write(show->buf, " => ", 4);
	if (!print_offset(show, arg, EVENT_AT_EXIT))
		show_address(show, arg->value);
}
