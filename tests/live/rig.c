/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "tests/live/rig.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "abi/syscall.h"
#include "base/buf.h"
#include "base/err.h"
#include "bpf/control.h"
#include "bpf/trace.skel.h"
#include "feed/knobs.h"
#include "feed/live.h"
#include "feed/load.h"
#include "feed/rings.h"
#include "feed/walk.h"

#define RING_BYTES 65536
#define TEXT_SHOWN 32

static _Noreturn void fail(const char *what, const char *why)
{
	fprintf(stderr, "rig: %s: %s\n", what, why);
	exit(1);
}

static void make_rings(struct rig *rig, int cpus)
{
	rig->rings = rings_new();
	for (int cpu = 0; cpu < cpus; cpu++) {
		int fd = bpf_map_create(BPF_MAP_TYPE_RINGBUF, "rig", 0, 0,
					RING_BYTES, NULL);
		if (fd < 0 ||
		    bpf_map_update_elem(bpf_map__fd(rig->skel->maps.rings),
					&cpu, &fd, BPF_ANY) ||
		    rings_add(rig->rings, fd, RING_BYTES))
			fail("cannot make a ring buffer", strerror(errno));
	}
}

/* Only our own calls and those of our children are of interest. */
static void mark_self(struct rig *rig)
{
	struct err err = {0};
	const struct control_target_key key = {.kind = CONTROL_TARGET_PID,
					       .nr = (uint32_t)getpid()};
	const uint32_t one = 1;
	struct bpf_link *link =
		bpf_program__attach_iter(rig->skel->progs.take_stock, NULL);
	if (!link ||
	    bpf_map_update_elem(bpf_map__fd(rig->skel->maps.targets), &key,
				&one, BPF_ANY) ||
	    walk_tasks(link, NULL, &err))
		fail("cannot mark the process", strerror(errno));
	(void)bpf_link__destroy(link); /* gone either way */
}

static void load(struct rig *rig)
{
	struct err err = {0};
	struct catalogue *cat;
	const struct catalogue_config none = {.events_fd = -1,
					      .native = abi_native()};
	if (catalogue_new(&cat, &none, &err))
		fail("catalogue", err.text);
	const struct live_config config = {
		.catalogue = cat,
		.filter = {.uid = -1,
			   .pids = &rig->pid,
			   .pid_count = 1,
			   .follow = true},
		.count_bytes = 1 << 20,
	};
	int cpus = libbpf_num_possible_cpus();
	if (load_open(&rig->skel, &err) ||
	    knobs_set(rig->skel, &config, cpus, &err) ||
	    load_load(rig->skel, &err) ||
	    walk_tasks_once(rig->skel->progs.find_level, &err))
		fail("load", err.text);
	make_rings(rig, cpus);
	if (load_attach(rig->skel, &err))
		fail("attach", err.text);
	mark_self(rig);
	catalogue_free(cat);
}

