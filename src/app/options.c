/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "base/quantity.h"
#include "base/xalloc.h"
#include "app/conf.h"
#include "app/demo.h"
#include "app/remote.h"
#include "app/setting.h"
#include "base/buf.h"
#include "base/err.h"
#include "bpf/event.h"
#include "feed/live.h"

#define OPTIONS_LIMIT 64    /* rows; sizes getopt's arrays */
#define VAL_LONG      0x100 /* getopt's value of a long option: its row + this */
#define PID_MAX       4194304 /* PID_MAX_LIMIT in <linux/threads.h> */
#define ERRNO_MAX     4095    /* MAX_ERRNO in <linux/err.h> */
#define KIB           ((uint64_t)1 << 10)
#define GIB           ((uint64_t)1 << 30)
#define MS            1000000ULL
#define HOUR          3600000000000ULL

#define AT(field) offsetof(struct options, field)

/* clang-format off */
static const struct options_row table[] = {
	{'p', "pid", "PID[,PID]", OPTIONS_TRACE, setting_pids, AT(pids), 1, PID_MAX, false, NULL,
	 "only these processes and their descendants; !PID takes one out"},
	{0, "tid", "TID[,TID]", OPTIONS_TRACE, setting_pids, AT(tids), 1, PID_MAX, false, NULL,
	 "only these threads"},
	{0, "no-follow", NULL, OPTIONS_TRACE, setting_flag, AT(no_follow), 0, 0, false, NULL,
	 "without descendants"},
	{'e', "trace", "SET", OPTIONS_TRACE, setting_texts, AT(trace), 0, 0, false, NULL,
	 "syscalls: names, globs, /regex/, %class, all; !item takes out, ?name may be unknown"},
	{0, "tracefs", "DIR", OPTIONS_TRACE, setting_text, AT(tracefs), 0, 0, false, NULL,
	 "read the kernel's list of syscalls from there"},

	{'C', "comm", "GLOB", OPTIONS_FILTER, setting_text, AT(comm), 0, 0, false, NULL,
	 "only processes of that name"},
	{'u', "user", "USER", OPTIONS_FILTER, setting_user, AT(uid), 0, 0, false, NULL,
	 "only processes of that user, by name or number"},
	{'G', "cgroup", "PATH", OPTIONS_FILTER, setting_text, AT(cgroup), 0, 0, false, NULL,
	 "only processes in that cgroup and its sub-groups"},
	{'z', NULL, NULL, OPTIONS_FILTER, setting_outcome, AT(outcome), LIVE_SUCCEEDED, 0, false, NULL,
	 "only calls that succeeded"},
	{'Z', NULL, NULL, OPTIONS_FILTER, setting_outcome, AT(outcome), LIVE_FAILED, 0, false, NULL,
	 "only calls that failed"},
	{0, "errno", "NAME[,NAME]", OPTIONS_FILTER, setting_errnos, AT(errnos), 1, ERRNO_MAX, false, NULL,
	 "only calls that failed so; !NAME takes one out"},
	{0, "min-time", "DURATION", OPTIONS_FILTER, setting_duration, AT(min_ns), 1, 24 * HOUR, false, NULL,
	 "only calls that took at least so long: 250us, 1.5s"},
	{'F', "filter", "EXPR", OPTIONS_FILTER, setting_text, AT(filter), 0, 0, false, NULL,
	 "only calls that pass: 'comm == nginx && (ret < 0 || duration > 1ms)'"},

	{'b', "batch", NULL, OPTIONS_BATCH, setting_mode, 0, MODE_BATCH, 0, false, NULL,
	 "one line per call"},
	{'j', "json", NULL, OPTIONS_BATCH, setting_mode, 0, MODE_JSON, 0, false, NULL,
	 "one JSON object per call"},
	{0, "csv", NULL, OPTIONS_BATCH, setting_mode, 0, MODE_CSV, 0, false, NULL,
	 "one CSV record per call"},
	{0, "export", "FORMAT", OPTIONS_BATCH, setting_mode_text, AT(export), MODE_EXPORT, 0, false,
	 "trace-event folded folded-calls folded-files",
	 "for other tools: trace-event (Perfetto), or for flame graphs folded, folded-calls, folded-files"},
	{'c', "summary", NULL, OPTIONS_BATCH, setting_mode, 0, MODE_SUMMARY, 0, false, NULL,
	 "a table of counts, errors and times"},
	{'o', "output", "FILE", OPTIONS_BATCH, setting_text, AT(output), 0, 0, false, NULL,
	 "write there instead of to standard output"},
	{'n', NULL, "COUNT", OPTIONS_BATCH, setting_number, AT(count), 1, UINT64_MAX, false, NULL,
	 "end after so many calls, tables with -c, refreshes of the screen"},
	{0, "for", "DURATION", OPTIONS_BATCH, setting_duration, AT(for_ns), 1, 8760 * HOUR, false, NULL,
	 "end after that time"},
	{'d', "delay", "SECONDS", OPTIONS_BATCH, setting_delay, AT(delay_ns), 100 * MS, 24 * HOUR, true, NULL,
	 "refresh of the screen (1); with -c: a table each time"},
	{0, "totals", NULL, OPTIONS_BATCH, setting_flag, AT(totals), 0, 0, false, NULL,
	 "end with what the kernel side counted, on standard error"},

	{'s', "string-limit", "N", OPTIONS_LINE, setting_number, AT(string_limit), 0, EVENT_CHUNK_LIMIT, true, NULL,
	 "bytes shown per string (32); paths are shown whole"},
	{'y', NULL, NULL, OPTIONS_LINE, setting_more_fds, AT(fds), 0, 0, false, NULL,
	 "the paths of descriptors; -yy: sockets, devices and processes too"},
	{0, "decode-fds", "WHAT", OPTIONS_LINE, setting_fds, AT(fds), 0, 0, true, "none path all",
	 "of descriptors: none, path as -y, all as -yy; on the screen: all"},
	{'t', NULL, NULL, OPTIONS_LINE, setting_stamp, AT(stamp), 0, 0, false, NULL,
	 "the time before each line; -tt: with microseconds, -ttt: since the epoch"},
	{'T', NULL, NULL, OPTIONS_LINE, setting_flag, AT(duration), 0, 0, false, NULL,
	 "the duration behind each line"},
	{'k', "stack", NULL, OPTIONS_LINE, setting_flag, AT(stacks), 0, 0, false, NULL,
	 "the caller's stack of each call, by frame pointers"},
	{0, "fields", "LIST", OPTIONS_LINE, setting_text, AT(fields), 0, 0, false, NULL,
	 "columns of CSV, JSON and -c, or fields put before each line"},
	{'S', "sort", "FIELD", OPTIONS_LINE, setting_text, AT(sort), 0, 0, false, NULL,
	 "order of -c and of the screen's first view"},

	{'w', "record", "FILE", OPTIONS_RECORD, setting_text, AT(record), 0, 0, false, NULL,
	 "record all that is traced into a new file, beside whatever else is done; -: to a pipe"},
	{'r', "replay", "FILE", OPTIONS_RECORD, setting_texts, AT(replay), 0, 0, false, NULL,
	 "show a recording, or text of strace, instead of this machine, several as one; -: from a pipe"},
	{0, "host", "HOST", OPTIONS_RECORD, setting_texts, AT(hosts), 0, 0, false, NULL,
	 "watch that machine by ssh; repeated, several side by side"},
	{0, "remote", "COMMAND", OPTIONS_RECORD, setting_text, AT(remote), 0, 0, false, NULL,
	 "what --host starts there: 'sudo sctop' (sctop)"},
	{0, "demo", NULL, OPTIONS_RECORD, setting_flag, AT(demo), 0, 0, false, NULL,
	 "show the recording that comes with sctop, of a small shop's machine"},
	{0, "rotate", "SIZE|DURATION", OPTIONS_RECORD, setting_rotate, AT(rotate), 0, 0, false, NULL,
	 "go on in a new file, FILE.1, FILE.2 ..., after so much (64M) or so long (10m)"},
	{0, "keep", "N", OPTIONS_RECORD, setting_number, AT(keep), 1, 1000000, false, NULL,
	 "keep only the latest N of these files"},
	{0, "redact", NULL, OPTIONS_RECORD, setting_flag, AT(redact), 0, 0, false, NULL,
	 "record texts and buffers by their length only"},
	{0, "flight", "SIZE", OPTIONS_RECORD, setting_size, AT(flight.bytes), 1024 * KIB, 64 * GIB, false, NULL,
	 "keep the latest SIZE of a recording in memory; D, SIGUSR1 or a trigger writes it to a file"},
	{0, "flight-trigger", "EXPR", OPTIONS_RECORD, setting_text, AT(flight.trigger), 0, 0, false, NULL,
	 "write it when such a call has been made: 'syscall == unlink && path ~ /etc/*'"},
	{0, "flight-after", "DURATION", OPTIONS_RECORD, setting_duration, AT(flight.after_ns), 0, HOUR, false, NULL,
	 "so long behind that call (1), with what has happened since"},
	{0, "flight-pause", "DURATION", OPTIONS_RECORD, setting_duration, AT(flight.pause_ns), 0, 24 * HOUR, false, NULL,
	 "a call triggers nothing so long after one that did (10)"},

	{0, "color", "WHEN", OPTIONS_SCREEN, setting_choice, AT(color), 0, 0, true, "auto always never",
	 "colours: auto, always or never"},
	{0, "theme", "NAME", OPTIONS_SCREEN, setting_word, AT(theme), 0, 0, true,
	 "default light blind contrast night blue mono",
	 "which colours: default, light, blind (for colour-blind eyes), contrast, night, blue or mono"},
	{0, "lines", NULL, OPTIONS_SCREEN, setting_flag, AT(lines), 0, 0, false, NULL,
	 "no screen but lines to read aloud: what a key changes is printed"},
	{0, "ascii", NULL, OPTIONS_SCREEN, setting_flag, AT(ascii), 0, 0, true, NULL,
	 "draw with ASCII only"},
	{0, "no-mouse", NULL, OPTIONS_SCREEN, setting_flag, AT(no_mouse), 0, 0, true, NULL,
	 "leave the mouse to the terminal"},
	{0, "clipboard", "WHEN", OPTIONS_SCREEN, setting_choice, AT(clipboard), 0, 0, true, "auto on off",
	 "copying with y: auto (where the terminal is known to take it), on or off"},
	{0, "readonly", NULL, OPTIONS_SCREEN, setting_flag, AT(readonly), 0, 0, true, NULL,
	 "nothing on the screen signals a process or types to one"},
	{0, "no-save", NULL, OPTIONS_SCREEN, setting_flag, AT(no_save), 0, 0, true, NULL,
	 "remember neither what is ticked nor what is set up"},

	{'l', "list", NULL, OPTIONS_INFO, setting_mode, 0, MODE_LIST, 0, false, NULL,
	 "the syscalls: name, class, signature, meaning"},
	{0, "verbose", NULL, OPTIONS_INFO, setting_flag, AT(verbose), 0, 0, false, NULL,
	 "with -l: what every argument is, and what is copied of it"},
	{'x', "explain", "NAME", OPTIONS_INFO, setting_mode_text, AT(explain), MODE_EXPLAIN, 0, false, NULL,
	 "explain a syscall, a %class or an errno"},
	{0, "check", NULL, OPTIONS_INFO, setting_mode, 0, MODE_CHECK, 0, false, NULL,
	 "what works here, what does not, why, and the remedy"},
	{'h', "help", NULL, OPTIONS_INFO, setting_mode, 0, MODE_HELP, 0, false, NULL,
	 "this help"},
	{'V', "version", NULL, OPTIONS_INFO, setting_mode, 0, MODE_VERSION, 0, false, NULL,
	 "the version"},

	{0, "ring-size", "SIZE", OPTIONS_BUDGET, setting_size, AT(ring_bytes), 64 * KIB, 4 * GIB, true, NULL,
	 "rows on their way from the kernel (16M)"},
	{0, "row-memory", "SIZE", OPTIONS_BUDGET, setting_size, AT(row_bytes), 64 * KIB, 64 * GIB, true, NULL,
	 "rows kept or waiting to be printed (64M)"},
	{0, "count-memory", "SIZE", OPTIONS_BUDGET, setting_size, AT(count_bytes), 64 * KIB, 64 * GIB, true, NULL,
	 "counters of processes (32M)"},
	{0, "name-memory", "SIZE", OPTIONS_BUDGET, setting_size, AT(name_bytes), 64 * KIB, 64 * GIB, true, NULL,
	 "names and command lines (16M)"},
	{0, "output-memory", "SIZE", OPTIONS_BUDGET, setting_size, AT(output_bytes), 64 * KIB, 64 * GIB, true, NULL,
	 "the command's output, on the screen (4M)"},

	{0, "completion", "SHELL", OPTIONS_HIDDEN, setting_mode_text, AT(completion), MODE_COMPLETION, 0, false, "bash zsh",
	 "print that shell's completion script"},
};
/* clang-format on */

