/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/complete.h"

#include <stdio.h>
#include <string.h>

#include "app/options.h"

/* What completes an argument, by the name it bears in the table. */
struct source {
	const char *takes;
	const char *bash; /* fills COMPREPLY from $cur */
	const char *zsh;  /* an action of _arguments */
};

#define BASH_NAMES                                                             \
	"COMPREPLY=($(compgen -W \"$(command sctop -l 2>/dev/null | "          \
	"awk '{ print $1 }') all\" -- \"$cur\"))"
#define ZSH_NAMES                                                              \
	"{compadd -- ${(f)\"$(command sctop -l 2>/dev/null | "                 \
	"awk '{ print $1 }')\"} all}"
#define BASH_PIDS                                                              \
	"COMPREPLY=($(compgen -W \"$(cd /proc && echo [0-9]*)\" -- \"$cur\"))"

static const struct source sources[] = {
	{"FILE", "COMPREPLY=($(compgen -f -- \"$cur\"))", "_files"},
	{"DIR", "COMPREPLY=($(compgen -d -- \"$cur\"))", "_files -/"},
	{"PATH", "COMPREPLY=($(compgen -d -- \"$cur\"))", "_files -/"},
	{"USER", "COMPREPLY=($(compgen -u -- \"$cur\"))", "_users"},
	{"PID[,PID]", BASH_PIDS, "_pids"},
	{"SET", BASH_NAMES, ZSH_NAMES},
	{"NAME", BASH_NAMES, ZSH_NAMES},
};

static const struct source *source_of(const struct options_row *row)
{
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
		if (row->takes && strcmp(sources[i].takes, row->takes) == 0)
			return &sources[i];
	}
	return NULL;
}

static bool is_shown(const struct options_row *row)
{
	return row->group != OPTIONS_HIDDEN;
}

/* "-p|--pid" */
static void bash_print_pattern(const struct options_row *row)
{
	if (row->letter)
		(void)printf("-%c", row->letter); /* main() checks stdout */
	if (row->name)
		(void)printf("%s--%s", row->letter ? "|" : "", row->name);
}

static void bash_print_case(const struct options_row *row)
{
	const struct source *source = source_of(row);
	(void)printf("\t");
	bash_print_pattern(row);
	if (row->words)
		(void)printf(") COMPREPLY=($(compgen -W \"%s\" -- \"$cur\")); "
			     "return ;;\n",
			     row->words);
	else
		(void)printf(") %s; return ;;\n",
			     source ? source->bash : "COMPREPLY=()");
}

static void bash_print(void)
{
	const struct options_row *row;
	(void)printf("_sctop()\n{\n"
		     "\tlocal cur=${COMP_WORDS[COMP_CWORD]} i\n"
		     "\tlocal prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
		     "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
		     "\t\tif [[ ${COMP_WORDS[i]} == -- ]]; then\n"
		     "\t\t\tif ((i == COMP_CWORD - 1)); then\n"
		     "\t\t\t\tCOMPREPLY=($(compgen -c -- \"$cur\"))\n"
		     "\t\t\telse\n"
		     "\t\t\t\tCOMPREPLY=($(compgen -f -- \"$cur\"))\n"
		     "\t\t\tfi\n"
		     "\t\t\treturn\n"
		     "\t\tfi\n"
		     "\tdone\n"
		     "\tcase $prev in\n");
	for (size_t i = 0; (row = options_at(i)); i++) {
		if (row->takes && is_shown(row))
			bash_print_case(row);
	}
	(void)printf("\tesac\n\tCOMPREPLY=($(compgen -W \"--");
	for (size_t i = 0; (row = options_at(i)); i++) {
		if (!is_shown(row))
			continue;
		if (row->name)
			(void)printf(" --%s", row->name);
		else
			(void)printf(" -%c", row->letter);
	}
	(void)printf("\" -- \"$cur\"))\n}\ncomplete -F _sctop sctop\n");
}

/* TEXT inside single quotes, inside brackets or between colons. */
static void zsh_print_text(const char *text)
{
	for (; *text; text++) {
		if (*text == '\'')
			(void)printf("'\\''");
		else if (strchr(":[]\\", *text))
			(void)printf("\\%c", *text);
		else
			(void)putchar(*text);
	}
}

static void zsh_print_row(const struct options_row *row, const char *spelling)
{
	const struct source *source = source_of(row);
	(void)printf("\t'*%s%s[", spelling,
		     row->takes && spelling[1] == '-' ? "=" : "");
	zsh_print_text(row->help);
	(void)printf("]");
	if (row->takes) {
		(void)printf(":");
		zsh_print_text(row->takes);
		(void)printf(":");
		if (row->words)
			(void)printf("(%s)", row->words);
		else if (source)
			(void)printf("%s", source->zsh);
	}
	(void)printf("' \\\n");
}

static void zsh_print(void)
{
	const struct options_row *row;
	(void)printf("_sctop()\n{\n_arguments -S \\\n");
	for (size_t i = 0; (row = options_at(i)); i++) {
		char spelling[64];
		if (!is_shown(row))
			continue;
		if (row->letter) {
			(void)snprintf(spelling, sizeof(spelling), "-%c",
				       row->letter); /* fits */
			zsh_print_row(row, spelling);
		}
		if (row->name) {
			(void)snprintf(spelling, sizeof(spelling), "--%s",
				       row->name); /* fits: see the table */
			zsh_print_row(row, spelling);
		}
	}
	(void)printf("\t'*::command:_normal'\n}\ncompdef _sctop sctop\n");
}

void complete_print(const char *shell)
{
	if (strcmp(shell, "bash") == 0)
		bash_print();
	else
		zsh_print();
}
