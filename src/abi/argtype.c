/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/argtype.h"

#include <assert.h>
#include <fnmatch.h>
#include <string.h>

#include "abi/flags.h"
#include "base/buf.h"
#include "base/escape.h"

#define AT_FDCWD_VALUE (-100) /* include/uapi/linux/fcntl.h */

/* Prints the value; a function for each kind that is not like another. */
typedef void argtype_printer(struct buf *buf, const struct argtype_value *v);

static void print_int(struct buf *buf, const struct argtype_value *v)
{
	buf_s64(buf, (int32_t)v->value);
}

static void print_uint(struct buf *buf, const struct argtype_value *v)
{
	buf_u64(buf, (uint32_t)v->value);
}

static void print_long(struct buf *buf, const struct argtype_value *v)
{
	buf_s64(buf, v->compat ? (int32_t)v->value : (int64_t)v->value);
}

static uint64_t whole(const struct argtype_value *v)
{
	return v->compat ? (uint32_t)v->value : v->value;
}

static void print_ulong(struct buf *buf, const struct argtype_value *v)
{
	buf_u64(buf, whole(v));
}

static void print_hex(struct buf *buf, const struct argtype_value *v)
{
	buf_hex(buf, whole(v));
}

static void print_hex32(struct buf *buf, const struct argtype_value *v)
{
	buf_hex(buf, (uint32_t)v->value);
}

static void print_addr(struct buf *buf, const struct argtype_value *v)
{
	if (whole(v) == 0)
		buf_puts(buf, "NULL");
	else
		buf_hex(buf, whole(v));
}

/* umode_t has 16 bits; strace writes at least three digits. */
static void print_mode(struct buf *buf, const struct argtype_value *v)
{
	unsigned mode = (uint16_t)v->value;
	if (mode >= 0100) {
		buf_octal(buf, mode);
		return;
	}
	buf_putc(buf, '0');
	buf_putc(buf, (char)('0' + (mode >> 3)));
	buf_putc(buf, (char)('0' + (mode & 7)));
}

static void print_dirfd(struct buf *buf, const struct argtype_value *v)
{
	if ((int32_t)v->value == AT_FDCWD_VALUE)
		buf_puts(buf, "AT_FDCWD");
	else
		print_int(buf, v);
}

/* -1 means "leave it"; any other ID is unsigned. */
static void print_uid(struct buf *buf, const struct argtype_value *v)
{
	if ((uint32_t)v->value == UINT32_MAX)
		buf_puts(buf, "-1");
	else
		print_uint(buf, v);
}

static void print_open_flags(struct buf *buf, const struct argtype_value *v)
{
	flags_print(buf, FLAGS_OPEN, v->value, v->abi);
}

/* Where only some open flags are allowed, the access mode is not named. */
static void print_fd_flags(struct buf *buf, const struct argtype_value *v)
{
	flags_print(buf, FLAGS_PIPE2, v->value, v->abi);
}

static void print_signal(struct buf *buf, const struct argtype_value *v)
{
	flags_print(buf, FLAGS_SIGNAL, v->value, v->abi);
}

static bool is_octal_digit(char c)
{
	return c >= '0' && c <= '7';
}

/* strace's way: as few octal digits as can be told from what follows. */
static void print_octal_escape(struct buf *buf, unsigned char c, bool full)
{
	buf_putc(buf, '\\');
	if (full || c >= 0100)
		buf_putc(buf, (char)('0' + (c >> 6)));
	if (full || c >= 010)
		buf_putc(buf, (char)('0' + (c >> 3 & 7)));
	buf_putc(buf, (char)('0' + (c & 7)));
}

static void print_escape(struct buf *buf, const char *text, size_t left)
{
	static const char controls[] = "\t\n\v\f\r\"\\";
	static const char letters[] = "tnvfr\"\\";
	const char *p = *text ? strchr(controls, *text) : NULL;
	if (p) {
		buf_putc(buf, '\\');
		buf_putc(buf, letters[p - controls]);
		return;
	}
	bool full = left > 1 && is_octal_digit(text[1]);
	print_octal_escape(buf, (unsigned char)*text, full);
}

static bool is_plain(char c)
{
	return c >= ' ' && c <= '~' && c != '"' && c != '\\';
}

/* Bytes of a character that a terminal may be given as it is; 0: none. */
static size_t character_length(const char *text, size_t len)
{
	uint32_t c = 0;
	size_t n = escape_decode_utf8(text, len, &c);
	return n > 1 && !escape_is_hostile(c) ? n : 0;
}

static void print_quoted(struct buf *buf, const char *text, size_t len,
			 bool utf8)
{
	buf_putc(buf, '"');
	for (size_t i = 0; i < len;) {
		size_t plain = i;
		while (plain < len && is_plain(text[plain]))
			plain++;
		buf_write(buf, text + i, plain - i);
		i = plain;
		if (i == len)
			break;
		size_t n = utf8 ? character_length(text + i, len - i) : 0;
		if (n > 0)
			buf_write(buf, text + i, n);
		else
			print_escape(buf, text + i, len - i);
		i += n > 0 ? n : 1;
	}
	buf_putc(buf, '"');
}

static void print_path(struct buf *buf, const struct argtype_value *v)
{
	if (!v->text) {
		print_addr(buf, v);
		return;
	}
	print_quoted(buf, v->text, v->text_len, v->utf8);
	if (v->text_cut)
		buf_puts(buf, "...");
}

