/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * siginfo_t: what a signal says about itself.  Which members it has depends on
 * the signal and on its code, as strace understands them.  All of them are in
 * its first SIGINFO_SIZE bytes.
 */
#pragma once

#include "abi/abi.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

#define SIGINFO_SIZE 48

/* Goes through the members in the order of printing. */
struct siginfo_walk {
	const unsigned char *bytes; /* borrowed */
	enum abi abi;
	uint32_t left; /* bit per member to come */
	bool cut;      /* some lie beyond what is known */
};

struct siginfo_part {
	const char *name; /* "si_pid" */
	const char *key;  /* the same for JSON: "sender_pid" */
	unsigned member;
	bool is_number; /* the value says all; else text does */
	int64_t value;
};

/* HAVE bytes as programs of ABI have them; unaligned. */
void siginfo_walk_init(struct siginfo_walk *walk, const void *bytes,
		       size_t have, enum abi abi);
bool siginfo_walk_next(struct siginfo_walk *walk, struct siginfo_part *ret);

/* The member's value as text: "CLD_EXITED", "0x10000". */
void siginfo_print_part(struct buf *buf, const struct siginfo_walk *walk,
			const struct siginfo_part *part);

/* All of it: "{si_signo=SIGUSR1, si_code=SI_USER, si_pid=7, si_uid=0}". */
void siginfo_print(struct buf *buf, const void *bytes, size_t have,
		   enum abi abi);

/*
 * The reverse of siginfo_print(), into HAVE bytes as 64-bit programs of
 * x86-64 have them: of TEXT, which may come from anywhere, what is understood.
 */
void siginfo_read(void *bytes, size_t have, const char *text, size_t len);
