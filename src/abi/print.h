/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The printers that argtype.c names: one kind each. */
#pragma once

#include "abi/argtype.h"

print_kind print_int;
print_kind print_uint;
print_kind print_long;
print_kind print_ulong;
print_kind print_s64;
print_kind print_u64;
print_kind print_hex;
print_kind print_hex32;
print_kind print_pgoff;
print_kind print_addr;
print_kind print_mode;
print_kind print_fd;
print_kind print_dirfd;
print_kind print_uid;
print_kind print_uid16;
print_kind print_clone;
void print_clone_flags(struct show *show, uint64_t flags); /* and the signal */
print_kind print_signal;
print_kind print_path;
print_kind print_string;
print_kind print_set;
print_kind print_bytes;
print_kind print_filemode;
print_kind print_dev;
print_kind print_rlim;
print_kind print_rlim64;
print_kind print_date;
print_kind print_sized;
print_kind print_wait_status;
print_kind print_pollfd;
print_kind print_fdset;
print_kind print_strings;
print_kind print_strings_count;
print_kind print_sigset;
print_kind print_sigset_pointed;
print_kind print_sigset_argpack;
print_kind print_sigmask;
print_kind print_old_sigset;
print_kind print_sighandler;
print_kind print_sigaction;
print_kind print_old_sigaction;
print_kind print_sockaddr;
print_kind print_socklen;
print_kind print_port;
print_kind print_ipv4;
print_kind print_ifindex;
print_kind print_eth_proto;
print_kind print_iovec;
print_kind print_iovec_remote;
print_kind print_msghdr;
print_kind print_mmsghdr;
print_kind print_mmsghdr_sent;
