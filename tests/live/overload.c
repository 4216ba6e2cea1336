/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * overload SECONDS: sctop with a screen of 120x40 while four threads call
 * getppid as fast as they can and a process opens 100 files a second.  Keys are
 * pressed in all views, and each is timed from its writing until the screen
 * shows what it is for.  Writes what was measured as lines "NAME VALUE" and
 * leaves the judgement to overload.sh.
 */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/live/overload.h"
#include "tests/live/vt.h"

#define KEYS_LIMIT   100000
#define KEY_PAUSE_MS 60 /* between an answer and the next key */
#define GIVE_UP_MS   10000
#define FIRST_ROW    4 /* of a table */
#define HEADING      4 /* below two lines, class rates and tabs */

struct driver {
	struct vt vt;
	int pty;
	pid_t sctop;
	struct storm *storm;
	uint64_t took_ns[KEYS_LIMIT];
	size_t keys;
	size_t view;      /* that is shown */
	uint64_t rss_kb;  /* the most */
	unsigned written; /* files */
	bool seen[STORM_OPENS];
	uint32_t opened; /* until the latest look */
};

static uint64_t now_ns(void)
{
	struct timespec now;
	(void)clock_gettime(CLOCK_MONOTONIC, &now); /* cannot fail for it */
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static _Noreturn void die(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	(void)vfprintf(stderr, format, args);
	va_end(args);
	(void)fputc('\n', stderr);
	exit(1);
}

static void start_sctop(struct driver *driver)
{
	const struct winsize size = {.ws_row = VT_ROWS, .ws_col = VT_COLS};
	const char *program = getenv("SCTOP");
	driver->sctop = forkpty(&driver->pty, NULL, NULL, &size);
	if (driver->sctop < 0)
		die("cannot make a pty: %s", strerror(errno));
	if (driver->sctop > 0)
		return;
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)setenv("TERM", "xterm", 1);
	(void)setenv("LC_ALL", "C", 1);
	(void)setenv("NO_COLOR", "1", 1);
	(void)execl(program, program, "--no-save", "--ascii", "--no-mouse",
		    "-e", "all", (char *)NULL);
	_exit(127);
}

/* Takes what sctop writes within MS; false if there was nothing. */
static bool take(struct driver *driver, int ms)
{
	char bytes[65536];
	struct pollfd fd = {.fd = driver->pty, .events = POLLIN};
	if (poll(&fd, 1, ms) <= 0)
		return false;
	ssize_t n = read(driver->pty, bytes, sizeof(bytes));
	if (n <= 0)
		die("sctop has ended");
	vt_write(&driver->vt, bytes, (size_t)n);
	return true;
}

static void pause_ms(struct driver *driver, int ms)
{
	uint64_t end_ns = now_ns() + (uint64_t)ms * 1000000;
	for (uint64_t now = now_ns(); now < end_ns; now = now_ns())
		(void)take(driver, (int)((end_ns - now) / 1000000) + 1);
}

enum answer {
	SHOWS,   /* TEXT comes */
	HIDES,   /* TEXT goes */
	HEADS,   /* TEXT comes into the heading of the table */
	MOVES,   /* the bar goes to another line */
	CHANGES, /* it, or what its row says, changes */
	TITLES,  /* the heading of the table changes */
};

struct step {
	const char *name;
	const char *keys;
	enum answer answer;
	const char *text;
};

/* What is compared to know whether a key was answered. */
struct before {
	int bar;
	char row[VT_COLS + 1]; /* that is in the bar */
	char heading[VT_COLS + 1];
};

static struct before look(const struct vt *vt)
{
	struct before before = {.bar = vt_bar(vt, FIRST_ROW)};
	if (before.bar >= 0)
		memcpy(before.row, vt->text[before.bar], sizeof(before.row));
	memcpy(before.heading, vt->text[HEADING], sizeof(before.heading));
	return before;
}

static bool bar_moved(const struct vt *vt, const struct before *before)
{
	return vt_bar(vt, FIRST_ROW) != before->bar;
}

