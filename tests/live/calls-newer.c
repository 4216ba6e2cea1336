/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Calls that came after Linux 6.1, which strace of that time knows by number
 * only: of its lines the result counts.  A kernel that lacks them fails.
 */
#include "config.h"

#include "calls.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <linux/mount.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/xattr.h>
#include <time.h>

/* include/uapi/asm-generic/unistd.h */
#ifndef SYS_cachestat
#define SYS_cachestat 451
#endif
#ifndef SYS_fchmodat2
#define SYS_fchmodat2 452
#endif
#ifndef SYS_map_shadow_stack
#define SYS_map_shadow_stack 453
#endif
#ifndef SYS_futex_wake
#define SYS_futex_wake    454
#define SYS_futex_wait    455
#define SYS_futex_requeue 456
#endif
#ifndef SYS_statmount
#define SYS_statmount 457
#define SYS_listmount 458
#endif
#ifndef SYS_lsm_get_self_attr
#define SYS_lsm_get_self_attr 459
#define SYS_lsm_set_self_attr 460
#define SYS_lsm_list_modules  461
#endif
#ifndef SYS_mseal
#define SYS_mseal 462
#endif
#ifndef SYS_setxattrat
#define SYS_setxattrat    463
#define SYS_getxattrat    464
#define SYS_listxattrat   465
#define SYS_removexattrat 466
#endif
#ifndef SYS_open_tree_attr
#define SYS_open_tree_attr 467
#endif
#ifndef SYS_file_getattr
#define SYS_file_getattr 468
#define SYS_file_setattr 469
#endif

static void test_files(struct calls *c, int fd)
{
	const uint64_t range[2] = {0, 4096};
	uint64_t got[5] = {0};
	uint32_t attr[6] = {0};
	struct mount_attr mount = {.attr_set = MOUNT_ATTR_NOEXEC};
	CALL(c, cachestat, (fd, range, got, 0), "%d, {off=0, len=4096}, %s, 0",
	     fd,
	     calls_out(c, got,
		       calls_text(c,
				  "{nr_cache=%lu, nr_dirty=%lu, "
				  "nr_writeback=%lu, nr_evicted=%lu, "
				  "nr_recently_evicted=%lu}",
				  got[0], got[1], got[2], got[3], got[4])));
	CALL(c, cachestat, (-1, c->bad, NULL, 5), "-1, %p, NULL, 0x5",
	     (void *)c->bad);
	CALL(c, fchmodat2, (AT_FDCWD, "file", 0640, AT_SYMLINK_NOFOLLOW),
	     "AT_FDCWD, \"file\", 0640, AT_SYMLINK_NOFOLLOW");
	CALL(c, fchmodat2, (-1, NULL, 04000, 0x8),
	     "-1, NULL, 04000, 0x8 /* AT_??? */");
	CALL(c, open_tree_attr,
	     (-1, "none", OPEN_TREE_CLOEXEC, &mount, sizeof(mount)),
	     "-1, \"none\", OPEN_TREE_CLOEXEC, {attr_set=MOUNT_ATTR_NOEXEC, "
	     "attr_clr=0, propagation=0 /* MS_??? */, userns_fd=0}, 32");
	CALL(c, file_getattr, (-1, "none", attr, sizeof(attr), 0),
	     "-1, \"none\", %p, 24, 0", (void *)attr);
	CALL(c, file_setattr, (-1, "none", NULL, 0, AT_EMPTY_PATH),
	     "-1, \"none\", NULL, 0, AT_EMPTY_PATH");
}

static void test_attributes(struct calls *c)
{
	char value[] = "value", list[64];
	const struct {
		uint64_t value;
		uint32_t size, flags;
	} set = {(uintptr_t)value, 5, XATTR_CREATE};
	CALL(c, setxattrat, (AT_FDCWD, "file", 0, "user.n", &set, sizeof(set)),
	     "AT_FDCWD, \"file\", 0, \"user.n\", {value=%p, size=5, "
	     "flags=XATTR_CREATE}, 16",
	     (void *)value);
	CALL(c, listxattrat, (AT_FDCWD, "file", 0, list, sizeof(list)),
	     "AT_FDCWD, \"file\", 0, %s, 64",
	     calls_out(c, list, "\"user.n\\0\""));
	CALL(c, getxattrat,
	     (-1, "file", AT_SYMLINK_NOFOLLOW, "user.n", c->bad, 16),
	     "-1, \"file\", AT_SYMLINK_NOFOLLOW, \"user.n\", %p, 16",
	     (void *)c->bad);
	CALL(c, removexattrat, (AT_FDCWD, "file", 0, "user.n"),
	     "AT_FDCWD, \"file\", 0, \"user.n\"");
	CALL(c, removexattrat, (-1, NULL, 0x8, NULL),
	     "-1, NULL, 0x8 /* AT_??? */, NULL");
}

static void test_memory(struct calls *c)
{
	void *page =
		mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CALL(c, mseal, (page, 4096, 0), "%p, 4096, 0", page);
	CALL(c, mseal, (NULL, 1, 5), "NULL, 1, 0x5");
	CALL_HEX(c, map_shadow_stack, (NULL, 0, 1),
		 "NULL, 0, SHADOW_STACK_SET_TOKEN");
}

static void test_futexes(struct calls *c)
{
	unsigned word = 5;
	struct timespec past = {1, 2};
	struct futex_waitv waiters[2] = {
		{.uaddr = (uintptr_t)&word, .flags = FUTEX_32},
		{.val = 1, .uaddr = 0x10, .flags = FUTEX_32}};
	CALL(c, futex_wake, (&word, 0xffffffffU, 1, 2 | 128),
	     "%p, 0xffffffff, 1, FUTEX2_SIZE_U32|FUTEX2_PRIVATE",
	     (void *)&word);
	CALL(c, futex_wait, (&word, 5, 0xffffffffU, 2, &past, CLOCK_MONOTONIC),
	     "%p, 5, 0xffffffff, FUTEX2_SIZE_U32, {tv_sec=1, tv_nsec=2}, "
	     "CLOCK_MONOTONIC",
	     (void *)&word);
	CALL(c, futex_requeue, (waiters, 0, 1, 2),
	     "[{val=0, uaddr=%p, flags=FUTEX_32}, {val=0x1, uaddr=0x10, "
	     "flags=FUTEX_32}], 0, 1, 2",
	     (void *)&word);
	CALL(c, futex_requeue, (NULL, 0x5, -1, -1), "NULL, 0x5, -1, -1");
}

static void test_lists(struct calls *c)
{
	uint64_t ids[8] = {0};
	uint32_t size = 1;
	CALL(c, statmount, (NULL, c->bad, 512, 0), "NULL, %p, 512, 0",
	     (void *)c->bad);
	CALL(c, listmount, (NULL, ids, 8, 1), "NULL, %p, 8, LISTMOUNT_REVERSE",
	     (void *)ids);
	CALL(c, lsm_list_modules, (ids, &size, 0), "%p, [1], 0", (void *)ids);
	CALL(c, lsm_get_self_attr, (100, NULL, NULL, 1),
	     "LSM_ATTR_CURRENT, NULL, NULL, LSM_FLAG_SINGLE");
	CALL(c, lsm_set_self_attr, (77, c->bad, 5, 0),
	     "0x4d /* LSM_ATTR_??? */, %p, 5, 0", (void *)c->bad);
}

void calls_newer(struct calls *c)
{
	int fd = open("file", O_RDWR | O_CREAT, 0600);
	test_files(c, fd);
	test_attributes(c);
	test_memory(c);
	test_futexes(c);
	test_lists(c);
}
