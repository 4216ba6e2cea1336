/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files are opened, looked at, and changed by path. */
#include "config.h"

#include "calls.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>

/* 32 and 33 bytes; both are shown whole, since they are paths. */
#define NAME_32 "abcdefghijklmnopqrstuvwxyz012345"
#define NAME_33 NAME_32 "6"

static void test_open(struct calls *c)
{
	int flags = O_RDWR | O_CREAT | O_TRUNC;
	CALL(c, open, ("new", flags, 0644),
	     "\"new\", O_RDWR|O_CREAT|O_TRUNC, 0644");
	CALLS_NEED(c, write((int)c->result, "hello", 5) == 5);
	CALL(c, open, ("new", O_WRONLY | O_APPEND | O_NONBLOCK),
	     "\"new\", O_WRONLY|O_APPEND|O_NONBLOCK");
	CALL(c, open, ("none", O_RDONLY | O_CLOEXEC | O_NOFOLLOW),
	     "\"none\", O_RDONLY|O_NOFOLLOW|O_CLOEXEC");
	CALL(c, open, (".", O_RDONLY | O_DIRECTORY | O_NOATIME),
	     "\".\", O_RDONLY|O_NOATIME|O_DIRECTORY");
	CALL(c, open, (".", O_PATH | O_CLOEXEC),
	     "\".\", O_RDONLY|O_CLOEXEC|O_PATH");
	CALL(c, open, (".", O_RDWR | O_TMPFILE, 0600),
	     "\".\", O_RDWR|O_TMPFILE, 0600");
	CALL(c, open, ("new", O_RDWR | O_SYNC | O_DSYNC | O_EXCL),
	     "\"new\", O_RDWR|O_EXCL|O_SYNC");
	CALL(c, open, ("new", O_RDWR | O_DSYNC | 0x40000000),
	     "\"new\", O_RDWR|O_DSYNC|0x40000000");
	CALL(c, open, ("new", O_ACCMODE | O_NOCTTY),
	     "\"new\", O_ACCMODE|O_NOCTTY");
	CALL(c, open, (NULL, O_RDONLY), "NULL, O_RDONLY");
	CALL(c, open, (c->bad, O_RDONLY), "%p, O_RDONLY", (void *)c->bad);
	CALL(c, open, ("", O_RDONLY), "\"\", O_RDONLY");
	CALL(c, open, (NAME_32, O_RDONLY), "\"" NAME_32 "\", O_RDONLY");
	CALL(c, open, (NAME_33, O_RDONLY), "\"" NAME_33 "\", O_RDONLY");
	CALL(c, open, ("caf\xc3\xa9", O_RDONLY), "\"caf\\303\\251\", O_RDONLY");
	CALL(c, open,
	     ("\1"
	      "1\n\t\"\\\177",
	      O_RDONLY),
	     "\"\\0011\\n\\t\\\"\\\\\\177\", O_RDONLY");
	CALL(c, creat, ("made", 04755), "\"made\", 04755");
	CALL(c, creat, ("none/made", 0), "\"none/made\", 000");
}

static void test_openat(struct calls *c)
{
	int dir = open(".", O_RDONLY | O_DIRECTORY);
	CALL(c, openat, (AT_FDCWD, "new", O_RDONLY),
	     "AT_FDCWD, \"new\", O_RDONLY");
	CALL(c, openat, (dir, "at", O_CREAT | O_EXCL | O_WRONLY, 0640),
	     "%d, \"at\", O_WRONLY|O_CREAT|O_EXCL, 0640", dir);
	CALL(c, openat, (dir, "at", O_CREAT | O_EXCL | O_WRONLY, 07777),
	     "%d, \"at\", O_WRONLY|O_CREAT|O_EXCL, 07777", dir);
	CALL(c, openat, (999, "at", O_RDONLY), "999, \"at\", O_RDONLY");
	CALL(c, openat, (-1, "at", O_RDONLY), "-1, \"at\", O_RDONLY");
	CALL(c, openat, (-1, c->bad, O_RDONLY), "-1, %p, O_RDONLY",
	     (void *)c->bad);
	CALL(c, openat, (AT_FDCWD, "cut", O_CREAT, 01000000644),
	     "AT_FDCWD, \"cut\", O_RDONLY|O_CREAT, 0644");
}

