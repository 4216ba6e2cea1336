/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads and writes that are handed in and collected later. */
#include "config.h"

#include "calls.h"

#include <fcntl.h>
#include <linux/aio_abi.h>
#include <linux/io_uring.h>
#include <signal.h>
#include <string.h>
#include <sys/uio.h>
#include <time.h>

#define OFFSET(p) ((uint64_t)(uintptr_t)(p))

static void test_submit(struct calls *c, aio_context_t ctx, int fd)
{
	static char buf[8], more[8];
	const struct iovec vec = {more, 8};
	const struct iovec words[] = {{"many ", 5}, {"words", 5}};
	struct iocb cb = {.aio_data = 0x11,
			  .aio_lio_opcode = IOCB_CMD_PREAD,
			  .aio_fildes = (unsigned)fd,
			  .aio_buf = OFFSET(buf),
			  .aio_nbytes = 8,
			  .aio_offset = 2};
	struct iocb out = {.aio_lio_opcode = IOCB_CMD_PWRITE,
			   .aio_fildes = (unsigned)fd,
			   .aio_reqprio = 5,
			   .aio_buf = OFFSET("words"),
			   .aio_nbytes = 5,
			   .aio_flags = IOCB_FLAG_RESFD,
			   .aio_resfd = 77};
	struct iocb many = {.aio_lio_opcode = IOCB_CMD_PREADV,
			    .aio_fildes = (unsigned)fd,
			    .aio_buf = OFFSET(&vec),
			    .aio_nbytes = 1};
	struct iocb pieces = {.aio_lio_opcode = IOCB_CMD_PWRITEV,
			      .aio_fildes = (unsigned)fd,
			      .aio_buf = OFFSET(words),
			      .aio_nbytes = 2};
	struct iocb *cbs[] = {&cb, &many}, *bad[] = {&out, NULL};
	struct iocb *unread[] = {&pieces, (void *)c->bad, &many};
	CALL(c, io_submit, (ctx, 2, cbs),
	     "%#lx, 2, [{aio_data=0x11, aio_lio_opcode=IOCB_CMD_PREAD, "
	     "aio_fildes=%d, aio_buf=%p, aio_nbytes=8, aio_offset=2}, "
	     "{aio_data=0, aio_lio_opcode=IOCB_CMD_PREADV, aio_fildes=%d, "
	     "aio_buf=[{iov_base=%p, iov_len=8}], aio_offset=0}]",
	     ctx, fd, (void *)buf, fd, (void *)more);
	CALL(c, io_submit, (ctx, 2, bad),
	     "%#lx, 2, [{aio_data=0, aio_lio_opcode=IOCB_CMD_PWRITE, "
	     "aio_reqprio=5, aio_fildes=%d, aio_buf=\"words\", aio_nbytes=5, "
	     "aio_offset=0, aio_flags=IOCB_FLAG_RESFD, aio_resfd=77}, NULL]",
	     ctx, fd);
	CALL(c, io_submit, (0, 3, unread),
	     "NULL, 3, [{aio_data=0, aio_lio_opcode=IOCB_CMD_PWRITEV, "
	     "aio_fildes=%d, aio_buf=[{iov_base=\"many \", iov_len=5}, "
	     "{iov_base=\"words\", iov_len=5}], aio_offset=0}, %p, "
	     "{aio_data=0, aio_lio_opcode=IOCB_CMD_PREADV, aio_fildes=%d, "
	     "aio_buf=[{iov_base=%p, iov_len=8}], aio_offset=0}]",
	     fd, (void *)c->bad, fd, (void *)more);
	CALL(c, io_submit, (ctx, -1L, NULL), "%#lx, -1, NULL", ctx);
}

static void test_collect(struct calls *c, aio_context_t ctx)
{
	struct io_event events[2];
	struct timespec ts = {5, 6};
	uint64_t mask = 1 << (SIGHUP - 1);
	const struct {
		const void *mask;
		size_t size;
	} sig = {&mask, 8};
	CALL(c, io_getevents, (ctx, 2, 2, events, &ts),
	     "%#lx, 2, 2, [{data=%#llx, obj=%#llx, res=%lld, res2=%lld}, "
	     "{data=%#llx, obj=%#llx, res=%lld, res2=%lld}], {tv_sec=5, "
	     "tv_nsec=6}",
	     ctx, events[0].data, events[0].obj, events[0].res, events[0].res2,
	     events[1].data, events[1].obj, events[1].res, events[1].res2);
	CALL(c, io_getevents, (ctx, 0, 2, events, NULL), "%#lx, 0, 2, [], NULL",
	     ctx);
	CALL(c, io_getevents, (0, 0, 2, NULL, c->bad), "NULL, 0, 2, NULL, %p",
	     (void *)c->bad);
	ts.tv_sec = 0;
	CALL(c, io_pgetevents, (ctx, 0, 2, events, &ts, &sig),
	     "%#lx, 0, 2, [], {tv_sec=0, tv_nsec=6}, {sigmask=[HUP], "
	     "sigsetsize=8}",
	     ctx);
	CALL(c, io_cancel, (ctx, c->bad, events), "%#lx, %p, %p", ctx,
	     (void *)c->bad, (void *)events);
	CALL(c, io_destroy, (ctx), "%#lx", ctx);
	CALL(c, io_destroy, (5), "0x5");
}

