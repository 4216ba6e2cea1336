/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What ioctl(2) requests lead to that is more than a structure: arrays that a
 * member counts, memory behind a pointer, texts of a fixed size.
 */
#include "config.h"

#include "abi/print.h"

#include <string.h>

#include "abi/decode.h"
#include "abi/flags.h"
#include "abi/print_net.h"
#include "abi/show.h"
#include "abi/structs.h"
#include "base/buf.h"

#define IFNAME_SIZE  16  /* IFNAMSIZ, include/uapi/linux/if.h */
#define FSLABEL_SIZE 256 /* FSLABEL_MAX, include/uapi/linux/fs.h */

/* A text of at most SIZE bytes, with or without a NUL. */
static void print_fixed(struct show *show, const struct show_arg *arg,
			size_t size)
{
	const void *bytes = NULL;
	size_t have = show_available(show, arg->value, arg->phase, &bytes);
	if (!arg->value || !have) {
		show_address(show, arg->value);
		return;
	}
	if (have > size)
		have = size;
	size_t len = strnlen(bytes, have);
	show_quoted(show->buf, bytes, len, show->options->utf8);
	if (len == have)
		buf_puts(show->buf, "...");
}

void print_ifname(struct show *show, const struct show_arg *arg)
{
	print_fixed(show, arg, IFNAME_SIZE);
}

void print_fs_label(struct show *show, const struct show_arg *arg)
{
	print_fixed(show, arg, FSLABEL_SIZE);
}

/* struct perf_event_query_bpf: include/uapi/linux/perf_event.h */
void print_perf_query_bpf(struct show *show, const struct show_arg *arg)
{
	const void *asked = show_memory(show, arg->value, 4, EVENT_AT_ENTRY);
	const void *memory = NULL;
	size_t have = show_available(show, arg->value, EVENT_AT_EXIT, &memory);
	const char *told = memory;
	if (!arg->value || !asked) {
		show_address(show, arg->value);
		return;
	}
	buf_puts(show->buf, "{ids_len=");
	buf_u64(show->buf, show_number(asked, 4));
	if (show->failed || have < 8) {
		buf_puts(show->buf, ", ...}");
		return;
	}
	uint64_t count = show_number(told + 4, 4);
	buf_puts(show->buf, ", prog_cnt=");
	buf_u64(show->buf, count);
	buf_puts(show->buf, ", ids=[");
	for (uint64_t i = 0;
	     i < count && show_element(show, i, have >= 12 + 4 * i); i++)
		buf_u64(show->buf, show_number(told + 8 + 4 * i, 4));
	buf_puts(show->buf, "]}");
}

#define DEDUPE_HEAD 24 /* struct file_dedupe_range: include/uapi/linux/fs.h */
#define DEDUPE_INFO 32

typedef void info_printer(struct show *show, const char *info);

static void print_info_asked(struct show *show, const char *info)
{
	buf_puts(show->buf, "{dest_fd=");
	show_value(show, ARG_FD, show_number(info, 8));
	buf_puts(show->buf, ", dest_offset=");
	buf_u64(show->buf, show_number(info + 8, 8));
	buf_putc(show->buf, '}');
}

static void print_info_told(struct show *show, const char *info)
{
	buf_puts(show->buf, "{bytes_deduped=");
	buf_u64(show->buf, show_number(info + 16, 8));
	buf_puts(show->buf, ", status=");
	buf_s64(show->buf, (int32_t)show_number(info + 24, 4));
	buf_putc(show->buf, '}');
}

/* A struct file_dedupe_range, as far as it is known. */
struct dedupe {
	const char *bytes;
	size_t have;
	uint64_t count; /* of infos behind the head */
};

static void print_infos(struct show *show, const struct dedupe *dedupe,
			info_printer *print)
{
	buf_puts(show->buf, "info=[");
	for (uint64_t i = 0; i < dedupe->count; i++) {
		size_t at = DEDUPE_HEAD + i * DEDUPE_INFO;
		if (!show_element(show, i, dedupe->have >= at + DEDUPE_INFO))
			break;
		print(show, dedupe->bytes + at);
	}
	buf_puts(show->buf, "]}");
}

static struct dedupe find_dedupe(const struct show *show, uint64_t address,
				 enum event_phase phase)
{
	const void *bytes = NULL;
	struct dedupe found = {0};
	found.have = show_available(show, address, phase, &bytes);
	found.bytes = bytes;
	return found;
}

void print_file_dedupe_range(struct show *show, const struct show_arg *arg)
{
	struct dedupe asked = find_dedupe(show, arg->value, EVENT_AT_ENTRY);
	struct dedupe told = find_dedupe(show, arg->value, EVENT_AT_EXIT);
	if (!arg->value || asked.have < DEDUPE_HEAD) {
		show_address(show, arg->value);
		return;
	}
	asked.count = told.count = show_number(asked.bytes + 16, 2);
	buf_puts(show->buf, "{src_offset=");
	buf_u64(show->buf, show_number(asked.bytes, 8));
	buf_puts(show->buf, ", src_length=");
	buf_u64(show->buf, show_number(asked.bytes + 8, 8));
	buf_puts(show->buf, ", dest_count=");
	buf_u64(show->buf, asked.count);
	buf_puts(show->buf, ", ");
	print_infos(show, &asked, print_info_asked);
	if (show->failed || told.have < DEDUPE_HEAD)
		return;
	buf_puts(show->buf, " => {");
	print_infos(show, &told, print_info_told);
}

