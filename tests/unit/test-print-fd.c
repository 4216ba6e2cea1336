/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/print_fd.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdint.h>
#include <string.h>

#include "abi/decode.h"
#include "abi/syscall.h"
#include "base/buf.h"

#define CWD 0xffffff9cu /* AT_FDCWD in a register */

static struct catalogue *cat;
static char text[4096];

static union {
	struct event_call call;
	struct event head;
	uint8_t bytes[EVENT_SIZE_LIMIT];
} ev;

/* The one file that rows refer to. */
static union {
	struct event_file file;
	char bytes[EVENT_SIZE_LIMIT];
} file;

static const struct event_file *find(void *self, uint64_t id)
{
	(void)self;
	return id == file.file.id ? &file.file : NULL;
}

static struct decode_options options = {.string_limit = 32,
					.files = {.find = find}};

static void init(void)
{
	const struct catalogue_config config = {.events_fd = -1,
						.native = ABI_X86_64};
	cr_assert(eq(int, catalogue_new(&cat, &config, NULL), 0));
	memset(&ev, 0, sizeof(ev));
	ev.head.kind = EVENT_CALL;
	ev.head.size = sizeof(struct event_call);
	options.utf8 = false;
}

static void fini(void)
{
	catalogue_free(cat);
}

TestSuite(print_fd, .init = init, .fini = fini);

/* Appends what descriptor FD refers to; SOCKET with a name of NAME_SIZE. */
static void refers(int fd, enum event_phase phase, struct event_fd to,
		   const struct event_socket *socket, const char *name)
{
	size_t padded = socket ? (socket->path_size + 7u) & ~7u : 0;
	to.size = socket ? (uint16_t)(sizeof(*socket) + padded) : 0;
	const struct event_chunk head = {
		.address = (uint64_t)(int64_t)fd,
		.size = (uint32_t)sizeof(to) + to.size,
		.what = EVENT_CHUNK_FD,
		.phase = (uint8_t)phase,
	};
	uint8_t *p = ev.bytes + ev.head.size;
	memcpy(p, &head, sizeof(head));
	memcpy(p + sizeof(head), &to, sizeof(to));
	p += sizeof(head) + sizeof(to);
	if (socket) {
		memcpy(p, socket, sizeof(*socket));
		memcpy(p + sizeof(*socket), name, socket->path_size);
	}
	uint32_t grown = (uint32_t)sizeof(head) + head.size;
	ev.call.payload += grown;
	ev.head.size += grown;
}

static void is_file(const char *path, uint32_t flags)
{
	file.file.id = 9;
	file.file.size = (uint32_t)strlen(path);
	file.file.flags = flags;
	memcpy(&file.file + 1, path, strlen(path));
}

/* As they are printed. */
static char *arguments(const char *name)
{
	struct buf buf;
	buf_init(&buf, text, sizeof(text));
	cr_assert(decode_is_sane(&ev.head, ev.head.size));
	decode_args(&buf, catalogue_get(cat, catalogue_by_name(cat, name)),
		    &ev.call, &options);
	return text;
}

/* The line of close(3), whose descriptor is TO. */
static char *closing(struct event_fd to)
{
	ev.call.args[0] = 3;
	refers(3, EVENT_AT_ENTRY, to, NULL, NULL);
	return arguments("close");
}

static char *closing_socket(struct event_socket socket, const char *name)
{
	const struct event_fd to = {.kind = EVENT_FILE_SOCKET, .inode = 77};
	struct buf buf;
	buf_init(&buf, text, sizeof(text));
	ev.call.args[0] = 3;
	refers(3, EVENT_AT_ENTRY, to, &socket, name);
	cr_assert(decode_is_sane(&ev.head, ev.head.size));
	decode_args(&buf, catalogue_get(cat, catalogue_by_name(cat, "close")),
		    &ev.call, &options);
	return text;
}

