/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Texts that rows refer to by an id: paths of files, and names of what has no
 * place in the file system.  Each is sent once, as an EVENT_FILE.
 *
 * The key under which an id is remembered is a hash over everything that the
 * text depends on: of a path the name and place of every component, and every
 * mount on the way.  So a name that changes anywhere above, a mount that moves,
 * or kernel memory that is used again for another file cannot bring up an old
 * text, and nobody has to tell of a change.
 */
#pragma once

#include "emit.bpf.h"
#include "kernel_fd.h"

#define PATH_STEPS      64   /* components and mounts of a path, at most */
#define PATH_NAME_LIMIT 256  /* NAME_MAX + 1, include/uapi/linux/limits.h */
#define PATH_LIMIT      1536 /* bytes of a path, at most */
#define PATH_HEAD_WORDS 4    /* of a name without a place that the key has */

/* sctop's own root, where paths begin: as /proc shows them to it. */
__u64 path_root_dentry = 0;
__u64 path_root_mount = 0;

struct path_known {
	u64 id;
	u64 since_ns; /* when its EVENT_FILE was put out */
};

#define PATH_NEAR 4

/* A thread's own: what it looked up last, by the lowest bits of the key. */
struct path_memo {
	u64 key[PATH_NEAR];
	u64 id[PATH_NEAR];
	u32 sent[PATH_NEAR]; /* path_sent at that time */
};

/* A memo is good until so many texts were sent: user space forgets what nobody
 * refers to. */
const volatile __u32 knob_path_life = 0;

__u32 path_sent = 0;

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1); /* set from the memory budget before loading */
	__type(key, u64);
	__type(value, struct path_known);
} paths SEC(".maps");

/* An EVENT_FILE under construction. */
struct path_scratch {
	struct event_file ev;
	char text[PATH_LIMIT + PATH_NAME_LIMIT];
	u64 counter; /* of ids */
	u64 head[PATH_HEAD_WORDS];
	u64 key;
	struct path_known known;
	u64 room; /* bytes that the components noted leave */
	u64 steps;
	struct {
		u64 name; /* where it is in the kernel */
		u64 size;
	} step[PATH_STEPS]; /* the last component first */
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct path_scratch);
} path_scratch SEC(".maps");

static __always_inline u64 path_mix(u64 hash, u64 value)
{
	hash = (hash ^ value) * 0x9e3779b97f4a7c15ull;
	return hash ^ hash >> 32;
}

/*
 * The id remembered under KEY, or 0.  One that another CPU put out after
 * BEFORE_NS, the time that the row bears, does not count: the text would come
 * behind the row.  PATH_ASLEEP: nothing is sent.
 */
#define PATH_ASLEEP   0
#define PATH_ANY_TIME 0xffffffffffffffffull

static __always_inline u64 path_recall(u64 key, u64 before_ns)
{
	struct path_known *known = bpf_map_lookup_elem(&paths, &key);
	return known && known->since_ns <= before_ns ? known->id : 0;
}

/* Puts the text out and remembers its id under KEY; 0: no room in the ring. */
static __always_inline u64 path_send(struct path_scratch *scratch, u64 key)
{
	u32 cpu = bpf_get_smp_processor_id();
	struct path_known *known = &scratch->known;
	known->id = (u64)cpu << 48 | ++scratch->counter;
	known->since_ns = bpf_ktime_get_ns();
	u64 size = scratch->ev.size;
	asm volatile("" : "+r"(size));
	if (size > PATH_LIMIT)
		return 0;
	size = sizeof(scratch->ev) + ((size + 7) & ~7ull);
	scratch->ev.h.size = (u32)size;
	scratch->ev.h.kind = EVENT_FILE;
	scratch->ev.h.time_ns = known->since_ns;
	scratch->ev.id = known->id;
	void *ring = bpf_map_lookup_elem(&rings, &cpu);
	if (!ring || bpf_ringbuf_output(ring, scratch, size, BPF_RB_NO_WAKEUP))
		return 0;
	__sync_fetch_and_add(&path_sent, 1);
	scratch->key = key;
	(void)bpf_map_update_elem(&paths, &scratch->key, known,
				  BPF_ANY); /* else it is sent again */
	return known->id;
}

