/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Clocks, timers, sleep. */
#include "config.h"

#include "calls.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/times.h>
#include <sys/timex.h>
#include <time.h>

/* The clock of a process or thread that is not there. */
#define CLOCK_OF(pid, bits) (~(unsigned)(pid) << 3 | (bits))

static const char *spec(struct calls *c, const struct timespec *ts)
{
	return calls_text(c, "{tv_sec=%ld, tv_nsec=%ld}", ts->tv_sec,
			  ts->tv_nsec);
}

static const char *date(struct calls *c, time_t seconds)
{
	char text[64];
	struct tm tm;
	localtime_r(&seconds, &tm);
	(void)strftime(text, sizeof(text), "%FT%T%z", &tm);
	return calls_text(c, "%s", text);
}

static void test_clocks(struct calls *c)
{
	struct timespec ts, bad = {-1, 1000000000};
	struct timeval tv;
	struct timezone tz;
	time_t seconds;
	CALL(c, clock_gettime, (CLOCK_MONOTONIC, &ts), "CLOCK_MONOTONIC, %s",
	     spec(c, &ts));
	CALL(c, clock_gettime, (CLOCK_PROCESS_CPUTIME_ID, &ts),
	     "CLOCK_PROCESS_CPUTIME_ID, %s", spec(c, &ts));
	CALL(c, clock_gettime, (CLOCK_TAI, NULL), "CLOCK_TAI, NULL");
	CALL(c, clock_gettime, (77, &ts), "0x4d /* CLOCK_??? */, %p",
	     (void *)&ts);
	CALL(c, clock_gettime, (CLOCK_OF(getpid(), 2), &ts),
	     "%#x /* CLOCK_??? */, %s", CLOCK_OF(getpid(), 2), spec(c, &ts));
	CALL(c, clock_gettime, (CLOCK_OF(0, 4 | 1), &ts),
	     "%#x /* CLOCK_??? */, %s", CLOCK_OF(0, 4 | 1), spec(c, &ts));
	CALL(c, clock_gettime, (CLOCK_OF(5, 3), &ts), "%#x /* CLOCK_??? */, %p",
	     CLOCK_OF(5, 3), (void *)&ts);
	CALL(c, clock_getres, (CLOCK_REALTIME_COARSE, &ts),
	     "CLOCK_REALTIME_COARSE, %s", spec(c, &ts));
	CALL(c, clock_getres, (CLOCK_BOOTTIME, NULL), "CLOCK_BOOTTIME, NULL");
	CALL(c, clock_settime, (CLOCK_MONOTONIC, &bad),
	     "CLOCK_MONOTONIC, {tv_sec=-1, tv_nsec=1000000000}");
	CALL(c, clock_settime, (CLOCK_REALTIME, c->bad), "CLOCK_REALTIME, %p",
	     (void *)c->bad);
	CALL(c, gettimeofday, (&tv, &tz),
	     "{tv_sec=%ld, tv_usec=%ld}, {tz_minuteswest=%d, tz_dsttime=%d}",
	     tv.tv_sec, tv.tv_usec, tz.tz_minuteswest, tz.tz_dsttime);
	CALL(c, gettimeofday, (&tv, NULL), "{tv_sec=%ld, tv_usec=%ld}, NULL",
	     tv.tv_sec, tv.tv_usec);
	CALL(c, gettimeofday, (c->bad, NULL), "%p, NULL", (void *)c->bad);
	tv = (struct timeval){-1, 5};
	CALL(c, settimeofday, (&tv, NULL), "{tv_sec=-1, tv_usec=5}, NULL");
	tz = (struct timezone){100000, 0};
	CALL(c, settimeofday, (NULL, &tz),
	     "NULL, {tz_minuteswest=100000, tz_dsttime=0}");
	CALL_AS(c, calls_text(c, "%ld (%s)", c->result, date(c, c->result)),
		time, (&seconds), "[%ld /* %s */]", seconds, date(c, seconds));
	CALL_AS(c, calls_text(c, "%ld (%s)", c->result, date(c, c->result)),
		time, (NULL), "NULL");
	CALL(c, time, (c->bad), "%p", (void *)c->bad);
}

static void test_sleep(struct calls *c)
{
	struct timespec ts = {0, 1000}, left = {7, 8}, bad = {0, -1};
	CALL(c, nanosleep, (&ts, &left), "{tv_sec=0, tv_nsec=1000}, %p",
	     (void *)&left);
	CALL(c, nanosleep, (&ts, NULL), "{tv_sec=0, tv_nsec=1000}, NULL");
	CALL(c, nanosleep, (&bad, &left), "{tv_sec=0, tv_nsec=%lu}, %p", -1L,
	     (void *)&left);
	CALL(c, nanosleep, (c->bad, NULL), "%p, NULL", (void *)c->bad);
	CALL(c, nanosleep, (NULL, c->bad), "NULL, %p", (void *)c->bad);
	CALL(c, clock_nanosleep, (CLOCK_MONOTONIC, 0, &ts, &left),
	     "CLOCK_MONOTONIC, 0, {tv_sec=0, tv_nsec=1000}, %p", (void *)&left);
	CALL(c, clock_nanosleep, (CLOCK_BOOTTIME, TIMER_ABSTIME, &ts, NULL),
	     "CLOCK_BOOTTIME, TIMER_ABSTIME, {tv_sec=0, tv_nsec=1000}, NULL");
	CALL(c, clock_nanosleep, (99, 0x3, NULL, NULL),
	     "0x63 /* CLOCK_??? */, TIMER_ABSTIME|0x2, NULL, NULL");
	CALL(c, alarm, (100), "100");
	CALL(c, alarm, (0), "0");
}

