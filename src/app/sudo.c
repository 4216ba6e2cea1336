/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/sudo.h"

#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/quantity.h"

static uint32_t id_of(const char *name)
{
	const char *text = geteuid() == 0 ? getenv(name) : NULL;
	uint64_t id = 0;
	if (!text || quantity_number(&id, text) < 0 || id >= UINT32_MAX)
		return UINT32_MAX;
	return (uint32_t)id;
}

struct sudo_user sudo_user(void)
{
	return (struct sudo_user){
		.uid = id_of("SUDO_UID"),
		.gid = id_of("SUDO_GID"),
	};
}
