/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "golden.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/action.h"
#include "app/desk.h"
#include "app/options.h"
#include "base/xalloc.h"
#include "ui/theme.h"
#include "ui/keycode.h"

/* One screen: a size, keys, and the file it must equal. */
struct screen {
	const char *name;
	struct golden_config config;
	const char *keys;
	uint32_t last; /* a key that is no character; or 0 */
};

static void expect(const struct screen *screen)
{
	struct golden *golden = golden_new(&screen->config);
	golden_type(golden, screen->keys);
	if (screen->last)
		golden_key(golden, screen->last);
	golden_expect(golden, screen->name);
	golden_free(golden);
}

#define WIDE  .rows = 40, .cols = 120
#define USUAL .rows = 24, .cols = 80
#define SMALL .rows = 10, .cols = 40
#define LEAST .rows = 5, .cols = 20

#define FILES .events = "files.ev"
#define TIMES .events = "latency.ev"

/* clang-format off */
#define SCREEN(test, ...) \
	Test(screens, test) \
	{ \
		const struct screen screen = {.name = #test, __VA_ARGS__}; \
		expect(&screen); \
	}

SCREEN(syscalls_80, {USUAL}, "")
SCREEN(syscalls_120, {WIDE}, "")
SCREEN(syscalls_40, {SMALL}, "")
SCREEN(syscalls_20, {LEAST}, "")
SCREEN(syscalls_mono_80, {USUAL, .mono = true}, "")
SCREEN(syscalls_ascii_80, {USUAL, .mono = true, .ascii = true}, "")
SCREEN(syscalls_idle_80, {USUAL, .quiet = true}, "")
SCREEN(syscalls_by_class_120, {WIDE}, "t")
SCREEN(syscalls_by_class_mono_80, {USUAL, .mono = true}, "t")
SCREEN(syscalls_search_80, {USUAL}, "/open")
SCREEN(syscalls_class_search_80, {USUAL}, "/%net")
SCREEN(syscalls_filter_80, {USUAL}, "\\stat")
SCREEN(filter_words_80, {USUAL}, "3\\dur")
SCREEN(filter_values_120, {WIDE}, "3\\errno == E")
SCREEN(filter_mistake_80, {USUAL}, "3\\pid == x")
SCREEN(filter_mistake_mono_80, {USUAL, .mono = true}, "3\\pid == x")
SCREEN(filter_by_cell_80, {USUAL}, "3g+")
SCREEN(filter_by_cell_out_120, {WIDE}, "3g-", .last = KEYCODE_RIGHT)
SCREEN(filter_of_events_120, {WIDE}, "3\\failed or duration > 10us\r")
SCREEN(syscalls_nothing_found_80, {USUAL}, "/zzz\r")
SCREEN(syscalls_sorted_by_name_80, {USUAL}, "s", .last = KEYCODE_HOME)
SCREEN(processes_80, {USUAL}, "2")
SCREEN(processes_120, {WIDE}, "2")
SCREEN(processes_40, {SMALL}, "2")
SCREEN(processes_mono_80, {USUAL, .mono = true}, "2")
SCREEN(processes_ascii_80, {USUAL, .mono = true, .ascii = true}, "2")
SCREEN(process_calls_80, {USUAL}, "2\r")
SCREEN(process_calls_120, {WIDE}, "2\r")
SCREEN(process_events_80, {USUAL}, "2\r\r")
SCREEN(process_events_120, {WIDE}, "2\r\r")
SCREEN(events_80, {USUAL}, "3")
SCREEN(events_120, {WIDE}, "3")
SCREEN(events_40, {SMALL}, "3")
SCREEN(events_mono_80, {USUAL, .mono = true}, "3")
SCREEN(events_ascii_120, {WIDE, .mono = true, .ascii = true}, "3")
SCREEN(events_idle_80, {USUAL, .quiet = true}, "3")
SCREEN(events_failed_120, {WIDE}, "3E")
SCREEN(events_search_120, {WIDE}, "3/nginx\rN")
SCREEN(events_untraced_80, {USUAL}, "/getrandom\r\r")
SCREEN(events_paused_80, {USUAL}, "3p")
SCREEN(blocked_80, {USUAL}, "4")
SCREEN(blocked_120, {WIDE}, "4")
SCREEN(blocked_40, {SMALL}, "4")
SCREEN(blocked_mono_80, {USUAL, .mono = true}, "4")
SCREEN(blocked_idle_80, {USUAL, .quiet = true}, "4")
SCREEN(blocked_process_80, {USUAL}, "4\r")
SCREEN(info_of_blocked_80, {USUAL}, "4i")
SCREEN(errors_80, {USUAL}, "5")
SCREEN(errors_120, {WIDE}, "5")
SCREEN(errors_40, {SMALL}, "5")
SCREEN(errors_mono_80, {USUAL, .mono = true}, "5")
SCREEN(errors_idle_80, {USUAL, .quiet = true}, "5")
SCREEN(errors_filter_120, {WIDE}, "5\\usual == no\r")
SCREEN(error_events_120, {WIDE}, "5/nginx\r\r")
SCREEN(files_80, {USUAL, FILES}, "6")
SCREEN(files_120, {WIDE, FILES}, "6")
SCREEN(files_40, {SMALL, FILES}, "6")
SCREEN(files_mono_80, {USUAL, FILES, .mono = true}, "6")
SCREEN(files_mono_120, {WIDE, FILES, .mono = true}, "6")
SCREEN(files_mono_40, {SMALL, FILES, .mono = true}, "6")
SCREEN(files_ascii_80, {USUAL, FILES, .mono = true, .ascii = true}, "6")
SCREEN(files_idle_80, {USUAL, .quiet = true}, "6")
SCREEN(file_events_120, {WIDE, FILES}, "6/notes\r\r")
SCREEN(info_of_file_80, {USUAL, FILES}, "6i")
SCREEN(latency_80, {USUAL, TIMES}, "7")
SCREEN(latency_120, {WIDE, TIMES}, "7")
SCREEN(latency_40, {SMALL, TIMES}, "7")
SCREEN(latency_mono_80, {USUAL, TIMES, .mono = true}, "7")
SCREEN(latency_mono_120, {WIDE, TIMES, .mono = true}, "7")
SCREEN(latency_mono_40, {SMALL, TIMES, .mono = true}, "7")
SCREEN(latency_ascii_80, {USUAL, TIMES, .mono = true, .ascii = true}, "7")
SCREEN(latency_idle_80, {USUAL, .quiet = true}, "7")
SCREEN(durations_80, {USUAL, TIMES}, "7\r")
SCREEN(durations_120, {WIDE, TIMES}, "7\r")
SCREEN(durations_40, {SMALL, TIMES}, "7\r")
SCREEN(durations_mono_80, {USUAL, TIMES, .mono = true}, "7\r")
SCREEN(durations_mono_120, {WIDE, TIMES, .mono = true}, "7\r")
SCREEN(durations_mono_40, {SMALL, TIMES, .mono = true}, "7\r")
SCREEN(durations_ascii_80, {USUAL, TIMES, .mono = true, .ascii = true}, "7\r")
SCREEN(duration_events_120, {WIDE, TIMES}, "7/read\r\r G\r")
SCREEN(durations_cell_80, {USUAL, TIMES}, "7\rG(((")
SCREEN(durations_cell_ascii_80, {USUAL, TIMES, .mono = true, .ascii = true}, "7\rG(((")
SCREEN(durations_cell_events_120, {WIDE, TIMES}, "7/read\r\r G(\r")
SCREEN(info_of_duration_80, {USUAL, TIMES}, "7\ri")
SCREEN(detail_80, {USUAL}, "3g\r")
SCREEN(detail_120, {WIDE}, "3g\r")
SCREEN(detail_mono_80, {USUAL, .mono = true}, "3g\r")
SCREEN(detail_40, {SMALL}, "3g\r")
SCREEN(info_of_process_80, {USUAL}, "2i")
SCREEN(info_of_syscall_120, {WIDE}, "i")
SCREEN(explain_80, {USUAL}, "/openat\rx")
SCREEN(explain_120, {WIDE}, "/openat\rx")
SCREEN(help_80, {USUAL}, "?")
SCREEN(help_120, {WIDE}, "?")
SCREEN(help_mono_80, {USUAL, .mono = true}, "?")
SCREEN(help_end_80, {USUAL}, "?G")
SCREEN(help_40, {SMALL}, "?")
SCREEN(unseen_80, {USUAL}, "!")
SCREEN(unseen_120, {WIDE}, "3\\failed\rE!")
SCREEN(unseen_40, {SMALL}, "!")
SCREEN(view_picker_80, {USUAL}, "v")
SCREEN(view_picker_120, {WIDE}, "v")
SCREEN(sort_picker_80, {USUAL}, "s")
SCREEN(sort_picker_120, {WIDE}, "s")
SCREEN(sort_picker_40, {SMALL}, "s")
SCREEN(quit_question_80, {USUAL, .command = "make -j4 all"}, "q")
SCREEN(quit_question_120, {WIDE, .command = "make -j4 all"}, "q")
SCREEN(quit_question_mono_80, {USUAL, .mono = true, .command = "make -j4 all"}, "q")
SCREEN(quit_question_20, {LEAST, .command = "make -j4 all"}, "q")
SCREEN(output_80, {USUAL, .command = "make -j4 all"}, "C")
SCREEN(output_120, {WIDE, .command = "make -j4 all"}, "C")
SCREEN(too_small, {.rows = 4, .cols = 19}, "")
/* clang-format on */

Test(screens, resizing_keeps_the_cursor_on_its_row)
{
	const struct golden_config config = {USUAL};
	struct golden *golden = golden_new(&config);
	for (int i = 0; i < 9; i++)
		golden_key(golden, KEYCODE_DOWN);
	uint64_t id = desk_row(golden_desk(golden))->id;
	golden_resize(golden, 4, 10);
	golden_resize(golden, 100, 400);
	golden_resize(golden, 24, 80);
	cr_assert_eq(desk_row(golden_desk(golden))->id, id);
	golden_free(golden);
}

Test(screens, every_size_from_the_least_up_is_drawn)
{
	const struct golden_config config = {USUAL, .command = "make"};
	struct golden *golden = golden_new(&config);
	static const char keys[] = "2?q3?qsqvqC";
	for (int rows = 1; rows <= 100; rows += rows < 30 ? 1 : 35)
		for (int cols = 1; cols <= 400; cols += cols < 30 ? 7 : 123) {
			golden_resize(golden, rows, cols);
			golden_type(golden, keys);
			golden_key(golden, KEYCODE_F(9));
			golden_key(golden, '1');
		}
	golden_resize(golden, 24, 80);
	cr_assert(golden_shows(golden, "Syscalls"));
	golden_free(golden);
}

Test(screens, every_theme_that_may_be_named_is_there)
{
	const char *words = options_by_name("theme")->words;
	char *copy = xstrdup(words);
	char *rest = copy;
	char *word;
	int count = 0;
	while ((word = strsep(&rest, " "))) {
		cr_expect(theme_by_name(word), "%s", word);
		count++;
	}
	cr_expect_geq(count, 6);
	free(copy);
}

/* The first two lines of what W wrote to a file that ends so, of VIEW. */
static void write_and_read(const char *view, const char *ending, char *lines,
			   size_t size)
{
	const struct golden_config config = {WIDE};
	char dir[] = "/tmp/sctop-write.XXXXXX";
	char name[64];
	char keys[128];
	cr_assert(mkdtemp(dir));
	(void)snprintf(name, sizeof(name), "%s/rows%s", dir, ending); /* fits */
	(void)snprintf(keys, sizeof(keys), "%sW%s\r", view, name);    /* fits */
	struct golden *golden = golden_new(&config);
	golden_type(golden, keys);
	cr_expect(golden_shows(golden, "wrote "), "%s", name);
	golden_type(golden, "W\r");
	cr_expect(golden_shows(golden, "choose another name"), "%s", name);
	golden_free(golden);
	FILE *file = fopen(name, "r");
	cr_assert(file);
	size_t len = 0;
	for (int i = 0; i < 2 && fgets(lines + len, (int)(size - len), file);
	     i++)
		len += strlen(lines + len);
	(void)fclose(file);
	(void)unlink(name);
	(void)rmdir(dir);
}

Test(screens, the_rows_of_any_view_are_written_in_the_format_of_the_name)
{
	char lines[65536];
	write_and_read("2", ".csv", lines, sizeof(lines));
	cr_expect_eq(strncmp(lines, "pid,user,comm,rate,", 19), 0, "%s", lines);
	write_and_read("3", ".json", lines, sizeof(lines));
	cr_expect_eq(strncmp(lines, "{\"time_ns\":", 11), 0, "%s", lines);
	cr_expect(strstr(lines, "\"syscall\":\""), "%s", lines);
	write_and_read("1", "", lines, sizeof(lines));
	cr_expect(strstr(lines, "SYSCALL") == lines ||
			  strstr(lines, " SYSCALL"),
		  "%s", lines);
}
