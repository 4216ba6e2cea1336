/* SPDX-License-Identifier: GPL-2.0-or-later */
/* System V and POSIX queues, semaphores, shared memory. */
#include "config.h"

#include "calls.h"

#include <fcntl.h>
#include <linux/ipc.h>
#include <linux/msg.h>
#include <linux/sem.h>
#include <linux/shm.h>
#include <mqueue.h>
#include <signal.h>
#include <string.h>
#include <time.h>

static const char *perm_text(struct calls *c, mode_t mode, int key)
{
	return calls_text(c, "uid=0, gid=0, mode=0%o, key=%d, cuid=0, cgid=0",
			  mode, key);
}

static void test_shared_memory(struct calls *c)
{
	struct shmid64_ds ds;
	struct shminfo64 limits;
	struct shm_info info;
	CALL(c, shmget, (IPC_PRIVATE, 4096, IPC_CREAT | 0600),
	     "IPC_PRIVATE, 4096, IPC_CREAT|0600");
	int id = (int)c->result;
	CALL_HEX(c, shmat, (id, NULL, 0), "%d, NULL, 0", id);
	void *at = (void *)c->result;
	CALL_HEX(c, shmat, (id, 0x1001, SHM_RDONLY | SHM_RND),
		 "%d, 0x1001, SHM_RDONLY|SHM_RND", id);
	CALL_HEX(c, shmat, (-1, at, SHM_REMAP | 0x7), "-1, %p, SHM_REMAP|0x7",
		 at);
	CALL(c, shmctl, (id, IPC_STAT, &ds),
	     "%d, IPC_STAT, {shm_perm={%s}, shm_segsz=4096, shm_cpid=%d, "
	     "shm_lpid=%d, shm_nattch=2, shm_atime=%ld, shm_dtime=%ld, "
	     "shm_ctime=%ld}",
	     id, perm_text(c, 0600, 0), ds.shm_cpid, ds.shm_lpid, ds.shm_atime,
	     ds.shm_dtime, ds.shm_ctime);
	CALL(c, shmctl, (id, IPC_SET, &ds),
	     "%d, IPC_SET, {shm_perm={uid=0, gid=0, mode=0600}}", id);
	CALL(c, shmctl, (-1, IPC_STAT, &ds), "-1, IPC_STAT, %p", (void *)&ds);
	CALL(c, shmctl, (0, IPC_INFO, &limits),
	     "0, IPC_INFO, {shmmax=%lu, shmmin=%lu, shmmni=%lu, shmseg=%lu, "
	     "shmall=%lu}",
	     limits.shmmax, limits.shmmin, limits.shmmni, limits.shmseg,
	     limits.shmall);
	CALL(c, shmctl, (0, SHM_INFO, &info),
	     "0, SHM_INFO, {used_ids=%d, shm_tot=%lu, shm_rss=%lu, "
	     "shm_swp=%lu, swap_attempts=%lu, swap_successes=%lu}",
	     info.used_ids, info.shm_tot, info.shm_rss, info.shm_swp,
	     info.swap_attempts, info.swap_successes);
	CALL(c, shmctl, (id, SHM_LOCK, NULL), "%d, SHM_LOCK, NULL", id);
	CALL(c, shmctl, (id, IPC_RMID, NULL), "%d, IPC_RMID, NULL", id);
	CALL(c, shmctl, (-1, 0x4d4d, c->bad),
	     "-1, IPC_64|0x4c4d /* SHM_??? */, %p", (void *)c->bad);
	CALL(c, shmdt, (at), "%p", at);
	CALL(c, shmdt, (NULL), "NULL");
	CALL(c, shmget, (0x1234567, 5, SHM_HUGETLB | 0x8000),
	     "0x1234567, 5, SHM_HUGETLB|0x8000|000");
}

