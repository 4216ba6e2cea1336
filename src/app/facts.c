/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/facts.h"

#include <net/if.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "abi/syscall.h"
#include "abi/sysset.h"
#include "app/session.h"
#include "base/buf.h"
#include "base/escape.h"
#include "base/quantity.h"
#include "base/xalloc.h"

#define NAMES_LIMIT  65536 /* of users that are told; there may be more */
#define TRACED_LIMIT 8192
#define LINE_LIMIT   8192 /* bytes of a line that are looked at */
#define COMMAND_SIZE 256  /* that are shown; no chip is longer */

/* A value is one line: control bytes and the backslash are \xHH. */
static void put_text(FILE *to, const char *text)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		if (c < ' ' || c == 0x7f || c == '\\')
			(void)fprintf(to, "\\x%02x", c); /* see facts_print() */
		else
			(void)putc(c, to);
	}
}

static void put_fact(FILE *to, const char *key, const char *value)
{
	(void)fprintf(to, "%s\t", key);
	put_text(to, value);
	(void)putc('\n', to);
}

static void put_name(FILE *to, const char *key, uint32_t id, const char *name)
{
	(void)fprintf(to, "%s\t%u\t", key, id);
	put_text(to, name);
	(void)putc('\n', to);
}

static void put_machine(FILE *to)
{
	struct utsname name;
	struct zone zone;
	zone_find(&zone);
	put_fact(to, "sctop", PACKAGE_VERSION);
	if (uname(&name) == 0) {
		put_fact(to, "host", name.nodename);
		put_fact(to, "release", name.release);
		put_fact(to, "machine", name.machine);
	}
	put_fact(to, "zone", zone.name);
	put_fact(to, "rule", zone.rule);
}

static void put_run(FILE *to, const struct session *session)
{
	char *const *word = session->options.command;
	put_fact(to, "remarks", session->remarks ? "1" : "0");
	if (session->options.filter && !session->sieve.is_decided)
		put_fact(to, "filter", session->options.filter);
	if (!word || session->options.redact)
		return;
	(void)fputs("command\t", to);
	for (size_t i = 0; word[i]; i++) {
		if (i)
			(void)putc(' ', to);
		put_text(to, word[i]);
	}
	(void)putc('\n', to);
}

static void put_calls(FILE *to, const struct session *session)
{
	const struct catalogue *cat = session->catalogue;
	char text[CARRIED_LINE_SIZE];
	struct buf line;
	put_fact(to, "list",
		 catalogue_is_from_kernel(cat) ? "kernel" : "built-in");
	for (uint32_t i = 0; i < catalogue_count(cat); i++) {
		buf_init(&line, text, sizeof(text));
		if (carried_print(&line, cat, i))
			(void)fprintf(to, "call\t%s\n", text);
		if (sysset_has(session->traced, i))
			put_fact(to, "traced", catalogue_get(cat, i)->name);
	}
}

static void put_names(FILE *to)
{
	const struct passwd *user;
	setpwent();
	for (int i = 0; i < NAMES_LIMIT && (user = getpwent()); i++)
		put_name(to, "user", user->pw_uid, user->pw_name);
	endpwent();
	struct if_nameindex *links = if_nameindex();
	for (size_t i = 0; links && links[i].if_index; i++)
		put_name(to, "link", links[i].if_index, links[i].if_name);
	if_freenameindex(links);
}

char *facts_print(const struct session *session, size_t *ret_size)
{
	char *text = NULL;
	FILE *to = open_memstream(&text, ret_size);
	if (!to)
		die(1, "out of memory");
	put_machine(to);
	put_run(to, session);
	put_calls(to, session);
	put_names(to);
	if (fclose(to) != 0) /* tells of all that was put before */
		die(1, "out of memory");
	return text;
}

static int hex_value(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c ? strchr(digits, c) : NULL;
	return at ? (int)(at - digits) : -1;
}

/* Takes the escapes of put_text() away, in place; a NUL ends it. */
static void unescape(char *text)
{
	char *to = text;
	for (const char *at = text; *at; at++) {
		int high =
			at[0] == '\\' && at[1] == 'x' ? hex_value(at[2]) : -1;
		int low = high >= 0 ? hex_value(at[3]) : -1;
		if (low < 0) {
			*to++ = *at;
			continue;
		}
		*to++ = (char)(high << 4 | low);
		at += 3;
	}
	*to = '\0';
}

