/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/distro.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct distro {
	const char *id; /* as in os-release(5) */
	const char *install_kernel;
};

static const struct distro table[] = {
	{"ubuntu", "apt install linux-generic-hwe-24.04"},
#ifdef __aarch64__
	{"debian", "apt install linux-image-arm64"},
#else
	{"debian", "apt install linux-image-amd64"},
#endif
	{"fedora", "dnf upgrade kernel"},
	{"rhel", "dnf upgrade kernel"},
	{"arch", "pacman -S linux"},
	{"suse", "zypper install kernel-default"},
	{"alpine", "apk add linux-lts"},
};

/* Whether WORD stands in the value of an ID= or ID_LIKE= line. */
static int has_word(const char *value, const char *word)
{
	size_t len = strlen(word);
	for (const char *p = value; (p = strstr(p, word)); p += len) {
		int begins = p == value || strchr("\"' ", p[-1]);
		int ends = p[len] == '\0' || strchr("\"' \n", p[len]);
		if (begins && ends)
			return 1;
	}
	return 0;
}

static const struct distro *distro_of(const char *value)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (has_word(value, table[i].id))
			return &table[i];
	}
	return NULL;
}

const char *distro_install_kernel(void)
{
	const struct distro *found = NULL;
	FILE *file = fopen("/etc/os-release", "re");
	if (!file)
		file = fopen("/usr/lib/os-release", "re");
	char line[256];
	while (file && fgets(line, sizeof(line), file)) {
		if (strncmp(line, "ID=", 3) == 0 && distro_of(line + 3))
			found = distro_of(line + 3);
		if (strncmp(line, "ID_LIKE=", 8) == 0 && !found)
			found = distro_of(line + 8);
	}
	if (file)
		(void)fclose(file); /* was only read */
	return found ? found->install_kernel
		     : "with the distribution's package manager";
}
