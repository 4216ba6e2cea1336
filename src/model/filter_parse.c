/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A recursive descent, one function per line of the grammar.  The first mistake
 * ends it: everything returns NULL from there on.
 */
#include "config.h"

#include "model/filter.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "abi/syscall.h"
#include "base/err.h"
#include "base/glob.h"
#include "base/nearest.h"
#include "base/xalloc.h"
#include "model/filter_node.h"

#define DEPTH_LIMIT 32 /* parentheses in parentheses */
#define WORD_LIMIT  256

enum token {
	TOKEN_END,
	TOKEN_WORD,   /* bare */
	TOKEN_QUOTED, /* never a keyword or a field */
	TOKEN_AND,
	TOKEN_OR,
	TOKEN_NOT,
	TOKEN_OPEN,
	TOKEN_CLOSE,
	TOKEN_COMMA,
	TOKEN_IS,
	TOKEN_IS_NOT,
	TOKEN_LESS,
	TOKEN_AT_MOST,
	TOKEN_MORE,
	TOKEN_AT_LEAST,
	TOKEN_GLOB,
	TOKEN_NOT_GLOB,
	TOKEN_REGEX,
};

/* The longer ones first. */
static const struct {
	const char *text;
	enum token token;
} symbols[] = {
	{"&&", TOKEN_AND},    {"||", TOKEN_OR},       {"==", TOKEN_IS},
	{"!=", TOKEN_IS_NOT}, {"<=", TOKEN_AT_MOST},  {">=", TOKEN_AT_LEAST},
	{"=~", TOKEN_REGEX},  {"!~", TOKEN_NOT_GLOB}, {"!", TOKEN_NOT},
	{"(", TOKEN_OPEN},    {")", TOKEN_CLOSE},     {"<", TOKEN_LESS},
	{">", TOKEN_MORE},    {"~", TOKEN_GLOB},      {"=", TOKEN_IS},
	{",", TOKEN_COMMA},
};

static const struct {
	const char *word;
	enum token token;
} keywords[] = {
	{"and", TOKEN_AND},
	{"or", TOKEN_OR},
	{"not", TOKEN_NOT},
};

struct parser {
	struct filter *filter;
	const struct catalogue *cat;
	const char *text;
	const char *at;    /* behind the token */
	const char *start; /* of the token */
	enum token token;
	char word[WORD_LIMIT];
	const char *name; /* of the field that is compared, as it was typed */
	bool in_list;     /* a comma ends a word */
	unsigned depth;
	size_t column; /* of the mistake */
	struct err *err;
	bool failed;
};

/* Notes a mistake at AT, unless there was one. */
#define FAIL(parser, at, ...)                                                  \
	do {                                                                   \
		if (!(parser)->failed) {                                       \
			(parser)->column = (size_t)((at) - (parser)->text);    \
			err_set((parser)->err, -EINVAL, __VA_ARGS__);          \
		}                                                              \
		(parser)->failed = true;                                       \
	} while (0)

static void read_quoted(struct parser *parser)
{
	char quote = *parser->at++;
	size_t len = 0;
	for (; *parser->at && *parser->at != quote; parser->at++) {
		bool escaped = parser->at[0] == '\\' && parser->at[1] == quote;
		parser->at += escaped;
		if (len + 1 < sizeof(parser->word))
			parser->word[len++] = *parser->at;
	}
	parser->word[len] = '\0';
	parser->token = TOKEN_QUOTED;
	if (*parser->at)
		parser->at++;
	else
		FAIL(parser, parser->start, "a %c is missing at the end",
		     quote);
}

static bool ends_word(const struct parser *parser, const char *at)
{
	if (!*at || strchr(" \t()=<>~", *at))
		return true;
	if (*at == '!')
		return at[1] == '=' || at[1] == '~';
	if (*at == ',')
		return parser->in_list;
	return (at[0] == '&' && at[1] == '&') || (at[0] == '|' && at[1] == '|');
}

static void read_word(struct parser *parser)
{
	size_t len = 0;
	for (; !ends_word(parser, parser->at); parser->at++) {
		if (len + 1 < sizeof(parser->word))
			parser->word[len++] = *parser->at;
	}
	parser->word[len] = '\0';
	parser->token = TOKEN_WORD;
	for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++) {
		if (strcasecmp(parser->word, keywords[i].word) == 0)
			parser->token = keywords[i].token;
	}
}

