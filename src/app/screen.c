/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The loop of a run with a screen: events in, keys in, drawing out.  It draws
 * at most once per turn; a turn takes at most as long as the kernel's buffers
 * may wait.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "abi/syscall.h"
#include "abi/sysset.h"
#include "app/action.h"
#include "app/child.h"
#include "app/chips.h"
#include "app/clipboard.h"
#include "app/conf_file.h"
#include "app/desk.h"
#include "app/keys.h"
#include "app/lines.h"
#include "app/output.h"
#include "app/paint.h"
#include "app/play.h"
#include "app/prefs.h"
#include "app/reach.h"
#include "app/recorder.h"
#include "app/reel.h"
#include "app/sctoprc.h"
#include "app/session.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/escape.h"
#include "feed/live.h"
#include "feed/shed.h"
#include "model/field.h"
#include "model/model.h"
#include "ui/term.h"
#include "view/views.h"

#define PUMP_MS      10
#define PUMP_NS      20000000ull  /* of a turn; then keys and drawing come */
#define PUMP_EVENTS  4096         /* between two looks at the clock */
#define IDLE_MS      100          /* between two looks when nothing is traced */
#define ROWS_NS      100000000ull /* events are drawn as they come, so often */
#define OUTPUT_CHUNK 16384
#define OUTPUT_CHUNKS                                                          \
	16 /* read in one turn, so that keys are not kept waiting */

struct screen {
	struct session *session;
	struct term *term;
	struct desk *desk;
	struct output *output;
	struct lines lines; /* --lines: its file; else NULL */
	struct chips chips;
	struct play play; /* of a recording */
	struct clipboard_terminal terminal;
	char command[128];
	int pty; /* -1: none, or closed by COMMAND */
	uint64_t start_ns;
	uint64_t sample_ns; /* when the counters are read next */
	uint64_t drawn_ns;
	uint64_t draw_cost_ns;
	uint64_t refreshes;
	struct shed shed;
	uint64_t shed_ns; /* when that is asked next */
	bool fresh;       /* rows came since the latest drawing */
	bool behind;      /* more has come than one turn could take */
	bool finished;    /* COMMAND has ended: nothing more comes */
	bool stopped;     /* by a signal or a terminal that is gone */
};

static void set_traced(void *self, uint32_t index, bool on)
{
	struct screen *screen = self;
	session_set_traced(screen->session, index, on);
}

static void set_stacks(void *self, uint32_t index, bool on)
{
	struct screen *screen = self;
	session_set_stacks(screen->session, index, on);
}

static int limit_rows(void *self, const pid_t *pids, size_t count, bool follow,
		      struct err *err)
{
	struct screen *screen = self;
	return live_limit_rows(screen->session->live, pids, count, follow, err);
}

/* Where events go: what passes --filter, into the model. */
static struct sink sink_of(struct session *session)
{
	const struct sink model = {.put = model_put, .self = session->model};
	const struct sink sieve =
		sieve_sink(&session->sieve, session->model, &model);
	return session_sink(session, &sieve);
}

static void sample(struct screen *screen)
{
	const struct sink sink = sink_of(screen->session);
	screen->desk->stale = true;
	if (!screen->session->merge) /* that has its samples */
		session_sample(screen->session, &sink);
}

static void zero(void *self)
{
	struct screen *screen = self;
	if (!screen->finished)
		sample(screen); /* what was counted until now must not come */
	model_zero(screen->session->model);
	screen->desk->stale = true;
}

static void look_at_blocked(void *self)
{
	const struct screen *screen = self;
	struct err err = {0};
	const struct sink sink = sink_of(screen->session);
	if (screen->session->merge)
		return;
	if (live_blocked(screen->session->live, &sink, &err) < 0)
		desk_say(screen->desk, ROLE_ALARM, "%s", err.text);
}

static void record(void *self, const char *path)
{
	const struct screen *screen = self;
	reel_record(screen->session, screen->desk, path);
}

