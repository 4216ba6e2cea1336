/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What descriptors refer to, read from the calling thread's own table, or that
 * of the process whose they are, at the time of the call: nothing that happened
 * before needs to have been seen.
 */
#pragma once

#include "row.bpf.h"

/* knob_fds */
#define FD_PATHS 1 /* paths, and inodes of what has none */
#define FD_ALL   2 /* and devices, processes, the state of sockets */

const volatile __u32 knob_fds = 0;

#define FD_UNIX_PATH   108 /* sun_path, include/uapi/linux/un.h */
#define FD_SOCKET_SIZE (sizeof(struct event_socket) + FD_UNIX_PATH + 4)
#define FD_ROOM        (sizeof(struct event_fd) + FD_SOCKET_SIZE)

#define FD_NEVER_NS 0xffffffffffffffffull

#define FD_ARRAY_LIMIT 32 /* descriptors of an array: as many as are shown */
#define FD_SET_LIMIT   64 /* of an fd_set */
#define FD_SET_WORDS   16 /* __FD_SETSIZE, include/uapi/linux/posix_types.h */
#define FD_CONTROLS    4  /* control messages that are looked at */

/* The struct file of descriptor FD in the table at TABLE, or with 0 of the
 * calling process; or 0. */
static __always_inline u64 fd_file(u64 table, int fd)
{
	u32 most = 0;
	u64 array = 0;
	if (table) {
		struct fdtable *fdt = KERNEL_CAST(struct fdtable, table);
		most = KERNEL_GET(fdt, max_fds);
		array = (u64)KERNEL_GET(fdt, fd);
	} else {
		struct task_struct *task = bpf_get_current_task_btf();
		struct fdtable *fdt = task->files->fdt;
		most = fdt->max_fds;
		array = (u64)fdt->fd;
	}
	if (fd < 0 || (u32)fd >= most)
		return 0;
	/* An element of the table, taken for the member of a structure. */
	u64 at = array + (u64)(u32)fd * sizeof(struct file *) -
		 bpf_core_field_offset(struct kiocb, ki_filp);
	struct kiocb *element = KERNEL_CAST(struct kiocb, at);
	struct file *file = KERNEL_GET(element, ki_filp);
	return file ? KERNEL_ADDRESS(file, element, at) : 0;
}

/* The inode of the socket that SK is the inside of; 0: nobody holds it. */
static __always_inline u64 fd_socket_inode(struct sock *sk)
{
	struct socket *socket = KERNEL_GET(sk, sk_socket);
	if (!socket)
		return 0;
	struct socket_alloc *both = KERNEL_CAST(struct socket_alloc, socket);
	return KERNEL_GET(both, vfs_inode.i_ino);
}

static __always_inline void fd_internet(struct event_socket *to,
					struct sock *sk, bool is_v6)
{
	to->local_port = KERNEL_GET(sk, __sk_common.skc_num);
	to->remote_port =
		__builtin_bswap16(KERNEL_GET(sk, __sk_common.skc_dport));
	if (is_v6) { /* zeros if it cannot be read */
		(void)bpf_probe_read_kernel(to->local, sizeof(to->local),
					    &sk->__sk_common.skc_v6_rcv_saddr);
		(void)bpf_probe_read_kernel(to->remote, sizeof(to->remote),
					    &sk->__sk_common.skc_v6_daddr);
	} else {
		*(u32 *)to->local = KERNEL_GET(sk, __sk_common.skc_rcv_saddr);
		*(u32 *)to->remote = KERNEL_GET(sk, __sk_common.skc_daddr);
	}
}

/* The peer, and the name that follows TO: of FD_UNIX_PATH bytes, zeros yet. */
static __always_inline void fd_unix(struct event_socket *to, struct sock *sk,
				    struct file *file, u64 file_at)
{
	struct unix_sock *un = KERNEL_CAST(struct unix_sock, sk);
	struct sock *peer = KERNEL_GET(un, peer);
	struct unix_address *bound = KERNEL_GET(un, addr);
	if (peer)
		to->peer = fd_socket_inode(peer);
	if (!bound)
		return;
	u64 size = (u64)(s64)KERNEL_GET(bound, len) - sizeof(u16);
	if (size == FD_UNIX_PATH + 1) /* a full path and the NUL behind it */
		size = FD_UNIX_PATH;
	u64 at = KERNEL_ADDRESS(bound, file, file_at) +
		 bpf_core_field_offset(struct unix_address, name) +
		 bpf_core_field_offset(struct sockaddr_un, sun_path);
	asm volatile("" : "+r"(size));
	if (size == 0 || size > FD_UNIX_PATH)
		return;
	if (!bpf_probe_read_kernel(to + 1, (u32)size, (const void *)at))
		to->path_size = (u8)size;
}

