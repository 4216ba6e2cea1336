/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A row names a value under a mask: it fits where (value & mask) == its value.
 * The mask of a plain flag is the flag itself.  A row of kind REST names what
 * no other row of its mask does, one of kind SHIFTED is a number inside bits.
 */
#include "config.h"

#include "abi/flags.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

#include "base/buf.h"

#define ON_ALL    0
#define NOT_ON(a) (1u << (a))

enum kind {
	PLAIN,
	REST,    /* the number, then the name as a comment */
	SHIFTED, /* the bits of the mask as a number, then "<<" and the name */
};

enum style {
	BITS,
	ENUM,  /* one of the rows, or a number in hexadecimal */
	ENUMD, /* the same, in decimal */
	NOTED, /* a number in hexadecimal, the row as a comment */
	NOTEDD,
};

struct row {
	const char *name;
	const char *meaning;
	uint64_t value[ABI_COUNT];
	uint64_t mask;   /* 0: the value itself */
	uint8_t missing; /* NOT_ON() of the ABIs without it */
	uint8_t kind;
};

struct set {
	const char *name;
	const char *unknown; /* comment on a number without names; "": none */
	uint16_t first;      /* row */
	uint16_t count;
	uint8_t style;
	bool wide;    /* all 64 bits count */
	bool ordered; /* rows ascend by the low 16 bits of their values */
};

/* clang-format off */
#include "abi/flags.inc"
/* clang-format on */

static_assert(sizeof(sets) / sizeof(sets[0]) == FLAGS_COUNT,
	      "flags.inc and flags_sets.inc go together");

static bool has(const struct row *row, enum abi abi)
{
	return !(row->missing & NOT_ON(abi));
}

static uint64_t mask_of(const struct row *row, enum abi abi)
{
	return row->mask ? row->mask : row->value[abi];
}

static uint64_t width_of(const struct set *set, uint64_t value)
{
	return set->wide ? value : (uint32_t)value;
}

static const struct set *set_of(enum flags_set set)
{
	assert(set < FLAGS_COUNT);
	return &sets[set];
}

int flags_by_name(const char *set_name)
{
	for (int i = 0; i < FLAGS_COUNT; i++) {
		if (strcmp(sets[i].name, set_name) == 0)
			return i;
	}
	return -1;
}

const char *flags_set_name(enum flags_set set)
{
	return set_of(set)->name;
}

bool flags_is_bits(enum flags_set set)
{
	return set_of(set)->style == BITS;
}

bool flags_is_wide(enum flags_set set)
{
	return set_of(set)->wide;
}

/* The first row that may be VALUE's: ordered sets, which the long ones are, are
 * not looked through. */
static const struct row *seek(const struct set *set, uint64_t value,
			      enum abi abi)
{
	const struct row *row = rows + set->first;
	if (!set->ordered)
		return row;
	size_t left = set->count;
	while (left > 0) {
		size_t half = left / 2;
		if ((uint16_t)row[half].value[abi] < (uint16_t)value) {
			row += half + 1;
			left -= half + 1;
		} else {
			left = half;
		}
	}
	return row;
}

/* Whether rows behind ROW can have VALUE too. */
static bool is_past(const struct set *set, const struct row *row,
		    uint64_t value, enum abi abi)
{
	return row >= rows + set->first + set->count ||
	       (set->ordered && (uint16_t)row->value[abi] > (uint16_t)value);
}

/* ROW or the first one behind it whose value this is. */
static const struct row *find_from(const struct set *set, const struct row *row,
				   uint64_t value, enum abi abi)
{
	for (; !is_past(set, row, value, abi); row++) {
		if (row->value[abi] == value && has(row, abi) &&
		    row->kind == PLAIN)
			return row;
	}
	return NULL;
}

static const struct row *find(const struct set *set, uint64_t value,
			      enum abi abi)
{
	return find_from(set, seek(set, value, abi), value, abi);
}

const char *flags_name(enum flags_set set, uint64_t value, enum abi abi)
{
	const struct set *s = set_of(set);
	const struct row *row = find(s, width_of(s, value), abi);
	return row ? row->name : NULL;
}

int flags_value(enum flags_set set, const char *name, enum abi abi,
		uint64_t *ret)
{
	const struct set *s = set_of(set);
	const struct row *row = rows + s->first;
	for (size_t i = 0; i < s->count; i++, row++) {
		if (strcmp(row->name, name) == 0 && has(row, abi) &&
		    row->kind == PLAIN) {
			*ret = row->value[abi];
			return 0;
		}
	}
	return -ENOENT;
}

bool flags_row(enum flags_set set, size_t index, enum abi abi,
	       struct flags_part *ret)
{
	const struct set *s = set_of(set);
	if (index >= s->count)
		return false;
	const struct row *row = rows + s->first + index;
	bool is_named = has(row, abi) && row->kind == PLAIN;
	*ret = (struct flags_part){
		.name = is_named ? row->name : "",
		.meaning = row->meaning,
		.bits = row->value[abi],
	};
	return true;
}

void flags_walk_init(struct flags_walk *walk, enum flags_set set,
		     uint64_t value, enum abi abi)
{
	uint64_t whole = width_of(set_of(set), value);
	*walk = (struct flags_walk){
		.set = set,
		.abi = abi,
		.value = whole,
		.rest = whole,
	};
}

