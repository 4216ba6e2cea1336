// SPDX-License-Identifier: GPL-2.0-or-later
/* The kernel side. */
#include "bpf/event.h"

#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";
