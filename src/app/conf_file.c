/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/conf_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/conf.h"
#include "app/replace.h"
#include "app/saver.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/xalloc.h"

int conf_file_path(char path[CONF_FILE_PATH_SIZE])
{
	return replace_path(path, CONF_FILE_PATH_SIZE,
			    &(struct replace_place){"XDG_CONFIG_HOME",
						    ".config", "sctoprc"});
}

/* That a privileged sctop can open it is no reason to tell what is in it. */
static int check_file(int fd)
{
	char path[64];
	struct stat stat;
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd); /* fits */
	if (fstat(fd, &stat) < 0)
		return -errno;
	if (!S_ISREG(stat.st_mode))
		return -EINVAL;
	if (access(path, R_OK) < 0) /* by the real user ID */
		return -errno;
	return 0;
}

/* Up to SIZE bytes; how many, or negative errno. */
static ssize_t read_all(int fd, char *data, size_t size)
{
	size_t len = 0;
	while (len < size) {
		ssize_t n = read(fd, data + len, size - len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			break;
		len += (size_t)n;
	}
	return (ssize_t)len;
}

static int load(struct conf *conf, const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return errno == ENOENT || errno == ENOTDIR ? 0 : -errno;
	char *data = xmalloc(CONF_SIZE_LIMIT + 1);
	ssize_t n = check_file(fd);
	if (n == 0)
		n = read_all(fd, data, CONF_SIZE_LIMIT + 1);
	(void)close(fd); /* only read from */
	int code = n < 0 ? (int)n : conf_parse(conf, data, (size_t)n, err);
	free(data);
	return code;
}

int conf_file_load(struct conf *conf, struct err *err)
{
	char path[CONF_FILE_PATH_SIZE];
	struct err why = {0};
	if (conf_file_path(path) < 0)
		return 0; /* nowhere to look */
	int code = load(conf, path, &why);
	if (code == 0)
		return 0;
	return err_set(err, code,
		       "cannot read %.200s: %s; nothing of it is used, and "
		       "nothing is written to it",
		       path, why.text[0] ? why.text : strerror(-code));
}

int conf_file_save(const struct conf *conf, struct saver *saver,
		   struct err *err)
{
	char path[CONF_FILE_PATH_SIZE];
	struct conf fresh = {0};
	struct err why = {0};
	struct buf text;
	const size_t size = 2 * CONF_SIZE_LIMIT;
	int code = conf_file_path(path);
	if (code < 0)
		return err_set(err, code,
			       "cannot keep the setup: neither XDG_CONFIG_HOME "
			       "nor HOME says where");
	code = load(&fresh, path, &why);
	char *data = xmalloc(size);
	buf_init(&text, data, size);
	if (code == 0) {
		conf_repeat(&fresh, conf);
		conf_print(&fresh, &text);
		code = text.len > CONF_SIZE_LIMIT ? -EFBIG : 0;
	}
	if (code == 0)
		code = saver_replace(saver, path, data);
	free(data);
	conf_done(&fresh);
	if (code < 0)
		return err_set(err, code,
			       "cannot keep the setup in %.200s: %s; use "
			       "--no-save to leave it",
			       path, why.text[0] ? why.text : strerror(-code));
	return 0;
}
