/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/command_order.h"

#include <stdlib.h>

#include "abi/syscall.h"
#include "base/xalloc.h"

#define FEW 32 /* are tried one by one as fast */

struct command_order {
	const struct syscall_command *commands;
	size_t count;
	uint16_t *places[ABI_COUNT]; /* of commands, by value, then by place */
};

/* Whether a command is told by the whole value of the one selector. */
static bool is_plain(const struct syscall_command *command, uint8_t selector)
{
	return command->match == SYSCALL_EQUAL && command->mask == UINT32_MAX &&
	       command->selector == selector &&
	       command->selector_2 >= SYSCALL_ARGS && !command->as;
}

struct by_value {
	const struct syscall_command *commands;
	enum abi abi;
};

static int compare(const void *a, const void *b, void *self)
{
	const struct by_value *by = self;
	uint16_t place_a = *(const uint16_t *)a;
	uint16_t place_b = *(const uint16_t *)b;
	uint32_t value_a = by->commands[place_a].value[by->abi];
	uint32_t value_b = by->commands[place_b].value[by->abi];
	if (value_a != value_b)
		return value_a < value_b ? -1 : 1;
	return place_a < place_b ? -1 : place_a > place_b;
}

static uint16_t *sorted(const struct syscall *sc, enum abi abi)
{
	struct by_value by = {sc->commands, abi};
	uint16_t *places = xcalloc(sc->command_count, sizeof(*places));
	for (unsigned i = 0; i < sc->command_count; i++)
		places[i] = (uint16_t)i;
	qsort_r(places, sc->command_count, sizeof(*places), compare, &by);
	return places;
}

struct command_order *command_order_new(const struct syscall *sc)
{
	if (sc->command_count <= FEW || sc->command_count > UINT16_MAX)
		return NULL;
	for (unsigned i = 0; i < sc->command_count; i++) {
		if (!is_plain(&sc->commands[i], sc->commands[0].selector))
			return NULL;
	}
	struct command_order *order = xcalloc(1, sizeof(*order));
	order->commands = sc->commands;
	order->count = sc->command_count;
	for (int abi = 0; abi < ABI_COUNT; abi++)
		order->places[abi] = sorted(sc, (enum abi)abi);
	return order;
}

void command_order_free(struct command_order *order)
{
	if (!order)
		return;
	for (int abi = 0; abi < ABI_COUNT; abi++)
		free(order->places[abi]);
	free(order);
}

const struct syscall_command *
command_order_find(const struct command_order *order, enum abi abi,
		   uint32_t value)
{
	size_t first = 0;
	size_t end = order->count;
	if (value == SYSCALL_NO_COMMAND)
		return NULL;
	while (first < end) {
		size_t middle = first + (end - first) / 2;
		uint16_t place = order->places[abi][middle];
		if (order->commands[place].value[abi] < value)
			first = middle + 1;
		else
			end = middle;
	}
	if (first == order->count)
		return NULL;
	const struct syscall_command *found =
		&order->commands[order->places[abi][first]];
	return found->value[abi] == value ? found : NULL;
}
