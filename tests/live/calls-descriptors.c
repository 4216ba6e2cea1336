/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Open descriptors are read, written, copied, moved and asked. */
#include "config.h"

#include "calls.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>

#define TEXT_32 "abcdefghijklmnopqrstuvwxyz012345"
#define TEXT_33 TEXT_32 "6"

static void test_bytes(struct calls *c, int fd)
{
	char buf[64] = "";
	CALL(c, write, (fd, TEXT_33, 33), "%d, \"" TEXT_32 "\"..., 33", fd);
	CALL(c, write, (fd, TEXT_33, 32), "%d, \"" TEXT_32 "\", 32", fd);
	CALL(c, write,
	     (fd,
	      "\0"
	      "7\n\xff",
	      4),
	     "%d, \"\\0007\\n\\377\", 4", fd);
	CALL(c, write, (fd, "", 0), "%d, \"\", 0", fd);
	CALL(c, write, (fd, NULL, 5), "%d, NULL, 5", fd);
	CALL(c, write, (fd, c->bad, 5), "%d, %p, 5", fd, (void *)c->bad);
	CALL(c, write, (-1, "one", 3), "-1, \"one\", 3");
	CALL(c, lseek, (fd, 0, SEEK_SET), "%d, 0, SEEK_SET", fd);
	CALL(c, read, (fd, buf, 33), "%d, \"" TEXT_32 "\"..., 33", fd);
	CALL(c, read, (fd, buf, 32), "%d, \"" TEXT_32 "\", 32", fd);
	CALL(c, read, (fd, buf, 64), "%d, \"\\0007\\n\\377\", 64", fd);
	CALL(c, read, (fd, buf, 64), "%d, \"\", 64", fd);
	CALL(c, read, (-1, buf, 64), "-1, %p, 64", (void *)buf);
	CALL(c, pread64, (fd, buf, 3, 30), "%d, \"456\", 3, 30", fd);
	CALL(c, pread64, (fd, buf, 3, -1L), "%d, %p, 3, -1", fd, (void *)buf);
	CALL(c, pwrite64, (fd, "xyz", 3, 1L << 33), "%d, \"xyz\", 3, %ld", fd,
	     1L << 33);
	CALL(c, pwrite64, (-1, c->bad, 3, 0), "-1, %p, 3, 0", (void *)c->bad);
	CALL(c, lseek, (fd, -3L, SEEK_END), "%d, -3, SEEK_END", fd);
	CALL(c, lseek, (fd, 0, SEEK_DATA), "%d, 0, SEEK_DATA", fd);
	CALL(c, lseek, (fd, 0, SEEK_HOLE), "%d, 0, SEEK_HOLE", fd);
	CALL(c, lseek, (fd, 1, 77), "%d, 1, 0x4d /* SEEK_??? */", fd);
	CALL(c, lseek, (fd, 0, SEEK_CUR), "%d, 0, SEEK_CUR", fd);
	CALL(c, ftruncate, (fd, 100), "%d, 100", fd);
	CALL(c, ftruncate, (-1, 1L << 40), "-1, %ld", 1L << 40);
}

static void test_vectors(struct calls *c, int fd)
{
	static char two[4], three[4];
	const struct iovec out[] = {{"one", 3}, {"", 0}, {"three", 5}};
	const struct iovec in[] = {{two, 2}, {three, 4}};
	struct iovec many[33];
	const char *all = "";
	(void)lseek(fd, 0, SEEK_SET);
	CALL(c, writev, (fd, out, 3),
	     "%d, [{iov_base=\"one\", iov_len=3}, {iov_base=\"\", iov_len=0}, "
	     "{iov_base=\"three\", iov_len=5}], 3",
	     fd);
	CALL(c, writev, (fd, out, 0), "%d, [], 0", fd);
	CALL(c, writev, (fd, NULL, 2), "%d, NULL, 2", fd);
	CALL(c, writev, (fd, c->bad, 2), "%d, %p, 2", fd, (void *)c->bad);
	CALL(c, writev, (fd, out, -1L), "%d, %p, %lu", fd, (const void *)out,
	     -1L);
	(void)lseek(fd, 0, SEEK_SET);
	CALL(c, readv, (fd, in, 2),
	     "%d, [{iov_base=\"on\", iov_len=2}, {iov_base=\"ethr\", "
	     "iov_len=4}], 2",
	     fd);
	(void)lseek(fd, 97, SEEK_SET);
	CALL(c, readv, (fd, in, 2),
	     "%d, [{iov_base=\"\\0\\0\", iov_len=2}, {iov_base=\"\\0\", "
	     "iov_len=4}], 2",
	     fd);
	CALL(c, readv, (fd, in, 2),
	     "%d, [{iov_base=\"\", iov_len=2}, {iov_base=\"\", iov_len=4}], 2",
	     fd);
	CALL(c, readv, (-1, in, 2),
	     "-1, [{iov_base=%p, iov_len=2}, {iov_base=%p, iov_len=4}], 2",
	     in[0].iov_base, in[1].iov_base);
	CALL(c, preadv, (fd, in, 1, 3),
	     "%d, [{iov_base=\"th\", iov_len=2}], 1, 3", fd);
	CALL(c, pwritev, (fd, out, 1, 50),
	     "%d, [{iov_base=\"one\", iov_len=3}], 1, 50", fd);
	CALL(c, preadv2, (fd, in, 2, -1L, 0, 0),
	     "%d, [{iov_base=\"\", iov_len=2}, {iov_base=\"\", iov_len=4}], 2, "
	     "-1, 0",
	     fd);
	CALL(c, preadv2, (-1, in, 1, 5, 0, RWF_NOWAIT | RWF_HIPRI | 0x1000),
	     "-1, [{iov_base=%p, iov_len=2}], 1, 5, "
	     "RWF_HIPRI|RWF_NOWAIT|0x1000",
	     in[0].iov_base);
	CALL(c, pwritev2, (fd, out, 1, 60, 0, RWF_DSYNC | RWF_SYNC),
	     "%d, [{iov_base=\"one\", iov_len=3}], 1, 60, RWF_DSYNC|RWF_SYNC",
	     fd);
	CALL(c, pwritev2, (fd, out, 1, 60, 0, 0x10000),
	     "%d, [{iov_base=\"one\", iov_len=3}], 1, 60, "
	     "0x10000 /* RWF_??? */",
	     fd);
	for (size_t i = 0; i < 33; i++)
		many[i] = (struct iovec){"+", 1};
	for (size_t i = 0; i < 32; i++)
		all = calls_text(c, "%s{iov_base=\"+\", iov_len=1}, ", all);
	CALL(c, writev, (fd, many, 33), "%d, [%s...], 33", fd, all);
}

