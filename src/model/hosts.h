/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is known of each host that events come from, besides what they tell. */
#pragma once

#include "bpf/event.h"

#include <stdint.h>
#include <uthash.h>

struct strtab;

struct hosts_user {
	uint32_t uid;
	const char *name; /* interned */
	UT_hash_handle hh;
};

struct hosts_one {
	const char *name; /* interned; NULL: not known */
	struct hosts_user *users;
	uint64_t asleep_ns; /* boot time minus monotonic time */
};

struct hosts {
	struct strtab *names; /* borrowed */
	struct hosts_one at[EVENT_HOSTS];
};

void hosts_init(struct hosts *hosts, struct strtab *names);

/* The names go with their table. */
void hosts_done(struct hosts *hosts);

void hosts_set_name(struct hosts *hosts, unsigned host, const char *name);

/* NULL where it is not known. */
const char *hosts_user_name(const struct hosts *hosts, unsigned host,
			    uint32_t uid);
void hosts_set_user(struct hosts *hosts, unsigned host, uint32_t uid,
		    const char *name);