/* Reads the next token. */
static void next(struct parser *parser)
{
	parser->at += strspn(parser->at, " \t");
	parser->start = parser->at;
	parser->word[0] = '\0';
	if (!*parser->at) {
		parser->token = TOKEN_END;
		return;
	}
	if (*parser->at == '"' || *parser->at == '\'') {
		read_quoted(parser);
		return;
	}
	for (size_t i = 0; i < sizeof(symbols) / sizeof(symbols[0]); i++) {
		size_t len = strlen(symbols[i].text);
		if (strncmp(parser->at, symbols[i].text, len) == 0) {
			parser->at += len;
			parser->token = symbols[i].token;
			return;
		}
	}
	read_word(parser);
}

static bool is_word(const struct parser *parser)
{
	return parser->token == TOKEN_WORD || parser->token == TOKEN_QUOTED;
}

static struct filter_node *node_new(struct parser *parser, enum filter_op op)
{
	struct filter *filter = parser->filter;
	if (filter->count == FILTER_NODES) {
		FAIL(parser, parser->start,
		     "a filter has at most %d tests; make it shorter",
		     FILTER_NODES / 2);
		return NULL;
	}
	struct filter_node *node = &filter->nodes[filter->count++];
	node->op = op;
	return node;
}

static const struct filter_node *join(struct parser *parser, enum filter_op op,
				      const struct filter_node *left,
				      const struct filter_node *right)
{
	struct filter_node *node = node_new(parser, op);
	if (!node)
		return NULL;
	node->left = left;
	node->right = right;
	return node;
}

static const char *field_name_at(const void *context, size_t i)
{
	const struct filter *filter = context;
	return field_has(field_at(i), filter->kind) ? field_at(i)->name : NULL;
}

/* The name by which TEXT calls FIELD. */
static const char *name_in(const struct field *field, const char *text)
{
	return strcmp(field->name, text) == 0 ? field->name : field->alias;
}

/* The field of that name; a mistake if there is none. */
static const struct field *field_of(struct parser *parser, const char *name,
				    const char *at)
{
	enum row_kind kind = parser->filter->kind;
	const struct field *field = field_of_kind(kind, name);
	if (field) {
		parser->name = name_in(field, name);
		return field;
	}
	const char *near =
		nearest(name, field_count(), field_name_at, parser->filter);
	FAIL(parser, at, "rows here have no field '%s'%s%s", name,
	     near ? "; nearest: " : "; quote it to look for the text",
	     near ? near : "");
	return NULL;
}

static bool is_text(const struct field *field)
{
	return field->unit == UNIT_TEXT || field->unit == UNIT_ARGS;
}

static enum filter_op op_of(enum token token)
{
	switch (token) {
	case TOKEN_LESS:
		return FILTER_LESS;
	case TOKEN_AT_MOST:
		return FILTER_AT_MOST;
	case TOKEN_MORE:
		return FILTER_MORE;
	case TOKEN_AT_LEAST:
		return FILTER_AT_LEAST;
	default:
		return FILTER_IS;
	}
}

/* FIELD against the value that is the token. */
static const struct filter_node *
compare(struct parser *parser, const struct field *field, enum filter_op op)
{
	struct filter_node *node = node_new(parser, op);
	struct err err = {0};
	if (!node)
		return NULL;
	if (!is_word(parser)) {
		FAIL(parser, parser->start,
		     "what %s is compared with is missing", parser->name);
		return NULL;
	}
	node->field = field;
	node->name = parser->name;
	node->text = xstrdup(parser->word);
	if (filter_value(node, node->text, true, parser->cat, &err)) {
		FAIL(parser, parser->start, "%s", err.text);
		return NULL;
	}
	next(parser);
	return node;
}

