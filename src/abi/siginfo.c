/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The members are a table: where each lies and how it is written.  A shape is
 * the set of members that a signal has; the first row that fits its signal and
 * code decides.  Layouts: include/uapi/asm-generic/siginfo.h and, of 32-bit
 * programs, include/linux/compat.h.
 */
#include "config.h"

#include "abi/siginfo.h"

#include <stdlib.h>
#include <string.h>

#include "abi/errno.h"
#include "abi/flags.h"
#include "abi/print_ticks.h"
#include "abi/table.h"
#include "base/buf.h"

/* In the order of printing. */
enum member {
	SIGNO,
	CODE,
	ERRNO,
	TIMER,
	OVERRUN,
	PID,
	UID,
	STATUS,
	UTIME,
	STIME,
	INT,
	PTR,
	BAND,
	FD,
	ADDR,
	ADDR_LSB,
	LOWER,
	UPPER,
	PKEY,
	CALL_ADDR,
	CALL,
	ARCH,
	MEMBERS,
};

#define MEMBER_SIZE 48 /* of a name, and of a value */

#define HAS(member) (1u << (member))

#define SOURCE (HAS(PID) | HAS(UID))
#define VALUE  (HAS(INT) | HAS(PTR))

typedef void print_member(struct buf *buf, const struct siginfo_walk *walk,
			  int64_t value);

static uint64_t read_member(const struct siginfo_walk *walk,
			    enum member member);

static void print_signal(struct buf *buf, const struct siginfo_walk *walk,
			 int64_t value)
{
	flags_print(buf, FLAGS_SIGNAL, (uint64_t)value, walk->abi);
}

/* include/uapi/asm-generic/signal.h */
enum signal {
	ILL = 4,
	TRAP = 5,
	BUS = 7,
	FPE = 8,
	SEGV = 11,
	CHLD = 17,
	IO = 29,
	SYS = 31,
};

/* Whose codes are not those of every signal. */
static const struct {
	enum signal signal;
	enum flags_set codes;
} families[] = {
	{CHLD, FLAGS_SI_CODE_CHLD}, {SEGV, FLAGS_SI_CODE_SEGV},
	{TRAP, FLAGS_SI_CODE_TRAP}, {FPE, FLAGS_SI_CODE_FPE},
	{ILL, FLAGS_SI_CODE_ILL},   {BUS, FLAGS_SI_CODE_BUS},
	{IO, FLAGS_SI_CODE_POLL},   {SYS, FLAGS_SI_CODE_SYS},
};

#define FAMILIES (sizeof(families) / sizeof(families[0]))

static enum flags_set codes_of(const struct siginfo_walk *walk)
{
	uint64_t signal = read_member(walk, SIGNO);
	for (size_t i = 0; i < FAMILIES; i++) {
		if (families[i].signal == signal)
			return families[i].codes;
	}
	return FLAGS_SI_CODE;
}

static void print_code(struct buf *buf, const struct siginfo_walk *walk,
		       int64_t value)
{
	flags_print(buf, codes_of(walk), (uint64_t)value, walk->abi);
}

static void print_errno(struct buf *buf, const struct siginfo_walk *walk,
			int64_t value)
{
	(void)walk;
	const char *name = errno_name((int)value);
	if (name)
		buf_puts(buf, name);
	else
		buf_u64(buf, (uint32_t)value);
}

static void print_decimal(struct buf *buf, const struct siginfo_walk *walk,
			  int64_t value)
{
	(void)walk;
	buf_s64(buf, value);
}

static void print_user(struct buf *buf, const struct siginfo_walk *walk,
		       int64_t value)
{
	(void)walk;
	if (value == UINT32_MAX)
		buf_puts(buf, "-1");
	else
		buf_s64(buf, value);
}

/* The code says whether the status is a signal. */
static bool is_exit_status(const struct siginfo_walk *walk)
{
	return read_member(walk, CODE) == 1; /* CLD_EXITED */
}

static void print_status(struct buf *buf, const struct siginfo_walk *walk,
			 int64_t value)
{
	if (is_exit_status(walk))
		buf_s64(buf, value);
	else
		print_signal(buf, walk, value);
}

static void print_ticks(struct buf *buf, const struct siginfo_walk *walk,
			int64_t value)
{
	(void)walk;
	print_ticks_text(buf, (uint64_t)value);
}

static void print_hex(struct buf *buf, const struct siginfo_walk *walk,
		      int64_t value)
{
	(void)walk;
	buf_hex(buf, (uint64_t)value);
}

static void print_address(struct buf *buf, const struct siginfo_walk *walk,
			  int64_t value)
{
	if (value)
		print_hex(buf, walk, value);
	else
		buf_puts(buf, "NULL");
}

