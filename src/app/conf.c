/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/conf.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/xalloc.h"

#define BLANKS     " \t\r"
#define FAULT_SIZE 512

void conf_done(struct conf *conf)
{
	for (size_t i = 0; i < conf->owned_count; i++)
		free(conf->owned[i]);
	free(conf->owned);
	free(conf->lines);
	free(conf->changes);
	*conf = (struct conf){0};
}

/* A copy of LEN bytes that lives as long as CONFIG. */
static const char *own(struct conf *conf, const char *text, size_t len)
{
	char *copy = xmalloc(len + 1);
	memcpy(copy, text, len);
	copy[len] = '\0';
	conf->owned =
		xrealloc(conf->owned, (conf->owned_count + 1) * sizeof(char *));
	conf->owned[conf->owned_count++] = copy;
	return copy;
}

static struct conf_line *append(struct conf *conf)
{
	conf->lines = xrealloc(conf->lines,
			       (conf->count + 1) * sizeof(conf->lines[0]));
	return &conf->lines[conf->count++];
}

static bool is_control(char c)
{
	return (unsigned char)c < 0x20 || c == 0x7f;
}

static bool has_control(const char *text)
{
	for (; *text; text++)
		if (is_control(*text) && !strchr(BLANKS, *text))
			return true;
	return false;
}

/* TEXT without blanks at either end. */
static const char *trim(struct conf *conf, const char *text, size_t len)
{
	while (len > 0 && strchr(BLANKS, text[len - 1]))
		len--;
	while (len > 0 && strchr(BLANKS, *text)) {
		text++;
		len--;
	}
	return own(conf, text, len);
}

static void parse_line(struct conf *conf, const char *text, size_t len)
{
	size_t at = conf->count;
	struct conf_line *line = append(conf);
	*line = (struct conf_line){.text = own(conf, text, len)};
	const char *start = line->text + strspn(line->text, BLANKS);
	if (!*start || *start == '#')
		return;
	const char *equals = strchr(start, '=');
	size_t name_len = equals ? (size_t)(equals - start) : strlen(start);
	line->name = trim(conf, start, name_len);
	line->value = equals ? trim(conf, equals + 1, strlen(equals + 1)) : "";
	if (has_control(line->text))
		conf_refuse(conf, at, "a line takes no control characters");
	else if (!equals || !line->name[0])
		conf_refuse(conf, at, "a line takes NAME = VALUE");
	else if (strlen(line->name) >= CONF_NAME_SIZE)
		conf_refuse(conf, at, "a name takes up to %d bytes",
			    CONF_NAME_SIZE - 1);
}

int conf_parse(struct conf *conf, const char *text, size_t len, struct err *err)
{
	if (len > CONF_SIZE_LIMIT)
		return err_set(err, -EFBIG, "it is larger than %d bytes",
			       CONF_SIZE_LIMIT);
	if (memchr(text, '\0', len))
		return err_set(err, -EINVAL, "it is no text");
	const char *end = text + len;
	while (text < end) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));
		stop = stop ? stop : end;
		parse_line(conf, text, (size_t)(stop - text));
		text = stop + 1;
	}
	return 0;
}

static void join(char name[CONF_NAME_SIZE], const char *kind, const char *what)
{
	(void)snprintf(name, CONF_NAME_SIZE, "%s%s%s", kind, what ? "." : "",
		       what ? what : ""); /* callers see to its length */
}

static bool is_called(const struct conf_line *line, const char *name)
{
	return line->name && !line->fault && strcmp(line->name, name) == 0;
}

const char *conf_get(const struct conf *conf, const char *kind,
		     const char *what)
{
	char name[CONF_NAME_SIZE];
	join(name, kind, what);
	for (size_t i = conf->count; i-- > 0;)
		if (is_called(&conf->lines[i], name))
			return conf->lines[i].value;
	return NULL;
}

static void take_away(struct conf *conf, size_t i)
{
	conf->count--;
	memmove(conf->lines + i, conf->lines + i + 1,
		(conf->count - i) * sizeof(conf->lines[0]));
}

/* Where the last line of that name stood, or at the end. */
static void put(struct conf *conf, const char *name, const char *value)
{
	bool done = !value;
	for (size_t i = conf->count; i-- > 0;) {
		if (!is_called(&conf->lines[i], name))
			continue;
		if (done) {
			take_away(conf, i);
			continue;
		}
		conf->lines[i].value = value;
		conf->lines[i].text = NULL;
		done = true;
	}
	if (done)
		return;
	struct conf_line *line = append(conf);
	*line = (struct conf_line){
		.name = own(conf, name, strlen(name)),
		.value = value,
	};
}

static void note(struct conf *conf, const char *name, const char *value)
{
	for (size_t i = 0; i < conf->change_count; i++) {
		if (strcmp(conf->changes[i].name, name) == 0) {
			conf->changes[i].value = value;
			return;
		}
	}
	conf->changes = xrealloc(conf->changes, (conf->change_count +
						 1) * sizeof(conf->changes[0]));
	conf->changes[conf->change_count++] = (struct conf_change){name, value};
}

void conf_set(struct conf *conf, const char *kind, const char *what,
	      const char *value)
{
	char name[CONF_NAME_SIZE];
	size_t len = 0;
	join(name, kind, what);
	while (value && value[len] && !is_control(value[len]))
		len++;
	const char *kept = value ? trim(conf, value, len) : NULL;
	put(conf, name, kept);
	note(conf, own(conf, name, strlen(name)), kept);
}

void conf_repeat(struct conf *conf, const struct conf *other)
{
	for (size_t i = 0; i < other->change_count; i++) {
		const struct conf_change *change = &other->changes[i];
		conf_set(conf, change->name, NULL, change->value);
	}
}

void conf_remember(const struct conf *conf, struct conf *ret)
{
	size_t lines = conf->count * sizeof(conf->lines[0]);
	size_t changes = conf->change_count * sizeof(conf->changes[0]);
	*ret = (struct conf){
		.lines = xmalloc(lines + 1), /* there may be none */
		.count = conf->count,
		.changes = xmalloc(changes + 1),
		.change_count = conf->change_count,
	};
	if (lines > 0)
		memcpy(ret->lines, conf->lines, lines);
	if (changes > 0)
		memcpy(ret->changes, conf->changes, changes);
}

void conf_go_back(struct conf *conf, struct conf *remembered)
{
	free(conf->lines);
	free(conf->changes);
	conf->lines = remembered->lines;
	conf->count = remembered->count;
	conf->changes = remembered->changes;
	conf->change_count = remembered->change_count;
	*remembered = (struct conf){0};
}

void conf_refuse(struct conf *conf, size_t i, const char *format, ...)
{
	char text[FAULT_SIZE];
	va_list args;
	va_start(args, format);
	(void)vsnprintf(text, sizeof(text), format,
			args); /* a cut sentence still helps */
	va_end(args);
	conf->lines[i].fault = own(conf, text, strlen(text));
}

const char *conf_what(const struct conf_line *line, const char *kind)
{
	size_t len = strlen(kind);
	if (!line->name || line->fault || strncmp(line->name, kind, len) != 0 ||
	    line->name[len] != '.')
		return NULL;
	return line->name + len + 1;
}

void conf_print(const struct conf *conf, struct buf *buf)
{
	for (size_t i = 0; i < conf->count; i++) {
		const struct conf_line *line = &conf->lines[i];
		if (line->text)
			buf_puts(buf, line->text);
		else
			buf_printf(buf, "%s = %s", line->name, line->value);
		buf_putc(buf, '\n');
	}
}
