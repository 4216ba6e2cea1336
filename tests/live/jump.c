/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * jump MIB DIRECTORY: makes a recording of that size there, opens it with a
 * screen, and jumps in it.  How long it took until the screen showed that is
 * written as lines "NAME VALUE", in microseconds; jump.sh judges them.
 */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "abi/syscall.h"
#include "tests/lib/recmade.h"
#include "tests/lib/traffic.h"
#include "tests/live/vt.h"

#define CALLS      50000 /* of a second */
#define MIB        1048576ull
#define START_NS   1000000000000ull
#define GIVE_UP_MS 60000
#define PAUSE_MS   300 /* between an answer and the next key */

struct driver {
	struct vt vt;
	int pty;
	pid_t sctop;
	unsigned seconds; /* that the recording has */
};

static uint64_t now_ns(void)
{
	struct timespec now;
	(void)clock_gettime(CLOCK_MONOTONIC, &now); /* cannot fail for it */
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static _Noreturn void fail(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	(void)vfprintf(stderr, format, args);
	va_end(args);
	(void)fputc('\n', stderr);
	exit(1);
}

/* From 00:00:00 o'clock on; how many seconds it has. */
static unsigned make_recording(const char *path, uint64_t bytes)
{
	const struct catalogue_config config = {.events_fd = -1,
						.native = ABI_X86_64};
	struct catalogue *cat = NULL;
	unsigned seconds = 0;
	if (catalogue_new(&cat, &config, NULL) < 0)
		fail("no catalogue");
	const struct recmade_config recording = {
		.path = path,
		.catalogue = cat,
		.start_ns = START_NS,
		.wall_offset_ns = 86400000000000ull - START_NS,
	};
	struct recmade *made = recmade_new(&recording);
	if (!made)
		fail("cannot make %s", path);
	struct traffic traffic = {.put = recmade_put, .self = made};
	traffic_begin(&traffic, START_NS);
	for (; recmade_size(made) < bytes; seconds++)
		traffic_second(&traffic, CALLS);
	if (!recmade_free(made))
		fail("cannot write %s", path);
	catalogue_free(cat);
	return seconds;
}

static void start_sctop(struct driver *driver, const char *path)
{
	const struct winsize size = {.ws_row = VT_ROWS, .ws_col = VT_COLS};
	const char *program = getenv("SCTOP");
	driver->sctop = forkpty(&driver->pty, NULL, NULL, &size);
	if (driver->sctop < 0)
		fail("cannot make a pty: %s", strerror(errno));
	if (driver->sctop > 0)
		return;
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)setenv("TERM", "xterm", 1);
	(void)setenv("LC_ALL", "C", 1);
	(void)setenv("NO_COLOR", "1", 1);
	(void)execl(program, program, "--no-save", "--ascii", "--no-mouse",
		    "-r", path, (char *)NULL);
	_exit(127);
}

/* Takes what sctop writes within MS. */
static void take(struct driver *driver, int ms)
{
	char bytes[65536];
	struct pollfd fd = {.fd = driver->pty, .events = POLLIN};
	if (poll(&fd, 1, ms) <= 0)
		return;
	ssize_t n = read(driver->pty, bytes, sizeof(bytes));
	if (n <= 0)
		fail("sctop has ended");
	vt_write(&driver->vt, bytes, (size_t)n);
}

/* How long it takes until TEXT is there. */
static uint64_t await(struct driver *driver, uint64_t since_ns,
		      const char *text)
{
	while (!vt_has(&driver->vt, text)) {
		if (now_ns() - since_ns > GIVE_UP_MS * 1000000ull) {
			for (int y = 0; y < VT_ROWS; y++)
				(void)fprintf(stderr, "\t%s\n",
					      driver->vt.text[y]);
			fail("'%s' does not come", text);
		}
		take(driver, 5);
	}
	return now_ns() - since_ns;
}

static void pause_ms(struct driver *driver, int ms)
{
	uint64_t end_ns = now_ns() + (uint64_t)ms * 1000000;
	while (now_ns() < end_ns)
		take(driver, 5);
}

static void say(const char *name, uint64_t value)
{
	(void)printf("%s %llu\n", name, (unsigned long long)value);
}

/* To so many seconds behind the beginning. */
static void jump(struct driver *driver, unsigned to)
{
	char keys[32], expected[64];
	(void)snprintf(keys, sizeof(keys), "j%02u:%02u:%02u\r", to / 3600,
		       to / 60 % 60, to % 60); /* fits */
	(void)snprintf(expected, sizeof(expected),
		       "paused  x1    %02u:%02u:%02u.000", to / 3600,
		       to / 60 % 60, to % 60); /* fits */
	uint64_t start_ns = now_ns();
	if (write(driver->pty, keys, strlen(keys)) != (ssize_t)strlen(keys))
		fail("cannot press keys: %s", strerror(errno));
	say("jump_us", await(driver, start_ns, expected) / 1000);
	pause_ms(driver, PAUSE_MS);
}

int main(int argc, char **argv)
{
	static const unsigned percents[] = {50, 25, 75, 10, 90, 51, 49, 60, 33};
	static struct driver driver;
	char path[4096];
	if (argc != 3 || !getenv("SCTOP"))
		fail("usage: SCTOP=PROGRAM jump MIB DIRECTORY");
	(void)snprintf(path, sizeof(path), "%s/large", argv[2]);
	driver.seconds = make_recording(path, (uint64_t)atoll(argv[1]) * MIB);
	say("seconds", driver.seconds);
	vt_init(&driver.vt);
	uint64_t start_ns = now_ns();
	start_sctop(&driver, path);
	say("first_us", await(&driver, start_ns, "reading fast") / 1000);
	for (size_t i = 0; i < sizeof(percents) / sizeof(percents[0]); i++)
		jump(&driver, driver.seconds * percents[i] / 100);
	(void)kill(driver.sctop, SIGTERM);
	(void)waitpid(driver.sctop, NULL, 0);
	return 0;
}
