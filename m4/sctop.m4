# SPDX-License-Identifier: GPL-2.0-or-later

# SCTOP_MISSING(WHAT, DEBIAN, FEDORA)
# Notes a missing part with the package that brings it; told all at once by
# SCTOP_REPORT, so that one round of installing is enough.
AC_DEFUN([SCTOP_MISSING], [
	sctop_missing="$sctop_missing
  $1 (Debian, Ubuntu: $2; Fedora: $3)"
	sctop_missing_deb="$sctop_missing_deb $2"
	sctop_missing_rpm="$sctop_missing_rpm $3"
])

# SCTOP_REPORT
# Stops if anything is missing.
AC_DEFUN([SCTOP_REPORT], [
	AS_IF([test -n "$sctop_missing"], [
		AC_MSG_ERROR([cannot build sctop here, missing:$sctop_missing
Debian, Ubuntu:  apt-get install$sctop_missing_deb
Fedora:          dnf install$sctop_missing_rpm])])
])

# SCTOP_PROG_BPFTOOL
# Sets BPFTOOL to a bpftool that runs, or to "no".  Ubuntu's /usr/sbin/bpftool
# is a wrapper that fails where the tools of the running kernel are absent;
# those of any other kernel serve as well.  /usr/sbin is searched because it is
# not in the PATH of Debian's users.
AC_DEFUN([SCTOP_PROG_BPFTOOL], [
	AC_ARG_VAR([BPFTOOL], [bpftool, to turn the BPF object into a header])
	AC_MSG_CHECKING([for a bpftool that runs])
	AS_IF([test "x$BPFTOOL" = x], [
		BPFTOOL=no
		for sctop_try in bpftool /usr/sbin/bpftool \
			/usr/local/sbin/bpftool /usr/lib/linux-tools/*/bpftool \
			/usr/lib/linux-tools-*/bpftool; do
			AS_IF([$sctop_try version >/dev/null 2>&1],
				[BPFTOOL=$sctop_try; break])
		done
	])
	AC_MSG_RESULT([$BPFTOOL])
])

# SCTOP_BPF_INCLUDES
# Sets BPF_INCLUDES to the directories that clang searches for this machine's
# programs: with the BPF target it leaves out those that bear the machine's
# name, where Debian keeps <asm/types.h>.
AC_DEFUN([SCTOP_BPF_INCLUDES], [
	AC_MSG_CHECKING([for include directories of BPF programs])
	BPF_INCLUDES=`$CLANG -v -E - </dev/null 2>&1 | $SED -n \
		'/^#include </,/^End of search/ s,^ \(/.*\),-idirafter \1,p' |
		tr '\n' ' '`
	AC_MSG_RESULT([$BPF_INCLUDES])
	AC_SUBST([BPF_INCLUDES])
])