static bool has_arch(enum abi abi, uint64_t arch)
{
	static const char *const names[ABI_COUNT] = {
		[ABI_X86_64] = "AUDIT_ARCH_X86_64",
		[ABI_ARM64] = "AUDIT_ARCH_AARCH64",
		[ABI_I386] = "AUDIT_ARCH_I386",
	};
	const char *name = flags_name(FLAGS_AUDIT_ARCH, arch, abi);
	return name && strcmp(name, names[abi]) == 0;
}

/* A number of its architecture; the program's own are written by name. */
static void print_call(struct buf *buf, const struct siginfo_walk *walk,
		       int64_t value)
{
	static const enum abi others[ABI_COUNT] = {
		[ABI_X86_64] = ABI_I386,
		[ABI_ARM64] = ABI_ARM64,
		[ABI_I386] = ABI_X86_64,
	};
	uint32_t nr = (uint32_t)value;
	uint64_t arch = read_member(walk, ARCH);
	enum abi other = others[walk->abi];
	const char *name = NULL;
	if (has_arch(walk->abi, arch))
		name = table_name(walk->abi, nr);
	if (name) {
		buf_puts(buf, "__NR_");
		buf_puts(buf, name);
		return;
	}
	buf_u64(buf, nr);
	if (other != walk->abi && has_arch(other, arch))
		name = table_name(other, nr);
	if (!name)
		return;
	buf_write(buf, " /* ", 4);
	buf_puts(buf, name);
	buf_write(buf, " */", 3);
}

static void print_arch(struct buf *buf, const struct siginfo_walk *walk,
		       int64_t value)
{
	flags_print(buf, FLAGS_AUDIT_ARCH, (uint64_t)value, walk->abi);
}

/* clang-format off */
static const struct {
	const char *name, *key;
	print_member *print;
	bool is_number; /* what is printed says no more than the value */
	bool is_signed;
	struct {
		uint8_t offset, size;
	} at[2]; /* of 64-bit and of 32-bit programs */
} members[MEMBERS] = {
	[SIGNO]     = {"si_signo",     "signal",     print_signal,  false, true,  {{ 0, 4}, { 0, 4}}},
	[CODE]      = {"si_code",      "code",       print_code,    false, true,  {{ 8, 4}, { 8, 4}}},
	[ERRNO]     = {"si_errno",     "errno",      print_errno,   false, true,  {{ 4, 4}, { 4, 4}}},
	[TIMER]     = {"si_timerid",   "timer",      print_hex,     true,  false, {{16, 4}, {12, 4}}},
	[OVERRUN]   = {"si_overrun",   "overrun",    print_decimal, true,  true,  {{20, 4}, {16, 4}}},
	[PID]       = {"si_pid",       "sender_pid", print_decimal, true,  true,  {{16, 4}, {12, 4}}},
	[UID]       = {"si_uid",       "sender_uid", print_user,    true,  false, {{20, 4}, {16, 4}}},
	[STATUS]    = {"si_status",    "status",     print_status,  false, true,  {{24, 4}, {20, 4}}},
	[UTIME]     = {"si_utime",     "utime",      print_ticks,   true,  true,  {{32, 8}, {24, 4}}},
	[STIME]     = {"si_stime",     "stime",      print_ticks,   true,  true,  {{40, 8}, {28, 4}}},
	[INT]       = {"si_int",       "value_int",  print_decimal, true,  true,  {{24, 4}, {20, 4}}},
	[PTR]       = {"si_ptr",       "value_ptr",  print_address, false, false, {{24, 8}, {20, 4}}},
	[BAND]      = {"si_band",      "band",       print_decimal, true,  true,  {{16, 8}, {12, 4}}},
	[FD]        = {"si_fd",        "fd",         print_decimal, true,  true,  {{24, 4}, {16, 4}}},
	[ADDR]      = {"si_addr",      "addr",       print_address, false, false, {{16, 8}, {12, 4}}},
	[ADDR_LSB]  = {"si_addr_lsb",  "addr_lsb",   print_hex,     true,  false, {{24, 2}, {16, 2}}},
	[LOWER]     = {"si_lower",     "lower",      print_address, false, false, {{32, 8}, {20, 4}}},
	[UPPER]     = {"si_upper",     "upper",      print_address, false, false, {{40, 8}, {24, 4}}},
	[PKEY]      = {"si_pkey",      "pkey",       print_decimal, true,  false, {{32, 4}, {20, 4}}},
	[CALL_ADDR] = {"si_call_addr", "call_addr",  print_address, false, false, {{16, 8}, {12, 4}}},
	[CALL]      = {"si_syscall",   "syscall",    print_call,    false, false, {{24, 4}, {16, 4}}},
	[ARCH]      = {"si_arch",      "arch",       print_arch,    false, false, {{28, 4}, {20, 4}}},
};
/* clang-format on */

