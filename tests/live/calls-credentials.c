/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Users, groups, capabilities, keys, rules of access. */
#include "config.h"

#include "calls.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <linux/keyctl.h>
#include <linux/landlock.h>
#include <string.h>

static void test_identity(struct calls *c)
{
	unsigned r, e, s;
	CALL_BARE(c, getuid);
	CALL_BARE(c, geteuid);
	CALL_BARE(c, getgid);
	CALL_BARE(c, getegid);
	CALL(c, getresuid, (&r, &e, &s), "[%u], [%u], [%u]", r, e, s);
	CALL(c, getresgid, (&r, &e, &s), "[%u], [%u], [%u]", r, e, s);
	CALL(c, getresuid, (&r, NULL, c->bad), "%p, NULL, %p", (void *)&r,
	     (void *)c->bad);
	CALL(c, setuid, (-1), "-1");
	CALL(c, setgid, (-1), "-1");
	CALL(c, setuid, (0), "0");
	CALL(c, setgid, (0), "0");
	CALL(c, setreuid, (-1, 0), "-1, 0");
	CALL(c, setregid, (0, -1), "0, -1");
	CALL(c, setresuid, (-1, -1, -1), "-1, -1, -1");
	CALL(c, setresgid, (-1, 0, 0), "-1, 0, 0");
	CALL(c, setfsuid, (1000), "1000");
	CALL(c, setfsuid, (-1), "-1");
	CALL(c, setfsgid, (-1), "-1");
}

static void test_groups(struct calls *c)
{
	unsigned groups[40], some[] = {5, 4294967294, 6};
	const char *all = "";
	CALL(c, setgroups, (3, some), "3, [5, 4294967294, 6]");
	CALL(c, getgroups, (40, groups), "40, [5, 6, 4294967294]");
	CALL(c, getgroups, (0, NULL), "0, NULL");
	CALL(c, getgroups, (1, groups), "1, %p", (void *)groups);
	CALL(c, setgroups, (0, groups), "0, []");
	CALL(c, getgroups, (40, groups), "40, []");
	CALL(c, setgroups, (2, c->bad), "2, %p", (void *)c->bad);
	CALL(c, setgroups, (-1, some), "-1, %p", (void *)some);
	for (unsigned i = 0; i < 33; i++)
		groups[i] = i;
	for (unsigned i = 0; i < 32; i++)
		all = calls_text(c, "%s%u, ", all, i);
	CALL(c, setgroups, (33, groups), "33, [%s...]", all);
}

#define HEADER "{version=_LINUX_CAPABILITY_VERSION_3, pid=0}"

/* All capabilities from 0 on, in the order of their numbers. */
static const char *sets_text(struct calls *c,
			     const struct __user_cap_data_struct *data)
{
	static const char *const names[] = {"CAP_CHOWN",
					    "CAP_DAC_OVERRIDE",
					    "CAP_DAC_READ_SEARCH",
					    "CAP_FOWNER",
					    "CAP_FSETID",
					    "CAP_KILL",
					    "CAP_SETGID",
					    "CAP_SETUID",
					    "CAP_SETPCAP",
					    "CAP_LINUX_IMMUTABLE",
					    "CAP_NET_BIND_SERVICE",
					    "CAP_NET_BROADCAST",
					    "CAP_NET_ADMIN",
					    "CAP_NET_RAW",
					    "CAP_IPC_LOCK",
					    "CAP_IPC_OWNER",
					    "CAP_SYS_MODULE",
					    "CAP_SYS_RAWIO",
					    "CAP_SYS_CHROOT",
					    "CAP_SYS_PTRACE",
					    "CAP_SYS_PACCT",
					    "CAP_SYS_ADMIN",
					    "CAP_SYS_BOOT",
					    "CAP_SYS_NICE",
					    "CAP_SYS_RESOURCE",
					    "CAP_SYS_TIME",
					    "CAP_SYS_TTY_CONFIG",
					    "CAP_MKNOD",
					    "CAP_LEASE",
					    "CAP_AUDIT_WRITE",
					    "CAP_AUDIT_CONTROL",
					    "CAP_SETFCAP",
					    "CAP_MAC_OVERRIDE",
					    "CAP_MAC_ADMIN",
					    "CAP_SYSLOG",
					    "CAP_WAKE_ALARM",
					    "CAP_BLOCK_SUSPEND",
					    "CAP_AUDIT_READ",
					    "CAP_PERFMON",
					    "CAP_BPF",
					    "CAP_CHECKPOINT_RESTORE"};
	const uint64_t sets[] = {
		data[0].effective | (uint64_t)data[1].effective << 32,
		data[0].permitted | (uint64_t)data[1].permitted << 32,
		data[0].inheritable | (uint64_t)data[1].inheritable << 32};
	const char *texts[3];
	for (size_t i = 0; i < 3; i++) {
		texts[i] = "";
		for (size_t n = 0; n < sizeof(names) / sizeof(names[0]); n++)
			if (sets[i] >> n & 1)
				texts[i] = calls_text(c, "%s%s1<<%s", texts[i],
						      *texts[i] ? "|" : "",
						      names[n]);
		if (!sets[i])
			texts[i] = "0";
	}
	return calls_text(c, "{effective=%s, permitted=%s, inheritable=%s}",
			  texts[0], texts[1], texts[2]);
}

