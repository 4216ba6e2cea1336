/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A zoo of which four questions have known answers:
 *
 *   tour DIRECTORY
 *
 *   zoo-gate   fails to open /etc/zoo/prices.conf, all the time
 *   zoo-mail  fails to open another file now and then
 *   zoo-db    waits in read(2) of a pipe, from the beginning
 *   zoo-cron  waits in pause(2), entered later
 *   zoo-disk  once DIRECTORY/go is there: writes three files and forces each to
 *              the disk several times, of which one is large, and notes which
 *              took longest in DIRECTORY/slowest: its name, nanoseconds, and
 *              those of the second
 *
 * DIRECTORY/ready is there when the two wait.  It runs until it is killed, with
 * its children.
 */
#include "config.h"

#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define MILLISECOND 1000000l
#define LARGE       (96 << 20)
#define CHUNK       (1 << 20)
#define ROUNDS      3

static void wait_ns(long ns)
{
	const struct timespec time = {.tv_nsec = ns};
	(void)nanosleep(&time, NULL);
}

static uint64_t now_ns(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void fail_to_open(const char *path, int times)
{
	for (;;) {
		for (int i = 0; i < times; i++)
			(void)open(path, O_RDONLY);
		wait_ns(10 * MILLISECOND);
	}
}

static void gate(void)
{
	fail_to_open("/etc/zoo/prices.conf", 100);
}

static void mail(void)
{
	fail_to_open("/etc/zoo/letters.conf", 1);
}

static void db(void)
{
	int ends[2];
	char byte;
	if (pipe(ends) == 0)
		(void)!read(ends[0], &byte, 1);
}

static void cron(void)
{
	(void)pause();
}

static void write_bytes(int fd, size_t size)
{
	static const char chunk[CHUNK] = "goods";
	for (size_t at = 0; at < size; at += CHUNK)
		(void)!pwrite(fd, chunk, size < CHUNK ? size : CHUNK,
			      (off_t)at);
}

struct slowest {
	const char *name;
	uint64_t ns, second_ns;
};

static void force(const char *name, size_t size, struct slowest *slowest)
{
	int fd = open(name, O_RDWR | O_CREAT, 0600);
	write_bytes(fd, size);
	uint64_t start_ns = now_ns();
	(void)fsync(fd);
	uint64_t took_ns = now_ns() - start_ns;
	close(fd);
	if (took_ns > slowest->ns) {
		if (slowest->name && strcmp(slowest->name, name) != 0)
			slowest->second_ns = slowest->ns;
		slowest->ns = took_ns;
		slowest->name = name;
	} else if (took_ns > slowest->second_ns &&
		   strcmp(slowest->name, name) != 0) {
		slowest->second_ns = took_ns;
	}
}

static void disk(void)
{
	struct slowest slowest = {0};
	while (access("go", F_OK) != 0)
		wait_ns(10 * MILLISECOND);
	for (int i = 0; i < ROUNDS; i++) {
		force("visits.db", 100, &slowest);
		force("animals.db", LARGE, &slowest);
		force("names.db", 100, &slowest);
	}
	FILE *out = fopen("slowest.new", "w");
	if (!out)
		return;
	(void)fprintf(out, "%s %llu %llu\n", slowest.name,
		      (unsigned long long)slowest.ns,
		      (unsigned long long)slowest.second_ns);
	(void)fclose(out);
	(void)rename("slowest.new", "slowest");
	(void)pause();
}

static pid_t start(const char *name, void (*run)(void))
{
	pid_t pid = fork();
	if (pid == 0) {
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		(void)prctl(PR_SET_NAME, name);
		run();
		_exit(0);
	}
	return pid;
}

/* Until it has its name and sleeps: it is in the one call that it makes. */
static void await_sleep(pid_t pid, const char *name)
{
	char path[64], wanted[64], text[256] = "";
	(void)snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	(void)snprintf(wanted, sizeof(wanted), "(%s) S ", name);
	while (!strstr(text, wanted)) {
		wait_ns(MILLISECOND);
		FILE *in = fopen(path, "r");
		if (!in || !fgets(text, sizeof(text), in))
			exit(1);
		(void)fclose(in);
	}
}

int main(int argc, char *argv[])
{
	if (argc != 2 || chdir(argv[1]) < 0)
		return 2;
	await_sleep(start("zoo-db", db), "zoo-db");
	wait_ns(300 * MILLISECOND); /* its age is to stand out */
	await_sleep(start("zoo-cron", cron), "zoo-cron");
	(void)start("zoo-gate", gate);
	(void)start("zoo-mail", mail);
	(void)start("zoo-disk", disk);
	(void)close(open("ready", O_WRONLY | O_CREAT, 0600));
	(void)prctl(PR_SET_NAME, "zoo");
	for (;;)
		(void)pause();
}
