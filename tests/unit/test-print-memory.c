/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Printers of what is more than fields: sizes, pointers and commands count. */
#include "tests/lib/decoded.h"

Test(print_memory, clone3)
{
	EXPECT_ARGS("clone3",
		    "args=0x10,64 in0=8:0x4100,8:1,8:2,8:3,8:17,8:0x1000,"
		    "8:0x2000,8:5 ret=7",
		    "{flags=CLONE_VM|CLONE_VFORK, exit_signal=SIGCHLD, "
		    "stack=0x1000, stack_size=0x2000}, 64");
	EXPECT_ARGS("clone3",
		    "args=0x10,88 in0=8:0x1181000,8:0x920,8:0x928,8:0x924,8:17,"
		    "8:0,8:0,8:0x1234,8:0x930,8:2,8:0 in0@0x930=4:7,4:8 "
		    "out0@0x920=4:3 out0@0x924=4:4668 ret=4668",
		    "{flags=CLONE_PIDFD|CLONE_SETTLS|CLONE_PARENT_SETTID|"
		    "CLONE_CHILD_SETTID, pidfd=0x920, child_tid=0x928, "
		    "parent_tid=0x924, exit_signal=SIGCHLD, stack=NULL, "
		    "stack_size=0, tls=0x1234, set_tid=[7, 8], "
		    "set_tid_size=2} => {pidfd=[3], parent_tid=[4668]}, 88");
	EXPECT_ARGS("clone3",
		    "args=0x10,96 in0=8:0,8:0,8:0,8:0,8:99,8:0,8:0,8:0,8:0,"
		    "8:3,8:7,8:0x10000 ret=-7",
		    "{flags=0, exit_signal=99, stack=NULL, stack_size=0, "
		    "set_tid=NULL, set_tid_size=3, cgroup=7, "
		    "/* bytes 88..95 */ "
		    "\"\\x00\\x00\\x01\\x00\\x00\\x00\\x00\\x00\"}, 96");
	EXPECT_ARGS("clone3", "args=0x10,56 in0=8:0,8:0,8:0 ret=-22",
		    "0x10, 56");
}

Test(print_memory, file_handles)
{
	EXPECT_ARGS("name_to_handle_at",
		    "args=-100,0,0x10,0x20,0 in2=4:128,4:0 out2=4:8,4:1,"
		    "8:0x35d out3=4:27",
		    "AT_FDCWD, NULL, {handle_bytes=128 => 8, handle_type=1, "
		    "f_handle=\"\\x5d\\x03\\x00\\x00\\x00\\x00\\x00\\x00\"}, "
		    "[27], 0");
	EXPECT_ARGS("name_to_handle_at",
		    "args=-100,0,0x10,0x20,0 in2=4:4,4:0 out2=4:8,4:1 ret=-75",
		    "AT_FDCWD, NULL, {handle_bytes=4 => 8}, 0x20, 0");
	EXPECT_ARGS("name_to_handle_at",
		    "args=-100,0,0x10,0x20,0 in2=4:8,4:0 out2=4:9,4:1 ret=-2",
		    "AT_FDCWD, NULL, {handle_bytes=8}, 0x20, 0");
	EXPECT_ARGS("open_by_handle_at",
		    "args=-100,0x10,0 in1=4:3,4:0x1234,8:1",
		    "-100, {handle_bytes=3, handle_type=4660, "
		    "f_handle=\"\\x01\\x00\\x00\"}, O_RDONLY");
}

Test(print_memory, messages_of_queues)
{
	EXPECT_ARGS("msgsnd", "args=4,0x10,4,0 in1=8:5,4:0x636261",
		    "4, {mtype=5, mtext=\"abc\\0\"}, 4, 0");
	EXPECT_ARGS("msgsnd", "args=4,0x10,0,0 in1=8:5",
		    "4, {mtype=5, mtext=\"\"}, 0, 0");
	EXPECT_ARGS("msgrcv", "args=4,0x10,4,0,0 out1=8:-3,4:0x636261 ret=3",
		    "4, {mtype=-3, mtext=\"abc\\0\"}, 4, 0, 0");
	EXPECT_ARGS("msgrcv", "args=4,0x10,4,0,0 ret=-42", "4, 0x10, 4, 0, 0");
	EXPECT_ARGS("msgsnd", "args=4,0x10,4,0 compat in1=4:5,4:0x636261",
		    "4, {mtype=5, mtext=\"abc\\0\"}, 4, 0");
}

