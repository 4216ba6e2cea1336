/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "golden.h"

#include <criterion/criterion.h>

#include "abi/syscall.h"
#include "model/model.h"

Test(stacks, are_taken_of_a_call_and_no_more)
{
	const struct golden_config config = {
		.rows = 24, .cols = 80, .events = "stacks.ev"};
	struct golden *golden = golden_new(&config);
	struct model *model = golden_model(golden);
	uint32_t close = catalogue_by_name(model_catalogue(model), "close");
	golden_type(golden, "3GK");
	cr_expect(golden_shows(golden, "taking stacks of close from now on"));
	cr_expect(model_has_stacks(model, close));
	cr_expect(model_is_traced(model, close));
	golden_type(golden, "K");
	cr_expect(golden_shows(golden, "no stack was taken of this close"));
	golden_type(golden, "1/close\rK");
	cr_expect(golden_shows(golden, "taking no more stacks of close"));
	cr_expect_not(model_has_stacks(model, close));
	golden_free(golden);
}

Test(stacks, are_shown_row_by_row_and_stopped_from_the_page)
{
	const struct golden_config config = {
		.rows = 24, .cols = 80, .events = "stacks.ev"};
	struct golden *golden = golden_new(&config);
	struct model *model = golden_model(golden);
	uint32_t getpgid = catalogue_by_name(model_catalogue(model), "getpgid");
	golden_type(golden, "3/getpgid\rNK");
	cr_expect(golden_shows(golden, "read_settings+0xd"));
	golden_type(golden, "K");
	cr_expect(model_has_stacks(model, getpgid));
	golden_type(golden, "K");
	cr_expect_not(model_has_stacks(model, getpgid));
	golden_type(golden, "nn"); /* that one has none */
	cr_expect(golden_shows(golden, "No stack was taken."));
	golden_free(golden);
}

Test(stacks, are_not_promised_of_32_bit_programs)
{
	const struct golden_config config = {.rows = 24, .cols = 100};
	struct golden *golden = golden_new(&config);
	struct model *model = golden_model(golden);
	uint32_t llseek = catalogue_by_name(model_catalogue(model), "_llseek");
	golden_type(golden, "1/_llseek\rK");
	cr_expect(golden_shows(golden, "only 32-bit programs make _llseek"));
	cr_expect_not(model_has_stacks(model, llseek));
	cr_expect_not(model_is_traced(model, llseek));
	golden_free(golden);
}
