/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Printers of what ioctl(2), ptrace(2) and others are given and tell. */
#include "tests/lib/decoded.h"

Test(print_request, counted_arrays)
{
	EXPECT_ARGS("ioctl",
		    "args=3,0xc008240a,0x10 in2=4:3,4:0 "
		    "out2=4:3,4:2,4:1,4:2,4:3",
		    "3, PERF_EVENT_IOC_QUERY_BPF, {ids_len=3, prog_cnt=2, "
		    "ids=[1, 2]}");
	EXPECT_ARGS("ioctl", "args=3,0xc008240a,0x10 in2=4:3,4:0 ret=-22",
		    "3, PERF_EVENT_IOC_QUERY_BPF, {ids_len=3, ...}");
	EXPECT_ARGS("ioctl",
		    "args=3,0xc0189436,0x10 "
		    "in2=8:1,8:2,2:1,2:0,4:0,8:5,8:6,8:0,8:0 "
		    "out2=8:1,8:2,2:1,2:0,4:0,8:5,8:6,8:7,4:-22,4:0",
		    "3, BTRFS_IOC_FILE_EXTENT_SAME or FIDEDUPERANGE, "
		    "{src_offset=1, src_length=2, dest_count=1, "
		    "info=[{dest_fd=5, dest_offset=6}]} => "
		    "{info=[{bytes_deduped=7, status=-22}]}");
	EXPECT_ARGS("ioctl", "args=3,0x4008ae90,0x10 in2=4:1,4:0",
		    "3, KVM_SET_CPUID2, {nent=1, entries=[...]}");
	EXPECT_ARGS("ioctl", "args=3,0x40085203,0x10 in2=4:8,4:8,8:1",
		    "3, RNDADDENTROPY, {entropy_count=8, buf_size=8, "
		    "buf=\"\\1\\0\\0\\0\\0\\0\\0\\0\"}");
}

Test(print_request, texts_of_a_fixed_size)
{
	EXPECT_ARGS("ioctl", "args=3,0x89a0,0x10 in2=\"br0\\0\"",
		    "3, SIOCBRADDBR, \"br0\"");
	EXPECT_ARGS("ioctl", "args=3,0x89a0,0x10 in2=\"abcdefghijklmnopqrst\"",
		    "3, SIOCBRADDBR, \"abcdefghijklmnop\"...");
	EXPECT_ARGS("ioctl",
		    "args=3,0x81009431,0x10 "
		    "out2=\"labellabellabellabellabellabellabel\\0\"",
		    "3, FS_IOC_GETFSLABEL, "
		    "\"labellabellabellabellabellabellabel\"");
}

Test(print_request, memory_behind_pointers)
{
	EXPECT_ARGS("ioctl",
		    "args=3,0x1269,0x10 in2=4:2,4:0,4:152,4:0,8:0x900 "
		    "in2@0x900=8:1,8:2,4:3,4:0x626473,8:0,8:0,8:0,8:0,8:0,"
		    "8:0,8:0,8:0,8:0,8:0,8:0,8:0,8:0,8:0,8:0,8:0",
		    "3, BLKPG, {op=BLKPG_DEL_PARTITION, flags=0, "
		    "datalen=152, data={start=1, length=2, pno=3, "
		    "devname=\"sdb\", volname=\"\"}}");
	EXPECT_ARGS("ioctl", "args=3,0x1269,0x10 in2=4:9,4:0,4:152,4:0,8:0",
		    "3, BLKPG, {op=0x9 /* BLKPG_??? */, flags=0, "
		    "datalen=152, data=NULL}");
	EXPECT_ARGS("ioctl",
		    "args=3,0x8912,0x10 in2=4:4096,4:0,8:0x900 "
		    "out2=4:40,4:0,8:0x900 "
		    "out2@0x900=8:0x6f6c,8:0,2:2,2:0,4:0x0100007f,8:0,8:0",
		    "3, SIOCGIFCONF, {ifc_len=4096 => 40 /* 1 * sizeof(struct "
		    "ifreq) */, ifc_buf=[{ifr_name=\"lo\", "
		    "ifr_addr={sa_family=AF_INET, sin_port=htons(0), "
		    "sin_addr=inet_addr(\"127.0.0.1\")}}]}");
	EXPECT_ARGS("ioctl",
		    "args=3,0x8912,0x10 in2=4:0,4:0,8:0 out2=4:80,4:0,8:0",
		    "3, SIOCGIFCONF, {ifc_len=80 /* 2 * sizeof(struct ifreq) "
		    "*/, ifc_buf=NULL}");
	EXPECT_ARGS("select",
		    "args=0x10 compat in0=4:4,4:0x900,4:0,4:0,4:0x980 "
		    "in0@0x900=4:8,4:0 in0@0x980=4:1,4:2",
		    "4, [3], NULL, NULL, {tv_sec=1, tv_usec=2}");
}

