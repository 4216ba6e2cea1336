/* SPDX-License-Identifier: GPL-2.0-or-later */
/* BPF and performance counters. */
#include "config.h"

#include "calls.h"

#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <string.h>
#include <sys/ioctl.h>

static uint64_t number(const void *address)
{
	return (uintptr_t)address;
}

static void test_maps(struct calls *c)
{
	union bpf_attr attr;
	unsigned key = 0;
	uint64_t value = 5;
	memset(&attr, 0, sizeof(attr));
	attr.map_type = BPF_MAP_TYPE_ARRAY;
	attr.key_size = 4;
	attr.value_size = 8;
	attr.max_entries = 3;
	CALL(c, bpf, (BPF_MAP_CREATE, &attr, 20),
	     "BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_ARRAY, key_size=4, "
	     "value_size=8, max_entries=3, map_flags=0}, 20");
	int fd = (int)c->result;
	attr.map_flags = BPF_F_NO_PREALLOC | 0x80000000;
	strcpy(attr.map_name, "name");
	CALL(c, bpf, (BPF_MAP_CREATE, &attr, 48),
	     "BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_ARRAY, key_size=4, "
	     "value_size=8, max_entries=3, "
	     "map_flags=BPF_F_NO_PREALLOC|0x80000000, inner_map_fd=0, "
	     "map_name=\"name\", map_ifindex=0}, 48");
	memset(&attr, 0, sizeof(attr));
	attr.map_fd = (unsigned)fd;
	attr.key = number(&key);
	attr.value = number(&value);
	CALL(c, bpf, (BPF_MAP_UPDATE_ELEM, &attr, 32),
	     "BPF_MAP_UPDATE_ELEM, {map_fd=%d, key=%p, value=%p, "
	     "flags=BPF_ANY}, 32",
	     fd, (void *)&key, (void *)&value);
	CALL(c, bpf, (BPF_MAP_LOOKUP_ELEM, &attr, 24),
	     "BPF_MAP_LOOKUP_ELEM, {map_fd=%d, key=%p, value=%p}, 24", fd,
	     (void *)&key, (void *)&value);
	CALL(c, bpf, (BPF_MAP_DELETE_ELEM, &attr, 16),
	     "BPF_MAP_DELETE_ELEM, {map_fd=%d, key=%p}, 16", fd, (void *)&key);
	CALL(c, bpf, (BPF_MAP_GET_NEXT_KEY, &attr, 24),
	     "BPF_MAP_GET_NEXT_KEY, {map_fd=%d, key=%p, next_key=%p}, 24", fd,
	     (void *)&key, (void *)&value);
}

static void test_programs(struct calls *c)
{
	union bpf_attr attr;
	const struct bpf_insn code[] = {{.code = BPF_ALU64 | BPF_MOV | BPF_K},
					{.code = BPF_JMP | BPF_EXIT}};
	memset(&attr, 0, sizeof(attr));
	attr.prog_type = BPF_PROG_TYPE_SOCKET_FILTER;
	attr.insn_cnt = 2;
	attr.insns = number(code);
	attr.license = number("GPL");
	CALL(c, bpf, (BPF_PROG_LOAD, &attr, 48),
	     "BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_SOCKET_FILTER, "
	     "insn_cnt=2, insns=%p, license=\"GPL\", log_level=0, log_size=0, "
	     "log_buf=NULL, kern_version=KERNEL_VERSION(0, 0, 0), "
	     "prog_flags=0}, 48",
	     (const void *)code);
	memset(&attr, 0, sizeof(attr));
	attr.pathname = number("/none/pin");
	attr.bpf_fd = 0xffffffff;
	CALL(c, bpf, (BPF_OBJ_PIN, &attr, 16),
	     "BPF_OBJ_PIN, {pathname=\"/none/pin\", bpf_fd=-1, file_flags=0}, "
	     "16");
	attr.bpf_fd = 0;
	CALL(c, bpf, (BPF_OBJ_GET, &attr, 12),
	     "BPF_OBJ_GET, {pathname=\"/none/pin\", bpf_fd=0}, 12");
	memset(&attr, 0, sizeof(attr));
	CALL(c, bpf, (BPF_PROG_GET_NEXT_ID, &attr, 8),
	     "BPF_PROG_GET_NEXT_ID, {start_id=0, next_id=0 => %u}, 8",
	     attr.next_id);
	attr.prog_id = 999999999;
	CALL(c, bpf, (BPF_PROG_GET_FD_BY_ID, &attr, 4),
	     "BPF_PROG_GET_FD_BY_ID, {prog_id=999999999, next_id=0}, 4");
	CALL(c, bpf, (0x4d, &attr, 5), "0x4d /* BPF_??? */, %p, 5",
	     (void *)&attr);
	CALL(c, bpf, (BPF_MAP_CREATE, NULL, 20), "BPF_MAP_CREATE, NULL, 20");
	CALL(c, bpf, (BPF_MAP_CREATE, c->bad, 20), "BPF_MAP_CREATE, %p, 20",
	     (void *)c->bad);
}

static void test_perf(struct calls *c)
{
	struct perf_event_attr attr = {.type = PERF_TYPE_SOFTWARE,
				       .size = PERF_ATTR_SIZE_VER7,
				       .config = PERF_COUNT_SW_TASK_CLOCK,
				       .disabled = 1};
	CALL(c, perf_event_open, (&attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC),
	     "{type=PERF_TYPE_SOFTWARE, size=PERF_ATTR_SIZE_VER7, "
	     "config=PERF_COUNT_SW_TASK_CLOCK, sample_period=0, sample_type=0, "
	     "read_format=0, disabled=1, precise_ip=0 /* arbitrary skid */, "
	     "...}, 0, -1, -1, PERF_FLAG_FD_CLOEXEC");
	int fd = (int)c->result;
	CALL(c, ioctl, (fd, PERF_EVENT_IOC_ENABLE, 0),
	     "%d, PERF_EVENT_IOC_ENABLE, 0", fd);
	attr = (struct perf_event_attr){.type = PERF_TYPE_TRACEPOINT,
					.size = 64,
					.config = 0x12345,
					.sample_freq = 99,
					.freq = 1,
					.inherit = 1,
					.sample_type = PERF_SAMPLE_IP |
						       PERF_SAMPLE_TID,
					.read_format = PERF_FORMAT_ID | 0x1000};
	CALL(c, perf_event_open, (&attr, -1, -1, 77, 0x80),
	     "{type=PERF_TYPE_TRACEPOINT, size=PERF_ATTR_SIZE_VER0, "
	     "config=74565, sample_freq=99, "
	     "sample_type=PERF_SAMPLE_IP|PERF_SAMPLE_TID, "
	     "read_format=PERF_FORMAT_ID|0x1000, inherit=1, freq=1, "
	     "precise_ip=0 /* arbitrary skid */, ...}, -1, -1, 77, "
	     "0x80 /* PERF_FLAG_??? */");
	CALL(c, perf_event_open, (NULL, -1, 5, -1, 0), "NULL, -1, 5, -1, 0");
	CALL(c, perf_event_open, (c->bad, -1, 5, -1, 0), "%p, -1, 5, -1, 0",
	     (void *)c->bad);
}

void calls_watching(struct calls *c)
{
	test_maps(c);
	test_programs(c);
	test_perf(c);
}
