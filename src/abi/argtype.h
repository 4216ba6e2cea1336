/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table of argument kinds: what a value or a piece of memory means, how it
 * is printed, and what the kernel side must copy for it.  Adding one is a row
 * here and its printer (show.h).
 *
 * A specification says what one argument of one call is: a value, or a pointer
 * to so many elements of a kind, read when the call begins, ends, or both.
 */
#pragma once

#include "abi/abi.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct show;
struct show_arg;

/* Prints one argument, or one element of what it leads to. */
typedef void print_kind(struct show *show, const struct show_arg *arg);

enum argtype {
	ARG_UNKNOWN, /* classified from tracefs type and name where possible */
	ARG_SET,     /* "@NAME" in the tables: a set of flags.tbl */
	ARG_INT,     /* signed 32-bit decimal */
	ARG_UINT,    /* unsigned 32-bit decimal */
	ARG_LONG,    /* signed, register-wide */
	ARG_ULONG,   /* unsigned, register-wide; sizes, counts */
	ARG_S64,     /* signed, 64 bits whatever the caller; in memory */
	ARG_U64,     /* the same without sign */
	ARG_HEX,     /* a bit pattern, register-wide */
	ARG_HEX32,   /* a bit pattern of an int */
	ARG_ADDR,    /* an address; NULL for 0 */
	ARG_MODE,    /* file mode, octal */
	ARG_DIRFD,   /* descriptor or AT_FDCWD */
	ARG_FD,      /* descriptor */
	ARG_FD_OF_PIDFD,  /* that of the process which argument 0 refers to */
	ARG_FD_OF_FIRST,  /* which has the number that argument 0 is */
	ARG_FD_OF_SECOND, /* argument 1 */
	ARG_CLONE_TID,    /* what clone tells: a TID, or a descriptor */
	ARG_FAN_DIRFD,    /* the same of fanotify_mark: or FAN_NOFD */
	ARG_PATH,         /* pointer to text, shown whole */
	ARG_STRING,       /* pointer to text, shown up to --string-limit */
	ARG_PID,
	ARG_UID,
	ARG_UID16,    /* of calls with 16-bit users and groups */
	ARG_SIGNAL,   /* SIGTERM */
	ARG_PART,     /* half of the 64-bit argument beside it, shown there */
	ARG_PGOFF,    /* an offset in pages of 4096 bytes, shown in bytes */
	ARG_CLONE,    /* flags and signal; shows all arguments of clone */
	ARG_FILEMODE, /* S_IFREG|0644 */
	ARG_DEV,      /* makedev(0x1, 0x3) */
	ARG_RLIM,     /* a limit, register-wide: 8192*1024 */
	ARG_RLIM64,
	ARG_DATE,          /* seconds since 1970, with the date as a comment */
	ARG_BYTES,         /* memory of one-byte elements, quoted */
	ARG_POLLFD,        /* struct pollfd: what is asked */
	ARG_FDSET,         /* a bit per descriptor, as many as the count says */
	ARG_STRINGS,       /* an array of pointers to text, up to NULL */
	ARG_STRINGS_COUNT, /* the same: its address and their number */
	ARG_WAIT_STATUS,   /* how a child ended */
	ARG_SIGSET,        /* [INT CHLD]; in memory the count is of bytes */
	ARG_SIGSET_ARGPACK, /* {sigmask=[INT], sigsetsize=8} */
	ARG_SIGMASK,        /* a set in 32 bits of a value */
	ARG_OLD_SIGSET,     /* the same in memory */
	ARG_SIGHANDLER,     /* SIG_DFL, SIG_IGN, an address */
	ARG_SIGACTION,
	ARG_OLD_SIGACTION,
	ARG_SOCKADDR,
	ARG_SOCKLEN, /* [128 => 16] */
	ARG_PORT,    /* htons(80): in network order */
	ARG_HTONL,   /* htonl(0x1): in network order */
	ARG_HTOBE64,
	ARG_IPV4,      /* inet_addr("127.0.0.1") */
	ARG_IFINDEX,   /* of a network interface */
	ARG_ETH_PROTO, /* htons(ETH_P_ALL) */
	ARG_IOVEC,
	ARG_IOVEC_REMOTE, /* in the memory of another process */
	ARG_DIRENTS,      /* entries of a directory: how many */
	ARG_DIRENTS64,
	ARG_OLD_DIRENT, /* of readdir */
	ARG_TICKS,   /* hundredths of a second, with the seconds as a comment */
	ARG_RESUMED, /* 1 + the number of a call, or 0 */
	ARG_MSGHDR,
	ARG_MMSGHDR,      /* what is received */
	ARG_MMSGHDR_SENT, /* what is to be sent, and how much was */
	ARG_SIGINFO,
	ARG_IOCTL_CMD, /* a request: TCGETS, _IOC(_IOC_NONE, 0x31, 0x42, 0) */
	ARG_QUOTA_CMD, /* QCMD(Q_SYNC, USRQUOTA) */
	ARG_IOPRIO,    /* IOPRIO_PRIO_VALUE(IOPRIO_CLASS_BE, 4) */
	ARG_FUTEX_WAKE_OP, /* an operation and a comparison in one */
	ARG_IPC_FLAGS,     /* IPC_CREAT|0600 */
	ARG_SHM_FLAGS,     /* the same of shared memory */
	ARG_SWAP_FLAGS,    /* SWAP_FLAG_PREFER|5 */
	ARG_IPC_CALL,      /* the call that ipc(2) stands for */
	ARG_USER_OFFSET,   /* a register in struct user: 8*RAX */
	ARG_XFEATURES,     /* bits with their names as a comment; in memory */
	ARG_HEX64, /* a bit pattern of 64 bits whatever the caller; in memory */
	ARG_U16,   /* in memory */
	ARG_XATTR, /* bytes, without a NUL at their end */
	ARG_HEXBYTES,        /* memory of one-byte elements: "\\x01\\x02" */
	ARG_COMM,            /* pointer to the name of a thread */
	ARG_CPUSET,          /* [0 1]; the count is of bytes */
	ARG_NODEMASK,        /* [0x00000000000003]; the count is of bits */
	ARG_MINCORE,         /* [1, 0]; the count is of bytes of the mapping */
	ARG_PAGE_STATUS,     /* a NUMA node, or -ENOENT; in memory */
	ARG_MOVED,           /* an offset of sendfile: [0] => [100] */
	ARG_MOVED32,         /* the same in a long of a 32-bit caller */
	ARG_UTIMES_TIMESPEC, /* two times, with their dates */
	ARG_UTIMES_TIMESPEC64,
	ARG_UTIMES_TIMEVAL,
	ARG_CAP_USER_DATA, /* sets of capabilities */
	ARG_CLONE_ARGS,    /* of clone3 */
	ARG_FILE_HANDLE,
	ARG_MSGBUF, /* the count is of its text */
	ARG_IOCBS,  /* a pointer to a struct iocb */
	ARG_IO_URING_PROBE,
	ARG_IO_URING_FILES_UPDATE,
	ARG_IO_WQ_WORKERS,
	ARG_PERF_EVENT_ATTR,
	ARG_PERF_HW, /* members of it */
	ARG_PERF_CACHE,
	ARG_PERF_SKID,
	ARG_USER_DESC,       /* a segment that is asked for */
	ARG_USER_DESC_ASKED, /* one that is asked about */
	ARG_SOCKOPT,         /* an int, or bytes */
	ARG_SOCKINT,         /* an int of whatever size */
	ARG_SOCKINTS,
	ARG_SOCKERR, /* ECONNREFUSED */
	ARG_TXREHASH,
	ARG_ICMP_FILTER,
	ARG_GROUP_REQ,
	ARG_IPV6_MREQ,
	ARG_PACKET_MREQ,
	ARG_RECEIVED, /* data of a socket, no more than there is room for */
	ARG_SENT,
	ARG_KEY_TEXT, /* what keyctl gives: as much as there is room for */
	ARG_KEY_BYTES,
	ARG_KEY_CAPS,
	ARG_PKEY_INPUT, /* other arguments say how long it is */
	ARG_PKEY_OUTPUT,
	ARG_MMAP_ARG, /* the six arguments of mmap */
	ARG_IFREQ,
	ARG_BPF_ATTR,       /* union bpf_attr; the command says what it is */
	ARG_BPF_NAMED,      /* one whose first member is a pointer to text */
	ARG_BPF_PROG_LOAD,  /* one whose third is */
	ARG_FIEMAP_HEAD,    /* struct fiemap: what is asked, and what came */
	ARG_BPF_NEXT_ID,    /* one that the call writes to */
	ARG_TEXT_AT,        /* what a pointer in a structure leads to */
	ARG_KERNEL_VERSION, /* KERNEL_VERSION(6, 1, 0) */
	ARG_NEXT_ID,        /* an ID, and the one that follows */
	ARG_IFNAME,         /* the name of a network interface */
	ARG_FS_LABEL,
	ARG_PERF_QUERY_BPF,
	ARG_FILE_DEDUPE_RANGE,
	ARG_BLKPG_IOCTL_ARG,
	ARG_RAND_POOL_INFO,
	ARG_KVM_CPUID2,
	ARG_IFCONF,
	ARG_CALL_NR, /* __NR_openat */
	ARG_ERRNO,   /* -ENOENT, or a number that is none */
	ARG_PTRACE_SYSCALL_INFO,
	ARG_REGSET,
	ARG_LSM_CTX,
	ARG_SELECT_ARG, /* the arguments of select, behind a pointer */
	ARG_COUNT,
};

