/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ncurses is started by newterm() after a look at terminfo, so that what is
 * wrong comes back as a sentence; initscr() would end the program.
 */
#include "config.h"

#include "ui/term.h"

#include <curses.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/err.h"
#include "base/xalloc.h"
#include "ui/draw.h"
#include "ui/terminfo.h"
#include "ui/theme.h"

#define ESCAPE_DELAY_MS 25  /* between Esc and the rest of a key's sequence */
#define RESET_SIZE      256 /* terminfo's leaving strings are below 100 bytes */

struct term {
	SCREEN *screen;
	FILE *out;
	bool ascii;
	bool color;
	const struct theme *theme;
	struct term_mouse mouse;
	FILE *nowhere; /* what curses draws to where only keys are read */
	int keys_fd;
	bool has_modes; /* KEYS_FD is a terminal that was like SAVED */
	struct termios saved;
};

/* Terminals that draw right-to-left text in its own direction move cells, and
 * with them columns, unless a program asks them not to: BDSM of ECMA-48. Others
 * ignore it. */
#define KEEP_ORDER "\033[8l"
#define REORDER    "\033[8h"

/*
 * For handlers that may run at any moment: they only write(), tcsetattr() and
 * raise().
 */
static struct {
	volatile sig_atomic_t active;
	int fd;
	struct termios saved;
	char reset[RESET_SIZE];
	size_t reset_len;
} rescue;

static const int fatal_signals[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};
#define FATAL_SIGNALS (sizeof(fatal_signals) / sizeof(fatal_signals[0]))

static void rescue_terminal(void)
{
	if (!rescue.active)
		return;
	rescue.active = 0;
	/* a terminal that is gone needs no rescue */
	if (write(rescue.fd, rescue.reset, rescue.reset_len) < 0)
		return;
	(void)tcsetattr(rescue.fd, TCSANOW, &rescue.saved); /* likewise */
}

static void on_fatal_signal(int signal_number)
{
	rescue_terminal();
	(void)raise(signal_number); /* its default is restored: ends here */
}

static void rescue_append(const char *capability)
{
	const char *text = tigetstr(capability);
	if (!text || text == (char *)-1)
		return;
	for (size_t i = 0; text[i]; i++) {
		if (text[i] == '$' && text[i + 1] == '<') { /* padding */
			const char *end = strchr(text + i, '>');
			if (!end)
				return;
			i = (size_t)(end - text);
			continue;
		}
		if (rescue.reset_len < sizeof(rescue.reset))
			rescue.reset[rescue.reset_len++] = text[i];
	}
}

static void rescue_on(void)
{
	rescue.active = 1;
	const struct sigaction action = {
		.sa_handler = on_fatal_signal,
		.sa_flags = (int)(SA_RESETHAND | SA_NODEFER),
	};
	for (size_t i = 0; i < FATAL_SIGNALS; i++)
		(void)sigaction(fatal_signals[i], &action,
				NULL); /* cannot fail: valid numbers */
	(void)atexit(rescue_terminal); /* a failure only costs the rescue */
}

static void rescue_arm(FILE *out, const struct termios *saved)
{
	static const char *const leaving[] = {"sgr0", "op", "rmkx", "cnorm",
					      "rmcup"};
	static const char mouse_off[] = "\033[?1000l\033[?1006l";
	rescue.fd = fileno(out);
	rescue.saved = *saved;
	rescue.reset_len = 0;
	const char *mouse = tigetstr("kmous");
	if (mouse && mouse != (char *)-1) {
		memcpy(rescue.reset, mouse_off, sizeof(mouse_off) - 1);
		rescue.reset_len = sizeof(mouse_off) - 1;
	}
	memcpy(rescue.reset + rescue.reset_len, REORDER, strlen(REORDER));
	rescue.reset_len += strlen(REORDER);
	for (size_t i = 0; i < sizeof(leaving) / sizeof(leaving[0]); i++)
		rescue_append(leaving[i]);
	rescue_on();
}

static void set_modes(void)
{
	(void)raw(); /* Ctrl-C and Ctrl-Z arrive as keys */
	(void)noecho();
	(void)nonl();
	(void)keypad(stdscr, TRUE);
	(void)nodelay(stdscr, TRUE);
	(void)set_escdelay(ESCAPE_DELAY_MS);
	(void)curs_set(0); /* a terminal may be unable to hide it */
	(void)leaveok(stdscr, FALSE);
}

void term_set_look(struct term *term, const char *theme, bool color, bool ascii)
{
	term->ascii = ascii || strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
	term->theme = theme_by_name(color && theme ? theme
				    : color        ? "default"
						   : "mono");
	term->color = draw_init_roles(term->theme);
}