#define IOCB "8:7,4:0,4:0,2:1,2:0,4:3,8:0x940,8:5,8:77,8:0,4:1,4:9"

Test(print_memory, requests_of_io_submit)
{
	EXPECT_ARGS("io_submit",
		    "args=0,1,0x10 in2=8:0x20 in2@0x20=" IOCB
		    " in2@0x940=\"hello\" ret=1",
		    "NULL, 1, [{aio_data=0x7, "
		    "aio_lio_opcode=IOCB_CMD_PWRITE, aio_fildes=3, "
		    "aio_buf=\"hello\", aio_nbytes=5, aio_offset=77, "
		    "aio_flags=IOCB_FLAG_RESFD, aio_resfd=9}]");
	EXPECT_ARGS("io_submit",
		    "args=0,2,0x10 in2=8:0x20,8:0 "
		    "in2@0x20=8:7,4:1,4:3,2:2,2:2,4:3,8:0x40,8:5,8:77,8:0,8:0 "
		    "ret=1",
		    "NULL, 2, [{aio_data=0x7, aio_key=1, "
		    "aio_rw_flags=RWF_HIPRI|RWF_DSYNC, "
		    "aio_lio_opcode=IOCB_CMD_FSYNC, aio_reqprio=2, "
		    "aio_fildes=3}, NULL]");
	EXPECT_ARGS("io_submit",
		    "args=0,1,0x10 in2=8:0x20 "
		    "in2@0x20=8:7,4:0,4:0,2:5,2:0,4:3,8:1,8:0,8:0,8:0,8:0 "
		    "ret=1",
		    "NULL, 1, [{aio_data=0x7, aio_lio_opcode=IOCB_CMD_POLL, "
		    "aio_fildes=3, aio_buf=POLLIN}]");
	EXPECT_ARGS("io_submit", "args=0,1,0x10 in2=8:0x20 ret=-22",
		    "NULL, 1, [0x20]");
	EXPECT_ARGS("io_submit",
		    "args=0,2,0x10 in2=8:0x20,8:0x60 "
		    "in2@0x20=8:0,4:0,4:0,2:8,2:0,4:3,8:0x940,8:1,8:0,8:0,8:0 "
		    "in2@0x60=8:0,4:0,4:0,2:7,2:0,4:3,8:0x940,8:1,8:0,8:0,8:0 "
		    "in2@0x940=8:0x960,8:5 in2@0x960=\"hello\" ret=2",
		    "NULL, 2, [{aio_data=0, aio_lio_opcode=IOCB_CMD_PWRITEV, "
		    "aio_fildes=3, aio_buf=[{iov_base=\"hello\", iov_len=5}], "
		    "aio_offset=0}, {aio_data=0, "
		    "aio_lio_opcode=IOCB_CMD_PREADV, aio_fildes=3, "
		    "aio_buf=[{iov_base=0x960, iov_len=5}], aio_offset=0}]");
	EXPECT_ARGS("io_submit",
		    "args=0,1,0x10 in2=8:0x20 "
		    "in2@0x20=8:0,4:0,4:0,2:1,2:0,4:3,8:0x940,8:0,8:0,8:0,8:0 "
		    "ret=1",
		    "NULL, 1, [{aio_data=0, aio_lio_opcode=IOCB_CMD_PWRITE, "
		    "aio_fildes=3, aio_buf=\"\", aio_nbytes=0, "
		    "aio_offset=0}]");
	EXPECT_ARGS("io_submit", "args=0,-1,0x10 ret=-22", "NULL, -1, 0x10");
	EXPECT_ARGS("io_submit", "args=0,0,0x10 ret=0", "NULL, 0, []");
	EXPECT_ARGS("io_cancel", "args=0,0x20,0x30 in1=" IOCB " ret=-22",
		    "NULL, {aio_data=0x7, aio_lio_opcode=IOCB_CMD_PWRITE, "
		    "aio_fildes=3}, 0x30");
}

