/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Scenes of tests/live/fds: numbers that are no descriptors, and descriptors
 * that are not an argument by themselves.
 */
#include "config.h"

#include "fds.h"

#include <fcntl.h>
#include <limits.h>
#include <linux/bpf.h>
#include <linux/io_uring.h>
#include <linux/kcmp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define HIGH   900
#define PIDFD  3 /* P_PIDFD, linux/wait.h */
#define SET_FD 5 /* FSCONFIG_SET_FD, linux/mount.h */

void fds_wrong(void)
{
	static const long numbers[] = {
		-1,
		-100,
		-101,
		60,
		1023,
		1024,
		65536,
		1 << 20,
		INT_MAX,
		INT_MIN,
		UINT_MAX,
		1L << 32,
		(1L << 32) + 60,
	};
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		(void)syscall(SYS_lseek, numbers[i], 0, SEEK_SET);
		(void)syscall(SYS_close, numbers[i]);
		(void)syscall(SYS_openat, numbers[i], "nothing", O_RDONLY);
	}
	int fd = fds_make("file");
	int high = fds_need(dup2(fd, HIGH), "dup2");
	fds_look(high);
	/* The upper half of the register does not count. */
	(void)syscall(SYS_lseek, (1L << 32) + high, 0, SEEK_SET);
	fds_look(fds_need(fcntl(fd, F_DUPFD, HIGH), "F_DUPFD"));
	(void)syscall(SYS_dup2, fd, -1);
	(void)syscall(SYS_dup3, fd, fd, 0);
	fds_need(close(high), "close");
	(void)syscall(SYS_lseek, high, 0, SEEK_SET);
	(void)syscall(SYS_close_range, HIGH, UINT_MAX, 0);
	(void)syscall(SYS_lseek, HIGH + 1, 0, SEEK_SET);
}

/* Makes a process as MAKE does, which puts a pidfd into FD. */
static void look_at_child(long made, const int *fd)
{
	if (!made)
		_exit(0);
	fds_expect(fds_need(*fd, "pidfd"), "<pid:%ld>", made);
	(void)waitpid((pid_t)made, NULL, 0); /* it ends by itself */
}

static void make_children(void)
{
	int fd = -1;
	uint64_t args[8] = {CLONE_PIDFD, (uintptr_t)&fd, 0, 0, SIGCHLD};
	look_at_child(syscall(SYS_clone3, args, sizeof(args)), &fd);
	fd = -1;
	look_at_child(
		syscall(SYS_clone, CLONE_PIDFD | SIGCHLD, NULL, &fd, NULL, 0L),
		&fd);
}

/* Those that another process has too, or that name it. */
static void share(int file)
{
	int own = fds_need((int)syscall(SYS_pidfd_open, getpid(), 0), "pidfd");
	pid_t child = fds_need(fork(), "fork");
	if (!child) {
		(void)pause();
		_exit(0);
	}
	int pidfd = fds_need((int)syscall(SYS_pidfd_open, child, 0), "pidfd");
	fds_look((int)syscall(SYS_pidfd_getfd, own, file, 0));
	fds_look((int)syscall(SYS_pidfd_getfd, pidfd, file, 0));
	(void)syscall(SYS_pidfd_getfd, own, HIGH, 0);
	(void)syscall(SYS_kcmp, getpid(), getpid(), KCMP_FILE, file, own);
	(void)syscall(SYS_kcmp, getpid(), getpid(), KCMP_FILE, file, HIGH);
	(void)kill(child, SIGKILL);
	(void)syscall(SYS_waitid, PIDFD, pidfd, NULL, WEXITED, NULL);
}

static void use_ring(int file)
{
	struct io_uring_params params = {0};
	int ring = (int)syscall(SYS_io_uring_setup, 4, &params);
	if (ring < 0) /* not everywhere */
		return;
	int fds[] = {file, -1, ring};
	struct io_uring_files_update update = {.fds = (uintptr_t)fds};
	struct io_uring_rsrc_update rings[] = {
		{.offset = UINT_MAX, .data = (unsigned)ring},
		{.offset = UINT_MAX, .data = (unsigned)ring},
	};
	(void)syscall(SYS_io_uring_register, ring, IORING_REGISTER_FILES, fds,
		      2);
	(void)syscall(SYS_io_uring_register, ring, IORING_REGISTER_FILES_UPDATE,
		      &update, 2);
	(void)syscall(SYS_io_uring_register, ring, IORING_REGISTER_RING_FDS,
		      rings, 2);
}

static void use_bpf(int file)
{
	const struct bpf_insn program[] = {
		{.code = BPF_ALU64 | BPF_MOV | BPF_K},
		{.code = BPF_JMP | BPF_EXIT},
	};
	union bpf_attr load = {
		.prog_type = BPF_PROG_TYPE_SOCKET_FILTER,
		.insn_cnt = 2,
		.insns = (uintptr_t)program,
		.license = (uintptr_t) "GPL",
	};
	fds_maybe((int)syscall(SYS_bpf, BPF_PROG_LOAD, &load, 120));
	load.prog_btf_fd = (unsigned)file;
	(void)syscall(SYS_bpf, BPF_PROG_LOAD, &load, 120);
	union bpf_attr attach = {.target_fd = (unsigned)file,
				 .attach_bpf_fd = (unsigned)file};
	(void)syscall(SYS_bpf, BPF_PROG_ATTACH, &attach, 20);
}

void fds_arguments(void)
{
	struct timeval none = {0};
	fd_set set;
	int file = fds_make("file");
	int event = fds_need(eventfd(1, 0), "eventfd");
	struct pollfd polled[] = {{file, POLLIN, 0},
				  {-1, POLLIN, 0},
				  {HIGH, POLLIN, 0},
				  {event, POLLIN, 0}};
	(void)poll(polled, 4, 0);
	FD_ZERO(&set);
	FD_SET(file, &set);
	FD_SET(event, &set);
	(void)select(event + 1, &set, NULL, NULL, &none);
	make_children();
	share(file);
	use_ring(file);
	use_bpf(file);
	int context = (int)syscall(SYS_fsopen, "tmpfs", 0);
	if (context >= 0)
		(void)syscall(SYS_fsconfig, context, SET_FD, "source", NULL,
			      file);
}