#define ROWS (sizeof(table) / sizeof(table[0]))
_Static_assert(ROWS <= OPTIONS_LIMIT, "getopt's arrays are too small");

const struct options_row *options_at(size_t i)
{
	return i < ROWS ? &table[i] : NULL;
}

const char *options_group_name(enum options_group group)
{
	switch (group) {
	case OPTIONS_TRACE:
		return "What is traced";
	case OPTIONS_FILTER:
		return "Which calls";
	case OPTIONS_BATCH:
		return "Without a screen";
	case OPTIONS_LINE:
		return "Lines and tables";
	case OPTIONS_RECORD:
		return "Recordings";
	case OPTIONS_SCREEN:
		return "Screen";
	case OPTIONS_INFO:
		return "Information";
	case OPTIONS_BUDGET:
		return "Memory (SIZE: number and K, M or G)";
	case OPTIONS_HIDDEN:
		break;
	}
	return "";
}

const struct options_row *options_by_name(const char *name)
{
	for (size_t i = 0; i < ROWS; i++) {
		if (table[i].name && strcmp(table[i].name, name) == 0)
			return &table[i];
	}
	return NULL;
}

const struct options_row *options_of_mode(enum options_mode mode)
{
	size_t i = 0;
	while (table[i].least != mode || (table[i].set != setting_mode &&
					  table[i].set != setting_mode_text))
		i++;
	return &table[i];
}