static void test_semaphores(struct calls *c)
{
	struct sembuf ops[] = {{0, 1, IPC_NOWAIT | SEM_UNDO}, {1, -1, 0}};
	struct timespec ts = {0, 5};
	unsigned short values[] = {1, 2};
	struct semid64_ds ds;
	struct seminfo info;
	CALL(c, semget, (IPC_PRIVATE, 2, IPC_CREAT | IPC_EXCL | 0640),
	     "IPC_PRIVATE, 2, IPC_CREAT|IPC_EXCL|0640");
	int id = (int)c->result;
	CALL(c, semctl, (id, 0, SETALL, values), "%d, 0, SETALL, %p", id,
	     (void *)values);
	CALL(c, semop, (id, ops, 2),
	     "%d, [{sem_num=0, sem_op=1, sem_flg=SEM_UNDO|IPC_NOWAIT}, "
	     "{sem_num=1, sem_op=-1, sem_flg=0}], 2",
	     id);
	ops[0] = (struct sembuf){0, -5, 0};
	CALL(c, semtimedop, (id, ops, 1, &ts),
	     "%d, [{sem_num=0, sem_op=-5, sem_flg=0}], 1, {tv_sec=0, "
	     "tv_nsec=5}",
	     id);
	CALL(c, semop, (-1, NULL, 1), "-1, NULL, 1");
	CALL(c, semtimedop, (-1, c->bad, 1, NULL), "-1, %p, 1, NULL",
	     (void *)c->bad);
	CALL(c, semctl, (id, 1, GETVAL, 0), "%d, 1, GETVAL, NULL", id);
	CALL(c, semctl, (id, 1, SETVAL, 7), "%d, 1, SETVAL, 0x7", id);
	CALL(c, semctl, (id, 0, GETPID, 0), "%d, 0, GETPID, NULL", id);
	CALL(c, semctl, (id, 0, IPC_STAT, &ds),
	     "%d, 0, IPC_STAT, {sem_perm={%s}, sem_otime=%ld, sem_ctime=%ld, "
	     "sem_nsems=2}",
	     id, perm_text(c, 0640, 0), ds.sem_otime, ds.sem_ctime);
	CALL(c, semctl, (0, 0, SEM_INFO, &info),
	     "0, 0, SEM_INFO, {semmap=%d, semmni=%d, semmns=%d, semmnu=%d, "
	     "semmsl=%d, semopm=%d, semume=%d, semusz=%d, semvmx=%d, "
	     "semaem=%d}",
	     info.semmap, info.semmni, info.semmns, info.semmnu, info.semmsl,
	     info.semopm, info.semume, info.semusz, info.semvmx, info.semaem);
	CALL(c, semctl, (id, 0, IPC_RMID, 0), "%d, 0, IPC_RMID, NULL", id);
	CALL(c, semctl, (-1, 5, 0x4d, 6), "-1, 5, 0x4d /* SEM_??? */, 0x6");
	CALL(c, semget, (5, -1, 0x8001), "0x5, -1, 0x8000001");
}

static void test_messages(struct calls *c)
{
	struct {
		long type;
		char text[64];
	} msg = {5, "a message that is longer than thirty-two"};
	struct msqid64_ds ds;
	struct msginfo info;
	CALL(c, msgget, (IPC_PRIVATE, IPC_CREAT | 0600),
	     "IPC_PRIVATE, IPC_CREAT|0600");
	int id = (int)c->result;
	CALL(c, msgsnd, (id, &msg, 40, IPC_NOWAIT),
	     "%d, {mtype=5, mtext=\"a message that is longer than th\"...}, "
	     "40, IPC_NOWAIT",
	     id);
	CALL(c, msgrcv, (id, &msg, 64, -9L, MSG_NOERROR),
	     "%d, {mtype=5, mtext=\"a message that is longer than th\"...}, "
	     "64, -9, MSG_NOERROR",
	     id);
	CALL(c, msgrcv, (id, &msg, 64, 0, IPC_NOWAIT | MSG_EXCEPT),
	     "%d, %p, 64, 0, MSG_EXCEPT|IPC_NOWAIT", id, (void *)&msg);
	CALL(c, msgsnd, (-1, c->bad, 5, 0x8), "-1, %p, 5, 0x8 /* MSG_??? */",
	     (void *)c->bad);
	CALL(c, msgctl, (id, IPC_STAT, &ds),
	     "%d, IPC_STAT, {msg_perm={%s}, msg_stime=%ld, msg_rtime=%ld, "
	     "msg_ctime=%ld, msg_qnum=0, msg_qbytes=%lu, msg_lspid=%d, "
	     "msg_lrpid=%d}",
	     id, perm_text(c, 0600, 0), ds.msg_stime, ds.msg_rtime,
	     ds.msg_ctime, ds.msg_qbytes, ds.msg_lspid, ds.msg_lrpid);
	CALL(c, msgctl, (id, IPC_SET, &ds),
	     "%d, IPC_SET, {msg_perm={uid=0, gid=0, mode=0600}, "
	     "msg_qbytes=%lu}",
	     id, ds.msg_qbytes);
	CALL(c, msgctl, (0, MSG_INFO, &info),
	     "0, MSG_INFO, {msgpool=%d, msgmap=%d, msgmax=%d, msgmnb=%d, "
	     "msgmni=%d, msgssz=%d, msgtql=%d, msgseg=%d}",
	     info.msgpool, info.msgmap, info.msgmax, info.msgmnb, info.msgmni,
	     info.msgssz, info.msgtql, info.msgseg);
	CALL(c, msgctl, (id, IPC_RMID, NULL), "%d, IPC_RMID, NULL", id);
	CALL(c, msgctl, (-1, 77, NULL), "-1, 0x4d /* MSG_??? */, NULL");
	CALL(c, msgget, (0x77, 0), "0x77, 000");
}