/* Notes a component, unless it leaves no room for the rest. */
static __always_inline void path_step(struct path_scratch *scratch, u64 name,
				      u64 size)
{
	u64 i = scratch->steps & (PATH_STEPS - 1);
	scratch->step[i].name = name;
	scratch->step[i].size = size;
	if (size < scratch->room) {
		scratch->room -= size + 1;
		scratch->steps++;
	} else {
		scratch->room = 0;
	}
}

/*
 * Goes from the place at AT, a struct path in the kernel, up to the root.
 * Returns the hash of what the text depends on; with SCRATCH the components are
 * noted there.
 */
static __always_inline u64 path_climb(u64 at, struct path_scratch *scratch)
{
	struct path *path = KERNEL_CAST(struct path, at);
	struct dentry *dentry = KERNEL_GET(path, dentry);
	struct vfsmount *vfsmount = KERNEL_GET(path, mnt);
	struct mount *mount = KERNEL_CAST(
		struct mount,
		(char *)vfsmount - bpf_core_field_offset(struct mount, mnt));
	struct dentry *top = KERNEL_GET(mount, mnt.mnt_root);
	u64 hash = path_mix(KERNEL_ADDRESS(dentry, path, at),
			    KERNEL_ADDRESS(mount, path, at));
	u32 flags = EVENT_FILE_CUT;
	if (scratch) {
		scratch->steps = 0;
		scratch->room = PATH_LIMIT;
	}
	for (u32 i = 0; i < PATH_STEPS; i++) {
		if ((u64)dentry == path_root_dentry &&
		    (u64)mount == path_root_mount) {
			flags = 0;
			break;
		}
		if (dentry == top) {
			struct mount *under = KERNEL_GET(mount, mnt_parent);
			if (under == mount) {
				flags = EVENT_FILE_ELSEWHERE;
				break;
			}
			hash = path_mix(hash, KERNEL_DISTANCE(under, mount));
			dentry = KERNEL_GET(mount, mnt_mountpoint);
			mount = under;
			top = KERNEL_GET(mount, mnt.mnt_root);
			continue;
		}
		struct dentry *parent = KERNEL_GET(dentry, d_parent);
		if (parent == dentry) {
			flags = EVENT_FILE_ELSEWHERE;
			break;
		}
		u64 hash_len = KERNEL_GET(dentry, d_name.hash_len);
		hash = path_mix(hash, hash_len);
		hash = path_mix(hash, KERNEL_DISTANCE(parent, dentry));
		if (scratch)
			path_step(scratch, (u64)KERNEL_GET(dentry, d_name.name),
				  hash_len >> 32);
		dentry = parent;
	}
	if (scratch)
		scratch->ev.flags =
			flags | (scratch->room ? 0 : EVENT_FILE_CUT);
	return hash;
}

__noinline u64 path_note(struct path_scratch *scratch, u64 at)
{
	return scratch ? path_climb(at, scratch) : 0;
}

/* Appends "/" and the component STEP. */
__noinline int path_append(struct path_scratch *scratch, u32 step)
{
	if (!scratch || step >= PATH_STEPS)
		return 0;
	u64 at = scratch->ev.size;
	u64 size = scratch->step[step].size;
	asm volatile("" : "+r"(at), "+r"(size));
	if (at >= PATH_LIMIT || size >= PATH_NAME_LIMIT)
		return 0;
	scratch->text[at] = '/';
	at++;
	(void)bpf_probe_read_kernel(
		&scratch->text[at], (u32)size,
		(const void *)scratch->step[step].name); /* zeros then */
	scratch->ev.size = (u32)(at + size);
	return 0;
}