static const struct options_row *row_by_letter(int letter)
{
	for (size_t i = 0; i < ROWS; i++) {
		if (table[i].letter && table[i].letter == letter)
			return &table[i];
	}
	return NULL;
}

static const char *name_at(const void *context, size_t i)
{
	(void)context; /* the table is global */
	return table[i].group == OPTIONS_HIDDEN ? NULL : table[i].name;
}

/* getopt_long() stopped at something it does not know. */
static int refuse_unknown(char *const *argv, struct err *err)
{
	if (optopt >= VAL_LONG)
		return err_set(err, -EINVAL, "%s takes no argument",
			       setting_label(&table[optopt - VAL_LONG]).text);
	if (optopt)
		return err_set(
			err, -EINVAL,
			"there is no option -%c; sctop --help lists them",
			optopt < ' ' || optopt > '~' ? '?' : optopt);
	const char *given = argv[optind - 1];
	char name[64];
	(void)snprintf(name, sizeof(name), "%s", given + 2); /* may be cut */
	name[strcspn(name, "=")] = '\0';
	const char *near = nearest(name, ROWS, name_at, NULL);
	return err_set(err, -EINVAL, "there is no option --%s; %s%s",
		       setting_quote(name).text,
		       near ? "nearest: --" : "sctop --help lists them",
		       near ? near : "");
}

