#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The layouts that structs.tbl gives, against the headers installed here: sizes
# and the places of fields, for this machine and, where the compiler can make
# 32-bit programs, for i386.  What older headers lack is passed over.
set -u
abi=${srcdir:-.}/src/abi
: "${CC:=cc}" "${AWK:=awk}"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failures=0
: >"$work/count"

# Our name | C type | our field=its name there, or our field= for none, -= for the
# size (we may leave out the end); below the headers that declare them.
table='
time.h signal.h
timespec | struct timespec |
itimerspec | struct itimerspec |
sigevent | struct sigevent | -= sigev_notify_thread_id= sigev_notify_function= sigev_notify_attributes=

sys/time.h sys/times.h sys/resource.h sys/timex.h
timeval | struct timeval |
timezone | struct timezone |
itimerval | struct itimerval |
tms | struct tms |
rusage | struct rusage |
rlimit | struct rlimit |

linux/time_types.h linux/timex.h
timespec64 | struct __kernel_timespec |
itimerspec64 | struct __kernel_itimerspec |
timex64 | struct __kernel_timex |

linux/resource.h linux/utsname.h linux/sysinfo.h linux/utime.h linux/openat2.h linux/mqueue.h
rlimit64 | struct rlimit64 |
utsname | struct new_utsname |
sysinfo | struct sysinfo |
utimbuf | struct utimbuf |
open_how | struct open_how |
mq_attr | struct mq_attr |

asm/stat.h
stat | struct stat |
stat64 | struct stat64 |
old_stat | struct __old_kernel_stat |

sys/statfs.h
statfs | struct statfs | f_fsid=
statfs64 | struct statfs64 | f_fsid=

asm/termios.h asm/ldt.h linux/eventpoll.h linux/stat.h
termios | struct termios |
termios2 | struct termios2 |
termio | struct termio |
winsize | struct winsize |
user_desc | struct user_desc |
epoll_event | struct epoll_event |
epoll_params | struct epoll_params |
statx_timestamp | struct statx_timestamp |
statx | struct statx |

linux/filter.h linux/in.h linux/if_packet.h linux/input.h linux/userfaultfd.h
sock_fprog | struct sock_fprog |
ip_mreq | struct ip_mreq |
tpacket_req | struct tpacket_req |
tpacket_stats | struct tpacket_stats_v3 |
input_id | struct input_id |
uffdio_range | struct uffdio_range |

linux/dqblk_xfs.h linux/keyctl.h linux/ptrace.h
fs_disk_quota | struct fs_disk_quota |
fs_quota_stat | struct fs_quota_stat | -=
fs_quota_statv | struct fs_quota_statv | -=
keyctl_dh_params | struct keyctl_dh_params | private=
keyctl_pkey_params | struct keyctl_pkey_params |
keyctl_pkey_verify | struct keyctl_pkey_params |
keyctl_pkey_query | struct keyctl_pkey_query |
ptrace_peeksiginfo_args | struct ptrace_peeksiginfo_args |

sys/socket.h signal.h poll.h
linger | struct linger |
ucred | struct ucred |
stack_t | stack_t |
sigval | union sigval |
pollfd | struct pollfd |

linux/types.h linux/mount.h
mount_attr | struct mount_attr |
mnt_id_req | struct mnt_id_req |
statmount | struct statmount |

fcntl.h
f_owner_ex | struct f_owner_ex |
flock | struct flock |
flock_got | struct flock |
flock64 | struct flock64 |
flock64_got | struct flock64 |

linux/sched/types.h
sched_attr | struct sched_attr |

linux/ipc.h linux/msg.h linux/shm.h linux/sem.h
ipc_perm | struct ipc64_perm | mode=
ipc_perm_set | struct ipc64_perm | mode=
msqid_ds | struct msqid64_ds |
msqid_ds_set | struct msqid64_ds |
msginfo | struct msginfo |
shmid_ds | struct shmid64_ds |
shmid_ds_set | struct shmid64_ds |
shminfo | struct shminfo64 |
shm_info | struct shm_info |
semid_ds | struct semid64_ds |
semid_ds_set | struct semid64_ds |
seminfo | struct seminfo |
sembuf | struct sembuf |

