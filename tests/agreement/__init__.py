# SPDX-License-Identifier: GPL-2.0-or-later
"""What tests/agree is made of: reading, comparing, reporting, programs to run."""
