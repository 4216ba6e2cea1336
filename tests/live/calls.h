/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Calls of a program that says how each must be shown.  A test makes a call
 * with arguments it knows and states their text, made from its own values and
 * from what the kernel gave it; the line is written to a file in the shape of
 * strace -f -o.
 *
 * Before each call a call that no kernel has (the marker) tells its number, so
 * that a trace can be compared whatever else the C library does.  A case is
 * known by class, call and how many of that call came before: files.openat.3.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#define CALLS_MARKER 5000 /* no system call has this number */
#define CALLS_PAGE   4096
#define CALLS_ARENA  65536

struct record; /* of all processes and threads */

/* One thread's. */
struct calls {
	struct record *record;
	const char *class;
	char call[32];   /* the name of the call that was made last */
	char name[40];   /* of its case, without the class */
	unsigned number; /* of its marker */
	long result;     /* as the kernel gave it: -1 for all errors */
	int error;       /* its errno, or 0 */
	char *bad;       /* an address that cannot be read or written */
	size_t used;     /* of the arena, until the call's line is written */
	char arena[CALLS_ARENA];
};

/* The classes; each runs in a process and a directory of its own. */
void calls_control(struct calls *c);
void calls_credentials(struct calls *c);
void calls_descriptors(struct calls *c);
void calls_events(struct calls *c);
void calls_fcntl(struct calls *c);
void calls_files(struct calls *c);
void calls_futex(struct calls *c);
void calls_ipc(struct calls *c);
void calls_memory(struct calls *c);
void calls_messages(struct calls *c);
void calls_mounts(struct calls *c);
void calls_names(struct calls *c);
void calls_newer(struct calls *c);
void calls_options(struct calls *c);
void calls_processes(struct calls *c);
void calls_queues(struct calls *c);
void calls_scheduling(struct calls *c);
void calls_signals(struct calls *c);
void calls_sockets(struct calls *c);
void calls_system(struct calls *c);
void calls_time(struct calls *c);
void calls_watching(struct calls *c);

/*
 * CALL makes a call and states its arguments, which are evaluated after it.
 * The result is shown in decimal, or is an error.
 *
 *     CALL(c, mkdir, ("d", 0755), "\"%s\", 0%o", "d", 0755);
 */
#define CALL(c, name, args, ...)                                               \
	(CALLS_MAKE(c, name, args),                                            \
	 calls_show(c, calls_decimal(c), __VA_ARGS__))

/* The result is shown in hexadecimal. */
#define CALL_HEX(c, name, args, ...)                                           \
	(CALLS_MAKE(c, name, args), calls_show(c, calls_hex(c), __VA_ARGS__))

/* The result, unless an error, is shown as TEXT, evaluated after the call. */
#define CALL_AS(c, text, name, args, ...)                                      \
	(CALLS_MAKE(c, name, args),                                            \
	 calls_show(c, (c)->error ? calls_decimal(c) : (text), __VA_ARGS__))

/* Without arguments. */
#define CALL_BARE(c, name) CALL(c, name, (0), "%s", "")

/* A call that does not return; TEXT is its result. */
#define CALL_LAST(c, text, name, args, ...)                                    \
	(calls_mark(c, #name, SYS_##name), calls_show(c, text, __VA_ARGS__),   \
	 (void)calls_raw(SYS_##name,                                           \
			 CALLS_LONGS(CALLS_BARE args, 0, 0, 0, 0, 0, 0)))

#define CALLS_MAKE(c, name, args)                                              \
	calls_make(c, #name, SYS_##name,                                       \
		   CALLS_LONGS(CALLS_BARE args, 0, 0, 0, 0, 0, 0))
#define CALLS_BARE(...)  __VA_ARGS__
#define CALLS_LONGS(...) CALLS_SIX(__VA_ARGS__)
#define CALLS_SIX(a0, a1, a2, a3, a4, a5, ...)                                 \
	(const long[6])                                                        \
	{                                                                      \
		(long)(a0), (long)(a1), (long)(a2), (long)(a3), (long)(a4),    \
			(long)(a5)                                             \
	}

/* Makes the marker; the next line that is shown belongs to it. */
void calls_mark(struct calls *c, const char *name, long nr);

/* Marker, call, result. */
void calls_make(struct calls *c, const char *name, long nr, const long args[6]);

/* The call alone; its result is -1 and errno, or what the kernel gave. */
long calls_raw(long nr, const long args[6]);

/* Writes the expected line of the call that was made. */
void calls_show(struct calls *c, const char *result, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Another call of this thread follows before the next marker. */
void calls_follows(struct calls *c, const char *name, const char *result,
		   const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* A line about a signal or an end follows. */
void calls_remark(struct calls *c, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Ends the program if a thing that a test builds on does not hold. */
#define CALLS_NEED(c, what)                                                    \
	((what) ? (void)0 : calls_stop(c, #what, __FILE__, __LINE__))
_Noreturn void calls_stop(const struct calls *c, const char *what,
			  const char *file, int line);

/* For threads and children that run beside their maker. */
struct calls *calls_copy(const struct calls *c);

/* Runs TEST in a child and waits for it; its end must be status 0. */
void calls_in_child(struct calls *c, void (*test)(struct calls *c));

/* Returns once the thread TID sleeps in call NR. */
void calls_await(const struct calls *c, pid_t tid, long nr);

/*
 * Texts live until the line of the call is written.
 */
const char *calls_text(struct calls *c, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The result, or -1 and the error's name and text. */
const char *calls_decimal(struct calls *c);
const char *calls_hex(struct calls *c);

/* NULL or hexadecimal. */
const char *calls_address(struct calls *c, const void *address);

/* What the kernel wrote there, or if the call failed the address. */
const char *calls_out(struct calls *c, const void *address, const char *text);

/* SIZE bytes in quotation marks, of which the first 32 are shown. */
const char *calls_bytes(struct calls *c, const void *bytes, size_t size);

/* Bits by name, joined by "|", the rest in hexadecimal, 0 as such. */
struct calls_flag {
	const char *name;
	uint64_t value;
};
#define CALLS_FLAG(name)                                                       \
	{                                                                      \
#name, name                                                    \
	}
#define CALLS_FLAGS(c, value, ...)                                             \
	calls_flags(c, value,                                                  \
		    (const struct calls_flag[]){__VA_ARGS__, {NULL, 0}})
const char *calls_flags(struct calls *c, uint64_t value,
			const struct calls_flag *flags);

/* The same, with every byte in hexadecimal. */
const char *calls_hexed(struct calls *c, const void *bytes, size_t size);

/* A string that is shown up to 32 bytes. */
const char *calls_string(struct calls *c, const char *string);
