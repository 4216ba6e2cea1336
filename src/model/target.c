/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/target.h"

#include <stdlib.h>
#include <string.h>

#include "abi/chunk.h"
#include "abi/print_fd.h"
#include "abi/syscall.h"
#include "base/buf.h"
#include "base/xalloc.h"
#include "base/kept.h"

#define NO_ARG EVENT_ARGS

enum flow { /* of the bytes that a call returns the number of */
	FLOW_NONE,
	FLOW_IN,
	FLOW_OUT,
	FLOW_THROUGH, /* from one descriptor to another */
};

struct target_plan {
	bool made;
	bool makes_fd; /* the result is a descriptor */
	uint8_t flow;
	uint8_t path_count, fd_count;
	uint8_t path[TARGET_LIMIT];
	uint8_t dirfd[TARGET_LIMIT]; /* where that path begins, or NO_ARG */
	uint8_t fd[TARGET_LIMIT];    /* of FLOW_THROUGH: the source first */
};

/* What the row has of each argument. */
struct found {
	const struct event_chunk *text[EVENT_ARGS];
	const struct event_chunk *fd[EVENT_ARGS];
	const struct event_file *file[EVENT_ARGS]; /* of that descriptor */
	const struct event_chunk *result;
	const struct event_file *result_file;
};

void target_init(struct target_plans *plans, struct catalogue *cat)
{
	*plans = (struct target_plans){.cat = cat};
}

void target_done(struct target_plans *plans)
{
	free(plans->at);
	*plans = (struct target_plans){0};
}

/* Whether the first path is but the text that the new file holds. */
static bool links_to_text(const struct syscall *sc)
{
	return strncmp(sc->name, "symlink", sizeof("symlink") - 1) == 0;
}

static void plan_argument(struct target_plan *plan,
			  const struct argtype_spec *spec, uint8_t arg,
			  uint8_t *dirfd)
{
	if (spec->direction != ARGTYPE_VALUE)
		return;
	if (spec->kind == ARG_DIRFD || spec->kind == ARG_FAN_DIRFD) {
		*dirfd = arg;
	} else if (spec->kind == ARG_PATH && plan->path_count < TARGET_LIMIT) {
		plan->path[plan->path_count] = arg;
		plan->dirfd[plan->path_count++] = *dirfd;
	} else if (spec->kind == ARG_FD && plan->fd_count < TARGET_LIMIT) {
		plan->fd[plan->fd_count++] = arg;
	}
}

static void plan_flow(struct target_plan *plan, const struct syscall *sc,
		      const struct syscall_arg *args)
{
	if (sc->result != RES_BYTES)
		return;
	plan->flow = sc->marks & SYSCALL_WRITES ? FLOW_OUT : FLOW_IN;
	if (plan->fd_count < 2)
		return;
	plan->flow = FLOW_THROUGH;
	/* the kernel calls the source fd_in, in_fd or fdin */
	if (!strstr(args[plan->fd[0]].name, "in")) {
		uint8_t first = plan->fd[0];
		plan->fd[0] = plan->fd[1];
		plan->fd[1] = first;
	}
}

static void make_plan(struct target_plan *plan, const struct syscall *sc,
		      bool compat)
{
	const struct syscall_arg *args = compat ? sc->compat_args : sc->args;
	unsigned nargs = compat ? sc->compat_nargs : sc->nargs;
	uint8_t dirfd = NO_ARG;
	*plan = (struct target_plan){.made = true,
				     .makes_fd = sc->result == RES_FD};
	for (uint8_t i = 0; i < nargs && i < EVENT_ARGS; i++)
		plan_argument(plan, &args[i].spec, i, &dirfd);
	if (plan->path_count == 2 && links_to_text(sc)) {
		plan->path[0] = plan->path[1];
		plan->dirfd[0] = plan->dirfd[1];
		plan->path_count = 1;
	}
	plan_flow(plan, sc, args);
	if (plan->flow != FLOW_THROUGH && plan->fd_count > 1)
		plan->fd_count = 1;
}

/* The call that is meant, as socketcall(2) stands for others: some of them are
 * no calls of their own, but do what another does. */
static uint32_t meant_index(const struct target_plans *plans, uint32_t index,
			    const struct event_call *ev)
{
	static const char *const same[][2] = {{"send", "sendto"},
					      {"recv", "recvfrom"}};
	struct syscall_signature signature;
	const __u64 chooser[SYSCALL_ARGS] = {
		(ev->h.flags >> EVENT_CALL_MEANT_SHIFT) & 0xff};
	if (!(ev->h.flags & EVENT_CALL_MEANT))
		return index;
	syscall_signature(&signature, catalogue_get(plans->cat, index),
			  ev->h.compat, true, chooser);
	const char *name = signature.name;
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		if (strcmp(name, same[i][0]) == 0)
			name = same[i][1];
	uint32_t meant = catalogue_by_name(plans->cat, name);
	return meant == SYSCALL_NONE ? index : meant;
}

