/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/cgroup.h"

#include <errno.h>
#include <limits.h>
#include <mntent.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/err.h"

int cgroup_mount(char *ret, size_t size)
{
	FILE *mounts = setmntent("/proc/self/mounts", "re");
	if (!mounts)
		return -errno;
	int code = -ENOENT;
	struct mntent entry;
	char line[PATH_MAX + 512]; /* one path, and the other fields */
	while (code && getmntent_r(mounts, &entry, line, sizeof(line))) {
		size_t len = strlen(entry.mnt_dir);
		if (strcmp(entry.mnt_type, "cgroup2") != 0 || len >= size)
			continue;
		memcpy(ret, entry.mnt_dir, len + 1);
		code = 0;
	}
	(void)endmntent(mounts); /* always 1 */
	return code;
}

int cgroup_id(uint64_t *ret, const char *path, struct err *err)
{
	char mount[PATH_MAX];
	if (cgroup_mount(mount, sizeof(mount)) < 0)
		return err_set(err, -ENOENT,
			       "cannot filter by cgroup (-G): no cgroup2 "
			       "hierarchy is mounted; mount -t cgroup2 none "
			       "/sys/fs/cgroup does it");
	char full[2 * PATH_MAX];
	size_t len = strlen(mount);
	bool has_mount = strncmp(path, mount, len) == 0 &&
			 (path[len] == '/' || path[len] == '\0');
	int n = snprintf(full, sizeof(full), "%s%s%s", has_mount ? "" : mount,
			 *path == '/' ? "" : "/", path);
	struct stat st;
	if (n < 0 || (size_t)n >= sizeof(full) || stat(full, &st) < 0 ||
	    !S_ISDIR(st.st_mode))
		return err_set(
			err, -ENOENT,
			"cannot filter by cgroup (-G): there is no group "
			"'%.200s' under %.100s",
			path, mount);
	*ret = st.st_ino;
	return 0;
}