static bool is_answered(const struct vt *vt, const struct step *step,
			const struct before *before)
{
	switch (step->answer) {
	case SHOWS:
		return vt_has(vt, step->text);
	case HIDES:
		return !vt_has(vt, step->text);
	case HEADS:
		return strstr(vt->text[HEADING], step->text) != NULL;
	case MOVES:
		return bar_moved(vt, before);
	case CHANGES:
		return bar_moved(vt, before) || before->bar < 0 ||
		       strcmp(vt->text[before->bar], before->row) != 0;
	case TITLES:
		return strcmp(vt->text[HEADING], before->heading) != 0;
	}
	return false;
}

static void show_screen(const struct vt *vt)
{
	for (int y = 0; y < VT_ROWS; y++)
		(void)fprintf(stderr, "\t%s\n", vt->text[y]);
}

static void send(struct driver *driver, const char *keys)
{
	size_t len = strlen(keys);
	if (write(driver->pty, keys, len) != (ssize_t)len)
		die("cannot press keys: %s", strerror(errno));
}

static void note_rss(struct driver *driver)
{
	char path[64];
	char line[256];
	unsigned long kb;
	(void)snprintf(path, sizeof(path), "/proc/%ld/status",
		       (long)driver->sctop);
	FILE *file = fopen(path, "r");
	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "VmRSS: %lu", &kb) == 1 && kb > driver->rss_kb)
			driver->rss_kb = kb;
	if (file)
		(void)fclose(file);
}

/* Presses the keys of STEP and waits for the answer. */
static void press(struct driver *driver, const struct step *step)
{
	const struct before before = look(&driver->vt);
	if (step->answer <= HEADS && is_answered(&driver->vt, step, &before)) {
		show_screen(&driver->vt);
		die("%s: nothing would tell an answer", step->name);
	}
	uint64_t start_ns = now_ns();
	send(driver, step->keys);
	while (!is_answered(&driver->vt, step, &before)) {
		if (now_ns() - start_ns > GIVE_UP_MS * 1000000ull) {
			show_screen(&driver->vt);
			die("%s: no answer", step->name);
		}
		(void)take(driver, 10);
	}
	uint64_t took_ns = now_ns() - start_ns;
	if (took_ns > 100000000)
		(void)fprintf(stderr, "slow: %s %llu ms\n", step->name,
			      (unsigned long long)took_ns / 1000000);
	if (driver->keys < KEYS_LIMIT)
		driver->took_ns[driver->keys++] = took_ns;
	pause_ms(driver, KEY_PAUSE_MS);
	note_rss(driver);
}

static void press_all(struct driver *driver, const struct step *steps,
		      size_t count)
{
	for (size_t i = 0; i < count; i++)
		press(driver, &steps[i]);
}

#define UP    "\033OA"
#define DOWN  "\033OB"
#define PGUP  "\033[5~"
#define PGDN  "\033[6~"
#define HOME  "\033OH"
#define END   "\033OF"
#define F4    "\033OS"
#define ENTER "\r"
#define ESC   "\033"
#define BKSP  "\177"

static const struct step moves[] = {
	{"Down", DOWN, MOVES, NULL},   {"End", END, CHANGES, NULL},
	{"Up", UP, CHANGES, NULL},     {"Home", HOME, CHANGES, NULL},
	{"PgDn", PGDN, CHANGES, NULL}, {"PgUp", PGUP, CHANGES, NULL},
};

static const struct step event_moves[] = {
	{"Up", UP, MOVES, NULL},       {"Up", UP, CHANGES, NULL},
	{"PgUp", PGUP, CHANGES, NULL}, {"Down", DOWN, CHANGES, NULL},
	{"Home", HOME, CHANGES, NULL}, {"End", END, CHANGES, NULL},
};

static const struct step dialogs[] = {
	{"/", "/", SHOWS, "Search:"},      {"/x", "ge", SHOWS, "Search: ge"},
	{"Esc /", ESC, HIDES, "Search:"},  {"F4", F4, SHOWS, "Filter:"},
	{"Esc F4", ESC, HIDES, "Filter:"}, {"?", "?", SHOWS, "> Help"},
	{"q ?", "q", HIDES, "> Help"},     {"!", "!", SHOWS, "> What is not"},
	{"q !", "q", HIDES, "> What is"},  {"i", "i", SHOWS, "> Detail"},
	{"q i", "q", HIDES, "> Detail"},   {"v", "v", SHOWS, "Cancel"},
	{"q v", "q", HIDES, "Cancel"},     {"s", "s", SHOWS, "Cancel"},
	{"Esc s", ESC, HIDES, "Cancel"},   {"p", "p", SHOWS, "[paused"},
	{"p p", "p", HIDES, "[paused"},    {">", ">", TITLES, NULL},
	{"I", "I", TITLES, NULL},          {"<", "<", TITLES, NULL},
};