static void test_itimer(struct calls *c)
{
	struct itimerval timer = {{100, 5}, {200, 6}}, old;
	CALL(c, setitimer, (ITIMER_VIRTUAL, &timer, &old),
	     "ITIMER_VIRTUAL, {it_interval={tv_sec=100, tv_usec=5}, "
	     "it_value={tv_sec=200, tv_usec=6}}, {it_interval={tv_sec=0, "
	     "tv_usec=0}, it_value={tv_sec=0, tv_usec=0}}");
	CALL(c, getitimer, (ITIMER_VIRTUAL, &old),
	     "ITIMER_VIRTUAL, {it_interval={tv_sec=100, tv_usec=5}, "
	     "it_value={tv_sec=%ld, tv_usec=%ld}}",
	     old.it_value.tv_sec, old.it_value.tv_usec);
	timer = (struct itimerval){{0, 0}, {0, 0}};
	CALL(c, setitimer, (ITIMER_VIRTUAL, &timer, NULL),
	     "ITIMER_VIRTUAL, {it_interval={tv_sec=0, tv_usec=0}, "
	     "it_value={tv_sec=0, tv_usec=0}}, NULL");
	CALL(c, setitimer, (77, NULL, NULL),
	     "0x4d /* ITIMER_??? */, NULL, NULL");
	CALL(c, getitimer, (ITIMER_REAL, NULL), "ITIMER_REAL, NULL");
	CALL(c, getitimer, (77, &old), "0x4d /* ITIMER_??? */, %p",
	     (void *)&old);
}

#define ITIMER_SET                                                             \
	"{it_interval={tv_sec=50, tv_nsec=1}, it_value={tv_sec=60, "           \
	"tv_nsec=2}}"
#define ITIMER_NONE                                                            \
	"{it_interval={tv_sec=0, tv_nsec=0}, it_value={tv_sec=0, tv_nsec=0}}"

static const char *left(struct calls *c, const struct itimerspec *it)
{
	return calls_text(c, "{it_interval=%s, it_value=%s}",
			  spec(c, &it->it_interval), spec(c, &it->it_value));
}

static void test_timers(struct calls *c)
{
	struct itimerspec set = {{50, 1}, {60, 2}}, old;
	struct sigevent event = {.sigev_notify = SIGEV_SIGNAL,
				 .sigev_signo = SIGUSR2,
				 .sigev_value.sival_ptr = c->bad};
	int id = -1;
	CALLS_NEED(c, signal(SIGUSR2, SIG_IGN) != SIG_ERR);
	CALL(c, timer_create, (CLOCK_MONOTONIC, &event, &id),
	     "CLOCK_MONOTONIC, {sigev_value={sival_int=%d, sival_ptr=%p}, "
	     "sigev_signo=SIGUSR2, sigev_notify=SIGEV_SIGNAL}, [%d]",
	     (int)(intptr_t)c->bad, (void *)c->bad, id);
	CALL(c, timer_settime, (id, TIMER_ABSTIME, &set, &old),
	     "%d, TIMER_ABSTIME, " ITIMER_SET ", " ITIMER_NONE, id);
	CALL(c, timer_settime, (id, 0, &set, NULL),
	     "%d, 0, " ITIMER_SET ", NULL", id);
	CALL(c, timer_gettime, (id, &old), "%d, %s", id, left(c, &old));
	CALL(c, timer_getoverrun, (id), "%d", id);
	CALL(c, timer_delete, (id), "%d", id);
	CALL(c, timer_delete, (999), "999");
	CALL(c, timer_gettime, (999, &old), "999, %p", (void *)&old);
	CALL(c, timer_settime, (999, 0x10, NULL, &old),
	     "999, 0x10 /* TIMER_??? */, NULL, %p", (void *)&old);
	CALL(c, timer_create, (CLOCK_REALTIME, NULL, &id),
	     "CLOCK_REALTIME, NULL, [%d]", id);
	event = (struct sigevent){.sigev_notify = SIGEV_THREAD_ID,
				  .sigev_signo = 99,
				  .sigev_value.sival_int = 5};
	event._sigev_un._tid = 999999999;
	CALL(c, timer_create, (CLOCK_REALTIME, &event, &id),
	     "CLOCK_REALTIME, {sigev_value={sival_int=5, sival_ptr=0x5}, "
	     "sigev_signo=99, sigev_notify=SIGEV_THREAD_ID, "
	     "sigev_notify_thread_id=999999999}, %p",
	     (void *)&id);
	event = (struct sigevent){.sigev_notify = SIGEV_NONE};
	CALL(c, timer_create, (99, &event, NULL),
	     "0x63 /* CLOCK_??? */, {sigev_signo=0, sigev_notify=SIGEV_NONE}, "
	     "NULL");
}