static char *line(const char *name)
{
	struct buf buf;
	buf_init(&buf, text, sizeof(text));
	cr_assert(decode_is_sane(&ev.head, ev.head.size));
	decode_call(&buf, catalogue_get(cat, catalogue_by_name(cat, name)),
		    &ev.call, &options);
	return text;
}

Test(print_fd, a_path_stands_in_angle_brackets)
{
	is_file("/etc/passwd", 0);
	cr_expect(
		eq(str, closing((struct event_fd){.id = 9}), "3</etc/passwd>"));
}

Test(print_fd, brackets_quotes_and_other_bytes_of_a_path_are_escaped)
{
	is_file("/a\tb\n\"\303\251<x>", 0);
	cr_expect(eq(str, closing((struct event_fd){.id = 9}),
		     "3</a\\tb\\n\\\"\\303\\251\\74x\\76>"));
}

Test(print_fd, other_scripts_stay_where_the_terminal_can_show_them)
{
	is_file("/\303\251<", 0);
	options.utf8 = true;
	cr_expect(eq(str, closing((struct event_fd){.id = 9}),
		     "3</\303\251\\74>"));
}

Test(print_fd, a_deleted_file_is_marked_behind_the_bracket)
{
	is_file("/tmp/x", 0);
	cr_expect(eq(
		str,
		closing((struct event_fd){.id = 9, .flags = EVENT_FD_DELETED}),
		"3</tmp/x>(deleted)"));
}

Test(print_fd, a_device_has_its_numbers)
{
	is_file("/dev/null", 0);
	cr_expect(eq(str,
		     closing((struct event_fd){.id = 9,
					       .rdev = 1 << 20 | 3,
					       .flags = EVENT_FD_CHAR}),
		     "3</dev/null<char 1:3>>"));
}

Test(print_fd, a_block_device_has_large_numbers)
{
	is_file("/tmp/bl", 0);
	cr_expect(eq(str,
		     closing((struct event_fd){.id = 9,
					       .rdev = 300 << 20 | 70000,
					       .flags = EVENT_FD_BLOCK}),
		     "3</tmp/bl<block 300:70000>>"));
}

Test(print_fd, a_path_that_was_too_long_begins_with_dots)
{
	is_file("/d/f", EVENT_FILE_CUT);
	cr_expect(eq(str, closing((struct event_fd){.id = 9}), "3<.../d/f>"));
}

Test(print_fd, what_is_not_known_is_not_shown)
{
	is_file("/etc/passwd", 0);
	cr_expect(eq(str, closing((struct event_fd){.id = 8}), "3"));
}

Test(print_fd, a_pipe_is_its_inode)
{
	cr_expect(eq(str,
		     closing((struct event_fd){.kind = EVENT_FILE_PIPE,
					       .inode = 253379}),
		     "3<pipe:[253379]>"));
}

Test(print_fd, a_namespace_is_its_kind_and_inode)
{
	is_file("mnt", 0);
	cr_expect(eq(str,
		     closing((struct event_fd){.id = 9,
					       .kind = EVENT_FILE_NAMESPACE,
					       .inode = 4026531832}),
		     "3<mnt:[4026531832]>"));
}

Test(print_fd, a_process_is_its_number)
{
	cr_expect(eq(str,
		     closing((struct event_fd){.kind = EVENT_FILE_PIDFD,
					       .rdev = 29307}),
		     "3<pid:29307>"));
}

Test(print_fd, a_process_that_is_gone_or_not_asked_for_is_anonymous)
{
	cr_expect(eq(str, closing((struct event_fd){.kind = EVENT_FILE_PIDFD}),
		     "3<anon_inode:[pidfd]>"));
}

Test(print_fd, a_socket_without_its_state_is_its_inode)
{
	cr_expect(eq(str,
		     closing((struct event_fd){.kind = EVENT_FILE_SOCKET,
					       .inode = 254002}),
		     "3<socket:[254002]>"));
}

static struct event_socket internet(uint16_t family, uint16_t type,
				    uint16_t protocol, uint8_t state)
{
	return (struct event_socket){.family = family,
				     .type = type,
				     .protocol = protocol,
				     .state = state};
}

