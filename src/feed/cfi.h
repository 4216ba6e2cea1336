/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a compiler says about its functions in .eh_frame: at which place the
 * return address is how far from the stack pointer.  Only this is read of it,
 * and only in the forms that compilers make.
 */
#pragma once

#include <stdint.h>

struct elffile;

/* At the code of ADDRESS: which word from the stack pointer on is the return
 * address, EVENT_SLOT_FRAME if a frame pointer leads to it, or
 * EVENT_SLOT_UNKNOWN. */
uint32_t cfi_slot(const struct elffile *file, uint64_t address);
