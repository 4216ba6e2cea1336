#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What is set up on the screen is there at the next start: columns, a theme, a
# key, a filter; what a person wrote into the file stays; --no-save writes
# nothing; a bad line is told and does no harm.
# shellcheck disable=SC2317 # functions that wait_for and trap call
. "${srcdir:-.}/tests/live/lib.sh"
. "${srcdir:-.}/tests/live/screen.sh"

match=-F
export XDG_STATE_HOME="${work:?}/state"
file=$XDG_CONFIG_HOME/sctop/sctoprc

# press WHAT KEYS TEXT: then the screen shows TEXT.
press()
{
	keys "$2"
	see "$1" "$3"
}

is_over()
{
	! tm has-session -t screen 2>/dev/null
}

# start ARGUMENT...
start()
{
	tm new-session -d -s screen -x 100 -y 30 "exec $SCTOP $* 2>$work/err"
	see "sctop $* starts" "1 Syscalls"
}

# stop: leaves it with q.
stop()
{
	keys q
	wait_for 20 is_over || fail "q does not leave"
}

start --no-save
press "the setup" S "[x] calls"
press "a column is hidden" Space "[ ] traced"
keys q
gone "the setup closes" "[x] syscall"
stop
[ ! -e "$file" ] || fail "--no-save wrote $file"

start
press "F2 is the setup, too" F2 "[x] traced"
press "a column is hidden" Space "[ ] traced"
keys Tab Down
see "settings" "row-memory"
keys Enter
see "a theme" "theme          light"
keys Tab
see "keys" "this page"
keys Enter
see "a key is asked for" "press the new key of help"
keys H
see "and given" "H is a key of help"
keys q
see "the footer has it" "HHelp"
keys F4 'stat' Enter
see "a filter" "[filter: stat]"
keys f Enter 'mine' Enter
see "is saved" "saved as mine"
keys q
gone "the setup closes" "saved as mine"
stop
expect "the file is the owner's" "$(stat -c %a "$file")" 600
expect "the file" "$(grep -c -e '^theme = light$' -e '^key.help = H F1 h ?$' \
	-e '^filter.mine = stat$' -e '^columns.syscalls = syscall ' "$file")" 4
expect "nothing else is in it" "$(wc -l <"$file")" 4
expect "nothing is left beside it" "$(ls "${file%/*}")" sctoprc

{ echo '# by hand'; cat "$file"; echo 'thme = night'; } >"$work/edited"
cp "$work/edited" "$file"
start
see "the bad line is told" ":6: there is no setting 'thme'; nearest: theme"
see "the key is there" "HHelp"
press "the columns, too" S "[ ] traced"
press "and the theme" Tab "theme          light"
keys q f Enter
see "the filter has its name" "[filter: stat]"
stop
cmp "$work/edited" "$file" || fail "nothing was set up, but the file changed"
expect_text "standard error has it" "$work/err" "sctoprc:6: there is no setting"

start --theme=mono
press "the command line is over the file" S "[ ] traced"
press "the theme is its" Tab "theme          mono"
keys Down Down Enter
see "one setting more" "ascii          yes"
keys q
gone "the setup closes" "row-memory"
stop
{ cat "$work/edited"; echo 'ascii = yes'; } | cmp - "$file" ||
	fail "more than the one setting changed: $(cat "$file")"

"$SCTOP" -c -n 1 --for 1 >"$work/out" 2>"$work/err" ||
	fail "a bad line ends a batch run"
expect_text "batch tells it, too" "$work/err" "sctoprc:6: there is no setting"
"$SCTOP" --version 2>&1 | grep -q sctoprc && fail "--version looks at the file"
finish