static void print_string(struct buf *buf, const struct argtype_value *v)
{
	struct argtype_value shown = *v;
	if (v->text && v->text_len > v->limit) {
		shown.text_len = v->limit;
		shown.text_cut = true;
	}
	print_path(buf, &shown);
}

struct kind {
	const char *name;   /* as in syscalls.tbl */
	const char *c_type; /* of most arguments of the kind */
	argtype_printer *print;
	bool captures_text;
};

/* clang-format off */
static const struct kind kinds[ARG_COUNT] = {
	[ARG_UNKNOWN]    = {"unknown",    "unsigned long", print_hex,        false},
	[ARG_INT]        = {"int",        "int",           print_int,        false},
	[ARG_UINT]       = {"uint",       "unsigned int",  print_uint,       false},
	[ARG_LONG]       = {"long",       "long",          print_long,       false},
	[ARG_ULONG]      = {"ulong",      "unsigned long", print_ulong,      false},
	[ARG_HEX]        = {"hex",        "unsigned long", print_hex,        false},
	[ARG_HEX32]      = {"hex32",      "unsigned int",  print_hex32,      false},
	[ARG_ADDR]       = {"addr",       "void *",        print_addr,       false},
	[ARG_MODE]       = {"mode",       "umode_t",       print_mode,       false},
	[ARG_DIRFD]      = {"dirfd",      "int",           print_dirfd,      false},
	[ARG_FD]         = {"fd",         "int",           print_int,        false},
	[ARG_PATH]       = {"path",       "const char *",  print_path,       true},
	[ARG_STRING]     = {"string",     "const char *",  print_string,     true},
	[ARG_OPEN_FLAGS] = {"open_flags", "int",           print_open_flags, false},
	[ARG_FD_FLAGS]   = {"fd_flags",   "int",           print_fd_flags,   false},
	[ARG_PID]        = {"pid",        "pid_t",         print_int,        false},
	[ARG_UID]        = {"uid",        "uid_t",         print_uid,        false},
	[ARG_SIGNAL]     = {"signal",     "int",           print_signal,     false},
};
/* clang-format on */

int argtype_by_name(const char *name)
{
	for (int kind = 0; kind < ARG_COUNT; kind++) {
		if (strcmp(kinds[kind].name, name) == 0)
			return kind;
	}
	return -1;
}

const char *argtype_name(enum argtype kind)
{
	assert(kind < ARG_COUNT);
	return kinds[kind].name;
}

const char *argtype_c_type(enum argtype kind)
{
	assert(kind < ARG_COUNT);
	return kinds[kind].c_type;
}

bool argtype_captures_text(enum argtype kind)
{
	assert(kind < ARG_COUNT);
	return kinds[kind].captures_text;
}

void argtype_print(struct buf *buf, enum argtype kind,
		   const struct argtype_value *value)
{
	assert(kind < ARG_COUNT);
	kinds[kind].print(buf, value);
}

struct guess {
	const char *type; /* fnmatch(3) pattern; NULL: any */
	const char *name; /* the same */
	enum argtype kind;
};

/* The first row that fits decides.  Only text that is surely read, never
 * written, by the kernel may be a path or string: it is copied at entry. */
/* clang-format off */
static const struct guess guesses[] = {
	{"const char *",  "*path*",     ARG_PATH},
	{"const char *",  "*filename*", ARG_PATH},
	{"const char *",  "*name",      ARG_STRING},
	{"*\\*",          NULL,         ARG_ADDR},
	{"int",           "*dfd",       ARG_DIRFD},
	{"*int",          "*fd",        ARG_FD},
	{"umode_t",       NULL,         ARG_MODE},
	{"pid_t",         NULL,         ARG_PID},
	{"uid_t",         NULL,         ARG_UID},
	{"gid_t",         NULL,         ARG_UID},
	{"int",           "sig",        ARG_SIGNAL},
	{"*int",          "*flag*",     ARG_HEX32},
	{"unsigned",      "*flag*",     ARG_HEX32},
	{"*u32",          "*flag*",     ARG_HEX32},
	{"*",             "*flag*",     ARG_HEX},
	{"int",           NULL,         ARG_INT},
	{"const int",     NULL,         ARG_INT},
	{"unsigned",      NULL,         ARG_UINT},
	{"unsigned int",  NULL,         ARG_UINT},
	{"*u32",          NULL,         ARG_UINT},
	{"long",          NULL,         ARG_LONG},
	{"*off_t",        NULL,         ARG_LONG},
	{"unsigned long", NULL,         ARG_ULONG},
	{"*size_t",       NULL,         ARG_ULONG},
	{"*u64",          NULL,         ARG_ULONG},
	{"key_serial_t",  NULL,         ARG_INT},
	{"*clockid_t",    NULL,         ARG_INT},
	{"timer_t",       NULL,         ARG_INT},
};
/* clang-format on */

static bool fits(const char *pattern, const char *text)
{
	return !pattern || fnmatch(pattern, text, 0) == 0;
}

enum argtype argtype_guess(const char *type, const char *name)
{
	for (size_t i = 0; i < sizeof(guesses) / sizeof(guesses[0]); i++) {
		const struct guess *guess = &guesses[i];
		if (fits(guess->type, type) && fits(guess->name, name))
			return guess->kind;
	}
	return ARG_UNKNOWN;
}