/* The state of the socket that the file at FILE_AT is, and its name, which go
 * to AT in the payload; returns how many bytes. */
__noinline u64 fd_socket(struct row *row, u64 at, u64 file_at)
{
	if (!row || at > EVENT_PAYLOAD_LIMIT - FD_SOCKET_SIZE)
		return 0;
	struct event_socket *to = (void *)&row->payload[at];
	struct file *file = KERNEL_CAST(struct file, file_at);
	struct socket *socket =
		KERNEL_CAST(struct socket, KERNEL_GET(file, private_data));
	struct sock *sk = KERNEL_GET(socket, sk);
	if (!sk)
		return 0;
	__builtin_memset(to, 0, FD_SOCKET_SIZE);
	to->family = KERNEL_GET(sk, __sk_common.skc_family);
	to->type = (u16)KERNEL_GET(socket, type);
	to->protocol = KERNEL_GET(sk, sk_protocol);
	to->state = KERNEL_GET(sk, __sk_common.skc_state);
	if (to->family == KERNEL_AF_INET || to->family == KERNEL_AF_INET6) {
		fd_internet(to, sk, to->family == KERNEL_AF_INET6);
	} else if (to->family == KERNEL_AF_UNIX) {
		fd_unix(to, sk, file, file_at);
	} else if (to->family == KERNEL_AF_NETLINK) {
		struct netlink_sock *nl = KERNEL_CAST(struct netlink_sock, sk);
		to->peer = KERNEL_GET(nl, portid);
	}
	return sizeof(*to) + ((to->path_size + 7) & ~7ull);
}

/* The number of the process PID_AT in sctop's namespace; 0: none, or gone. */
static __always_inline u32 fd_process(u64 pid_at)
{
	struct pid *pid = (struct pid *)pid_at;
	if (!pid || !BPF_CORE_READ(pid, tasks[0].first) ||
	    BPF_CORE_READ(pid, level) < ns_level)
		return 0;
	struct upid *upid = state_upid(pid, ns_level);
	if (BPF_CORE_READ(upid, ns, ns.inum) != knob_ns_inum)
		return 0;
	return (u32)BPF_CORE_READ(upid, nr);
}

/* Until Linux 6.8 such are anonymous inodes; NAME_AT is their name. */
static __always_inline bool fd_is_pidfd(u64 name_at)
{
	char name[8] = {};
	return !bpf_probe_read_kernel(name, sizeof(name),
				      (const void *)name_at) &&
	       !__builtin_memcmp(name, "[pidfd]", sizeof(name));
}

/* A file that has no place in the file system: its super block says what it
 * is. */
static __always_inline void fd_placeless(struct event_fd *to, u64 file_at,
					 u64 before_ns)
{
	struct file *file = KERNEL_CAST(struct file, file_at);
	struct dentry *dentry = KERNEL_GET(file, f_path.dentry);
	struct inode *inode = KERNEL_GET(file, f_inode);
	struct super_block *sb = KERNEL_GET(inode, i_sb);
	u64 magic = KERNEL_GET(sb, s_magic);
	u64 name = (u64)BPF_CORE_READ(dentry, d_name.name);
	if (magic == KERNEL_MAGIC_SOCK) {
		to->kind = EVENT_FILE_SOCKET;
	} else if (magic == KERNEL_MAGIC_PIPE) {
		to->kind = EVENT_FILE_PIPE;
	} else if (magic == KERNEL_MAGIC_PID) {
		to->kind = EVENT_FILE_PIDFD;
		if (knob_fds == FD_ALL)
			to->rdev = fd_process(
				(u64)BPF_CORE_READ(inode, i_private));
	} else if (magic == KERNEL_MAGIC_NS) {
		to->kind = EVENT_FILE_NAMESPACE;
		struct ns_common *ns = BPF_CORE_READ(inode, i_private);
		name = (u64)BPF_CORE_READ(ns, ops, name);
		to->id = path_name_id(name, PATH_PREFIX_NONE, 0, before_ns);
	} else if (magic == KERNEL_MAGIC_ANON && fd_is_pidfd(name)) {
		to->kind = EVENT_FILE_PIDFD;
		if (knob_fds == FD_ALL)
			to->rdev = fd_process(
				(u64)BPF_CORE_READ(file, private_data));
	} else if (magic == KERNEL_MAGIC_ANON) {
		to->id = path_name_id(name, PATH_PREFIX_ANON, 0, before_ns);
	} else {
		to->flags = EVENT_FD_DELETED;
		to->id = path_name_id(name, PATH_PREFIX_SLASH, name + to->inode,
				      before_ns);
	}
}

