/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The sources: the LSB Core Specification, "Exception Frames" and "The
 * .eh_frame_hdr section", and DWARF 4, section 6.4.
 */
#include "config.h"

#include "feed/cfi.h"

#include <elf.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "bpf/event.h"
#include "feed/elffile.h"

#define RECORD_LIMIT 4096 /* bytes of a record that are looked at */
#define SAVED_LIMIT  8    /* states remembered */
#define WORD         8

/* DW_EH_PE_* */
#define PCREL_SDATA4   0x1b
#define UDATA4         0x03
#define DATAREL_SDATA4 0x3b

struct reader {
	const uint8_t *at, *end;
	bool is_bad; /* it went beyond the end */
};

static uint64_t take(struct reader *r, size_t size)
{
	uint64_t value = 0; /* both machines are little-endian */
	if ((size_t)(r->end - r->at) < size) {
		r->is_bad = true;
		r->at = r->end;
		return 0;
	}
	memcpy(&value, r->at, size);
	r->at += size;
	return value;
}

static void skip(struct reader *r, uint64_t size)
{
	if (size > (uint64_t)(r->end - r->at)) {
		r->is_bad = true;
		size = (uint64_t)(r->end - r->at);
	}
	r->at += size;
}

/* LEB128; what does not fit 64 bits is cut off. */
static uint64_t take_uleb(struct reader *r)
{
	uint64_t value = 0;
	uint64_t byte = 0x80;
	for (unsigned shift = 0; byte & 0x80 && !r->is_bad; shift += 7) {
		byte = take(r, 1);
		if (shift < 64)
			value |= (byte & 0x7f) << shift;
	}
	return value;
}

static int64_t take_sleb(struct reader *r)
{
	const uint8_t *from = r->at;
	uint64_t value = take_uleb(r);
	unsigned bits = (unsigned)(r->at - from) * 7;
	if (bits && bits < 64 && value >> (bits - 1) & 1)
		value |= ~0ull << bits;
	return (int64_t)value;
}

static int64_t take_s32(struct reader *r)
{
	return (int32_t)take(r, 4);
}

/* A record of .eh_frame, without its length. */
struct record {
	uint8_t data[RECORD_LIMIT];
	uint64_t address; /* of data */
	struct reader reader;
};

static bool read_record(const struct elffile *file, uint64_t address,
			struct record *record)
{
	uint32_t size = 0;
	if (elffile_read(file, address, &size, sizeof(size)) < sizeof(size) ||
	    size < 4 || size > RECORD_LIMIT)
		return false;
	record->address = address + sizeof(size);
	record->reader =
		(struct reader){.at = record->data, .end = record->data + size};
	return elffile_read(file, record->address, record->data, size) == size;
}

/* What records have in common that a CIE tells. */
struct common {
	uint64_t code_unit;
	int64_t data_unit;
	bool has_augmentation;
	struct reader program;
};

/* False: it is of a form that is not known. */
static bool take_augmentation(struct reader *r, const char *letters)
{
	uint64_t size = take_uleb(r);
	const uint8_t *from = r->at;
	for (; *letters; letters++) {
		unsigned form = 0;
		if (*letters == 'R' && take(r, 1) != PCREL_SDATA4)
			return false;
		if (*letters == 'L')
			(void)take(r, 1); /* of language-specific data */
		if (*letters == 'P') {
			form = (unsigned)take(r, 1) & 0xf;
			skip(r, form == 0x3 || form == 0xb ? 4 : WORD);
		}
		if (!strchr("RLPSB", *letters))
			return false;
	}
	skip(r, size - (uint64_t)(r->at - from));
	return !r->is_bad;
}

static bool read_common(struct record *cie, struct common *ret)
{
	struct reader *r = &cie->reader;
	if (take(r, 4) != 0) /* that is what makes it one */
		return false;
	uint64_t version = take(r, 1);
	const char *letters = (const char *)r->at;
	size_t size = strnlen(letters, (size_t)(r->end - r->at));
	skip(r, size + 1);
	if (r->is_bad || (version != 1 && version != 3))
		return false;
	ret->code_unit = take_uleb(r);
	ret->data_unit = take_sleb(r);
	if (version == 1)
		(void)take(r, 1); /* the column of the return address */
	else
		(void)take_uleb(r); /* the same */
	ret->has_augmentation = letters[0] == 'z';
	if (ret->has_augmentation ? !take_augmentation(r, letters + 1)
				  : letters[0] != '\0')
		return false;
	ret->program = *r;
	return !r->is_bad;
}