static void test_openat2(struct calls *c)
{
	struct open_how how = {.flags = O_RDONLY | O_CLOEXEC};
	struct {
		struct open_how how;
		uint64_t more;
	} larger = {.how.flags = O_RDONLY};
	CALL(c, openat2, (AT_FDCWD, "new", &how, sizeof(how)),
	     "AT_FDCWD, \"new\", {flags=O_RDONLY|O_CLOEXEC, resolve=0}, 24");
	how.flags = O_RDWR | O_CREAT;
	how.mode = 0600;
	how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS;
	CALL(c, openat2, (AT_FDCWD, "new", &how, sizeof(how)),
	     "AT_FDCWD, \"new\", {flags=O_RDWR|O_CREAT, mode=0600, "
	     "resolve=RESOLVE_NO_SYMLINKS|RESOLVE_BENEATH}, 24");
	how.resolve = RESOLVE_CACHED | RESOLVE_IN_ROOT | 0x1000;
	CALL(c, openat2, (-1, "new", &how, sizeof(how)),
	     "-1, \"new\", {flags=O_RDWR|O_CREAT, mode=0600, "
	     "resolve=RESOLVE_IN_ROOT|RESOLVE_CACHED|0x1000}, 24");
	how = (struct open_how){.flags = 0x100000000, .resolve = 0x8000};
	CALL(c, openat2, (-1, "new", &how, sizeof(how)),
	     "-1, \"new\", {flags=O_RDONLY|0x100000000, "
	     "resolve=0x8000 /* RESOLVE_??? */}, 24");
	CALL(c, openat2, (AT_FDCWD, "new", &how, 8), "AT_FDCWD, \"new\", %p, 8",
	     (void *)&how);
	CALL(c, openat2, (AT_FDCWD, "new", c->bad, 24),
	     "AT_FDCWD, \"new\", %p, 24", (void *)c->bad);
	CALL(c, openat2, (AT_FDCWD, "new", NULL, 24),
	     "AT_FDCWD, \"new\", NULL, 24");
	CALL(c, openat2, (AT_FDCWD, "new", &larger, sizeof(larger)),
	     "AT_FDCWD, \"new\", {flags=O_RDONLY, resolve=0}, 32");
	larger.more = 1;
	CALL(c, openat2, (AT_FDCWD, "new", &larger, sizeof(larger)),
	     "AT_FDCWD, \"new\", {flags=O_RDONLY, resolve=0, "
	     "/* bytes 24..31 */ "
	     "\"\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\"}, "
	     "32");
}

static const char *mode_text(struct calls *c, unsigned mode)
{
	static const char *const types[16] = {
		[1] = "S_IFIFO",  [2] = "S_IFCHR", [4] = "S_IFDIR",
		[6] = "S_IFBLK",  [8] = "S_IFREG", [10] = "S_IFLNK",
		[12] = "S_IFSOCK"};
	const char *special = mode & S_ISUID ? "|S_ISUID" : "";
	return calls_text(c, "%s%s%s%s|0%03o", types[mode >> 12], special,
			  mode & S_ISGID ? "|S_ISGID" : "",
			  mode & S_ISVTX ? "|S_ISVTX" : "", mode & 0777);
}

static const char *stat_text(struct calls *c, const struct stat *st)
{
	const char *mode = mode_text(c, st->st_mode);
	if (S_ISCHR(st->st_mode) || S_ISBLK(st->st_mode))
		return calls_text(
			c, "{st_mode=%s, st_rdev=makedev(%#x, %#x), ...}", mode,
			major(st->st_rdev), minor(st->st_rdev));
	return calls_text(c, "{st_mode=%s, st_size=%ld, ...}", mode,
			  st->st_size);
}

static void test_stat(struct calls *c)
{
	struct stat st;
	static const char *const paths[] = {
		"new", ".", "link", "fifo", "/dev/null", "/tmp", "special"};
	CALLS_NEED(c, !symlink("new", "link") && !mkfifo("fifo", 0600) &&
			      !mkdir("special", 0) && !chmod("special", 07111));
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		CALL(c, stat, (paths[i], &st), "\"%s\", %s", paths[i],
		     stat_text(c, &st));
		CALL(c, lstat, (paths[i], &st), "\"%s\", %s", paths[i],
		     stat_text(c, &st));
	}
	CALL(c, stat, ("none", &st), "\"none\", %p", (void *)&st);
	CALL(c, stat, ("new", c->bad), "\"new\", %p", (void *)c->bad);
	CALL(c, lstat, ("link", NULL), "\"link\", NULL");
	CALL(c, fstat, (0, &st), "0, %s", stat_text(c, &st));
	CALL(c, fstat, (-1, &st), "-1, %p", (void *)&st);
	CALL(c, newfstatat, (AT_FDCWD, "link", &st, AT_SYMLINK_NOFOLLOW),
	     "AT_FDCWD, \"link\", %s, AT_SYMLINK_NOFOLLOW", stat_text(c, &st));
	CALL(c, newfstatat, (0, "", &st, AT_EMPTY_PATH | AT_NO_AUTOMOUNT),
	     "0, \"\", %s, AT_NO_AUTOMOUNT|AT_EMPTY_PATH", stat_text(c, &st));
	CALL(c, newfstatat, (AT_FDCWD, "new", &st, 0),
	     "AT_FDCWD, \"new\", %s, 0", stat_text(c, &st));
	CALL(c, newfstatat, (AT_FDCWD, "new", &st, 0x8),
	     "AT_FDCWD, \"new\", %p, 0x8 /* AT_??? */", (void *)&st);
}

