/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Remedies in the words of this distribution. */
#pragma once

/* The command that installs its kernel; "see its manual" if it is not known. */
const char *distro_install_kernel(void);
