/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "golden.h"

#include <criterion/criterion.h>
#include <curses.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "abi/syscall.h"
#include "app/conf.h"
#include "app/desk.h"
#include "app/keys.h"
#include "app/options.h"
#include "app/output.h"
#include "app/paint.h"
#include "app/player.h"
#include "base/err.h"
#include "feed/inventory.h"
#include "feed/merge.h"
#include "model/model.h"
#include "tests/lib/evtext.h"
#include "tests/lib/recmade.h"
#include "ui/keycode.h"
#include "ui/term.h"

#define OUTPUT_LIMIT 65536
#define SCREEN_SIZE  (400 * 100 * 8)
#define PATH_SIZE    512

struct golden {
	struct merge *merge; /* of a recording; NULL: none */
	struct player player;
	FILE *null_in, *null_out;
	struct catalogue *catalogue;
	struct model *model;
	struct term *term;
	struct desk *desk;
	struct desk_hooks hooks;
	struct output *output;
	struct conf conf;
	struct options options;
	bool mono;
	bool hosts;
	char terminal[131072]; /* sent last */
	char sent[128];
};

static void set_traced(void *self, uint32_t index, bool on)
{
	struct golden *golden = self;
	model_set_traced(golden->model, index, on);
}

static void set_stacks(void *self, uint32_t index, bool on)
{
	struct golden *golden = self;
	model_set_stacks(golden->model, index, on);
}

static int limit_rows(void *self, const pid_t *pids, size_t count, bool follow,
		      struct err *err)
{
	(void)self; /* there is no kernel side */
	(void)pids;
	(void)count;
	(void)follow;
	(void)err;
	return 0;
}

static void zero(void *self)
{
	struct golden *golden = self;
	model_zero(golden->model);
}

static void look_at_blocked(void *self)
{
	(void)self; /* events are fed */
}

static void type(void *self, const char *bytes, size_t len)
{
	struct golden *golden = self; /* a program that echoes */
	output_add(golden->output, bytes, len);
}

static void to_terminal(void *self, const char *bytes, size_t len)
{
	struct golden *golden = self;
	cr_assert_lt(len, sizeof(golden->terminal));
	memcpy(golden->terminal, bytes, len);
	golden->terminal[len] = '\0';
}

const char *golden_terminal(const struct golden *golden)
{
	return golden->terminal;
}

static void record(void *self, const char *path)
{
	struct golden *golden = self;
	(void)snprintf(golden->desk->tape.text, sizeof(golden->desk->tape.text),
		       "%s%s", path ? "recording " : "",
		       path ? path : ""); /* fits */
}

static void write_flight(void *self)
{
	(void)self; /* the key says so */
}

static int send_signal(void *self, pid_t pid, uint64_t start_ns, int number,
		       struct err *err)
{
	struct golden *golden = self;
	(void)snprintf(golden->sent, sizeof(golden->sent),
		       "%d to %ld of %llu ms", number, (long)pid,
		       (unsigned long long)(start_ns / 1000000)); /* fits */
	if (pid != 1)
		return 0;
	return err_set(err, -EPERM, "Operation not permitted");
}

static int list_files(void *self, pid_t pid, uint64_t start_ns,
		      void (*add)(void *to, const struct inventory_file *file),
		      void *to, struct err *err)
{
	static const struct inventory_file files[] = {
		{.fd = 0, .text = "/dev/null", .size = 9, .known = true},
		{.fd = 1,
		 .text = "pipe:[4711]",
		 .size = 11,
		 .known = true,
		 .flags = 01},
		{.fd = 12,
		 .text = "/var/log/\033[2J.log",
		 .size = 17,
		 .known = true,
		 .pos = 81234,
		 .flags = 0102001},
		{.fd = 13, .text = "/gone (deleted)", .size = 15},
		{.name = "exe", .text = "/usr/bin/node", .size = 13},
		{.name = "cwd", .text = "/srv/app", .size = 8},
	};
	(void)self;
	(void)start_ns;
	if (pid == 1)
		return err_set(err, -EACCES, "nobody may look into it");
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		add(to, &files[i]);
	return 0;
}