/* A file that has a path. */
static __always_inline void fd_placed(struct row *row, struct event_fd *to,
				      u64 file_at, u64 before_ns)
{
	struct file *file = KERNEL_CAST(struct file, file_at);
	struct dentry *dentry = KERNEL_GET(file, f_path.dentry);
	struct inode *inode = KERNEL_GET(file, f_inode);
	u32 type = KERNEL_GET(inode, i_mode) & KERNEL_S_IFMT;
	if (!KERNEL_GET(dentry, d_hash.pprev) &&
	    KERNEL_GET(dentry, d_parent) != dentry) {
		to->flags = EVENT_FD_DELETED;
	} else if (knob_fds == FD_ALL && type == KERNEL_S_IFCHR) {
		to->flags = EVENT_FD_CHAR;
		to->rdev = KERNEL_GET(inode, i_rdev);
	} else if (knob_fds == FD_ALL && type == KERNEL_S_IFBLK) {
		to->flags = EVENT_FD_BLOCK;
		to->rdev = KERNEL_GET(inode, i_rdev);
	}
	to->id = path_id(&row->memo,
			 file_at + bpf_core_field_offset(struct file, f_path),
			 before_ns);
}

/* A chunk for descriptor FD at the cursor, where there is room. */
static __always_inline void fd_open(struct row *row, u64 at, int fd, u32 info)
{
	u64 file_at = fd_file(row->table, fd);
	if (!file_at)
		return;
	u64 before_ns = ROW_PHASE(info) == EVENT_AT_EXIT ? row->call.h.time_ns
							 : FD_NEVER_NS;
	/* What makes texts is each CPU's, and a walk may be preempted. */
	if (row->call.h.kind == EVENT_BLOCKED)
		before_ns = PATH_ASLEEP;
	struct event_fd *to = (void *)&row->payload[at + ROW_HEAD];
	struct file *file = KERNEL_CAST(struct file, file_at);
	struct dentry *dentry = KERNEL_GET(file, f_path.dentry);
	struct vfsmount *mnt = KERNEL_GET(file, f_path.mnt);
	struct inode *inode = KERNEL_GET(file, f_inode);
	u64 size = sizeof(*to);
	__builtin_memset(to, 0, sizeof(*to));
	to->inode = KERNEL_GET(inode, i_ino);
	if (KERNEL_GET(dentry, d_parent) == dentry &&
	    KERNEL_GET(mnt, mnt_root) != dentry)
		fd_placeless(to, file_at, before_ns);
	else
		fd_placed(row, to, file_at, before_ns);
	if (to->kind == EVENT_FILE_SOCKET && knob_fds == FD_ALL) {
		to->size = (u16)fd_socket(row, at + ROW_HEAD + sizeof(*to),
					  file_at);
		size += to->size;
	}
	asm volatile("" : "+r"(size));
	if (size <= FD_ROOM)
		row_close(row, at, (u64)(s64)fd, size, info);
}

/* A chunk for the working directory. */
static __always_inline void fd_cwd(struct row *row, u64 at, u32 info)
{
	struct task_struct *task = bpf_get_current_task_btf();
	u64 fs_at = 0;
	if (bpf_probe_read_kernel(&fs_at, sizeof(fs_at), &task->fs) || !fs_at)
		return;
	struct fs_struct *fs = KERNEL_CAST(struct fs_struct, fs_at);
	struct dentry *dentry = KERNEL_GET(fs, pwd.dentry);
	struct inode *inode = KERNEL_GET(dentry, d_inode);
	struct event_fd *to = (void *)&row->payload[at + ROW_HEAD];
	__builtin_memset(to, 0, sizeof(*to));
	to->inode = KERNEL_GET(inode, i_ino);
	if (!KERNEL_GET(dentry, d_hash.pprev) &&
	    KERNEL_GET(dentry, d_parent) != dentry)
		to->flags = EVENT_FD_DELETED;
	to->id = path_id(&row->memo,
			 fs_at + bpf_core_field_offset(struct fs_struct, pwd),
			 ROW_PHASE(info) == EVENT_AT_EXIT ? row->call.h.time_ns
							  : FD_NEVER_NS);
	row_close(row, at, (u64)(s64)KERNEL_AT_FDCWD, sizeof(*to), info);
}

