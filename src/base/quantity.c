/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "base/quantity.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct unit {
	const char *name;
	uint64_t worth;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Reads digits into *RET; returns where they end, or NULL when they overflow.
 */
static const char *read_digits(uint64_t *ret, const char *text)
{
	uint64_t value = 0;
	for (; is_digit(*text); text++) {
		uint64_t digit = (uint64_t)(*text - '0');
		if (value > (UINT64_MAX - digit) / 10)
			return NULL;
		value = value * 10 + digit;
	}
	*ret = value;
	return text;
}

int quantity_number(uint64_t *ret, const char *text)
{
	uint64_t value = 0;
	if (!is_digit(*text))
		return -EINVAL;
	const char *end = read_digits(&value, text);
	if (!end)
		return -ERANGE;
	if (*end)
		return -EINVAL;
	*ret = value;
	return 0;
}

static const struct unit *unit_by_name(const struct unit *units,
				       const char *name)
{
	for (; units->name; units++) {
		if (strcmp(units->name, name) == 0)
			return units;
	}
	return NULL;
}

#define FRACTION_LIMIT 1000000000 /* further digits are below a nanosecond */

/* What the digits from FRACTION on, those behind the point, add. */
static uint64_t fraction_of(const char *fraction, uint64_t worth)
{
	uint64_t parts = 0;
	uint64_t whole = 1;
	for (; is_digit(*fraction) && whole < FRACTION_LIMIT; fraction++) {
		parts = parts * 10 + (uint64_t)(*fraction - '0');
		whole *= 10;
	}
	return worth / whole * parts + worth % whole * parts / whole;
}

static int read_scaled(uint64_t *ret, const char *text,
		       const struct unit *units)
{
	uint64_t whole = 0;
	if (!is_digit(*text))
		return -EINVAL;
	const char *end = read_digits(&whole, text);
	if (!end)
		return -ERANGE;
	const char *fraction = "";
	if (end[0] == '.' && is_digit(end[1])) {
		fraction = end + 1;
		end = fraction + strspn(fraction, "0123456789");
	}
	const struct unit *unit = unit_by_name(units, end);
	if (!unit)
		return -EINVAL;
	uint64_t rest = fraction_of(fraction, unit->worth);
	if (whole > (UINT64_MAX - rest) / unit->worth)
		return -ERANGE;
	*ret = whole * unit->worth + rest;
	return 0;
}

int quantity_duration(uint64_t *ret_ns, const char *text)
{
	static const struct unit units[] = {
		{"", 1000000000},     {"ns", 1},         {"us", 1000},
		{"ms", 1000000},      {"s", 1000000000}, {"m", 60000000000},
		{"h", 3600000000000}, {NULL, 0},
	};
	return read_scaled(ret_ns, text, units);
}

int quantity_size(uint64_t *ret_bytes, const char *text)
{
	static const struct unit units[] = {
		{"", 1},        {"K", 1 << 10}, {"M", 1 << 20},
		{"G", 1 << 30}, {NULL, 0},
	};
	return read_scaled(ret_bytes, text, units);
}