enum restype {
	RES_INT, /* decimal */
	RES_HEX, /* an address: mmap, brk */
	RES_FD,  /* a descriptor */
	RES_PID,
	RES_BYTES, /* a byte count: feeds the byte counters */
	RES_OCTAL, /* umask */
	RES_NONE,  /* never returns */
	RES_POLL,  /* and what is ready, and the time left */
	RES_SELECT,
	RES_RECVMMSG,    /* and the time left */
	RES_TIME,        /* 5 (1970-01-01T00:00:05+0000) */
	RES_IOPRIO,      /* 4 (IOPRIO_PRIO_VALUE(IOPRIO_CLASS_NONE, 4)) */
	RES_SIGHANDLER,  /* 0x1 (SIG_IGN) */
	RES_SIGMASK,     /* 0x1 (mask [HUP]) */
	RES_OLD_SIGMASK, /* 0x1 (old mask [HUP]) */
	RES_THREAD_AREA, /* 0 (entry_number=6) */
	RES_NAMED_INT,   /* "int@SET": 0 (TIME_OK) */
	RES_NAMED_HEX,   /* "hex@SET": 0x1 (SECBIT_NOROOT) */
	RES_NAMED_FLAGS, /* "flags@SET": 0x8002 (flags O_RDWR|O_LARGEFILE) */
	RES_NAMED_SEALS, /* "seals@SET": 0x1 (seals F_SEAL_SEAL) */
	RES_LDT,         /* an error may lack its upper half */
	RES_COUNT,
};