static int refuse_missing(struct err *err)
{
	const struct options_row *row = optopt >= VAL_LONG
						? &table[optopt - VAL_LONG]
						: row_by_letter(optopt);
	return err_set(err, -EINVAL, "%s takes %s, and nothing follows it",
		       setting_label(row).text, row->takes);
}

static bool is_number(const char *text)
{
	uint64_t value;
	return quantity_number(&value, text) == 0;
}

/* Shows the line that would have been right. */
static int refuse_operand(char *const *argv, struct err *err)
{
	if (is_number(argv[optind]))
		return err_set(err, -EINVAL,
			       "'%s' is not an option; to trace that process: "
			       "sctop -p %s",
			       setting_quote(argv[optind]).text,
			       setting_quote(argv[optind]).text);
	char text[400]; /* leaves room for the rest of the sentence */
	struct buf line;
	buf_init(&line, text, sizeof(text));
	buf_puts(&line, "sctop");
	for (int i = 1; argv[i]; i++) {
		if (i == optind)
			buf_puts(&line, " --");
		buf_printf(&line, " %s", setting_quote(argv[i]).text);
	}
	return err_set(err, -EINVAL,
		       "'%s' is not an option; to start a command: %s",
		       setting_quote(argv[optind]).text, text);
}

/* What getopt_long() reads. */
struct getopt_tables {
	char letters[2 * OPTIONS_LIMIT + 3];
	struct option names[OPTIONS_LIMIT + 1];
};