const char *golden_sent(const struct golden *golden)
{
	return golden->sent;
}

static struct model *new_model(void *self)
{
	struct golden *golden = self;
	const struct model_limits limits = {.row_bytes = 1 << 20,
					    .count_bytes = 1 << 20,
					    .name_bytes = 1 << 20,
					    .past_bytes = 1 << 20};
	struct model *model = model_new(golden->catalogue, &limits);
	model_set_user(model, 0, 0, "root");
	model_set_user(model, 0, 33, "www-data");
	model_set_user(model, 0, 1000, "ann");
	if (golden->hosts) {
		model_set_host(model, 0, "web1");
		model_set_host(model, 1, "database-main");
	}
	for (uint32_t i = 0; i < catalogue_count(golden->catalogue); i++) {
		const struct syscall *sc = catalogue_get(golden->catalogue, i);
		if (sc->marks & SYSCALL_DEFAULT)
			model_set_traced(model, i, true);
	}
	return model;
}

static void feed(const struct golden_config *config,
		 void (*put)(void *self, const struct event *ev), void *self)
{
	if (!config->quiet)
		cr_assert_eq(evtext_feed_file("machine.ev", put, self), 0);
	if (config->events)
		cr_assert_eq(evtext_feed_file(config->events, put, self), 0);
}

static void make_recording(struct golden *golden,
			   const struct golden_config *config, const char *path)
{
	const struct recmade_config recording = {
		.path = path,
		.catalogue = golden->catalogue,
		.start_ns = 99000000000,
		.wall_offset_ns = 1732147100000000000,
		.ticks = 1,
	};
	struct recmade *made = recmade_new(&recording);
	cr_assert_not_null(made);
	feed(config, recmade_put, made);
	cr_assert(recmade_free(made));
}

static struct sink sink_into(void *self, struct model *model)
{
	(void)self; /* nothing is left out */
	return (struct sink){.put = model_put, .self = model};
}

static void show(void *self, struct model *model)
{
	struct golden *golden = self;
	model_free(golden->model);
	golden->model = model;
}

static uint64_t no_time(void)
{
	return 0; /* so that nothing takes too long */
}

static void turn(struct golden *golden)
{
	bool behind = golden->merge != NULL;
	while (behind)
		(void)player_turn(&golden->player, golden->desk->now_ns,
				  &behind);
}

static void open_recording(struct golden *golden,
			   const struct golden_config *config)
{
	char dir[] = "/tmp/sctop-screen.XXXXXX";
	char path[64];
	const struct merge_source source = {.path = path};
	const struct merge_config merge = {
		.sources = &source, .count = 1, .option = "-r"};
	cr_assert_not_null(mkdtemp(dir));
	(void)snprintf(path, sizeof(path), "%s/rec", dir); /* fits */
	make_recording(golden, config, path);
	cr_assert_eq(merge_open(&golden->merge, &merge, NULL), 0);
	(void)unlink(path);
	(void)rmdir(dir);
	const struct player_config player = {
		.merge = golden->merge,
		.new_model = new_model,
		.sink = sink_into,
		.show = show,
		.now_ns = no_time,
		.self = golden,
	};
	player_init(&golden->player, &player, golden->desk);
	turn(golden);
}

static void open_model(struct golden *golden)
{
	const struct catalogue_config config = {.events_fd = -1,
						.native = ABI_X86_64};
	struct err err = {0};
	cr_assert_eq(catalogue_new(&golden->catalogue, &config, &err), 0, "%s",
		     err.text);
	golden->model = new_model(golden);
}

static void open_command(struct golden *golden, const char *command)
{
	static const char printed[] =
		"cc -O2 -c main.c\r\n\033[1;31mmain.c:7:\033[0m warning: "
		"unused variable 'x'\r\n10%\r55%\r100%\r\n"
		"\033]0;a title\007done\twith \xff bytes\r\n$ ";
	golden->output = output_new(OUTPUT_LIMIT);
	output_add(golden->output, printed, sizeof(printed) - 1);
	golden->desk->output = golden->output;
	golden->desk->command = command;
	golden->desk->command_runs = true;
}