static const struct step follow = {"F", "F", TITLES, NULL};

static const struct step views[] = {
	{"1", "1", HEADS, "MEANING"}, {"2", "2", HEADS, "TOP CALL"},
	{"3", "3", HEADS, "RESULT"},  {"4", "4", HEADS, "AGE"},
	{"5", "5", HEADS, "ERRNO"},   {"6", "6", HEADS, "PROCS"},
	{"7", "7", HEADS, "1us"},
};

#define PROCESSES 1 /* places in views */
#define EVENTS    2

static const struct step opened_rows[] = {
	{"F4", F4, SHOWS, "Filter:"},
	{"filter", "comm == pace && syscall == openat", SHOWS, "== openat"},
	{"Enter F4", ENTER, HIDES, "Filter:"},
};

static const struct step all_rows[] = {
	{"F4", F4, SHOWS, "Filter:"},
	{"Esc F4", ESC, HIDES, "filter: comm"},
};

/* Writes the rows listed to a file, whose name is put into NAME. */
static void write_rows(struct driver *driver, char *name, size_t size)
{
	char wrote[64];
	(void)snprintf(name, size, "rows-%u.csv", driver->written++);
	(void)snprintf(wrote, sizeof(wrote), "rows to %.32s", name);
	press(driver, &(struct step){"W", "W", SHOWS, "Write"});
	send(driver, "\025"); /* what was written last */
	send(driver, name);
	press(driver, &(struct step){"Enter W", ENTER, SHOWS, wrote});
}

/* Marks the opens that the file has rows of. */
static void read_opens(struct driver *driver, const char *name)
{
	char line[8192];
	FILE *file = fopen(name, "r");
	if (!file)
		die("cannot read %s: %s", name, strerror(errno));
	while (fgets(line, sizeof(line), file)) {
		const char *path = strstr(line, "/nowhere/");
		unsigned i;
		if (path && sscanf(path, "/nowhere/%u/", &i) == 1 &&
		    i < STORM_OPENS)
			driver->seen[i] = true;
	}
	(void)fclose(file);
}

#define ALL(steps) steps, sizeof(steps) / sizeof((steps)[0])

static void go(struct driver *driver, size_t view)
{
	if (driver->view != view)
		press(driver, &views[view]);
	driver->view = view;
}

/* Looks for the rows of the quiet process. */
static void collect_opens(struct driver *driver)
{
	char name[64];
	uint32_t opened = driver->storm->opened;
	go(driver, EVENTS);
	press_all(driver, ALL(opened_rows));
	write_rows(driver, name, sizeof(name));
	read_opens(driver, name);
	driver->opened = opened;
	press_all(driver, ALL(all_rows));
}

/* The opens are looked for often: where much else goes on, rows are soon old.
 */
static void go_through_views(struct driver *driver)
{
	for (size_t i = 0; i < sizeof(views) / sizeof(views[0]); i++) {
		go(driver, i);
		if (i == EVENTS)
			press_all(driver, ALL(event_moves));
		else
			press_all(driver, ALL(moves));
		collect_opens(driver);
		go(driver, i);
		press_all(driver, ALL(dialogs));
		if (i == EVENTS)
			press(driver, &follow);
		collect_opens(driver);
	}
}

static uint64_t cpu_ms(pid_t pid)
{
	char path[64];
	unsigned long user = 0;
	unsigned long system = 0;
	(void)snprintf(path, sizeof(path), "/proc/%ld/stat", (long)pid);
	FILE *file = fopen(path, "r");
	if (!file || fscanf(file,
			    "%*d (%*[^)]) %*c %*d %*d %*d %*d %*d %*u %*u %*u "
			    "%*u %*u %lu %lu",
			    &user, &system) != 2)
		die("cannot read %s", path);
	(void)fclose(file);
	return (user + system) * 1000 / (uint64_t)sysconf(_SC_CLK_TCK);
}

