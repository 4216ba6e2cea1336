/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stream COMMAND: a screen of 120x40 that the shell's COMMAND draws, to which
 * $PID in it is this process.  Opens /nowhere/NANOSECONDS, the time of the
 * call, now and then, and looks when the screen has it.  Writes what was
 * measured as lines "NAME VALUE" and leaves the judgement to stream.sh.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include "tests/live/vt.h"

#define CALLS      48
#define PAUSE_MS   137 /* drifts over whatever has a period */
#define GIVE_UP_NS 20000000000u

struct watch {
	struct vt vt;
	int pty;
	uint64_t took_ns[CALLS];
};

static uint64_t now_ns(void)
{
	struct timespec now;
	(void)clock_gettime(CLOCK_MONOTONIC, &now); /* cannot fail for it */
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static _Noreturn void die(const struct watch *watch, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	(void)vfprintf(stderr, format, args);
	va_end(args);
	(void)fputc('\n', stderr);
	for (int y = 0; y < VT_ROWS; y++)
		(void)fprintf(stderr, "\t%s\n", watch->vt.text[y]);
	exit(1);
}

static void start(struct watch *watch, const char *command)
{
	const struct winsize size = {.ws_row = VT_ROWS, .ws_col = VT_COLS};
	char pid[16];
	(void)snprintf(pid, sizeof(pid), "%ld", (long)getpid());
	(void)setenv("PID", pid, 1);
	pid_t child = forkpty(&watch->pty, NULL, NULL, &size);
	if (child < 0)
		die(watch, "cannot make a pty: %s", strerror(errno));
	if (child > 0)
		return;
	(void)prctl(PR_SET_PDEATHSIG, SIGHUP);
	(void)setenv("TERM", "xterm", 1);
	(void)setenv("LC_ALL", "C", 1);
	(void)setenv("NO_COLOR", "1", 1);
	(void)execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

static void take(struct watch *watch, int ms)
{
	char bytes[65536];
	struct pollfd fd = {.fd = watch->pty, .events = POLLIN};
	if (poll(&fd, 1, ms) <= 0)
		return;
	ssize_t n = read(watch->pty, bytes, sizeof(bytes));
	if (n <= 0)
		die(watch, "the screen has ended");
	vt_write(&watch->vt, bytes, (size_t)n);
}

static void await(struct watch *watch, const char *text)
{
	uint64_t end_ns = now_ns() + GIVE_UP_NS;
	while (!vt_has(&watch->vt, text)) {
		if (now_ns() > end_ns)
			die(watch, "no '%s'", text);
		take(watch, 1);
	}
}

/* From the end of a call to its row on the screen. */
static uint64_t time_call(struct watch *watch)
{
	char path[64];
	(void)snprintf(path, sizeof(path), "/nowhere/%llu",
		       (unsigned long long)now_ns());
	(void)open(path, O_RDONLY); /* it fails */
	uint64_t ended_ns = now_ns();
	await(watch, path);
	return now_ns() - ended_ns;
}

static void pause_ms(struct watch *watch, int ms)
{
	uint64_t end_ns = now_ns() + (uint64_t)ms * 1000000;
	for (uint64_t now = now_ns(); now < end_ns; now = now_ns())
		take(watch, (int)((end_ns - now) / 1000000) + 1);
}

static int compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a;
	uint64_t y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

static void print_us(const char *name, uint64_t ns)
{
	(void)printf("%s %llu\n", name, (unsigned long long)ns / 1000);
}

int main(int argc, char **argv)
{
	static struct watch watch;
	if (argc != 2 || chdir("/") < 0) /* rows tell the directory, too */
		return 2;
	vt_init(&watch.vt);
	start(&watch, argv[1]);
	await(&watch, "MEANING"); /* the first view */
	if (write(watch.pty, "3", 1) != 1)
		die(&watch, "cannot press a key: %s", strerror(errno));
	await(&watch, "RESULT");
	(void)time_call(&watch); /* all is there now */
	for (size_t i = 0; i < CALLS; i++) {
		watch.took_ns[i] = time_call(&watch);
		pause_ms(&watch, PAUSE_MS);
	}
	qsort(watch.took_ns, CALLS, sizeof(watch.took_ns[0]), compare);
	(void)printf("calls %d\n", CALLS);
	print_us("median_us", watch.took_ns[CALLS / 2]);
	print_us("p95_us", watch.took_ns[CALLS * 95 / 100]);
	print_us("most_us", watch.took_ns[CALLS - 1]);
	(void)!write(watch.pty, "q", 1); /* or its terminal goes */
	return 0;
}
