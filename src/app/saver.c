/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/saver.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/conf.h"
#include "app/conf_file.h"
#include "app/replace.h"
#include "app/servant.h"
#include "base/quantity.h"
#include "base/xalloc.h"

/* A path and a text, each with its NUL, are one message. */
#define MESSAGE_SIZE (CONF_FILE_PATH_SIZE + 2 * CONF_SIZE_LIMIT)

struct saver {
	struct servant *servant;
};

struct user {
	uid_t uid;
	gid_t gid;
};

static int become(const void *self)
{
	const struct user *user = self;
	gid_t gid = user->gid;
	if (setgroups(1, &gid) < 0 || setresgid(gid, gid, gid) < 0 ||
	    setresuid(user->uid, user->uid, user->uid) < 0)
		return -errno;
	return 0;
}

static int replace(const void *self, const char *data, size_t size, int *ret_fd,
		   struct err *err)
{
	(void)self;                    /* it is that user now */
	*ret_fd = -1;                  /* nothing is handed over */
	(void)err;                     /* the errno says it */
	size_t len = strlen(data) + 1; /* of the path */
	return len < size ? replace_file(data, data + len) : -EINVAL;
}

int saver_start(struct saver **ret, uid_t uid, gid_t gid)
{
	const struct user user = {.uid = uid, .gid = gid};
	const struct servant_config config = {
		.name = "sctop-save",
		.begin = become,
		.answer = replace,
		.self = &user,
		.size_limit = MESSAGE_SIZE,
	};
	struct servant *servant = NULL;
	int code = servant_start(&servant, &config);
	if (code)
		return code;
	*ret = xcalloc(1, sizeof(**ret));
	(*ret)->servant = servant;
	return 0;
}

static bool is_below(const char *path, const char *dir)
{
	size_t len = strlen(dir);
	return len > 1 && strncmp(path, dir, len) == 0 && path[len] == '/';
}

int saver_new(struct saver **ret)
{
	char path[CONF_FILE_PATH_SIZE];
	const char *caller = getenv("SUDO_UID"); /* sudo(8) */
	uint64_t uid = 0;
	*ret = NULL;
	if (geteuid() != 0 || !caller || quantity_number(&uid, caller) < 0 ||
	    uid == 0 || uid >= UINT32_MAX || conf_file_path(path) < 0)
		return 0;
	const struct passwd *user = getpwuid((uid_t)uid);
	if (!user || !is_below(path, user->pw_dir))
		return 0;
	return saver_start(ret, user->pw_uid, user->pw_gid);
}

int saver_replace(struct saver *saver, const char *path, const char *text)
{
	if (!saver)
		return replace_file(path, text);
	size_t path_size = strlen(path) + 1;
	size_t size = path_size + strlen(text) + 1;
	char *data = xmalloc(size);
	memcpy(data, path, path_size);
	memcpy(data + path_size, text, size - path_size);
	int code = servant_ask(saver->servant, data, size, NULL, NULL);
	free(data);
	return code;
}

void saver_free(struct saver *saver)
{
	if (!saver)
		return;
	servant_free(saver->servant);
	free(saver);
}