struct golden *golden_new(const struct golden_config *config)
{
	struct golden *golden = calloc(1, sizeof(*golden));
	struct err err = {0};
	cr_assert_not_null(golden);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("TZ", "UTC", 1);
	golden->mono = config->mono;
	golden->hosts = config->hosts;
	golden->null_in = fopen("/dev/null", "r");
	golden->null_out = fopen("/dev/null", "w");
	open_model(golden);
	if (!config->recording)
		feed(config, model_put, golden->model);
	const struct term_config term = {
		.in = golden->null_in,
		.out = golden->null_out,
		.type = "xterm-256color",
		.color = !config->mono,
		.ascii = config->ascii,
		.mouse = true,
	};
	cr_assert_eq(term_start(&golden->term, &term, &err), 0, "%s", err.text);
	resize_term(config->rows, config->cols);
	golden->hooks = (struct desk_hooks){.set_traced = set_traced,
					    .set_stacks = set_stacks,
					    .limit_rows = limit_rows,
					    .zero = zero,
					    .look_at_blocked = look_at_blocked,
					    .type = type,
					    .to_terminal = to_terminal,
					    .send_signal = send_signal,
					    .list_files = list_files,
					    .record = record,
					    .write_flight = write_flight,
					    .self = golden};
	if (config->conf)
		cr_assert_eq(conf_parse(&golden->conf, config->conf,
					strlen(config->conf), &err),
			     0, "%s", err.text);
	char *argv[] = {(char *)"sctop", NULL};
	unsetenv("NO_COLOR");
	cr_assert_eq(
		options_parse(&golden->options, &golden->conf, 1, argv, &err),
		0, "%s", err.text);
	if (config->mono)
		golden->options.color = COLOR_NEVER;
	golden->options.ascii = config->ascii;
	golden->options.clipboard = CLIPBOARD_ON;
	golden->desk = desk_new(golden->term, golden->model, &golden->hooks,
				&golden->conf, &golden->options);
	golden->desk->delay_ns = 1000000000;
	golden->desk->now_ns = 1000000000000;
	if (config->recording)
		open_recording(golden, config);
	if (config->command)
		open_command(golden, config->command);
	paint_desk(golden->desk);
	return golden;
}

void golden_free(struct golden *golden)
{
	player_done(&golden->player);
	merge_close(golden->merge);
	desk_free(golden->desk);
	output_free(golden->output);
	term_stop(golden->term);
	model_free(golden->model);
	catalogue_free(golden->catalogue);
	options_done(&golden->options);
	conf_done(&golden->conf);
	(void)fclose(golden->null_in);  /* nothing was written */
	(void)fclose(golden->null_out); /* nothing is kept */
	free(golden);
}

struct desk *golden_desk(struct golden *golden)
{
	return golden->desk;
}

const struct conf *golden_conf(const struct golden *golden)
{
	return &golden->conf;
}

struct model *golden_model(struct golden *golden)
{
	return golden->model;
}

unsigned golden_key(struct golden *golden, uint32_t key)
{
	unsigned redo = keys_press(golden->desk, key);
	turn(golden);
	golden->desk->stale = true;
	paint_desk(golden->desk);
	return redo;
}

unsigned golden_click(struct golden *golden, int y, int x)
{
	MEVENT event = {.y = y, .x = x, .bstate = BUTTON1_PRESSED};
	cr_assert_eq(ungetmouse(&event), OK);
	uint32_t key = term_read_key(golden->term);
	cr_assert_eq(key, KEYCODE_MOUSE);
	return golden_key(golden, key);
}

unsigned golden_type(struct golden *golden, const char *text)
{
	unsigned redo = 0;
	for (; *text; text++)
		redo = golden_key(golden, (unsigned char)*text);
	return redo;
}

void golden_resize(struct golden *golden, int rows, int cols)
{
	resize_term(rows, cols);
	paint_desk(golden->desk);
}

void golden_wait(struct golden *golden, uint64_t ns)
{
	golden->desk->now_ns += ns;
	turn(golden);
	golden->desk->stale = true;
	paint_desk(golden->desk);
}

void golden_feed(struct golden *golden, const char *events)
{
	cr_assert_eq(evtext_feed(events, model_put, golden->model), 0);
	golden->desk->stale = true;
	paint_desk(golden->desk);
}

