/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Buffers of netlink messages: include/uapi/linux/netlink.h.  Each message is a
 * chunk of its own, so that of a long one the rest makes room for the next.
 */
#pragma once

#include "row.bpf.h"

#define NETLINK_HEAD       16 /* struct nlmsghdr; it begins with the length */
#define NETLINK_LIMIT      32 /* messages that are copied: as many as are shown */
#define NETLINK_ALONE      1768
#define NETLINK_PART       768 /* of each of several */
#define NETLINK_TO_LONG(n) (((n) + 3) & ~3ull)

/*
 * Appends the next message of those at row->word, of which there are row->words
 * bytes; moves both behind it.  Whether there may be another.
 */
static __always_inline bool netlink_message(struct row *row, bool first,
					    u32 info)
{
	u32 length = 0;
	u64 size = row->words;
	if (bpf_probe_read_user(&length, sizeof(length),
				(const void *)row->word)) {
		row->missed = first;
		return false;
	}
	u64 whole = NETLINK_TO_LONG((u64)length);
	bool more = length >= NETLINK_HEAD && whole < size;
	row_append(row, row->word, more ? length : size,
		   first && !more ? NETLINK_ALONE : NETLINK_PART, info);
	row->word += whole;
	row->words -= whole;
	return more;
}

/* Appends the messages in the SIZE bytes at ADDRESS.  One function: it is
 * called where no more than one may be. */
__noinline int netlink_messages(struct row *row, u64 address, u64 size,
				u32 info)
{
	if (!row || !address || !size)
		return 0;
	row->word = address;
	row->words = size;
	for (u32 i = 0; i < NETLINK_LIMIT; i++) {
		if (!netlink_message(row, i == 0, info))
			break;
	}
	return 0;
}
