/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * union bpf_attr of bpf(2): the command says which structure it is; the caller
 * says how many bytes of it there are, and the kernel takes the others for 0.
 */
#include "config.h"

#include "abi/print.h"

#include <string.h>

#include "abi/decode.h"
#include "abi/show.h"
#include "abi/structs.h"
#include "base/buf.h"

#define ATTR_LIMIT 152

/* By the command's number: include/uapi/linux/bpf.h. */
static const uint16_t attrs[] = {
	[0] = STRUCTS_BPF_MAP_CREATE,
	[1] = STRUCTS_BPF_MAP_ELEM,
	[2] = STRUCTS_BPF_MAP_ELEM,
	[3] = STRUCTS_BPF_MAP_DELETE,
	[4] = STRUCTS_BPF_MAP_NEXT_KEY,
	[5] = STRUCTS_BPF_PROG_LOAD,
	[6] = STRUCTS_BPF_OBJ,
	[7] = STRUCTS_BPF_OBJ,
	[8] = STRUCTS_BPF_PROG_ATTACH,
	[9] = STRUCTS_BPF_PROG_DETACH,
	[10] = STRUCTS_BPF_PROG_TEST,
	[11] = STRUCTS_BPF_NEXT_ID,
	[12] = STRUCTS_BPF_NEXT_ID,
	[13] = STRUCTS_BPF_PROG_BY_ID,
	[14] = STRUCTS_BPF_MAP_BY_ID,
	[15] = STRUCTS_BPF_INFO,
	[16] = STRUCTS_BPF_PROG_QUERY,
	[17] = STRUCTS_BPF_RAW_TRACEPOINT_OPEN,
	[18] = STRUCTS_BPF_BTF_LOAD,
	[19] = STRUCTS_BPF_BTF_BY_ID,
	[20] = STRUCTS_BPF_TASK_FD_QUERY,
	[21] = STRUCTS_BPF_MAP_ELEM,
	[22] = STRUCTS_BPF_MAP_FREEZE,
	[23] = STRUCTS_BPF_NEXT_ID,
	[24] = STRUCTS_BPF_MAP_BATCH,
	[25] = STRUCTS_BPF_MAP_BATCH,
	[26] = STRUCTS_BPF_MAP_BATCH_UPDATE,
	[27] = STRUCTS_BPF_MAP_BATCH_DELETE,
	[28] = STRUCTS_BPF_LINK_CREATE,
	[29] = STRUCTS_BPF_LINK_UPDATE,
	[30] = STRUCTS_BPF_LINK_BY_ID,
	[31] = STRUCTS_BPF_NEXT_ID,
};

#define COMMANDS (sizeof(attrs) / sizeof(attrs[0]))

void print_bpf_attr(struct show *show, const struct show_arg *arg)
{
	char bytes[ATTR_LIMIT] = {0};
	const void *given = NULL;
	uint32_t command = (uint32_t)show_register(show, 0);
	struct structs_memory memory = {.bytes = bytes};
	size_t have = show_available(show, arg->value, EVENT_AT_ENTRY, &given);
	if (!arg->value || !have || command >= COMMANDS ||
	    !show_count(show, arg, &memory.size)) {
		show_address(show, arg->value);
		return;
	}
	if (have > memory.size)
		have = (size_t)memory.size;
	if (have > sizeof(bytes))
		have = sizeof(bytes);
	memcpy(bytes, given, have);
	memory.have = sizeof(bytes);
	structs_print_sized(show, (enum structs_id)attrs[command], &memory);
}

/* The ID that follows, which the call writes beside the one that was asked. */
void print_next_id(struct show *show, const struct show_arg *arg)
{
	uint64_t address = show_register(show, 1);
	const void *told = show_memory(show, address + 4, 4, EVENT_AT_EXIT);
	buf_u64(show->buf, arg->value);
	if (show->failed || !told || show_number(told, 4) == arg->value)
		return;
	buf_puts(show->buf, " => ");
	buf_u64(show->buf, show_number(told, 4));
}

void print_text_at(struct show *show, const struct show_arg *arg)
{
	const void *bytes = NULL;
	size_t have = show_available(show, arg->value, EVENT_AT_ENTRY, &bytes);
	if (!arg->value || !have) {
		show_address(show, arg->value);
		return;
	}
	size_t len = strnlen(bytes, have);
	show_quoted(show->buf, bytes, len, show->options->utf8);
	if (len == have)
		buf_puts(show->buf, "...");
}

void print_kernel_version(struct show *show, const struct show_arg *arg)
{
	buf_printf(show->buf, "KERNEL_VERSION(%u, %u, %u)",
		   (unsigned)(arg->value >> 16 & 0xffff),
		   (unsigned)(arg->value >> 8 & 0xff),
		   (unsigned)(arg->value & 0xff));
}
