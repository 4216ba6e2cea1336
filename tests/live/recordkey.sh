#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A recording that a key begins and ends on the screen: it knows what happened
# before, belongs to who called sudo, and a full disk ends it and not the run.
# shellcheck disable=SC2317 # functions that wait_for and trap call
. "${srcdir:-.}/tests/live/lib.sh"
needs tmux

XDG_STATE_HOME=${work:?}/state
export LC_ALL=C.UTF-8 XDG_STATE_HOME
unset ENV NO_COLOR TMUX SUDO_UID SUDO_GID
server=sctop-recordkey-$$
here=$(pwd)
case $SCTOP in /*) ;; *) SCTOP=$here/$SCTOP ;; esac

tm()
{
	tmux -L "$server" -f /dev/null "$@"
}

leave()
{
	tm kill-server 2>/dev/null
	kill "$holder" 2>/dev/null
	umount "$work/small" 2>/dev/null
	rm -rf "$work"
}
trap leave EXIT

# shows TEXT: lines of the screen begin with a >.
shows()
{
	tm capture-pane -p -t screen | sed 's/^/>/' | grep -qF -- "$1"
}

hides()
{
	! shows "$1"
}

# see WHAT TEXT: the screen comes to show it.
see()
{
	if wait_for 15 shows "$2"; then
		echo "ok: $1"
	else
		fail "$1: no '$2' in:"
		tm capture-pane -p -t screen
	fi
}

keys()
{
	tm send-keys -t screen "$@"
}

# begin DIR ENVIRONMENT OPTION...: sctop on a screen, in that directory
begin()
{
	dir=$1
	environment=$2
	shift 2
	tm new-session -d -s screen -x 120 -y 24 \
		"cd $dir && env TERM=xterm-256color $environment $SCTOP $*"
	see "the screen" "SYSCALL"
}

end()
{
	keys q
	wait_for 15 eval '! tm has-session -t screen 2>/dev/null' ||
		fail "it does not end"
}

# type_name NAME: instead of the one that is proposed
type_name()
{
	keys r
	see "the question" "Record into:"
	keys C-u
	keys -l "$1"
	keys Enter
}

has_files()
{
	[ "$(find "$work/flight" -name 'sctop-*' | wc -l)" -eq "$1" ]
}

# It has opened a file before anybody looks, and goes on to read it.
# shellcheck disable=SC2016 # it is another shell's
sh -c 'exec 3</etc/passwd
	while read -r x <&3 || exec 3</etc/passwd; do sleep 0.02; done' &
holder=$!

# As root, under the name that is proposed; ticks that change are in it.
mkdir "$work/root"
begin "$work/root" "" -p $holder
see "calls are counted" "read"
keys r
see "a name is proposed" "Record into: sctop-"
keys Enter
see "the chip" "[recording sctop-"
see "its time" ", 0:02]"
keys U
see "no call is traced" ">0 of "
keys r
see "what it has" "calls, "
wait_for 15 hides "[recording" || fail "the chip stays"
end
file=$(find "$work/root" -name 'sctop-*-*.rec')
expect "mode and owner" "$(stat -c '%a %u' "$file")" "600 0"
"$SCTOP" -r "$file" -b -yy >"$work/rows" 2>"$work/err"
expect "notices" "$(cat "$work/err")" ""
expect_text "what was opened before has its path" "$work/rows" \
	'read(0</etc/passwd>'
"$SCTOP" -r "$file" -c >"$work/counted"
counted=$(awk '$NF == "read" { gsub(/[^0-9]/, "", $1); print $1 }' \
	"$work/counted")
[ "$counted" -gt "$(grep -c ' read(' "$work/rows")" ] ||
	fail "calls of before are not counted: $counted"
"$SCTOP" -r "$file" -j >"$work/json"
expect_text "and whose they are" "$work/json" '"comm":"sh"'

# On the screen it ends with the ticks that were taken away.
tm new-session -d -s screen -x 120 -y 24 \
	"env TERM=xterm-256color $SCTOP -r $file"
see "ticks as they were last" ">0 of "
see "what it is" "recorded "
end

# Where it may not be made, a sentence says why.
mkdir "$work/his"
chown 65534:65534 "$work/his"
chmod 700 "$work/his"
begin "$work/his" "SUDO_UID=65534 SUDO_GID=65534" -p $holder
type_name /proc/sctop.rec
see "a sentence" "cannot record into '/proc/sctop.rec': "
type_name "$work/his/rec"
see "under sudo, in a directory of the user" "[recording rec, "
keys r
see "its end" "recorded rec: "
type_name "$work/his/rec"
see "nothing is written over" "it exists"
end
expect "owner and mode under sudo" "$(stat -c '%u:%g %a' "$work/his/rec")" \
	"65534:65534 600"

# What --flight keeps, by a key: under a name of its own each time.
mkdir "$work/flight"
begin "$work/flight" "" --flight 4M -p $holder
see "how far back it reaches" "[flight 0:0"
keys D
see "what it wrote" "wrote sctop-"
keys D
wait_for 15 has_files 2 || fail "the second file is not there"
end
find "$work/flight" -type f | while read -r file; do
	"$SCTOP" -r "$file" -b -yy 2>&1 >"$work/rows" | sed 's/^/FAIL: /'
	grep -q 'read(0</etc/passwd>' "$work/rows" || echo FAIL
done >"$work/err"
expect "what is wrong with them" "$(cat "$work/err")" ""

# A storm, of which the screen alone would leave rows out.
mkdir "$work/storm"
begin "$work/storm" "" -e getppid -C workload
type_name rec
see "the chip" "[recording rec, "
"$builddir/tests/live/workload" storm 2000003 1
keys r
see "all of it" "recorded rec: 2.0M calls, "
end
expect "rows of the storm" \
	"$("$SCTOP" -r "$work/storm/rec" -b | grep -c ' getppid()')" 2000003

# A full disk.
mkdir "$work/small"
mount -t tmpfs -o size=128k none "$work/small" || skip "cannot mount a tmpfs"
begin "$work/small" "" -e all
type_name rec
see "it is said" "No space left on device"
see "and stays" "[not recording any more: No space left on device]"
keys 2
see "the run goes on" "COMMAND"
see "the chip is there still" "[not recording any more: "
keys r
wait_for 15 hides "[not recording" || fail "the chip stays"
end
"$SCTOP" -r "$work/small/rec" -b >"$work/rows" 2>"$work/err"
expect "status of what fitted" $? 0
[ -s "$work/rows" ] || fail "nothing of what fitted can be read"
finish