static void write_flight(void *self)
{
	const struct screen *screen = self;
	recorder_ask_flight(screen->session->recorder);
}

static void to_terminal(void *self, const char *bytes, size_t len)
{
	const struct screen *screen = self;
	term_send(screen->term, bytes, len);
}

static void type_to_command(void *self, const char *bytes, size_t len)
{
	struct screen *screen = self;
	if (screen->pty >= 0)
		(void)!write(screen->pty, bytes,
			     len); /* a full pty drops keys, as terminals do */
}

/* Ticks belong to runs about the whole machine in which nothing was picked. */
static bool remembers_ticks(const struct session *session)
{
	return !session->picked && !session->options.no_save &&
	       !options_is_narrow(&session->options);
}

/* Whether there were any to recall. */
static bool recall_ticks(struct session *session)
{
	if (!remembers_ticks(session))
		return false;
	struct sysset *ticks = sysset_new(session->catalogue);
	uint32_t count = catalogue_count(session->catalogue);
	bool found = prefs_load_ticks(ticks) == 0;
	for (uint32_t i = 0; found && i < count; i++)
		if (sysset_has(ticks, i) != sysset_has(session->traced, i))
			session_set_traced(session, i, sysset_has(ticks, i));
	sysset_free(ticks);
	return found;
}

static void greet(struct screen *screen, bool recalled)
{
	struct desk *desk = screen->desk;
	char tick[KEYCODE_NAME_SIZE], open[KEYCODE_NAME_SIZE];
	char help[KEYCODE_NAME_SIZE], presets[KEYCODE_NAME_SIZE];
	struct err fault;
	size_t at = 0;
	if (sctoprc_next_fault(&screen->session->conf, &at, &fault))
		desk_say(desk, ROLE_ALARM, "%s", fault.text);
	else if (screen->session->merge)
		desk_say(desk, ROLE_MESSAGE,
			 "a recording: all keys work that do not need its "
			 "machine");
	else if (recalled)
		desk_say(desk, ROLE_MESSAGE,
			 "ticked as you left it; %s lists the default set and "
			 "others",
			 keys_name(desk, "presets", presets));
	else
		desk_say(desk, ROLE_MESSAGE,
			 "%s ticks a call, %s shows its events, %s explains "
			 "the rest",
			 keys_name(desk, "tick", tick),
			 keys_name(desk, "open", open),
			 keys_name(desk, "help", help));
}

static void save_ticks(const struct screen *screen)
{
	struct err err = {0};
	if (screen->desk->ticks_changed && remembers_ticks(screen->session) &&
	    prefs_save_ticks(screen->session->traced, screen->session->saver,
			     &err) < 0)
		session_notice("%s", err.text);
}

static void save_conf(const struct screen *screen)
{
	const struct session *session = screen->session;
	struct err err = {0};
	if (session->conf.change_count > 0 && !session->options.no_save &&
	    conf_file_save(&session->conf, session->saver, &err) < 0)
		session_notice("%s", err.text);
}

static void apply_sort(struct desk *desk, const struct field *sort)
{
	for (size_t i = 0; sort && i < views_count(); i++) {
		struct desk_place *place = &desk->roots[i];
		if (!field_has(sort, place->view->kind))
			continue;
		place->sort = sort;
		place->descending = field_is_number(sort);
		place->table.follow = false;
	}
}

static int start_terminal(struct screen *screen, struct err *err)
{
	const struct options *options = &screen->session->options;
	const struct term_config config = {
		.color = options_wants_color(options),
		.theme = options->theme,
		.ascii = options->ascii,
		.mouse = !options->no_mouse,
		.keys_only = options->lines,
	};
	screen->lines.file = options->lines ? stdout : NULL;
	return term_start(&screen->term, &config, err);
}

