#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# 32-bit calls: named by their table, marked, structures in their layout, by a
# 32-bit program and by a 64-bit one; strace watches the same run and agrees.
. "${srcdir:-.}/tests/live/lib.sh"

case $(uname -m) in
x86_64) ;;
*) echo "SKIP: $(uname -m) has no 32-bit calls that are known"; exit 77 ;;
esac

# compile NAME OPTION...
compile()
{
	name=$1
	shift
	"${CC:-cc}" -O1 -fno-stack-protector -fcf-protection=none \
		-I "$srcdir" "$@" -o "$work/$name" \
		"$srcdir/tests/live/$name.c" || exit 1
}

# agrees WHAT PROGRAM: under sctop and strace at once, every argument the same.
agrees()
{
	if "$srcdir/tests/agree" --no-signals --keep "$work/$1.kept" -- "$2" \
		>"$work/agree" 2>&1; then
		echo "ok: $1: sctop and strace agree"
	else
		fail "$1: sctop and strace differ"
		sed 's/^/	/' "$work/agree"
	fi
}

export SCTOP
compile compat32 -m32 -static -nostdlib -ffreestanding -no-pie -fno-pie
compile compat64

"$SCTOP" -b -o "$work/lines" -- "$work/compat32"
sed 's/^[0-9]* *//; s/ *= /=/' "$work/lines" >"$work/calls"
size=$(stat -c %s /etc/passwd)
mode=$(stat -c %a /etc/passwd)
head=$(head -c 7 /etc/passwd)
stat="{st_mode=S_IFREG|0$mode, st_size=$size, ...}"
while IFS= read -r line; do
	if grep -qxF -e "$line" "$work/calls"; then
		echo "ok: $line"
	else
		fail "no line is: $line"
	fi
done <<-END
	openat(AT_FDCWD, "/etc/passwd", O_RDONLY)=3
	stat64("/etc/passwd", $stat)=0
	fstat64(3, $stat)=0
	_llseek(3, 5, [5], SEEK_SET)=0
	_llseek(3, -5, [$((size - 5))], SEEK_END)=0
	_llseek(3, 4294967298, [4294967298], SEEK_SET)=0
	readv(3, [{iov_base="$(printf %s "$head" | cut -c1-3)", iov_len=3}, {iov_base="$(printf %s "$head" | cut -c4-7)", iov_len=4}], 2)=7
	readdir(3, NULL)=-1 EFAULT (Bad address)
	socket(AF_UNIX, SOCK_STREAM, 0)=3
	bind(3, {sa_family=AF_UNIX, sun_path=@"compat"}, 9)=0
	listen(3, 7)=0
	send(-1, "hello", 5, MSG_NOSIGNAL)=-1 EBADF (Bad file descriptor)
	rt_sigaction(SIGUSR1, {sa_handler=SIG_IGN, sa_mask=[INT], sa_flags=0}, {sa_handler=SIG_DFL, sa_mask=[], sa_flags=0}, 8)=0
	exit(3)=?
END
expect_text readdir "$work/calls" \
	'^readdir(3, {d_ino=[0-9]*, d_off=[0-9]*, d_reclen=2, d_name="\.\."})=1$'
expect_text mmap2 "$work/calls" \
	'^mmap2(NULL, 8192, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, [0-9a-fx]*)=0x[0-9a-f]*$'
expect_text clock_gettime "$work/calls" \
	'^clock_gettime(CLOCK_MONOTONIC, {tv_sec=[0-9]*, tv_nsec=[0-9]*})=0$'
expect_text clock_gettime64 "$work/calls" \
	'^clock_gettime64(CLOCK_MONOTONIC, {tv_sec=[0-9]*, tv_nsec=[0-9]*})=0$'
expect_text statx "$work/calls" \
	"^statx(AT_FDCWD, \"/etc/passwd\", AT_STATX_SYNC_AS_STAT, STATX_BASIC_STATS, {stx_mask=.*stx_size=$size, ...})=0\$"

"$SCTOP" -j -o "$work/objects" -- "$work/compat64"
# marked CALL: how many calls of that name are 32-bit ones.
marked()
{
	grep "\"syscall\":\"$1\"" "$work/objects" | grep -c '"abi":"i386"'
}
for call in open read fstat64; do
	expect "$call is marked" "$(marked $call)" 1
done
expect "32-bit calls of a 64-bit program" \
	"$(grep -c '"abi":"i386"' "$work/objects")" 3
expect "getppid between them is not marked" \
	"$(grep '"syscall":"getppid"' "$work/objects" | grep -c '"abi":"x86_64"')" 1

agrees compat32 "$work/compat32"
agrees compat64 "$work/compat64"
exit $((failures > 0))
