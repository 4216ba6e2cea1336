/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A row of structs.tbl is a name; its layouts, of which each ABI has at most
 * one, are runs of fields.  Offsets and sizes are by ABI.
 */
#include "config.h"

#include "abi/structs.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <string.h>

#include "abi/argtype.h"
#include "abi/decode.h"
#include "abi/flags.h"
#include "abi/show.h"
#include "base/buf.h"

/* strace looks at no more of a sized structure. */
#define PAGE 4096

enum form {
	FORM_DEC,
	FORM_HEX,
	FORM_HEX8, /* as %#08x does */
	FORM_OCT,
	FORM_ADDR,
	FORM_TEXT,   /* characters up to a NUL */
	FORM_BYTES,  /* characters, all of them */
	FORM_INET6,  /* an IPv6 address; its name is in its text */
	FORM_FLAGS,  /* detail: enum flags_set */
	FORM_STRUCT, /* detail: enum structs_id */
	FORM_KIND,   /* detail: enum argtype */
};

enum {
	FIELD_SIGNED = 1,
	FIELD_NONZERO = 2, /* printed only where it is not 0 */
	FIELD_HIDDEN = 4,  /* printed only in full */
	FIELD_SILENT = 8,  /* never printed */
	FIELD_GAP = 16,    /* printed only in full; else "..." in its place */
	FIELD_TOLD = 32, /* by the kernel: not printed of a call that failed */
};

struct field {
	const char *name;
	uint16_t offset[ABI_COUNT];
	uint16_t size[ABI_COUNT]; /* of one element */
	uint16_t times;           /* elements; above 1 an array */
	uint8_t shift;            /* of a bit-field */
	uint8_t width;            /* of a bit-field, bits; 0: none */
	uint8_t form;             /* enum form */
	uint16_t detail;
	uint8_t marks; /* FIELD_* */
	/* Printed where (field `when` & mask) is `value`, or is not; */
	uint16_t when;
	uint64_t mask; /* 0: always */
	uint64_t value;
	bool unlike;
};

struct layout {
	uint16_t first; /* field */
	uint16_t count;
	uint16_t size[ABI_COUNT];
};

enum sized {
	NOT_SIZED,
	SIZED_DOTS, /* "..." stands for bytes beyond the last field */
	SIZED_TAIL, /* such bytes are shown where they are not 0 */
	SIZED_HEAD, /* they are "..." where they are not 0; N bytes always count
		     */
	SIZED_CUT,  /* of fewer bytes, what there is of the fields is shown */
	SIZED_EXACT, /* it has all its bytes, or is not one */
};

struct row {
	const char *name;
	uint8_t sized;  /* enum sized */
	uint16_t least; /* bytes of the first version */
	int16_t self;   /* number of the field that has the size, or -1 */
	int16_t layout[ABI_COUNT]; /* -1: does not exist there */
};

/* clang-format off */
#include "abi/structs.inc"
/* clang-format on */

/* A structure that is being printed. */
struct whole {
	const struct layout *layout;
	const char *bytes;
	size_t have;   /* bytes that are known */
	uint64_t size; /* bytes that there are */
	bool cut;      /* a field may be there in part */
	struct show *show;
};

static const struct layout *layout_of(enum structs_id id, enum abi abi)
{
	assert(id < STRUCTS_COUNT && abi < ABI_COUNT);
	int16_t i = rows[id].layout[abi];
	return i < 0 ? NULL : &layouts[i];
}

int structs_by_name(const char *name)
{
	for (int i = 0; i < STRUCTS_COUNT; i++) {
		if (strcmp(rows[i].name, name) == 0)
			return i;
	}
	return -1;
}

const char *structs_name(enum structs_id id)
{
	assert(id < STRUCTS_COUNT);
	return rows[id].name;
}

size_t structs_size(enum structs_id id, enum abi abi)
{
	const struct layout *layout = layout_of(id, abi);
	return layout ? layout->size[abi] : 0;
}

bool structs_is_sized(enum structs_id id)
{
	assert(id < STRUCTS_COUNT);
	return rows[id].sized != NOT_SIZED;
}

