/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/decoded.h"

#define MAP                                                                    \
	"in1=4:2,4:4,4:8,4:3,4:4,4:5,4:7,4:0x656d616e,4:0,4:0,4:0,4:1,4:5,"    \
	"4:6,4:7,4:8,8:10"

Test(print_bpf, only_what_is_given_is_shown)
{
	EXPECT_ARGS("bpf", "args=0,0x10,72 " MAP,
		    "BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_ARRAY, "
		    "key_size=4, value_size=8, max_entries=3, "
		    "map_flags=BPF_F_NUMA_NODE, inner_map_fd=5, numa_node=7, "
		    "map_name=\"name\", map_ifindex=if_nametoindex(\"lo\"), "
		    "btf_fd=5, btf_key_type_id=6, btf_value_type_id=7, "
		    "btf_vmlinux_value_type_id=8, map_extra=10}, 72");
	EXPECT_ARGS("bpf", "args=0,0x10,28 " MAP,
		    "BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_ARRAY, "
		    "key_size=4, value_size=8, max_entries=3, "
		    "map_flags=BPF_F_NUMA_NODE, inner_map_fd=5, "
		    "numa_node=7}, 28");
	EXPECT_ARGS("bpf", "args=0,0x10,4 " MAP,
		    "BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_ARRAY, "
		    "key_size=0, value_size=0, max_entries=0}, 4");
	EXPECT_ARGS("bpf", "args=0,0x10,80 " MAP ",8:5",
		    "BPF_MAP_CREATE, {map_type=BPF_MAP_TYPE_ARRAY, "
		    "key_size=4, value_size=8, max_entries=3, "
		    "map_flags=BPF_F_NUMA_NODE, inner_map_fd=5, numa_node=7, "
		    "map_name=\"name\", map_ifindex=if_nametoindex(\"lo\"), "
		    "btf_fd=5, btf_key_type_id=6, btf_value_type_id=7, "
		    "btf_vmlinux_value_type_id=8, map_extra=10, ...}, 80");
	EXPECT_ARGS("bpf", "args=0,0,72", "BPF_MAP_CREATE, NULL, 72");
	EXPECT_ARGS("bpf", "args=32,0x10,4 in1=4:0",
		    "BPF_ENABLE_STATS, 0x10, 4");
}

Test(print_bpf, elements)
{
	EXPECT_ARGS("bpf", "args=1,0x10,32 in1=4:3,4:0,8:0x100,8:0x200,8:0",
		    "BPF_MAP_LOOKUP_ELEM, {map_fd=3, key=0x100, value=0x200, "
		    "flags=BPF_ANY}, 32");
	EXPECT_ARGS("bpf", "args=1,0x10,24 in1=4:3,4:0,8:0x100,8:0x200",
		    "BPF_MAP_LOOKUP_ELEM, {map_fd=3, key=0x100, "
		    "value=0x200}, 24");
	EXPECT_ARGS("bpf", "args=2,0x10,32 in1=4:3,4:0,8:0x100,8:0x200,8:1",
		    "BPF_MAP_UPDATE_ELEM, {map_fd=3, key=0x100, value=0x200, "
		    "flags=BPF_NOEXIST}, 32");
	EXPECT_ARGS("bpf", "args=2,0x10,32 in1=4:3,4:0,8:0x100,8:0x200,8:5",
		    "BPF_MAP_UPDATE_ELEM, {map_fd=3, key=0x100, value=0x200, "
		    "flags=BPF_F_LOCK|0x1}, 32");
	EXPECT_ARGS("bpf", "args=3,0x10,16 in1=4:3,4:0,8:0x100",
		    "BPF_MAP_DELETE_ELEM, {map_fd=3, key=0x100}, 16");
	EXPECT_ARGS("bpf", "args=3,0x10,32 in1=4:3,4:0,8:0x100,8:5,8:0",
		    "BPF_MAP_DELETE_ELEM, {map_fd=3, key=0x100, ...}, 32");
}

