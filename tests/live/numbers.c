/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Proves the numbers of syscalls.tbl on the running kernel: makes every call
 * that this kernel lists once, by number, in a child of its own, while a
 * counter on the tracepoint of that name watches the child.  The arguments are
 * such that the call must fail, or harms only the child.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/perf_event.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "abi/syscall.h"
#include "base/err.h"
#include "feed/tracefsdir.h"

#define LEAST_PROVED 250
#define PATIENCE_S   1 /* for calls that wait, such as pause */
#define BAD_ADDRESS  1
#define BAD_PID      0x7fffffff /* above any pid_max */

/* These act before they look at any argument, or on trust in it alone. */
static const char *const left_out[] = {"kexec_file_load", "kexec_load",
				       "reboot", "vhangup"};

struct exception {
	const char *name;
	long args[SYSCALL_ARGS];
};

/* Where arguments that look bad would make an object of the whole machine. */
static const struct exception exceptions[] = {
	{"msgget", {0x7eadbeef, 0}},
	{"semget", {0x7eadbeef, 1, 0}},
	{"shmget", {0x7eadbeef, 1, 0}},
};

/* Of values; a pointer gets BAD_ADDRESS. */
static const long bad_values[ARG_COUNT] = {
	[ARG_UNKNOWN] = -1,
	[ARG_INT] = -1,
	[ARG_UINT] = -1,
	[ARG_LONG] = -1,
	[ARG_ULONG] = -1,
	[ARG_HEX] = -1,
	[ARG_HEX32] = -1,
	[ARG_ADDR] = BAD_ADDRESS,
	[ARG_MODE] = 0,
	[ARG_DIRFD] = -1,
	[ARG_FD] = -1,
	[ARG_PATH] = BAD_ADDRESS,
	[ARG_STRING] = BAD_ADDRESS,
	[ARG_SET] = -1,
	[ARG_PID] = BAD_PID,
	[ARG_UID] = -1,
	[ARG_SIGNAL] = 0,
};

static long bad_value(const struct argtype_spec *spec)
{
	if (spec->direction != ARGTYPE_VALUE)
		return BAD_ADDRESS;
	return bad_values[spec->kind];
}

static void choose_args(const struct syscall *sc, long args[SYSCALL_ARGS])
{
	for (unsigned i = 0; i < SYSCALL_ARGS; i++)
		args[i] = i < sc->nargs ? bad_value(&sc->args[i].spec) : 0;
	for (size_t i = 0; i < sizeof(exceptions) / sizeof(exceptions[0]);
	     i++) {
		if (strcmp(exceptions[i].name, sc->name) == 0)
			memcpy(args, exceptions[i].args,
			       sizeof(exceptions[i].args));
	}
}

static bool is_left_out(const char *name)
{
	for (size_t i = 0; i < sizeof(left_out) / sizeof(left_out[0]); i++) {
		if (strcmp(left_out[i], name) == 0)
			return true;
	}
	return false;
}

static long long tracepoint_id(int events_fd, const char *name)
{
	char path[128], text[32] = "";
	(void)snprintf(path, sizeof(path), "sys_enter_%s/id", name);
	int fd = openat(events_fd, path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
	if (fd >= 0)
		close(fd);
	return n > 0 ? atoll(text) : -1;
}

static int open_counter(long long id, pid_t pid)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_TRACEPOINT,
		.size = sizeof(attr),
		.config = (uint64_t)id,
	};
	return (int)syscall(SYS_perf_event_open, &attr, pid, -1, -1,
			    PERF_FLAG_FD_CLOEXEC);
}

/* Stops until its counter is there.  The C library's raise() would make calls
 * of its own after that. */
static void be_child(const struct syscall *sc, int nr)
{
	long args[SYSCALL_ARGS];
	choose_args(sc, args);
	const struct rlimit none = {0, 0};
	const struct itimerval patience = {.it_value.tv_sec = PATIENCE_S};
	setrlimit(RLIMIT_CORE, &none);
	setitimer(ITIMER_REAL, &patience, NULL);
	syscall(SYS_kill, getpid(), SIGSTOP);
	syscall(nr, args[0], args[1], args[2], args[3], args[4], args[5]);
	_exit(0);
}

/* How often the tracepoint fired, or -1. */
static long long count_hits(const struct syscall *sc, int nr, long long id)
{
	int status;
	pid_t child = fork();
	if (child == 0)
		be_child(sc, nr);
	if (child < 0 || waitpid(child, &status, WUNTRACED) != child ||
	    !WIFSTOPPED(status))
		return -1;
	long long hits = -1;
	int counter = open_counter(id, child);
	kill(child, SIGCONT);
	waitpid(child, NULL, 0);
	if (counter < 0 || read(counter, &hits, sizeof(hits)) != sizeof(hits))
		fprintf(stderr, "%s: no counter: %s\n", sc->name,
			strerror(errno));
	if (counter >= 0)
		close(counter);
	return hits;
}

static struct catalogue *open_catalogue(int *events_fd)
{
	struct err err = {0};
	struct catalogue *cat = NULL;
	struct catalogue_config config = {.native = abi_native()};
	if (tracefsdir_open(events_fd, NULL, &err) < 0) {
		fprintf(stderr, "%s\n", err.text);
		exit(1);
	}
	config.events_fd = *events_fd;
	if (catalogue_new(&cat, &config, &err) < 0) {
		fprintf(stderr, "%s\n", err.text);
		exit(1);
	}
	return cat;
}

int main(void)
{
	int events_fd = -1;
	struct catalogue *cat = open_catalogue(&events_fd);
	unsigned proved = 0, wrong = 0, unproved = 0;
	for (uint32_t i = 0; i < catalogue_count(cat); i++) {
		const struct syscall *sc = catalogue_get(cat, i);
		if (sc->presence != SYSCALL_PRESENT)
			continue;
		if (is_left_out(sc->name)) {
			unproved++;
			continue;
		}
		int nr = catalogue_nr(cat, i, false);
		long long id = tracepoint_id(events_fd, sc->kernel_name);
		long long hits = count_hits(sc, nr, id);
		if (hits == 1) {
			proved++;
			continue;
		}
		wrong++;
		printf("%s, number %d: %lld hits instead of 1\n", sc->name, nr,
		       hits);
	}
	printf("%u proved, %u wrong, %u left out\n", proved, wrong, unproved);
	catalogue_free(cat);
	close(events_fd);
	return wrong || proved < LEAST_PROVED;
}
