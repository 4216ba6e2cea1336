# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
#
# What live tests of the screen share, behind lib.sh: a terminal of their own,
# $server, with its session "screen"; the keys typed there and what it shows.
# A test that starts processes defines stop_all.

needs tmux

export LC_ALL=C.UTF-8
unset TMUX NO_COLOR
server=sctop-${0##*/}-$$
match='' # what shows, see and gone take is a basic regex; -F: a text

tm()
{
	tmux -L "$server" -f /dev/null "$@"
}

keys()
{
	tm send-keys -t screen "$@"
}

screen()
{
	tm capture-pane -p -t screen 2>/dev/null
}

shows()
{
	# shellcheck disable=SC2086 # an option, or none
	screen | grep -q $match -e "$1"
}

hides()
{
	! shows "$1"
}

# see WHAT TEXT: the screen comes to show it.
see()
{
	if wait_for 20 shows "$2"; then
		echo "ok: $1"
	else
		fail "$1: no '$2' in:"
		screen
	fi
}

# gone WHAT TEXT: the screen no longer shows it.
gone()
{
	wait_for 20 hides "$2" || fail "$1: still '$2'"
}

stop_all()
{
	:
}

leave()
{
	tm kill-server 2>/dev/null
	stop_all
	rm -rf "${work:?}"
}
trap leave EXIT
