/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/argtype.h"

#include <assert.h>
#include <string.h>

#include "abi/flags.h"
#include "abi/print.h"
#include "abi/show.h"
#include "abi/structs.h"
#include "base/buf.h"
#include "base/glob.h"

struct kind {
	const char *name;   /* as in syscalls.tbl */
	const char *c_type; /* of most arguments of the kind */
	print_kind *print;
	/* Of one in memory, for 64-bit and for 32-bit callers; 0: never. */
	uint8_t size[2];
	enum argtype_copy copy;
	/* All that a pointer to the kind leads to; NULL: one PRINT per element.
	 */
	print_kind *memory;
	bool both; /* MEMORY is called once, for entry and exit together */
};

#define NONE   ARGTYPE_COPY_NONE
#define TEXT   ARGTYPE_COPY_TEXT
#define MEMORY ARGTYPE_COPY_MEMORY
#define FD     ARGTYPE_COPY_FD
#define TEXTS  ARGTYPE_COPY_TEXTS

/* clang-format off */
static const struct kind kinds[ARG_COUNT] = {
	[ARG_UNKNOWN]    = {"unknown",    "unsigned long", print_hex,        {8, 4}, NONE, NULL, false},
	[ARG_SET]        = {"set",        "int",           print_set,        {4, 4}, NONE, NULL, false},
	[ARG_INT]        = {"int",        "int",           print_int,        {4, 4}, NONE, NULL, false},
	[ARG_UINT]       = {"uint",       "unsigned int",  print_uint,       {4, 4}, NONE, NULL, false},
	[ARG_LONG]       = {"long",       "long",          print_long,       {8, 4}, NONE, NULL, false},
	[ARG_ULONG]      = {"ulong",      "unsigned long", print_ulong,      {8, 4}, NONE, NULL, false},
	[ARG_S64]        = {"s64",        "long long",     print_s64,        {8, 8}, NONE, NULL, false},
	[ARG_U64]        = {"u64",        "unsigned long long", print_u64,   {8, 8}, NONE, NULL, false},
	[ARG_HEX]        = {"hex",        "unsigned long", print_hex,        {8, 4}, NONE, NULL, false},
	[ARG_HEX32]      = {"hex32",      "unsigned int",  print_hex32,      {4, 4}, NONE, NULL, false},
	[ARG_ADDR]       = {"addr",       "void *",        print_addr,       {8, 4}, NONE, NULL, false},
	[ARG_MODE]       = {"mode",       "umode_t",       print_mode,       {4, 4}, NONE, NULL, false},
	[ARG_DIRFD]      = {"dirfd",      "int",           print_dirfd,      {4, 4}, FD, NULL, false},
	[ARG_FAN_DIRFD]  = {"fan_dirfd",  "int",           print_fan_dirfd,  {4, 4}, FD, NULL, false},
	[ARG_FD]         = {"fd",         "int",           print_fd,         {4, 4}, FD, NULL, false},
	[ARG_FD_OF_PIDFD] = {"fd_of_pidfd", "int",         print_fd_of,      {4, 4}, FD, NULL, false},
	[ARG_FD_OF_FIRST] = {"fd_of_first", "unsigned long", print_fd_of,    {4, 4}, FD, NULL, false},
	[ARG_FD_OF_SECOND] = {"fd_of_second", "unsigned long", print_fd_of,  {4, 4}, FD, NULL, false},
	[ARG_CLONE_TID]  = {"clone_tid",  "int *",         print_clone_tid,  {4, 4}, NONE, NULL, false},
	[ARG_PATH]       = {"path",       "const char *",  print_path,       {0, 0}, TEXT, print_path, false},
	[ARG_STRING]     = {"string",     "const char *",  print_string,     {0, 0}, TEXT, print_string, false},
	[ARG_PID]        = {"pid",        "pid_t",         print_int,        {4, 4}, NONE, NULL, false},
	[ARG_UID]        = {"uid",        "uid_t",         print_uid,        {4, 4}, NONE, NULL, false},
	[ARG_UID16]      = {"uid16",      "old_uid_t",     print_uid16,      {2, 2}, NONE, NULL, false},
	[ARG_SIGNAL]     = {"signal",     "int",           print_signal,     {4, 4}, NONE, NULL, false},
	[ARG_PGOFF]      = {"pgoff",      "unsigned long", print_pgoff,      {0, 0}, NONE, NULL, false},
	[ARG_PART]       = {"part",       "unsigned int",  print_hex32,      {0, 0}, NONE, NULL, false},
	[ARG_CLONE]      = {"clone",      "unsigned long", print_clone,      {0, 0}, NONE, NULL, false},
	[ARG_FILEMODE]   = {"filemode",   "umode_t",       print_filemode,   {4, 4}, NONE, NULL, false},
	[ARG_DEV]        = {"dev",        "unsigned int",  print_dev,        {4, 4}, NONE, NULL, false},
	[ARG_RLIM]       = {"rlim",       "unsigned long", print_rlim,       {8, 4}, NONE, NULL, false},
	[ARG_RLIM64]     = {"rlim64",     "unsigned long long", print_rlim64, {8, 8}, NONE, NULL, false},
	[ARG_DATE]       = {"date",       "time_t",        print_date,       {8, 4}, NONE, NULL, false},
	[ARG_BYTES]      = {"bytes",      "char",          print_addr,       {1, 1}, MEMORY, print_bytes, false},
	[ARG_POLLFD]     = {"pollfd",     "struct pollfd", print_addr,       {8, 8}, MEMORY, print_pollfd, true},
	[ARG_FDSET]      = {"fdset",      "fd_set",        print_addr,       {0, 0}, MEMORY, print_fdset, true},
	[ARG_STRINGS]    = {"strings",    "const char *const *", print_addr, {8, 4}, TEXTS, print_strings, false},
	[ARG_STRINGS_COUNT] = {"strings_count", "const char *const *", print_addr, {8, 4}, ARGTYPE_COPY_COUNT, print_strings_count, false},
	[ARG_WAIT_STATUS] = {"wait_status", "int",       print_wait_status, {4, 4}, NONE, NULL, false},
	[ARG_SIGSET]     = {"sigset",     "sigset_t *",    print_sigset,     {1, 1}, MEMORY, print_sigset_pointed, false},
	[ARG_SIGSET_ARGPACK] = {"sigset_argpack", "void *", print_addr,      {8, 8}, ARGTYPE_COPY_BEHIND, print_sigset_argpack, false},
	[ARG_SIGMASK]    = {"sigmask",    "old_sigset_t",  print_sigmask,    {0, 0}, NONE, NULL, false},
	[ARG_OLD_SIGSET] = {"old_sigset", "old_sigset_t *", print_addr,      {4, 4}, MEMORY, print_old_sigset, false},
	[ARG_SIGHANDLER] = {"sighandler", "__sighandler_t", print_sighandler, {8, 4}, NONE, NULL, false},
	[ARG_SIGACTION]  = {"sigaction",  "struct sigaction *", print_addr,  {32, 20}, MEMORY, print_sigaction, false},
	[ARG_OLD_SIGACTION] = {"old_sigaction", "struct old_sigaction *", print_addr, {16, 16}, MEMORY, print_old_sigaction, false},
	[ARG_SOCKADDR]   = {"sockaddr",   "struct sockaddr *", print_addr,    {1, 1}, MEMORY, print_sockaddr, false},
	[ARG_SOCKLEN]    = {"socklen",    "int *",         print_addr,       {4, 4}, MEMORY, print_socklen, true},
	[ARG_PORT]       = {"port",       "__be16",        print_port,       {2, 2}, NONE, NULL, false},
	[ARG_HTONL]      = {"htonl",      "__be32",        print_htonl,      {4, 4}, NONE, NULL, false},
	[ARG_HTOBE64]    = {"htobe64",    "__be64",        print_htobe64,    {8, 8}, NONE, NULL, false},
	[ARG_IPV4]       = {"ipv4",       "__be32",        print_ipv4,       {4, 4}, NONE, NULL, false},
	[ARG_IFINDEX]    = {"ifindex",    "int",           print_ifindex,    {4, 4}, NONE, NULL, false},
	[ARG_ETH_PROTO]  = {"eth_proto",  "int",           print_eth_proto,  {2, 2}, NONE, NULL, false},
	[ARG_IOVEC]      = {"iovec",      "const struct iovec *", print_addr, {16, 8}, ARGTYPE_COPY_IOVEC, print_iovec, true},
	[ARG_IOVEC_REMOTE] = {"iovec_remote", "const struct iovec *", print_addr, {16, 8}, MEMORY, print_iovec_remote, false},
	[ARG_DIRENTS]    = {"dirents",    "struct linux_dirent *", print_addr, {1, 1}, ARGTYPE_COPY_ENTRIES, print_entries, false},
	[ARG_DIRENTS64]  = {"dirents64",  "struct linux_dirent64 *", print_addr, {1, 1}, ARGTYPE_COPY_ENTRIES, print_entries, false},
	[ARG_OLD_DIRENT] = {"old_dirent", "struct old_linux_dirent *", print_addr, {10, 10}, MEMORY, print_old_dirent, false},
	[ARG_TICKS]      = {"ticks",      "clock_t",       print_ticks,      {8, 4}, NONE, NULL, false},
	[ARG_RESUMED]    = {"resumed",    "unsigned int",  print_resumed,    {0, 0}, NONE, NULL, false},
	[ARG_MSGHDR]     = {"msghdr",     "struct user_msghdr *", print_addr, {56, 28}, ARGTYPE_COPY_MSGHDR, print_msghdr, true},
	[ARG_MMSGHDR]    = {"mmsghdr",    "struct mmsghdr *", print_addr,    {64, 32}, ARGTYPE_COPY_MMSGHDR, print_mmsghdr, true},
	[ARG_MMSGHDR_SENT] = {"mmsghdr_sent", "struct mmsghdr *", print_addr, {64, 32}, ARGTYPE_COPY_MMSGHDR, print_mmsghdr_sent, true},
	[ARG_SIGINFO]    = {"siginfo",    "siginfo_t *",   print_addr,       {128, 128}, MEMORY, print_siginfo, false},
	[ARG_IOCTL_CMD] = {"ioctl_cmd", "unsigned int", print_ioctl_cmd, {4, 4}, NONE, NULL, false},
	[ARG_QUOTA_CMD] = {"quota_cmd", "unsigned int", print_quota_cmd, {4, 4}, NONE, NULL, false},
	[ARG_IOPRIO] = {"ioprio", "int", print_ioprio, {4, 4}, NONE, NULL, false},
	[ARG_FUTEX_WAKE_OP] = {"futex_wake_op", "unsigned int", print_futex_wake_op, {4, 4}, NONE, NULL, false},
	[ARG_IPC_FLAGS] = {"ipc_flags", "int", print_ipc_flags, {4, 4}, NONE, NULL, false},
	[ARG_SHM_FLAGS] = {"shm_flags", "int", print_shm_flags, {4, 4}, NONE, NULL, false},
	[ARG_SWAP_FLAGS] = {"swap_flags", "int", print_swap_flags, {4, 4}, NONE, NULL, false},
	[ARG_IPC_CALL] = {"ipc_call", "unsigned int", print_ipc_call, {4, 4}, NONE, NULL, false},
	[ARG_USER_OFFSET] = {"user_offset", "unsigned long", print_user_offset, {0, 0}, NONE, NULL, false},
	[ARG_XFEATURES] = {"xfeatures", "unsigned long long", print_xfeatures, {8, 8}, NONE, NULL, false},
	[ARG_HEX64] = {"hex64", "unsigned long long", print_hex64, {8, 8}, NONE, NULL, false},
	[ARG_U16] = {"u16", "unsigned short", print_uint, {2, 2}, NONE, NULL, false},
	[ARG_XATTR] = {"xattr", "char", print_addr, {1, 1}, MEMORY, print_xattr, false},
	[ARG_HEXBYTES] = {"hexbytes", "char", print_addr, {1, 1}, MEMORY, print_hexbytes, false},
	[ARG_COMM] = {"comm", "char *", print_addr, {0, 0}, TEXT, print_comm, false},
	[ARG_CPUSET] = {"cpuset", "unsigned long", print_addr, {1, 1}, MEMORY, print_cpuset, false},
	[ARG_NODEMASK] = {"nodemask", "unsigned long", print_addr, {0, 0}, MEMORY, print_nodemask, false},
	[ARG_MINCORE] = {"mincore", "unsigned char", print_addr, {1, 1}, MEMORY, print_mincore, false},
	[ARG_PAGE_STATUS] = {"page_status", "int", print_page_status, {4, 4}, NONE, NULL, false},
	[ARG_MOVED] = {"moved", "long long", print_addr, {8, 8}, MEMORY, print_moved, true},
	[ARG_MOVED32] = {"moved32", "long", print_addr, {8, 4}, MEMORY, print_moved, true},
	[ARG_UTIMES_TIMESPEC] = {"utimes_timespec", "struct timespec", print_addr, {32, 16}, MEMORY, print_utimes_timespec, false},
	[ARG_UTIMES_TIMESPEC64] = {"utimes_timespec64", "struct timespec64", print_addr, {32, 32}, MEMORY, print_utimes_timespec64, false},
	[ARG_UTIMES_TIMEVAL] = {"utimes_timeval", "struct timeval", print_addr, {32, 16}, MEMORY, print_utimes_timeval, false},
	[ARG_CAP_USER_DATA] = {"cap_user_data", "struct __user_cap_data_struct", print_addr, {24, 24}, MEMORY, print_cap_user_data, false},
	[ARG_CLONE_ARGS] = {"clone_args", "struct clone_args *", print_addr,       {1, 1}, MEMORY, print_clone_args, true},
	[ARG_FILE_HANDLE] = {"file_handle", "struct file_handle *", print_addr,       {136, 136}, MEMORY, print_file_handle, true},
	[ARG_MSGBUF]     = {"msgbuf",   "struct msgbuf *", print_addr,       {1, 1}, MEMORY, print_msgbuf, false},
	[ARG_IOCBS]      = {"iocbs",    "struct iocb **", print_addr,       {8, 4}, ARGTYPE_COPY_IOCBS, print_iocbs, false},
	[ARG_IO_URING_PROBE] = {"io_uring_probe", "struct io_uring_probe *", print_addr,       {8, 8}, MEMORY, print_io_uring_probe, false},
	[ARG_IO_URING_FILES_UPDATE] = {"io_uring_files_update", "struct io_uring_files_update *", print_addr,       {16, 16}, MEMORY, print_io_uring_files_update, false},
	[ARG_IO_WQ_WORKERS] = {"io_wq_workers", "unsigned int *", print_addr,       {4, 4}, MEMORY, print_io_wq_workers, false},
	[ARG_PERF_EVENT_ATTR] = {"perf_event_attr", "struct perf_event_attr *", print_addr,       {136, 136}, MEMORY, print_perf_event_attr, false},
	[ARG_PERF_HW]    = {"perf_hw",  "__u64",         print_perf_hw,    {8, 8}, NONE, NULL, false},
	[ARG_PERF_CACHE] = {"perf_cache", "__u64",         print_perf_cache, {8, 8}, NONE, NULL, false},
	[ARG_PERF_SKID]  = {"perf_skid", "__u64",         print_perf_skid,  {8, 8}, NONE, NULL, false},
	[ARG_USER_DESC]  = {"user_desc", "struct user_desc *", print_addr,       {16, 16}, MEMORY, print_user_desc, true},
	[ARG_USER_DESC_ASKED] = {"user_desc_asked", "struct user_desc *", print_addr,       {16, 16}, MEMORY, print_user_desc_asked, true},
	[ARG_SOCKOPT]    = {"sockopt",  "void *",        print_addr,       {1, 1}, MEMORY, print_sockopt, false},
	[ARG_SOCKINT]    = {"sockint",  "int *",         print_addr,       {1, 1}, MEMORY, print_sockint, false},
	[ARG_SOCKINTS]   = {"sockints", "unsigned int *", print_addr,       {1, 1}, MEMORY, print_sockints, false},
	[ARG_SOCKERR]    = {"sockerr",  "int *",         print_addr,       {1, 1}, MEMORY, print_sockerr, false},
	[ARG_TXREHASH]   = {"txrehash", "int *",         print_addr,       {1, 1}, MEMORY, print_txrehash, false},
	[ARG_ICMP_FILTER] = {"icmp_filter", "unsigned int *", print_addr,       {1, 1}, MEMORY, print_icmp_filter, false},
	[ARG_GROUP_REQ]  = {"group_req", "struct group_req *", print_addr,       {1, 1}, MEMORY, print_group_req, false},
	[ARG_IPV6_MREQ]  = {"ipv6_mreq", "struct ipv6_mreq *", print_addr,       {1, 1}, MEMORY, print_ipv6_mreq, false},
	[ARG_PACKET_MREQ] = {"packet_mreq", "struct packet_mreq *", print_addr,       {1, 1}, MEMORY, print_packet_mreq, false},
	[ARG_RECEIVED]   = {"received", "char *",        print_addr,       {1, 1}, ARGTYPE_COPY_DATA, print_received, false},
	[ARG_SENT]       = {"sent",     "const char *",  print_addr,       {1, 1}, ARGTYPE_COPY_DATA, print_sent, false},
	[ARG_KEY_TEXT] = {"key_text", "char *", print_addr, {1, 1}, MEMORY, print_key_text, false},
	[ARG_KEY_BYTES] = {"key_bytes", "char *", print_addr, {1, 1}, MEMORY, print_key_bytes, false},
	[ARG_KEY_CAPS] = {"key_caps", "char *", print_addr, {1, 1}, MEMORY, print_key_caps, false},
	[ARG_PKEY_INPUT] = {"pkey_input", "const void *", print_addr, {33, 33}, MEMORY, print_pkey_input, false},
	[ARG_PKEY_OUTPUT] = {"pkey_output", "void *", print_addr, {33, 33}, MEMORY, print_pkey_output, false},
	[ARG_MMAP_ARG] = {"mmap_arg", "struct mmap_arg_struct *", print_addr, {24, 24}, MEMORY, print_mmap_arg, false},
	[ARG_IFREQ] = {"ifreq", "struct ifreq *", print_addr, {40, 32}, MEMORY, print_ifreq, true},
	[ARG_BPF_ATTR]   = {"bpf_attr", "union bpf_attr *", print_addr,       {1, 1}, MEMORY, print_bpf_attr, false},
	[ARG_BPF_NAMED]  = {"bpf_named", "union bpf_attr *", print_addr,       {1, 1}, MEMORY, print_bpf_attr, false},
	[ARG_BPF_PROG_LOAD] = {"bpf_prog_load", "union bpf_attr *", print_addr,       {1, 1}, MEMORY, print_bpf_attr, false},
	[ARG_BPF_NEXT_ID] = {"bpf_next_id", "union bpf_attr *", print_addr,       {1, 1}, MEMORY, print_bpf_attr, true},
	[ARG_FIEMAP_HEAD] = {"fiemap_head", "struct fiemap *", print_addr,      {32, 32}, MEMORY, print_fiemap_head, true},
	[ARG_TEXT_AT]    = {"text_at",  "char *",        print_text_at,    {8, 8}, NONE, NULL, false},
	[ARG_KERNEL_VERSION] = {"kernel_version", "__u32",         print_kernel_version, {4, 4}, NONE, NULL, false},
	[ARG_NEXT_ID]    = {"next_id",  "__u32",         print_next_id,    {4, 4}, NONE, NULL, false},
	[ARG_IFNAME]     = {"ifname",   "char *",        print_addr,       {16, 16}, MEMORY, print_ifname, false},
	[ARG_FS_LABEL]   = {"fs_label", "char *",        print_addr,       {255, 255}, MEMORY, print_fs_label, false},
	[ARG_PERF_QUERY_BPF] = {"perf_query_bpf", "struct perf_event_query_bpf *", print_addr,       {140, 140}, MEMORY, print_perf_query_bpf, true},
	[ARG_FILE_DEDUPE_RANGE] = {"file_dedupe_range", "struct file_dedupe_range *", print_addr,       {248, 248}, MEMORY, print_file_dedupe_range, true},
	[ARG_BLKPG_IOCTL_ARG] = {"blkpg_ioctl_arg", "struct blkpg_ioctl_arg *", print_addr,       {24, 16}, MEMORY, print_blkpg_ioctl_arg, false},
	[ARG_RAND_POOL_INFO] = {"rand_pool_info", "struct rand_pool_info *", print_addr,       {72, 72}, MEMORY, print_rand_pool_info, false},
	[ARG_KVM_CPUID2] = {"kvm_cpuid2", "struct kvm_cpuid2 *", print_addr,       {8, 8}, MEMORY, print_kvm_cpuid2, true},
	[ARG_IFCONF]     = {"ifconf",   "struct ifconf *", print_addr,       {16, 8}, MEMORY, print_ifconf, true},
	[ARG_CALL_NR]    = {"call_nr",  "unsigned int",  print_call_nr,    {4, 4}, NONE, NULL, false},
	[ARG_ERRNO]      = {"errno",    "int",           print_errno,      {4, 4}, NONE, NULL, false},
	[ARG_PTRACE_SYSCALL_INFO] = {"ptrace_syscall_info", "struct ptrace_syscall_info *", print_addr,       {1, 1}, MEMORY, print_ptrace_syscall_info, false},
	[ARG_REGSET]     = {"regset",   "struct iovec *", print_addr,       {16, 8}, MEMORY, print_regset, true},
	[ARG_LSM_CTX]    = {"lsm_ctx",  "struct lsm_ctx *", print_addr,       {96, 96}, MEMORY, print_lsm_ctx, false},
	[ARG_SELECT_ARG] = {"select_arg", "struct sel_arg_struct *", print_addr,       {20, 20}, MEMORY, print_select_arg, false},
};
/* clang-format on */