/* Makes one text of the components noted. */
static __always_inline void path_join(struct path_scratch *scratch)
{
	scratch->ev.size = 0;
	for (u32 i = 0; i < PATH_STEPS; i++) {
		if (i >= scratch->steps)
			break;
		path_append(scratch, (u32)scratch->steps - 1 - i);
	}
	if (!scratch->ev.size) {
		scratch->text[0] = '/';
		scratch->ev.size = 1;
	}
}

/* Looks the path with KEY up, or sends it. */
static __always_inline u64 path_find(u64 key, u64 at, u64 before_ns)
{
	u64 id = path_recall(key, before_ns);
	if (id)
		return id;
	u32 zero = 0;
	struct path_scratch *scratch =
		bpf_map_lookup_elem(&path_scratch, &zero);
	if (!scratch)
		return 0;
	/* Once more if a name was changing while it was read. */
	u64 noted = path_note(scratch, at);
	if (noted != key)
		noted = path_note(scratch, at);
	path_join(scratch);
	return path_send(scratch, noted);
}

/*
 * The id of the path of the place at AT, a struct path in the kernel; 0: none.
 * MEMO is of the calling thread.  BEFORE_NS as path_recall() has it.
 */
__noinline u64 path_id(struct path_memo *memo, u64 at, u64 before_ns)
{
	if (!memo)
		return 0;
	u64 key = path_climb(at, NULL);
	u64 i = key & (PATH_NEAR - 1);
	asm volatile("" : "+r"(i));
	i &= PATH_NEAR - 1;
	if (memo->key[i] == key && path_sent - memo->sent[i] < knob_path_life)
		return memo->id[i];
	if (before_ns == PATH_ASLEEP)
		return path_recall(key, PATH_ANY_TIME);
	u64 id = path_find(key, at, before_ns);
	memo->key[i] = id ? key : 0;
	memo->id[i] = id;
	memo->sent[i] = path_sent;
	return id;
}

const char path_anon[] = "anon_inode:";

enum path_prefix {
	PATH_PREFIX_NONE,
	PATH_PREFIX_ANON,
	PATH_PREFIX_SLASH,
};

/*
 * The id of a name without a place, at AT in the kernel, behind PREFIX, an enum
 * path_prefix.  SALT tells apart names of which the key has only the beginning.
 */
__noinline u64 path_name_id(u64 at, u32 prefix, u64 salt, u64 before_ns)
{
	u32 zero = 0;
	struct path_scratch *scratch =
		bpf_map_lookup_elem(&path_scratch, &zero);
	if (!scratch || before_ns == PATH_ASLEEP)
		return 0;
	u64 start = 0;
	if (prefix == PATH_PREFIX_ANON) {
		__builtin_memcpy(scratch->text, path_anon, sizeof(path_anon));
		start = sizeof(path_anon) - 1;
	} else if (prefix == PATH_PREFIX_SLASH) {
		scratch->text[0] = '/';
		start = 1;
	}
	asm volatile("" : "+r"(start));
	if (start >= sizeof(path_anon))
		return 0;
	__builtin_memset(scratch->head, 0, sizeof(scratch->head));
	(void)bpf_probe_read_kernel_str(scratch->head, sizeof(scratch->head),
					(const void *)at); /* else empty */
	s64 got = bpf_probe_read_kernel_str(&scratch->text[start],
					    PATH_NAME_LIMIT, (const void *)at);
	u64 key = path_mix(salt + prefix, (u64)got);
	for (u32 i = 0; i < PATH_HEAD_WORDS; i++)
		key = path_mix(key, scratch->head[i]);
	u64 id = path_recall(key, before_ns);
	if (id)
		return id;
	scratch->ev.size = (u32)(start + (got > 0 ? (u64)got - 1 : 0));
	scratch->ev.flags = 0;
	return path_send(scratch, key);
}
