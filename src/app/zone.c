/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/zone.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define ZONES "/usr/share/zoneinfo/"

/* The last line of a zone's file is its rule as text (RFC 8536, 3.3). */
static void read_rule(struct zone *zone, const char *path)
{
	char text[sizeof(zone->rule) + 1];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return;
	off_t end = lseek(fd, 0, SEEK_END);
	off_t from = end > (off_t)sizeof(text) ? end - (off_t)sizeof(text) : 0;
	ssize_t n = pread(fd, text, sizeof(text), from);
	(void)close(fd); /* it was only read */
	if (n < 2 || text[n - 1] != '\n')
		return;
	text[n - 1] = '\0';
	const char *line = memrchr(text, '\n', (size_t)n - 1);
	if (line)
		(void)snprintf(zone->rule, sizeof(zone->rule), "%s",
			       line + 1); /* it is shorter than text */
}

static void read_local(struct zone *zone)
{
	char target[PATH_MAX];
	ssize_t n = readlink("/etc/localtime", target, sizeof(target) - 1);
	target[n > 0 ? n : 0] = '\0';
	const char *name = strstr(target, "zoneinfo/");
	if (name)
		(void)snprintf(zone->name, sizeof(zone->name), "%s",
			       strchr(name, '/') + 1); /* a cut one is none */
	read_rule(zone, "/etc/localtime");
}

void zone_find(struct zone *ret)
{
	char path[sizeof(ZONES) + sizeof(ret->name)];
	const char *tz = getenv("TZ");
	*ret = (struct zone){0};
	if (!tz) {
		read_local(ret);
		return;
	}
	tz += *tz == ':';
	(void)snprintf(path, sizeof(path), "%s%s", *tz == '/' ? "" : ZONES,
		       tz); /* a cut one is none */
	if (*tz && access(path, R_OK) == 0) {
		read_rule(ret, path);
		if (*tz != '/')
			(void)snprintf(ret->name, sizeof(ret->name), "%s",
				       tz); /* it fitted into path */
		return;
	}
	(void)snprintf(ret->rule, sizeof(ret->rule), "%s",
		       *tz ? tz : "UTC0"); /* a longer one is none */
}

/* Neither leads to a file elsewhere. */
static bool is_harmless(const char *text)
{
	size_t len = strspn(text, "abcdefghijklmnopqrstuvwxyz"
				  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				  "0123456789_+-/<>,.");
	return len && !text[len] && text[0] != '/' && !strstr(text, "..");
}

bool zone_use(const struct zone *zone)
{
	char path[sizeof(ZONES) + sizeof(zone->name)];
	(void)snprintf(path, sizeof(path), ZONES "%s", zone->name); /* fits */
	const char *tz = is_harmless(zone->name) && access(path, R_OK) == 0
				 ? zone->name
				 : zone->rule;
	if (!is_harmless(tz) || setenv("TZ", tz, 1) < 0)
		return false;
	tzset();
	return true;
}
