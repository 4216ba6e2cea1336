/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * uring COUNT: hands in so many requests that do nothing, through a ring that
 * the kernel polls, so that no system call tells of them.  Status 77: rings are
 * not to be had here.
 */
#include <linux/io_uring.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ENTRIES 64u

struct ring {
	struct io_uring_params params;
	int fd;
	char *submissions, *completions;
	struct io_uring_sqe *entries;
};

static void *map(const struct ring *ring, size_t size, off_t offset)
{
	void *at = mmap(NULL, size, PROT_READ | PROT_WRITE,
			MAP_SHARED | MAP_POPULATE, ring->fd, offset);
	if (at == MAP_FAILED) {
		perror("mmap");
		exit(1);
	}
	return at;
}

static void open_ring(struct ring *ring)
{
	struct io_uring_params *params = &ring->params;
	params->flags = IORING_SETUP_SQPOLL;
	params->sq_thread_idle = 10000; /* ms: it stays awake */
	ring->fd = (int)syscall(SYS_io_uring_setup, ENTRIES, params);
	if (ring->fd < 0) {
		perror("io_uring_setup");
		exit(77);
	}
	ring->submissions = map(
		ring, params->sq_off.array + params->sq_entries * sizeof(__u32),
		IORING_OFF_SQ_RING);
	ring->completions =
		map(ring,
		    params->cq_off.cqes +
			    params->cq_entries * sizeof(struct io_uring_cqe),
		    IORING_OFF_CQ_RING);
	ring->entries =
		map(ring, params->sq_entries * sizeof(struct io_uring_sqe),
		    IORING_OFF_SQES);
}

static _Atomic __u32 *word(char *ring, __u32 offset)
{
	return (_Atomic __u32 *)(void *)(ring + offset);
}

/* One request, and its end. */
static void request(struct ring *ring, __u32 i)
{
	const struct io_sqring_offsets *sq = &ring->params.sq_off;
	const struct io_cqring_offsets *cq = &ring->params.cq_off;
	__u32 slot = i % ring->params.sq_entries;
	memset(&ring->entries[slot], 0, sizeof(ring->entries[slot]));
	ring->entries[slot].opcode = IORING_OP_NOP;
	*word(ring->submissions, sq->array + slot * (__u32)sizeof(__u32)) =
		slot;
	*word(ring->submissions, sq->tail) = i + 1;
	while (*word(ring->completions, cq->tail) != i + 1)
		if (*word(ring->submissions, sq->flags) & IORING_SQ_NEED_WAKEUP)
			(void)syscall(SYS_io_uring_enter, ring->fd, 0, 0,
				      IORING_ENTER_SQ_WAKEUP, NULL, 0);
	*word(ring->completions, cq->head) = i + 1;
}

int main(int argc, char **argv)
{
	struct ring ring = {.fd = -1};
	__u32 count = argc > 1 ? (__u32)strtoul(argv[1], NULL, 10) : 0;
	open_ring(&ring);
	for (__u32 i = 0; i < count; i++)
		request(&ring, i);
	return 0;
}
