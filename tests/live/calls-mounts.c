/* SPDX-License-Identifier: GPL-2.0-or-later */
/* File systems: nothing is attached anywhere. */
#include "config.h"

#include "calls.h"

#include <fcntl.h>
#include <linux/mount.h>
#include <linux/quota.h>
#include <string.h>
#include <sys/stat.h>

static void test_mount(struct calls *c)
{
	CALL(c, mount,
	     ("from", "none", "tmpfs", MS_RDONLY | MS_NOSUID | MS_RELATIME,
	      "size=1"),
	     "\"from\", \"none\", \"tmpfs\", MS_RDONLY|MS_NOSUID|MS_RELATIME, "
	     "\"size=1\"");
	CALL(c, mount, (NULL, "none", NULL, MS_BIND | MS_REC, NULL),
	     "NULL, \"none\", NULL, MS_BIND|MS_REC, NULL");
	CALL(c, mount, ("a", "none", c->bad, MS_REMOUNT | 0x80000000, c->bad),
	     "\"a\", \"none\", %p, MS_REMOUNT|MS_NOUSER, %p", (void *)c->bad,
	     (void *)c->bad);
	CALL(c, mount, ("a", "none", "x", 0xc0ed0001L, NULL),
	     "\"a\", \"none\", \"x\", MS_MGC_VAL|MS_RDONLY, NULL");
	CALL(c, mount, ("a", "none", "x", 0, NULL),
	     "\"a\", \"none\", \"x\", 0, NULL");
	CALL(c, umount2, ("none", 2 | 8),
	     "\"none\", MNT_DETACH|UMOUNT_NOFOLLOW");
	CALL(c, umount2, ("none", 0x40), "\"none\", 0x40 /* MNT_??? */");
	CALL(c, pivot_root, ("none", "other"), "\"none\", \"other\"");
	CALL(c, pivot_root, (NULL, c->bad), "NULL, %p", (void *)c->bad);
}

static void test_contexts(struct calls *c)
{
	CALL(c, fsopen, ("tmpfs", FSOPEN_CLOEXEC), "\"tmpfs\", FSOPEN_CLOEXEC");
	int fd = (int)c->result;
	CALL(c, fsopen, ("none", 0x10), "\"none\", 0x10 /* FSOPEN_??? */");
	CALL(c, fsconfig, (fd, FSCONFIG_SET_STRING, "size", "1m", 0),
	     "%d, FSCONFIG_SET_STRING, \"size\", \"1m\", 0", fd);
	CALL(c, fsconfig, (fd, FSCONFIG_SET_FLAG, "ro", NULL, 0),
	     "%d, FSCONFIG_SET_FLAG, \"ro\", NULL, 0", fd);
	CALL(c, fsconfig, (-1, FSCONFIG_SET_BINARY, "key", "\1\2", 2),
	     "-1, FSCONFIG_SET_BINARY, \"key\", \"\\x01\\x02\", 2");
	CALL(c, fsconfig, (-1, FSCONFIG_SET_PATH, "key", "path", AT_FDCWD),
	     "-1, FSCONFIG_SET_PATH, \"key\", \"path\", AT_FDCWD");
	CALL(c, fsconfig, (-1, FSCONFIG_SET_FD, "key", NULL, 5),
	     "-1, FSCONFIG_SET_FD, \"key\", NULL, 5");
	CALL(c, fsconfig, (-1, 77, c->bad, c->bad, 5),
	     "-1, 0x4d /* FSCONFIG_??? */, %p, %p, 5", (void *)c->bad,
	     (void *)c->bad);
	CALL(c, fsconfig, (fd, FSCONFIG_CMD_CREATE, NULL, NULL, 0),
	     "%d, FSCONFIG_CMD_CREATE, NULL, NULL, 0", fd);
	CALL(c, fsmount,
	     (fd, FSMOUNT_CLOEXEC, MOUNT_ATTR_RDONLY | MOUNT_ATTR_NODEV),
	     "%d, FSMOUNT_CLOEXEC, MOUNT_ATTR_RDONLY|MOUNT_ATTR_NODEV", fd);
	int mount = (int)c->result;
	CALL(c, fsmount, (-1, 0x10, 0x1000),
	     "-1, 0x10 /* FSMOUNT_??? */, 0x1000 /* MOUNT_ATTR_??? */");
	CALL(c, move_mount,
	     (mount, "", AT_FDCWD, "none", MOVE_MOUNT_F_EMPTY_PATH),
	     "%d, \"\", AT_FDCWD, \"none\", MOVE_MOUNT_F_EMPTY_PATH", mount);
	CALL(c, move_mount, (-1, NULL, -1, c->bad, 0x1000),
	     "-1, NULL, -1, %p, 0x1000 /* MOVE_MOUNT_??? */", (void *)c->bad);
	CALL(c, fspick,
	     (AT_FDCWD, "none", FSPICK_CLOEXEC | FSPICK_NO_AUTOMOUNT),
	     "AT_FDCWD, \"none\", FSPICK_CLOEXEC|FSPICK_NO_AUTOMOUNT");
	CALL(c, fspick, (-1, "", 0x10), "-1, \"\", 0x10 /* FSPICK_??? */");
}