static const struct target_plan *plan_of(struct target_plans *plans,
					 const struct event_call *ev)
{
	uint32_t index = catalogue_by_nr(plans->cat, ev->nr, ev->h.compat != 0);
	index = meant_index(plans, index, ev);
	if (index >= plans->count) {
		uint32_t count = (index + 64) / 64 * 64;
		plans->at = xrealloc(plans->at,
				     (size_t)count * 2 * sizeof(*plans->at));
		memset(plans->at + (size_t)plans->count * 2, 0,
		       (size_t)(count - plans->count) * 2 * sizeof(*plans->at));
		plans->count = count;
	}
	bool compat = ev->h.compat != 0;
	struct target_plan *plan = &plans->at[(size_t)index * 2 + compat];
	if (!plan->made)
		make_plan(plan, catalogue_get(plans->cat, index), compat);
	return plan;
}

static const struct event_fd *fd_of(const struct event_chunk *chunk)
{
	return (const void *)(chunk + 1);
}

static bool is_whole(const struct event_chunk *chunk)
{
	const struct event_fd *fd = fd_of(chunk);
	return chunk->size >= sizeof(*fd) &&
	       chunk->size - sizeof(*fd) >= fd->size;
}

/* Asking for a file is what keeps it, so each descriptor's is asked for. */
static void find_descriptor(struct found *found, struct kept *files,
			    const struct event_call *ev,
			    const struct event_chunk *chunk)
{
	uint64_t id = fd_of(chunk)->id;
	const struct event_file *file = id ? kept_find(files, id) : NULL;
	unsigned arg = chunk->arg;
	if (chunk->phase == EVENT_AT_ENTRY && !found->fd[arg] &&
	    (int)chunk->address == (int)ev->args[arg]) {
		found->fd[arg] = chunk;
		found->file[arg] = file;
	} else if (chunk->phase == EVENT_AT_EXIT && !found->result &&
		   (int64_t)chunk->address == ev->ret) {
		found->result = chunk;
		found->result_file = file;
	}
}

static void find_chunks(struct found *found, struct kept *files,
			const struct event_call *ev)
{
	const struct event_chunk *chunk;
	size_t at = 0;
	*found = (struct found){0};
	while ((chunk = chunk_next(ev, &at))) {
		unsigned arg = chunk->arg;
		if (arg >= EVENT_ARGS)
			continue;
		if (chunk->what == EVENT_CHUNK_STRING &&
		    chunk->status != EVENT_CHUNK_UNREADABLE &&
		    chunk->address == ev->args[arg] && !found->text[arg])
			found->text[arg] = chunk;
		if (chunk->what == EVENT_CHUNK_FD && is_whole(chunk))
			find_descriptor(found, files, ev, chunk);
	}
}

/* The target of that key, perhaps the first one again; NULL: it has no name. */
static struct target *add_text(struct targets *ret, const char *text,
			       size_t len)
{
	struct target *first = &ret->at[0];
	len = strnlen(text, len);
	if (len == 0)
		return NULL;
	if (ret->count == 1 && first->key_size == len &&
	    memcmp(first->key, text, len) == 0)
		return first;
	ret->at[ret->count] = (struct target){.key = text, .key_size = len};
	return &ret->at[ret->count++];
}

static struct target *add_socket(struct targets *ret, const struct event_fd *fd)
{
	char *key = ret->text[ret->count];
	key[0] = '\0';
	key[1] = (char)fd->kind;
	memcpy(key + 2, &fd->inode, sizeof(fd->inode));
	ret->at[ret->count] = (struct target){
		.key = key,
		.key_size = 2 + sizeof(fd->inode),
		.socket = fd,
	};
	return &ret->at[ret->count++];
}

static struct target *add_fd(struct targets *ret,
			     const struct event_chunk *chunk,
			     const struct event_file *file)
{
	const struct event_fd *fd = fd_of(chunk);
	bool has_text =
		fd->kind == EVENT_FILE_PATH || fd->kind == EVENT_FILE_NAMESPACE;
	if (has_text && !file) {
		ret->unknown = true;
		return NULL;
	}
	if (fd->kind == EVENT_FILE_SOCKET)
		return add_socket(ret, fd);
	if (fd->kind == EVENT_FILE_PATH && !(file->flags & EVENT_FILE_CUT))
		return add_text(ret, (const char *)(file + 1), file->size);
	struct buf buf;
	buf_init(&buf, ret->text[ret->count], TARGET_TEXT);
	print_fd_text(&buf, fd, file);
	return add_text(ret, buf.data, buf.len);
}

