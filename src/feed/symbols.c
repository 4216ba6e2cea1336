/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/symbols.h"

#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uthash.h>
#include <utlist.h>

#include "abi/chunk.h"
#include "abi/stack.h"
#include "base/buf.h"
#include "base/kept.h"
#include "base/xalloc.h"
#include "feed/functions.h"

#define MODULES_LIMIT 256       /* files that are open at a time */
#define TOLD_SHARE    8         /* of name_bytes: places told, one in so many */
#define VDSO_LIMIT    (1 << 16) /* bytes of the vDSO that are looked at */

struct module {
	uint64_t file;               /* id of its path; 0: the vDSO */
	struct functions *functions; /* NULL: it cannot be read, or is no ELF */
	uint32_t tid;                /* the thread by which that was found */
	struct module *prev, *next;  /* by last use, the oldest first */
	UT_hash_handle hh;
	size_t bytes;
};

struct symbols {
	struct symbols_config config;
	struct kept *paths; /* struct event_file by id */
	struct kept *told;  /* uint64_t by stack_site(): count at that time */
	uint64_t count;     /* of places told */
	struct module *by_file;
	struct module *by_use;
	size_t modules, bytes;
	struct sink to;
};

struct symbols *symbols_new(const struct symbols_config *config)
{
	struct symbols *symbols = xcalloc(1, sizeof(*symbols));
	symbols->config = *config;
	symbols->paths = kept_new(config->path_bytes);
	symbols->told = kept_new(config->name_bytes / TOLD_SHARE);
	return symbols;
}

static void drop(struct symbols *symbols, struct module *module)
{
	HASH_DEL(symbols->by_file, module);
	DL_DELETE(symbols->by_use, module);
	symbols->modules--;
	symbols->bytes -= module->bytes;
	functions_free(module->functions);
	free(module);
}

void symbols_free(struct symbols *symbols)
{
	if (!symbols)
		return;
	while (symbols->by_use)
		drop(symbols, symbols->by_use);
	kept_free(symbols->paths);
	kept_free(symbols->told);
	free(symbols);
}

static bool is_regular(int fd)
{
	struct stat st;
	return fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
}

/* Opens the file that EV names, as thread TID sees it where that is not below
 * our root; -1: it cannot be had. */
static int open_file(const struct event_file *ev, uint32_t tid)
{
	char path[PATH_MAX];
	struct buf buf;
	buf_init(&buf, path, sizeof(path));
	if (ev->flags & EVENT_FILE_ELSEWHERE)
		buf_printf(&buf, "/proc/%u/root", tid);
	buf_write(&buf, ev + 1, ev->size);
	if (buf.cut || ev->flags & EVENT_FILE_CUT)
		return -1;
	/* Whatever may lie there by now must not hold us up. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd >= 0 && !is_regular(fd)) {
		(void)close(fd); /* nothing was read */
		return -1;
	}
	return fd;
}

/* All processes of an ABI have the same vDSO: ours is copied to a file. */
static int open_vdso(void)
{
	const char *image = (const char *)(uintptr_t)getauxval(AT_SYSINFO_EHDR);
	long page = sysconf(_SC_PAGESIZE);
	if (!image || page <= 0)
		return -1;
	int fd = memfd_create("sctop vdso", MFD_CLOEXEC);
	for (long at = 0; fd >= 0 && at < VDSO_LIMIT; at += page)
		if (write(fd, image + at, (size_t)page) != page)
			break; /* a page that is not mapped: the end */
	return fd;
}

static struct functions *open_functions(struct symbols *symbols,
					const struct event_frame *frame,
					uint32_t tid)
{
	const struct event_file *ev = kept_find(symbols->paths, frame->file);
	int fd = -1;
	if (frame->kind == EVENT_FRAME_VDSO)
		fd = open_vdso();
	else if (ev && !(frame->flags & EVENT_FRAME_DELETED))
		fd = open_file(ev, tid);
	return fd < 0 ? NULL : functions_new(fd);
}

/* Makes room for MORE bytes. */
static void shed(struct symbols *symbols, size_t more)
{
	while (symbols->by_use &&
	       (symbols->modules == MODULES_LIMIT ||
		symbols->bytes + more > symbols->config.name_bytes))
		drop(symbols, symbols->by_use);
}

/* Whether what cannot be read may be had by another thread: that by which it
 * was looked for may have been gone. */