#define ANY INT32_MIN
#define MAX INT32_MAX

/* clang-format off */
static const struct {
	int32_t signal;      /* or ANY */
	int32_t first, last; /* codes */
	uint32_t has;
	uint32_t if_set; /* of these: left out where they are 0 */
} shapes[] = {
	{ANY,    0,   0, SOURCE, 0},                              /* SI_USER */
	{ANY,   -2,  -2, HAS(TIMER) | HAS(OVERRUN) | VALUE, 0},   /* SI_TIMER */
	{ANY,   -5,  -5, HAS(BAND) | HAS(FD), 0},                 /* SI_SIGIO */
	{ANY,   -6,  -6, SOURCE, 0},                              /* SI_TKILL */
	{ANY,  ANY,  -1, SOURCE | VALUE, VALUE},
	{CHLD,   1, MAX, SOURCE | HAS(STATUS) | HAS(UTIME) | HAS(STIME), 0},
	{SEGV,   3,   3, HAS(ADDR) | HAS(LOWER) | HAS(UPPER), 0}, /* SEGV_BNDERR */
	{SEGV,   4,   4, HAS(ADDR) | HAS(PKEY), 0},               /* SEGV_PKUERR */
	{SEGV,   1, MAX, HAS(ADDR), 0},
	{BUS,    4,   5, HAS(ADDR) | HAS(ADDR_LSB), 0},           /* BUS_MCEERR_AR, _AO */
	{BUS,    1, MAX, HAS(ADDR), 0},
	{ILL,    1, MAX, HAS(ADDR), 0},
	{FPE,    1, MAX, HAS(ADDR), 0},
	{TRAP,   1, MAX, HAS(ADDR), 0},
	{IO,     1,   6, HAS(BAND) | HAS(FD), 0},                 /* POLL_IN to POLL_HUP */
	{IO,     7, MAX, 0, 0},
	{SYS,    1, MAX, HAS(CALL_ADDR) | HAS(CALL) | HAS(ARCH), 0},
	{ANY,    1, MAX, SOURCE | VALUE, SOURCE | VALUE},
};
/* clang-format on */

#define SHAPES (sizeof(shapes) / sizeof(shapes[0]))

static size_t layout_of(const struct siginfo_walk *walk)
{
	return walk->abi == ABI_I386 ? 1 : 0;
}

static uint64_t read_member(const struct siginfo_walk *walk, enum member member)
{
	size_t layout = layout_of(walk);
	size_t size = members[member].at[layout].size;
	uint64_t value = 0;
	memcpy(&value, walk->bytes + members[member].at[layout].offset, size);
	if (members[member].is_signed && size == 4)
		return (uint64_t)(int32_t)value;
	return value;
}

static bool is_known(const struct siginfo_walk *walk, enum member member,
		     size_t have)
{
	size_t layout = layout_of(walk);
	size_t offset = members[member].at[layout].offset;
	return offset + members[member].at[layout].size <= have;
}

/* The members that count by signal and code. */
static uint32_t shape_of(const struct siginfo_walk *walk, uint32_t *ret_if_set)
{
	int32_t signal = (int32_t)read_member(walk, SIGNO);
	int32_t code = (int32_t)read_member(walk, CODE);
	for (size_t i = 0; i < SHAPES; i++) {
		if ((shapes[i].signal != ANY && shapes[i].signal != signal) ||
		    code < shapes[i].first || code > shapes[i].last)
			continue;
		*ret_if_set = shapes[i].if_set;
		return shapes[i].has;
	}
	*ret_if_set = 0;
	return 0;
}

/* Those of GROUP that IF_SET names go if all of them are 0. */
static void drop_unset(struct siginfo_walk *walk, uint32_t if_set,
		       uint32_t group)
{
	uint64_t set = 0;
	if (!(if_set & group))
		return;
	for (enum member member = 0; member < MEMBERS; member++) {
		if (walk->left & group & HAS(member))
			set |= read_member(walk, member);
	}
	if (!set)
		walk->left &= ~group;
}

