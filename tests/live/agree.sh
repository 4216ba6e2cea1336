#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# One run, two observers: sctop and strace see the same calls.
. "${srcdir:-.}/tests/live/lib.sh"
EDGES=${builddir:-.}/tests/live/edges
export EDGES SCTOP
exec "${srcdir:-.}/tests/agree" --edges