static void print_command(struct screen *screen)
{
	struct buf buf;
	buf_init(&buf, screen->command, sizeof(screen->command));
	char *const *word = screen->session->options.command;
	for (size_t i = 0; word[i]; i++) {
		if (i > 0)
			buf_putc(&buf, ' ');
		escape_text(&buf, word[i], strlen(word[i]));
	}
}

static int start_command(struct screen *screen, struct err *err)
{
	struct session *session = screen->session;
	if (!session->child)
		return 0;
	print_command(screen);
	screen->output = output_new(session->options.output_bytes);
	screen->pty = child_pty(session->child);
	(void)fcntl(screen->pty, F_SETFL, O_NONBLOCK); /* else reads wait */
	screen->desk->output = screen->output;
	screen->desk->command = screen->command;
	screen->desk->command_runs = true;
	return child_go(session->child, err);
}

static void follow_size(const struct screen *screen)
{
	const struct winsize size = {
		.ws_row = (unsigned short)term_rows(screen->term),
		.ws_col = (unsigned short)term_cols(screen->term),
	};
	if (screen->pty >= 0)
		(void)ioctl(screen->pty, TIOCSWINSZ,
			    &size); /* a size is no necessity */
}

static unsigned read_output(struct screen *screen)
{
	char bytes[OUTPUT_CHUNK];
	unsigned redo = 0;
	for (int i = 0; i < OUTPUT_CHUNKS && screen->pty >= 0; i++) {
		ssize_t n = read(screen->pty, bytes, sizeof(bytes));
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			break;
		if (n <= 0) { /* nobody has the other end open any more */
			screen->pty = -1;
			break;
		}
		output_add(screen->output, bytes, (size_t)n);
		if (screen->desk->mode == DESK_OUTPUT)
			redo = ACTION_DRAW;
	}
	return redo;
}

static bool is_over(const struct screen *screen)
{
	const struct session *session = screen->session;
	if (!session->child || !child_reap(session->child))
		return false;
	return session->options.no_follow || !live_has_followed(session->live);
}

static unsigned finish(struct screen *screen)
{
	struct session *session = screen->session;
	const struct sink sink = sink_of(session);
	(void)live_pump(session->live, &sink, 0, true); /* all of it */
	sample(screen);
	screen->finished = true;
	screen->desk->command_runs = false;
	int code = child_exec_errno(session->child);
	if (code)
		chips_add(&screen->chips, FRAME_NOBODY, "cannot start: %s",
			  strerror(code));
	else
		chips_add(&screen->chips, FRAME_NOBODY, "ended with status %d",
			  child_exit_status(session->child));
	screen->desk->chip_count = screen->chips.count;
	return ACTION_ROWS;
}

/* Where more rows come than can be used, some are left out; but a recording is
 * to have them all. */
static void shed_rows(struct screen *screen, uint64_t now_ns)
{
	struct live *live = screen->session->live;
	struct shed_load load;
	if (now_ns < screen->shed_ns || screen->session->merge)
		return;
	screen->shed_ns = now_ns + SHED_WINDOW_NS;
	if (recorder_is_on(screen->session->recorder)) {
		live_set_share(live, 0);
		shed_init(&screen->shed, screen->session->options.row_bytes);
		return;
	}
	live_load(live, &load);
	live_set_share(live, shed_step(&screen->shed, &load));
}

/* Takes what has come, for a short while at most; whether there was any. */
static bool pump(struct screen *screen, uint64_t now_ns)
{
	struct session *session = screen->session;
	const struct sink sink = sink_of(session);
	size_t taken = 0;
	size_t n;
	if (session->merge)
		return play_turn(&screen->play, now_ns, &screen->behind);
	do {
		n = live_pump(session->live, &sink, PUMP_EVENTS, false);
		taken += n;
		screen->behind = n == PUMP_EVENTS;
	} while (screen->behind && live_now_ns() < now_ns + PUMP_NS);
	return taken > 0;
}