/* A value that is no word follows from "==" and the like. */
static const struct filter_node *compare_with(struct parser *parser,
					      const struct field *field,
					      enum token token, const char *at)
{
	enum filter_op op = op_of(token);
	bool has_order = !is_text(field) && field->unit != UNIT_TICK;
	if (op != FILTER_IS && !has_order) {
		FAIL(parser, at, "%s has no order; compare it with == or !=%s",
		     parser->name, is_text(field) ? ", ~, =~ or in" : "");
		return NULL;
	}
	return compare(parser, field, op);
}

static bool compile(struct parser *parser, struct filter_node *node)
{
	char text[128];
	node->regex = xcalloc(1, sizeof(*node->regex));
	int code = regcomp(node->regex, node->text, REG_EXTENDED | REG_NOSUB);
	if (!code)
		return true;
	(void)regerror(code, node->regex, text, sizeof(text)); /* cut is fine */
	free(node->regex);
	node->regex = NULL;
	FAIL(parser, parser->start, "'%s' is no regular expression: %s",
	     node->text, text);
	return false;
}

/* FIELD against the pattern that is the token. */
static const struct filter_node *match(struct parser *parser,
				       const struct field *field, bool regex,
				       const char *at)
{
	struct filter_node *node = node_new(parser, FILTER_GLOB);
	struct err err = {0};
	if (!node)
		return NULL;
	if (!is_text(field)) {
		FAIL(parser, at,
		     "%s is no text; compare it with ==, <, > or in",
		     parser->name);
		return NULL;
	}
	if (!is_word(parser)) {
		FAIL(parser, parser->start, "the pattern for %s is missing",
		     parser->name);
		return NULL;
	}
	node->field = field;
	node->name = parser->name;
	node->text = xstrdup(parser->word);
	if (regex) {
		node->op = FILTER_REGEX;
		if (!compile(parser, node))
			return NULL;
	} else if (!glob_is_pattern(node->text)) {
		node->op = FILTER_CONTAINS;
	} else if (glob_check(node->text, &err)) {
		FAIL(parser, parser->start, "%s", err.text);
		return NULL;
	}
	next(parser);
	return node;
}

/* The values of FIELD in (a, b, ...). */
static const struct filter_node *list(struct parser *parser,
				      const struct field *field)
{
	const struct filter_node *all = NULL;
	if (parser->token != TOKEN_OPEN) {
		FAIL(parser, parser->start,
		     "values in parentheses belong here: %s in (a, b)",
		     parser->name);
		return NULL;
	}
	parser->in_list = true;
	do {
		next(parser);
		const struct filter_node *one =
			compare(parser, field, FILTER_IS);
		if (!one)
			return NULL;
		all = all ? join(parser, FILTER_OR, all, one) : one;
	} while (all && parser->token == TOKEN_COMMA);
	parser->in_list = false;
	if (parser->token != TOKEN_CLOSE)
		FAIL(parser, parser->start, "a ) is missing behind the values");
	next(parser);
	return all;
}

static const struct filter_node *negate(struct parser *parser,
					const struct filter_node *node)
{
	return node ? join(parser, FILTER_NOT, node, NULL) : NULL;
}

/* What follows the name of a field, an operator: the token. */
static const struct filter_node *comparison(struct parser *parser,
					    const struct field *field)
{
	enum token token = parser->token;
	const char *at = parser->start;
	next(parser);
	switch (token) {
	case TOKEN_IS_NOT:
		return negate(parser, compare(parser, field, FILTER_IS));
	case TOKEN_GLOB:
		return match(parser, field, false, at);
	case TOKEN_NOT_GLOB:
		return negate(parser, match(parser, field, false, at));
	case TOKEN_REGEX:
		return match(parser, field, true, at);
	default:
		return compare_with(parser, field, token, at);
	}
}

static bool is_operator(enum token token)
{
	return token >= TOKEN_IS;
}

static const struct filter_node *text_node(struct parser *parser,
					   const char *word, bool is_class)
{
	struct filter_node *node = node_new(parser, FILTER_CLASS);
	if (!node)
		return NULL;
	node->text = xstrdup(word + is_class);
	if (!is_class)
		filter_look_anywhere(node, parser->filter->kind, NULL, 0);
	return node;
}

static bool class_exists(const char *start)
{
	for (unsigned i = 0; i < CLASS_COUNT; i++) {
		const char *name = syscall_class_name((enum syscall_class)i);
		if (strncasecmp(name, start, strlen(start)) == 0)
			return true;
	}
	return false;
}