Test(print_bpf, programs)
{
	EXPECT_ARGS("bpf",
		    "args=5,0x10,48 in1=4:1,4:2,8:0x1000,8:0x900,4:1,4:5,"
		    "8:0x20,4:0x50a03,4:1 in1@0x900=\"GPL\\0\"",
		    "BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_SOCKET_FILTER, "
		    "insn_cnt=2, insns=0x1000, license=\"GPL\", log_level=1, "
		    "log_size=5, log_buf=0x20, "
		    "kern_version=KERNEL_VERSION(5, 10, 3), "
		    "prog_flags=BPF_F_STRICT_ALIGNMENT}, 48");
	EXPECT_ARGS("bpf", "args=5,0x10,24 in1=4:1,4:2,8:0x1000,8:0x900",
		    "BPF_PROG_LOAD, {prog_type=BPF_PROG_TYPE_SOCKET_FILTER, "
		    "insn_cnt=2, insns=0x1000, license=0x900}, 24");
	EXPECT_ARGS("bpf",
		    "args=7,0x10,12 in1=8:0x900,4:0 in1@0x900=\"/x/y\\0\"",
		    "BPF_OBJ_GET, {pathname=\"/x/y\", bpf_fd=0}, 12");
	EXPECT_ARGS("bpf", "args=8,0x10,16 in1=4:3,4:4,4:6,4:1",
		    "BPF_PROG_ATTACH, {target_fd=3, attach_bpf_fd=4, "
		    "attach_type=BPF_CGROUP_DEVICE, "
		    "attach_flags=BPF_F_ALLOW_OVERRIDE}, 16");
	EXPECT_ARGS("bpf",
		    "args=10,0x10,40 in1=4:3,4:0,4:5,4:6,8:0x10,8:0x20,4:1,4:2",
		    "BPF_PROG_TEST_RUN, {test={prog_fd=3, retval=0, "
		    "data_size_in=5, data_size_out=6, data_in=0x10, "
		    "data_out=0x20, repeat=1, duration=2}}, 40");
}

Test(print_bpf, identities)
{
	EXPECT_ARGS("bpf", "args=11,0x10,8 in1=4:5,4:0 out1=4:5,4:12048",
		    "BPF_PROG_GET_NEXT_ID, {start_id=5, next_id=0 => 12048}, "
		    "8");
	EXPECT_ARGS("bpf", "args=11,0x10,8 in1=4:5,4:0 out1=4:5,4:1 ret=-2",
		    "BPF_PROG_GET_NEXT_ID, {start_id=5, next_id=0}, 8");
	EXPECT_ARGS("bpf", "args=13,0x10,4 in1=4:5 ret=-2",
		    "BPF_PROG_GET_FD_BY_ID, {prog_id=5, next_id=0}, 4");
	EXPECT_ARGS("bpf", "args=15,0x10,8 in1=4:3,4:16",
		    "BPF_OBJ_GET_INFO_BY_FD, {info={bpf_fd=3, info_len=16, "
		    "info=NULL}}, 8");
}

Test(print_bpf, links)
{
	EXPECT_ARGS("bpf",
		    "args=28,0x10,40 in1=4:3,4:4,4:28,4:6,8:0x10,8:7,8:0",
		    "BPF_LINK_CREATE, {link_create={prog_fd=3, target_fd=4, "
		    "attach_type=BPF_TRACE_ITER, flags=0x6, iter_info=0x10, "
		    "iter_info_len=7}}, 40");
	EXPECT_ARGS("bpf", "args=28,0x10,12 in1=4:3,4:4,4:5",
		    "BPF_LINK_CREATE, {link_create={prog_fd=3, target_fd=4, "
		    "attach_type=BPF_SK_SKB_STREAM_VERDICT, flags=0}}, 12");
	EXPECT_ARGS("bpf", "args=29,0x10,16 in1=4:3,4:4,4:0,4:0",
		    "BPF_LINK_UPDATE, {link_update={link_fd=3, "
		    "new_prog_fd=4, flags=0}}, 16");
	EXPECT_ARGS("bpf",
		    "args=27,0x10,56 in1=8:1,8:2,8:3,8:4,4:5,4:6,8:4,8:8",
		    "BPF_MAP_DELETE_BATCH, {batch={keys=0x3, count=5, "
		    "map_fd=6, elem_flags=BPF_F_LOCK, flags=0x8}}, 56");
}
