/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The machines' calling conventions that sctop knows numbers of. */
#pragma once

enum abi {
	ABI_X86_64,
	ABI_ARM64,
	ABI_I386,
	ABI_COUNT,
};

/* Of the machine this was compiled for. */
enum abi abi_native(void);