static const struct filter_node *switch_node(struct parser *parser,
					     const struct field *field)
{
	struct filter_node *node = node_new(parser, FILTER_IS);
	if (!node)
		return NULL;
	node->field = field;
	node->name = field->name;
	node->value = (struct value){.known = true, .u = 1};
	return node;
}

/* A word, which is the token, and what belongs to it. */
static const struct filter_node *test(struct parser *parser)
{
	char word[WORD_LIMIT];
	const char *at = parser->start;
	bool is_quoted = parser->token == TOKEN_QUOTED;
	memcpy(word, parser->word, sizeof(word));
	next(parser);
	if (!is_quoted && is_operator(parser->token)) {
		const struct field *field = field_of(parser, word, at);
		return field ? comparison(parser, field) : NULL;
	}
	if (!is_quoted && parser->token == TOKEN_WORD &&
	    strcasecmp(parser->word, "in") == 0) {
		const struct field *field = field_of(parser, word, at);
		next(parser);
		return field ? list(parser, field) : NULL;
	}
	const struct field *field =
		is_quoted ? NULL : field_of_kind(parser->filter->kind, word);
	if (field && field->unit == UNIT_TICK)
		return switch_node(parser, field);
	bool is_class = !is_quoted && word[0] == '%' && word[1];
	if (is_class && !class_exists(word + 1)) {
		FAIL(parser, at, "no class of calls begins with '%s'",
		     word + 1);
		return NULL;
	}
	return text_node(parser, word, is_class);
}

static const struct filter_node *either(struct parser *parser);

/* NOLINTBEGIN(misc-no-recursion): DEPTH_LIMIT */
static const struct filter_node *negation(struct parser *parser)
{
	const struct filter_node *node = NULL;
	if (++parser->depth > DEPTH_LIMIT) {
		FAIL(parser, parser->start, "parentheses are nested too deep");
	} else if (parser->token == TOKEN_NOT) {
		next(parser);
		node = negate(parser, negation(parser));
	} else if (parser->token == TOKEN_OPEN) {
		const char *open = parser->start;
		next(parser);
		node = either(parser);
		if (parser->token != TOKEN_CLOSE)
			FAIL(parser, open, "this ( is not closed");
		next(parser);
	} else if (is_word(parser)) {
		node = test(parser);
	} else {
		FAIL(parser, parser->start,
		     "a test is missing here, such as "
		     "comm == bash or duration > 1ms");
	}
	parser->depth--;
	return parser->failed ? NULL : node;
}

static const struct filter_node *both(struct parser *parser)
{
	const struct filter_node *node = negation(parser);
	while (node && !parser->failed && parser->token != TOKEN_END &&
	       parser->token != TOKEN_OR && parser->token != TOKEN_CLOSE) {
		if (parser->token == TOKEN_AND)
			next(parser);
		const struct filter_node *right = negation(parser);
		node = right ? join(parser, FILTER_AND, node, right) : NULL;
	}
	return node;
}

static const struct filter_node *either(struct parser *parser)
{
	const struct filter_node *node = both(parser);
	while (node && !parser->failed && parser->token == TOKEN_OR) {
		next(parser);
		const struct filter_node *right = both(parser);
		node = right ? join(parser, FILTER_OR, node, right) : NULL;
	}
	return node;
}
/* NOLINTEND(misc-no-recursion) */

struct filter *filter_parse(const char *text, enum row_kind kind,
			    const struct catalogue *cat, size_t *ret_column,
			    struct err *err)
{
	struct parser parser = {
		.filter = xcalloc(1, sizeof(*parser.filter)),
		.cat = cat,
		.text = text,
		.at = text,
		.start = text,
		.err = err,
	};
	parser.filter->kind = kind;
	next(&parser);
	if (parser.token != TOKEN_END)
		parser.filter->root = either(&parser);
	if (parser.token != TOKEN_END)
		FAIL(&parser, parser.start, "nothing is open that this closes");
	if (!parser.failed)
		return parser.filter;
	*ret_column = parser.column;
	filter_free(parser.filter);
	return NULL;
}
