/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once

#include "bpf/event.h"

#include <stdbool.h>

struct buf;

/*
 * The socket that FD stands for, as strace writes it with -yy:
 * TCP:[127.0.0.1:22->127.0.0.1:40022], UNIX-STREAM:[7->8,"/run/x"].  False if
 * its state is not there, or strace has no name for such sockets.
 */
bool print_socket(struct buf *buf, const struct event_fd *fd, bool utf8);