bool structs_fits(enum structs_id id, enum abi abi, uint64_t size, bool is_told)
{
	assert(id < STRUCTS_COUNT);
	size_t whole = structs_size(id, abi);
	switch ((enum sized)rows[id].sized) {
	case NOT_SIZED:
	case SIZED_DOTS:
	case SIZED_TAIL:
	case SIZED_HEAD:
		return size >= rows[id].least;
	case SIZED_CUT:
		return size >= (is_told ? 1 : whole);
	case SIZED_EXACT:
		return size == whole;
	}
	return false;
}

size_t structs_least(enum structs_id id)
{
	assert(id < STRUCTS_COUNT);
	return rows[id].least;
}

bool structs_is_told(enum structs_id id)
{
	assert(id < STRUCTS_COUNT);
	for (int abi = 0; abi < ABI_COUNT; abi++) {
		const struct layout *layout = layout_of(id, (enum abi)abi);
		for (size_t i = 0; layout && i < layout->count; i++) {
			if (fields[layout->first + i].marks & FIELD_TOLD)
				return true;
		}
	}
	return false;
}

int structs_fd(enum structs_id id, enum abi abi, unsigned n, size_t *ret_offset,
	       enum argtype *ret_kind)
{
	const struct layout *layout = layout_of(id, abi);
	for (unsigned i = 0; layout && i < layout->count; i++) {
		const struct field *f = &fields[layout->first + i];
		if (f->form != FORM_KIND ||
		    argtype_copy((enum argtype)f->detail) != ARGTYPE_COPY_FD ||
		    n--)
			continue;
		*ret_offset = f->offset[abi];
		*ret_kind = (enum argtype)f->detail;
		return 0;
	}
	return -ENOENT;
}

static uint64_t extend_sign(uint64_t value, unsigned bits)
{
	uint64_t sign = UINT64_C(1) << (bits - 1);
	return (value ^ sign) - sign;
}

/* The byte after a field. */
static size_t end_of(const struct whole *s, const struct field *f)
{
	enum abi abi = s->show->abi;
	return f->offset[abi] + (size_t)f->size[abi] * f->times;
}

static uint64_t value_at(const struct whole *s, const struct field *f, size_t i)
{
	enum abi abi = s->show->abi;
	size_t size = f->size[abi];
	uint64_t value =
		show_number(s->bytes + f->offset[abi] + i * size, size);
	unsigned bits = (unsigned)size * 8;
	if (f->width) {
		bits = f->width;
		value = value >> f->shift & (UINT64_MAX >> (64 - bits));
	}
	return f->marks & FIELD_SIGNED ? extend_sign(value, bits) : value;
}

static void print_text(const struct whole *s, const struct field *f)
{
	size_t size = (size_t)f->size[s->show->abi] * f->times;
	const char *text = s->bytes + f->offset[s->show->abi];
	size_t len = f->form == FORM_TEXT ? strnlen(text, size) : size;
	show_quoted(s->show->buf, text, len, s->show->options->utf8);
	if (f->form == FORM_TEXT && len == size)
		buf_write(s->show->buf, "...", 3);
}

static bool is_head(const struct field *f)
{
	return f->form == FORM_STRUCT && rows[f->detail].sized == SIZED_HEAD;
}

static void print_nested(const struct whole *s, const struct field *f, size_t i)
{
	enum abi abi = s->show->abi;
	size_t at = f->offset[abi] + i * f->size[abi];
	uint64_t left = s->size > at ? s->size - at : 0;
	const struct structs_memory memory = {
		.bytes = s->bytes + at,
		.have = f->size[abi],
		.size = left < f->size[abi] ? left : f->size[abi],
	};
	if (is_head(f))
		structs_print_sized(s->show, f->detail, &memory);
	else
		structs_print(s->show, f->detail, memory.bytes, memory.have);
}

/* A member is as wide as it is, whatever the set is made for. */
static void print_flags(const struct whole *s, const struct field *f,
			uint64_t value)
{
	if (f->marks & FIELD_SIGNED)
		flags_print(s->show->buf, f->detail, value, s->show->abi);
	else
		flags_print_whole(s->show->buf, f->detail, value, s->show->abi);
}