/* Where the caller's stack pointer was: a register and a distance. */
struct rule {
	uint64_t base;
	uint64_t distance;
	bool is_known;
};

struct machine {
	const struct common *common;
	struct rule rule;
	struct rule saved[SAVED_LIMIT];
	size_t saved_count;
	uint64_t at;    /* address that the rule holds from */
	uint64_t until; /* address that is asked for */
};

static void advance(struct machine *m, uint64_t units)
{
	m->at += units * m->common->code_unit;
}

/* DW_CFA_*, and what GNU adds. */
enum op {
	OP_NOP = 0x00,
	OP_ADVANCE_1 = 0x02,
	OP_ADVANCE_2 = 0x03,
	OP_ADVANCE_4 = 0x04,
	OP_REMEMBER = 0x0a,
	OP_RECALL = 0x0b,
	OP_RULE = 0x0c,
	OP_RULE_BASE = 0x0d,
	OP_RULE_DISTANCE = 0x0e,
	OP_RULE_EXPRESSION = 0x0f,
	OP_RULE_SIGNED = 0x12,
	OP_RULE_DISTANCE_SIGNED = 0x13,
	OP_SIGN = 0x2d,
	OP_ADVANCE = 0x40, /* from here on the lower bits are an operand */
	OP_SAVED = 0x80,
	OP_RESTORE = 0xc0,
};

/* What follows those that say nothing about the rule: LEB128 numbers, then a
 * block where the sign is negative. */
static const int8_t operands[0x40] = {
	[0x05] = 2, [0x06] = 1,  [0x07] = 1, [0x08] = 1,
	[0x09] = 2, [0x10] = -1, [0x11] = 2, [0x14] = 2,
	[0x15] = 2, [0x16] = -1, [0x2e] = 1, [0x2f] = 2,
};

static void skip_operands(struct reader *r, unsigned op)
{
	int count = operands[op];
	if (count == 0 && op != OP_NOP && op != OP_SIGN)
		r->is_bad = true; /* nothing is known of it */
	for (int i = 0; i < count || i < -count; i++)
		(void)take_uleb(r); /* a signed one is as long */
	if (count < 0)
		skip(r, take_uleb(r));
}

static void remember(struct machine *m, struct reader *r)
{
	if (m->saved_count == SAVED_LIMIT)
		r->is_bad = true;
	else
		m->saved[m->saved_count++] = m->rule;
}

static void recall(struct machine *m, struct reader *r)
{
	if (m->saved_count == 0)
		r->is_bad = true;
	else
		m->rule = m->saved[--m->saved_count];
}

static uint64_t take_distance(const struct machine *m, struct reader *r,
			      bool is_signed)
{
	if (!is_signed)
		return take_uleb(r);
	return (uint64_t)take_sleb(r) * (uint64_t)m->common->data_unit;
}

static void set_rule(struct machine *m, struct reader *r, unsigned op)
{
	bool is_signed = op == OP_RULE_SIGNED || op == OP_RULE_DISTANCE_SIGNED;
	if (op == OP_RULE || op == OP_RULE_BASE || op == OP_RULE_SIGNED)
		m->rule.base = take_uleb(r);
	if (op != OP_RULE_BASE)
		m->rule.distance = take_distance(m, r, is_signed);
	if (op == OP_RULE || op == OP_RULE_SIGNED)
		m->rule.is_known = true;
}

