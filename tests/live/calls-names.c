/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names are made and removed, and what is kept beside a file's content. */
#include "config.h"

#include "calls.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <sys/xattr.h>
#include <utime.h>

static void test_mkdir(struct calls *c)
{
	CALL_AS(c, "022", umask, (0077), "077");
	CALL_AS(c, "077", umask, (022), "022");
	CALL_AS(c, "022", umask, (0), "000");
	CALL_AS(c, "000", umask, (022), "022");
	CALL(c, mkdir, ("d", 0755), "\"d\", 0755");
	CALL(c, mkdir, ("d", 0), "\"d\", 000");
	CALL(c, mkdir, (c->bad, 01777), "%p, 01777", (void *)c->bad);
	CALL(c, mkdirat, (AT_FDCWD, "d/e", 02700), "AT_FDCWD, \"d/e\", 02700");
	CALL(c, mkdirat, (-1, "e", 0700), "-1, \"e\", 0700");
	CALL(c, rmdir, ("d"), "\"d\"");
	CALL(c, rmdir, ("d/e"), "\"d/e\"");
	CALL(c, rmdir, (NULL), "NULL");
	CALL(c, mknod, ("fifo", S_IFIFO | 0600), "\"fifo\", S_IFIFO|0600");
	CALL(c, mknod, ("plain", 0644), "\"plain\", 0644");
	CALL(c, mknod, ("plain", S_IFREG | 04644, 0),
	     "\"plain\", S_IFREG|S_ISUID|0644");
	CALL(c, mknod, ("none/dev", S_IFCHR | 0600, makedev(1, 3)),
	     "\"none/dev\", S_IFCHR|0600, makedev(0x1, 0x3)");
	CALL(c, mknodat, (AT_FDCWD, "sock", S_IFSOCK | 0600, 0),
	     "AT_FDCWD, \"sock\", S_IFSOCK|0600");
	CALL(c, mknodat,
	     (-1, "dev", S_IFBLK | 0660, (unsigned)makedev(0x123, 0x45678)),
	     "-1, \"dev\", S_IFBLK|0660, makedev(0x123, 0x45678)");
	CALL(c, mknod, ("dir", S_IFDIR), "\"dir\", S_IFDIR|000");
}

static void test_links(struct calls *c)
{
	char buf[64];
	CALL(c, link, ("plain", "hard"), "\"plain\", \"hard\"");
	CALL(c, link, ("none", c->bad), "\"none\", %p", (void *)c->bad);
	CALL(c, linkat, (AT_FDCWD, "plain", AT_FDCWD, "more", 0),
	     "AT_FDCWD, \"plain\", AT_FDCWD, \"more\", 0");
	CALL(c, linkat,
	     (-1, "", AT_FDCWD, "more", AT_EMPTY_PATH | AT_SYMLINK_FOLLOW),
	     "-1, \"\", AT_FDCWD, \"more\", AT_SYMLINK_FOLLOW|AT_EMPTY_PATH");
	CALL(c, symlink, ("a\rb", "soft"), "\"a\\rb\", \"soft\"");
	CALL(c, symlink, ("", "soft"), "\"\", \"soft\"");
	CALL(c, symlinkat,
	     ("a path that is longer than thirty-two bytes", AT_FDCWD, "long"),
	     "\"a path that is longer than thirty-two bytes\", AT_FDCWD, "
	     "\"long\"");
	CALL(c, readlink, ("soft", buf, sizeof(buf)),
	     "\"soft\", \"a\\rb\", 64");
	CALL(c, readlink, ("soft", buf, 2), "\"soft\", \"a\\r\", 2");
	CALL(c, readlink, ("plain", buf, sizeof(buf)), "\"plain\", %p, 64",
	     (void *)buf);
	CALL(c, readlink, ("soft", buf, 0), "\"soft\", %p, 0", (void *)buf);
	CALL(c, readlinkat, (AT_FDCWD, "long", buf, sizeof(buf)),
	     "AT_FDCWD, \"long\", \"a path that is longer than thirt\"..., 64");
	CALL(c, readlinkat, (-1, "long", NULL, 9), "-1, \"long\", NULL, 9");
	CALL(c, rename, ("more", "most"), "\"more\", \"most\"");
	CALL(c, rename, ("more", NULL), "\"more\", NULL");
	CALL(c, renameat, (AT_FDCWD, "most", AT_FDCWD, "more"),
	     "AT_FDCWD, \"most\", AT_FDCWD, \"more\"");
	CALL(c, renameat2,
	     (AT_FDCWD, "more", AT_FDCWD, "hard", RENAME_NOREPLACE),
	     "AT_FDCWD, \"more\", AT_FDCWD, \"hard\", RENAME_NOREPLACE");
	CALL(c, renameat2, (-1, "more", -1, "hard", RENAME_EXCHANGE | 0x10),
	     "-1, \"more\", -1, \"hard\", RENAME_EXCHANGE|0x10");
	CALL(c, renameat2, (-1, "more", -1, "hard", 0xff00),
	     "-1, \"more\", -1, \"hard\", 0xff00 /* RENAME_?? */");
	CALL(c, unlink, ("more"), "\"more\"");
	CALL(c, unlink, ("more"), "\"more\"");
	CALL(c, unlinkat, (AT_FDCWD, "d", AT_REMOVEDIR),
	     "AT_FDCWD, \"d\", AT_REMOVEDIR");
	CALL(c, unlinkat, (AT_FDCWD, "hard", 0), "AT_FDCWD, \"hard\", 0");
	CALL(c, unlinkat, (AT_FDCWD, "hard", 0x8),
	     "AT_FDCWD, \"hard\", 0x8 /* AT_??? */");
}

