/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A machine of rows is played: each process makes so many calls of one kind a
 * second, and has as many rows as its share allows. */
#include "config.h"

#include "feed/shed.h"

#include <criterion/criterion.h>

#define BUDGET    (64ull << 20)
#define ROW_BYTES 136
#define BUSY      12

struct machine {
	struct shed shed;
	struct shed_load load;
	uint64_t calls_per_s[BUSY]; /* of each process */
	uint64_t rows;              /* in the latest window */
	double cpu_pct;
};

static struct machine machine_new(void)
{
	struct machine machine = {.load.now_ns = 1};
	shed_init(&machine.shed, BUDGET);
	(void)shed_step(&machine.shed, &machine.load);
	return machine;
}

/* Lets WINDOWS pass; the share at last. */
static uint32_t run(struct machine *machine, unsigned windows)
{
	uint32_t share = machine->shed.share;
	for (unsigned i = 0; i < windows; i++) {
		machine->rows = 0;
		for (int j = 0; j < BUSY; j++) {
			uint64_t calls = machine->calls_per_s[j] / 10;
			uint64_t rows = share && calls > share / 10 ? share / 10
								    : calls;
			machine->rows += rows;
			machine->load.shed += calls - rows;
		}
		machine->load.taken_bytes += machine->rows * ROW_BYTES;
		machine->load.cpu_ns +=
			(uint64_t)(machine->cpu_pct * SHED_WINDOW_NS / 100);
		machine->load.now_ns += SHED_WINDOW_NS;
		share = shed_step(&machine->shed, &machine->load);
	}
	return share;
}

static double history_s(const struct machine *machine)
{
	return (double)BUDGET / (double)(machine->rows * 10 * ROW_BYTES);
}

Test(shed, nothing_is_left_out_of_a_busy_machine)
{
	struct machine machine = machine_new();
	for (int i = 0; i < BUSY; i++)
		machine.calls_per_s[i] = 9000;
	machine.cpu_pct = 20;
	cr_expect_eq(run(&machine, 600), 0);
	cr_expect_eq(machine.load.shed, 0);
}

Test(shed, a_short_burst_passes)
{
	struct machine machine = machine_new();
	machine.calls_per_s[0] = 2000000;
	cr_expect_eq(run(&machine, 2), 0);
	machine.calls_per_s[0] = 0;
	cr_expect_eq(run(&machine, 1), 0);
	machine.calls_per_s[0] = 2000000;
	cr_expect_eq(run(&machine, 2), 0);
}

Test(shed, a_storm_is_made_to_leave_a_minute_of_history)
{
	struct machine machine = machine_new();
	machine.calls_per_s[0] = 2000000;
	cr_expect_gt(run(&machine, 3), 0);
	run(&machine, 200);
	cr_expect_gt(history_s(&machine), 50);
	cr_expect_lt(history_s(&machine), 150);
}

Test(shed, beside_a_storm_a_quiet_process_keeps_its_rows)
{
	struct machine machine = machine_new();
	machine.calls_per_s[0] = 2000000;
	machine.calls_per_s[1] = 100;
	for (int i = 0; i < 600; i++)
		cr_assert(run(&machine, 1) == 0 || machine.shed.share > 100,
			  "window %d", i);
}

Test(shed, for_the_sake_of_history_no_share_is_tiny)
{
	struct machine machine = machine_new();
	for (int i = 0; i < BUSY; i++)
		machine.calls_per_s[i] = 50000;
	cr_expect_eq(run(&machine, 600), 1000);
}

Test(shed, lost_rows_make_shares_as_small_as_need_be)
{
	struct machine machine = machine_new();
	machine.calls_per_s[0] = 2000000;
	run(&machine, 50);
	for (int i = 0; i < 50; i++) {
		machine.load.lost += 5;
		run(&machine, 1);
	}
	cr_expect_eq(machine.shed.share, 200);
	cr_expect_geq(run(&machine, 200), 1000, "and they grow again");
}

Test(shed, a_full_ring_buffer_is_a_storm)
{
	struct machine machine = machine_new();
	machine.load.fill_pct = 60;
	cr_expect_eq(run(&machine, 2), 0);
	cr_expect_gt(run(&machine, 1), 0);
}

Test(shed, a_busy_cpu_is_one_only_if_rows_keep_it_busy)
{
	struct machine machine = machine_new();
	machine.cpu_pct = 90;
	machine.calls_per_s[0] = 1000;
	cr_expect_eq(run(&machine, 50), 0);
	machine.calls_per_s[0] = 20000;
	cr_expect_gt(run(&machine, 50), 0);
}

Test(shed, a_key_that_takes_a_while_changes_nothing)
{
	struct machine machine = machine_new();
	machine.calls_per_s[0] = 20000;
	for (int i = 0; i < 60; i++) {
		machine.cpu_pct = i % 10 == 0 ? 100 : 20;
		cr_assert_eq(run(&machine, 1), 0, "window %d", i);
	}
	machine.calls_per_s[0] = 2000000;
	run(&machine, 100);
	uint32_t share = machine.shed.share;
	cr_assert_gt(share, 1000);
	machine.cpu_pct = 100;
	cr_expect_gt(run(&machine, 1), share / 2, "one window of sorting");
}

Test(shed, it_ends_five_seconds_after_the_storm)
{
	struct machine machine = machine_new();
	machine.calls_per_s[0] = 2000000;
	run(&machine, 100);
	machine.calls_per_s[0] = 100;
	cr_expect_gt(run(&machine, 49), 0);
	cr_expect_eq(run(&machine, 2), 0);
}

Test(shed, a_clock_that_stands_still_changes_nothing)
{
	struct machine machine = machine_new();
	machine.calls_per_s[0] = 2000000;
	run(&machine, 1);
	for (int i = 0; i < 10; i++)
		cr_expect_eq(shed_step(&machine.shed, &machine.load), 0);
}