#undef NONE
#undef TEXT
#undef MEMORY
#undef FD
#undef TEXTS

int argtype_by_name(const char *name)
{
	for (int kind = 0; kind < ARG_COUNT; kind++) {
		if (strcmp(kinds[kind].name, name) == 0)
			return kind;
	}
	return -1;
}

const char *argtype_name(enum argtype kind)
{
	assert(kind < ARG_COUNT);
	return kinds[kind].name;
}

const char *argtype_c_type(const struct argtype_spec *spec)
{
	assert(spec->kind < ARG_COUNT);
	if (spec->direction == ARGTYPE_IN)
		return "const void *";
	if (spec->direction != ARGTYPE_VALUE)
		return "void *";
	if (spec->kind == ARG_SET && flags_is_wide((enum flags_set)spec->which))
		return "unsigned long";
	return kinds[spec->kind].c_type;
}

static const char *const directions[] = {
	[ARGTYPE_VALUE] = "",
	[ARGTYPE_IN] = "in ",
	[ARGTYPE_OUT] = "out ",
	[ARGTYPE_IN | ARGTYPE_OUT] = "inout ",
	[ARGTYPE_LEFT] = "left ",
	[ARGTYPE_IN | ARGTYPE_LEFT] = "spent ",
	[ARGTYPE_OUT | ARGTYPE_GOT] = "got ",
};

