/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/setting.h"

#include <errno.h>
#include <inttypes.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "abi/errno.h"
#include "base/nearest.h"
#include "base/quantity.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/escape.h"
#include "base/xalloc.h"
#include "feed/live.h"

#define PID_MAX   4194304 /* PID_MAX_LIMIT in <linux/threads.h> */
#define ERRNO_MAX 4095    /* MAX_ERRNO in <linux/err.h> */
#define KIB       ((uint64_t)1 << 10)
#define GIB       ((uint64_t)1 << 30)
#define MS        1000000ULL
#define HOUR      3600000000000ULL
#define ROTATE_BYTES                                                           \
	(1024 * KIB) /* below, a file is hardly more than facts                \
		      */
#define ROTATE_NS (1000 * MS)
#define AT(field) offsetof(struct options, field)

struct setting_snippet setting_label(const struct options_row *row)
{
	struct setting_snippet label = {0};
	struct buf buf;
	buf_init(&buf, label.text, sizeof(label.text));
	if (row->letter)
		buf_printf(&buf, "-%c", row->letter);
	if (row->name)
		buf_printf(&buf, "%s--%s", row->letter ? ", " : "", row->name);
	return label;
}

/* ARG is the user's own, yet what it controls must not reach a terminal. */
struct setting_snippet setting_quote(const char *arg)
{
	struct setting_snippet label = {0};
	struct buf buf;
	buf_init(&buf, label.text, sizeof(label.text));
	escape_text(&buf, arg, strlen(arg));
	return label;
}

static int refuse(const struct options_row *row, const char *takes,
		  const char *arg, struct err *err)
{
	return err_set(err, -EINVAL, "%s takes %s, not '%s'",
		       setting_label(row).text, takes, setting_quote(arg).text);
}

static void *field_of(struct options *options, const struct options_row *row)
{
	return (char *)options + row->at;
}

int setting_flag(struct options *options, const struct options_row *row,
		 const char *arg, struct err *err)
{
	bool on = !arg || strcmp(arg, "yes") == 0;
	if (!on && strcmp(arg, "no") != 0)
		return refuse(row, "yes or no", arg, err);
	*(bool *)field_of(options, row) = on;
	return 0;
}

static int refuse_empty(const struct options_row *row, struct err *err)
{
	return err_set(err, -EINVAL, "%s takes %s, not an empty text",
		       setting_label(row).text, row->takes);
}

int setting_text(struct options *options, const struct options_row *row,
		 const char *arg, struct err *err)
{
	if (!*arg)
		return refuse_empty(row, err);
	*(const char **)field_of(options, row) = arg;
	return 0;
}

int setting_number(struct options *options, const struct options_row *row,
		   const char *arg, struct err *err)
{
	uint64_t value = 0;
	int ret = quantity_number(&value, arg);
	if (ret == 0 && value >= row->least && value <= row->most) {
		*(uint64_t *)field_of(options, row) = value;
		return 0;
	}
	char takes[80];
	(void)snprintf(takes, sizeof(takes),
		       "a whole number from %" PRIu64 " to %" PRIu64,
		       row->least, row->most); /* fits */
	return refuse(row, takes, arg, err);
}

/* "100ms": in the largest unit that leaves no rest. */
static void print_duration(char *text, size_t size, uint64_t ns)
{
	static const struct {
		uint64_t worth;
		const char *name;
	} units[] = {{HOUR, "h"}, {1000 * MS, "s"}, {MS, "ms"}, {1, "ns"}};
	size_t i = 0;
	while (ns % units[i].worth)
		i++;
	(void)snprintf(text, size, "%" PRIu64 "%s", ns / units[i].worth,
		       units[i].name); /* the callers' 32 bytes suffice */
}

int setting_duration(struct options *options, const struct options_row *row,
		     const char *arg, struct err *err)
{
	uint64_t value = 0;
	int ret = quantity_duration(&value, arg);
	if (ret == 0 && value >= row->least && value <= row->most) {
		*(uint64_t *)field_of(options, row) = value;
		return 0;
	}
	char least[32], most[32], takes[160];
	print_duration(least, sizeof(least), row->least);
	print_duration(most, sizeof(most), row->most);
	(void)snprintf(takes, sizeof(takes),
		       "a duration from %s to %s (a number with ns, us, ms, s, "
		       "m or h; seconds without)",
		       least, most); /* fits */
	return refuse(row, takes, arg, err);
}

int setting_delay(struct options *options, const struct options_row *row,
		  const char *arg, struct err *err)
{
	options->delay_given = true;
	return setting_duration(options, row, arg, err);
}

