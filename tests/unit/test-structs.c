/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/structs.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <errno.h>
#include <string.h>

#include "abi/decode.h"
#include "abi/show.h"
#include "base/buf.h"

static char out[4096];

/* How the structure prints: on an ABI, in full, of how large a one. */
struct way {
	enum abi abi;
	bool full;
	size_t size;
	bool failed;
};

static char *print_way(const char *name, const void *bytes, size_t have,
		       struct way way)
{
	static const struct event_call none;
	static const struct event_call none32 = {.h.compat = 1};
	const struct decode_options options = {
		.string_limit = 32,
		.full = way.full,
	};
	struct buf buf;
	buf_init(&buf, out, sizeof(out));
	struct show show = {
		.buf = &buf,
		.ev = way.abi == ABI_I386 ? &none32 : &none,
		.options = &options,
		.abi = way.abi,
		.failed = way.failed,
	};
	int id = structs_by_name(name);
	cr_assert(ge(int, id, 0), "no structure %s", name);
	const struct structs_memory memory = {bytes, have, way.size};
	if (way.size)
		structs_print_sized(&show, (enum structs_id)id, &memory);
	else
		structs_print(&show, (enum structs_id)id, bytes, have);
	return out;
}

static void put(char *bytes, size_t at, uint64_t value, size_t size)
{
	memcpy(bytes + at, &value, size);
}

#define PRINT(name, bytes)                                                     \
	print_way(name, bytes, sizeof(bytes), (struct way){0})
#define PRINT_I386(name, bytes)                                                \
	print_way(name, bytes, sizeof(bytes), (struct way){.abi = ABI_I386})
#define PRINT_FAILED(name, bytes)                                              \
	print_way(name, bytes, sizeof(bytes), (struct way){.failed = true})
#define PRINT_FULL(name, bytes)                                                \
	print_way(name, bytes, sizeof(bytes), (struct way){.full = true})

Test(structs, names_are_found)
{
	cr_expect(eq(int, structs_by_name("timespec"), STRUCTS_TIMESPEC));
	cr_expect(eq(int, structs_by_name("nosuch"), -1));
	cr_expect(eq(str, (char *)structs_name(STRUCTS_STAT), "stat"));
}

Test(structs, sizes_follow_the_abi)
{
	cr_expect(eq(sz, structs_size(STRUCTS_TIMESPEC, ABI_X86_64), 16));
	cr_expect(eq(sz, structs_size(STRUCTS_TIMESPEC, ABI_ARM64), 16));
	cr_expect(eq(sz, structs_size(STRUCTS_TIMESPEC, ABI_I386), 8));
	cr_expect(eq(sz, structs_size(STRUCTS_TIMESPEC64, ABI_I386), 16));
	cr_expect(eq(sz, structs_size(STRUCTS_STAT, ABI_X86_64), 144));
	cr_expect(eq(sz, structs_size(STRUCTS_STAT, ABI_ARM64), 128));
	cr_expect(eq(sz, structs_size(STRUCTS_STAT, ABI_I386), 64));
	cr_expect(eq(sz, structs_size(STRUCTS_STAT64, ABI_I386), 96));
	cr_expect(eq(sz, structs_size(STRUCTS_STAT64, ABI_X86_64), 0));
}

Test(structs, times)
{
	const uint64_t wide[4] = {1, 500, (uint64_t)-1, 1000000000};
	const uint32_t narrow[4] = {1, 500, UINT32_MAX, 1000000000};
	cr_expect(eq(str, PRINT("timespec", wide), "{tv_sec=1, tv_nsec=500}"));
	cr_expect(eq(str, PRINT_I386("timespec", narrow),
		     "{tv_sec=1, tv_nsec=500}"));
	cr_expect(eq(str, PRINT_I386("timespec64", wide),
		     "{tv_sec=1, tv_nsec=500}"));
	cr_expect(eq(str, PRINT("timeval", wide), "{tv_sec=1, tv_usec=500}"));
	cr_expect(eq(str, PRINT("itimerspec", wide),
		     "{it_interval={tv_sec=1, tv_nsec=500}, "
		     "it_value={tv_sec=-1, tv_nsec=1000000000}}"));
	cr_expect(eq(str, PRINT_I386("itimerspec", narrow),
		     "{it_interval={tv_sec=1, tv_nsec=500}, "
		     "it_value={tv_sec=-1, tv_nsec=1000000000}}"));
	cr_expect(eq(str, PRINT_I386("itimerval", narrow),
		     "{it_interval={tv_sec=1, tv_usec=500}, "
		     "it_value={tv_sec=-1, tv_usec=1000000000}}"));
	cr_expect(eq(str, PRINT("timezone", narrow),
		     "{tz_minuteswest=1, tz_dsttime=500}"));
	cr_expect(eq(str, PRINT("tms", wide),
		     "{tms_utime=1 /* 0.01 s */, tms_stime=500 /* 5.00 s */, "
		     "tms_cutime=18446744073709551615 /* 184467440737095516.15 "
		     "s */, tms_cstime=1000000000 /* 10000000.00 s */}"));
}

