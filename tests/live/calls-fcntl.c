/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What fcntl(2) and ioctl(2) ask of descriptors. */
#include "config.h"

#include "calls.h"

#include <asm/termbits.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>

static void test_fcntl_flags(struct calls *c, int fd)
{
	CALL(c, fcntl, (fd, F_DUPFD, 40), "%d, F_DUPFD, 40", fd);
	CALL(c, fcntl, (fd, F_DUPFD_CLOEXEC, 40), "%d, F_DUPFD_CLOEXEC, 40",
	     fd);
	CALL(c, fcntl, (-1, F_DUPFD, 40), "-1, F_DUPFD, 40");
	CALL(c, fcntl, (fd, F_GETFD), "%d, F_GETFD", fd);
	CALL(c, fcntl, (fd, F_SETFD, FD_CLOEXEC), "%d, F_SETFD, FD_CLOEXEC",
	     fd);
	CALL_AS(c, "0x1 (flags FD_CLOEXEC)", fcntl, (fd, F_GETFD),
		"%d, F_GETFD", fd);
	CALL(c, fcntl, (fd, F_SETFD, 0), "%d, F_SETFD, 0", fd);
	CALL(c, fcntl, (fd, F_SETFD, 0x11), "%d, F_SETFD, FD_CLOEXEC|0x10", fd);
	CALL_AS(c, "0x8002 (flags O_RDWR|O_LARGEFILE)", fcntl, (fd, F_GETFL),
		"%d, F_GETFL", fd);
	CALL(c, fcntl, (fd, F_SETFL, O_RDONLY | O_APPEND | O_NONBLOCK),
	     "%d, F_SETFL, O_RDONLY|O_APPEND|O_NONBLOCK", fd);
	CALL_AS(c, "0x8c02 (flags O_RDWR|O_APPEND|O_NONBLOCK|O_LARGEFILE)",
		fcntl, (fd, F_GETFL), "%d, F_GETFL", fd);
	CALL(c, fcntl, (-1, F_GETFL), "-1, F_GETFL");
	CALL(c, fcntl, (-1, 0x999, 0x1234), "-1, 0x999 /* F_??? */, 0x1234");
	CALL(c, fcntl, (-1, F_NOTIFY, DN_CREATE | DN_RENAME | DN_MULTISHOT),
	     "-1, F_NOTIFY, DN_CREATE|DN_RENAME|DN_MULTISHOT");
	CALL(c, fcntl, (-1, F_NOTIFY, 0x40), "-1, F_NOTIFY, 0x40 /* DN_??? */");
}

static void test_fcntl_locks(struct calls *c, int fd)
{
	struct flock lock = {F_WRLCK, SEEK_SET, 5, 10, 77};
	CALL(c, fcntl, (fd, F_SETLK, &lock),
	     "%d, F_SETLK, {l_type=F_WRLCK, l_whence=SEEK_SET, l_start=5, "
	     "l_len=10}",
	     fd);
	CALL(c, fcntl, (fd, F_GETLK, &lock),
	     "%d, F_GETLK, {l_type=F_UNLCK, l_whence=SEEK_SET, l_start=5, "
	     "l_len=10, l_pid=77}",
	     fd);
	lock = (struct flock){F_RDLCK, SEEK_END, -1, 0, 0};
	CALL(c, fcntl, (fd, F_SETLKW, &lock),
	     "%d, F_SETLKW, {l_type=F_RDLCK, l_whence=SEEK_END, l_start=-1, "
	     "l_len=0}",
	     fd);
	CALL(c, fcntl, (-1, F_GETLK, &lock), "-1, F_GETLK, %p", (void *)&lock);
	lock = (struct flock){F_WRLCK, SEEK_CUR, 0, 0, 0};
	CALL(c, fcntl, (fd, F_OFD_SETLK, &lock),
	     "%d, F_OFD_SETLK, {l_type=F_WRLCK, l_whence=SEEK_CUR, l_start=0, "
	     "l_len=0}",
	     fd);
	lock = (struct flock){77, 78, 0, 0, 0};
	CALL(c, fcntl, (fd, F_OFD_SETLKW, &lock),
	     "%d, F_OFD_SETLKW, {l_type=0x4d /* F_??? */, l_whence=0x4e /* "
	     "SEEK_??? */, l_start=0, l_len=0}",
	     fd);
	CALL(c, fcntl, (fd, F_SETLK, NULL), "%d, F_SETLK, NULL", fd);
	CALL(c, fcntl, (fd, F_SETLK, c->bad), "%d, F_SETLK, %p", fd,
	     (void *)c->bad);
}

