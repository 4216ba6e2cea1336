/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kernel structures behind a descriptor, as kernel.h has the others, and
 * how they are read: by plain loads where the kernel knows bpf_rdonly_cast()
 * (Linux 6.2), by bpf_probe_read_kernel() elsewhere.  The verifier sees only
 * the one or the other.
 */
#pragma once

#include "kernel.h"

extern void *bpf_rdonly_cast(const void *at, u32 type) __ksym __weak;

/* A pointer to TYPE made of the address AT. */
#define KERNEL_CAST(type, at)                                                  \
	((type *)(bpf_rdonly_cast                                              \
			  ? bpf_rdonly_cast((const void *)(at),                \
					    bpf_core_type_id_kernel(type))     \
			  : (void *)(at)))

/* The word at an address; apart, because the stack is small. */
__noinline u64 kernel_word(u64 at)
{
	u64 word = 0;
	(void)bpf_probe_read_kernel(&word, sizeof(word),
				    (const void *)at); /* else 0 */
	return word;
}

/* A field of what such a pointer points to, a number or a pointer. */
#define KERNEL_GET(p, field)                                                   \
	(bpf_rdonly_cast                                                       \
		 ? (p)->field                                                  \
		 : (typeof((p)->field))kernel_word((u64) & (p)->field))

/*
 * How far P is behind BASE, both such pointers; hidden from clang, which would
 * turn sums of it into arithmetic that the verifier refuses.
 */
#define KERNEL_DISTANCE(p, base)                                               \
	({                                                                     \
		u64 distance_ = (u64)(p) - (u64)(base);                        \
		asm volatile("" : "+r"(distance_));                            \
		distance_;                                                     \
	})

/* The address that P holds as a number, which the verifier lets nobody make of
 * a pointer: BASE is another one, whose address is known to be AT. */
#define KERNEL_ADDRESS(p, base, at) (KERNEL_DISTANCE(p, base) + (at))

struct qstr {
	u64 hash_len; /* length in the upper half */
	const unsigned char *name;
} CORE;

struct hlist_bl_node {
	struct hlist_bl_node **pprev;
} CORE;

struct super_block {
	unsigned long s_magic;
} CORE;

struct inode {
	unsigned short i_mode;
	struct super_block *i_sb;
	unsigned long i_ino;
	u32 i_rdev;
	void *i_private;
} CORE;

struct dentry {
	struct hlist_bl_node d_hash;
	struct dentry *d_parent;
	struct qstr d_name;
	struct inode *d_inode;
} CORE;

struct vfsmount {
	struct dentry *mnt_root;
} CORE;

struct mount {
	struct mount *mnt_parent;
	struct dentry *mnt_mountpoint;
	struct vfsmount mnt;
} CORE;

struct path {
	struct vfsmount *mnt;
	struct dentry *dentry;
} CORE;

struct file {
	void *private_data;
	struct inode *f_inode;
	struct path f_path;
} CORE;

/* Any structure that holds a pointer to a file would do: what is wanted is that
 * pointer's type. */
struct kiocb {
	struct file *ki_filp;
} CORE;

struct fdtable {
	unsigned int max_fds;
	struct file **fd;
} CORE;

struct files_struct {
	struct fdtable *fdt;
} CORE;

struct fs_struct {
	struct path root;
	struct path pwd;
} CORE;

struct in6_addr {
	u8 bytes[16];
};

struct sock_common {
	u32 skc_daddr;
	u32 skc_rcv_saddr;
	u16 skc_dport;
	u16 skc_num;
	unsigned short skc_family;
	volatile unsigned char skc_state;
	struct in6_addr skc_v6_daddr;
	struct in6_addr skc_v6_rcv_saddr;
} CORE;

struct sock {
	struct sock_common __sk_common;
	struct socket *sk_socket;
	u16 sk_protocol;
} CORE;

struct socket {
	short type;
	struct sock *sk;
} CORE;

struct socket_alloc {
	struct inode vfs_inode;
} CORE;

struct sockaddr_un {
	u16 sun_family;
	char sun_path[108];
} CORE;

struct unix_address {
	int len; /* of the name */
	struct sockaddr_un name[0];
} CORE;

struct unix_sock {
	struct unix_address *addr;
	struct sock *peer;
} CORE;

struct netlink_sock {
	u32 portid;
} CORE;

/* include/uapi/linux/magic.h */
#define KERNEL_MAGIC_PIPE 0x50495045
#define KERNEL_MAGIC_SOCK 0x534f434b
#define KERNEL_MAGIC_ANON 0x09041934
#define KERNEL_MAGIC_NS   0x6e736673
#define KERNEL_MAGIC_PID  0x50494446

/* include/uapi/linux/stat.h */
#define KERNEL_S_IFMT  0170000
#define KERNEL_S_IFCHR 0020000
#define KERNEL_S_IFBLK 0060000

/* include/linux/socket.h */
#define KERNEL_AF_UNIX    1
#define KERNEL_AF_INET    2
#define KERNEL_AF_INET6   10
#define KERNEL_AF_NETLINK 16

#define KERNEL_SOL_SOCKET 1 /* include/uapi/asm-generic/socket.h */
#define KERNEL_SCM_RIGHTS 1
#define KERNEL_SCM_PIDFD  4

#define KERNEL_AT_FDCWD (-100) /* include/uapi/linux/fcntl.h */