static void test_capabilities(struct calls *c)
{
	struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3,
						  0};
	struct __user_cap_data_struct data[2];
	CALL(c, capget, (&header, data), HEADER ", %s", sets_text(c, data));
	CALL(c, capget, (&header, NULL), HEADER ", NULL");
	memset(data, 0, sizeof(data));
	data[0].inheritable = 1 << CAP_KILL;
	data[1].inheritable = 1u << 31;
	CALL(c, capset, (&header, data),
	     HEADER ", {effective=0, permitted=0, "
		    "inheritable=1<<CAP_KILL|0x80000000 /* CAP_??? */}");
	header = (struct __user_cap_header_struct){0x12345, -1};
	CALL(c, capset, (&header, data),
	     "{version=0x12345 /* _LINUX_CAPABILITY_VERSION_??? */, pid=-1}, "
	     "{effective=0, permitted=0, inheritable=1<<CAP_KILL}");
	CALL(c, capget, (c->bad, NULL), "%p, NULL", (void *)c->bad);
	CALL(c, capget, (NULL, data), "NULL, %p", (void *)data);
}

static void test_keys(struct calls *c)
{
	char buf[64] = "";
	CALL(c, add_key,
	     ("user", "sctop-live", "payload", 7, KEY_SPEC_PROCESS_KEYRING),
	     "\"user\", \"sctop-live\", \"payload\", 7, "
	     "KEY_SPEC_PROCESS_KEYRING");
	int key = (int)c->result;
	CALL(c, add_key, ("keyring", "none", NULL, 0, 77),
	     "\"keyring\", \"none\", NULL, 0, 77");
	CALL(c, add_key, (NULL, c->bad, c->bad, 5, -99), "NULL, %p, %p, 5, -99",
	     (void *)c->bad, (void *)c->bad);
	CALL(c, request_key,
	     ("user", "sctop-live", NULL, KEY_SPEC_SESSION_KEYRING),
	     "\"user\", \"sctop-live\", NULL, KEY_SPEC_SESSION_KEYRING");
	CALL(c, keyctl, (KEYCTL_GET_KEYRING_ID, KEY_SPEC_PROCESS_KEYRING, 0),
	     "KEYCTL_GET_KEYRING_ID, KEY_SPEC_PROCESS_KEYRING, 0");
	CALL(c, keyctl, (KEYCTL_READ, key, buf, sizeof(buf)),
	     "KEYCTL_READ, %d, %s, 64", key, calls_out(c, buf, "\"payload\""));
	CALL(c, keyctl, (KEYCTL_DESCRIBE, key, buf, sizeof(buf)),
	     "KEYCTL_DESCRIBE, %d, %s, 64", key,
	     calls_out(c, buf, calls_string(c, buf)));
	CALL(c, keyctl, (KEYCTL_UPDATE, key, "more", 4),
	     "KEYCTL_UPDATE, %d, \"more\", 4", key);
	CALL(c, keyctl, (KEYCTL_SETPERM, key, 0x3f3f0000),
	     "KEYCTL_SETPERM, %d, KEY_POS_VIEW|KEY_POS_READ|KEY_POS_WRITE|"
	     "KEY_POS_SEARCH|KEY_POS_LINK|KEY_POS_SETATTR|KEY_USR_VIEW|"
	     "KEY_USR_READ|KEY_USR_WRITE|KEY_USR_SEARCH|KEY_USR_LINK|"
	     "KEY_USR_SETATTR",
	     key);
	CALL(c, keyctl, (KEYCTL_CHOWN, key, -1, 0), "KEYCTL_CHOWN, %d, -1, 0",
	     key);
	CALL(c, keyctl, (KEYCTL_SET_TIMEOUT, key, 100),
	     "KEYCTL_SET_TIMEOUT, %d, 100", key);
	CALL(c, keyctl,
	     (KEYCTL_SEARCH, KEY_SPEC_PROCESS_KEYRING, "user", "none", 0),
	     "KEYCTL_SEARCH, KEY_SPEC_PROCESS_KEYRING, \"user\", \"none\", 0");
	CALL(c, keyctl, (KEYCTL_UNLINK, key, KEY_SPEC_PROCESS_KEYRING),
	     "KEYCTL_UNLINK, %d, KEY_SPEC_PROCESS_KEYRING", key);
	CALL(c, keyctl, (KEYCTL_REVOKE, 999999999), "KEYCTL_REVOKE, 999999999");
	CALL(c, keyctl, (KEYCTL_JOIN_SESSION_KEYRING, c->bad),
	     "KEYCTL_JOIN_SESSION_KEYRING, %p", (void *)c->bad);
	CALL(c, keyctl, (77, 1, 2, 3, 4),
	     "0x4d /* KEYCTL_??? */, 0x1, 0x2, 0x3, 0x4");
}