Test(print_request, what_is_told_is_not_there_if_the_call_failed)
{
	EXPECT_ARGS("ioctl",
		    "args=3,0xc018aa3f,0x10 in2=8:0xaa,8:1,8:0 "
		    "out2=8:0xaa,8:1,8:0x8000000000000003",
		    "3, UFFDIO_API, {api=0xaa, "
		    "features=UFFD_FEATURE_PAGEFAULT_FLAG_WP, "
		    "ioctls=1<<_UFFDIO_REGISTER|1<<_UFFDIO_UNREGISTER|"
		    "1<<_UFFDIO_API}");
	EXPECT_ARGS("ioctl",
		    "args=3,0xc018aa3f,0x10 in2=8:0xaa,8:1,8:0 ret=-22",
		    "3, UFFDIO_API, {api=0xaa, "
		    "features=UFFD_FEATURE_PAGEFAULT_FLAG_WP}");
	EXPECT_ARGS("ioctl",
		    "args=3,0xc028aa03,0x10 in2=8:1,8:2,8:3,8:1,8:0 "
		    "out2=8:1,8:2,8:3,8:1,8:5",
		    "3, UFFDIO_COPY, {dst=0x1, src=0x2, len=0x3, "
		    "mode=UFFDIO_COPY_MODE_DONTWAKE, copy=0x5}");
}

Test(print_request, notifications_of_seccomp)
{
	EXPECT_ARGS("ioctl", "args=3,0xc0182101,0x10 in2=8:1,8:2,4:-2,4:1",
		    "3, SECCOMP_IOCTL_NOTIF_SEND, {id=0x1, val=2, "
		    "error=-ENOENT, flags=SECCOMP_USER_NOTIF_FLAG_CONTINUE}");
	EXPECT_ARGS("ioctl",
		    "args=3,0x40182103,0x10 in2=8:1,4:1,4:5,4:6,4:0x80000",
		    "3, SECCOMP_IOCTL_NOTIF_ADDFD, {id=0x1, "
		    "flags=SECCOMP_ADDFD_FLAG_SETFD, srcfd=5, newfd=6, "
		    "newfd_flags=O_CLOEXEC}");
}

Test(print_request, what_ptrace_tells)
{
	EXPECT_ARGS("ptrace",
		    "args=0x420e,5,88,0x10 ret=33 out3=1:1,1:0,2:0,"
		    "4:0xc000003e,8:0x10,8:0x20,8:59,8:0",
		    "PTRACE_GET_SYSCALL_INFO, 5, 88, "
		    "{op=PTRACE_SYSCALL_INFO_ENTRY, arch=AUDIT_ARCH_X86_64, "
		    "instruction_pointer=0x10, stack_pointer=0x20, "
		    "entry={nr=__NR_execve}}");
	EXPECT_ARGS("ptrace",
		    "args=0x420e,5,88,0x10 ret=33 out3=1:2,1:0,2:0,"
		    "4:0xc000003e,8:0x10,8:0x20,8:-2,1:1",
		    "PTRACE_GET_SYSCALL_INFO, 5, 88, "
		    "{op=PTRACE_SYSCALL_INFO_EXIT, arch=AUDIT_ARCH_X86_64, "
		    "instruction_pointer=0x10, stack_pointer=0x20, "
		    "exit={rval=-ENOENT, is_error=1}}");
	EXPECT_ARGS("ptrace",
		    "args=0x420e,5,10,0x10 ret=24 out3=1:0,1:0,2:0,"
		    "4:0xc000003e,8:0x10,8:0x20",
		    "PTRACE_GET_SYSCALL_INFO, 5, 10, "
		    "{op=PTRACE_SYSCALL_INFO_NONE, arch=AUDIT_ARCH_X86_64}");
	EXPECT_ARGS("ptrace",
		    "args=0x4204,5,1,0x10 in3=8:0x900,8:16 out3=8:0x900,8:16 "
		    "out3@0x900=8:7,8:8",
		    "PTRACE_GETREGSET, 5, NT_PRSTATUS, {iov_base={r15=0x7, "
		    "r14=0x8}, iov_len=16}");
	EXPECT_ARGS("ptrace", "args=0x4204,5,1,0x10 in3=8:0x900,8:256 ret=-3",
		    "PTRACE_GETREGSET, 5, NT_PRSTATUS, {iov_base=0x900, "
		    "iov_len=256}");
	EXPECT_ARGS("ptrace",
		    "args=0x420d,5,16,0x10 in3=8:1,8:0 out3=8:1,8:2 ret=16",
		    "PTRACE_SECCOMP_GET_METADATA, 5, 16, {filter_off=1, "
		    "flags=SECCOMP_FILTER_FLAG_LOG}");
	EXPECT_ARGS("ptrace", "args=0x420d,5,16,0x10 in3=8:1,8:0 ret=-22",
		    "PTRACE_SECCOMP_GET_METADATA, 5, 16, {filter_off=1}");
}