/* A zero stands for the whole value unless a mask says for which bits. */
static bool fits(const struct flags_walk *walk, const struct row *row)
{
	uint64_t mask = mask_of(row, walk->abi);
	if (!has(row, walk->abi) || (walk->taken & mask))
		return false;
	if (mask == 0)
		return walk->value == 0;
	if (row->kind != PLAIN)
		return (walk->value & mask) != 0;
	return (walk->value & mask) == row->value[walk->abi];
}

static const struct row *walk_bits(struct flags_walk *walk)
{
	const struct set *set = &sets[walk->set];
	while (walk->next < set->count) {
		const struct row *row = rows + set->first + walk->next++;
		if (!fits(walk, row))
			continue;
		uint64_t mask = mask_of(row, walk->abi);
		walk->taken |= mask;
		walk->rest &= ~mask;
		return row;
	}
	return NULL;
}

static const struct row *walk_enum(struct flags_walk *walk)
{
	if (walk->next > 0)
		return NULL;
	walk->next = 1;
	const struct row *row = find(&sets[walk->set], walk->value, walk->abi);
	if (row)
		walk->rest = 0;
	return row;
}

static const struct row *walk_row(struct flags_walk *walk)
{
	return flags_is_bits(walk->set) ? walk_bits(walk) : walk_enum(walk);
}

bool flags_walk_next(struct flags_walk *walk, struct flags_part *ret)
{
	const struct row *row = walk_row(walk);
	if (!row)
		return false;
	uint64_t mask = mask_of(row, walk->abi);
	*ret = (struct flags_part){
		.name = row->name,
		.meaning = row->meaning,
		.bits = flags_is_bits(walk->set) ? walk->value & mask
						 : walk->value,
	};
	return true;
}

static void print_comment(struct buf *buf, const char *text)
{
	if (!*text)
		return;
	buf_puts(buf, " /* ");
	buf_puts(buf, text);
	buf_puts(buf, " */");
}

static void print_shifted(struct buf *buf, const struct row *row,
			  uint64_t value)
{
	buf_u64(buf, (value & row->mask) >> __builtin_ctzll(row->mask));
	buf_puts(buf, "<<");
	buf_puts(buf, row->name);
}

static void print_bar(struct buf *buf, bool follows)
{
	if (follows)
		buf_putc(buf, '|');
}

/* A name of a group says nothing of the bits outside it, so these get the
 * comment if none of them has a name. */
static void print_rest(struct buf *buf, const struct flags_walk *walk,
		       bool follows, bool has_name)
{
	if (walk->rest == 0 && follows)
		return;
	print_bar(buf, follows);
	buf_hex(buf, walk->rest);
	if (walk->rest && !has_name)
		print_comment(buf, sets[walk->set].unknown);
}

static void print_bits(struct buf *buf, struct flags_walk *walk)
{
	const struct row *shifted = NULL;
	const struct row *row;
	bool follows = false;
	bool has_name = false;
	while ((row = walk_bits(walk))) {
		if (row->kind == SHIFTED) {
			shifted = row;
			continue;
		}
		print_bar(buf, follows);
		follows = true;
		has_name |= row->mask == 0;
		if (row->kind == REST)
			buf_hex(buf, walk->value & row->mask);
		if (row->kind == REST)
			print_comment(buf, row->name);
		else
			buf_puts(buf, row->name);
	}
	if (walk->rest || !shifted)
		print_rest(buf, walk, follows, has_name);
	if (shifted) {
		print_bar(buf, follows || walk->rest);
		print_shifted(buf, shifted, walk->value);
	}
}

/* A request of ioctl(2) means one thing to one device and another to the next:
 * all names of the value, joined by "or". */
static void print_names(struct buf *buf, const struct set *set,
			const struct row *row, const struct flags_walk *walk)
{
	buf_puts(buf, row->name);
	while ((row = find_from(set, row + 1, walk->value, walk->abi))) {
		buf_puts(buf, " or ");
		buf_puts(buf, row->name);
	}
}

static void print_enum(struct buf *buf, struct flags_walk *walk)
{
	const struct set *set = &sets[walk->set];
	const struct row *row = walk_enum(walk);
	bool is_noted = set->style == NOTED || set->style == NOTEDD;
	if (row && !is_noted) {
		print_names(buf, set, row, walk);
		return;
	}
	if (set->style == ENUM || set->style == NOTED)
		buf_hex(buf, walk->value);
	else
		buf_s64(buf, set->wide ? (int64_t)walk->value
				       : (int32_t)walk->value);
	print_comment(buf, row ? row->name : set->unknown);
}

static void print(struct buf *buf, struct flags_walk *walk)
{
	if (flags_is_bits(walk->set))
		print_bits(buf, walk);
	else
		print_enum(buf, walk);
}

void flags_print(struct buf *buf, enum flags_set set, uint64_t value,
		 enum abi abi)
{
	struct flags_walk walk;
	flags_walk_init(&walk, set, value, abi);
	print(buf, &walk);
}

void flags_print_whole(struct buf *buf, enum flags_set set, uint64_t value,
		       enum abi abi)
{
	struct flags_walk walk;
	flags_walk_init(&walk, set, value, abi);
	walk.value = value;
	walk.rest = value;
	print(buf, &walk);
}