static void print_element(const struct whole *s, const struct field *f,
			  size_t i)
{
	struct buf *buf = s->show->buf;
	if (f->form == FORM_STRUCT) {
		print_nested(s, f, i);
		return;
	}
	uint64_t value = value_at(s, f, i);
	switch ((enum form)f->form) {
	case FORM_DEC:
		if (f->marks & FIELD_SIGNED)
			buf_s64(buf, (int64_t)value);
		else
			buf_u64(buf, value);
		break;
	case FORM_HEX:
		buf_hex(buf, value);
		break;
	case FORM_HEX8:
		buf_printf(buf, "%#08llx", (unsigned long long)value);
		break;
	case FORM_OCT:
		buf_octal(buf, value);
		break;
	case FORM_ADDR:
		show_address(s->show, value);
		break;
	case FORM_FLAGS:
		print_flags(s, f, value);
		break;
	case FORM_KIND:
		show_value(s->show, f->detail, value);
		break;
	case FORM_TEXT:
	case FORM_BYTES:
	case FORM_INET6:
	case FORM_STRUCT:
		break;
	}
}

static void print_inet6(const struct whole *s, const struct field *f)
{
	char text[INET6_ADDRSTRLEN] = "";
	const char *address = s->bytes + f->offset[s->show->abi];
	/* The family is one that it knows, and there is room. */
	(void)inet_ntop(AF_INET6, address, text, sizeof(text));
	buf_puts(s->show->buf, "inet_pton(AF_INET6, \"");
	buf_puts(s->show->buf, text);
	buf_puts(s->show->buf, "\", &");
	buf_puts(s->show->buf, f->name);
	buf_putc(s->show->buf, ')');
}

static void print_field(const struct whole *s, const struct field *f)
{
	struct buf *buf = s->show->buf;
	if (f->form == FORM_TEXT || f->form == FORM_BYTES) {
		print_text(s, f);
		return;
	}
	if (f->times == 1) {
		print_element(s, f, 0);
		return;
	}
	buf_putc(buf, '[');
	for (size_t i = 0; i < f->times; i++) {
		if (!show_element(s->show, i, true))
			break;
		print_element(s, f, i);
	}
	buf_putc(buf, ']');
}

static bool is_zeroes(const char *p, size_t size)
{
	return size == 0 || (*p == '\0' && memcmp(p, p + 1, size - 1) == 0);
}

static bool is_zero(const struct whole *s, const struct field *f)
{
	if (f->width)
		return value_at(s, f, 0) == 0;
	enum abi abi = s->show->abi;
	return is_zeroes(s->bytes + f->offset[abi],
			 (size_t)f->size[abi] * f->times);
}

static bool is_wanted(const struct whole *s, const struct field *f)
{
	if ((f->marks & FIELD_NONZERO) && !s->show->options->full &&
	    is_zero(s, f))
		return false;
	if (!f->mask)
		return true;
	const struct field *other = &fields[s->layout->first + f->when];
	if (end_of(s, other) > s->have)
		return false;
	bool is = (value_at(s, other, 0) & f->mask) == f->value;
	return is != f->unlike;
}

/* Whether a field is printed; what is left out becomes "...". */
static bool is_shown(const struct whole *s, const struct field *f,
		     bool *ret_dots)
{
	if ((f->marks & FIELD_SILENT) ||
	    ((f->marks & FIELD_TOLD) && s->show->failed) ||
	    (end_of(s, f) > s->size && !is_head(f)))
		return false;
	bool hidden = (f->marks & FIELD_HIDDEN) && !s->show->options->full;
	if (hidden || end_of(s, f) > s->have) {
		*ret_dots = true;
		return false;
	}
	return is_wanted(s, f);
}

/* What there is of a field that is not whole. */
static void print_piece(const struct whole *s, const struct field *f)
{
	size_t at = f->offset[s->show->abi];
	size_t end = s->size < s->have ? (size_t)s->size : s->have;
	if (end > at)
		show_quoted_hex(s->show->buf, s->bytes + at, end - at);
	else
		buf_write(s->show->buf, "???", 3);
}

static bool is_cut(const struct whole *s, const struct field *f)
{
	return s->cut && f->offset[s->show->abi] < s->size &&
	       end_of(s, f) > s->size;
}