/* What a file about the process says of its calls of getppid. */
static uint64_t counted_in(const char *name)
{
	char line[8192];
	unsigned long long calls = 0;
	FILE *file = fopen(name, "r");
	int column = -1;
	while (file && fgets(line, sizeof(line), file)) {
		char *rest = line;
		const char *word;
		bool is_getppid = strncmp(line, "getppid,", 8) == 0;
		for (int i = 0; (word = strsep(&rest, ",\n")); i++) {
			if (column < 0 && strcmp(word, "calls") == 0)
				column = i;
			else if (is_getppid && i == column)
				calls = strtoull(word, NULL, 10);
		}
	}
	if (file)
		(void)fclose(file);
	return calls;
}

static const struct step spinner_calls[] = {
	{"F4", F4, SHOWS, "Filter:"},
	{"filter", "comm == spin", SHOWS, "comm == spin"},
	{"Enter F4", ENTER, HIDES, "Filter:"},
	{"Enter", ENTER, SHOWS, "> Syscalls of a process"},
};

/* Waits for the screen to know of all calls; what it says at last. */
static uint64_t count_on_screen(struct driver *driver, uint64_t calls)
{
	char name[64];
	uint64_t counted = 0;
	go(driver, PROCESSES);
	press_all(driver, ALL(spinner_calls));
	for (int i = 0; i < 10 && counted != calls; i++) {
		pause_ms(driver, 500);
		write_rows(driver, name, sizeof(name));
		counted = counted_in(name);
		pause_ms(driver, 5500); /* until the message is gone */
	}
	return counted;
}

static int compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a;
	uint64_t y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

static void say(const char *name, uint64_t value)
{
	(void)printf("%s %llu\n", name, (unsigned long long)value);
}

static void say_keys(struct driver *driver)
{
	qsort(driver->took_ns, driver->keys, sizeof(driver->took_ns[0]),
	      compare);
	const uint64_t *took = driver->took_ns;
	say("keys", driver->keys);
	say("key_p50_us", took[driver->keys / 2] / 1000);
	say("key_p99_us", took[driver->keys * 99 / 100] / 1000);
	say("key_max_us", took[driver->keys - 1] / 1000);
}

static void say_opens(const struct driver *driver)
{
	uint64_t rows = 0;
	for (uint32_t i = 0; i < driver->opened; i++)
		rows += driver->seen[i];
	say("opened", driver->opened);
	say("opened_rows", rows);
}

/* Presses keys for so long; what it took is said. */
static void watch(struct driver *driver, int seconds)
{
	uint64_t start_ns = now_ns();
	uint64_t cpu_before_ms = cpu_ms(driver->sctop);
	uint64_t end_ns = start_ns + (uint64_t)seconds * 1000000000;
	do {
		go_through_views(driver);
		say("# rss_kb", driver->rss_kb);
	} while (now_ns() < end_ns);
	say("wall_ms", (now_ns() - start_ns) / 1000000);
	say("cpu_ms", cpu_ms(driver->sctop) - cpu_before_ms);
	say_keys(driver);
	say_opens(driver);
}

int main(int argc, char **argv)
{
	static struct driver driver;
	if (argc != 2 || !getenv("SCTOP"))
		die("usage: SCTOP=PROGRAM overload SECONDS");
	vt_init(&driver.vt);
	start_sctop(&driver);
	while (!vt_has(&driver.vt, "MEANING"))
		(void)take(&driver, 100);
	note_rss(&driver);
	say("rss_start_kb", driver.rss_kb);
	driver.storm = storm_start();
	if (!driver.storm)
		die("cannot start the storm: %s", strerror(errno));
	/* Who looks at the clock is not to wait for the storm. */
	const struct sched_param first = {.sched_priority = 2};
	(void)sched_setscheduler(0, SCHED_RR | SCHED_RESET_ON_FORK, &first);
	watch(&driver, atoi(argv[1]));
	for (int y = 0; y < 2; y++)
		(void)printf("# %s\n", driver.vt.text[y]);
	uint64_t spun = storm_stop(driver.storm);
	say("spun", spun);
	say("spun_counted", count_on_screen(&driver, spun));
	say("sampled", vt_has(&driver.vt, "sampled"));
	say("rss_kb", driver.rss_kb);
	(void)kill(driver.sctop, SIGTERM);
	(void)waitpid(driver.sctop, NULL, 0);
	return 0;
}
