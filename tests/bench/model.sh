#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What a row costs in user space.
exec "${builddir:?}/tests/bench/bench-model"
