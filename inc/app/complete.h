/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Completion scripts for shells, from the table of options. */
#pragma once

/* Prints the script of SHELL, "bash" or "zsh", to standard output. */
void complete_print(const char *shell);
