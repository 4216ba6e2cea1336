/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/maker.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "app/privileges.h"
#include "app/servant.h"
#include "app/sudo.h"
#include "base/xalloc.h"
#include "feed/record.h"

struct maker {
	struct servant *servant;
};

static int keep_files(const void *self)
{
	(void)self; /* whoever is to have them */
	return privileges_keep_files();
}

static int make(const void *self, const char *path, size_t size, int *ret_fd,
		struct err *err)
{
	const struct sudo_user *owner = self;
	(void)size; /* it ends with a NUL */
	int fd = record_make(path, owner->uid, owner->gid, err);
	*ret_fd = fd;
	return fd < 0 ? fd : 0;
}

int maker_new(struct maker **ret)
{
	const struct sudo_user owner = sudo_user();
	const struct servant_config config = {
		.name = "sctop-make",
		.begin = keep_files,
		.answer = make,
		.self = &owner,
		.size_limit = PATH_MAX,
	};
	struct servant *servant = NULL;
	*ret = NULL;
	if (!privileges_has_files())
		return 0;
	int code = servant_start(&servant, &config);
	if (code)
		return code;
	*ret = xcalloc(1, sizeof(**ret));
	(*ret)->servant = servant;
	return 0;
}

void maker_free(struct maker *maker)
{
	if (!maker)
		return;
	servant_free(maker->servant);
	free(maker);
}

int maker_make(void *self, const char *path, struct err *err)
{
	struct maker *maker = self;
	const struct sudo_user owner = sudo_user();
	int fd = -1;
	if (!maker)
		return record_make(path, owner.uid, owner.gid, err);
	int code = servant_ask(maker->servant, path, strlen(path), &fd, err);
	return code ? code : fd;
}