static void test_fcntl_owner(struct calls *c, int fd)
{
	struct f_owner_ex owner = {F_OWNER_TID, getpid()};
	CALL(c, fcntl, (fd, F_SETOWN, getpid()), "%d, F_SETOWN, %d", fd,
	     getpid());
	CALL(c, fcntl, (fd, F_GETOWN), "%d, F_GETOWN", fd);
	CALL(c, fcntl, (fd, F_SETOWN, -getpid()), "%d, F_SETOWN, %d", fd,
	     -getpid());
	CALL(c, fcntl, (fd, F_SETOWN_EX, &owner),
	     "%d, F_SETOWN_EX, {type=F_OWNER_TID, pid=%d}", fd, getpid());
	CALL(c, fcntl, (fd, F_GETOWN_EX, &owner),
	     "%d, F_GETOWN_EX, {type=F_OWNER_TID, pid=%d}", fd, getpid());
	CALL(c, fcntl, (fd, F_SETSIG, SIGUSR1), "%d, F_SETSIG, SIGUSR1", fd);
	CALL_AS(c, "10 (SIGUSR1)", fcntl, (fd, F_GETSIG), "%d, F_GETSIG", fd);
	CALL(c, fcntl, (fd, F_SETSIG, 0), "%d, F_SETSIG, 0", fd);
	CALL_AS(c, "0x2 (F_UNLCK)", fcntl, (fd, F_GETLEASE), "%d, F_GETLEASE",
		fd);
	CALL(c, fcntl, (fd, F_SETLEASE, F_RDLCK), "%d, F_SETLEASE, F_RDLCK",
	     fd);
}

static void test_fcntl_more(struct calls *c)
{
	int ends[2], memory = memfd_create("m", MFD_ALLOW_SEALING);
	uint64_t hint = 0;
	CALLS_NEED(c, !pipe(ends));
	CALL(c, fcntl, (ends[0], F_SETPIPE_SZ, 8192), "%d, F_SETPIPE_SZ, 8192",
	     ends[0]);
	CALL(c, fcntl, (ends[0], F_GETPIPE_SZ), "%d, F_GETPIPE_SZ", ends[0]);
	CALL(c, fcntl, (memory, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW),
	     "%d, F_ADD_SEALS, F_SEAL_SHRINK|F_SEAL_GROW", memory);
	CALL_AS(c, "0x6 (seals F_SEAL_SHRINK|F_SEAL_GROW)", fcntl,
		(memory, F_GET_SEALS), "%d, F_GET_SEALS", memory);
	CALL(c, fcntl, (memory, F_ADD_SEALS, 0x1000),
	     "%d, F_ADD_SEALS, 0x1000 /* F_SEAL_??? */", memory);
	CALL(c, fcntl, (memory, F_GET_RW_HINT, &hint), "%d, F_GET_RW_HINT, %p",
	     memory, (void *)&hint);
	hint = RWH_WRITE_LIFE_LONG;
	CALL(c, fcntl, (-1, F_SET_FILE_RW_HINT, &hint),
	     "-1, F_SET_FILE_RW_HINT, %p", (void *)&hint);
}

static void test_terminal(struct calls *c)
{
	struct winsize size = {24, 80, 640, 480};
	struct termios tty;
	int number, zero = 0, sid = -1;
	int master = open("/dev/ptmx", O_RDWR | O_NOCTTY);
	CALLS_NEED(c, master >= 0);
	CALL(c, ioctl, (master, TIOCGPTN, &number), "%d, TIOCGPTN, [%d]",
	     master, number);
	CALL(c, ioctl, (master, TIOCSPTLCK, &zero), "%d, TIOCSPTLCK, [0]",
	     master);
	CALL(c, ioctl, (master, TIOCSWINSZ, &size),
	     "%d, TIOCSWINSZ, {ws_row=24, ws_col=80, ws_xpixel=640, "
	     "ws_ypixel=480}",
	     master);
	CALL(c, ioctl, (master, TIOCGWINSZ, &size),
	     "%d, TIOCGWINSZ, {ws_row=24, ws_col=80, ws_xpixel=640, "
	     "ws_ypixel=480}",
	     master);
	CALL(c, ioctl, (master, TCGETS, &tty),
	     "%d, TCGETS, {c_iflag=ICRNL|IXON, "
	     "c_oflag=NL0|CR0|TAB0|BS0|VT0|FF0|"
	     "OPOST|ONLCR, c_cflag=B38400|CS8|CREAD, c_lflag=ISIG|ICANON|ECHO|"
	     "ECHOE|ECHOK|IEXTEN|ECHOCTL|ECHOKE, ...}",
	     master);
	tty.c_lflag = 0;
	CALL(c, ioctl, (master, TCSETS, &tty),
	     "%d, SNDCTL_TMR_START or TCSETS, {c_iflag=ICRNL|IXON, "
	     "c_oflag=NL0|CR0|TAB0|BS0|VT0|FF0|"
	     "OPOST|ONLCR, c_cflag=B38400|CS8|CREAD, c_lflag=, ...}",
	     master);
	CALL(c, ioctl, (master, FIONREAD, &number), "%d, FIONREAD, [%d]",
	     master, number);
	CALL(c, ioctl, (master, TIOCGSID, &sid), "%d, TIOCGSID, %p", master,
	     (void *)&sid);
	CALL(c, ioctl, (-1, TIOCGPGRP, &sid), "-1, TIOCGPGRP, %p",
	     (void *)&sid);
	CALL(c, ioctl, (master, TCFLSH, TCIOFLUSH), "%d, TCFLSH, TCIOFLUSH",
	     master);
	CALL(c, ioctl, (-1, TCGETS, NULL), "-1, TCGETS, NULL");
	CALL(c, ioctl, (-1, TIOCSTI, "x"), "-1, TIOCSTI, \"x\"");
	CALL(c, ioctl, (-1, TIOCNOTTY), "-1, TIOCNOTTY");
}