Test(structs, fields_that_are_not_whole_are_dots)
{
	const uint64_t wide[2] = {1, 500};
	cr_expect(eq(str, print_way("timespec", wide, 15, (struct way){0}),
		     "{tv_sec=1, ...}"));
	cr_expect(eq(str, print_way("timespec", wide, 0, (struct way){0}),
		     "{...}"));
	cr_expect(eq(str, print_way("stat64", wide, 16, (struct way){0}),
		     "{...}"));
}

Test(structs, a_stat_is_abbreviated)
{
	char bytes[144] = {0};
	put(bytes, 24, 0100644, 4);
	put(bytes, 48, 1234, 8);
	cr_expect(eq(str, PRINT("stat", bytes),
		     "{st_mode=S_IFREG|0644, st_size=1234, ...}"));
	put(bytes, 24, 020666, 4);
	put(bytes, 40, 0x103, 8);
	cr_expect(eq(str, PRINT("stat", bytes),
		     "{st_mode=S_IFCHR|0666, st_rdev=makedev(0x1, 0x3), ...}"));
	put(bytes, 24, 041777, 4);
	cr_expect(eq(str, PRINT("stat", bytes),
		     "{st_mode=S_IFDIR|S_ISVTX|0777, st_size=1234, ...}"));
}

Test(structs, a_stat_in_full)
{
	char bytes[144] = {0};
	put(bytes, 0, 0xfe00, 8);
	put(bytes, 8, 77, 8);
	put(bytes, 16, 2, 8);
	put(bytes, 24, 0100644, 4);
	put(bytes, 28, 1000, 4);
	put(bytes, 48, 12, 8);
	put(bytes, 56, 4096, 8);
	put(bytes, 64, 8, 8);
	cr_expect(eq(str, PRINT_FULL("stat", bytes),
		     "{st_dev=makedev(0xfe, 0), st_ino=77, "
		     "st_mode=S_IFREG|0644, st_nlink=2, st_uid=1000, st_gid=0, "
		     "st_blksize=4096, st_blocks=8, st_size=12, st_atime=0, "
		     "st_atime_nsec=0, st_mtime=0, st_mtime_nsec=0, "
		     "st_ctime=0, st_ctime_nsec=0}"));
}

Test(structs, a_stat_of_32_bit_callers)
{
	char bytes[96] = {0};
	put(bytes, 16, 0100644, 4);
	put(bytes, 44, 1234, 8);
	cr_expect(eq(str, PRINT_I386("stat64", bytes),
		     "{st_mode=S_IFREG|0644, st_size=1234, ...}"));
	memset(bytes, 0, sizeof(bytes));
	put(bytes, 8, 0100644, 2);
	put(bytes, 20, 1234, 4);
	cr_expect(eq(str, PRINT_I386("stat", bytes),
		     "{st_mode=S_IFREG|0644, st_size=1234, ...}"));
	memset(bytes, 0, sizeof(bytes));
	put(bytes, 4, 0100644, 2);
	put(bytes, 14 + 2, 0, 4);
	put(bytes, 16, 1234, 4);
	cr_expect(eq(str, PRINT_I386("old_stat", bytes),
		     "{st_mode=S_IFREG|0644, st_size=1234, ...}"));
}

Test(structs, a_stat_of_arm64)
{
	char bytes[128] = {0};
	put(bytes, 16, 0140755, 4);
	put(bytes, 48, 1234, 8);
	cr_expect(eq(str,
		     print_way("stat", bytes, sizeof(bytes),
			       (struct way){.abi = ABI_ARM64}),
		     "{st_mode=S_IFSOCK|0755, st_size=1234, ...}"));
}

