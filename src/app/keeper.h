/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Keeps COMMAND's pseudo-terminal alive when sctop is gone: a terminal whose
 * master is closed hangs up, which would end the programs on it.
 */
#pragma once

/*
 * Forks a process that holds MASTER.  When the last copy of the descriptor
 * *RET_LINK is closed (the caller's is close-on-exec), it reads what COMMAND
 * still writes, and ends with COMMAND.  Call it while no kernel-side object is
 * open or mapped: it would live on with them.  0 or negative errno.
 */
int keeper_start(int *ret_link, int master);