/* What may be kept can be taken back: --ascii=no. */
static int argument_of(const struct options_row *row)
{
	if (row->takes)
		return required_argument;
	return row->kept ? optional_argument : no_argument;
}

static void getopt_tables_init(struct getopt_tables *tables)
{
	struct buf letters;
	struct option *name = tables->names;
	buf_init(&letters, tables->letters, sizeof(tables->letters));
	buf_puts(&letters, "+:"); /* stop at an operand; tell missing apart */
	for (size_t i = 0; i < ROWS; i++) {
		if (table[i].letter)
			buf_printf(&letters, "%c%s", table[i].letter,
				   table[i].takes ? ":" : "");
		if (!table[i].name)
			continue;
		*name = (struct option){
			.name = table[i].name,
			.has_arg = argument_of(&table[i]),
			.val = VAL_LONG + (int)i,
		};
		name++;
	}
	*name = (struct option){0};
}

static void note_given(struct options *options, const struct options_row *row,
		       const char *arg)
{
	options->given =
		xrealloc(options->given, (options->given_count + 1) *
						 sizeof(options->given[0]));
	options->given[options->given_count++] =
		(struct options_given){.row = row, .arg = arg};
}

static int parse_options(struct options *options, int argc, char **argv,
			 struct err *err)
{
	struct getopt_tables tables = {0};
	getopt_tables_init(&tables);
	const char *last_arg = NULL;
	int ret = 0;
	int c;
	optind = 0; /* glibc: start anew */
	opterr = 0;
	while (ret == 0 && (c = getopt_long(argc, argv, tables.letters,
					    tables.names, NULL)) != -1) {
		if (c == ':')
			return refuse_missing(err);
		if (c == '?')
			return refuse_unknown(argv, err);
		const struct options_row *row =
			c >= VAL_LONG ? &table[c - VAL_LONG] : row_by_letter(c);
		last_arg = row->takes ? optarg : NULL;
		ret = row->set(options, row, optarg, err);
		note_given(options, row, optarg);
		if (options->mode == MODE_HELP || options->mode == MODE_VERSION)
			return ret;
	}
	if (ret || optind > argc)
		return ret;
	const char *before = argv[optind - 1];
	bool dashes =
		optind > 1 && before != last_arg && strcmp(before, "--") == 0;
	if (dashes && optind == argc)
		return err_set(err, -EINVAL,
			       "-- takes a COMMAND to start, and nothing "
			       "follows it");
	if (optind < argc && !dashes)
		return refuse_operand(argv, err);
	options->command = dashes ? argv + optind : NULL;
	return 0;
}

static bool is_rows(enum options_mode mode)
{
	return mode == MODE_BATCH || mode == MODE_JSON || mode == MODE_CSV ||
	       mode == MODE_EXPORT;
}

bool options_is_narrow(const struct options *options)
{
	return options->pid_count || options->tid_count || options->command;
}

bool options_is_replay(const struct options *options)
{
	return options->replay.count || options->hosts.count;
}

bool options_is_run(enum options_mode mode)
{
	return mode == MODE_SCREEN || mode == MODE_SUMMARY || is_rows(mode);
}

static int check_replay(const struct options *options, struct err *err)
{
	if (options->flight.bytes)
		return err_set(err, -EINVAL,
			       "-r and --flight exclude each other: a "
			       "recording is copied with cp");
	if (options->record)
		return err_set(err, -EINVAL,
			       "-r and -w exclude each other: a recording is "
			       "copied with cp");
	if (options->command)
		return err_set(err, -EINVAL,
			       "-r takes no command: it shows what was "
			       "recorded");
	if (options->cgroup)
		return err_set(err, -EINVAL,
			       "-G, --cgroup does not go with -r: a recording "
			       "does not tell which groups are in others; -F "
			       "'pid == 7' shows a part of it");
	if (options->totals)
		return err_set(err, -EINVAL, "--totals does not go with -r");
	return 0;
}