int setting_size(struct options *options, const struct options_row *row,
		 const char *arg, struct err *err)
{
	uint64_t value = 0;
	int ret = quantity_size(&value, arg);
	if (ret == 0 && value >= row->least && value <= row->most) {
		*(uint64_t *)field_of(options, row) = value;
		return 0;
	}
	char takes[80];
	(void)snprintf(takes, sizeof(takes),
		       "a size from %" PRIu64 "K to %" PRIu64
		       "G (a number with K, M or G)",
		       row->least / KIB, row->most / GIB); /* fits */
	return refuse(row, takes, arg, err);
}

/* Units tell a size from a duration: K, M and G, or lower case. */
int setting_rotate(struct options *options, const struct options_row *row,
		   const char *arg, struct err *err)
{
	struct options_rotate *rotate = field_of(options, row);
	uint64_t value = 0;
	size_t len = strlen(arg);
	char unit = len ? arg[len - 1] : '\0';
	bool is_size = unit == 'K' || unit == 'M' || unit == 'G';
	bool is_bare = unit >= '0' && unit <= '9';
	int ret = is_bare   ? -EINVAL
		  : is_size ? quantity_size(&value, arg)
			    : quantity_duration(&value, arg);
	if (ret || value < (is_size ? ROTATE_BYTES : ROTATE_NS))
		return refuse(row,
			      "a size from 1M (with K, M or G), or a duration "
			      "from 1s (with s, m or h)",
			      arg, err);
	*rotate = (struct options_rotate){
		.bytes = is_size ? value : 0,
		.ns = is_size ? 0 : value,
	};
	return 0;
}

/* The place of WORD among space-separated WORDS, or -1. */
static int word_index(const char *words, const char *word)
{
	size_t len = strlen(word);
	for (int i = 0; *words; i++) {
		size_t here = strcspn(words, " ");
		if (here == len && memcmp(words, word, len) == 0)
			return i;
		words += here;
		words += *words == ' ';
	}
	return -1;
}

/* The place of ARG among ROW's words; negative with a sentence. */
static int choose(const struct options_row *row, const char *arg,
		  struct err *err)
{
	int i = word_index(row->words, arg);
	if (i >= 0)
		return i;
	char takes[80];
	(void)snprintf(takes, sizeof(takes), "one of: %s",
		       row->words); /* a cut list still helps */
	return refuse(row, takes, arg, err);
}

int setting_choice(struct options *options, const struct options_row *row,
		   const char *arg, struct err *err)
{
	int i = choose(row, arg, err);
	if (i < 0)
		return i;
	*(unsigned *)field_of(options, row) = (unsigned)i; /* any enum */
	return 0;
}

int setting_word(struct options *options, const struct options_row *row,
		 const char *arg, struct err *err)
{
	int i = choose(row, arg, err);
	if (i >= 0)
		*(const char **)field_of(options, row) = arg;
	return i < 0 ? i : 0;
}

int setting_fds(struct options *options, const struct options_row *row,
		const char *arg, struct err *err)
{
	int i = choose(row, arg, err);
	if (i < 0)
		return i;
	options->fds = (enum options_fds)(FDS_NONE + i);
	return 0;
}

int setting_more_fds(struct options *options, const struct options_row *row,
		     const char *arg, struct err *err)
{
	(void)row; /* there is one such option */
	(void)arg; /* none is taken */
	(void)err; /* cannot fail */
	options->fds = options->fds < FDS_PATH ? FDS_PATH : FDS_ALL;
	return 0;
}

int setting_mode(struct options *options, const struct options_row *row,
		 const char *arg, struct err *err)
{
	(void)arg; /* none is taken */
	enum options_mode mode = (enum options_mode)row->least;
	if (options->mode != MODE_SCREEN && options->mode != mode &&
	    mode != MODE_HELP && mode != MODE_VERSION)
		return err_set(
			err, -EINVAL,
			"%s and %s exclude each other; give one of them",
			setting_label(options_of_mode(options->mode)).text,
			setting_label(row).text);
	options->mode = mode;
	return 0;
}

int setting_mode_text(struct options *options, const struct options_row *row,
		      const char *arg, struct err *err)
{
	if (row->words && word_index(row->words, arg) < 0) {
		char takes[80];
		(void)snprintf(takes, sizeof(takes), "one of: %s",
			       row->words); /* a cut list still helps */
		return refuse(row, takes, arg, err);
	}
	int ret = setting_text(options, row, arg, err);
	return ret ? ret : setting_mode(options, row, arg, err);
}

