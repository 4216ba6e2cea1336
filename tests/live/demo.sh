#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# --demo shows its recording where there is nothing but the program and what it
# is linked with: in a chroot with neither /sys nor /proc, as nobody.  Where one
# may not trace, it is said that there is such a thing.
# shellcheck disable=SC2317 # functions that wait_for calls
. "${srcdir:-.}/tests/live/lib.sh"
. "${srcdir:-.}/tests/live/screen.sh"

root=${work:?}/root

# copy FILE AS: with all directories on the way; links are followed.
copy()
{
	mkdir -p "$root${2%/*}"
	cp -L "$1" "$root$2"
}

copy "$SCTOP" /sctop
ldd "$SCTOP" | sed -n 's|^[^/]*\(/[^ ]*\) (.*|\1|p' >"$work/libraries"
while read -r library; do
	copy "$library" "$library"
done <"$work/libraries"
for terminfo in /lib/terminfo /usr/share/terminfo /etc/terminfo; do
	[ ! -e "$terminfo/s/screen" ] ||
		copy "$terminfo/s/screen" "$terminfo/s/screen"
done
chmod -R go+rX "$work"
expect "what is in the root" "$(cd "$root" && ls -d sys proc dev etc 2>/dev/null)" ""

nobody="chroot --userspec=65534:65534 --groups= $root"
$nobody /sctop --demo -b >"$work/rows" 2>"$work/err"
expect "status of --demo -b" $? 0
expect "nothing is complained of" "$(cat "$work/err")" ""
expect_text "a file that is not there" "$work/rows" \
	'openat(AT_FDCWD.*"/etc/shop/prices.conf".* = -1 ENOENT'
$nobody /sctop --demo -c >"$work/table"
expect "status of --demo -c" $? 0
expect "calls counted and calls listed" \
	"$(awk '$NF == "openat" || $1 == "openat" { print }' "$work/table" | wc -l)" 1

tm new-session -d -s screen -x 120 -y 40 \
	"env -i PATH=$PATH TERM=screen LC_ALL=C.UTF-8 $nobody /sctop --demo; echo it ended with \$?; cat"
see "it plays from the beginning" 'playing x1 '
see "the calls" 'openat'
see "where it is from" 'recorded .*on shop'
keys 2
see "the processes" 'shop-db'
keys 3
see "the events" 'sqlite'
keys 5
see "the errors" 'ENOENT'
keys 6
see "the files" 'orders.sqlite'
keys 7
keys /fdatasync Enter
see "latency" '^.x. fdatasync'
keys q
see "q ends it" 'it ended with 0'

setpriv --reuid=65534 --clear-groups "$root/sctop" -b >"$work/out" 2>"$work/err"
expect "status where one may not trace" $? 1
expect_text "--demo is offered" "$work/err" 'sctop --demo shows a recording'
finish