void argtype_print_spec(struct buf *buf, const struct argtype_spec *spec)
{
	buf_puts(buf, directions[spec->direction]);
	if (spec->is_struct) {
		buf_puts(buf, structs_name(spec->which));
	} else if (spec->kind == ARG_SET) {
		buf_putc(buf, '@');
		buf_puts(buf, flags_set_name((enum flags_set)spec->which));
	} else {
		buf_puts(buf, argtype_name(spec->kind));
	}
}

enum argtype_copy argtype_copy(enum argtype kind)
{
	assert(kind < ARG_COUNT);
	return kinds[kind].copy;
}

bool argtype_is_bytes(const struct argtype_spec *spec)
{
	return !spec->is_struct &&
	       (spec->kind == ARG_BYTES || spec->kind == ARG_RECEIVED ||
		spec->kind == ARG_SENT);
}

/* Whether its count is of bytes. */
static bool is_sized(const struct argtype_spec *spec)
{
	return spec->is_struct && spec->from != ARGTYPE_ONE &&
	       structs_is_sized(spec->which);
}

size_t argtype_size(const struct argtype_spec *spec, enum abi abi)
{
	assert(spec->kind < ARG_COUNT);
	if (is_sized(spec))
		return 1;
	if (spec->is_struct)
		return structs_size(spec->which, abi);
	return kinds[spec->kind].size[abi == ABI_I386 ? 1 : 0];
}