void term_set_mouse(struct term *term, bool on)
{
	const mmask_t wanted =
		BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED;
	(void)term; /* ncurses knows the current one */
	(void)mousemask(on ? wanted : 0, NULL);
	(void)mouseinterval(0); /* a press counts at once */
}

void term_send(struct term *term, const char *bytes, size_t len)
{
	/* a terminal that is gone takes nothing */
	(void)fwrite(bytes, 1, len, term->out);
	(void)fflush(term->out);
}

/* Whether right-to-left text stays in the cells that it is put in. */
static void keep_order(struct term *term, bool on)
{
	if (!term->ascii && !term->nowhere)
		term_send(term, on ? KEEP_ORDER : REORDER, strlen(REORDER));
}

static void follow_size(const struct term *term)
{
	struct winsize size;
	if (ioctl(fileno(term->out), TIOCGWINSZ, &size) == 0 &&
	    size.ws_row > 0 && size.ws_col > 0)
		(void)resizeterm(size.ws_row, size.ws_col);
}

/* As terminals send them unasked; terminfo has those that they send after
 * smkx, which is not sent here. */
static void know_plain_keys(void)
{
	static const struct {
		const char *sent;
		int code;
	} keys[] = {
		{"\033[A", KEY_UP},     {"\033[B", KEY_DOWN},
		{"\033[C", KEY_RIGHT},  {"\033[D", KEY_LEFT},
		{"\033[H", KEY_HOME},   {"\033[F", KEY_END},
		{"\033[1~", KEY_HOME},  {"\033[4~", KEY_END},
		{"\033[2~", KEY_IC},    {"\033[3~", KEY_DC},
		{"\033[5~", KEY_PPAGE}, {"\033[6~", KEY_NPAGE},
		{"\033[Z", KEY_BTAB},
	};
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		(void)define_key(keys[i].sent, keys[i].code); /* else unknown */
}

/* Keys arrive one by one; what is printed is treated as before. */
static void set_key_modes(const struct term *term)
{
	struct termios modes = term->saved;
	if (!term->has_modes)
		return;
	modes.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IGNCR | IXON);
	modes.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG | IEXTEN);
	modes.c_cc[VMIN] = 1;
	modes.c_cc[VTIME] = 0;
	/* a terminal that is gone has no modes */
	(void)tcsetattr(term->keys_fd, TCSANOW, &modes);
}

static void reset_key_modes(const struct term *term)
{
	if (term->has_modes) /* likewise */
		(void)tcsetattr(term->keys_fd, TCSANOW, &term->saved);
}

static void rescue_arm_keys(const struct term *term)
{
	rescue.fd = term->keys_fd;
	rescue.saved = term->saved;
	rescue.reset_len = 0;
	rescue_on();
}

static int start_keys(struct term **ret, const struct term_config *config,
		      struct err *err)
{
	FILE *in = config->in ? config->in : stdin;
	struct term *term = xcalloc(1, sizeof(*term));
	term->out = config->out ? config->out : stdout;
	term->keys_fd = fileno(in);
	term->nowhere = fopen("/dev/null", "we");
	if (term->nowhere) /* vt100: its keys are those of most */
		term->screen = newterm("vt100", term->nowhere, in);
	if (!term->screen) {
		if (term->nowhere)
			(void)fclose(term->nowhere); /* nothing was written */
		free(term);
		return err_set(err, -ENOTSUP,
			       "cannot read keys: /dev/null or the description "
			       "of terminal type 'vt100' is missing");
	}
	term->has_modes = tcgetattr(term->keys_fd, &term->saved) == 0;
	if (term->has_modes)
		rescue_arm_keys(term);
	set_modes();
	know_plain_keys();
	set_key_modes(term);
	follow_size(term);
	term_set_look(term, NULL, false, config->ascii);
	*ret = term;
	return 0;
}

int term_start(struct term **ret, const struct term_config *config,
	       struct err *err)
{
	(void)setlocale(LC_CTYPE, ""); /* an unknown locale stays "C" */
	if (config->keys_only)
		return start_keys(ret, config, err);
	int r = terminfo_check(config, err);
	if (r < 0)
		return r;
	FILE *in = config->in ? config->in : stdin;
	FILE *out = config->out ? config->out : stdout;
	struct termios saved;
	bool is_tty = tcgetattr(fileno(out), &saved) == 0;
	SCREEN *screen = newterm(config->type, out, in);
	if (!screen)
		return err_set(err, -ENOTSUP,
			       "cannot draw the screen: the terminal could "
			       "not be set up; try TERM=xterm or TERM=vt100");
	if (is_tty)
		rescue_arm(out, &saved);
	struct term *term = xcalloc(1, sizeof(*term));
	term->screen = screen;
	term->out = out;
	set_modes();
	if (config->mouse)
		term_set_mouse(term, true);
	term_set_look(term, config->theme, config->color, config->ascii);
	keep_order(term, true);
	*ret = term;
	return 0;
}

