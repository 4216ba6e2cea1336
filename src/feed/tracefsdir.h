/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Opens the kernel's list of syscalls and leaves the machine as it was. */
#pragma once

struct err;

/*
 * A descriptor of the directory "events/syscalls": of DIR if given (DIR is that
 * directory itself, or a tracefs), else of a mounted tracefs, else of a
 * detached instance made with fsopen(2) and fsmount(2), which never enters the
 * mount table.  *RET_FD is the caller's.  -EACCES, -ENOENT, -EPERM with a
 * sentence.
 */
int tracefsdir_open(int *ret_fd, const char *dir, struct err *err);