static void test_owners(struct calls *c)
{
	int fd = open("plain", O_RDWR);
	CALL(c, chmod, ("plain", 04711), "\"plain\", 04711");
	CALL(c, chmod, ("none", 0), "\"none\", 000");
	CALL(c, chmod, ("none", 0177777), "\"none\", 0177777");
	CALL(c, fchmod, (fd, 0600), "%d, 0600", fd);
	CALL(c, fchmod, (-1, 0200000), "-1, 000");
	CALL(c, fchmodat, (AT_FDCWD, "plain", 0644),
	     "AT_FDCWD, \"plain\", 0644");
	CALL(c, chown, ("plain", 0, 0), "\"plain\", 0, 0");
	CALL(c, chown, ("none", -1, -1), "\"none\", -1, -1");
	CALL(c, lchown, ("soft", 1000, -1), "\"soft\", 1000, -1");
	CALL(c, fchown, (fd, -1, 0), "%d, -1, 0", fd);
	CALL(c, fchown, (-1, 4294967294, 65534), "-1, 4294967294, 65534");
	CALL(c, fchownat, (AT_FDCWD, "soft", 1, 2, AT_SYMLINK_NOFOLLOW),
	     "AT_FDCWD, \"soft\", 1, 2, AT_SYMLINK_NOFOLLOW");
	CALL(c, fchownat, (-1, "", 1, 2, AT_EMPTY_PATH | 0x4),
	     "-1, \"\", 1, 2, AT_EMPTY_PATH|0x4");
}

