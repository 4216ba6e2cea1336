/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Groups of the cgroup2 hierarchy, by path. */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct err;

/* Where the cgroup2 hierarchy is mounted; -ENOENT: nowhere. */
int cgroup_mount(char *ret, size_t size);

/*
 * The ID of the group PATH: under the mount ("/system.slice"), or with the
 * mount's own path before it.  The ID is the directory's inode (kernfs).
 */
int cgroup_id(uint64_t *ret, const char *path, struct err *err);