int setting_outcome(struct options *options, const struct options_row *row,
		    const char *arg, struct err *err)
{
	(void)arg; /* none is taken */
	(void)err; /* cannot fail */
	options->outcome = (int)row->least;
	return 0;
}

int setting_stamp(struct options *options, const struct options_row *row,
		  const char *arg, struct err *err)
{
	(void)row; /* there is one such option */
	(void)arg; /* none is taken */
	(void)err; /* cannot fail */
	if (options->stamp < DUMP_STAMP_EPOCH)
		options->stamp++;
	return 0;
}

void setting_add(struct options_texts *texts, const char *text)
{
	texts->at = xrealloc(texts->at, (texts->count + 1) * sizeof(char *));
	texts->at[texts->count++] = text;
}

int setting_texts(struct options *options, const struct options_row *row,
		  const char *arg, struct err *err)
{
	if (!*arg)
		return refuse_empty(row, err);
	setting_add(field_of(options, row), arg);
	return 0;
}

/* A list of numbers without repetition, in the order given. */
struct numbers {
	int **list;
	size_t *count;
};

static void numbers_put(struct numbers numbers, int value, bool on)
{
	int *list = *numbers.list;
	size_t i = 0;
	while (i < *numbers.count && list[i] != value)
		i++;
	if (on && i == *numbers.count) {
		list = xrealloc(list, (i + 1) * sizeof(int));
		list[i] = value;
		*numbers.list = list;
		*numbers.count = i + 1;
	}
	if (!on && i < *numbers.count) {
		(*numbers.count)--;
		memmove(list + i, list + i + 1,
			(*numbers.count - i) * sizeof(int));
	}
}

/*
 * Calls PUT for each comma-separated item of ARG, told whether a "!" stood
 * before it.
 */
static int each_item(const char *arg, struct numbers numbers,
		     int (*put)(struct numbers numbers, const char *item,
				bool on))
{
	char *copy = xstrdup(arg);
	int ret = 0;
	char *rest = copy;
	char *item;
	while (ret == 0 && (item = strsep(&rest, ","))) {
		bool on = *item != '!';
		ret = put(numbers, on ? item : item + 1, on);
	}
	free(copy);
	return ret;
}

static int put_pid(struct numbers numbers, const char *item, bool on)
{
	uint64_t value = 0;
	if (quantity_number(&value, item) || value < 1 || value > PID_MAX)
		return -EINVAL;
	numbers_put(numbers, (int)value, on);
	return *numbers.count > LIVE_PIDS_LIMIT ? -E2BIG : 0;
}

_Static_assert(sizeof(pid_t) == sizeof(int), "lists of IDs are lists of int");

int setting_pids(struct options *options, const struct options_row *row,
		 const char *arg, struct err *err)
{
	bool threads = row->at == AT(tids);
	struct numbers numbers = {
		.list = threads ? &options->tids : &options->pids,
		.count = threads ? &options->tid_count : &options->pid_count,
	};
	int ret = each_item(arg, numbers, put_pid);
	if (ret == -E2BIG)
		return err_set(err, -EINVAL, "%s takes at most %d IDs",
			       setting_label(row).text, LIVE_PIDS_LIMIT);
	if (ret == 0 && *numbers.count == 0)
		return err_set(err, -EINVAL,
			       "%s %s leaves nothing to trace: ! takes out "
			       "what stands before it",
			       setting_label(row).text,
			       setting_quote(arg).text);
	return ret ? refuse(row, "IDs from 1 to 4194304, separated by commas",
			    arg, err)
		   : 0;
}

static int put_errno(struct numbers numbers, const char *item, bool on)
{
	uint64_t value = 0;
	if (quantity_number(&value, item) == 0) {
		if (value < 1 || value > ERRNO_MAX)
			return -EINVAL;
		numbers_put(numbers, (int)value, on);
		return 0;
	}
	int code = errno_by_name(item);
	if (code < 1 || code > ERRNO_MAX)
		return -EINVAL;
	numbers_put(numbers, code, on);
	return 0;
}

static const char *errno_name_at(const void *context, size_t i)
{
	(void)context; /* the names are global */
	return i < ERRNO_MAX ? errno_name((int)i + 1) : NULL;
}