static unsigned take_events(struct screen *screen, uint64_t now_ns)
{
	if (screen->finished)
		return 0;
	bool over = is_over(screen);
	shed_rows(screen, now_ns);
	if (pump(screen, now_ns)) {
		screen->fresh = true;
		screen->desk->stale = true;
	}
	if (over)
		return finish(screen);
	if (player_arrived(&screen->play.player))
		return ACTION_ROWS;
	bool calls = desk_place(screen->desk)->view->kind == ROW_CALL;
	const struct player *player = &screen->play.player;
	bool plays = player->plays && (player->is_file || screen->fresh);
	uint64_t wait_ns = ROWS_NS + 4 * screen->draw_cost_ns;
	/* The position is drawn, too. */
	return ((screen->fresh && calls && !screen->desk->paused) || plays) &&
			       now_ns - screen->drawn_ns >= wait_ns
		       ? ACTION_ROWS
		       : 0;
}

static unsigned take_sample(struct screen *screen, uint64_t now_ns)
{
	uint64_t next_ns = now_ns + screen->desk->delay_ns;
	if (screen->sample_ns > next_ns) /* the delay was made shorter */
		screen->sample_ns = next_ns;
	if (now_ns < screen->sample_ns)
		return 0;
	screen->sample_ns = next_ns;
	if (!screen->finished)
		sample(screen);
	screen->refreshes++;
	return ACTION_ROWS;
}

/* Of lines each key has its own, and nothing else prints any. */
static void answer(struct screen *screen, unsigned redo)
{
	if (!screen->lines.file || (redo & ACTION_QUIT))
		return;
	if (redo & ACTION_REPAINT)
		lines_print(&screen->lines, screen->desk);
	else if (!(redo & ACTION_SUSPEND))
		lines_tell(&screen->lines, screen->desk);
}

static unsigned take_keys(struct screen *screen)
{
	unsigned redo = 0;
	uint32_t key;
	while (!(redo & ACTION_QUIT) &&
	       (key = term_read_key(screen->term)) != KEYCODE_NONE) {
		if (key == KEYCODE_RESIZE) {
			follow_size(screen);
			redo |= ACTION_REPAINT;
			continue;
		}
		redo |= keys_press(screen->desk, key);
		if (redo & ACTION_ROWS)
			screen->desk->stale = true;
		answer(screen, redo);
	}
	return redo;
}

static void take_signals(struct screen *screen)
{
	struct signalfd_siginfo info;
	while (read(screen->session->stop_fd, &info, sizeof(info)) ==
	       (ssize_t)sizeof(info))
		if (info.ssi_signo != SIGCHLD && /* is_over() reaps */
		    !recorder_takes_signal(screen->session->recorder,
					   info.ssi_signo))
			screen->stopped = true;
}

static void wait_for_work(struct screen *screen)
{
	struct pollfd fds[] = {
		{.fd = STDIN_FILENO, .events = POLLIN},
		{.fd = screen->session->stop_fd, .events = POLLIN},
		{.fd = screen->pty, .events = POLLIN}, /* -1 is passed over */
	};
	int ms = screen->finished ? IDLE_MS : screen->behind ? 0 : PUMP_MS;
	if (poll(fds, 3, ms) <= 0) /* a resize interrupts it */
		return;
	if (fds[0].revents & (POLLHUP | POLLERR | POLLNVAL))
		screen->stopped = true;
	if ((fds[0].revents & POLLIN) && term_keys_have_ended(screen->term))
		screen->stopped = true;
	if (fds[1].revents)
		take_signals(screen);
}

static bool is_due(const struct screen *screen, uint64_t now_ns)
{
	const struct options *options = &screen->session->options;
	if (options->count && screen->refreshes >= options->count)
		return true;
	return options->for_ns && now_ns - screen->start_ns >= options->for_ns;
}