/* struct blkpg_ioctl_arg: include/uapi/linux/blkpg.h */
void print_blkpg_ioctl_arg(struct show *show, const struct show_arg *arg)
{
	size_t word = show_word(show);
	const char *bytes = show_whole(show, arg, word == 8 ? 24 : 16);
	size_t size = structs_size(STRUCTS_BLKPG_PARTITION, show->abi);
	if (!bytes)
		return;
	uint64_t address = show_number(bytes + (word == 8 ? 16 : 12), word);
	const void *data = show_memory(show, address, size, EVENT_AT_ENTRY);
	buf_puts(show->buf, "{op=");
	flags_print(show->buf, FLAGS_BLKPG_OP, show_number(bytes, 4),
		    show->abi);
	buf_puts(show->buf, ", flags=");
	buf_s64(show->buf, (int32_t)show_number(bytes + 4, 4));
	buf_puts(show->buf, ", datalen=");
	buf_s64(show->buf, (int32_t)show_number(bytes + 8, 4));
	buf_puts(show->buf, ", data=");
	if (data)
		structs_print(show, STRUCTS_BLKPG_PARTITION, data, size);
	else
		show_address(show, address);
	buf_putc(show->buf, '}');
}

/* struct rand_pool_info: include/uapi/linux/random.h */
void print_rand_pool_info(struct show *show, const struct show_arg *arg)
{
	const void *memory = NULL;
	size_t have = show_available(show, arg->value, EVENT_AT_ENTRY, &memory);
	const char *bytes = memory;
	if (!arg->value || have < 8) {
		show_address(show, arg->value);
		return;
	}
	uint64_t size = show_number(bytes + 4, 4);
	buf_puts(show->buf, "{entropy_count=");
	buf_s64(show->buf, (int32_t)show_number(bytes, 4));
	buf_puts(show->buf, ", buf_size=");
	buf_s64(show->buf, (int32_t)size);
	buf_puts(show->buf, ", buf=");
	show_bytes(show, bytes + 8, have - 8, size);
	buf_putc(show->buf, '}');
}

/* struct kvm_cpuid2, of which only the number of entries is shown */
void print_kvm_cpuid2(struct show *show, const struct show_arg *arg)
{
	bool is_told = (arg->spec->direction & ARGTYPE_OUT) && !show->failed;
	const void *bytes = show_memory(
		show, arg->value, 4, is_told ? EVENT_AT_EXIT : EVENT_AT_ENTRY);
	if (!arg->value || !bytes) {
		show_address(show, arg->value);
		return;
	}
	uint64_t count = show_number(bytes, 4);
	buf_puts(show->buf, "{nent=");
	buf_u64(show->buf, count);
	buf_puts(show->buf, count ? ", entries=[...]}" : ", entries=[]}");
}

static void print_length(struct show *show, int32_t len, size_t each)
{
	buf_s64(show->buf, len);
	if (len > 0 && (size_t)len >= each)
		buf_printf(show->buf, " /* %d * sizeof(struct ifreq) */",
			   (int)((size_t)len / each));
}

static void print_interfaces(struct show *show, uint64_t address, int32_t len,
			     size_t each)
{
	const void *memory = NULL;
	size_t have = show_available(show, address, EVENT_AT_EXIT, &memory);
	const char *bytes = memory;
	uint64_t count = len > 0 ? (size_t)len / each : 0;
	if (!address || (count && have < each)) {
		show_address(show, address);
		return;
	}
	buf_putc(show->buf, '[');
	for (uint64_t i = 0; i < count; i++) {
		if (!show_element(show, i, have >= (i + 1) * each))
			break;
		const char *one = bytes + i * each;
		buf_puts(show->buf, "{ifr_name=");
		show_quoted(show->buf, one, strnlen(one, IFNAME_SIZE),
			    show->options->utf8);
		buf_puts(show->buf, ", ifr_addr=");
		print_sockaddr_of(show, one + IFNAME_SIZE, 16);
		buf_putc(show->buf, '}');
	}
	buf_putc(show->buf, ']');
}

/* struct ifconf: a length, and a pointer to struct ifreq */
void print_ifconf(struct show *show, const struct show_arg *arg)
{
	size_t word = show_word(show);
	size_t each = word == 8 ? 40 : 32;
	const char *asked =
		show_memory(show, arg->value, 2 * word, EVENT_AT_ENTRY);
	const char *told =
		show_memory(show, arg->value, 2 * word, EVENT_AT_EXIT);
	if (!arg->value || !asked) {
		show_address(show, arg->value);
		return;
	}
	int32_t room = (int32_t)show_number(asked, 4);
	uint64_t address = show_number(asked + word, word);
	bool is_told = !show->failed && told;
	int32_t len = is_told ? (int32_t)show_number(told, 4) : room;
	buf_puts(show->buf, "{ifc_len=");
	if (address && len != room) {
		buf_s64(show->buf, room);
		buf_puts(show->buf, " => ");
	}
	print_length(show, len, each);
	buf_puts(show->buf, ", ifc_buf=");
	if (is_told)
		print_interfaces(show, address, len, each);
	else
		show_address(show, address);
	buf_putc(show->buf, '}');
}
