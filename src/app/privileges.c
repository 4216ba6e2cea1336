/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/privileges.h"

#include <errno.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/err.h"

#define BIT(cap) ((uint64_t)1 << (cap))
#define FILES    (BIT(CAP_DAC_OVERRIDE) | BIT(CAP_CHOWN))
#define CAPS_END 64 /* _LINUX_CAPABILITY_U32S_3 words of 32 bits */

struct caps { /* capget(2), version 3: two words each */
	struct __user_cap_data_struct word[_LINUX_CAPABILITY_U32S_3];
};

static int caps_get(struct caps *caps)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	return syscall(SYS_capget, &header, caps->word) < 0 ? -errno : 0;
}

static int caps_set(const struct caps *caps)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	return syscall(SYS_capset, &header, caps->word) < 0 ? -errno : 0;
}

uint64_t privileges_effective(void)
{
	struct caps caps = {0};
	if (caps_get(&caps) < 0)
		return 0;
	return caps.word[0].effective | (uint64_t)caps.word[1].effective << 32;
}

bool privileges_suffice(uint64_t effective)
{
	const uint64_t needed = BIT(CAP_BPF) | BIT(CAP_PERFMON);
	return (effective & needed) == needed ||
	       (effective & BIT(CAP_SYS_ADMIN));
}

static uint64_t wanted(uint64_t held, const struct privileges_needs *needs)
{
	const uint64_t needed = BIT(CAP_BPF) | BIT(CAP_PERFMON);
	uint64_t keep = needed | BIT(CAP_SYS_PTRACE) |
			BIT(CAP_DAC_READ_SEARCH) |
			(needs->signals ? BIT(CAP_KILL) : 0);
	if ((held & needed) != needed)
		keep |= BIT(CAP_SYS_ADMIN);
	if (needs->files) /* in whose directory that may be, for who called sudo
			   */
		keep |= FILES;
	return keep;
}

/* So that nothing sctop might execute could have them again. */
static void drop_bounding(uint64_t effective, uint64_t keep)
{
	if (!(effective & BIT(CAP_SETPCAP)))
		return;
	for (unsigned cap = 0; cap < CAPS_END; cap++) {
		if (!(keep & BIT(cap)) &&
		    prctl(PR_CAPBSET_DROP, cap, 0, 0, 0) < 0)
			return; /* behind the last one that the kernel knows */
	}
}

static int drop(uint64_t effective, uint64_t keep)
{
	struct caps caps = {0};
	int code = caps_get(&caps);
	if (code)
		return code;
	drop_bounding(effective, keep);
	(void)prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0,
		    0); /* refused where there are none */
	for (unsigned i = 0; i < _LINUX_CAPABILITY_U32S_3; i++) {
		uint32_t mask = (uint32_t)(keep >> (32 * i));
		caps.word[i].permitted &= mask;
		caps.word[i].effective &= mask;
		caps.word[i].inheritable = 0;
	}
	code = caps_set(&caps);
	if (code == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		code = -errno;
	return code;
}

int privileges_drop(const struct privileges_needs *needs, struct err *err)
{
	uint64_t effective = privileges_effective();
	int code = drop(effective, wanted(effective, needs));
	return code ? err_set(err, code, "cannot give up privileges: %s",
			      strerror(-code))
		    : 0;
}

bool privileges_has_files(void)
{
	return privileges_effective() & FILES;
}

int privileges_keep_files(void)
{
	return drop(privileges_effective(), FILES);
}
