#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# sctop -l derives from tracefs: what changes there changes here, and nothing
# else; it finds tracefs unmounted and leaves the mount table as it was.
. "${srcdir:-.}/tests/live/lib.sh"
needs unshare mount script

# in_namespace COMMAND...: with a mount table of its own, without any tracefs.
cat >"$work/in_namespace" <<'EOF'
#!/bin/sh
while :; do
	at=$(awk '/ - tracefs / { print $5; exit }' /proc/self/mountinfo)
	[ -n "$at" ] || break
	umount "$at" || exit 1
done
exec "$@"
EOF
chmod +x "$work/in_namespace"
in_namespace()
{
	own_mounts "$work/in_namespace" "$@"
}

# --- a copy of the kernel's list, and a changed one
copy=$work/copy
mkdir "$copy" "$work/mount"
# shellcheck disable=SC2016 # the inner shell expands
in_namespace sh -c '
	mount -t tracefs none "$1/mount" || exit 1
	cd "$1/mount/events/syscalls" || exit 1
	for call in sys_enter_*; do
		mkdir "$1/copy/$call" && cat "$call/format" >"$1/copy/$call/format"
	done' sh "$work" || skip "tracefs cannot be mounted here"

cp -r "$copy" "$work/changed"
cd "$work/changed" || exit 1
rm -r sys_enter_mkdirat
mkdir sys_enter_frobnicate
sed 's/^name: .*/name: sys_enter_frobnicate/' sys_enter_pipe2/format \
	>sys_enter_frobnicate/format
sed -i 's/field:unsigned int fd;/field:frob_t fd;/' sys_enter_close/format
cd "$OLDPWD" || exit 1

"$SCTOP" --tracefs "$copy" -l >"$work/list" || fail "-l fails"
"$SCTOP" --tracefs "$work/changed" -l >"$work/list-changed" ||
	fail "-l of the changed list fails"
diff "$work/list" "$work/list-changed" | grep '^[<>]' |
	sed 's/   */ /g' | sort >"$work/differences"
cat >"$work/expected" <<'EOF'
< close - desc present close(unsigned int fd) closes a descriptor
< mkdirat - file present mkdirat(int dfd, const char *pathname, umode_t mode) creates a directory, relative to a directory
> close - desc present close(frob_t fd) closes a descriptor
> frobnicate - other unnumbered frobnicate(int *fildes, int flags) -
> mkdirat - file absent mkdirat(int dfd, const char *pathname, umode_t mode) creates a directory, relative to a directory
EOF
cmp -s "$work/expected" "$work/differences" ||
	fail "the list differs otherwise: $(diff "$work/expected" "$work/differences")"

# --- each event is one line
for call in "$copy"/sys_enter_*; do
	echo "${call##*/sys_enter_}"
done >"$work/events"
awk 'NR == FNR { lines[$1]++; if ($2 != "-") lines[$2]++; next }
	lines[$1] != 1 { print $1, lines[$1] + 0 }' \
	"$work/list" "$work/events" >"$work/not-once"
expect "events not matched by one line" "$(cat "$work/not-once")" ""
expect "events" "$(awk '$4 == "present" || $4 == "unnumbered"' "$work/list" |
	wc -l)" "$(wc -l <"$work/events")"

# --- mounted or not
# shellcheck disable=SC2016
in_namespace sh -c '
	cat /proc/self/mountinfo >"$1/before"
	"$2" -l >"$1/unmounted"
	cat /proc/self/mountinfo >"$1/after"
	mount -t tracefs none "$1/mount" || exit 1
	"$2" -l >"$1/mounted"' sh "$work" "$SCTOP" || fail "-l fails in a namespace"
cmp "$work/before" "$work/after" || fail "the mount table changed"
cmp "$work/unmounted" "$work/mounted" || fail "not mounted is not the same"
cmp "$work/unmounted" "$work/list" || fail "a copy is not the same"
expect "lines" "$(wc -l <"$work/unmounted")" "$(wc -l <"$work/list")"

# --- a heading for people only
expect "headings in a pipe" "$(grep -c '^NAME ' "$work/list")" 0
script -qec "'$SCTOP' -l" /dev/null </dev/null >"$work/terminal"
expect "heading on a terminal" \
	"$(head -n 1 "$work/terminal" | grep -c '^NAME  *ALIAS ')" 1

# --- a call that our table lacks
faults=$builddir/tests/live/sctop-faults
SCTOP_FAULT=hide=getppid "$faults" -l >"$work/hidden"
expect "a hidden call is listed" \
	"$(awk '$1 == "getppid" { print $4 }' "$work/hidden")" unnumbered
SCTOP_FAULT=hide=getppid "$faults" -b -e getppid -o "$work/rows" -- \
	"$builddir/tests/live/workload" mix same >/dev/null 2>"$work/err" ||
	fail "a hidden call cannot be traced: $(cat "$work/err")"
expect "rows of a hidden call" \
	"$(grep -c '^[0-9]* *getppid() *= [0-9]*$' "$work/rows")" 23

# One that others make all the time, so that its number is known before it is
# said what to do with it.
"$SCTOP" -b -e openat -o "$work/rows" -- cat /etc/passwd >/dev/null
SCTOP_FAULT=hide=openat "$faults" -b -e openat -o "$work/rows-hidden" -- \
	cat /etc/passwd >/dev/null
expect "rows of a hidden call that is frequent" \
	"$(grep -c '/etc/passwd' "$work/rows-hidden") $(wc -l <"$work/rows-hidden")" \
	"1 $(wc -l <"$work/rows")"
finish