static void bind_to(struct event_socket *socket, const char *local,
		    uint16_t port)
{
	inet_pton(socket->family, local, socket->local);
	socket->local_port = port;
}

static void connect_to(struct event_socket *socket, const char *remote,
		       uint16_t port)
{
	inet_pton(socket->family, remote, socket->remote);
	socket->remote_port = port;
}

Test(print_fd, a_connection_has_both_its_ends)
{
	struct event_socket socket = internet(AF_INET, 1, 6, 1);
	bind_to(&socket, "127.0.0.1", 36904);
	connect_to(&socket, "127.0.0.1", 59311);
	cr_expect(eq(str, closing_socket(socket, ""),
		     "3<TCP:[127.0.0.1:36904->127.0.0.1:59311]>"));
}

Test(print_fd, a_listening_socket_has_its_address)
{
	struct event_socket socket = internet(AF_INET, 1, 6, 10);
	bind_to(&socket, "0.0.0.0", 54409);
	cr_expect(
		eq(str, closing_socket(socket, ""), "3<TCP:[0.0.0.0:54409]>"));
}

Test(print_fd, a_socket_without_an_address_has_its_inode)
{
	cr_expect(eq(str, closing_socket(internet(AF_INET, 1, 6, 7), ""),
		     "3<TCP:[77]>"));
}

Test(print_fd, a_connection_that_was_refused_is_none)
{
	struct event_socket socket = internet(AF_INET, 1, 6, 7);
	connect_to(&socket, "127.0.0.1", 1);
	cr_expect(eq(str, closing_socket(socket, ""), "3<TCP:[77]>"));
}

Test(print_fd, version_6_addresses_stand_in_brackets)
{
	struct event_socket socket = internet(AF_INET6, 1, 6, 1);
	bind_to(&socket, "::1", 48026);
	connect_to(&socket, "::ffff:127.0.0.1", 50743);
	cr_expect(eq(str, closing_socket(socket, ""),
		     "3<TCPv6:[[::1]:48026->[::ffff:127.0.0.1]:50743]>"));
}

Test(print_fd, a_datagram_socket_may_be_connected_to_port_0)
{
	struct event_socket socket = internet(AF_INET, 2, 136, 1);
	bind_to(&socket, "127.0.0.1", 50988);
	connect_to(&socket, "127.0.0.1", 0);
	cr_expect(eq(str, closing_socket(socket, ""),
		     "3<UDPLITE:[127.0.0.1:50988->127.0.0.1:0]>"));
}

Test(print_fd, some_protocols_show_only_with_an_address)
{
	cr_expect(eq(str, closing_socket(internet(AF_INET, 1, 262, 7), ""),
		     "3<socket:[77]>"));
}

Test(print_fd, version_6_of_udplite_always_shows)
{
	cr_expect(eq(str, closing_socket(internet(AF_INET6, 2, 136, 7), ""),
		     "3<UDPLITEv6:[77]>"));
}

Test(print_fd, a_raw_socket_is_its_inode)
{
	cr_expect(eq(str, closing_socket(internet(AF_INET, 3, 1, 7), ""),
		     "3<RAW:[77]>"));
}

Test(print_fd, families_that_strace_does_not_know_are_sockets)
{
	cr_expect(eq(str, closing_socket(internet(AF_VSOCK, 1, 0, 7), ""),
		     "3<socket:[77]>"));
}

Test(print_fd, a_unix_socket_has_its_peer_and_its_name)
{
	struct event_socket socket = {
		.family = AF_UNIX, .type = 1, .peer = 78, .path_size = 8};
	cr_expect(eq(str, closing_socket(socket, "/s<o>\n\303\251"),
		     "3<UNIX-STREAM:[77->78,\"/s<o>\\n\\303\\251\"]>"));
}