static void test_times(struct calls *c)
{
	struct utimbuf both = {1, 1700000000};
	struct timeval tv[2] = {{1700000000, 999999}, {0, 0}};
	struct timespec ts[2] = {{1, 5}, {0, UTIME_OMIT}};
	CALL(c, utime, ("plain", &both),
	     "\"plain\", {actime=1 /* 1970-01-01T00:00:01+0000 */, "
	     "modtime=1700000000 /* 2023-11-14T22:13:20+0000 */}");
	CALL(c, utime, ("plain", NULL), "\"plain\", NULL");
	CALL(c, utime, ("plain", c->bad), "\"plain\", %p", (void *)c->bad);
	CALL(c, utimes, ("plain", tv),
	     "\"plain\", [{tv_sec=1700000000, tv_usec=999999} /* "
	     "2023-11-14T22:13:20.999999+0000 */, "
	     "{tv_sec=0, tv_usec=0}]");
	CALL(c, utimes, ("none", NULL), "\"none\", NULL");
	tv[1].tv_usec = -1;
	CALL(c, futimesat, (AT_FDCWD, "plain", tv),
	     "AT_FDCWD, \"plain\", [{tv_sec=1700000000, tv_usec=999999} /* "
	     "2023-11-14T22:13:20.999999+0000 */, "
	     "{tv_sec=0, tv_usec=18446744073709551615}]");
	CALL(c, futimesat, (-1, NULL, NULL), "-1, NULL, NULL");
	CALL(c, utimensat, (AT_FDCWD, "plain", ts, AT_SYMLINK_NOFOLLOW),
	     "AT_FDCWD, \"plain\", [{tv_sec=1, tv_nsec=5} /* "
	     "1970-01-01T00:00:01.000000005+0000 */, UTIME_OMIT], "
	     "AT_SYMLINK_NOFOLLOW");
	ts[0] = (struct timespec){5, UTIME_NOW};
	ts[1] = (struct timespec){-1, 0};
	CALL(c, utimensat, (AT_FDCWD, "plain", ts, 0),
	     "AT_FDCWD, \"plain\", [UTIME_NOW, {tv_sec=-1, "
	     "tv_nsec=0} /* 1969-12-31T23:59:59+0000 */], 0");
	ts[0].tv_nsec = 1000000000;
	CALL(c, utimensat, (AT_FDCWD, "plain", ts, 0),
	     "AT_FDCWD, \"plain\", [{tv_sec=5, tv_nsec=1000000000}, "
	     "{tv_sec=-1, tv_nsec=0} /* 1969-12-31T23:59:59+0000 */], 0");
	CALL(c, utimensat, (-1, NULL, NULL, 0x8),
	     "-1, NULL, NULL, 0x8 /* AT_??? */");
}

static void test_xattr_set(struct calls *c, int fd)
{
	static const char value[] = "0123456789abcdefghijklmnopqrstuv+";
	CALL(c, setxattr, ("plain", "user.a", value, 4, XATTR_CREATE),
	     "\"plain\", \"user.a\", \"0123\", 4, XATTR_CREATE");
	CALL(c, setxattr, ("plain", "user.a", value, 32, XATTR_REPLACE),
	     "\"plain\", \"user.a\", \"0123456789abcdefghijklmnopqrstuv\", 32, "
	     "XATTR_REPLACE");
	CALL(c, setxattr, ("plain", "user.b", value, 33, 0),
	     "\"plain\", \"user.b\", \"0123456789abcdefghijklmnopqrstuv\"..., "
	     "33, 0");
	CALL(c, setxattr, ("plain", "", "", 0, 0x10),
	     "\"plain\", \"\", \"\", 0, 0x10 /* XATTR_??? */");
	CALL(c, lsetxattr, ("soft", "user.a", "\0\377", 2, 3),
	     "\"soft\", \"user.a\", \"\\0\\377\", 2, "
	     "XATTR_CREATE|XATTR_REPLACE");
	CALL(c, fsetxattr, (fd, "user.c", "9", 1, 0),
	     "%d, \"user.c\", \"9\", 1, 0", fd);
	CALL(c, fsetxattr, (-1, c->bad, c->bad, 1, 0), "-1, %p, %p, 1, 0",
	     (void *)c->bad, (void *)c->bad);
	CALL(c, fsetxattr, (-1, NULL, NULL, 1, 0), "-1, NULL, NULL, 1, 0");
}

