/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/netlink.h"

#include <assert.h>
#include <string.h>

#include "abi/argtype.h"
#include "abi/flags.h"
#include "abi/structs.h"

#define NETLINK_ANY 255 /* family; there are not that many */

enum {
	MESSAGE_REQUEST = 1,
	MESSAGE_ANSWER = 2,
};

struct protocol {
	uint8_t number;
	uint16_t types;
	bool family;
	uint16_t flags[4]; /* by the two lowest bits of the type */
};

/* Of one type. */
struct exception {
	uint8_t protocol;
	uint16_t type;
	uint16_t flags;
};

/* clang-format off */
#include "abi/netlink.inc"
/* clang-format on */

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static const struct protocol *find_protocol(unsigned number)
{
	for (size_t i = 0; i < COUNT_OF(protocols); i++) {
		if (protocols[i].number == number)
			return &protocols[i];
	}
	return NULL;
}

bool netlink_has_family(unsigned protocol)
{
	const struct protocol *found = find_protocol(protocol);
	return found && found->family;
}

unsigned netlink_types(unsigned protocol, unsigned type)
{
	const struct protocol *found = find_protocol(protocol);
	return found && type >= NETLINK_OWN ? found->types : FLAGS_NLMSG_TYPE;
}

unsigned netlink_flags(unsigned protocol, unsigned type)
{
	const struct protocol *found = find_protocol(protocol);
	if (type == NETLINK_ERROR)
		return FLAGS_NLMSG_FLAGS_ACK;
	if (!found || type < NETLINK_OWN)
		return FLAGS_NLMSG_FLAGS;
	for (size_t i = 0; i < COUNT_OF(exceptions); i++) {
		if (exceptions[i].protocol == protocol &&
		    exceptions[i].type == type)
			return exceptions[i].flags;
	}
	return found->flags[type % 4];
}

const struct netlink_message *netlink_message(unsigned protocol, unsigned type,
					      unsigned flags, unsigned family)
{
	unsigned which =
		flags & NETLINK_REQUEST ? MESSAGE_REQUEST : MESSAGE_ANSWER;
	for (size_t i = 0; i < COUNT_OF(messages); i++) {
		const struct netlink_message *message = &messages[i];
		if (message->protocol == protocol && message->type == type &&
		    (!message->which || message->which == which) &&
		    (message->family == NETLINK_ANY ||
		     message->family == family))
			return message;
	}
	return NULL;
}

const struct netlink_attrs *netlink_attrs(unsigned index)
{
	assert(index < COUNT_OF(attr_sets));
	return &attr_sets[index];
}

const struct netlink_attrs *netlink_attrs_named(const char *name)
{
	size_t i = 0;
	while (i < COUNT_OF(attr_sets) && strcmp(attr_sets[i].name, name) != 0)
		i++;
	assert(i < COUNT_OF(attr_sets));
	return &attr_sets[i];
}

const struct netlink_attr *netlink_attr(const struct netlink_attrs *set,
					unsigned number)
{
	for (unsigned i = 0; i < set->count; i++) {
		if (attrs[set->first + i].number == number)
			return &attrs[set->first + i];
	}
	return NULL;
}