Test(structs, limits)
{
	uint64_t wide[2] = {8 << 20, UINT64_MAX};
	uint32_t narrow[2] = {1024, UINT32_MAX};
	cr_expect(eq(str, PRINT("rlimit", wide),
		     "{rlim_cur=8192*1024, rlim_max=RLIM64_INFINITY}"));
	cr_expect(eq(str, PRINT_I386("rlimit", narrow),
		     "{rlim_cur=1024, rlim_max=RLIM_INFINITY}"));
	cr_expect(eq(str, PRINT_I386("rlimit64", wide),
		     "{rlim_cur=8192*1024, rlim_max=RLIM64_INFINITY}"));
	wide[0] = UINT64_MAX - 1;
	wide[1] = 20000;
	cr_expect(eq(str, PRINT("rlimit64", wide),
		     "{rlim_cur=18446744073709551614, rlim_max=20000}"));
}

Test(structs, texts_end_at_their_nul)
{
	char bytes[390] = {0};
	memcpy(bytes, "Linux", 5);
	memcpy(bytes + 65, "v\"m", 3);
	cr_expect(eq(str, PRINT("utsname", bytes),
		     "{sysname=\"Linux\", nodename=\"v\\\"m\", ...}"));
	memset(bytes + 325, 'x', 65);
	cr_expect(eq(str, PRINT_FULL("utsname", bytes),
		     "{sysname=\"Linux\", nodename=\"v\\\"m\", release=\"\", "
		     "version=\"\", machine=\"\", domainname=\""
		     "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		     "xxxxxxxx\"...}"));
}

Test(structs, arrays_have_brackets)
{
	char bytes[64] = {0};
	put(bytes, 0, 2059, 4);
	put(bytes, 4, 65120, 4);
	put(bytes, 8, 132768, 4);
	put(bytes, 12, 122912, 4);
	put(bytes, 40, 123, 2);
	put(bytes, 52, 4096, 4);
	cr_expect(eq(
		str, PRINT_I386("sysinfo", bytes),
		"{uptime=2059, loads=[65120, 132768, 122912], totalram=0, "
		"freeram=0, sharedram=0, bufferram=0, totalswap=0, freeswap=0, "
		"procs=123, totalhigh=0, freehigh=0, mem_unit=4096}"));
}

Test(structs, a_date_follows_seconds)
{
	setenv("TZ", "UTC", 1);
	const uint64_t times[2] = {0, 1700000000};
	cr_expect(eq(str, PRINT("utimbuf", times),
		     "{actime=0, modtime=1700000000 /* "
		     "2023-11-14T22:13:20+0000 */}"));
}

Test(structs, grown_ones_show_what_there_is)
{
	char bytes[40] = {0};
	put(bytes, 0, 02000000, 8);
	put(bytes, 16, 8, 8);
	cr_expect(eq(sz, structs_least(STRUCTS_OPEN_HOW), 24));
	cr_expect(eq(str,
		     print_way("open_how", bytes, 24, (struct way){.size = 24}),
		     "{flags=O_RDONLY|O_CLOEXEC, resolve=RESOLVE_BENEATH}"));
	cr_expect(eq(str,
		     print_way("open_how", bytes, 24, (struct way){.size = 40}),
		     "{flags=O_RDONLY|O_CLOEXEC, resolve=RESOLVE_BENEATH}"));
	cr_expect(eq(str,
		     print_way("open_how", bytes, 32, (struct way){.size = 32}),
		     "{flags=O_RDONLY|O_CLOEXEC, resolve=RESOLVE_BENEATH}"));
	put(bytes, 24, 7, 8);
	put(bytes, 8, 0644, 8);
	cr_expect(eq(str,
		     print_way("open_how", bytes, 32, (struct way){.size = 32}),
		     "{flags=O_RDONLY|O_CLOEXEC, mode=0644, "
		     "resolve=RESOLVE_BENEATH, "
		     "/* bytes 24..31 */ "
		     "\"\\x07\\x00\\x00\\x00\\x00\\x00\\x00\\x00\"}"));
	cr_expect(eq(str,
		     print_way("open_how", bytes, 32, (struct way){.size = 40}),
		     "{flags=O_RDONLY|O_CLOEXEC, mode=0644, "
		     "resolve=RESOLVE_BENEATH, "
		     "/* bytes 24..39 */ "
		     "\"\\x07\\x00\\x00\\x00\\x00\\x00\\x00\\x00\"...}"));
}