static void test_rules(struct calls *c)
{
	struct landlock_ruleset_attr attr = {LANDLOCK_ACCESS_FS_EXECUTE |
					     LANDLOCK_ACCESS_FS_READ_DIR};
	struct landlock_path_beneath_attr path = {
		LANDLOCK_ACCESS_FS_READ_DIR, open(".", O_PATH | O_DIRECTORY)};
	CALL(c, landlock_create_ruleset,
	     (NULL, 0, LANDLOCK_CREATE_RULESET_VERSION),
	     "NULL, 0, LANDLOCK_CREATE_RULESET_VERSION");
	CALL(c, landlock_create_ruleset, (&attr, sizeof(attr), 0),
	     "{handled_access_fs=LANDLOCK_ACCESS_FS_EXECUTE|"
	     "LANDLOCK_ACCESS_FS_READ_DIR}, %zu, 0",
	     sizeof(attr));
	int fd = (int)c->result;
	CALL(c, landlock_create_ruleset, (&attr, 1, 0x10),
	     "%p, 1, 0x10 /* LANDLOCK_CREATE_RULESET_??? */", (void *)&attr);
	CALL(c, landlock_add_rule, (fd, LANDLOCK_RULE_PATH_BENEATH, &path, 0),
	     "%d, LANDLOCK_RULE_PATH_BENEATH, "
	     "{allowed_access=LANDLOCK_ACCESS_FS_READ_DIR, parent_fd=%d}, 0",
	     fd, path.parent_fd);
	path.allowed_access = 1UL << 40;
	CALL(c, landlock_add_rule, (fd, LANDLOCK_RULE_PATH_BENEATH, &path, 5),
	     "%d, LANDLOCK_RULE_PATH_BENEATH, "
	     "{allowed_access=0x10000000000 /* LANDLOCK_ACCESS_FS_??? */, "
	     "parent_fd=%d}, LANDLOCK_ADD_RULE_QUIET|0x4",
	     fd, path.parent_fd);
	CALL(c, landlock_add_rule, (-1, 77, c->bad, 0),
	     "-1, 0x4d /* LANDLOCK_RULE_??? */, %p, 0", (void *)c->bad);
	CALL(c, landlock_restrict_self, (-1, 0x5),
	     "-1, "
	     "LANDLOCK_RESTRICT_SELF_LOG_SAME_EXEC_OFF|LANDLOCK_RESTRICT_SELF_"
	     "LOG_SUBDOMAINS_OFF");
	CALL(c, landlock_restrict_self, (fd, 0), "%d, 0", fd);
}

void calls_credentials(struct calls *c)
{
	test_identity(c);
	test_groups(c);
	test_keys(c);
	test_rules(c);
	test_capabilities(c);
}
