#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The additions that doc/HACKING shows work.
. "${srcdir:-.}/tests/live/lib.sh"
exec "${srcdir:-.}/tests/howto"