static void test_timerfd(struct calls *c)
{
	struct itimerspec set = {{50, 1}, {60, 2}}, old;
	CALL(c, timerfd_create, (CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK),
	     "CLOCK_MONOTONIC, TFD_CLOEXEC|TFD_NONBLOCK");
	int fd = (int)c->result;
	CALL(c, timerfd_create, (99, 0x1),
	     "0x63 /* CLOCK_??? */, TFD_TIMER_ABSTIME");
	CALL(c, timerfd_settime, (fd, 0, &set, &old),
	     "%d, 0, " ITIMER_SET ", " ITIMER_NONE, fd);
	CALL(c, timerfd_settime,
	     (fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &set, NULL),
	     "%d, TFD_TIMER_ABSTIME|TFD_TIMER_CANCEL_ON_SET, " ITIMER_SET
	     ", NULL",
	     fd);
	CALL(c, timerfd_gettime, (fd, &old), "%d, %s", fd, left(c, &old));
	CALL(c, timerfd_gettime, (-1, &old), "-1, %p", (void *)&old);
	CALL(c, timerfd_settime, (-1, 0x10, c->bad, &old),
	     "-1, 0x10 /* TFD_??? */, %p, %p", (void *)c->bad, (void *)&old);
}

static const char *ticks(struct calls *c, clock_t time)
{
	long hundredths = (long)time;
	if (!hundredths)
		return "0";
	return calls_text(c, "%ld /* %ld.%02ld s */", hundredths,
			  hundredths / 100, hundredths % 100);
}

static const char *timex_text(struct calls *c, const struct timex *tx)
{
	return calls_text(
		c,
		"{modes=0, offset=%ld, freq=%ld, maxerror=%ld, esterror=%ld, "
		"status=%s, constant=%ld, precision=%ld, tolerance=%ld, "
		"time={tv_sec=%ld, tv_usec=%ld}, tick=%ld, ppsfreq=%ld, "
		"jitter=%ld, shift=%d, stabil=%ld, jitcnt=%ld, calcnt=%ld, "
		"errcnt=%ld, stbcnt=%ld, tai=%d}",
		tx->offset, tx->freq, tx->maxerror, tx->esterror,
		CALLS_FLAGS(c, (uint64_t)tx->status, CALLS_FLAG(STA_PLL),
			    CALLS_FLAG(STA_INS), CALLS_FLAG(STA_DEL),
			    CALLS_FLAG(STA_UNSYNC), CALLS_FLAG(STA_NANO)),
		tx->constant, tx->precision, tx->tolerance, tx->time.tv_sec,
		tx->time.tv_usec, tx->tick, tx->ppsfreq, tx->jitter, tx->shift,
		tx->stabil, tx->jitcnt, tx->calcnt, tx->errcnt, tx->stbcnt,
		tx->tai);
}

static void test_tuning(struct calls *c)
{
	struct timex tx = {.modes = 0};
	struct tms tms;
	volatile unsigned spin = 0;
	memset(&tx, 0, sizeof(tx));
	CALL_AS(c,
		calls_text(c, "%ld (%s)", c->result,
			   c->result == TIME_OK ? "TIME_OK" : "TIME_ERROR"),
		adjtimex, (&tx), "%s", timex_text(c, &tx));
	memset(&tx, 0, sizeof(tx));
	CALL_AS(c,
		calls_text(c, "%ld (%s)", c->result,
			   c->result == TIME_OK ? "TIME_OK" : "TIME_ERROR"),
		clock_adjtime, (CLOCK_REALTIME, &tx), "CLOCK_REALTIME, %s",
		timex_text(c, &tx));
	CALL(c, adjtimex, (NULL), "NULL");
	CALL(c, clock_adjtime, (CLOCK_MONOTONIC, &tx), "CLOCK_MONOTONIC, %p",
	     (void *)&tx);
	while (clock() < CLOCKS_PER_SEC / 20)
		for (int i = 0; i < 1000000; i++)
			spin++;
	CALL(c, times, (&tms),
	     "{tms_utime=%s, tms_stime=%s, tms_cutime=%s, tms_cstime=%s}",
	     ticks(c, tms.tms_utime), ticks(c, tms.tms_stime),
	     ticks(c, tms.tms_cutime), ticks(c, tms.tms_cstime));
	CALL(c, times, (NULL), "NULL");
}

void calls_time(struct calls *c)
{
	test_clocks(c);
	test_sleep(c);
	test_itimer(c);
	test_timers(c);
	test_timerfd(c);
	test_tuning(c);
}