#define IOCB_FSYNC "8:7,4:0,4:0,2:2,2:0,4:3,8:0,8:0,8:0,8:0,8:0"

Test(print_memory, requests_of_io_submit_up_to_the_last_that_had_room)
{
	EXPECT_ARGS("io_submit",
		    "args=0,3,0x10 cut in2=8:9,8:0x60,8:0x90 "
		    "in2@0x60=" IOCB_FSYNC " ret=3",
		    "NULL, 3, [0x9, {aio_data=0x7, "
		    "aio_lio_opcode=IOCB_CMD_FSYNC, aio_fildes=3}, ...]");
	EXPECT_ARGS("io_submit",
		    "args=0,3,0x10 in2=8:0x60,8:9 in2@0x60=" IOCB_FSYNC
		    " ret=3",
		    "NULL, 3, [{aio_data=0x7, aio_lio_opcode=IOCB_CMD_FSYNC, "
		    "aio_fildes=3}, 0x9, ...]");
	EXPECT_ARGS("io_submit", "args=0,3,0x10 cut in2=8:9,8:9,8:9 ret=3",
		    "NULL, 3, [...]");
}

Test(print_memory, rings)
{
	EXPECT_ARGS("io_uring_setup",
		    "args=4,0x10 in1=4:0,4:0,4:8,4:1,4:7,4:0,4:0,4:0,4:0,4:0,"
		    "8:0,8:0,8:0,8:0,8:0,8:0,8:0,8:0,8:0,8:0 ret=-22",
		    "4, {flags=IORING_SETUP_CQSIZE, sq_thread_cpu=0x1, "
		    "sq_thread_idle=7}");
	EXPECT_ARGS("io_uring_register",
		    "args=5,6,0x10,2 in2=4:1,4:0,8:0x20 in2@0x20=4:7,4:8",
		    "5, IORING_REGISTER_FILES_UPDATE, {offset=1, fds=[7, 8]}, "
		    "2");
	EXPECT_ARGS("io_uring_register",
		    "args=5,19,0x10,2 in2=4:0,4:5 out2=4:3,4:4",
		    "5, IORING_REGISTER_IOWQ_MAX_WORKERS, [[IO_WQ_BOUND]=0, "
		    "[IO_WQ_UNBOUND]=5] => [[IO_WQ_BOUND]=3, "
		    "[IO_WQ_UNBOUND]=4], 2");
	EXPECT_ARGS("io_uring_register",
		    "args=5,8,0x10,1 in2=8:0,8:0,8:0 out2=1:10,1:1,2:0,4:0,"
		    "8:0,1:0,1:0,2:1,4:0",
		    "5, IORING_REGISTER_PROBE, {last_op=IORING_OP_NOP, "
		    "ops_len=0, ops=[]} => {last_op=IORING_OP_RECVMSG, "
		    "ops_len=1, ops=[{op=IORING_OP_NOP, "
		    "flags=IO_URING_OP_SUPPORTED}]}, 1");
	EXPECT_ARGS("io_uring_register",
		    "args=5,11,0x10,2 in2=2:0,1:5,1:0,4:0,8:0,2:3,1:7,1:0,4:0,"
		    "8:0",
		    "5, IORING_REGISTER_RESTRICTIONS, "
		    "[{opcode=IORING_RESTRICTION_REGISTER_OP, "
		    "register_op=IORING_UNREGISTER_EVENTFD}, "
		    "{opcode=IORING_RESTRICTION_SQE_FLAGS_REQUIRED, "
		    "sqe_flags=IOSQE_FIXED_FILE|IOSQE_IO_DRAIN|"
		    "IOSQE_IO_LINK}], 2");
}

#define PERF(type, config, flags)                                              \
	"args=0x10,0,-1,-1,0 ret=-2 in0=4:" type ",4:128,8:" config            \
	",8:99,8:1,8:4,8:" flags ",8:0,8:0,8:0,8:0,8:0,8:0,8:0,8:0,8:0,8:0"