static void step(struct machine *m, struct reader *r)
{
	unsigned op = (unsigned)take(r, 1);
	unsigned low = op & 0x3f;
	if (op >= OP_ADVANCE)
		op &= 0xc0;
	switch (op) {
	case OP_ADVANCE:
		advance(m, low);
		break;
	case OP_SAVED:
		(void)take_uleb(r); /* where */
		break;
	case OP_RESTORE:
		break;
	case OP_ADVANCE_1:
	case OP_ADVANCE_2:
	case OP_ADVANCE_4:
		advance(m, take(r, (size_t)1 << (op - OP_ADVANCE_1)));
		break;
	case OP_REMEMBER:
		remember(m, r);
		break;
	case OP_RECALL:
		recall(m, r);
		break;
	case OP_RULE:
	case OP_RULE_BASE:
	case OP_RULE_DISTANCE:
	case OP_RULE_SIGNED:
	case OP_RULE_DISTANCE_SIGNED:
		set_rule(m, r, op);
		break;
	case OP_RULE_EXPRESSION:
		m->rule.is_known = false;
		skip(r, take_uleb(r));
		break;
	default:
		skip_operands(r, op);
	}
}

/* Runs PROGRAM as far as what is asked for. */
static bool run(struct machine *m, struct reader program)
{
	while (!program.is_bad && program.at < program.end) {
		struct machine before = *m;
		step(m, &program);
		if (m->at > m->until) {
			*m = before;
			return true;
		}
	}
	return !program.is_bad;
}

/* The record of the function at ADDRESS by the table in .eh_frame_hdr; 0:
 * none. */
static uint64_t find_record(const struct elffile *file, uint64_t address)
{
	struct {
		uint8_t version, frame_form, count_form, table_form;
		int32_t frame;
		uint32_t count;
	} head;
	struct {
		int32_t begin, record; /* from the head on */
	} entry = {0};
	uint64_t table = file->unwinding + sizeof(head);
	if (!file->unwinding ||
	    elffile_read(file, file->unwinding, &head, sizeof(head)) <
		    sizeof(head) ||
	    head.version != 1 || head.frame_form != PCREL_SDATA4 ||
	    head.count_form != UDATA4 || head.table_form != DATAREL_SDATA4)
		return 0;
	uint64_t low = 0, high = head.count, found = 0;
	while (low < high) {
		uint64_t middle = low + (high - low) / 2;
		if (elffile_read(file, table + middle * sizeof(entry), &entry,
				 sizeof(entry)) < sizeof(entry))
			return 0;
		uint64_t begin = file->unwinding + (uint64_t)entry.begin;
		if (begin <= address) {
			found = file->unwinding + (uint64_t)entry.record;
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return found;
}

static bool find_rule(const struct elffile *file, uint64_t address,
		      struct rule *ret)
{
	struct record fde, cie;
	struct common common;
	uint64_t at = find_record(file, address);
	if (!at || !read_record(file, at, &fde))
		return false;
	struct reader *r = &fde.reader;
	uint64_t back = take(r, 4);
	if (!back || !read_record(file, fde.address - back, &cie) ||
	    !read_common(&cie, &common))
		return false;
	uint64_t here = fde.address + (uint64_t)(r->at - fde.data);
	uint64_t begin = here + (uint64_t)take_s32(r);
	uint64_t size = take(r, 4);
	if (common.has_augmentation)
		skip(r, take_uleb(r));
	if (r->is_bad || address < begin || address - begin >= size)
		return false;
	struct machine m = {.common = &common, .at = begin, .until = address};
	if (!run(&m, common.program) || !run(&m, *r) || !m.rule.is_known)
		return false;
	*ret = m.rule;
	return true;
}

/* The numbers that DWARF gives to registers: the System V ABI supplements. */
#define X86_RBP  6
#define X86_RSP  7
#define ARM64_SP 31

uint32_t cfi_slot(const struct elffile *file, uint64_t address)
{
	struct rule rule;
	if (!find_rule(file, address, &rule))
		return EVENT_SLOT_UNKNOWN;
	if (file->machine == EM_AARCH64) /* it is in a register, or saved */
		return rule.base == ARM64_SP && rule.distance == 0
			       ? 0
			       : EVENT_SLOT_FRAME;
	if (file->machine != EM_X86_64 || rule.distance % WORD)
		return EVENT_SLOT_UNKNOWN;
	if (rule.base == X86_RBP)
		return EVENT_SLOT_FRAME;
	if (rule.base != X86_RSP || rule.distance < WORD ||
	    rule.distance / WORD > UINT16_MAX)
		return EVENT_SLOT_UNKNOWN;
	return (uint32_t)(rule.distance / WORD - 1);
}