Test(structs, one_that_has_its_size_itself)
{
	uint32_t a[16] = {56};
	cr_expect(eq(str, PRINT("sched_attr", a),
		     "{size=56, sched_policy=SCHED_OTHER, sched_flags=0, "
		     "sched_nice=0, sched_priority=0, sched_runtime=0, "
		     "sched_deadline=0, sched_period=0, sched_util_min=0, "
		     "sched_util_max=0}"));
	a[0] = 0;
	a[1] = 99;
	cr_expect(eq(str, PRINT("sched_attr", a),
		     "{size=0, sched_policy=0x63 /* SCHED_??? */, "
		     "sched_flags=0, sched_nice=0, sched_priority=0, "
		     "sched_runtime=0, sched_deadline=0, sched_period=0}"));
	a[0] = 57;
	a[1] = 1;
	cr_expect(eq(str, PRINT("sched_attr", a),
		     "{size=57, sched_policy=SCHED_FIFO, sched_flags=0, "
		     "sched_nice=0, sched_priority=0, sched_runtime=0, "
		     "sched_deadline=0, sched_period=0, sched_util_min=0, "
		     "sched_util_max=0, ...}"));
	a[0] = 40;
	cr_expect(eq(str, PRINT("sched_attr", a), "{size=40}"));
}

Test(structs, what_is_beyond_a_sized_one_is_dots)
{
	uint64_t a[4] = {3};
	const struct way way = {.size = 32};
	cr_expect(eq(str,
		     print_way("landlock_ruleset_attr", a, 8,
			       (struct way){.size = 8}),
		     "{handled_access_fs=LANDLOCK_ACCESS_FS_EXECUTE|"
		     "LANDLOCK_ACCESS_FS_WRITE_FILE}"));
	cr_expect(eq(str, print_way("landlock_ruleset_attr", a, 32, way),
		     "{handled_access_fs=LANDLOCK_ACCESS_FS_EXECUTE|"
		     "LANDLOCK_ACCESS_FS_WRITE_FILE, handled_access_net=0, "
		     "scoped=0, ...}"));
}

Test(structs, fields_may_depend_on_others)
{
	char bytes[64] = {0};
	put(bytes, 0, 7, 8);
	put(bytes, 8, 10, 4);
	cr_expect(eq(str, PRINT("sigevent", bytes),
		     "{sigev_value={sival_int=7, sival_ptr=0x7}, "
		     "sigev_signo=SIGUSR1, sigev_notify=SIGEV_SIGNAL}"));
	put(bytes, 12, 1, 4);
	cr_expect(eq(str, PRINT("sigevent", bytes),
		     "{sigev_value={sival_int=7, sival_ptr=0x7}, "
		     "sigev_signo=10, sigev_notify=SIGEV_NONE}"));
	put(bytes, 12, 2, 4);
	put(bytes, 16, 0x1234, 8);
	put(bytes, 0, 0, 8);
	cr_expect(eq(str, PRINT("sigevent", bytes),
		     "{sigev_signo=SIGUSR1, sigev_notify=SIGEV_THREAD, "
		     "sigev_notify_function=0x1234, "
		     "sigev_notify_attributes=NULL}"));
	put(bytes, 12, 4, 4);
	put(bytes, 16, 77, 8);
	cr_expect(eq(str, PRINT("sigevent", bytes),
		     "{sigev_signo=SIGUSR1, sigev_notify=SIGEV_THREAD_ID, "
		     "sigev_notify_thread_id=77}"));
	put(bytes, 12, 99, 4);
	cr_expect(eq(str, PRINT("sigevent", bytes),
		     "{sigev_signo=10, sigev_notify=0x63 /* SIGEV_??? */}"));
}

Test(structs, bits_of_a_word_are_fields)
{
	const uint32_t desc[4] = {UINT32_MAX, 0x1000, 0xfffff, 0x11};
	cr_expect(eq(str, PRINT("user_desc", desc),
		     "{entry_number=-1, base_addr=0x001000, limit=0x0fffff, "
		     "seg_32bit=1, contents=0, read_exec_only=0, "
		     "limit_in_pages=1, seg_not_present=0, useable=0, lm=0}"));
	const uint32_t next[4] = {13, 0, 0, 0x6e};
	cr_expect(eq(str, PRINT_I386("user_desc", next),
		     "{entry_number=13, base_addr=00000000, limit=00000000, "
		     "seg_32bit=0, contents=3, read_exec_only=1, "
		     "limit_in_pages=0, seg_not_present=1, useable=1}"));
}