/* Where the kernel's limit is no more than that of text. */
static const uint16_t most_bytes[ARG_COUNT] = {
	[ARG_SOCKADDR] = 128, /* struct __kernel_sockaddr_storage */
	[ARG_CPUSET] = 128,   /* cpu_set_t of the C library: no more is shown */
	[ARG_CLONE_ARGS] = 88 + 64,
	[ARG_IO_URING_PROBE] = 288,
	[ARG_SOCKINT] = 8,
	[ARG_SOCKINTS] = 132,
	[ARG_SOCKERR] = 4,
	[ARG_TXREHASH] = 4,
	[ARG_ICMP_FILTER] = 4,
	[ARG_GROUP_REQ] = 136,
	[ARG_IPV6_MREQ] = 20,
	[ARG_PACKET_MREQ] = 16,
	[ARG_BPF_ATTR] = 152,
	[ARG_BPF_NAMED] = 152,
	[ARG_BPF_PROG_LOAD] = 152,
	[ARG_BPF_NEXT_ID] = 16,
	[ARG_PTRACE_SYSCALL_INFO] = 88,
};

#define TAIL_BYTES 64 /* of a structure that is newer than its table */

size_t argtype_most_bytes(const struct argtype_spec *spec, enum abi abi)
{
	if (spec->is_struct)
		return is_sized(spec)
			       ? structs_size(spec->which, abi) + TAIL_BYTES
			       : 0;
	return most_bytes[spec->kind];
}