/*
 * Appends what descriptor FD of the calling process refers to; nothing if it is
 * not open.  AT_FDCWD stands for the working directory.
 */
__noinline int fd_one(struct row *row, int fd, u32 info)
{
	if (!row)
		return 0;
	u64 at = row->call.payload;
	asm volatile("" : "+r"(at));
	if (at > ROW_LAST(FD_ROOM)) {
		row->call.h.flags |= EVENT_CALL_CUT;
		return 0;
	}
	if (fd == KERNEL_AT_FDCWD)
		fd_cwd(row, at, info);
	else
		fd_open(row, at, fd, info);
	return 0;
}

/* The struct pid that the descriptor FD of the calling process refers to, or 0.
 */
static __always_inline u64 fd_pid(int fd)
{
	u64 file_at = fd_file(0, fd);
	if (!file_at)
		return 0;
	struct file *file = KERNEL_CAST(struct file, file_at);
	struct inode *inode = KERNEL_GET(file, f_inode);
	struct super_block *sb = KERNEL_GET(inode, i_sb);
	u64 magic = KERNEL_GET(sb, s_magic);
	if (magic == KERNEL_MAGIC_PID)
		return (u64)BPF_CORE_READ(inode, i_private);
	struct dentry *dentry = KERNEL_GET(file, f_path.dentry);
	if (magic == KERNEL_MAGIC_ANON &&
	    fd_is_pidfd((u64)BPF_CORE_READ(dentry, d_name.name)))
		return (u64)BPF_CORE_READ(file, private_data);
	return 0;
}

/* The number of TASK as it sees itself. */
static __always_inline u32 fd_own_nr(struct task_struct *task)
{
	struct pid *pid = BPF_CORE_READ(task, thread_pid);
	u32 level = BPF_CORE_READ(pid, level);
	return (u32)BPF_CORE_READ(state_upid(pid, level), nr);
}

/*
 * The table of the descriptors of the process that CONTROL_OF_* says; 0: it is
 * not found.  Of processes that a number tells only the caller is.
 */
__noinline u64 fd_table(const struct row *row, u32 whose)
{
	if (!row)
		return 0;
	u64 value = row_arg(row, whose & 0xff);
	struct task_struct *task = bpf_get_current_task_btf();
	if (whose & CONTROL_OF_PIDFD) {
		struct pid *pid = (struct pid *)fd_pid((int)value);
		u64 first = pid ? (u64)BPF_CORE_READ(pid, tasks[0].first) : 0;
		if (!first)
			return 0;
		task = (void *)(first - bpf_core_field_offset(
						struct task_struct, pid_links));
	} else if ((u32)value != fd_own_nr(task) &&
		   (u32)value != fd_own_nr(BPF_CORE_READ(task, group_leader))) {
		return 0;
	}
	return (u64)BPF_CORE_READ(task, files, fdt);
}

/* The descriptor that OP is about; AT_FDCWD is one. */
static __always_inline void fd_single(struct row *row,
				      const struct control_op *op, u32 info)
{
	int fd = (int)row_arg(row, op->arg);
	if (op->from == CONTROL_FROM_RESULT)
		fd = (int)row->call.ret;
	fd_one(row, fd, info);
}

/* Appends which protocol descriptor FD speaks if it is a netlink socket. */
__noinline int fd_netlink(struct row *row, int fd, u32 info)
{
	u64 file_at = row ? fd_file(0, fd) : 0;
	if (!row || !file_at)
		return 0;
	struct file *file = KERNEL_CAST(struct file, file_at);
	struct inode *inode = KERNEL_GET(file, f_inode);
	struct super_block *sb = KERNEL_GET(inode, i_sb);
	if (KERNEL_GET(sb, s_magic) != KERNEL_MAGIC_SOCK)
		return 0;
	struct socket *socket =
		KERNEL_CAST(struct socket, KERNEL_GET(file, private_data));
	struct sock *sk = KERNEL_GET(socket, sk);
	u64 at = row->call.payload;
	asm volatile("" : "+r"(at));
	if (!sk ||
	    KERNEL_GET(sk, __sk_common.skc_family) != KERNEL_AF_NETLINK ||
	    at > ROW_LAST(sizeof(u64)))
		return 0;
	*(u64 *)&row->payload[at + ROW_HEAD] = KERNEL_GET(sk, sk_protocol);
	row->netlink = 1;
	row_close(row, at, (u64)(s64)fd, sizeof(u64), info);
	return 0;
}