static void test_xattr_get(struct calls *c, int fd)
{
	char buf[256];
	CALL(c, getxattr, ("plain", "user.a", buf, sizeof(buf)),
	     "\"plain\", \"user.a\", %s, 256",
	     calls_out(c, buf, "\"0123456789abcdefghijklmnopqrstuv\""));
	CALL(c, getxattr, ("plain", "user.b", buf, sizeof(buf)),
	     "\"plain\", \"user.b\", %s, 256",
	     calls_out(c, buf, "\"0123456789abcdefghijklmnopqrstuv\"..."));
	CALL(c, getxattr, ("plain", "user.b", NULL, 0),
	     "\"plain\", \"user.b\", NULL, 0");
	CALL(c, getxattr, ("plain", "user.b", buf, 1),
	     "\"plain\", \"user.b\", %p, 1", (void *)buf);
	CALL(c, lgetxattr, ("soft", "user.a", buf, sizeof(buf)),
	     "\"soft\", \"user.a\", %p, 256", (void *)buf);
	CALL(c, fgetxattr, (fd, "user.c", buf, sizeof(buf)),
	     "%d, \"user.c\", %s, 256", fd, calls_out(c, buf, "\"9\""));
	CALL(c, listxattr, ("plain", buf, sizeof(buf)), "\"plain\", %s, 256",
	     calls_out(c, buf, calls_bytes(c, buf, (size_t)c->result)));
	CALL(c, listxattr, ("plain", NULL, 0), "\"plain\", NULL, 0");
	CALL(c, llistxattr, ("soft", buf, sizeof(buf)), "\"soft\", %s, 256",
	     calls_out(c, buf, "\"\""));
	CALL(c, flistxattr, (fd, buf, sizeof(buf)), "%d, %s, 256", fd,
	     calls_out(c, buf, calls_bytes(c, buf, (size_t)c->result)));
	CALL(c, flistxattr, (-1, buf, sizeof(buf)), "-1, %p, 256", (void *)buf);
	CALL(c, removexattr, ("plain", "user.a"), "\"plain\", \"user.a\"");
	CALL(c, removexattr, ("plain", "user.a"), "\"plain\", \"user.a\"");
	CALL(c, lremovexattr, ("soft", "user.a"), "\"soft\", \"user.a\"");
	CALL(c, fremovexattr, (fd, "user.c"), "%d, \"user.c\"", fd);
	CALL(c, fremovexattr, (-1, NULL), "-1, NULL");
}

static const char *handle_text(struct calls *c, const struct file_handle *fh)
{
	const char *bytes = "";
	for (unsigned i = 0; i < fh->handle_bytes; i++)
		bytes = calls_text(c, "%s\\x%02x", bytes, fh->f_handle[i]);
	return calls_text(c, "handle_type=%d, f_handle=\"%s\"", fh->handle_type,
			  bytes);
}

static void test_handles(struct calls *c)
{
	union {
		struct file_handle fh;
		char room[sizeof(struct file_handle) + MAX_HANDLE_SZ];
	} handle = {.fh.handle_bytes = 0};
	struct file_handle *fh = &handle.fh;
	int mount = -1;
	CALL(c, name_to_handle_at, (AT_FDCWD, "plain", fh, &mount, 0),
	     "AT_FDCWD, \"plain\", {handle_bytes=0 => %u}, %p, 0",
	     fh->handle_bytes, (void *)&mount);
	unsigned size = fh->handle_bytes;
	CALL(c, name_to_handle_at,
	     (AT_FDCWD, "plain", fh, &mount, AT_SYMLINK_FOLLOW),
	     "AT_FDCWD, \"plain\", {handle_bytes=%u, %s}, [%d], "
	     "AT_SYMLINK_FOLLOW",
	     size, handle_text(c, fh), mount);
	int dir = open(".", O_RDONLY);
	CALL(c, open_by_handle_at, (dir, fh, O_RDONLY | O_CLOEXEC),
	     "%d, {handle_bytes=%u, %s}, O_RDONLY|O_CLOEXEC", dir, size,
	     handle_text(c, fh));
	CALL(c, open_by_handle_at, (-1, NULL, O_RDWR), "-1, NULL, O_RDWR");
	fh->handle_bytes = 300;
	CALL(c, name_to_handle_at, (-1, "plain", fh, &mount, AT_EMPTY_PATH),
	     "-1, \"plain\", {handle_bytes=300}, %p, AT_EMPTY_PATH",
	     (void *)&mount);
	CALL(c, name_to_handle_at, (-1, "plain", c->bad, NULL, 0x8),
	     "-1, \"plain\", %p, NULL, 0x8 /* AT_??? */", (void *)c->bad);
}

void calls_names(struct calls *c)
{
	test_mkdir(c);
	test_links(c);
	test_owners(c);
	test_times(c);
	int fd = open("plain", O_RDWR);
	test_xattr_set(c, fd);
	test_xattr_get(c, fd);
	test_handles(c);
}