print_kind *argtype_memory_printer(const struct argtype_spec *spec,
				   bool *ret_both)
{
	const struct kind *kind = &kinds[spec->kind];
	*ret_both = kind->both;
	if (!spec->is_struct)
		return kind->memory;
	if (is_sized(spec))
		return print_sized;
	*ret_both = spec->from == ARGTYPE_ONE && structs_is_told(spec->which);
	return *ret_both ? print_told : NULL;
}

void argtype_print(struct show *show, const struct show_arg *arg)
{
	assert(arg->spec->kind < ARG_COUNT);
	kinds[arg->spec->kind].print(show, arg);
}

struct guess {
	const char *type; /* a glob; NULL: any */
	const char *name; /* the same */
	enum argtype kind;
};

/* The first row that fits decides.  Only text that is surely read, never
 * written, by the kernel may be a path or string: it is copied at entry. */
/* clang-format off */
static const struct guess guesses[] = {
	{"const char *",  "*path*",     ARG_PATH},
	{"const char *",  "*filename*", ARG_PATH},
	{"const char *",  "*name",      ARG_STRING},
	{"*\\*",          NULL,         ARG_ADDR},
	{"int",           "*dfd",       ARG_DIRFD},
	{"*int",          "*fd",        ARG_FD},
	{"umode_t",       NULL,         ARG_MODE},
	{"pid_t",         NULL,         ARG_PID},
	{"uid_t",         NULL,         ARG_UID},
	{"gid_t",         NULL,         ARG_UID},
	{"int",           "sig",        ARG_SIGNAL},
	{"*int",          "*flag*",     ARG_HEX32},
	{"unsigned",      "*flag*",     ARG_HEX32},
	{"*u32",          "*flag*",     ARG_HEX32},
	{"*",             "*flag*",     ARG_HEX},
	{"int",           NULL,         ARG_INT},
	{"const int",     NULL,         ARG_INT},
	{"unsigned",      NULL,         ARG_UINT},
	{"unsigned int",  NULL,         ARG_UINT},
	{"*u32",          NULL,         ARG_UINT},
	{"long",          NULL,         ARG_LONG},
	{"*off_t",        NULL,         ARG_LONG},
	{"unsigned long", NULL,         ARG_ULONG},
	{"*size_t",       NULL,         ARG_ULONG},
	{"*u64",          NULL,         ARG_ULONG},
	{"key_serial_t",  NULL,         ARG_INT},
	{"*clockid_t",    NULL,         ARG_INT},
	{"timer_t",       NULL,         ARG_INT},
};
/* clang-format on */

static bool fits(const char *pattern, const char *text)
{
	return !pattern || glob_match(pattern, text);
}

enum argtype argtype_guess(const char *type, const char *name)
{
	for (size_t i = 0; i < sizeof(guesses) / sizeof(guesses[0]); i++) {
		const struct guess *guess = &guesses[i];
		if (fits(guess->type, type) && fits(guess->name, name))
			return guess->kind;
	}
	return ARG_UNKNOWN;
}