static void test_copies(struct calls *c, int fd)
{
	int pipes[2];
	CALL(c, dup, (fd), "%d", fd);
	CALL(c, dup, (-1), "-1");
	CALL(c, dup2, (fd, 50), "%d, 50", fd);
	CALL(c, dup2, (-1, -1), "-1, -1");
	CALL(c, dup3, (fd, 51, O_CLOEXEC), "%d, 51, O_CLOEXEC", fd);
	CALL(c, dup3, (fd, fd, 0), "%d, %d, 0", fd, fd);
	CALL(c, dup3, (fd, 51, 0x4), "%d, 51, 0x4 /* O_??? */", fd);
	CALL(c, close, (50), "50");
	CALL(c, close, (50), "50");
	CALL(c, close_range, (51, 60, 0), "51, 60, 0");
	CALL(c, close_range, (51, -1, 4),
	     "51, 4294967295, CLOSE_RANGE_CLOEXEC");
	CALL(c, close_range, (51, 50, 2 | 0x20),
	     "51, 50, CLOSE_RANGE_UNSHARE|0x20");
	CALL(c, pipe, (pipes), "[%d, %d]", pipes[0], pipes[1]);
	CALL(c, pipe, (NULL), "NULL");
	CALL(c, pipe2, (pipes, O_CLOEXEC | O_NONBLOCK),
	     "[%d, %d], O_NONBLOCK|O_CLOEXEC", pipes[0], pipes[1]);
	CALL(c, pipe2, (pipes, O_DIRECT), "[%d, %d], O_DIRECT", pipes[0],
	     pipes[1]);
	CALL(c, pipe2, (pipes, 0x1), "%p, 0x1 /* O_??? */", (void *)pipes);
	CALL(c, pipe2, (c->bad, 0), "%p, 0", (void *)c->bad);
}

static void test_moves(struct calls *c, int fd)
{
	int pipes[2], more[2], other = open("other", O_RDWR | O_CREAT, 0600);
	off_t offset = 1, second = 2;
	const struct iovec out[] = {{"one", 3}, {"two", 3}};
	CALLS_NEED(c, !pipe(pipes) && !pipe(more));
	CALL(c, sendfile, (other, fd, &offset, 4), "%d, %d, [1] => [5], 4",
	     other, fd);
	(void)lseek(fd, 0, SEEK_SET);
	CALL(c, sendfile, (other, fd, NULL, 4), "%d, %d, NULL, 4", other, fd);
	CALL(c, sendfile, (-1, fd, c->bad, 4), "-1, %d, %p, 4", fd,
	     (void *)c->bad);
	CALL(c, sendfile, (-1, fd, &offset, 4), "-1, %d, [5], 4", fd);
	offset = 1;
	CALL(c, copy_file_range, (fd, &offset, other, &second, 3, 0),
	     "%d, [1], %d, [2], 3, 0", fd, other);
	CALL(c, copy_file_range, (fd, NULL, other, NULL, 3, 0x10),
	     "%d, NULL, %d, NULL, 3, 16", fd, other);
	CALL(c, splice,
	     (fd, &offset, pipes[1], NULL, 5,
	      SPLICE_F_MOVE | SPLICE_F_NONBLOCK | SPLICE_F_MORE),
	     "%d, [4], %d, NULL, 5, "
	     "SPLICE_F_MOVE|SPLICE_F_NONBLOCK|SPLICE_F_MORE",
	     fd, pipes[1]);
	CALL(c, splice, (-1, c->bad, -1, NULL, 5, 0x40),
	     "-1, %p, -1, NULL, 5, 0x40 /* SPLICE_F_??? */", (void *)c->bad);
	CALL(c, tee, (pipes[0], more[1], 3, SPLICE_F_NONBLOCK),
	     "%d, %d, 3, SPLICE_F_NONBLOCK", pipes[0], more[1]);
	CALL(c, tee, (pipes[0], -1, 3, 0), "%d, -1, 3, 0", pipes[0]);
	CALL(c, vmsplice, (more[1], out, 2, SPLICE_F_GIFT),
	     "%d, [{iov_base=\"one\", iov_len=3}, {iov_base=\"two\", "
	     "iov_len=3}], 2, SPLICE_F_GIFT",
	     more[1]);
	CALL(c, vmsplice, (-1, NULL, 2, 0), "-1, NULL, 2, 0");
}

