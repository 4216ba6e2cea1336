/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/hosts.h"

#include <stdlib.h>
#include <string.h>

#include "base/strtab.h"
#include "base/xalloc.h"

void hosts_init(struct hosts *hosts, struct strtab *names)
{
	*hosts = (struct hosts){.names = names};
}

static void free_users(struct hosts_user *users)
{
	struct hosts_user *user = users;
	HASH_CLEAR(hh, users);
	while (user) {
		struct hosts_user *next = user->hh.next;
		free(user);
		user = next;
	}
}

void hosts_done(struct hosts *hosts)
{
	for (unsigned i = 0; i < EVENT_HOSTS; i++)
		free_users(hosts->at[i].users);
	*hosts = (struct hosts){0};
}

static void set_name(const struct hosts *hosts, const char **to,
		     const char *name)
{
	const char *old = *to;
	*to = strtab_ref(hosts->names, name, strlen(name));
	strtab_unref(hosts->names, old);
}

void hosts_set_name(struct hosts *hosts, unsigned host, const char *name)
{
	set_name(hosts, &hosts->at[host].name, name);
}

static struct hosts_user *find_user(const struct hosts_one *host, uint32_t uid)
{
	struct hosts_user *user = NULL;
	HASH_FIND(hh, host->users, &uid, sizeof(uid), user);
	return user;
}

const char *hosts_user_name(const struct hosts *hosts, unsigned host,
			    uint32_t uid)
{
	const struct hosts_user *user = find_user(&hosts->at[host], uid);
	return user && *user->name ? user->name : NULL;
}

void hosts_set_user(struct hosts *hosts, unsigned host, uint32_t uid,
		    const char *name)
{
	struct hosts_one *one = &hosts->at[host];
	struct hosts_user *user = find_user(one, uid);
	if (!user) {
		user = xcalloc(1, sizeof(*user));
		user->uid = uid;
		HASH_ADD(hh, one->users, uid, sizeof(user->uid), user);
	}
	set_name(hosts, &user->name, name);
}