Test(structs, epoll_events_are_packed_on_x86_64_only)
{
	char bytes[16] = {0};
	put(bytes, 0, 0x80000001, 4);
	put(bytes, 4, 0x1122334455667788, 8);
	const char *expected = "{events=EPOLLIN|EPOLLET, data={u32=1432778632, "
			       "u64=1234605616436508552}}";
	cr_expect(eq(str, PRINT("epoll_event", bytes), (char *)expected));
	cr_expect(eq(str, PRINT_I386("epoll_event", bytes), (char *)expected));
	put(bytes, 8, 0x1122334455667788, 8);
	cr_expect(eq(str,
		     print_way("epoll_event", bytes, sizeof(bytes),
			       (struct way){.abi = ABI_ARM64}),
		     (char *)expected));
	cr_expect(eq(sz, structs_size(STRUCTS_EPOLL_EVENT, ABI_X86_64), 12));
	cr_expect(eq(sz, structs_size(STRUCTS_EPOLL_EVENT, ABI_I386), 12));
	cr_expect(eq(sz, structs_size(STRUCTS_EPOLL_EVENT, ABI_ARM64), 16));
}

Test(structs, file_systems)
{
	char bytes[120] = {0};
	put(bytes, 0, 0xef53, 8);
	put(bytes, 8, 4096, 8);
	put(bytes, 16, 66053021, 8);
	put(bytes, 56, 0x39a6123bd1b151f6, 8);
	put(bytes, 64, 255, 8);
	put(bytes, 72, 4096, 8);
	put(bytes, 80, 0x1020, 8);
	cr_expect(eq(str, PRINT("statfs", bytes),
		     "{f_type=EXT2_SUPER_MAGIC, f_bsize=4096, "
		     "f_blocks=66053021, f_bfree=0, f_bavail=0, f_files=0, "
		     "f_ffree=0, f_fsid={val=[0xd1b151f6, 0x39a6123b]}, "
		     "f_namelen=255, f_frsize=4096, "
		     "f_flags=ST_VALID|ST_RELATIME}"));
	memset(bytes, 0, sizeof(bytes));
	put(bytes, 0, 0x9fa0, 4);
	put(bytes, 8, 66053021, 8);
	put(bytes, 48, 0x15, 8);
	put(bytes, 56, 255, 4);
	put(bytes, 64, 0x1020, 4);
	cr_expect(eq(str, PRINT_I386("statfs64", bytes),
		     "{f_type=PROC_SUPER_MAGIC, f_bsize=0, f_blocks=66053021, "
		     "f_bfree=0, f_bavail=0, f_files=0, f_ffree=0, "
		     "f_fsid={val=[0x15, 0]}, f_namelen=255, f_frsize=0, "
		     "f_flags=ST_VALID|ST_RELATIME}"));
}

Test(structs, a_statx_shows_what_counts)
{
	char bytes[256] = {0};
	put(bytes, 0, 0x1fff, 4);
	put(bytes, 28, 0100644, 2);
	put(bytes, 40, 12, 8);
	cr_expect(eq(str, PRINT("statx", bytes),
		     "{stx_mask=STATX_ALL|STATX_MNT_ID, stx_attributes=0, "
		     "stx_mode=S_IFREG|0644, stx_size=12, ...}"));
}

Test(structs, locks)
{
	char bytes[32] = {0};
	put(bytes, 16, 10, 8);
	cr_expect(eq(str, PRINT("flock", bytes),
		     "{l_type=F_RDLCK, l_whence=SEEK_SET, l_start=0, "
		     "l_len=10}"));
	put(bytes, 24, 77, 4);
	cr_expect(eq(str, PRINT("flock_got", bytes),
		     "{l_type=F_RDLCK, l_whence=SEEK_SET, l_start=0, l_len=10, "
		     "l_pid=77}"));
	const uint32_t narrow[4] = {0x10002, 1, 2, 3};
	cr_expect(eq(str, PRINT_I386("flock_got", narrow),
		     "{l_type=F_UNLCK, l_whence=SEEK_CUR, l_start=1, l_len=2, "
		     "l_pid=3}"));
	const uint32_t wide[6] = {0x10002, 1, 0, 2, 0, 3};
	cr_expect(eq(str, PRINT_I386("flock64_got", wide),
		     "{l_type=F_UNLCK, l_whence=SEEK_CUR, l_start=1, l_len=2, "
		     "l_pid=3}"));
	const int32_t owner[2] = {0, 5};
	cr_expect(eq(str, PRINT("f_owner_ex", owner),
		     "{type=F_OWNER_TID, pid=5}"));
}

