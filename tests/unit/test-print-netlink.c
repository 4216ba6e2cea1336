/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "tests/lib/decoded.h"

#include <stdio.h>
#include <string.h>

/* In the words below a message is written as its numbers, with their widths. */
#define HEAD(len, type, flags) "4:" #len ",2:" #type "," #flags ",4:1,0"
#define SHOWN(len, type, flags)                                                \
	"{nlmsg_len=" #len ", nlmsg_type=" type ", nlmsg_flags=" flags         \
	", nlmsg_seq=1, nlmsg_pid=0}"

/* What of protocol P is sent. */
#define SENT(p, size, bytes)                                                   \
	"args=3,0x100," #size ",0,0,0 ret=" #size " netlink0@3=" #p            \
	" in1=" bytes

#define EXPECT_SENT(p, size, bytes, text)                                      \
	EXPECT_ARGS("sendto", SENT(p, size, bytes),                            \
		    "3, " text ", " #size ", 0, NULL, 0")

Test(print_netlink, one_message)
{
	EXPECT_SENT(0, 16, HEAD(16, 18, 0x301),
		    SHOWN(16, "RTM_GETLINK", "NLM_F_REQUEST|NLM_F_DUMP"));
	EXPECT_SENT(0, 17, HEAD(17, 22, 0x301) ",1:0",
		    "[" SHOWN(17, "RTM_GETADDR",
			      "NLM_F_REQUEST|NLM_F_DUMP") ", "
							  "{ifa_family=AF_"
							  "UNSPEC, ...}]");
	EXPECT_SENT(0, 24, HEAD(24, 22, 1) ",1:2,24,0,254,4:0",
		    "[" SHOWN(24, "RTM_GETADDR",
			      "NLM_F_REQUEST") ", "
					       "{ifa_family=AF_INET, "
					       "ifa_prefixlen=24, ifa_flags=0, "
					       "ifa_scope=RT_SCOPE_HOST, "
					       "ifa_index=0}]");
}

Test(print_netlink, several_messages)
{
	EXPECT_SENT(
		0, 36, HEAD(17, 22, 0) ",1:0,0,0,0," HEAD(16, 3, 2),
		"[[" SHOWN(17, "RTM_GETADDR",
			   "0") ", "
				"{ifa_family=AF_UNSPEC, ...}], " SHOWN(
					16, "NLMSG_DONE", "NLM_F_MULTI") "]");
	EXPECT_SENT(0, 18, HEAD(16, 3, 0) ",1:1,2",
		    "[" SHOWN(16, "NLMSG_DONE", "0") ", \"\\x01\\x02\"]");
}

Test(print_netlink, what_was_copied_message_by_message)
{
	EXPECT_ARGS(
		"recvfrom",
		"args=3,0x100,4096,0,0,0 ret=40 netlink0@3=0 "
		"out1=" HEAD(20, 3, 0) ",4:7 out1@0x114=" HEAD(20, 3, 0) ",4:8",
		"3, [[" SHOWN(20, "NLMSG_DONE", "0") ", 7], [" SHOWN(
			20, "NLMSG_DONE", "0") ", 8]], 4096, 0, NULL, NULL");
}

Test(print_netlink, names_of_types_and_flags_are_those_of_the_protocol)
{
	EXPECT_SENT(0, 16, HEAD(16, 20, 0x305),
		    SHOWN(16, "RTM_NEWADDR",
			  "NLM_F_REQUEST|NLM_F_ACK|NLM_F_REPLACE|NLM_F_EXCL"));
	EXPECT_SENT(0, 16, HEAD(16, 21, 0x100),
		    SHOWN(16, "RTM_DELADDR", "NLM_F_NONREC"));
	EXPECT_SENT(0, 16, HEAD(16, 49, 0x100),
		    SHOWN(16, "RTM_DELACTION", "NLM_F_ROOT"));
	EXPECT_SENT(0, 16, HEAD(16, 2, 0x100),
		    SHOWN(16, "NLMSG_ERROR", "NLM_F_CAPPED"));
	EXPECT_SENT(0, 16, HEAD(16, 200, 0),
		    SHOWN(16, "0xc8 /* RTM_??? */", "0"));
	EXPECT_SENT(9, 16, HEAD(16, 1000, 0x300),
		    SHOWN(16, "AUDIT_GET", "0x300 /* NLM_F_??? */"));
	EXPECT_SENT(16, 16, HEAD(16, 16, 1),
		    SHOWN(16, "nlctrl", "NLM_F_REQUEST"));
	EXPECT_SENT(2, 16, HEAD(16, 16, 1),
		    SHOWN(16, "0x10 /* NLMSG_??? */", "NLM_F_REQUEST"));
}

#define LINK ",1:0,0,2:1,4:0,0x41,0"
#define LINK_SHOWN                                                             \
	"{ifi_family=AF_UNSPEC, ifi_type=ARPHRD_ETHER, ifi_index=0, "          \
	"ifi_flags=IFF_UP|IFF_RUNNING, ifi_change=0}"

Test(print_netlink, one_attribute_and_several)
{
	EXPECT_SENT(0, 40, HEAD(40, 16, 0) LINK ",2:8,29,4:9",
		    "[" SHOWN(40, "RTM_NEWLINK",
			      "0") ", " LINK_SHOWN ", "
				   "[{nla_len=8, nla_type=IFLA_EXT_MASK}, "
				   "RTEXT_FILTER_VF|RTEXT_FILTER_SKIP_STATS]]");
	EXPECT_SENT(
		0, 64,
		HEAD(64, 16, 0) LINK ",2:7,3,1:0x6c,0x6f,0,0,2:8,0x43,4:1,"
				     "2:10,1,1:2,0xfc,0,0,0,1,0,0,2:4,4",
		"[" SHOWN(64, "RTM_NEWLINK",
			  "0") ", " LINK_SHOWN ", "
			       "[[{nla_len=7, nla_type=IFLA_IFNAME}, \"lo\"], "
			       "[{nla_len=8, nla_type=0x43 /* IFLA_??? */}, "
			       "\"\\x01\\x00\\x00\\x00\"], "
			       "[{nla_len=10, nla_type=IFLA_ADDRESS}, "
			       "02:fc:00:00:00:01], "
			       "{nla_len=4, nla_type=IFLA_MTU}]]");
}

Test(print_netlink, attributes_in_attributes)
{
	EXPECT_SENT(
		0, 56, HEAD(56, 16, 0) LINK ",2:24,26,20,0x8002,16,1,4:5,6,7",
		"[" SHOWN(56, "RTM_NEWLINK",
			  "0") ", " LINK_SHOWN ", "
			       "[{nla_len=24, nla_type=IFLA_AF_SPEC}, "
			       "[{nla_len=20, nla_type=NLA_F_NESTED|AF_INET}, "
			       "[{nla_len=16, nla_type=IFLA_INET_CONF}, "
			       "[[IPV4_DEVCONF_FORWARDING-1]=5, "
			       "[IPV4_DEVCONF_MC_FORWARDING-1]=6, "
			       "[IPV4_DEVCONF_PROXY_ARP-1]=7]]]]]");
}

Test(print_netlink, addresses_are_of_the_message_s_family)
{
	EXPECT_SENT(0, 32, HEAD(32, 20, 0) ",1:2,8,0,0,4:0,2:8,1,1:127,0,0,1",
		    "[" SHOWN(32, "RTM_NEWADDR",
			      "0") ", "
				   "{ifa_family=AF_INET, ifa_prefixlen=8, "
				   "ifa_flags=0, "
				   "ifa_scope=RT_SCOPE_UNIVERSE, ifa_index=0}, "
				   "[{nla_len=8, nla_type=IFA_ADDRESS}, "
				   "inet_addr(\"127.0.0.1\")]]");
	EXPECT_SENT(0, 44,
		    HEAD(44, 20, 0) ",1:10,8,0,0,4:0,2:20,1,8:0,"
				    "0x100000000000000",
		    "[" SHOWN(44, "RTM_NEWADDR",
			      "0") ", "
				   "{ifa_family=AF_INET6, ifa_prefixlen=8, "
				   "ifa_flags=0, "
				   "ifa_scope=RT_SCOPE_UNIVERSE, ifa_index=0}, "
				   "[{nla_len=20, nla_type=IFA_ADDRESS}, "
				   "inet_pton(AF_INET6, \"::1\")]]");
	EXPECT_SENT(0, 32, HEAD(32, 20, 0) ",1:9,8,0,0,4:0,2:8,1,1:127,0,0,1",
		    "[" SHOWN(32, "RTM_NEWADDR",
			      "0") ", "
				   "{ifa_family=AF_X25, ifa_prefixlen=8, "
				   "ifa_flags=0, "
				   "ifa_scope=RT_SCOPE_UNIVERSE, ifa_index=0}, "
				   "[{nla_len=8, nla_type=IFA_ADDRESS}, "
				   "\"\\x7f\\x00\\x00\\x01\"]]");
}

Test(print_netlink, routes_by_several_hosts)
{
	EXPECT_SENT(0, 64,
		    HEAD(64, 24, 0) ",1:2,0,0,0,254,3,0,1,4:0,2:36,9,"
				    "16,1:4,1,4:0,2:8,5,1:10,0,0,1,"
				    "2:16,1:0,2,4:0,2:8,5,1:10,0,0,2",
		    "[" SHOWN(64, "RTM_NEWROUTE",
			      "0") ", "
				   "{rtm_family=AF_INET, rtm_dst_len=0, "
				   "rtm_src_len=0, "
				   "rtm_tos=0, rtm_table=RT_TABLE_MAIN, "
				   "rtm_protocol=RTPROT_BOOT, "
				   "rtm_scope=RT_SCOPE_UNIVERSE, "
				   "rtm_type=RTN_UNICAST, rtm_flags=0}, "
				   "[{nla_len=36, nla_type=RTA_MULTIPATH}, "
				   "[[{rtnh_len=16, rtnh_flags=RTNH_F_ONLINK, "
				   "rtnh_hops=1, "
				   "rtnh_ifindex=0}, [{nla_len=8, "
				   "nla_type=RTA_GATEWAY}, "
				   "inet_addr(\"10.0.0.1\")]], "
				   "[{rtnh_len=16, rtnh_flags=0, rtnh_hops=2, "
				   "rtnh_ifindex=0}, [{nla_len=8, "
				   "nla_type=RTA_GATEWAY}, "
				   "inet_addr(\"10.0.0.2\")]]]]]");
}

Test(print_netlink, requests_and_answers_about_sockets)
{
	EXPECT_SENT(
		4, 40, HEAD(40, 20, 0x301) ",1:1,0,2:0,4:0x402,5,6,7,8",
		"[" SHOWN(40, "SOCK_DIAG_BY_FAMILY",
			  "NLM_F_REQUEST|NLM_F_DUMP") ", "
						      "{sdiag_family=AF_UNIX, "
						      "sdiag_protocol=0, "
						      "udiag_states=1<<TCP_"
						      "ESTABLISHED|1<<TCP_"
						      "LISTEN, "
						      "udiag_ino=5, "
						      "udiag_show=UDIAG_SHOW_"
						      "VFS|UDIAG_SHOW_PEER, "
						      "udiag_cookie=[7, 8]}]");
	EXPECT_SENT(
		4, 44, HEAD(44, 20, 2) ",1:1,1,10,0,4:5,7,8,2:12,4,4:1,2",
		"[" SHOWN(44, "SOCK_DIAG_BY_FAMILY",
			  "NLM_F_MULTI") ", "
					 "{udiag_family=AF_UNIX, "
					 "udiag_type=SOCK_STREAM, "
					 "udiag_state=TCP_LISTEN, udiag_ino=5, "
					 "udiag_cookie=[7, 8]}, "
					 "[{nla_len=12, "
					 "nla_type=UNIX_DIAG_RQLEN}, "
					 "{udiag_rqueue=1, udiag_wqueue=2}]]");
	EXPECT_SENT(4, 72,
		    HEAD(72, 20, 1) ",1:10,6,0,0,4:0x400,2:0x5000,0,8:0,"
				    "0x100000000000000,8:0,0,4:0,0,0",
		    "[" SHOWN(72, "SOCK_DIAG_BY_FAMILY",
			      "NLM_F_REQUEST") ", "
					       "{sdiag_family=AF_INET6, "
					       "sdiag_protocol=IPPROTO_TCP, "
					       "idiag_ext=0, "
					       "idiag_states=1<<TCP_LISTEN, "
					       "id={idiag_sport=htons(80), "
					       "idiag_dport=htons(0), "
					       "inet_pton(AF_INET6, \"::1\", "
					       "&idiag_src), "
					       "inet_pton(AF_INET6, \"::\", "
					       "&idiag_dst), idiag_if=0, "
					       "idiag_cookie=[0, 0]}}]");
}

Test(print_netlink, messages_of_which_little_is_known)
{
	EXPECT_SENT(0, 19, HEAD(19, 112, 0) ",1:2,3,4",
		    "[" SHOWN(19, "RTM_NEWVLAN",
			      "0") ", "
				   "{family=AF_INET, data=\"\\x03\\x04\"}]");
	EXPECT_SENT(9, 19, HEAD(19, 1000, 0) ",1:2,3,4",
		    "[" SHOWN(19, "AUDIT_GET", "0") ", "
						    "\"\\x02\\x03\\x04\"]");
	EXPECT_SENT(0, 3, "1:1,2,3", "\"\\x01\\x02\\x03\"");
	EXPECT_ARGS("sendto", "args=3,0x100,0,0,0,0 ret=0 netlink0@3=0",
		    "3, \"\", 0, 0, NULL, 0");
	EXPECT_ARGS("sendto", "args=3,0,16,0,0,0 ret=-14 netlink0@3=0",
		    "3, NULL, 16, 0, NULL, 0");
	EXPECT_ARGS("sendto", "args=3,0x100,16,0,0,0 ret=-14 netlink0@3=0",
		    "3, 0x100, 16, 0, NULL, 0");
}

#define ABOUT SHOWN(32, "RTM_NEWLINK", "NLM_F_REQUEST")

Test(print_netlink, errors_repeat_the_message)
{
	EXPECT_SENT(
		0, 20, HEAD(20, 2, 0) ",4:0",
		"[" SHOWN(20, "NLMSG_ERROR", "0") ", "
						  "\"\\x00\\x00\\x00\\x00\"]");
	EXPECT_SENT(0, 36, HEAD(36, 2, 0x100) ",4:0," HEAD(32, 16, 1),
		    "[" SHOWN(36, "NLMSG_ERROR",
			      "NLM_F_CAPPED") ", "
					      "{error=0, msg=" ABOUT "}]");
	EXPECT_SENT(
		0, 52, HEAD(52, 2, 0) ",4:-19," HEAD(32, 16, 1) LINK,
		"[" SHOWN(52, "NLMSG_ERROR", "0") ", "
						  "{error=-ENODEV, msg=[" ABOUT
						  ", " LINK_SHOWN "]}]");
	EXPECT_SENT(
		0, 44,
		HEAD(44, 2, 0x300) ",4:-2," HEAD(32, 16,
						 1) ",2:8,1,1:0x62,0x61,0x64,0",
		"[" SHOWN(
			44, "NLMSG_ERROR",
			"NLM_F_CAPPED|NLM_F_ACK_TLVS") ", "
						       "[{error=-ENOENT, "
						       "msg=" ABOUT "}, "
						       "[{nla_len=8, "
						       "nla_type=NLMSGERR_ATTR_"
						       "MSG}, \"bad\"]]]");
}

Test(print_netlink, errors_in_errors_end)
{
	char words[4096] = "args=3,0x100,620,0,0,0 ret=620 netlink0@3=0 in1=";
	for (unsigned i = 0; i < 31; i++)
		(void)snprintf(
			words + strlen(words), sizeof(words) - strlen(words),
			"%s4:%u,2:2,0,4:1,0,4:0", i ? "," : "", 620 - 20 * i);
	const char *text = decoded("sendto", words);
	unsigned errors = 0;
	for (const char *p = text; (p = strstr(p, "{error=")); p++)
		errors++;
	cr_expect(eq(uint, errors, 16));
	cr_expect(ne(ptr, (void *)strstr(text, "\"...]}]"), NULL), "%s", text);
}

Test(print_netlink, events_of_devices)
{
	EXPECT_ARGS("recvfrom",
		    "args=3,0x100,99,0,0,0 ret=15 netlink0@3=15 "
		    "out1=\"add@/x\\0ACTION=\"",
		    "3, \"add@/x\\0ACTION=\"..., 99, 0, NULL, NULL");
	EXPECT_SENT(15, 42,
		    "1:0x6c,0x69,0x62,0x75,0x64,0x65,0x76,0,4:0xfecaedfe,40,"
		    "40,2,0x1000000,0x2000000,0x3000000,0x4000000,1:0x41,0",
		    "[{prefix=\"libudev\", magic=htonl(0xfeedcafe), "
		    "header_size=40, properties_off=40, properties_len=2, "
		    "filter_subsystem_hash=htonl(0x1), "
		    "filter_devtype_hash=htonl(0x2), "
		    "filter_tag_bloom_hi=htonl(0x3), "
		    "filter_tag_bloom_lo=htonl(0x4)}, \"A\\0\"]");
}

#define DONE       HEAD(16, 3, 0)
#define DONE_SHOWN SHOWN(16, "NLMSG_DONE", "0")

Test(print_netlink, in_pieces)
{
	EXPECT_ARGS("sendmsg",
		    "args=3,0x100,0 ret=16 netlink0@3=0 "
		    "in1=0x80,12,0x200,1,0,0,0 in1@0x80=2:16,0,4:0,0 "
		    "in1@0x200=0x300,16 in1@0x300=" DONE,
		    "3, {msg_name={sa_family=AF_NETLINK, nl_pid=0, "
		    "nl_groups=00000000}, msg_namelen=12, "
		    "msg_iov=[{iov_base=" DONE_SHOWN ", iov_len=16}], "
		    "msg_iovlen=1, msg_controllen=0, msg_flags=0}, 0");
}

Test(print_netlink, in_pieces_without_an_address_it_is_bytes)
{
	EXPECT_ARGS("sendmsg",
		    "args=3,0x100,0 ret=16 netlink0@3=0 "
		    "in1=0,0,0x200,1,0,0,0 in1@0x200=0x300,16 "
		    "in1@0x300=" DONE,
		    "3, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base="
		    "\"\\20\\0\\0\\0\\3\\0\\0\\0\\1\\0\\0\\0\\0\\0\\0\\0\", "
		    "iov_len=16}], msg_iovlen=1, msg_controllen=0, "
		    "msg_flags=0}, 0");
}

/* Attributes that are cut show nothing that is not there. */
Test(print_netlink, what_was_not_copied_is_dots)
{
	EXPECT_SENT(
		0, 100, HEAD(100, 16, 0) LINK ",2:8,4,1:1",
		"[" SHOWN(100, "RTM_NEWLINK",
			  "0") ", " LINK_SHOWN ", "
			       "[[{nla_len=8, nla_type=IFLA_MTU}, ...], ...]]");
	EXPECT_SENT(0, 100, HEAD(100, 16, 0) LINK ",2:8",
		    "[" SHOWN(100, "RTM_NEWLINK", "0") ", " LINK_SHOWN
						       ", ...]");
	EXPECT_SENT(0, 100, HEAD(100, 16, 0) ",1:0,0,2:1",
		    "[" SHOWN(100, "RTM_NEWLINK",
			      "0") ", "
				   "{ifi_family=AF_UNSPEC, "
				   "ifi_type=ARPHRD_ETHER, ...}, "
				   "...]");
	EXPECT_SENT(0, 100, HEAD(100, 16, 0),
		    "[" SHOWN(100, "RTM_NEWLINK", "0") ", ...]");
	EXPECT_SENT(0, 100, HEAD(16, 3, 0),
		    "[" SHOWN(16, "NLMSG_DONE", "0") ", ...]");
}

Test(print_netlink, lengths_that_lie)
{
	EXPECT_SENT(0, 32, HEAD(0, 3, 0) ",8:0,0", SHOWN(0, "NLMSG_DONE", "0"));
	EXPECT_SENT(0, 32, HEAD(3, 3, 0) ",8:0,0", SHOWN(3, "NLMSG_DONE", "0"));
	EXPECT_SENT(0, 20, HEAD(4294967295, 3, 0) ",4:5",
		    "[" SHOWN(4294967295, "NLMSG_DONE", "0") ", 5]");
	EXPECT_SENT(0, 40, HEAD(40, 16, 0) LINK ",2:0,4,4:1",
		    "[" SHOWN(40, "RTM_NEWLINK",
			      "0") ", " LINK_SHOWN ", "
				   "{nla_len=0, nla_type=IFLA_MTU}]");
	EXPECT_SENT(0, 40, HEAD(40, 16, 0) LINK ",2:3,4,4:1",
		    "[" SHOWN(40, "RTM_NEWLINK",
			      "0") ", " LINK_SHOWN ", "
				   "{nla_len=3, nla_type=IFLA_MTU}]");
	EXPECT_SENT(0, 40, HEAD(40, 16, 0) LINK ",2:65535,4,4:1",
		    "[" SHOWN(40, "RTM_NEWLINK",
			      "0") ", " LINK_SHOWN ", "
				   "[{nla_len=65535, nla_type=IFLA_MTU}, 1]]");
	EXPECT_SENT(0, 39, HEAD(40, 16, 0) LINK ",2:8,4,1:1,0,0",
		    "[" SHOWN(40, "RTM_NEWLINK",
			      "0") ", " LINK_SHOWN ", "
				   "[{nla_len=8, nla_type=IFLA_MTU}, "
				   "\"\\x01\\x00\\x00\"]]");
}

/* Every kind of value, known up to each of its bytes. */
static const unsigned char deep[] = {
	/* RTM_NEWLINK: IFLA_IFNAME, IFLA_AF_SPEC, IFLA_ADDRESS */
	76, 0, 0, 0, 16, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0, 3, 0, 'a', 0, 0, 0, 20, 0, 26, 0, 16,
	0, 2, 0, 12, 0, 1, 0, 1, 0, 0, 0, 2, 0, 0, 0, 10, 0, 1, 0, 1, 2, 3, 4,
	5, 6, 0, 0, 4, 0, 4, 0,
	/* RTM_NEWROUTE: RTA_MULTIPATH, RTA_VIA, RTA_METRICS */
	76, 0, 0, 0, 24, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0, 20, 0, 9, 0, 16, 0, 0, 0, 1, 0, 0, 0, 8, 0, 5, 0, 1, 2,
	3, 4, 12, 0, 18, 0, 2, 0, 1, 2, 3, 4, 0, 0, 12, 0, 8, 0, 8, 0, 2, 0, 1,
	0, 0, 0, 4, 0, 1, 0,
	/* NLMSG_ERROR */
	36, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 16, 0, 0,
	0, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0};

static void expect_bounded(size_t known, size_t size)
{
	char words[2048];
	(void)snprintf(words, sizeof(words),
		       "args=3,0x100,%zu,0,0,0 ret=1 netlink0@3=0 in1=", size);
	for (size_t i = 0; i < known; i++)
		(void)snprintf(words + strlen(words),
			       sizeof(words) - strlen(words), "%s%u",
			       i ? "," : "1:", (unsigned)deep[i]);
	const char *text = decoded("sendto", words);
	cr_expect(lt(sz, strlen(text), 2500), "%s", text);
	if (known < size && known >= 16)
		cr_expect(ne(ptr, (void *)strstr(text, "..."), NULL), "%s",
			  text);
	if (known == size)
		cr_expect(eq(ptr, (void *)strstr(text, "..."), NULL), "%s",
			  text);
}

Test(print_netlink, cut_at_every_byte)
{
	for (size_t known = 1; known <= sizeof(deep); known++)
		expect_bounded(known, sizeof(deep));
	expect_bounded(sizeof(deep), sizeof(deep));
}