static int check_record(const struct options *options, struct err *err)
{
	bool to_pipe = options->record && strcmp(options->record, "-") == 0;
	bool rotates = options->rotate.bytes || options->rotate.ns;
	bool records = options->record || options->flight.bytes ||
		       options->hosts.count;
	if (!options->record && (rotates || options->keep))
		return err_set(err, -EINVAL, "--rotate and --keep go with -w");
	if (options->redact && !records && options->mode != MODE_SCREEN)
		return err_set(err, -EINVAL,
			       "--redact goes with -w, --flight or the screen");
	if (options->flight.trigger && !options->flight.bytes)
		return err_set(err, -EINVAL,
			       "--flight-trigger goes with --flight");
	if (options->flight.bytes && (to_pipe || rotates))
		return err_set(err, -EINVAL,
			       "--flight writes files when it is asked to, -w "
			       "FILE, FILE.1 ...: neither -w - nor --rotate "
			       "go with it");
	if (to_pipe && rotates)
		return err_set(err, -EINVAL, "--rotate needs files, not -w -");
	if (options->keep && !rotates)
		return err_set(err, -EINVAL, "--keep goes with --rotate");
	if (to_pipe && options->command)
		return err_set(err, -EINVAL,
			       "-w - does not go with a command, which has "
			       "standard output; use -w FILE");
	if (to_pipe && options->mode != MODE_SCREEN && !options->output)
		return err_set(err, -EINVAL,
			       "-w - needs standard output for itself; use -o "
			       "FILE too, or -w FILE");
	return 0;
}

static int take_demo(struct options *options, struct err *err)
{
	if (options->demo && options->replay.count)
		return err_set(err, -EINVAL,
			       "--demo and -r exclude each other: it is a "
			       "recording, too");
	if (options->demo)
		setting_add(&options->replay, DEMO_NAME);
	return 0;
}

static int check_combination(const struct options *options, struct err *err)
{
	if ((options->record || options->replay.count ||
	     options->flight.bytes) &&
	    !options_is_run(options->mode))
		return err_set(
			err, -EINVAL, "%s does not go with -w and -r",
			setting_label(options_of_mode(options->mode)).text);
	int code = check_record(options, err);
	if (code == 0 && options->replay.count)
		code = check_replay(options, err);
	if (code == 0 && (options->hosts.count || options->remote))
		code = remote_check(options, err);
	if (code)
		return code;
	if (options->command && options->pids)
		return err_set(err, -EINVAL,
			       "-p and a command exclude each other: -p PID "
			       "traces what runs, -- COMMAND starts it");
	if (options->command && options->tids)
		return err_set(err, -EINVAL,
			       "--tid and a command exclude each other: --tid "
			       "TID traces what runs, -- COMMAND starts it");
	if (options->command && !options_is_run(options->mode))
		return err_set(
			err, -EINVAL, "%s takes no command",
			setting_label(options_of_mode(options->mode)).text);
	if (options->output && !is_rows(options->mode) &&
	    options->mode != MODE_SUMMARY)
		return err_set(err, -EINVAL,
			       "-o, --output goes with -b, -j, --csv, --export "
			       "or -c");
	if (options->verbose && options->mode != MODE_LIST)
		return err_set(err, -EINVAL, "--verbose goes with -l");
	if (options->totals && options->mode == MODE_SCREEN)
		return err_set(err, -EINVAL,
			       "--totals goes with -b, -j, --csv, --export or "
			       "-c");
	if (options->stacks && !is_rows(options->mode) &&
	    options->mode != MODE_SCREEN)
		return err_set(err, -EINVAL,
			       "-k, --stack goes with -b, -j, --csv, --export "
			       "or the screen");
	if (options->fields &&
	    (options->mode == MODE_SCREEN || options->mode == MODE_EXPORT))
		return err_set(err, -EINVAL,
			       "--fields goes with -b, -j, --csv or -c");
	if (options->sort && is_rows(options->mode))
		return err_set(err, -EINVAL,
			       "-S, --sort goes with -c or the screen; rows "
			       "come in the order in which calls ended");
	return 0;
}

void options_init(struct options *ret)
{
	*ret = (struct options){
		.uid = -1,
		.delay_ns = 1000 * MS,
		.flight = {.after_ns = 1000 * MS, .pause_ns = 10000 * MS},
		.string_limit = 32,
		.ring_bytes = 16384 * KIB,
		.row_bytes = 65536 * KIB,
		.count_bytes = 32768 * KIB,
		.name_bytes = 16384 * KIB,
		.output_bytes = 4096 * KIB,
	};
}

