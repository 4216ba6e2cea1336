/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/structs.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

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
	cr_expect(
		eq(str, PRINT("tms", wide),
		   "{tms_utime=1, tms_stime=500, "
		   "tms_cutime=18446744073709551615, tms_cstime=1000000000}"));
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
		     "{flags=O_RDONLY|O_CLOEXEC, resolve=0x8}"));
	cr_expect(eq(str,
		     print_way("open_how", bytes, 24, (struct way){.size = 40}),
		     "{flags=O_RDONLY|O_CLOEXEC, resolve=0x8}"));
	cr_expect(eq(str,
		     print_way("open_how", bytes, 32, (struct way){.size = 32}),
		     "{flags=O_RDONLY|O_CLOEXEC, resolve=0x8}"));
	put(bytes, 24, 7, 8);
	put(bytes, 8, 0644, 8);
	cr_expect(eq(str,
		     print_way("open_how", bytes, 32, (struct way){.size = 32}),
		     "{flags=O_RDONLY|O_CLOEXEC, mode=0644, resolve=0x8, "
		     "/* bytes 24..31 */ "
		     "\"\\x07\\x00\\x00\\x00\\x00\\x00\\x00\\x00\"}"));
	cr_expect(eq(str,
		     print_way("open_how", bytes, 32, (struct way){.size = 40}),
		     "{flags=O_RDONLY|O_CLOEXEC, mode=0644, resolve=0x8, "
		     "/* bytes 24..39 */ "
		     "\"\\x07\\x00\\x00\\x00\\x00\\x00\\x00\\x00\"...}"));
}
