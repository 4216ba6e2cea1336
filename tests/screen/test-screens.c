/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "golden.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

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
#define COLUMNS                                                                \
	"columns.processes = comm:8 pid calls:12 errors top:10\n"              \
	"sort.processes = rate\n"
#define FILTERS                                                                \
	"filter.busy = calls > 100\n"                                          \
	"filter.slow calls = duration > 1ms && !(syscall == futex)\n"
#define TIMES     .events = "latency.ev"
#define STORM     .events = "sampled.ev"
#define RECORDING .recording = true
#define HOSTS     .events = "hosts.ev", .hosts = true
#define STACKS    .events = "stacks.ev"

/* What stands on the screen, whatever its size. */
struct scene {
	const char *keys;
	const char *events; /* as in struct golden_config */
	const char *command;
	const char *conf;
	bool hosts;
	bool recording;
};

static void expect_scene(const struct scene *scene, const char *name,
			 const struct golden_config *size)
{
	struct screen screen = {
		.name = name, .config = *size, .keys = scene->keys};
	screen.config.events = scene->events;
	screen.config.command = scene->command;
	screen.config.conf = scene->conf;
	screen.config.hosts = scene->hosts;
	screen.config.recording = scene->recording;
	expect(&screen);
}

/* clang-format off */
#define SCENE(test, suffix, ...) \
	Test(screens, test ## suffix) \
	{ \
		const struct golden_config config = {__VA_ARGS__}; \
		expect_scene(&test ## _scene, #test #suffix, &config); \
	}

/* Every view, page and list: in three sizes, with colours and without. */
#define SCREENS(test, ...) \
	static const struct scene test ## _scene = {.keys = __VA_ARGS__}; \
	SCENE(test, _120, WIDE) \
	SCENE(test, _80, USUAL) \
	SCENE(test, _40, SMALL) \
	SCENE(test, _mono_120, WIDE, .mono = true) \
	SCENE(test, _mono_80, USUAL, .mono = true) \
	SCENE(test, _mono_40, SMALL, .mono = true)

#define SCREEN(test, ...) \
	Test(screens, test) \
	{ \
		const struct screen screen = {.name = #test, __VA_ARGS__}; \
		expect(&screen); \
	}

SCREENS(syscalls, "")
SCREEN(syscalls_20, {LEAST}, "")
SCREEN(sparks_least_100, {.rows = 20, .cols = 100}, "")
SCREEN(sparks_too_low_100, {.rows = 19, .cols = 100}, "")
SCREEN(sparks_too_narrow_99, {.rows = 20, .cols = 99}, "")
SCREEN(syscalls_ascii_80, {USUAL, .mono = true, .ascii = true}, "")
SCREEN(syscalls_idle_80, {USUAL, .quiet = true}, "")
SCREENS(syscalls_by_class, "t")
SCREENS(syscalls_search, "/open")
SCREEN(syscalls_class_search_80, {USUAL}, "/%net")
SCREEN(syscalls_filter_80, {USUAL}, "\\stat")
SCREENS(filter_words, "3\\dur")
SCREEN(filter_values_120, {WIDE}, "3\\errno == E")
SCREENS(filter_mistake, "3\\pid == x")
SCREEN(filter_by_cell_80, {USUAL}, "3g+")
SCREEN(filter_by_cell_out_120, {WIDE}, "3g-", .last = KEYCODE_RIGHT)
SCREEN(filter_of_events_120, {WIDE}, "3\\failed or duration > 10us\r")
SCREEN(syscalls_nothing_found_80, {USUAL}, "/zzz\r")
SCREEN(syscalls_sorted_by_name_80, {USUAL}, "s", .last = KEYCODE_HOME)
SCREENS(processes, "2")
SCREENS(processes_tree, "2t")
SCREEN(processes_tree_ascii_80, {USUAL, .mono = true, .ascii = true}, "2t")
SCREEN(processes_ascii_80, {USUAL, .mono = true, .ascii = true}, "2")
SCREENS(process_calls, "2\r")
SCREENS(process_events, "2\r\r")
SCREENS(events, "3")
SCREEN(events_ascii_120, {WIDE, .mono = true, .ascii = true}, "3")
SCREEN(events_idle_80, {USUAL, .quiet = true}, "3")
SCREEN(events_failed_120, {WIDE}, "3E")
SCREEN(events_search_120, {WIDE}, "3/nginx\rN")
SCREEN(events_untraced_80, {USUAL}, "/getrandom\r\r")
SCREEN(events_paused_80, {USUAL}, "3p")
SCREENS(blocked, "4")
SCREEN(blocked_idle_80, {USUAL, .quiet = true}, "4")
SCREEN(blocked_process_80, {USUAL}, "4\r")
SCREEN(info_of_blocked_80, {USUAL}, "4i")
SCREENS(stack, "3/getpgid\rNK", STACKS)
SCREEN(stack_without_frame_pointers_80, {USUAL, STACKS}, "3/getpgid\rNKn")
SCREEN(stack_asked_for_80, {USUAL, STACKS}, "3GK")
SCREEN(stack_not_taken_80, {USUAL, STACKS}, "3GKK")
SCREEN(stacks_of_calls_80, {USUAL, STACKS}, "K/close\rK1")
SCREEN(stack_no_more_80, {USUAL, STACKS}, "3/getpgid\rNKKK")
SCREENS(hosts_processes, "2", HOSTS)
SCREENS(hosts_events, "3", HOSTS)
SCREEN(hosts_blocked_80, {USUAL, HOSTS}, "4")
SCREEN(hosts_errors_120, {WIDE, HOSTS}, "5")
SCREEN(hosts_files_80, {USUAL, HOSTS}, "6")
SCREEN(hosts_detail_80, {USUAL, HOSTS}, "3i")
SCREEN(hosts_filter_120, {WIDE, HOSTS}, "2\\host == web1\r")
SCREENS(errors, "5")
SCREEN(errors_idle_80, {USUAL, .quiet = true}, "5")
SCREEN(errors_filter_120, {WIDE}, "5\\usual == no\r")
SCREENS(error_events, "5/nginx\r\r")
SCREENS(files, "6", FILES)
SCREEN(files_ascii_80, {USUAL, FILES, .mono = true, .ascii = true}, "6")
SCREEN(files_idle_80, {USUAL, .quiet = true}, "6")
SCREENS(file_events, "6/notes\r\r", FILES)
SCREEN(info_of_file_80, {USUAL, FILES}, "6i")
SCREENS(latency, "7", TIMES)
SCREEN(latency_ascii_80, {USUAL, TIMES, .mono = true, .ascii = true}, "7")
SCREEN(latency_idle_80, {USUAL, .quiet = true}, "7")
SCREENS(durations, "7\r", TIMES)
SCREEN(durations_ascii_80, {USUAL, TIMES, .mono = true, .ascii = true}, "7\r")
SCREEN(duration_events_120, {WIDE, TIMES}, "7/read\r\r G\r")
SCREEN(durations_cell_80, {USUAL, TIMES}, "7\rG(((")
SCREEN(durations_cell_ascii_80, {USUAL, TIMES, .mono = true, .ascii = true}, "7\rG(((")
SCREEN(durations_cell_events_120, {WIDE, TIMES}, "7/read\r\r G(\r")
SCREEN(info_of_duration_80, {USUAL, TIMES}, "7\ri")
SCREENS(sample, "((((", TIMES)
SCREENS(mark, "7((((((m))))))", TIMES)
SCREENS(paused, "2p")
SCREENS(tagged, "2TT")
SCREENS(tagged_syscalls, "T")
SCREENS(command, "2Y")
SCREEN(command_of_calls_80, {USUAL}, "3\\comm == \"it's\"\rEY")
SCREENS(write_prompt, "2w")
SCREENS(detail, "3g\r")
SCREENS(info_of_process, "2i")
SCREEN(info_of_syscall_120, {WIDE}, "i")
SCREENS(explain, "/openat\rx")
SCREENS(help, "?")
SCREEN(help_end_80, {USUAL}, "?G")
SCREENS(unseen, "3\\failed\rE!")
SCREENS(sampled, "", STORM)
SCREEN(sampled_unseen_80, {USUAL, STORM}, "!")
SCREENS(actions, "2a")
SCREENS(signals, "2k")
SCREENS(signal_question, "2k\r")
SCREENS(open_files, "2l")
SCREENS(view_picker, "v")
SCREENS(presets, "P")
SCREENS(sort_picker, "s")
SCREENS(quit_question, "q", .command = "make -j4 all")
SCREEN(quit_question_20, {LEAST, .command = "make -j4 all"}, "q")
SCREENS(output, "C", .command = "make -j4 all")
SCREENS(columns_chosen, "2", .conf = COLUMNS)
SCREENS(setup_columns, "2S", .conf = COLUMNS)
SCREENS(setup_settings, "S\t")
SCREENS(setup_keys, "S\t\t")
SCREENS(setup_new_key, "S\t\t\r")
SCREENS(recording, "j23:59:59.5\rp", RECORDING)
SCREEN(recording_ascii_80, {USUAL, RECORDING, .mono = true, .ascii = true}, "j50%\r")
SCREEN(recording_ends_80, {USUAL, RECORDING}, "3")
SCREENS(jump_prompt, "jnoon", RECORDING)
SCREEN(jump_mistake_80, {USUAL, RECORDING}, "jnoon\r")
SCREEN(process_not_there_80, {USUAL, RECORDING}, "2\\cc1\r\rj0%\r")
SCREENS(setup_filters, "\\stat\rf", .conf = FILTERS)
SCREEN(setup_columns_20, {LEAST}, "S")
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

/* Every line of TEXT, up to what cells look like, has at most COLS columns. */
static void expect_no_wider(char *text, int cols, const char *keys)
{
	char *rest = text;
	char *line;
	while ((line = strsep(&rest, "\n")) && strcmp(line, "-- looks") != 0) {
		int width = 0;
		size_t used;
		mbtowc(NULL, NULL, 0);
		for (const char *at = line; *at; at += used) {
			wchar_t c;
			int got = mbtowc(&c, at, MB_CUR_MAX);
			cr_assert_gt(got, 0, "%s at %d: %s", keys, cols, line);
			cr_assert_geq(wcwidth(c), 0, "%s at %d: %s", keys, cols,
				      line);
			width += wcwidth(c);
			used = (size_t)got;
		}
		cr_expect_leq(width, cols, "%s at %d: %s", keys, cols, line);
	}
}

Test(screens, no_line_is_wider_than_the_screen_whatever_is_in_it)
{
	static const int sizes[][2] = {
		{5, 20}, {10, 40}, {24, 80}, {50, 200}, {100, 400}};
	static const char *const keys[] = {
		"1",  "2",  "2t", "2\r", "3",  "4",       "5", "6", "7", "7\r",
		"3i", "2i", "2l", "2k",  "2a", "3\\evil", "?", "!", "v", "s"};
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		for (size_t j = 0; j < sizeof(keys) / sizeof(keys[0]); j++) {
			const struct golden_config config = {
				.rows = sizes[i][0],
				.cols = sizes[i][1],
				FILES};
			struct golden *golden = golden_new(&config);
			golden_type(golden, keys[j]);
			char *text = golden_print(golden);
			expect_no_wider(text, config.cols, keys[j]);
			free(text);
			golden_free(golden);
		}
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

/* The first two lines of what w wrote to a file that ends so, of VIEW. */
static void write_and_read(const char *view, const char *ending, char *lines,
			   size_t size)
{
	const struct golden_config config = {WIDE};
	char dir[] = "/tmp/sctop-write.XXXXXX";
	char name[64];
	char keys[128];
	cr_assert(mkdtemp(dir));
	(void)snprintf(name, sizeof(name), "%s/rows%s", dir, ending); /* fits */
	(void)snprintf(keys, sizeof(keys), "%sw%s\r", view, name);    /* fits */
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
	write_and_read("2T", ".csv", lines, sizeof(lines));
	cr_expect(strstr(lines, "\n901,"), "%s", lines);
	write_and_read("1", "", lines, sizeof(lines));
	cr_expect(strstr(lines, "SYSCALL") == lines ||
			  strstr(lines, " SYSCALL"),
		  "%s", lines);
}