bool options_wants_color(const struct options *options)
{
	const char *no_color = getenv("NO_COLOR"); /* https://no-color.org */
	if (options->color != COLOR_AUTO)
		return options->color == COLOR_ALWAYS;
	return !no_color || !no_color[0];
}

int options_keep(struct options *options, const struct options_row *row,
		 const char *value, struct err *err)
{
	bool given = options->delay_given;
	int code = row->set(options, row, value, err);
	options->delay_given = given; /* it does not ask -c for tables */
	return code;
}

static void take_conf(struct options *options, struct conf *conf)
{
	for (size_t i = 0; i < conf->count; i++) {
		const struct conf_line *line = &conf->lines[i];
		struct err why = {0};
		if (!line->name || line->fault)
			continue;
		const struct options_row *row = options_by_name(line->name);
		if (row && row->kept &&
		    options_keep(options, row, line->value, &why) < 0)
			conf_refuse(conf, i, "%s", why.text);
	}
}

int options_parse(struct options *ret, struct conf *conf, int argc, char **argv,
		  struct err *err)
{
	options_init(ret);
	if (conf)
		take_conf(ret, conf);
	const char *no_color = getenv("NO_COLOR"); /* https://no-color.org */
	if (no_color && *no_color)
		ret->color = COLOR_NEVER;
	int code = parse_options(ret, argc, argv, err);
	if (code || ret->mode == MODE_HELP || ret->mode == MODE_VERSION)
		return code;
	code = take_demo(ret, err);
	if (code == 0)
		code = check_combination(ret, err);
	/* Users of a recording, and of a host, are those of that machine. */
	return code || options_is_replay(ret) ? code
					      : setting_find_user(ret, err);
}

void options_done(struct options *options)
{
	free(options->pids);
	free(options->tids);
	free(options->errnos);
	free(options->trace.at);
	free(options->replay.at);
	free(options->hosts.at);
	free(options->given);
	*options = (struct options){0};
}

#define HELP_COLUMN 30
#define HELP_WIDTH  80

/* HELP from HELP_COLUMN on, in lines that fit HELP_WIDTH. */
static void print_wrapped(const char *help)
{
	const size_t room = HELP_WIDTH - HELP_COLUMN;
	while (strlen(help) > room) {
		size_t len = room;
		while (len > 1 && help[len] != ' ')
			len--;
		(void)printf("%.*s\n%*s", (int)len, help, HELP_COLUMN,
			     ""); /* main() checks stdout */
		help += len + (help[len] == ' ');
	}
	(void)printf("%s\n", help); /* main() checks stdout */
}

static void print_row(const struct options_row *row)
{
	char text[128];
	struct buf buf;
	buf_init(&buf, text, sizeof(text));
	buf_printf(&buf, "%s%s", row->letter ? "  " : "      ",
		   setting_label(row).text);
	if (row->takes)
		buf_printf(&buf, " %s", row->takes);
	buf_putc(&buf, ' ');
	buf_pad(&buf, ' ', HELP_COLUMN);
	(void)printf("%s", text); /* main() checks stdout */
	print_wrapped(row->help);
}

void options_print_help(void)
{
	(void)printf("Usage: sctop [OPTION]... [-- COMMAND [ARG]...]\n"
		     "Shows what processes ask of the kernel, live.\n");
	for (size_t i = 0; i < ROWS && table[i].group != OPTIONS_HIDDEN; i++) {
		if (i == 0 || table[i].group != table[i - 1].group)
			(void)printf("\n%s:\n",
				     options_group_name(table[i].group));
		print_row(&table[i]);
	}
	(void)printf("\nWhat is about the screen and memory can be kept in "
		     "~/.config/sctop/sctoprc;\n"
		     "F2 on the screen sets it up.\n"
		     "DURATION: a number with ns, us, ms, s, m or h; bare: "
		     "seconds.\n"
		     "Exit status: 0 done, 1 cannot work here, 2 wrong usage; "
		     "with COMMAND its own,\n"
		     "128+N if signal N ended it, 126 not executable, 127 not "
		     "found, 125 if sctop\n"
		     "itself failed.  "
		     "man sctop tells more.\n");
}
