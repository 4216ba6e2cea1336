#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Calls at the edge: each named, marked and accounted for, without strace.
. "${srcdir:-.}/tests/live/lib.sh"
edges=$builddir/tests/live/edges

# rows FORMAT EDGE: traces it into $work/rows.
rows()
{
	"$SCTOP" "$1" -o "$work/rows" -- "$edges" "$2" 2>"$work/notices" ||
		fail "$2: status $?: $(cat "$work/notices")"
}

# count_rows PATTERN: rows that match the basic regex.
count_rows()
{
	grep -c -e "$1" "$work/rows"
}

if [ "$(uname -m)" = x86_64 ]; then
	rows -j int80
	expect "32-bit calls by number 20" \
		"$(count_rows '"syscall":"getpid","nr":20,"abi":"i386"')" 23
	expect "rows in sctop's own name" "$(count_rows '"comm":"sctop"')" 0
	expect "64-bit calls of that name" \
		"$(count_rows '"syscall":"getpid","nr":39,"abi":"x86_64"')" 23
fi

rows -b sigkill
expect "a read cut short by SIGKILL" "$(count_rows ' read(.*) *= ?$')" 1
expect "the other's exit_group" "$(count_rows ' exit_group(0) *= ?$')" 1

# A fatal signal becomes SIGKILL inside the kernel where no tracer watches.
rows -b sigterm
expect "a read cut short by SIGTERM" "$(count_rows \
	' read(.*) *= ? ERESTARTSYS (To be restarted if SA_RESTART is set)$')" 1

rows -b exit-group
expect "calls that exit_group cut short, and itself" "$(count_rows ' = ?$')" 3

rows -b execve-thread
leader=$(sed -n 's/^\([0-9]*\) *read(.*= ?$/\1/p' "$work/rows")
expect "the leader's call that another thread's execve cut short" \
	"$(echo "$leader" | grep -c '^[0-9][0-9]*$')" 1
expect "that execve, under the leader's TID" \
	"$(count_rows "^$leader *execve(\"/bin/true\".*= 0\$")" 1

rows -b vfork
expect "execve of the program and of its child" "$(count_rows ' execve(.*= 0$')" 2
expect "returns of vfork" "$(count_rows ' vfork(')" 1

rows -b thread-exits
expect "threads that end" "$(count_rows ' exit(0) *= ?$')" 23

rows -b odd-numbers
expect "number 999" "$(count_rows ' syscall_0x3e7(0x1, 0x2, 0x3, 0x4, 0x5, 0x6) = -1 ENOSYS')" 1
expect "number -1" "$(count_rows ' syscall_0xffffffffffffffff(0x1, 0x2,.*) = -1 ENOSYS')" 1

"$SCTOP" -c -o "$work/table" -- "$edges" thread-exits
expect "threads that end, counted" "$(awk '$NF == "exit" { print $1 }' "$work/table")" 23

finish