static void test_storage(struct calls *c, int fd)
{
	CALL_BARE(c, sync);
	CALL(c, fsync, (fd), "%d", fd);
	CALL(c, fdatasync, (fd), "%d", fd);
	CALL(c, fdatasync, (-1), "-1");
	CALL(c, syncfs, (fd), "%d", fd);
	CALL(c, sync_file_range,
	     (fd, 0, 4096, SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE),
	     "%d, 0, 4096, SYNC_FILE_RANGE_WAIT_BEFORE|SYNC_FILE_RANGE_WRITE",
	     fd);
	CALL(c, sync_file_range, (-1, -1L, -2L, 0x10),
	     "-1, -1, -2, 0x10 /* SYNC_FILE_RANGE_??? */");
	CALL(c, readahead, (fd, 0, 4096), "%d, 0, 4096", fd);
	CALL(c, readahead, (-1, -5L, 4096), "-1, -5, 4096");
	CALL(c, fadvise64, (fd, 0, 4096, POSIX_FADV_WILLNEED),
	     "%d, 0, 4096, POSIX_FADV_WILLNEED", fd);
	CALL(c, fadvise64, (fd, -1L, 0, 77),
	     "%d, -1, 0, 0x4d /* POSIX_FADV_??? */", fd);
	CALL(c, fallocate, (fd, FALLOC_FL_KEEP_SIZE, 0, 8192),
	     "%d, FALLOC_FL_KEEP_SIZE, 0, 8192", fd);
	CALL(c, fallocate,
	     (fd, FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE, 4096, 4096),
	     "%d, FALLOC_FL_KEEP_SIZE|FALLOC_FL_PUNCH_HOLE, 4096, 4096", fd);
	CALL(c, fallocate, (fd, 0x1000, 0, -1L),
	     "%d, 0x1000 /* FALLOC_FL_??? */, 0, -1", fd);
	CALL(c, fallocate, (fd, 0, 0, 10), "%d, 0, 0, 10", fd);
	CALL(c, flock, (fd, LOCK_EX | LOCK_NB), "%d, LOCK_EX|LOCK_NB", fd);
	CALL(c, flock, (fd, LOCK_UN), "%d, LOCK_UN", fd);
	CALL(c, flock, (-1, 0x40), "-1, LOCK_READ");
	CALL(c, flock, (-1, LOCK_SH | 0x100), "-1, LOCK_SH|0x100");
}

static void test_entries(struct calls *c)
{
	char buf[4096], none[16];
	CALLS_NEED(c, !mkdir("entries", 0700));
	int fd = open("entries", O_RDONLY | O_DIRECTORY);
	CALL(c, getdents64, (fd, buf, sizeof(buf)),
	     "%d, %p /* 2 entries */, 4096", fd, (void *)buf);
	CALL(c, getdents64, (fd, buf, sizeof(buf)),
	     "%d, %p /* 0 entries */, 4096", fd, (void *)buf);
	(void)lseek(fd, 0, SEEK_SET);
	CALL(c, getdents, (fd, buf, sizeof(buf)),
	     "%d, %p /* 2 entries */, 4096", fd, (void *)buf);
	(void)lseek(fd, 0, SEEK_SET);
	CALL(c, getdents, (fd, none, 1), "%d, %p, 1", fd, (void *)none);
	CALL(c, getdents64, (-1, NULL, 1), "-1, NULL, 1");
}

void calls_descriptors(struct calls *c)
{
	int fd = open("file", O_RDWR | O_CREAT | O_TRUNC, 0600);
	test_bytes(c, fd);
	test_vectors(c, fd);
	test_copies(c, fd);
	test_moves(c, fd);
	test_storage(c, fd);
	test_entries(c);
}