/* Of N descriptors in memory, EACH bytes apart. */
__noinline int fd_array(struct row *row, u64 address, u64 n, u64 each, u32 info)
{
	if (!row || !knob_fds)
		return 0;
	for (u32 i = 0; i < FD_ARRAY_LIMIT; i++) {
		int fd = -1;
		if (i >= n)
			break;
		if (bpf_probe_read_user(&fd, sizeof(fd),
					(const void *)(address + i * each))) {
			if (!i)
				row->missed = 1;
			break;
		}
		if (fd >= 0)
			fd_one(row, fd, info);
	}
	return 0;
}

/* Of the N that the pointer of 64 bits at ADDRESS leads to. */
static __always_inline void fd_behind(struct row *row, u64 address, u64 n,
				      u32 info)
{
	u64 pointer = 0;
	if (bpf_probe_read_user(&pointer, sizeof(pointer),
				(const void *)address))
		row->missed = 1;
	else if (pointer)
		fd_array(row, pointer, n, sizeof(int), info);
}

/* Every six bits of it in a row are different ones: a product with a power of
 * two tells which. */
#define FD_DE_BRUIJN 0x03f79d71b4cb0a89ull

const __u8 fd_bits[64] = {
	0,  1,  48, 2,  57, 49, 28, 3,  61, 58, 50, 42, 38, 29, 17, 4,
	62, 55, 59, 36, 53, 51, 43, 22, 45, 39, 33, 30, 24, 18, 12, 5,
	63, 47, 56, 27, 60, 41, 37, 16, 54, 35, 52, 21, 44, 32, 23, 11,
	46, 26, 40, 15, 34, 20, 31, 10, 25, 14, 19, 9,  13, 8,  7,  6,
};

/* Where the lowest bit of WORD is.  Without a branch: the verifier would go
 * through every case. */
static __always_inline u32 fd_lowest(u64 word)
{
	u64 i = (word & -word) * FD_DE_BRUIJN >> 58;
	asm volatile("" : "+r"(i));
	return fd_bits[i & 63];
}

/* Reads the next word of an fd_set of BITS bits; whether there is one. */
static __always_inline bool fd_refill(struct row *row, u64 address, u64 bits)
{
	u64 at = row->words * sizeof(u64);
	if (row->words >= FD_SET_WORDS || at * 8 >= bits)
		return false;
	row->words++;
	if (bpf_probe_read_user(&row->word, sizeof(row->word),
				(const void *)(address + at))) {
		row->missed = !at;
		return false;
	}
	return true;
}

/* Of those in the fd_set of BITS bits at ADDRESS. */
__noinline int fd_set(struct row *row, u64 address, u64 bits, u32 info)
{
	if (!row || !knob_fds)
		return 0;
	row->word = 0;
	row->words = 0;
	for (u32 i = 0; i < FD_SET_LIMIT + FD_SET_WORDS; i++) {
		bool more = true;
		if (row->word) {
			u64 fd = row->words * 64 - 64 + fd_lowest(row->word);
			row->word &= row->word - 1;
			if (fd < bits)
				fd_one(row, (int)fd, info);
		} else {
			more = fd_refill(row, address, bits);
		}
		if (!more)
			break;
	}
	return 0;
}

/*
 * Where the descriptors are that the SIZE bytes of control messages at ADDRESS
 * pass on, struct cmsghdr of include/uapi/linux/socket.h, or 0; row->left is
 * how many.
 */
__noinline u64 fd_passed(struct row *row, u64 address, u64 size)
{
	if (!row)
		return 0;
	u64 width = row_width(row);
	u64 head = width + 2 * sizeof(u32);
	for (u32 i = 0; i < FD_CONTROLS; i++) {
		u32 of[4] = {}; /* length, level, type */
		if (size < head ||
		    bpf_probe_read_user(of, sizeof(of), (const void *)address))
			break;
		u64 length = of[0];
		u32 level = width == 4 ? of[1] : of[2];
		u32 type = width == 4 ? of[2] : of[3];
		if (length < head || length > size)
			break;
		row->left = (length - head) / sizeof(int);
		if (level == KERNEL_SOL_SOCKET &&
		    (type == KERNEL_SCM_RIGHTS || type == KERNEL_SCM_PIDFD))
			return address + head;
		length = (length + width - 1) & ~(width - 1);
		if (length > size)
			break;
		address += length;
		size -= length;
	}
	return 0;
}