static const char *statx_text(struct calls *c, const struct statx *stx)
{
	static const struct calls_flag mask[] = {CALLS_FLAG(STATX_ALL),
						 CALLS_FLAG(STATX_BASIC_STATS),
						 CALLS_FLAG(STATX_TYPE),
						 CALLS_FLAG(STATX_MODE),
						 CALLS_FLAG(STATX_NLINK),
						 CALLS_FLAG(STATX_UID),
						 CALLS_FLAG(STATX_GID),
						 CALLS_FLAG(STATX_ATIME),
						 CALLS_FLAG(STATX_MTIME),
						 CALLS_FLAG(STATX_CTIME),
						 CALLS_FLAG(STATX_INO),
						 CALLS_FLAG(STATX_SIZE),
						 CALLS_FLAG(STATX_BLOCKS),
						 CALLS_FLAG(STATX_BTIME),
						 {"STATX_MNT_ID", 0x1000},
						 {"STATX_DIOALIGN", 0x2000},
						 {NULL, 0}};
	static const struct calls_flag attributes[] = {
		CALLS_FLAG(STATX_ATTR_MOUNT_ROOT), {NULL, 0}};
	return calls_text(c,
			  "{stx_mask=%s, stx_attributes=%s, stx_mode=%s, "
			  "stx_size=%llu, ...}",
			  calls_flags(c, stx->stx_mask, mask),
			  calls_flags(c, stx->stx_attributes, attributes),
			  mode_text(c, stx->stx_mode), stx->stx_size);
}

static void test_statx(struct calls *c)
{
	struct statx stx;
	CALL(c, statx,
	     (AT_FDCWD, "new", AT_STATX_SYNC_AS_STAT, STATX_ALL, &stx),
	     "AT_FDCWD, \"new\", AT_STATX_SYNC_AS_STAT, STATX_ALL, %s",
	     statx_text(c, &stx));
	CALL(c, statx,
	     (AT_FDCWD, "link", AT_SYMLINK_NOFOLLOW | AT_STATX_FORCE_SYNC,
	      STATX_TYPE | STATX_SIZE, &stx),
	     "AT_FDCWD, \"link\", AT_STATX_FORCE_SYNC|AT_SYMLINK_NOFOLLOW, "
	     "STATX_TYPE|STATX_SIZE, %s",
	     statx_text(c, &stx));
	CALL(c, statx,
	     (0, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC,
	      STATX_BASIC_STATS | STATX_BTIME, &stx),
	     "0, \"\", AT_STATX_DONT_SYNC|AT_EMPTY_PATH, STATX_ALL, %s",
	     statx_text(c, &stx));
	CALL(c, statx, (AT_FDCWD, "/", 0, 0x1fff, &stx),
	     "AT_FDCWD, \"/\", AT_STATX_SYNC_AS_STAT, STATX_ALL|STATX_MNT_ID, "
	     "%s",
	     statx_text(c, &stx));
	CALL(c, statx, (AT_FDCWD, "none", 0x1, 0x80000000, &stx),
	     "AT_FDCWD, \"none\", AT_STATX_SYNC_AS_STAT|0x1, "
	     "0x80000000 /* STATX_??? */, %p",
	     (void *)&stx);
	CALL(c, statx, (AT_FDCWD, "new", 0, 0, NULL),
	     "AT_FDCWD, \"new\", AT_STATX_SYNC_AS_STAT, 0, NULL");
	CALL(c, statx, (AT_FDCWD, "new", 0, 0, c->bad),
	     "AT_FDCWD, \"new\", AT_STATX_SYNC_AS_STAT, 0, %p", (void *)c->bad);
}