enum argtype_direction {   /* bits */
	ARGTYPE_VALUE = 0, /* no pointer, or one that the kind itself follows */
	ARGTYPE_IN = 1,    /* the memory counts when the call begins */
	ARGTYPE_OUT = 2,   /* when it ends */
	/* When it ends because a signal interrupted it; with ARGTYPE_IN the
	 * result tells what is left of what was given. */
	ARGTYPE_LEFT = 4,
	ARGTYPE_GOT = 8, /* with ARGTYPE_OUT: only if the result is above 0 */
};

enum argtype_from {      /* where the number of elements is from */
	ARGTYPE_ONE,     /* there is one, and it is shown without brackets */
	ARGTYPE_CONST,   /* COUNT */
	ARGTYPE_ARG,     /* the argument of index COUNT */
	ARGTYPE_POINTED, /* the u32 that argument COUNT points to */
	ARGTYPE_RESULT,  /* the result of the call */
};

struct argtype_spec {
	uint8_t kind;      /* enum argtype */
	uint8_t direction; /* enum argtype_direction */
	uint8_t from;      /* enum argtype_from */
	uint8_t is_struct; /* then KIND is ARG_UNKNOWN */
	uint16_t which;    /* ARG_SET: enum flags_set; a structure: its index */
	uint16_t count;
};

/* What the kernel side copies for a kind; see enum control_copy. */
enum argtype_copy {
	ARGTYPE_COPY_NONE,
	ARGTYPE_COPY_TEXT,    /* up to NUL; a path whole */
	ARGTYPE_COPY_MEMORY,  /* as many elements as there are */
	ARGTYPE_COPY_FD,      /* what the descriptor refers to */
	ARGTYPE_COPY_TEXTS,   /* an array of pointers to text, up to NULL */
	ARGTYPE_COPY_COUNT,   /* how many pointers such an array has */
	ARGTYPE_COPY_ENTRIES, /* how many entries of a directory there are */
	ARGTYPE_COPY_IOVEC,
	ARGTYPE_COPY_MSGHDR,
	ARGTYPE_COPY_MMSGHDR,
	ARGTYPE_COPY_IOCBS,
	ARGTYPE_COPY_DATA,   /* bytes that a socket sends or receives */
	ARGTYPE_COPY_BEHIND, /* a pointer and a long, and what the pointer leads
				to */
};

/* Kind by name ("path"), as syscalls.tbl writes it; -1 if unknown. */
int argtype_by_name(const char *name);
const char *argtype_name(enum argtype kind);

/* The C type an argument of that kind usually has. */
const char *argtype_c_type(const struct argtype_spec *spec);

/* As the tables write it: "in timespec", "@open". */
void argtype_print_spec(struct buf *buf, const struct argtype_spec *spec);

/* Kind guessed from a tracefs C type and argument name, for calls our table
 * lacks. */
enum argtype argtype_guess(const char *type, const char *name);

/* Whether it leads to bytes that are shown as text. */
bool argtype_is_bytes(const struct argtype_spec *spec);

enum argtype_copy argtype_copy(enum argtype kind);

/* Bytes that one element takes in memory; 0: it is never in memory. */
size_t argtype_size(const struct argtype_spec *spec, enum abi abi);

/* The most bytes that are looked at where the count is of bytes; 0: it is not,
 * or any number. */
size_t argtype_most_bytes(const struct argtype_spec *spec, enum abi abi);

/*
 * What prints all that a pointer to the kind leads to: NULL, or a function that
 * is called with the address as value, for one phase, or with BOTH once for
 * entry and exit together, also if the call failed.
 */
print_kind *argtype_memory_printer(const struct argtype_spec *spec,
				   bool *ret_both);

/* Prints a value of the kind. */
void argtype_print(struct show *show, const struct show_arg *arg);