Test(print_memory, performance_events)
{
	EXPECT_ARGS("perf_event_open", PERF("0", "0", "1"),
		    "{type=PERF_TYPE_HARDWARE, size=PERF_ATTR_SIZE_VER7, "
		    "config=PERF_COUNT_HW_CPU_CYCLES, sample_period=99, "
		    "sample_type=PERF_SAMPLE_IP, read_format=PERF_FORMAT_ID, "
		    "disabled=1, precise_ip=0 /* arbitrary skid */, ...}, 0, "
		    "-1, -1, 0");
	EXPECT_ARGS("perf_event_open", PERF("0", "0x100000001", "0x18000"),
		    "{type=PERF_TYPE_HARDWARE, size=PERF_ATTR_SIZE_VER7, "
		    "config=0x1<<32|PERF_COUNT_HW_INSTRUCTIONS, "
		    "sample_period=99, sample_type=PERF_SAMPLE_IP, "
		    "read_format=PERF_FORMAT_ID, "
		    "precise_ip=3 /* must have 0 skid */, ...}, 0, -1, -1, 0");
	EXPECT_ARGS("perf_event_open", PERF("3", "0x10203", "0x400"),
		    "{type=PERF_TYPE_HW_CACHE, size=PERF_ATTR_SIZE_VER7, "
		    "config=PERF_COUNT_HW_CACHE_RESULT_MISS<<16|"
		    "PERF_COUNT_HW_CACHE_OP_PREFETCH<<8|"
		    "PERF_COUNT_HW_CACHE_DTLB, sample_freq=99, "
		    "sample_type=PERF_SAMPLE_IP, read_format=PERF_FORMAT_ID, "
		    "freq=1, precise_ip=0 /* arbitrary skid */, ...}, 0, -1, "
		    "-1, 0");
	EXPECT_ARGS("perf_event_open", PERF("2", "77", "0"),
		    "{type=PERF_TYPE_TRACEPOINT, size=PERF_ATTR_SIZE_VER7, "
		    "config=77, sample_period=99, sample_type=PERF_SAMPLE_IP, "
		    "read_format=PERF_FORMAT_ID, "
		    "precise_ip=0 /* arbitrary skid */, ...}, 0, -1, -1, 0");
	EXPECT_ARGS("perf_event_open", PERF("4", "0x123", "0"),
		    "{type=PERF_TYPE_RAW, size=PERF_ATTR_SIZE_VER7, "
		    "config=0x123, sample_period=99, "
		    "sample_type=PERF_SAMPLE_IP, read_format=PERF_FORMAT_ID, "
		    "precise_ip=0 /* arbitrary skid */, ...}, 0, -1, -1, 0");
	EXPECT_ARGS("perf_event_open",
		    "args=0x10,0,-1,-1,0 ret=-7 in0=4:0,4:63,8:0,8:0,8:0,8:0,"
		    "8:0,8:0,8:0,8:0",
		    "0x10, 0, -1, -1, 0");
}

Test(print_memory, segments)
{
	EXPECT_ARGS("modify_ldt", "args=1,0x10,16 in1=4:-1,4:0x1000,4:5,4:1",
		    "1, {entry_number=-1, base_addr=0x001000, limit=0x000005, "
		    "seg_32bit=1, contents=0, read_exec_only=0, "
		    "limit_in_pages=0, seg_not_present=0, useable=0, lm=0}, "
		    "16");
	EXPECT_ARGS("modify_ldt", "args=1,0x10,15 in1=4:-1,4:0x1000,4:5,4:1",
		    "1, 0x10, 15");
	EXPECT_ARGS("set_thread_area",
		    "args=0x10 compat in0=4:-1,4:0,4:0,4:0 "
		    "out0=4:13,4:0,4:0,4:0",
		    "{entry_number=-1, base_addr=00000000, limit=00000000, "
		    "seg_32bit=0, contents=0, read_exec_only=0, "
		    "limit_in_pages=0, seg_not_present=0, useable=0}");
	cr_expect(eq(str,
		     decoded_result("set_thread_area",
				    "args=0x10 compat in0=4:-1 out0=4:13"),
		     "0 (entry_number=13)"));
	EXPECT_ARGS("get_thread_area", "args=0x10 in0=4:12,4:0,4:0,4:0 ret=-38",
		    "{entry_number=12, ...}");
}