Test(print_fd, an_abstract_name_ends_at_a_null_as_strace_shows_it)
{
	struct event_socket socket = {
		.family = AF_UNIX, .type = 2, .path_size = 6};
	cr_expect(eq(str, closing_socket(socket, "\0abs\0t"),
		     "3<UNIX:[77,@\"abs\"]>"));
}

Test(print_fd, a_netlink_socket_has_its_protocol_and_port)
{
	struct event_socket socket = {.family = AF_NETLINK,
				      .type = 3,
				      .protocol = 15,
				      .peer = 3204352538};
	cr_expect(eq(str, closing_socket(socket, ""),
		     "3<NETLINK:[KOBJECT_UEVENT:3204352538]>"));
}

Test(print_fd, a_netlink_socket_that_is_not_bound_has_its_inode)
{
	struct event_socket socket = {.family = AF_NETLINK, .type = 3};
	cr_expect(eq(str, closing_socket(socket, ""), "3<NETLINK:[77]>"));
}

Test(print_fd, the_working_directory_stands_behind_its_name)
{
	is_file("/tmp/cw", 0);
	ev.call.args[0] = CWD;
	ev.call.ret = -2;
	refers(-100, EVENT_AT_ENTRY, (struct event_fd){.id = 9}, NULL, NULL);
	cr_expect(eq(str, line("openat"),
		     "openat(AT_FDCWD</tmp/cw>, NULL, O_RDONLY) = -1 ENOENT "
		     "(No such file or directory)"));
}

Test(print_fd, a_deleted_working_directory_is_marked_as_proc_does)
{
	is_file("/tmp/cw", 0);
	ev.call.args[0] = CWD;
	refers(-100, EVENT_AT_ENTRY,
	       (struct event_fd){.id = 9, .flags = EVENT_FD_DELETED}, NULL,
	       NULL);
	cr_expect(
		eq(str, line("openat"),
		   "openat(AT_FDCWD</tmp/cw (deleted)>, NULL, O_RDONLY) = 0"));
}

Test(print_fd, a_result_is_told_as_it_was_when_the_call_ended)
{
	is_file("/etc/passwd", 0);
	ev.call.args[0] = 3;
	ev.call.ret = 3;
	refers(3, EVENT_AT_ENTRY,
	       (struct event_fd){.kind = EVENT_FILE_PIPE, .inode = 5}, NULL,
	       NULL);
	refers(3, EVENT_AT_EXIT, (struct event_fd){.id = 9}, NULL, NULL);
	cr_expect(eq(str, line("dup"),
		     "dup(3<pipe:[5]>)                        = "
		     "3</etc/passwd>"));
}

Test(print_fd, programs_get_the_target_without_escapes)
{
	char data[64];
	struct buf buf;
	const struct print_fd_place entry = {3, EVENT_AT_ENTRY, EVENT_ARGS};
	const struct print_fd_place later = {3, EVENT_AT_EXIT, EVENT_ARGS};
	is_file("/a\nb<", 0);
	refers(3, EVENT_AT_ENTRY,
	       (struct event_fd){.id = 9, .flags = EVENT_FD_DELETED}, NULL,
	       NULL);
	buf_init(&buf, data, sizeof(data));
	cr_assert(print_fd_plain(&buf, &ev.call, &entry, &options.files));
	cr_expect(eq(str, data, "/a\nb< (deleted)"));
	cr_expect(not(print_fd_plain(&buf, &ev.call, &later, &options.files)));
}

/* Appends that descriptor FD behind argument ARG is the pipe INODE. */
static void is_pipe(uint8_t arg, int fd, enum event_phase phase, uint64_t inode)
{
	struct event_chunk *chunk = (void *)(ev.bytes + ev.head.size);
	refers(fd, phase,
	       (struct event_fd){.kind = EVENT_FILE_PIPE, .inode = inode}, NULL,
	       NULL);
	chunk->arg = arg;
}