static void test_aio(struct calls *c)
{
	aio_context_t ctx = 0;
	int fd = open("file", O_RDWR | O_CREAT, 0600);
	CALLS_NEED(c, write(fd, "0123456", 7) == 7);
	CALL(c, io_setup, (8, &ctx), "8, [%#lx]", ctx);
	test_submit(c, ctx, fd);
	test_collect(c, ctx);
	CALL(c, io_setup, (-1, c->bad), "4294967295, %p", (void *)c->bad);
	CALL(c, io_setup, (8, NULL), "8, NULL");
}

static const char *params_text(struct calls *c, const struct io_uring_params *p)
{
	static const struct calls_flag features[] = {
		CALLS_FLAG(IORING_FEAT_SINGLE_MMAP),
		CALLS_FLAG(IORING_FEAT_NODROP),
		CALLS_FLAG(IORING_FEAT_SUBMIT_STABLE),
		CALLS_FLAG(IORING_FEAT_RW_CUR_POS),
		CALLS_FLAG(IORING_FEAT_CUR_PERSONALITY),
		CALLS_FLAG(IORING_FEAT_FAST_POLL),
		CALLS_FLAG(IORING_FEAT_POLL_32BITS),
		CALLS_FLAG(IORING_FEAT_SQPOLL_NONFIXED),
		CALLS_FLAG(IORING_FEAT_EXT_ARG),
		CALLS_FLAG(IORING_FEAT_NATIVE_WORKERS),
		CALLS_FLAG(IORING_FEAT_RSRC_TAGS),
		CALLS_FLAG(IORING_FEAT_CQE_SKIP),
		CALLS_FLAG(IORING_FEAT_LINKED_FILE),
		{"IORING_FEAT_REG_REG_RING", 1 << 13},
		{"IORING_FEAT_RECVSEND_BUNDLE", 1 << 14},
		{"IORING_FEAT_MIN_TIMEOUT", 1 << 15},
		{"IORING_FEAT_RW_ATTR", 1 << 16},
		{"IORING_FEAT_NO_IOWAIT", 1 << 17},
		{NULL, 0}};
	return calls_text(
		c,
		", sq_entries=%u, cq_entries=%u, features=%s, sq_off={head=%u, "
		"tail=%u, ring_mask=%u, ring_entries=%u, flags=%u, dropped=%u, "
		"array=%u}, cq_off={head=%u, tail=%u, ring_mask=%u, "
		"ring_entries=%u, overflow=%u, cqes=%u, flags=%u}",
		p->sq_entries, p->cq_entries,
		calls_flags(c, p->features, features), p->sq_off.head,
		p->sq_off.tail, p->sq_off.ring_mask, p->sq_off.ring_entries,
		p->sq_off.flags, p->sq_off.dropped, p->sq_off.array,
		p->cq_off.head, p->cq_off.tail, p->cq_off.ring_mask,
		p->cq_off.ring_entries, p->cq_off.overflow, p->cq_off.cqes,
		p->cq_off.flags);
}

static void test_uring(struct calls *c)
{
	struct io_uring_params params = {.flags = IORING_SETUP_CLAMP};
	int none[2] = {-1, 0};
	const struct iovec vec = {c->bad, 4096};
	CALL(c, io_uring_setup, (4, &params),
	     "4, {flags=IORING_SETUP_CLAMP, sq_thread_cpu=0, sq_thread_idle=0"
	     "%s}",
	     c->error ? "" : params_text(c, &params));
	int fd = (int)c->result;
	CALL(c, io_uring_setup, (0, &params),
	     "0, {flags=IORING_SETUP_CLAMP, sq_thread_cpu=0, "
	     "sq_thread_idle=0}");
	CALL(c, io_uring_setup, (1, NULL), "1, NULL");
	CALL(c, io_uring_enter,
	     (fd, 1, 0, IORING_ENTER_GETEVENTS | IORING_ENTER_SQ_WAKEUP, NULL,
	      8),
	     "%d, 1, 0, IORING_ENTER_GETEVENTS|IORING_ENTER_SQ_WAKEUP, NULL, 8",
	     fd);
	CALL(c, io_uring_enter, (-1, 5, 6, 0x1000, c->bad, 8),
	     "-1, 5, 6, 0x1000 /* IORING_ENTER_??? */, %p, 8", (void *)c->bad);
	CALL(c, io_uring_register, (fd, IORING_REGISTER_FILES, none, 2),
	     "%d, IORING_REGISTER_FILES, [-1, 0], 2", fd);
	CALL(c, io_uring_register, (fd, IORING_UNREGISTER_FILES, NULL, 0),
	     "%d, IORING_UNREGISTER_FILES, NULL, 0", fd);
	CALL(c, io_uring_register, (-1, IORING_REGISTER_BUFFERS, &vec, 1),
	     "-1, IORING_REGISTER_BUFFERS, [{iov_base=%p, iov_len=4096}], 1",
	     (void *)c->bad);
	CALL(c, io_uring_register, (-1, 0xfff, c->bad, 1),
	     "-1, 0xfff /* IORING_REGISTER_??? */, %p, 1", (void *)c->bad);
}

void calls_queues(struct calls *c)
{
	test_aio(c);
	test_uring(c);
}