static void test_queues(struct calls *c)
{
	struct mq_attr attr = {.mq_maxmsg = 3, .mq_msgsize = 16}, old;
	struct sigevent event = {.sigev_notify = SIGEV_NONE};
	struct timespec past = {1, 5};
	char buf[16];
	unsigned priority = 0;
	CALL(c, mq_unlink, ("sctop-live"), "\"sctop-live\"");
	CALL(c, mq_open,
	     ("sctop-live", O_RDWR | O_CREAT | O_NONBLOCK, 0600, &attr),
	     "\"sctop-live\", O_RDWR|O_CREAT|O_NONBLOCK, 0600, {mq_flags=0, "
	     "mq_maxmsg=3, mq_msgsize=16, mq_curmsgs=0}");
	int fd = (int)c->result;
	CALL(c, mq_timedsend, (fd, "hello", 5, 7, &past),
	     "%d, \"hello\", 5, 7, {tv_sec=1, tv_nsec=5}", fd);
	CALL(c, mq_timedreceive, (fd, buf, 16, &priority, NULL),
	     "%d, %s, 16, %s, NULL", fd, calls_out(c, buf, "\"hello\""),
	     calls_out(c, &priority, "[7]"));
	CALL(c, mq_timedreceive, (fd, buf, 16, &priority, &past),
	     "%d, %p, 16, %p, {tv_sec=1, tv_nsec=5}", fd, (void *)buf,
	     (void *)&priority);
	CALL(c, mq_notify, (fd, &event),
	     "%d, {sigev_signo=0, sigev_notify=SIGEV_NONE}", fd);
	CALL(c, mq_notify, (fd, NULL), "%d, NULL", fd);
	attr.mq_flags = 0;
	CALL(c, mq_getsetattr, (fd, &attr, &old),
	     "%d, {mq_flags=0, mq_maxmsg=3, mq_msgsize=16, mq_curmsgs=0}, %s",
	     fd,
	     calls_out(c, &old,
		       "{mq_flags=O_NONBLOCK, mq_maxmsg=3, mq_msgsize=16, "
		       "mq_curmsgs=0}"));
	CALL(c, mq_getsetattr, (-1, NULL, c->bad), "-1, NULL, %p",
	     (void *)c->bad);
	CALL(c, mq_open, ("none", O_RDONLY), "\"none\", O_RDONLY");
	CALL(c, mq_open, (NULL, O_CREAT, 0, NULL),
	     "NULL, O_RDONLY|O_CREAT, 000, NULL");
	CALL(c, mq_unlink, ("sctop-live"), "\"sctop-live\"");
	CALL(c, mq_timedsend, (-1, c->bad, 3, -1, NULL),
	     "-1, %p, 3, 4294967295, NULL", (void *)c->bad);
}

void calls_ipc(struct calls *c)
{
	test_shared_memory(c);
	test_semaphores(c);
	test_messages(c);
	test_queues(c);
}