static bool is_worth_a_try(const struct module *module, uint32_t tid)
{
	return !module->functions && module->file && module->tid != tid;
}

static struct module *find_module(struct symbols *symbols,
				  const struct event_frame *frame, uint32_t tid)
{
	struct module *module = NULL;
	uint64_t file = frame->file;
	HASH_FIND(hh, symbols->by_file, &file, sizeof(file), module);
	if (module && is_worth_a_try(module, tid)) {
		drop(symbols, module);
		module = NULL;
	}
	if (module) {
		DL_DELETE(symbols->by_use, module);
		DL_APPEND(symbols->by_use, module);
		return module;
	}
	module = xcalloc(1, sizeof(*module));
	module->file = file;
	module->tid = tid;
	module->functions = open_functions(symbols, frame, tid);
	module->bytes = sizeof(*module);
	if (module->functions &&
	    functions_bytes(module->functions) > symbols->config.name_bytes) {
		functions_free(module->functions); /* it has no names here */
		module->functions = NULL;
	}
	if (module->functions)
		module->bytes += functions_bytes(module->functions);
	shed(symbols, module->bytes);
	HASH_ADD(hh, symbols->by_file, file, sizeof(file), module);
	DL_APPEND(symbols->by_use, module);
	symbols->modules++;
	symbols->bytes += module->bytes;
	return module;
}

/* Whether it was told of late. */
static bool was_told(const struct symbols *symbols, uint64_t site)
{
	const uint64_t *at = kept_find(symbols->told, site);
	return at && symbols->count - *at < symbols->config.life;
}

static void note_told(struct symbols *symbols, uint64_t site)
{
	symbols->count++;
	kept_put(symbols->told, site, &symbols->count, sizeof(symbols->count));
}

static void tell_frame(struct symbols *symbols, const struct event_call *call,
		       const struct event_frame *frame, bool is_first)
{
	struct {
		struct event_symbol ev;
		char text[EVENT_SYMBOL_LIMIT];
	} symbol = {.ev = {.h = {.kind = EVENT_SYMBOL}}};
	struct functions_name name = {0};
	bool has_code = frame->kind == EVENT_FRAME_VDSO ||
			(frame->kind == EVENT_FRAME_FILE && frame->file);
	uint64_t site = stack_site(frame->file, frame->offset);
	if (!has_code || was_told(symbols, site))
		return;
	const struct module *module = find_module(symbols, frame, call->h.tid);
	/* What was told of a file that could not be read does not count. */
	if (!module->functions)
		site = ~site;
	if (was_told(symbols, site))
		return;
	note_told(symbols, site);
	symbol.ev.h.time_ns = call->h.time_ns;
	symbol.ev.file = frame->file;
	symbol.ev.offset = frame->offset;
	symbol.ev.slot = EVENT_SLOT_UNKNOWN;
	if (module->functions && is_first)
		symbol.ev.slot =
			functions_slot(module->functions, frame->offset);
	if (module->functions &&
	    functions_find(module->functions, frame->offset, &name)) {
		symbol.ev.begin = name.begin;
		symbol.ev.size = (uint32_t)name.size;
		memcpy(symbol.text, name.text, name.size);
	}
	symbol.ev.h.size =
		(uint32_t)(sizeof(symbol.ev) + chunk_padded(symbol.ev.size));
	sink_put(&symbols->to, &symbol.ev.h);
}

static void tell_stack(struct symbols *symbols, const struct event_call *call)
{
	const struct event_chunk *chunk = stack_chunk(call);
	if (!chunk)
		return;
	const struct event_frame *frame = (const void *)(chunk + 1);
	for (size_t i = 0; i < chunk->size / sizeof(*frame); i++)
		tell_frame(symbols, call, &frame[i], i == 0);
}

static void put(void *self, const struct event *ev)
{
	struct symbols *symbols = self;
	if (ev->kind == EVENT_FILE)
		kept_put(symbols->paths, ((const struct event_file *)ev)->id,
			 ev, ev->size);
	if (ev->kind == EVENT_CALL)
		tell_stack(symbols, (const struct event_call *)ev);
	sink_put(&symbols->to, ev);
}

struct sink symbols_sink(struct symbols *symbols, const struct sink *to)
{
	symbols->to = *to;
	return (struct sink){.put = put, .self = symbols};
}