linux/rtnetlink.h linux/if_addr.h linux/if_addrlabel.h linux/fib_rules.h linux/neighbour.h linux/netconf.h linux/if_link.h linux/gen_stats.h linux/pkt_sched.h
ifinfomsg | struct ifinfomsg |
rtmsg | struct rtmsg |
rtnexthop | struct rtnexthop |
rta_cacheinfo | struct rta_cacheinfo |
rta_mfc_stats | struct rta_mfc_stats |
tcmsg | struct tcmsg |
tcamsg | struct tcamsg |
rtgenmsg | struct rtgenmsg |
ifaddrmsg | struct ifaddrmsg |
ifa_cacheinfo | struct ifa_cacheinfo |
ifaddrlblmsg | struct ifaddrlblmsg |
fib_rule_hdr | struct fib_rule_hdr |
fib_rule_uid_range | struct fib_rule_uid_range |
fib_rule_port_range | struct fib_rule_port_range |
ndmsg | struct ndmsg |
nda_cacheinfo | struct nda_cacheinfo |
ndtmsg | struct ndtmsg |
ndt_config | struct ndt_config |
ndt_stats | struct ndt_stats | -=
netconfmsg | struct netconfmsg |
rtnl_link_stats | struct rtnl_link_stats |
rtnl_link_stats64 | struct rtnl_link_stats64 | -=
rtnl_link_ifmap | struct rtnl_link_ifmap |
ifla_cacheinfo | struct ifla_cacheinfo |
tc_stats | struct tc_stats |
tc_estimator | struct tc_estimator |

linux/if_bridge.h
br_port_msg | struct br_port_msg |

linux/inet_diag.h linux/unix_diag.h linux/netlink_diag.h linux/packet_diag.h
inet_diag_sockid | struct inet_diag_sockid | idiag_src= idiag_dst=
inet_diag_sockid6 | struct inet_diag_sockid |
inet_diag_req_v2 | struct inet_diag_req_v2 |
inet_diag_req_v2_inet6 | struct inet_diag_req_v2 |
inet_diag_msg | struct inet_diag_msg |
inet_diag_msg_inet6 | struct inet_diag_msg |
inet_diag_meminfo | struct inet_diag_meminfo |
tcpvegas_info | struct tcpvegas_info |
tcp_dctcp_info | struct tcp_dctcp_info |
tcp_bbr_info | struct tcp_bbr_info |
unix_diag_req | struct unix_diag_req |
unix_diag_msg | struct unix_diag_msg |
unix_diag_vfs | struct unix_diag_vfs |
unix_diag_rqlen | struct unix_diag_rqlen |
netlink_diag_req | struct netlink_diag_req |
netlink_diag_msg | struct netlink_diag_msg |
netlink_diag_ring | struct netlink_diag_ring |
packet_diag_req | struct packet_diag_req |
packet_diag_msg | struct packet_diag_msg |
packet_diag_ring | struct packet_diag_ring |

linux/quota.h linux/capability.h linux/landlock.h linux/seccomp.h linux/fs.h linux/fiemap.h
if_dqblk | struct if_dqblk |
if_nextdqblk | struct if_nextdqblk |
if_dqinfo | struct if_dqinfo |
cap_user_header | struct __user_cap_header_struct |
landlock_ruleset_attr | struct landlock_ruleset_attr |
landlock_path_beneath_attr | struct landlock_path_beneath_attr |
landlock_net_port_attr | struct landlock_net_port_attr |
seccomp_notif_sizes | struct seccomp_notif_sizes |
file_clone_range | struct file_clone_range |
file_attr | struct file_attr |
fsxattr | struct fsxattr |
fstrim_range | struct fstrim_range |
fiemap | struct fiemap |

linux/rtc.h linux/hdreg.h linux/types.h linux/loop.h
rtc_time | struct rtc_time |
rtc_wkalrm | struct rtc_wkalrm |
hd_geometry | struct hd_geometry |
loop_info | struct loop_info |
loop_info64 | struct loop_info64 |

linux/futex.h linux/aio_abi.h linux/kexec.h linux/io_uring.h linux/xattr.h linux/mman.h
futex_waitv | struct futex_waitv |
io_event | struct io_event |
kexec_segment | struct kexec_segment |
cachestat_range | struct cachestat_range |
cachestat | struct cachestat |
xattr_args | struct xattr_args |
io_sqring_offsets | struct io_sqring_offsets |
io_cqring_offsets | struct io_cqring_offsets |
io_uring_params | struct io_uring_params |
'