void rig_open(struct rig *rig)
{
	*rig = (struct rig){.pid = getpid()};
	char name[] = "/tmp/sctop-rig-XXXXXX";
	rig->fd = mkstemp(name);
	if (rig->fd < 0 || unlink(name) || ftruncate(rig->fd, RIG_FRESH))
		fail(name, strerror(errno));
	/* The programs start at the bottom of memory, so this is free. */
	char *wanted = (char *)0x70000000;
	rig->area =
		mmap(wanted, 2 * RIG_AREA, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	if (rig->area != wanted ||
	    mprotect(rig->area + RIG_AREA, RIG_AREA, PROT_NONE) ||
	    mmap(rig->area + 2L * RIG_AREA, RIG_FRESH, PROT_READ | PROT_WRITE,
		 MAP_SHARED | MAP_FIXED_NOREPLACE, rig->fd, 0) == MAP_FAILED)
		fail("mmap", strerror(errno));
	memset(rig->area, 0, RIG_AREA);
	load(rig);
}

void rig_close(struct rig *rig)
{
	free(rig->row);
	rings_free(rig->rings);
	trace__destroy(rig->skel);
}

void rig_put_fresh(struct rig *rig, const char *text)
{
	if (pwrite(rig->fd, text, strlen(text) + 1, 0) < 0 ||
	    madvise(rig->area + 2L * RIG_AREA, RIG_FRESH, MADV_DONTNEED))
		fail("cannot make memory fresh", strerror(errno));
}

bool rig_choose(struct rig *rig, bool compat)
{
	rig->compat = compat;
	rig->nr = compat ? 19 : SYS_lseek;
#ifdef __x86_64__
	return true;
#else
	return !compat;
#endif
}

struct control_list rig_list(const struct control_op *ops)
{
	struct control_list list = {0};
	for (; list.count < CONTROL_OPS && ops[list.count].when; list.count++) {
		list.ops[list.count] = ops[list.count];
		list.when |= ops[list.count].when;
	}
	return list;
}

void rig_trace(struct rig *rig, const struct control_op *ops)
{
	rig->skel->data_descs->descs[control_place(rig->nr, rig->compat)] =
		(struct control_desc){
			.state = CONTROL_TRACED,
			.touched = 1,
			.list = rig_list(ops),
		};
}

uint64_t rig_place(const struct rig *rig, long at)
{
	if (at == RIG_NULL || at == RIG_BAD)
		return at == RIG_BAD ? RIG_BAD : 0;
	return (uint64_t)rig->area + (uint64_t)at;
}

static void call32(const struct rig *rig, const uint64_t args[5])
{
#ifdef __x86_64__
	uint64_t result;
	asm volatile("int $0x80"
		     : "=a"(result)
		     : "0"((uint64_t)rig->nr), "b"(args[0]), "c"(args[1]),
		       "d"(args[2]), "S"(args[3]), "D"(args[4])
		     : "memory", "r8", "r9", "r10", "r11");
#else
	(void)rig;
	(void)args;
#endif
}

void rig_seek(struct rig *rig, long result, long at_3, long at_4)
{
	const uint64_t args[5] = {
		(uint64_t)rig->fd,          result < 0 ? 0 : (uint64_t)result,
		result < 0 ? 99 : SEEK_SET, rig_place(rig, at_3),
		rig_place(rig, at_4),
	};
	if (rig->compat)
		call32(rig, args);
	else
		(void)syscall(SYS_lseek, args[0], args[1], args[2], args[3],
			      args[4]); /* its row is what counts */
	rig_await(rig);
}

static void keep(void *self, const struct event *ev)
{
	struct rig *rig = self;
	const struct event_call *call = (const void *)ev;
	if (ev->kind != EVENT_CALL || call->nr != rig->nr ||
	    ev->compat != rig->compat || (pid_t)ev->pid != rig->pid)
		return;
	free(rig->row);
	rig->row = malloc(ev->size);
	if (rig->row)
		memcpy(rig->row, ev, ev->size);
}

void rig_await(struct rig *rig)
{
	const struct sink sink = {.put = keep, .self = rig};
	free(rig->row);
	rig->row = NULL;
	(void)rings_drain(rig->rings, UINT64_MAX, 0, &sink);
	if (!rig->row)
		fail("no row", "the call was not traced");
}

static bool is_printable(const unsigned char *data, uint32_t size)
{
	for (uint32_t i = 0; i < size; i++) {
		if (data[i] < ' ' || data[i] > '~')
			return false;
	}
	return size <= TEXT_SHOWN;
}

static void print_data(struct buf *buf, const struct rig *rig,
		       const struct event_chunk *chunk,
		       const unsigned char *data)
{
	static const char *const kinds[] = {"bytes", "text", "count", "fd",
					    "netlink"};
	static const char *const statuses[] = {"", " cut", " unreadable"};
	const char *kind = kinds[chunk->what % EVENT_CHUNK_WHATS];
	const char *status = statuses[chunk->status % EVENT_CHUNK_STATUSES];
	uint32_t width = rig->compat ? 4 : 8;
	uint64_t count;
	if (chunk->what == EVENT_CHUNK_COUNT) {
		memcpy(&count, data, sizeof(count));
		buf_printf(buf, " count%s %llu", status,
			   (unsigned long long)count);
	} else if (is_printable(data, chunk->size)) {
		buf_printf(buf, " %s[%u]%s '%.*s'", kind, chunk->size, status,
			   (int)chunk->size, (const char *)data);
	} else {
		bool whole = chunk->what == EVENT_CHUNK_BYTES &&
			     chunk->size % width == 0;
		bool same = memcmp(data, (const void *)chunk->address,
				   chunk->size) == 0;
		buf_printf(buf, " %s[%u]%s %s", whole ? "longs" : kind,
			   whole ? chunk->size / width : chunk->size, status,
			   same ? "same" : "other");
	}
}

static void print_row(struct buf *buf, const struct rig *rig)
{
	const unsigned char *payload = (const unsigned char *)(rig->row + 1);
	uint32_t at = 0;
	while (at + sizeof(struct event_chunk) <= rig->row->payload) {
		struct event_chunk chunk;
		memcpy(&chunk, payload + at, sizeof(chunk));
		at += (uint32_t)sizeof(chunk);
		uint64_t offset = chunk.address - (uint64_t)rig->area;
		buf_printf(buf, "%u %s", chunk.arg,
			   chunk.phase == EVENT_AT_ENTRY ? "entry" : "exit");
		if (offset < 2 * RIG_AREA + RIG_FRESH)
			buf_printf(buf, " +%llu", (unsigned long long)offset);
		print_data(buf, rig, &chunk, payload + at);
		for (; chunk.size % 8; chunk.size++) {
			if (payload[at + chunk.size])
				buf_printf(buf, " padding");
		}
		at += chunk.size;
		buf_printf(buf, "\n");
	}
	if (rig->row->h.flags & EVENT_CALL_CUT)
		buf_printf(buf, "no room\n");
}

void rig_expect(struct rig *rig, const char *what, const char *expected)
{
	char text[8192];
	struct buf buf;
	buf_init(&buf, text, sizeof(text));
	print_row(&buf, rig);
	bool ok = strcmp(text, expected) == 0;
	printf("%s: %s%s\n", ok ? "ok" : "FAIL", what,
	       rig->compat ? ", 32 bits" : "");
	if (ok)
		return;
	printf("expected:\n%sgot:\n%s", expected, text);
	rig->failures++;
}

void rig_put(struct rig *rig, long offset, int i, uint64_t value)
{
	uint32_t narrow = (uint32_t)value;
	if (rig->compat)
		memcpy(rig->area + offset + i * 4L, &narrow, sizeof(narrow));
	else
		memcpy(rig->area + offset + i * 8L, &value, sizeof(value));
}

void rig_put_vector(struct rig *rig, long offset, int i, long base,
		    uint64_t size)
{
	rig_put(rig, offset, 2 * i, rig_place(rig, base));
	rig_put(rig, offset, 2 * i + 1, size);
}

void rig_try(struct rig *rig, struct control_op op,
	     const struct rig_trial *trial)
{
	rig_trace(rig, RIG_OPS(op));
	rig_seek(rig, trial->result, trial->at_3, trial->at_4);
	rig_expect(rig, trial->what, trial->expected);
}