static void test_ioctl(struct calls *c, int fd)
{
	int one = 1, got = 0;
	CALL(c, ioctl, (fd, FIONBIO, &one), "%d, FIONBIO, [1]", fd);
	CALL(c, ioctl, (fd, FIOCLEX), "%d, FIOCLEX", fd);
	CALL(c, ioctl, (fd, FIONCLEX), "%d, FIONCLEX", fd);
	CALL(c, ioctl, (fd, FIONREAD, &got), "%d, FIONREAD, [%d]", fd, got);
	CALL(c, ioctl, (fd, FS_IOC_GETFLAGS, &got), "%d, FS_IOC_GETFLAGS, [%s]",
	     fd, CALLS_FLAGS(c, (uint64_t)got, {"FS_EXTENT_FL", FS_EXTENT_FL}));
	CALL(c, ioctl, (-1, FICLONE, fd), "-1, BTRFS_IOC_CLONE or FICLONE, %d",
	     fd);
	CALL(c, ioctl, (-1, FIGETBSZ, c->bad), "-1, FIGETBSZ, %p",
	     (void *)c->bad);
	CALL(c, ioctl, (-1, 0x12345678, 0xabcdef),
	     "-1, _IOC(_IOC_NONE, 0x56, 0x78, 0x1234), 0xabcdef");
	CALL(c, ioctl, (-1, _IOWR('!', 7, long), &one),
	     "-1, _IOC(_IOC_READ|_IOC_WRITE, 0x21, 0x7, 0x8), %p",
	     (void *)&one);
	CALL(c, ioctl, (-1, 0, 0), "-1, _IOC(_IOC_NONE, 0, 0, 0), 0");
}

static void test_interfaces(struct calls *c)
{
	struct ifreq ifr = {.ifr_name = "lo"};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	CALL(c, ioctl, (fd, SIOCGIFINDEX, &ifr),
	     "%d, SIOCGIFINDEX, {ifr_name=\"lo\", ifr_ifindex=%d}", fd,
	     ifr.ifr_ifindex);
	CALL(c, ioctl, (fd, SIOCGIFNAME, &ifr),
	     "%d, SIOCGIFNAME, {ifr_ifindex=%d, ifr_name=\"lo\"}", fd,
	     ifr.ifr_ifindex);
	CALL(c, ioctl, (fd, SIOCGIFMTU, &ifr),
	     "%d, SIOCGIFMTU, {ifr_name=\"lo\", ifr_mtu=%d}", fd, ifr.ifr_mtu);
	strcpy(ifr.ifr_name, "none");
	CALL(c, ioctl, (fd, SIOCGIFFLAGS, &ifr),
	     "%d, SIOCGIFFLAGS, {ifr_name=\"none\"}", fd);
	CALL(c, ioctl, (fd, SIOCGIFCONF, NULL), "%d, SIOCGIFCONF, NULL", fd);
}

void calls_fcntl(struct calls *c)
{
	int fd = open("file", O_RDWR | O_CREAT, 0600);
	test_fcntl_flags(c, fd);
	test_fcntl_locks(c, fd);
	test_fcntl_owner(c, fd);
	test_fcntl_more(c);
	test_terminal(c);
	test_ioctl(c, fd);
	test_interfaces(c);
}
