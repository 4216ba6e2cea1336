#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The completions know every option that --help shows, and shells read them.
sctop=${SCTOP:-./sctop}
failures=0

fail()
{
	echo "FAIL: $*"
	failures=$((failures + 1))
}

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

for shell in bash zsh; do
	"$sctop" --completion=$shell >"$work/$shell" || fail "--completion=$shell"
	if command -v $shell >/dev/null; then
		$shell -n "$work/$shell" || fail "$shell cannot read its script"
	fi
done

names=$("$sctop" --help | sed -n 's/^  *\(-., \)\?\(--[a-z-]*\).*/\2/p')
[ "$(echo "$names" | wc -l)" -ge 30 ] || fail "--help shows few options: $names"
for name in $names; do
	grep -q -e "[ |]${name}[ \"|)]" "$work/bash" || fail "bash: no $name"
	grep -q -e "'\*${name}=\?\[" "$work/zsh" || fail "zsh: no $name"
done

# What bash offers for the last word.
if command -v bash >/dev/null; then
	# shellcheck disable=SC2016 # bash expands it
	offered=$(bash -c '. "$1"; COMP_WORDS=(sctop --colo) COMP_CWORD=1
		_sctop; echo "${COMPREPLY[@]}"' bash "$work/bash")
	[ "$offered" = "--color" ] || fail "bash offers '$offered' for --colo"
	# shellcheck disable=SC2016 # bash expands it
	offered=$(bash -c '. "$1"; COMP_WORDS=(sctop --color "") COMP_CWORD=2
		_sctop; echo "${COMPREPLY[@]}"' bash "$work/bash")
	[ "$offered" = "auto always never" ] ||
		fail "bash offers '$offered' behind --color"
fi
[ $failures -eq 0 ]