/* Adds PATH to TEXT of *LEN bytes, without empty and "." components.  ".." may
 * lead elsewhere than it looks, behind a symbolic link, and stays. */
static void append_path(char *text, size_t *len, const char *path, size_t size)
{
	size_t to = *len;
	for (size_t at = 0; at < size;) {
		const char *slash = memchr(path + at, '/', size - at);
		size_t end = slash ? (size_t)(slash - path) : size;
		size_t part = end - at;
		bool skipped = part == 0 || (part == 1 && path[at] == '.');
		if (!skipped && to + part + 1 < TARGET_TEXT) {
			if (to > 0 && text[to - 1] != '/')
				text[to++] = '/';
			memcpy(text + to, path + at, part);
			to += part;
		}
		at = end + 1;
	}
	*len = to;
}

/* Where a relative path begins. */
static void append_directory(char *text, size_t *len,
			     const struct event_chunk *chunk,
			     const struct event_file *file)
{
	if (!chunk || !file || fd_of(chunk)->kind != EVENT_FILE_PATH ||
	    file->size >= TARGET_TEXT / 2)
		return;
	if (file->flags & EVENT_FILE_CUT) {
		memcpy(text, "...", 3);
		*len = 3;
	}
	const char *path = (const char *)(file + 1);
	size_t size = strnlen(path, file->size);
	memcpy(text + *len, path, size);
	*len += size;
}

static void add_path(struct targets *ret, const struct found *found,
		     unsigned path, unsigned dirfd)
{
	const struct event_chunk *chunk = found->text[path];
	const struct event_chunk *dir =
		dirfd < EVENT_ARGS ? found->fd[dirfd] : NULL;
	if (!chunk || chunk->size == 0) { /* the descriptor itself is meant */
		if (dir)
			(void)add_fd(ret, dir,
				     found->file[dirfd]); /* or none */
		return;
	}
	const char *given = (const char *)(chunk + 1);
	char *text = ret->text[ret->count];
	size_t len = 0;
	if (given[0] == '/')
		text[len++] = '/';
	else if (dir)
		append_directory(text, &len, dir, found->file[dirfd]);
	append_path(text, &len, given, chunk->size);
	if (len == 0)
		text[len++] = '.';
	if (chunk->status == EVENT_CHUNK_CUT && len + 3 < TARGET_TEXT) {
		memcpy(text + len, "...", 3);
		len += 3;
	}
	(void)add_text(ret, text, len); /* has a name */
}

/* Descriptor I of the plan, and the bytes that went in or out there. */
static void add_descriptor(struct targets *ret, const struct target_plan *plan,
			   const struct found *found, unsigned i,
			   const struct event_call *ev)
{
	unsigned arg = plan->fd[i];
	struct target *target =
		found->fd[arg] ? add_fd(ret, found->fd[arg], found->file[arg])
			       : NULL;
	bool moved = ev->ret > 0 && !(ev->h.flags & EVENT_CALL_NO_RESULT);
	if (!target || !moved || plan->flow == FLOW_NONE)
		return;
	if (plan->flow == FLOW_IN || (plan->flow == FLOW_THROUGH && i == 0))
		target->bytes_in = (uint64_t)ev->ret;
	else
		target->bytes_out = (uint64_t)ev->ret;
}

void target_of_call(struct target_plans *plans, struct kept *files,
		    const struct event_call *ev, struct targets *ret)
{
	const struct target_plan *plan = plan_of(plans, ev);
	struct found found;
	find_chunks(&found, files, ev);
	ret->count = 0;
	ret->unknown = false;
	unsigned path = 0;
	if (plan->makes_fd && found.result &&
	    (plan->path_count > 0 || plan->fd_count == 0)) {
		(void)add_fd(ret, found.result,
			     found.result_file); /* or none */
		path = 1;
	}
	for (; path < plan->path_count; path++)
		add_path(ret, &found, plan->path[path], plan->dirfd[path]);
	for (unsigned i = 0; i < plan->fd_count && !plan->path_count; i++)
		add_descriptor(ret, plan, &found, i, ev);
	for (unsigned i = 0; i < ret->count; i++)
		ret->at[i].host = EVENT_HOST(&ev->h);
}
