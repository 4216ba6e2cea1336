/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who called sudo(8), whose the files are that root's sctop makes. */
#pragma once

#include <sys/types.h>

struct sudo_user {
	uid_t uid; /* (uid_t)-1: nobody did */
	gid_t gid;
};

struct sudo_user sudo_user(void);