Test(structs, system_v_objects)
{
	char bytes[120] = {0};
	put(bytes, 0, 4660, 4);
	put(bytes, 20, 0600, 4);
	put(bytes, 64, 1795785654, 8);
	put(bytes, 88, 16384, 8);
	cr_expect(
		eq(str, PRINT("msqid_ds", bytes),
		   "{msg_perm={uid=0, gid=0, mode=0600, key=4660, cuid=0, "
		   "cgid=0}, msg_stime=0, msg_rtime=0, msg_ctime=1795785654, "
		   "msg_qnum=0, msg_qbytes=16384, msg_lspid=0, msg_lrpid=0}"));
	cr_expect(eq(str, PRINT("msqid_ds_set", bytes),
		     "{msg_perm={uid=0, gid=0, mode=0600}, msg_qbytes=16384}"));
	cr_expect(eq(str, PRINT("shmid_ds_set", bytes),
		     "{shm_perm={uid=0, gid=0, mode=0600}}"));
	const uint16_t op[3] = {1, 0xffff, 0x1800};
	cr_expect(eq(str, PRINT("sembuf", op),
		     "{sem_num=1, sem_op=-1, sem_flg=SEM_UNDO|IPC_NOWAIT}"));
}

Test(structs, what_the_kernel_tells_is_not_there_if_it_failed)
{
	char bytes[120] = {0};
	put(bytes, 8, 0x20, 4);
	put(bytes, 12, 1, 4);
	put(bytes, 16, 7, 4);
	put(bytes, 24, 5, 4);
	cr_expect(eq(str, PRINT_FAILED("io_uring_params", bytes),
		     "{flags=IORING_SETUP_ATTACH_WQ, sq_thread_cpu=0x1, "
		     "sq_thread_idle=7, wq_fd=5}"));
	put(bytes, 8, 0, 4);
	put(bytes, 28, 5, 4);
	cr_expect(eq(str, PRINT_FAILED("io_uring_params", bytes),
		     "{flags=0, sq_thread_cpu=0x1, sq_thread_idle=7, "
		     "resv=[0x5, 0, 0]}"));
	put(bytes, 28, 0, 4);
	put(bytes, 0, 4, 4);
	put(bytes, 4, 8, 4);
	put(bytes, 20, 1, 4);
	put(bytes, 44, 4, 4);
	cr_expect(eq(str, PRINT("io_uring_params", bytes),
		     "{flags=0, sq_thread_cpu=0x1, sq_thread_idle=7, "
		     "sq_entries=4, cq_entries=8, "
		     "features=IORING_FEAT_SINGLE_MMAP, sq_off={head=0, "
		     "tail=4, ring_mask=0, ring_entries=0, flags=0, dropped=0, "
		     "array=0}, cq_off={head=0, tail=0, ring_mask=0, "
		     "ring_entries=0, overflow=0, cqes=0, flags=0}}"));
}

Test(structs, a_gap_is_dots_in_its_place)
{
	uint64_t regs[18];
	for (size_t i = 0; i < 18; i++)
		regs[i] = i + 1;
	cr_expect(eq(str, PRINT("kvm_regs", regs),
		     "{rax=0x1, ..., rsp=0x7, rbp=0x8, ..., rip=0x11, "
		     "rflags=0x12}"));
}

Test(structs, descriptors_among_the_fields_are_found)
{
	size_t offset = 99;
	enum argtype kind = ARG_UNKNOWN;
	enum structs_id id =
		(enum structs_id)structs_by_name("file_clone_range");
	cr_assert(eq(int, structs_fd(id, ABI_X86_64, 0, &offset, &kind), 0));
	cr_expect(eq(sz, offset, 0));
	cr_expect(eq(int, kind, ARG_FD));
	cr_expect(eq(int, structs_fd(id, ABI_X86_64, 1, &offset, &kind),
		     -ENOENT));
	id = (enum structs_id)structs_by_name("kcmp_epoll_slot");
	cr_assert(eq(int, structs_fd(id, ABI_X86_64, 1, &offset, &kind), 0));
	cr_expect(eq(sz, offset, 4));
	cr_expect(eq(int, kind, ARG_FD_OF_SECOND));
	id = (enum structs_id)structs_by_name("stat");
	cr_expect(eq(int, structs_fd(id, ABI_X86_64, 0, &offset, &kind),
		     -ENOENT));
}