/* flags is known to nobody else: ST_VALID stands there, and what is set. */
static const char *statfs_text(struct calls *c, const struct statfs *fs)
{
	static const struct calls_flag types[] = {
		CALLS_FLAG(PROC_SUPER_MAGIC),     CALLS_FLAG(TMPFS_MAGIC),
		CALLS_FLAG(SYSFS_MAGIC),          CALLS_FLAG(EXT4_SUPER_MAGIC),
		CALLS_FLAG(BTRFS_SUPER_MAGIC),    CALLS_FLAG(XFS_SUPER_MAGIC),
		CALLS_FLAG(OVERLAYFS_SUPER_MAGIC)};
	static const struct calls_flag flags[] = {
		{"ST_VALID", 0x20},    {"ST_RDONLY", 1}, {"ST_NOSUID", 2},
		{"ST_NODEV", 4},       {"ST_NOEXEC", 8}, {"ST_NOATIME", 1024},
		{"ST_RELATIME", 4096}, {NULL, 0}};
	const char *type = NULL;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (types[i].value == (uint64_t)fs->f_type)
			type = types[i].name;
	if (!type)
		type = calls_text(c, "%#lx", (unsigned long)fs->f_type);
	if (!strcmp(type, "EXT4_SUPER_MAGIC"))
		type = "EXT2_SUPER_MAGIC";
	return calls_text(
		c,
		"{f_type=%s, f_bsize=%lu, f_blocks=%lu, f_bfree=%lu, "
		"f_bavail=%lu, f_files=%lu, f_ffree=%lu, f_fsid={val=[%#x, "
		"%#x]}, f_namelen=%lu, f_frsize=%lu, f_flags=%s}",
		type, fs->f_bsize, fs->f_blocks, fs->f_bfree, fs->f_bavail,
		fs->f_files, fs->f_ffree, (unsigned)fs->f_fsid.__val[0],
		(unsigned)fs->f_fsid.__val[1], fs->f_namelen, fs->f_frsize,
		calls_flags(c, (uint64_t)fs->f_flags, flags));
}

static void test_statfs(struct calls *c)
{
	struct statfs fs;
	static const char *const paths[] = {"/proc", "/sys", "/dev/shm", ".",
					    "/"};
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		CALL(c, statfs, (paths[i], &fs), "\"%s\", %s", paths[i],
		     statfs_text(c, &fs));
	CALL(c, statfs, ("none", &fs), "\"none\", %p", (void *)&fs);
	CALL(c, statfs, ("/proc", NULL), "\"/proc\", NULL");
	int fd = open("/proc/self", O_RDONLY);
	CALL(c, fstatfs, (fd, &fs), "%d, %s", fd, statfs_text(c, &fs));
	CALL(c, fstatfs, (-1, &fs), "-1, %p", (void *)&fs);
}

static void test_access(struct calls *c)
{
	CALL(c, access, ("new", F_OK), "\"new\", F_OK");
	CALL(c, access, ("new", R_OK | W_OK), "\"new\", R_OK|W_OK");
	CALL(c, access, ("none", R_OK | W_OK | X_OK),
	     "\"none\", R_OK|W_OK|X_OK");
	CALL(c, access, ("new", 0x18), "\"new\", 0x18 /* ?_OK */");
	CALL(c, access, ("new", 0xa), "\"new\", W_OK|0x8");
	CALL(c, faccessat, (AT_FDCWD, "new", X_OK), "AT_FDCWD, \"new\", X_OK");
	CALL(c, faccessat, (-1, NULL, F_OK), "-1, NULL, F_OK");
	CALL(c, faccessat2,
	     (AT_FDCWD, "new", R_OK, AT_EACCESS | AT_SYMLINK_NOFOLLOW),
	     "AT_FDCWD, \"new\", R_OK, AT_SYMLINK_NOFOLLOW|AT_EACCESS");
	CALL(c, faccessat2, (AT_FDCWD, "new", F_OK, 0),
	     "AT_FDCWD, \"new\", F_OK, 0");
	CALL(c, faccessat2, (AT_FDCWD, "new", F_OK, 0x8),
	     "AT_FDCWD, \"new\", F_OK, 0x8 /* AT_??? */");
}

static void test_directory(struct calls *c)
{
	char buf[4096];
	CALL(c, getcwd, (buf, sizeof(buf)), "\"%s\", 4096", buf);
	CALL(c, getcwd, (buf, 1), "%p, 1", (void *)buf);
	CALL(c, getcwd, (NULL, 0), "NULL, 0");
	CALL(c, chdir, ("special"), "\"special\"");
	CALL(c, chdir, (".."), "\"..\"");
	CALL(c, chdir, (c->bad), "%p", (void *)c->bad);
	int dir = open(".", O_RDONLY);
	CALL(c, fchdir, (dir), "%d", dir);
	CALL(c, fchdir, (-1), "-1");
	CALL(c, chroot, ("none"), "\"none\"");
	CALL(c, chroot, ("/"), "\"/\"");
	CALL(c, truncate, ("new", 1L << 40), "\"new\", %ld", 1L << 40);
	CALL(c, truncate, ("new", -1L), "\"new\", %lu", -1L);
	CALL(c, truncate, ("new", 5), "\"new\", 5");
}

void calls_files(struct calls *c)
{
	test_open(c);
	test_openat(c);
	test_openat2(c);
	test_stat(c);
	test_statx(c);
	test_statfs(c);
	test_access(c);
	test_directory(c);
}