static char look_of_role(short pair)
{
	static const char letters[] = ".dsgwbctThHGxCzklpmA";
	return pair > 0 && pair <= ROLE_COUNT ? letters[pair - 1] : '.';
}

static char look_without_color(attr_t attr)
{
	bool bold = attr & A_BOLD;
	bool reverse = attr & A_REVERSE;
	if (attr & A_UNDERLINE)
		return bold || reverse ? 'U' : 'u';
	return reverse && bold ? 'R' : reverse ? 'r' : bold ? 'b' : '.';
}

static char look(const struct golden *golden, const cchar_t *cell)
{
	wchar_t text[CCHARW_MAX];
	attr_t attr = 0;
	short pair = 0;
	getcchar(cell, text, &attr, &pair, NULL);
	if (golden->mono)
		return look_without_color(attr);
	return attr & A_UNDERLINE ? 'e' : look_of_role(pair);
}

static size_t trim(char *text, size_t len, char filler)
{
	while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == filler))
		len--;
	return len;
}

static size_t print_text(char *text)
{
	size_t len = 0;
	for (int y = 0; y < LINES; y++) {
		wchar_t line[1024];
		size_t start = len;
		int n = mvinnwstr(y, 0, line, 1023);
		for (int i = 0; i < n; i++) {
			char bytes[MB_LEN_MAX];
			int size = wctomb(bytes, line[i]);
			cr_assert_gt(size, 0);
			memcpy(text + len, bytes, (size_t)size);
			len += (size_t)size;
		}
		len = start + trim(text + start, len - start, ' ');
		text[len++] = '\n';
	}
	text[len] = '\0';
	return len;
}

static void print_screen(const struct golden *golden, char *text)
{
	size_t len = print_text(text);
	len += (size_t)sprintf(text + len, "-- looks\n");
	for (int y = 0; y < LINES; y++) {
		size_t start = len;
		for (int x = 0; x < COLS; x++) {
			cchar_t cell;
			mvin_wch(y, x, &cell);
			text[len++] = look(golden, &cell);
		}
		len = start + trim(text + start, len - start, '.');
		text[len++] = '\n';
	}
	text[len] = '\0';
}

char *golden_print(struct golden *golden)
{
	char *text = malloc(SCREEN_SIZE);
	cr_assert_not_null(text);
	paint_desk(golden->desk);
	print_screen(golden, text);
	return text;
}

bool golden_shows(struct golden *golden, const char *wanted)
{
	char *text = malloc(SCREEN_SIZE);
	cr_assert_not_null(text);
	paint_desk(golden->desk);
	print_text(text);
	bool found = strstr(text, wanted) != NULL;
	free(text);
	return found;
}

static void read_expected(const char *path, char *text)
{
	text[0] = '\0';
	FILE *file = fopen(path, "r");
	cr_assert_not_null(file, "%s: %s; UPDATE_SCREENS=1 writes it", path,
			   strerror(errno));
	size_t n = fread(text, 1, SCREEN_SIZE - 1, file);
	text[n] = '\0';
	(void)fclose(file); /* only read from */
}

static void write_expected(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");
	cr_assert_not_null(file, "%s: %s", path, strerror(errno));
	cr_assert_geq(fputs(text, file), 0);
	cr_assert_eq(fclose(file), 0);
}

void golden_compare(const char *drawn, const char *name)
{
	const char *srcdir = getenv("srcdir");
	char path[PATH_SIZE];
	(void)snprintf(path, sizeof(path), "%s/tests/screen/%s.txt",
		       srcdir ? srcdir : ".", name); /* short names */
	char *expected = malloc(SCREEN_SIZE);
	cr_assert_not_null(expected);
	if (getenv("UPDATE_SCREENS"))
		write_expected(path, drawn);
	read_expected(path, expected);
	cr_assert_str_eq(drawn, expected, "%s differs; drawn:\n%s", name,
			 drawn);
	free(expected);
}

void golden_expect(struct golden *golden, const char *name)
{
	char *drawn = golden_print(golden);
	golden_compare(drawn, name);
	free(drawn);
}