static void test_trees(struct calls *c)
{
	struct mount_attr attr = {.attr_set = MOUNT_ATTR_RDONLY,
				  .attr_clr = MOUNT_ATTR__ATIME,
				  .propagation = 1 << 18};
	CALL(c, open_tree, (AT_FDCWD, "/", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC),
	     "AT_FDCWD, \"/\", OPEN_TREE_CLONE|OPEN_TREE_CLOEXEC");
	int fd = (int)c->result;
	CALL(c, open_tree, (-1, "none", AT_RECURSIVE | 0x8),
	     "-1, \"none\", AT_RECURSIVE|0x8");
	CALL(c, mount_setattr, (fd, "", AT_EMPTY_PATH, &attr, sizeof(attr)),
	     "%d, \"\", AT_EMPTY_PATH, {attr_set=MOUNT_ATTR_RDONLY, "
	     "attr_clr=MOUNT_ATTR_NOATIME|MOUNT_ATTR_STRICTATIME|0x40, "
	     "propagation=MS_PRIVATE, "
	     "userns_fd=0}, 32",
	     fd);
	attr = (struct mount_attr){.attr_set = MOUNT_ATTR_NOSUID};
	CALL(c, mount_setattr, (fd, "", AT_EMPTY_PATH, &attr, sizeof(attr)),
	     "%d, \"\", AT_EMPTY_PATH, {attr_set=MOUNT_ATTR_NOSUID, "
	     "attr_clr=0, propagation=0 /* MS_??? */, userns_fd=0}, 32",
	     fd);
	attr.attr_clr = MOUNT_ATTR__ATIME;
	attr.attr_set = 0x1000;
	attr.propagation = 77;
	CALL(c, mount_setattr, (-1, "none", 0, &attr, sizeof(attr)),
	     "-1, \"none\", 0, {attr_set=0x1000 /* MOUNT_ATTR_??? */, "
	     "attr_clr=MOUNT_ATTR_NOATIME|MOUNT_ATTR_STRICTATIME|0x40, "
	     "propagation=0x4d /* MS_??? */, "
	     "userns_fd=0}, 32");
	CALL(c, mount_setattr, (-1, NULL, 0x8, NULL, 5),
	     "-1, NULL, 0x8 /* AT_??? */, NULL, 5");
}

static void test_quotas(struct calls *c)
{
	struct if_dqblk block;
	memset(&block, 0, sizeof(block));
	CALL(c, quotactl, (QCMD(Q_GETQUOTA, USRQUOTA), "/dev/none", 5, &block),
	     "QCMD(Q_GETQUOTA, USRQUOTA), \"/dev/none\", 5, %p",
	     (void *)&block);
	CALL(c, quotactl, (QCMD(Q_SYNC, GRPQUOTA), NULL, 0, NULL),
	     "QCMD(Q_SYNC, GRPQUOTA), NULL");
	CALL(c, quotactl, (QCMD(Q_QUOTAOFF, PRJQUOTA), "/dev/none", 0, NULL),
	     "QCMD(Q_QUOTAOFF, PRJQUOTA), \"/dev/none\"");
	block.dqb_bhardlimit = 9;
	block.dqb_valid = QIF_BLIMITS;
	CALL(c, quotactl, (QCMD(Q_SETQUOTA, USRQUOTA), "/dev/none", -1, &block),
	     "QCMD(Q_SETQUOTA, USRQUOTA), \"/dev/none\", -1, "
	     "{dqb_bhardlimit=9, dqb_bsoftlimit=0, dqb_curspace=0, "
	     "dqb_ihardlimit=0, dqb_isoftlimit=0, dqb_curinodes=0, ...}");
	CALL(c, quotactl, (0x12345678, c->bad, 5, c->bad),
	     "QCMD(0x123456 /* Q_??? */, 0x78 /* ???QUOTA */), %p, 5, %p",
	     (void *)c->bad, (void *)c->bad);
	CALL(c, quotactl_fd, (-1, QCMD(Q_GETFMT, USRQUOTA), 5, &block),
	     "-1, QCMD(Q_GETFMT, USRQUOTA), %p", (void *)&block);
}

void calls_mounts(struct calls *c)
{
	test_mount(c);
	test_contexts(c);
	test_trees(c);
	test_quotas(c);
}
