#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What tests/agree is made of: it takes hard lines apart as it should.
cd "${srcdir:-.}/tests" || exit 1
if ! command -v python3 >/dev/null; then
	echo "SKIP: python3 is not installed"
	exit 77
fi
exec python3 -B -m unittest discover -s agreement -t .