# "NAME FIELD OFFSET SIZE" of our fields on ABI, "-" for the whole structure, in
# the groups that have the same headers; a type follows with "@".
lay_out() # ABI
{
	echo "$table" | $AWK -v abi="$1" '
		NR == FNR { if ($1 == abi) ours[$2] = ours[$2] $2 " " $3 " " $4 " " $5 "\n"; next }
		/^$/ { next }
		!/\|/ { print "#" $0; next }
		{ split($0, part, / *\| */)
		  if (!(part[1] in ours)) next
		  print "@" part[1] "|" part[2] "|" part[3]
		  printf "%s", ours[part[1]] }' "$work/layouts" -
}

# The C program that prints the same from the headers; standard input is what
# lay_out() wrote, of one group.
program()
{
	$AWK '
	BEGIN {
		print "#define _GNU_SOURCE\n#include <stddef.h>\n#include <stdio.h>"
		show = "#define SHOW(n, f, o, s) printf(\"%s %s %zu %zu\\n\", n, f, (size_t)(o), s);"
	}
	/^#/ {
		n = split(substr($0, 2), header, " ")
		for (i = 1; i <= n; i++)
			print "#if __has_include(<" header[i] ">)\n#include <" \
				header[i] ">\n#endif"
		print show "\nint main(void) {"
		next
	}
	/^@/ {
		split(substr($0, 2), part, "|")
		type = part[2]
		split("", there)
		n = split(part[3], pair, " ")
		for (i = 1; i <= n; i++)
			there[substr(pair[i], 1, index(pair[i], "=") - 1)] = \
				substr(pair[i], index(pair[i], "=") + 1)
		next
	}
	$2 == "-" && $2 in there { next }
	$2 == "-" {
		printf "SHOW(\"%s\", \"-\", 0, sizeof(%s))\n", $1, type
		next
	}
	{
		field = $2 in there ? there[$2] : $2
		if (field != "")
			printf "SHOW(\"%s\", \"%s\", offsetof(%s, %s), sizeof(((%s *)0)->%s))\n",
				$1, $2, type, field, type, field
	}
	END { print "return 0; }" }'
}

run() # FLAG: what is on standard input
{
	program >"$work/a.c"
	# shellcheck disable=SC2086 # no flag, or one
	$CC $1 -w "$work/a.c" -o "$work/a" 2>"$work/why" && "$work/a"
}

# One structure after the other, where the headers do not have all of a group.
run_each() # FLAG GROUP
{
	grep '^@' "$2" | while IFS='@|' read -r _ name _; do
		$AWK -v name="$name" '/^#/ { print; next }
			/^@/ { on = index($0, "@" name "|") == 1 } on' "$2" |
			run "$1" || echo "no $name in these headers" >&2
	done
}

compare() # ABI FLAG
{
	lay_out "$1" >"$work/ours"
	$AWK -v base="$work/group" '/^#/ { n++ } { print > (base n) }' "$work/ours"
	for group in "$work"/group*; do
		run "$2" <"$group" || run_each "$2" "$group"
	done | sort >"$work/theirs"
	rm "$work"/group*
	# What is left out of theirs is not compared.
	$AWK 'NR == FNR { there[$1 " " $2] = 1; next } ($1 " " $2) in there' \
		"$work/theirs" "$work/ours" | sort >"$work/kept"
	wc -l <"$work/theirs" >>"$work/count"
	cmp -s "$work/kept" "$work/theirs" && return
	failures=1
	echo "$1: the headers say otherwise:"
	diff "$work/kept" "$work/theirs" | grep '^[<>]' |
		sed 's/^</	ours  /; s/^>/	theirs/'
}

$AWK -v part=layouts -f "$abi/mkstructs.awk" "$abi/argtype.h" \
	"$abi/flags.tbl" "$abi/structs.tbl" >"$work/layouts" || exit 1
case $(uname -m) in
x86_64) compare x86_64 '' ;;
aarch64) compare arm64 '' ;;
i?86) compare i386 '' ;;
esac
echo 'int main(void) { return sizeof(long) == 4 ? 0 : 1; }' >"$work/a.c"
if $CC -m32 "$work/a.c" -o "$work/a" 2>/dev/null && "$work/a"; then
	compare i386 -m32
else
	echo "no 32-bit programs here: i386 is not compared"
fi

compared=$(awk '{ n += $1 } END { print n + 0 }' "$work/count")
echo "$compared fields compared"
# So few mean that the headers were not found.
[ "$compared" -gt 300 ] || { echo "too few"; failures=1; }
exit "$failures"