void term_stop(struct term *term)
{
	if (!term)
		return;
	(void)endwin(); /* fails only where there is no screen */
	keep_order(term, false);
	rescue.active = 0;
	delscreen(term->screen);
	reset_key_modes(term);
	if (term->nowhere)
		(void)fclose(term->nowhere); /* nothing is kept */
	for (size_t i = 0; i < FATAL_SIGNALS; i++)
		(void)signal(fatal_signals[i], SIG_DFL);
	free(term);
}

void term_suspend(struct term *term)
{
	(void)endwin(); /* fails only where there is no screen */
	keep_order(term, false);
	reset_key_modes(term);
	int was_active = rescue.active;
	rescue.active = 0;
	struct sigaction before;
	const struct sigaction stop = {.sa_handler = SIG_DFL};
	(void)sigaction(SIGTSTP, &stop, &before);
	/* the group, as the terminal would: a script around us stops too */
	(void)kill(0, SIGTSTP);
	(void)sigaction(SIGTSTP, &before, NULL);
	rescue.active = was_active;
	set_key_modes(term);
	follow_size(term);
	keep_order(term, true);
	draw_all_again(term);
}

int term_rows(const struct term *term)
{
	(void)term; /* ncurses knows the current one */
	return getmaxy(stdscr);
}

int term_cols(const struct term *term)
{
	(void)term; /* ncurses knows the current one */
	return getmaxx(stdscr);
}

bool term_is_ascii(const struct term *term)
{
	return term->ascii;
}

const struct theme *term_theme(const struct term *term)
{
	return term->theme;
}

bool term_has_color(const struct term *term)
{
	return term->color;
}

bool term_is_too_small(const struct term *term)
{
	return term_rows(term) < TERM_ROWS_MIN ||
	       term_cols(term) < TERM_COLS_MIN;
}

static uint32_t read_mouse(struct term *term)
{
	MEVENT event;
	if (getmouse(&event) != OK)
		return KEYCODE_NONE;
	term->mouse.y = event.y;
	term->mouse.x = event.x;
	if (event.bstate & BUTTON4_PRESSED)
		term->mouse.button = TERM_BUTTON_WHEEL_UP;
	else if (event.bstate & BUTTON5_PRESSED)
		term->mouse.button = TERM_BUTTON_WHEEL_DOWN;
	else
		term->mouse.button = TERM_BUTTON_LEFT;
	return KEYCODE_MOUSE;
}

struct key_pair {
	wint_t curses;
	uint32_t key;
};

static const struct key_pair special_keys[] = {
	{KEY_UP, KEYCODE_UP},
	{KEY_DOWN, KEYCODE_DOWN},
	{KEY_LEFT, KEYCODE_LEFT},
	{KEY_RIGHT, KEYCODE_RIGHT},
	{KEY_HOME, KEYCODE_HOME},
	{KEY_END, KEYCODE_END},
	{KEY_PPAGE, KEYCODE_PAGE_UP},
	{KEY_NPAGE, KEYCODE_PAGE_DOWN},
	{KEY_BACKSPACE, KEYCODE_BACKSPACE},
	{KEY_DC, KEYCODE_DELETE},
	{KEY_IC, KEYCODE_INSERT},
	{KEY_BTAB, KEYCODE_BACK_TAB},
	{KEY_ENTER, KEYCODE_ENTER},
	{KEY_RESIZE, KEYCODE_RESIZE},
};
#define SPECIAL_KEYS (sizeof(special_keys) / sizeof(special_keys[0]))

static uint32_t key_of_function(wint_t code)
{
	if (code > KEY_F0 && code <= KEY_F(12))
		return KEYCODE_F(code - KEY_F0);
	for (size_t i = 0; i < SPECIAL_KEYS; i++)
		if (special_keys[i].curses == code)
			return special_keys[i].key;
	return KEYCODE_SPECIAL; /* a key without a meaning here */
}

uint32_t term_read_key(struct term *term)
{
	wint_t code;
	int r = get_wch(&code);
	if (r == ERR)
		return KEYCODE_NONE;
	if (r == KEY_CODE_YES)
		return code == KEY_MOUSE ? read_mouse(term)
					 : key_of_function(code);
	if (code == '\n')
		return KEYCODE_ENTER;
	if (code == 0x7f || code == 0x08)
		return KEYCODE_BACKSPACE;
	if (code == 0)
		return KEYCODE_SPECIAL; /* Ctrl-Space: not "no key" */
	return (uint32_t)code;
}

struct term_mouse term_mouse(const struct term *term)
{
	return term->mouse;
}

bool term_keys_have_ended(const struct term *term)
{
	int waiting = 0;
	if (!term->nowhere)
		return false;
	return ioctl(term->keys_fd, FIONREAD, &waiting) < 0 || waiting == 0;
}
