/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "tests/live/overload.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define OPEN_NS 10000000 /* from one open to the next */

struct spinner {
	struct storm *storm;
	int i;
};

static void *spin(void *self)
{
	const struct spinner *spinner = self;
	struct storm *storm = spinner->storm;
	uint64_t calls = 0;
	while (!atomic_load_explicit(&storm->stop, memory_order_relaxed)) {
		(void)syscall(SYS_getppid);
		calls++;
		atomic_store_explicit(&storm->thread[spinner->i].calls, calls,
				      memory_order_relaxed);
	}
	return NULL;
}

static void run_spinners(struct storm *storm)
{
	pthread_t threads[STORM_THREADS];
	struct spinner spinners[STORM_THREADS];
	(void)prctl(PR_SET_NAME, "spin");
	for (int i = 0; i < STORM_THREADS; i++) {
		spinners[i] = (struct spinner){.storm = storm, .i = i};
		if (pthread_create(&threads[i], NULL, spin, &spinners[i]))
			_exit(1);
	}
	for (int i = 0; i < STORM_THREADS; i++)
		(void)pthread_join(threads[i], NULL);
}

static void run_opener(struct storm *storm)
{
	struct timespec next;
	(void)prctl(PR_SET_NAME, "pace");
	(void)fcntl(-1, F_GETFD); /* a second error to list */
	(void)clock_gettime(CLOCK_MONOTONIC, &next);
	while (!storm->stop && storm->opened < STORM_OPENS) {
		char path[64];
		(void)snprintf(path, sizeof(path), "/nowhere/%u/at/all",
			       (unsigned)storm->opened);
		(void)open(path, O_RDONLY);
		storm->opened++;
		next.tv_nsec += OPEN_NS;
		next.tv_sec += next.tv_nsec / 1000000000;
		next.tv_nsec %= 1000000000;
		(void)clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next,
				      NULL);
	}
}

static pid_t start(void (*run)(struct storm *), struct storm *storm)
{
	pid_t pid = fork();
	if (pid)
		return pid;
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL); /* no storm without a test */
	run(storm);
	_exit(0);
}

struct storm *storm_start(void)
{
	struct storm *storm = mmap(NULL, sizeof(*storm), PROT_READ | PROT_WRITE,
				   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (storm == MAP_FAILED)
		return NULL;
	storm->pids[0] = start(run_spinners, storm);
	storm->pids[1] = start(run_opener, storm);
	return storm->pids[0] > 0 && storm->pids[1] > 0 ? storm : NULL;
}

uint64_t storm_stop(struct storm *storm)
{
	uint64_t sum = 0;
	storm->stop = true;
	for (int i = 0; i < 2; i++)
		(void)waitpid(storm->pids[i], NULL, 0);
	for (int i = 0; i < STORM_THREADS; i++)
		sum += storm->thread[i].calls;
	return sum;
}
