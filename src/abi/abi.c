/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/abi.h"

enum abi abi_native(void)
{
#if defined(__aarch64__)
	return ABI_ARM64;
#elif defined(__i386__)
	return ABI_I386;
#else
	return ABI_X86_64;
#endif
}