Test(print_fd, a_descriptor_of_another_process_is_that_behind_its_argument)
{
	ev.call.args[0] = 3;
	ev.call.args[1] = 3;
	is_pipe(0, 3, EVENT_AT_ENTRY, 5);
	cr_expect(eq(str, arguments("pidfd_getfd"), "3<pipe:[5]>, 3, 0"));
	is_pipe(1, 3, EVENT_AT_ENTRY, 6);
	cr_expect(eq(str, arguments("pidfd_getfd"),
		     "3<pipe:[5]>, 3<pipe:[6]>, 0"));
}

Test(print_fd, kcmp_compares_descriptors_of_two_processes)
{
	ev.call.args[0] = 7;
	ev.call.args[1] = 8;
	ev.call.args[3] = 3;
	ev.call.args[4] = 3;
	is_pipe(4, 3, EVENT_AT_ENTRY, 6);
	cr_expect(
		eq(str, arguments("kcmp"), "7, 8, KCMP_FILE, 3, 3<pipe:[6]>"));
	is_pipe(3, 3, EVENT_AT_ENTRY, 5);
	cr_expect(eq(str, arguments("kcmp"),
		     "7, 8, KCMP_FILE, 3<pipe:[5]>, 3<pipe:[6]>"));
}

Test(print_fd, waitid_may_be_given_a_descriptor)
{
	ev.call.args[0] = 3; /* P_PIDFD */
	ev.call.args[1] = 4;
	is_pipe(1, 4, EVENT_AT_ENTRY, 5);
	cr_expect(eq(str, arguments("waitid"),
		     "P_PIDFD, 4<pipe:[5]>, NULL, 0, NULL"));
	ev.call.args[0] = 1; /* P_PID */
	cr_expect(eq(str, arguments("waitid"), "P_PID, 4, NULL, 0, NULL"));
}

/* Appends memory of the caller. */
static void holds(uint64_t address, enum event_phase phase, const void *bytes,
		  uint32_t size)
{
	const struct event_chunk head = {
		.address = address,
		.size = size,
		.what = EVENT_CHUNK_BYTES,
		.phase = (uint8_t)phase,
	};
	uint8_t *p = ev.bytes + ev.head.size;
	memcpy(p, &head, sizeof(head));
	memcpy(p + sizeof(head), bytes, size);
	uint32_t grown = (uint32_t)sizeof(head) + ((size + 7) & ~7u);
	ev.call.payload += grown;
	ev.head.size += grown;
}

Test(print_fd, clone_tells_a_descriptor_or_a_thread)
{
	const int32_t told = 4;
	ev.call.args[0] = 0x1000; /* CLONE_PIDFD */
	ev.call.args[2] = 0x10;
	holds(0x10, EVENT_AT_EXIT, &told, sizeof(told));
	is_pipe(2, 4, EVENT_AT_EXIT, 5);
	cr_expect(eq(str, arguments("clone"),
		     "child_stack=NULL, flags=CLONE_PIDFD, "
		     "parent_tid=[4<pipe:[5]>]"));
	ev.call.args[0] = 0x100000; /* CLONE_PARENT_SETTID */
	cr_expect(eq(str, arguments("clone"),
		     "child_stack=NULL, flags=CLONE_PARENT_SETTID, "
		     "parent_tid=[4]"));
}

Test(print_fd, clone3_tells_a_descriptor)
{
	const uint64_t args[8] = {0x1000, 0x10};
	const int32_t told = 4;
	ev.call.args[0] = 0x20;
	ev.call.args[1] = sizeof(args);
	holds(0x20, EVENT_AT_ENTRY, args, sizeof(args));
	holds(0x10, EVENT_AT_EXIT, &told, sizeof(told));
	is_pipe(0, 4, EVENT_AT_ENTRY, 6);
	is_pipe(0, 4, EVENT_AT_EXIT, 5);
	cr_expect(eq(str, arguments("clone3"),
		     "{flags=CLONE_PIDFD, pidfd=0x10, exit_signal=0, "
		     "stack=NULL, stack_size=0} => {pidfd=[4<pipe:[5]>]}, 64"));
}
