/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Structures that system calls pass by address, from structs.tbl: their layout
 * by ABI, and how their fields are printed.  What no table can describe is
 * printed by code of its own.
 */
#pragma once

#include "abi/abi.h"
#include "abi/argtype.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct show;

/* STRUCTS_STAT and so on, in the order of structs.tbl. */
enum structs_id {
#include "abi/structs_ids.inc"
	STRUCTS_COUNT,
};

/* The structure of a name such as "timespec", -1 if there is none. */
int structs_by_name(const char *name);
const char *structs_name(enum structs_id id);

/* Bytes that it has on ABI; 0: it does not exist there. */
size_t structs_size(enum structs_id id, enum abi abi);

/* Whether the caller says how large it is: it has grown, and may grow. */
bool structs_is_sized(enum structs_id id);

/* The bytes that its first version had. */
size_t structs_least(enum structs_id id);

/* Whether SIZE bytes are printed as this structure; IS_TOLD: they come from the
 * kernel, which may have told less than there is. */
bool structs_fits(enum structs_id id, enum abi abi, uint64_t size,
		  bool is_told);

/* Whether the kernel adds members to those that the caller gave: then it is
 * shown once, as it was when the call ended, or began if it failed. */
bool structs_is_told(enum structs_id id);

/* Where field N of those that are descriptors is on ABI, from 0, and its kind;
 * -ENOENT: there are fewer. */
int structs_fd(enum structs_id id, enum abi abi, unsigned n, size_t *ret_offset,
	       enum argtype *ret_kind);

struct structs_memory {
	const void *bytes;
	size_t have;   /* bytes that are known */
	uint64_t size; /* bytes that there are */
};

/*
 * "{tv_sec=1, tv_nsec=500}" of BYTES, of which HAVE are known; where these are
 * fewer than the structure has, the fields that are whole.
 */
void structs_print(struct show *show, enum structs_id id, const void *bytes,
		   size_t have);

/* The same of a sized structure of which the caller says that it has SIZE
 * bytes: what lies within, and what is known of the bytes that we have no
 * fields for. */
void structs_print_sized(struct show *show, enum structs_id id,
			 const struct structs_memory *memory);

/* The same without the closing brace: the caller has more to put inside. */
void structs_print_open(struct show *show, enum structs_id id,
			const struct structs_memory *memory);