/* For where it is shown as it is. */
static void take_shown(char *ret, size_t size, const char *value)
{
	struct buf buf;
	buf_init(&buf, ret, size);
	escape_text(&buf, value, strlen(value));
}

static void take_name(struct facts_names *names, const char *value)
{
	char number[16] = "";
	uint64_t id = 0;
	size_t len = strcspn(value, "\t");
	if (!value[len] || len >= sizeof(number) || names->count == NAMES_LIMIT)
		return;
	memcpy(number, value, len);
	if (quantity_number(&id, number) < 0 || id > UINT32_MAX)
		return;
	if ((names->count & (names->count - 1)) == 0)
		names->at = xrealloc(names->at, (names->count + 1) * 2 *
							sizeof(names->at[0]));
	names->at[names->count++] = (struct facts_name){
		.id = (uint32_t)id,
		.name = xstrdup(value + len + 1),
	};
}

static void take_owned(char **ret, const char *value)
{
	free(*ret);
	*ret = xstrdup(value);
}

#define FACT(key) static void take_##key(struct facts *facts, const char *value)

FACT(sctop)
{
	take_shown(facts->sctop, sizeof(facts->sctop), value);
}

FACT(host)
{
	take_shown(facts->host, sizeof(facts->host), value);
}

FACT(release)
{
	take_shown(facts->release, sizeof(facts->release), value);
}

FACT(machine)
{
	take_shown(facts->machine, sizeof(facts->machine), value);
}

FACT(zone)
{
	take_shown(facts->zone.name, sizeof(facts->zone.name), value);
}

FACT(rule)
{
	take_shown(facts->zone.rule, sizeof(facts->zone.rule), value);
}

FACT(remarks)
{
	facts->remarks = strcmp(value, "1") == 0;
}

FACT(filter)
{
	take_owned(&facts->filter, value);
}

FACT(command)
{
	char shown[COMMAND_SIZE];
	take_shown(shown, sizeof(shown), value);
	take_owned(&facts->command, shown);
}

FACT(list)
{
	facts->carried.is_from_kernel = strcmp(value, "kernel") == 0;
}

FACT(call)
{
	carried_add(&facts->carried, value);
}

FACT(user)
{
	take_name(&facts->users, value);
}

FACT(link)
{
	take_name(&facts->links, value);
}

FACT(source)
{
	take_shown(facts->source, sizeof(facts->source), value);
}

FACT(traced)
{
	size_t count = facts->traced_count;
	if (count == TRACED_LIMIT)
		return;
	facts->traced =
		xrealloc(facts->traced, (count + 1) * sizeof(facts->traced[0]));
	facts->traced[facts->traced_count++] = xstrdup(value);
}

#undef FACT

/* clang-format off */
static const struct {
	const char *key;
	void (*take)(struct facts *facts, const char *value);
} table[] = {
	{"call", take_call},
	{"command", take_command},
	{"filter", take_filter},
	{"host", take_host},
	{"link", take_link},
	{"list", take_list},
	{"machine", take_machine},
	{"release", take_release},
	{"remarks", take_remarks},
	{"rule", take_rule},
	{"sctop", take_sctop},
	{"source", take_source},
	{"traced", take_traced},
	{"user", take_user},
	{"zone", take_zone},
};
/* clang-format on */

static void take_line(struct facts *facts, char *line)
{
	size_t len = strcspn(line, "\t");
	if (!line[len])
		return;
	line[len] = '\0';
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (strcmp(table[i].key, line) != 0)
			continue;
		unescape(line + len + 1);
		table[i].take(facts, line + len + 1);
		return;
	}
}

void facts_parse(struct facts *ret, const char *text, size_t size)
{
	const char *end = text + size;
	*ret = (struct facts){0};
	while (text < end) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));
		size_t len = (size_t)((stop ? stop : end) - text);
		char line[LINE_LIMIT];
		if (stop && len < sizeof(line)) { /* the last may be cut */
			memcpy(line, text, len);
			line[len] = '\0';
			take_line(ret, line);
		}
		text += len + 1;
	}
	carried_end(&ret->carried);
}

static void names_done(struct facts_names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->at[i].name);
	free(names->at);
}

void facts_done(struct facts *facts)
{
	for (size_t i = 0; i < facts->traced_count; i++)
		free(facts->traced[i]);
	free(facts->traced);
	free(facts->command);
	free(facts->filter);
	names_done(&facts->users);
	names_done(&facts->links);
	carried_done(&facts->carried);
	*facts = (struct facts){0};
}