/* A field with its name; CUT: it is not whole. */
static void print_named(const struct whole *s, const struct field *f, bool cut)
{
	if (f->form == FORM_INET6 && !cut) {
		print_inet6(s, f);
		return;
	}
	buf_puts(s->show->buf, f->name);
	buf_putc(s->show->buf, '=');
	if (cut)
		print_piece(s, f);
	else
		print_field(s, f);
}

/* Whether there are fields, or a "...". */
static bool print_fields(const struct whole *s, bool *ret_dots)
{
	const char *comma = "";
	bool in_gap = false;
	for (size_t i = 0; i < s->layout->count; i++) {
		const struct field *f = &fields[s->layout->first + i];
		bool was_in_gap = in_gap;
		in_gap = (f->marks & FIELD_GAP) && !s->show->options->full;
		if (in_gap) {
			buf_puts(s->show->buf, was_in_gap ? "" : ", ...");
			continue;
		}
		bool cut = is_cut(s, f);
		if (!cut && !is_shown(s, f, ret_dots))
			continue;
		buf_puts(s->show->buf, comma);
		print_named(s, f, cut);
		comma = ", ";
	}
	return *comma != '\0';
}

/* Bytes that a later version of the structure has: strace's form. */
static void print_tail(const struct whole *s, uint64_t last)
{
	size_t known = s->layout->size[s->show->abi];
	struct buf *buf = s->show->buf;
	if (s->have <= known || is_zeroes(s->bytes + known, s->have - known))
		return;
	buf_puts(buf, ", /* bytes ");
	buf_u64(buf, known);
	buf_puts(buf, "..");
	buf_u64(buf, last);
	buf_puts(buf, " */ ");
	size_t shown = s->have - known;
	if (shown > s->show->options->string_limit)
		shown = s->show->options->string_limit;
	show_quoted_hex(buf, s->bytes + known, shown);
	if (known + shown <= last)
		buf_write(buf, "...", 3);
}

static void print_whole(const struct whole *s, enum sized sized)
{
	struct buf *buf = s->show->buf;
	size_t known = s->layout ? s->layout->size[s->show->abi] : 0;
	bool dots = !s->layout || (sized == SIZED_DOTS && s->size > known) ||
		    (sized == SIZED_HEAD && s->have > known &&
		     !is_zeroes(s->bytes + known, s->have - known));
	buf_putc(buf, '{');
	bool any = s->layout && print_fields(s, &dots);
	if (sized == SIZED_TAIL && s->size > known)
		print_tail(s, s->size < PAGE ? s->size - 1 : PAGE - 1);
	if (dots)
		buf_puts(buf, any ? ", ..." : "...");
}

/* The size that a structure gives for itself: 0 stands for the first version;
 * of a smaller one only that member counts. */
static uint64_t own_size(const struct whole *s, const struct row *row)
{
	const struct field *f = &fields[s->layout->first + row->self];
	if (end_of(s, f) > s->have)
		return s->size;
	uint64_t size = value_at(s, f, 0);
	if (size == 0)
		return row->least;
	return size < row->least ? end_of(s, f) : size;
}

static void print_row(struct whole *s, const struct row *row, enum sized sized)
{
	if (s->layout && row->self >= 0) {
		s->size = own_size(s, row);
		sized = row->sized;
	}
	print_whole(s, sized);
}

void structs_print(struct show *show, enum structs_id id, const void *bytes,
		   size_t have)
{
	struct whole s = {
		.layout = layout_of(id, show->abi),
		.bytes = bytes,
		.have = have,
		.size = SIZE_MAX,
		.show = show,
	};
	print_row(&s, &rows[id], NOT_SIZED);
	buf_putc(show->buf, '}');
}

void structs_print_open(struct show *show, enum structs_id id,
			const struct structs_memory *memory)
{
	struct whole s = {
		.layout = layout_of(id, show->abi),
		.bytes = memory->bytes,
		.have = memory->have,
		.size = rows[id].sized == SIZED_HEAD &&
					memory->size < rows[id].least
				? rows[id].least
				: memory->size,
		.cut = rows[id].sized == SIZED_CUT,
		.show = show,
	};
	print_row(&s, &rows[id], rows[id].sized);
}

void structs_print_sized(struct show *show, enum structs_id id,
			 const struct structs_memory *memory)
{
	structs_print_open(show, id, memory);
	buf_putc(show->buf, '}');
}