int setting_errnos(struct options *options, const struct options_row *row,
		   const char *arg, struct err *err)
{
	struct numbers numbers = {&options->errnos, &options->errno_count};
	if (*arg == '!' && *numbers.count == 0) { /* all but these */
		for (int i = 1; i <= ERRNO_MAX; i++)
			numbers_put(numbers, i, true);
	}
	int ret = each_item(arg, numbers, put_errno);
	if (ret) {
		const char *near = nearest(arg, ERRNO_MAX, errno_name_at, NULL);
		return err_set(err, -EINVAL,
			       "%s takes error names such as ENOENT, separated "
			       "by commas, not '%s'%s%s",
			       setting_label(row).text, setting_quote(arg).text,
			       near ? "; nearest: " : "", near ? near : "");
	}
	if (*numbers.count == 0)
		return err_set(err, -EINVAL,
			       "%s %s leaves nothing to show: ! takes out "
			       "what stands before it",
			       setting_label(row).text,
			       setting_quote(arg).text);
	return 0;
}

int setting_user(struct options *options, const struct options_row *row,
		 const char *arg, struct err *err)
{
	uint64_t uid = 0;
	(void)row; /* whose name it is says setting_find_user() */
	(void)err;
	options->user = arg;
	options->uid = quantity_number(&uid, arg) == 0 && uid < UINT32_MAX
			       ? (int64_t)uid
			       : -1;
	return 0;
}

int setting_find_user(struct options *options, struct err *err)
{
	const char *name = options->user;
	if (!name || options->uid >= 0)
		return 0;
	const struct passwd *user = *name ? getpwnam(name) : NULL;
	if (!user)
		return err_set(err, -EINVAL,
			       "%s takes a user's name or number, and there is "
			       "no user '%s'; getent passwd lists them",
			       setting_label(options_by_name("user")).text,
			       setting_quote(name).text);
	options->uid = user->pw_uid;
	return 0;
}

static const void *const_field(const struct options *options,
			       const struct options_row *row)
{
	return (const char *)options + row->at;
}

/* The Nth of space-separated WORDS. */
static void print_word(struct buf *buf, const char *words, size_t n)
{
	for (; n > 0; n--)
		words += strcspn(words, " ") + 1;
	buf_write(buf, words, strcspn(words, " "));
}

static void print_flag(struct buf *buf, const struct options *options,
		       const struct options_row *row)
{
	buf_puts(buf, *(const bool *)const_field(options, row) ? "yes" : "no");
}

static void print_choice(struct buf *buf, const struct options *options,
			 const struct options_row *row)
{
	print_word(buf, row->words,
		   *(const enum options_color *)const_field(options, row));
}

/* What is not said is the first word. */
static void print_text(struct buf *buf, const struct options *options,
		       const struct options_row *row)
{
	const char *text = *(const char *const *)const_field(options, row);
	if (text)
		buf_puts(buf, text);
	else
		print_word(buf, row->words, 0);
}

/* What is not said is what is usual on the screen. */
static void print_fds(struct buf *buf, const struct options *options,
		      const struct options_row *row)
{
	enum options_fds fds =
		options->fds == FDS_USUAL ? FDS_ALL : options->fds;
	print_word(buf, row->words, (size_t)fds - FDS_NONE);
}

static void print_number(struct buf *buf, const struct options *options,
			 const struct options_row *row)
{
	buf_u64(buf, *(const uint64_t *)const_field(options, row));
}

static void print_delay(struct buf *buf, const struct options *options,
			const struct options_row *row)
{
	char text[32];
	print_duration(text, sizeof(text),
		       *(const uint64_t *)const_field(options, row));
	buf_puts(buf, text);
}

static void print_size(struct buf *buf, const struct options *options,
		       const struct options_row *row)
{
	static const char units[] = {'K', 'M', 'G'};
	uint64_t bytes = *(const uint64_t *)const_field(options, row);
	size_t unit = 0;
	if (bytes % KIB) {
		buf_u64(buf, bytes);
		return;
	}
	for (bytes /= KIB; unit < 2 && bytes % KIB == 0; unit++)
		bytes /= KIB;
	buf_u64(buf, bytes);
	buf_putc(buf, units[unit]);
}

void setting_print(struct buf *buf, const struct options *options,
		   const struct options_row *row)
{
	static const struct {
		setting *set;
		void (*print)(struct buf *buf, const struct options *options,
			      const struct options_row *row);
	} printers[] = {
		{setting_flag, print_flag},     {setting_choice, print_choice},
		{setting_word, print_text},     {setting_fds, print_fds},
		{setting_number, print_number}, {setting_delay, print_delay},
		{setting_size, print_size},
	};
	for (size_t i = 0; i < sizeof(printers) / sizeof(printers[0]); i++)
		if (printers[i].set == row->set)
			printers[i].print(buf, options, row);
}