static void redo_what(struct screen *screen, unsigned redo)
{
	if (redo & ACTION_SUSPEND)
		term_suspend(screen->term);
	if (redo & ACTION_REPAINT)
		draw_all_again(screen->term);
	if (!(redo &
	      (ACTION_DRAW | ACTION_ROWS | ACTION_REPAINT | ACTION_SUSPEND)))
		return;
	uint64_t before_ns = live_now_ns();
	if (!screen->lines.file)
		paint_desk(screen->desk);
	else if (!screen->lines.title[0] || (redo & ACTION_SUSPEND))
		lines_print(&screen->lines, screen->desk);
	screen->drawn_ns = live_now_ns();
	screen->draw_cost_ns = screen->drawn_ns - before_ns;
	screen->fresh = false;
}

/* Returns what the last key asked for. */
static unsigned run(struct screen *screen)
{
	unsigned redo = ACTION_ROWS;
	while (!screen->stopped && !(redo & ACTION_QUIT)) {
		redo_what(screen, redo);
		wait_for_work(screen);
		uint64_t now_ns = live_now_ns();
		screen->desk->now_ns = now_ns;
		if (is_due(screen, now_ns))
			break;
		redo = take_events(screen, now_ns);
		redo |= reel_tell(screen->session, screen->desk);
		redo |= take_sample(screen, now_ns);
		redo |= read_output(screen);
		redo |= take_keys(screen);
	}
	return redo;
}

static void end_command(const struct screen *screen)
{
	pid_t group = child_pid(screen->session->child); /* of its session */
	(void)kill(-group, SIGTERM); /* it may just have ended */
	(void)kill(-group, SIGCONT); /* a stopped one must hear it */
}

static void screen_init(struct screen *screen, struct session *session,
			const struct desk_hooks *hooks)
{
	struct desk *desk = desk_new(screen->term, session->model, hooks,
				     &session->conf, &session->options);
	chips_of_options(&screen->chips, &session->options,
			 session->sieve.is_decided);
	if (session->merge)
		play_init(&screen->play, session, desk, &screen->chips);
	desk->chips = screen->chips.at;
	desk->chip_count = screen->chips.count;
	clipboard_look(&screen->terminal);
	desk->terminal = &screen->terminal;
	desk->delay_ns = session->options.delay_ns;
	/* The processes of a recording are not those that have the PIDs now. */
	desk->readonly = session->options.readonly || session->merge;
	apply_sort(desk, session->sort);
	screen->desk = desk;
	shed_init(&screen->shed, session->options.row_bytes);
	screen->start_ns = live_now_ns();
	screen->desk->now_ns = screen->start_ns;
}

static void screen_done(struct screen *screen)
{
	term_stop(screen->term);
	play_done(&screen->play);
	desk_free(screen->desk);
	output_free(screen->output);
}

int screen_run(struct session *session, struct err *err)
{
	struct screen screen = {.session = session, .pty = -1};
	const struct desk_hooks hooks = {
		.set_traced = set_traced,
		.set_stacks = set_stacks,
		.limit_rows = session->merge ? play_limit_rows : limit_rows,
		.zero = zero,
		.look_at_blocked = look_at_blocked,
		.type = type_to_command,
		.to_terminal = to_terminal,
		.send_signal = reach_signal,
		.list_files = session->merge ? play_list_files : reach_files,
		.record = session->merge ? NULL : record,
		.write_flight =
			session->options.flight.bytes ? write_flight : NULL,
		.self = &screen,
	};
	if (start_terminal(&screen, err) < 0)
		return SESSION_CANNOT;
	bool recalled = recall_ticks(session);
	screen_init(&screen, session, &hooks);
	greet(&screen, recalled);
	int code = start_command(&screen, err);
	unsigned asked = code == 0 ? run(&screen) : 0;
	if ((asked & ACTION_END_COMMAND) && screen.desk->command_runs)
		end_command(&screen);
	term_stop(screen.term);
	screen.term = NULL;
	save_ticks(&screen);
	save_conf(&screen);
	screen_done(&screen);
	return code == 0 ? 0 : SESSION_CANNOT;
}