void siginfo_walk_init(struct siginfo_walk *walk, const void *bytes,
		       size_t have, enum abi abi)
{
	uint32_t if_set = 0;
	*walk = (struct siginfo_walk){.bytes = bytes, .abi = abi};
	walk->cut = have < 12;
	if (walk->cut || !read_member(walk, SIGNO))
		return; /* of a signal 0 nothing counts */
	walk->left = HAS(SIGNO) | HAS(CODE) | shape_of(walk, &if_set);
	if (read_member(walk, ERRNO))
		walk->left |= HAS(ERRNO);
	for (enum member member = 0; member < MEMBERS; member++) {
		if (!(walk->left & HAS(member)) || is_known(walk, member, have))
			continue;
		walk->left &= ~HAS(member);
		walk->cut = true;
	}
	drop_unset(walk, if_set, SOURCE);
	drop_unset(walk, if_set, VALUE);
}

bool siginfo_walk_next(struct siginfo_walk *walk, struct siginfo_part *ret)
{
	if (!walk->left)
		return false;
	enum member member = (enum member)__builtin_ctz(walk->left);
	walk->left &= walk->left - 1;
	bool is_number = members[member].is_number;
	*ret = (struct siginfo_part){
		.name = members[member].name,
		.key = members[member].key,
		.member = member,
		.is_number =
			is_number || (member == STATUS && is_exit_status(walk)),
		.value = (int64_t)read_member(walk, member),
	};
	return true;
}

void siginfo_print_part(struct buf *buf, const struct siginfo_walk *walk,
			const struct siginfo_part *part)
{
	members[part->member % MEMBERS].print(buf, walk, part->value);
}

void siginfo_print(struct buf *buf, const void *bytes, size_t have,
		   enum abi abi)
{
	struct siginfo_walk walk;
	struct siginfo_part part;
	const char *comma = "";
	buf_putc(buf, '{');
	siginfo_walk_init(&walk, bytes, have, abi);
	while (siginfo_walk_next(&walk, &part)) {
		buf_puts(buf, comma);
		buf_puts(buf, part.name);
		buf_putc(buf, '=');
		siginfo_print_part(buf, &walk, &part);
		comma = ", ";
	}
	if (walk.cut) {
		buf_puts(buf, comma);
		buf_write(buf, "...", 3);
	}
	buf_putc(buf, '}');
}

/* A name that siginfo_print() has for a value of MEMBER, or a number. */
static uint64_t read_value(const struct siginfo_walk *walk, enum member member,
			   const char *text)
{
	uint64_t value = 0;
	uint32_t nr = 0;
	if (member == SIGNO || member == STATUS)
		(void)flags_value(FLAGS_SIGNAL, text, walk->abi, &value);
	if (member == CODE)
		(void)flags_value(codes_of(walk), text, walk->abi, &value);
	if (member == ARCH)
		(void)flags_value(FLAGS_AUDIT_ARCH, text, walk->abi, &value);
	if (member == ERRNO && errno_by_name(text) > 0)
		value = (uint64_t)errno_by_name(text);
	while (member == CALL && strncmp(text, "__NR_", 5) == 0 &&
	       nr < TABLE_NR_LIMIT && !value) {
		const char *name = table_name(walk->abi, nr);
		value = name && strcmp(name, text + 5) == 0 ? nr : 0;
		nr++;
	}
	if (!value) /* or it has no name: NULL, and what is not known */
		value = text[0] == '-' ? (uint64_t)strtoll(text, NULL, 0)
				       : strtoull(text, NULL, 0);
	return value;
}

static void write_member(const struct siginfo_walk *walk, void *bytes,
			 size_t have, const char *name, const char *text)
{
	size_t layout = layout_of(walk);
	for (enum member member = 0; member < MEMBERS; member++) {
		if (strcmp(members[member].name, name) != 0 ||
		    !is_known(walk, member, have))
			continue;
		uint64_t value = read_value(walk, member, text);
		memcpy((uint8_t *)bytes + members[member].at[layout].offset,
		       &value, members[member].at[layout].size);
	}
}

void siginfo_read(void *bytes, size_t have, const char *text, size_t len)
{
	const struct siginfo_walk walk = {.bytes = bytes, .abi = ABI_X86_64};
	const char *end = text + len;
	memset(bytes, 0, have);
	if (have < 12) /* walks need signal and code */
		return;
	while (text < end) {
		char name[MEMBER_SIZE];
		char value[MEMBER_SIZE];
		size_t n = 0;
		while (text < end && strchr("{, }", *text))
			text++;
		while (text < end && *text != '=' && n + 1 < sizeof(name))
			name[n++] = *text++;
		name[n] = '\0';
		text += text < end;
		for (n = 0; text < end && !strchr(", }", *text) &&
			    n + 1 < sizeof(value);)
			value[n++] = *text++;
		value[n] = '\0';
		write_member(&walk, bytes, have, name, value);
		while (text < end && *text != ',')
			text++;
	}
}
