/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/keys.h"

#include <stdio.h>
#include <string.h>

#include "app/action.h"
#include "app/chosen.h"
#include "app/clipboard.h"
#include "app/command_page.h"
#include "app/desk.h"
#include "app/dialog.h"
#include "app/menu.h"
#include "app/mouse.h"
#include "app/narrow.h"
#include "app/only.h"
#include "app/opened.h"
#include "app/playkeys.h"
#include "app/presets.h"
#include "app/send.h"
#include "app/setup.h"
#include "app/stacks.h"
#include "app/tape.h"
#include "app/time.h"
#include "app/unseen.h"
#include "base/buf.h"
#include "ui/frame.h"
#include "ui/help.h"
#include "ui/keycode.h"
#include "view/views.h"

#define F(n)    KEYCODE_F(n)
#define CTRL(c) KEYCODE_CTRL(c)
#define UP      KEYCODE_UP
#define DOWN    KEYCODE_DOWN
#define LEFT    KEYCODE_LEFT
#define RIGHT   KEYCODE_RIGHT
#define HOME    KEYCODE_HOME
#define END     KEYCODE_END
#define PGUP    KEYCODE_PAGE_UP
#define PGDN    KEYCODE_PAGE_DOWN
#define ENTER   KEYCODE_ENTER
#define ESC     KEYCODE_ESC
#define BKSP    KEYCODE_BACKSPACE
#define DEL     KEYCODE_DELETE
#define TAB     KEYCODE_TAB
#define BACKTAB KEYCODE_BACK_TAB

#define T  KEYS_TABLE
#define S  KEYS_SYSCALLS
#define P  KEYS_PROCESSES
#define R  KEYS_PAIRS
#define C  KEYS_CALLS
#define B  KEYS_BLOCKED
#define X  KEYS_ERRORS
#define L  KEYS_FILES
#define D  KEYS_BUCKETS
#define U  KEYS_SETUP
#define UC KEYS_SETUP_COLUMNS
#define US KEYS_SETUP_SETTINGS
#define UK KEYS_SETUP_KEYS
#define UF KEYS_SETUP_FILTERS

#define N   KEYS_NOTHING
#define CMD KEYS_COMMAND
#define SIG KEYS_SIGNALS
#define MCH KEYS_MACHINE
#define REC KEYS_PLAYER
#define FLT KEYS_FLIGHT

/* In order of the footer; in it the last row with a label stays visible. */
/* clang-format off */
static const struct keys_row rows[] = {
	{"help",             {F(1), 'h', '?'},           "Help",     T, N, dialog_help, 0, "this page"},
	{"tick",             {' '},                      "Tick",     S | R | C | B | X | D, MCH, action_tick, 0, "trace the call, or stop tracing it; on a class heading: all of the class"},
	{"open",             {ENTER},                    "Open",     T, N, action_open, 0, "go into the row: its events, its calls, its detail"},
	{"back",             {ESC, BKSP},                "",         T, N, action_back, 0, "go back; at the top, clear search and filter"},
	{"search",           {'/', F(3)},                "Search",   T, N, dialog_search, 0, "search; among syscalls the list narrows, and %class finds a class"},
	{"filter",           {F(4), '\\', '&'},          "Filter",   T, N, dialog_filter, 0, "show only rows that pass: a text, or comm == nginx && ret < 0"},
	{"group",            {F(5), 't'},                "Class",    S, N, action_group, 0, "group by class, or do not"},
	{"tree",             {F(5), 't'},                "Tree",     P, N, action_tree, 0, "each process below its parent, or not"},
	{"sort",             {F(6), 's'},                "Sort",     T, N, dialog_pick_sort, 0, "pick the column to sort by"},
	{"follow",           {'F'},                      "Follow",   C, N, action_follow, 0, "stay on the latest row"},
	{"play",             {'p', 'Z'},                 "Play",     T, REC, playkeys_toggle, 0, "play the recording, or hold it; at its end: from the beginning"},
	{"jump",             {'j'},                      "Jump",     T, REC, playkeys_ask, 0, "go to a time: 12:03:04.5, +5s, -5s or 50%"},
	{"skip-back",        {'{'},                      "",         T, REC, playkeys_skip, -5, "five seconds back"},
	{"skip-on",          {'}'},                      "",         T, REC, playkeys_skip, 5, "five seconds on"},
	{"next-call",        {';'},                      "",         T, REC, playkeys_step, 0, "on to the next call, and hold"},
	{"play-slower",      {'['},                      "",         T, REC, playkeys_speed, -1, "play slower"},
	{"play-faster",      {']'},                      "",         T, REC, playkeys_speed, 1, "play faster, at last as fast as it can be read"},
	{"pause",            {'p', 'Z'},                 "Pause",    T, MCH, time_pause, 0, "hold the screen still; all is counted and kept"},
	{"events",           {'e'},                      "Events",   P | R | C | B | X, N, action_events, 0, "every event of this process"},
	{"only",             {'o'},                      "Only",     P | R | C | B | X, N, only_toggle, 0, "list rows of this process only; again: of all"},
	{"only-tree",        {'O'},                      "+Kids",    P | R | C | B | X, N, only_toggle, 1, "the same with its descendants"},
	{"info",             {F(7), 'i'},                "Info",     T, N, dialog_detail, 0, "every field of the row"},
	{"explain",          {'x'},                      "Explain",  S | R | C | B | X | D, N, dialog_explain, 0, "what the call is: meaning, signature, arguments"},
	{"setup",            {F(2), 'S'},                "Setup",    T, N, setup_open, SETUP_COLUMNS, "columns, settings, keys and filters; what is set up is kept"},
	{"actions",          {'a'},                      "Actions",  P | R | C | B | X, N, menu_open, 0, "what can be done with the process of the row: a list, each line with its key"},
	{"open-files",       {'l'},                      "",         P | R | C | B | X, N, opened_page, 0, "what the process has open"},
	{"signal",           {'k'},                      "",         P | R | C | B | X, SIG, send_open, 0, "send the process a signal: asks which, and whether you are sure"},
	{"stack",            {'K'},                      "",         S | R | C | B | X | D, N, stacks_show, 0, "the stack of the call; where none was taken: take them from now on, or no more"},
	{"presets",          {'P'},                      "Presets",  S, MCH, presets_open, 0, "pick a preset: tick the calls about files, processes, the network..., and no other"},
	{"tick-all",         {'A'},                      "All",      S, MCH, presets_take, PRESET_ALL, "tick every call"},
	{"tick-none",        {'U'},                      "None",     S, MCH, presets_take, PRESET_NONE, "untick every call"},
	{"failed",           {'E'},                      "Failed",   C, N, action_failed, 0, "list failed calls only, or all"},
	{"clear",            {'c', DEL},                 "Clear",    C, N, action_clear, 0, "drop the rows listed so far"},
	{"zero",             {'z'},                      "Zero",     S | P | R | X | L | D, N, time_zero, 0, "count from zero again; ended processes go"},
	{"view",             {F(8), 'v'},                "View",     T, N, dialog_pick_view, 0, "pick a view"},
	{"write",            {'w', 'W'},                 "",         T, N, dialog_write, 0, "write the rows listed to a file: text, .csv or .json"},
	{"record",           {'r'},                      "",         T, MCH, tape_toggle, 0, "record into a file all that is traced, from now on; again: end it"},
	{"write-flight",     {'D'},                      "",         T, FLT, tape_write_flight, 0, "with --flight: write what it keeps to a file"},
	{"unseen",           {'!'},                      "Unseen",   T, N, unseen_open, 0, "what the screen does not show, with numbers"},
	{"mark",             {'m'},                      "Mark",     T, N, time_mark, 0, "counters show what comes from now on; again: all of it"},
	{"tag",              {'T'},                      "Tag",      T, N, chosen_tag, 0, "tag the row, or untag it, and go down; Space, o, w, y, + and - are then about all tagged ones"},
	{"untag",            {CTRL('T')},                "",         T, N, chosen_untag, 0, "untag all rows"},
	{"copy",             {'y'},                      "Copy",     T, N, clipboard_copy, 0, "copy the cell under the cursor, or the row where it is in none, by the terminal"},
	{"as-command",       {'Y'},                      "",         T, N, command_page, 0, "what is looked at as a command: of sctop, strace, perf trace and bpftrace"},
	{"output",           {F(9), 'C'},                "Output",   T, CMD, dialog_output, 0, "what the command prints; keys go to it"},
	{"next-view",        {TAB},                      "",         T, N, action_next_view, 1, "next view"},
	{"previous-view",    {BACKTAB},                  "",         T, N, action_next_view, -1, "view before"},
	{"",                 {'1', '2', '3', '4', '5', '6', '7'},"",         T, N, action_number, 0, "view of that number"},
	{"next-match",       {'n'},                      "",         T, N, action_next_match, 1, "next row that the search finds"},
	{"previous-match",   {'N'},                      "",         T, N, action_next_match, -1, "row before that the search finds"},
	{"sort-right",       {'>', '.'},                 "",         T, N, action_sort_next, 1, "sort by the column to the right"},
	{"sort-left",        {'<', ','},                 "",         T, N, action_sort_next, -1, "sort by the column to the left"},
	{"reverse",          {'I', 'R'},                 "",         T, N, action_reverse, 0, "reverse the order"},
	{"up",               {UP, CTRL('P')},            "",         T, N, action_move, -1, "row above"},
	{"down",             {DOWN, CTRL('N')},          "",         T, N, action_move, 1, "row below"},
	{"page-up",          {PGUP},                     "",         T, N, action_page, -2, "a page up"},
	{"page-down",        {PGDN},                     "",         T, N, action_page, 2, "a page down"},
	{"half-page-up",     {CTRL('U')},                "",         T, N, action_page, -1, "half a page up"},
	{"half-page-down",   {CTRL('D')},                "",         T, N, action_page, 1, "half a page down"},
	{"first",            {HOME, 'g'},                "",         T, N, action_edge, 0, "first row"},
	{"last",             {END, 'G'},                 "",         T, N, action_edge, 1, "last row; among events: and follow"},
	{"right",            {RIGHT},                    "",         T, N, action_cell, 1, "the cell to the right, and what lies further right"},
	{"left",             {LEFT},                     "",         T, N, action_cell, -1, "the cell to the left"},
	{"step-back",        {'('},                      "",         T, N, time_step, -1, "a sample back in time: counters and rows as they were then"},
	{"step-on",          {')'},                      "",         T, N, time_step, 1, "a sample on, behind the latest to now"},
	{"left-edge",        {'^'},                      "",         T, N, action_cell, 0, "the left edge, and no cell"},
	{"narrow",           {'+', '='},                 "",         T, N, narrow_by_cell, 1, "only rows like this one, by the cell under the cursor"},
	{"narrow-out",       {'-'},                      "",         T, N, narrow_by_cell, 0, "no rows like this one, by the cell under the cursor"},
	{"undo",             {'u'},                      "",         T, N, narrow_undo, 0, "take the latest change of the filter back"},
	{"saved",            {'f'},                      "",         T, N, setup_open, SETUP_FILTERS, "filters that have a name: take one, or save the one in force"},
	{"slower",           {']'},                      "",         T, MCH, action_delay, 1, "refresh less often"},
	{"faster",           {'['},                      "",         T, MCH, action_delay, -1, "refresh more often"},
	{"mouse",            {'M'},                      "",         T, N, mouse_toggle, 0, "leave the mouse to the terminal, or take it back"},
	{"",                 {KEYCODE_MOUSE},            "",         T | U | KEYS_PAGE | KEYS_LIST | KEYS_QUESTION | KEYS_CONFIRM | KEYS_OUTPUT, N, mouse_act, 0, "click a row, a title, a tab or a key; double click opens; the wheel moves"},
	{"quit",             {F(10), 'q'},               "Quit",     T, N, dialog_quit, 0, "leave; asks what becomes of a command that still runs"},

	{"",                 {ESC, 'q', ENTER, BKSP, F(1), 'h', '?', F(10)},"Close",    KEYS_PAGE, N, dialog_close, 0, "close the page"},
	{"up",               {UP, CTRL('P')},            "",         KEYS_PAGE, N, dialog_scroll, -1, "a line up"},
	{"down",             {DOWN, CTRL('N')},          "",         KEYS_PAGE, N, dialog_scroll, 1, "a line down"},
	{"page-up",          {PGUP},                     "",         KEYS_PAGE, N, dialog_scroll_page, -2, "a page up"},
	{"page-down",        {PGDN, ' '},                "Page",     KEYS_PAGE, N, dialog_scroll_page, 2, "a page down"},
	{"half-page-up",     {CTRL('U')},                "",         KEYS_PAGE, N, dialog_scroll_page, -1, "half a page up"},
	{"half-page-down",   {CTRL('D')},                "",         KEYS_PAGE, N, dialog_scroll_page, 1, "half a page down"},
	{"first",            {HOME, 'g'},                "",         KEYS_PAGE, N, dialog_scroll_edge, 0, "to the beginning"},
	{"last",             {END, 'G'},                 "",         KEYS_PAGE, N, dialog_scroll_edge, 1, "to the end"},
	{"page-next-row",    {RIGHT, 'n'},               "Next row", KEYS_PAGE, N, dialog_next_row, 1, "the same about the next row"},
	{"page-previous-row",{LEFT, 'N'},                "",         KEYS_PAGE, N, dialog_next_row, -1, "the same about the row before"},
	{"copy",             {'y'},                      "",         KEYS_PAGE, N, command_page_copy, 0, "on the page of commands: copy the lines"},
	{"stack-take",       {'K'},                      "",         KEYS_PAGE, N, stacks_toggle, 0, "in the stack of a call: take no more of that call, or take them again"},

	{"",                 {ENTER, ' '},               "Choose",   KEYS_LIST, N, dialog_list_choose, 0, "take the line under the cursor"},
	{"up",               {UP, BACKTAB, CTRL('P')},   "",         KEYS_LIST, N, dialog_list_move, -1, "line above"},
	{"down",             {DOWN, TAB, CTRL('N')},     "",         KEYS_LIST, N, dialog_list_move, 1, "line below"},
	{"first",            {HOME, 'g', PGUP},          "",         KEYS_LIST, N, dialog_list_move, -POPUP_ITEMS_LIMIT, "first line"},
	{"last",             {END, 'G', PGDN},           "",         KEYS_LIST, N, dialog_list_move, POPUP_ITEMS_LIMIT, "last line"},
	{"",                 {ESC, 'q', BKSP, F(10)},    "Cancel",   KEYS_LIST, N, dialog_close, 0, "take nothing"},

	{"",                 {ENTER},                    "Done",     KEYS_PROMPT, N, dialog_accept, 0, "keep the text; go back to the rows"},
	{"",                 {ESC, CTRL('C')},           "Clear",    KEYS_PROMPT, N, dialog_cancel, 0, "clear the text; go back to the rows"},
	{"",                 {TAB},                      "Complete", KEYS_PROMPT, N, dialog_complete, 0, "in a filter: complete the name of a field, a call, an error"},
	{"",                 {UP, CTRL('P')},            "",         KEYS_PROMPT, N, dialog_history, -1, "what was typed before"},
	{"",                 {DOWN, CTRL('N')},          "",         KEYS_PROMPT, N, dialog_history, 1, "what was typed after that"},
	{"",                 {' '},                      "",         KEYS_PROMPT, N, dialog_tick, 0, "behind a %class in a search: tick or untick all of it"},

	{"",                 {'l', ENTER},               "Leave",    KEYS_QUESTION, N, action_request, ACTION_QUIT, "quit; the command goes on"},
	{"",                 {'e'},                      "End",      KEYS_QUESTION, SIG, dialog_end_command, 0, "quit; ask the command to end"},
	{"",                 {ESC, 'q', BKSP, F(10)},    "Stay",     KEYS_QUESTION, N, dialog_close, 0, "do not quit"},

	{"",                 {'y'},                      "Send",     KEYS_CONFIRM, SIG, send_confirmed, 0, "send the signal"},
	{"",                 {'n', ESC, 'q', BKSP, F(10)},"Do not",   KEYS_CONFIRM, N, dialog_close, 0, "do not send it"},

	{"",                 {F(9), CTRL(']')},          "Back",     KEYS_OUTPUT, CMD, dialog_close, 0, "go back to the rows"},
	{"",                 {PGUP},                     "Earlier",  KEYS_OUTPUT, CMD, dialog_output_scroll, 1, "earlier output"},
	{"",                 {PGDN},                     "Later",    KEYS_OUTPUT, CMD, dialog_output_scroll, -1, "later output"},

	{"",                 {F(1), 'h', '?'},           "Help",     U, N, dialog_help, 0, "this page"},
	{"",                 {TAB},                      "Section",  U, N, setup_next_section, 1, "next section"},
	{"",                 {BACKTAB},                  "",         U, N, setup_next_section, -1, "section before"},
	{"up",               {UP, CTRL('P')},            "",         U, N, setup_move, -1, "line above"},
	{"down",             {DOWN, CTRL('N')},          "",         U, N, setup_move, 1, "line below"},
	{"page-up",          {PGUP},                     "",         U, N, setup_page, -2, "lines further up"},
	{"page-down",        {PGDN},                     "",         U, N, setup_page, 2, "lines further down"},
	{"first",            {HOME, 'g'},                "",         U, N, setup_move, -FORM_LINES, "first line"},
	{"last",             {END, 'G'},                 "",         U, N, setup_move, FORM_LINES, "last line"},
	{"",                 {' ', ENTER},               "Show",     UC, N, setup_columns_toggle, 0, "show the column, or do not"},
	{"",                 {F(7), '['},                "Up",       UC, N, setup_columns_shift, -1, "the column further to the left"},
	{"",                 {F(8), ']'},                "Down",     UC, N, setup_columns_shift, 1, "the column further to the right"},
	{"",                 {LEFT, '-'},                "Narrow",   UC, N, setup_columns_widen, -1, "the column narrower"},
	{"",                 {RIGHT, '+', '='},          "Widen",    UC, N, setup_columns_widen, 1, "the column wider"},
	{"",                 {'s', F(6)},                "Sort",     UC, N, setup_columns_sort, 0, "order the view by the column from now on; again: reverse"},
	{"",                 {'v'},                      "View",     UC, N, setup_columns_view, 1, "columns of the next view"},
	{"",                 {'V'},                      "",         UC, N, setup_columns_view, -1, "columns of the view before"},
	{"",                 {'r'},                      "Reset",    UC, N, setup_columns_reset, 0, "the view's own columns and order"},
	{"",                 {ENTER, ' ', RIGHT},        "Change",   US, N, setup_settings_change, 1, "the next value, or type one"},
	{"",                 {LEFT},                     "",         US, N, setup_settings_change, -1, "the value before, or type one"},
	{"",                 {'r'},                      "Reset",    US, N, setup_settings_reset, 0, "what it is without a configuration"},
	{"",                 {ENTER, ' '},               "New key",  UK, N, setup_keys_ask, 0, "give the action another key: the next one pressed"},
	{"",                 {'d', DEL},                 "Remove",   UK, N, setup_keys_remove, 0, "take the last of its keys away"},
	{"",                 {'r'},                      "Reset",    UK, N, setup_keys_reset, 0, "the action's own keys"},
	{"",                 {ENTER, ' '},               "Take",     UF, N, setup_filters_choose, 0, "list what passes this filter; on the last line, save the one in force"},
	{"",                 {'a'},                      "Save",     UF, N, setup_filters_save, 0, "give the filter in force a name"},
	{"",                 {'e'},                      "Edit",     UF, N, setup_filters_edit, 0, "change what passes"},
	{"",                 {'d', DEL},                 "Forget",   UF, N, setup_filters_forget, 0, "forget the filter"},
	{"",                 {'u'},                      "Undo",     UF, N, setup_filters_undo, 0, "bring back the latest that was forgotten"},
	{"",                 {ESC, 'q', F(10), BKSP, F(2), 'S'},"Done",     U, N, setup_close, 0, "go back to the rows"},
	{"",                 {ESC, CTRL('C')},           "Cancel",   KEYS_SETUP_GRAB, N, setup_keys_cancel, 0, "give it no key"},

	{"",                 {CTRL('L')},                "",         KEYS_ANY & ~(unsigned)(KEYS_OUTPUT | KEYS_SETUP_GRAB), N, action_request, ACTION_REPAINT, "draw everything again"},
	{"",                 {CTRL('Z')},                "",         KEYS_ANY & ~(unsigned)(KEYS_OUTPUT | KEYS_SETUP_GRAB), N, action_request, ACTION_SUSPEND, "suspend; the shell's fg resumes"},
	{"",                 {CTRL('C')},                "",         T | U | KEYS_PAGE | KEYS_LIST | KEYS_QUESTION | KEYS_CONFIRM, N, dialog_quit, 0, "leave, as q does; twice with a command: leave it running"},
};
/* clang-format on */
#define ROWS (sizeof(rows) / sizeof(rows[0]))
_Static_assert(ROWS <= KEYMAP_ROWS, "struct keymap is too small");

size_t keys_count(void)
{
	return ROWS;
}

const struct keys_row *keys_at(size_t i)
{
	return &rows[i];
}

unsigned keys_where(const struct desk *desk)
{
	static const unsigned modes[] = {
		[DESK_PAGE] = KEYS_PAGE,         [DESK_LIST] = KEYS_LIST,
		[DESK_PROMPT] = KEYS_PROMPT,     [DESK_OUTPUT] = KEYS_OUTPUT,
		[DESK_QUESTION] = KEYS_QUESTION, [DESK_CONFIRM] = KEYS_CONFIRM,
	};
	static const unsigned kinds[ROW_KINDS] = {
		[ROW_SYSCALL] = KEYS_SYSCALLS,  [ROW_CLASS] = KEYS_SYSCALLS,
		[ROW_PROCESS] = KEYS_PROCESSES, [ROW_PAIR] = KEYS_PAIRS,
		[ROW_ERROR] = KEYS_ERRORS,      [ROW_CALL] = KEYS_CALLS,
		[ROW_FILE] = KEYS_FILES,        [ROW_BUCKET] = KEYS_BUCKETS,
		[ROW_BLOCKED] = KEYS_BLOCKED,
	};
	if (desk->mode == DESK_SETUP)
		return setup_where(desk);
	if (desk->mode != DESK_TABLE)
		return modes[desk->mode];
	const struct desk_place *place =
		desk->depth > 0 ? &desk->drilled[desk->depth - 1]
				: &desk->roots[desk->root];
	return kinds[place->view->kind];
}

const char *keys_where_name(unsigned where)
{
	static const char *const names[KEYS_WHERE_COUNT] = {
		"Among syscalls",
		"Among processes",
		"Among the syscalls of a process",
		"Among events",
		"Among calls in progress",
		"Among errors",
		"Among files",
		"Among durations",
		"In a page such as this",
		"In a list to pick from",
		"While typing a search or a filter",
		"When leaving with a command running",
		"In the command's output",
		"When asked whether to send a signal",
		"In the setup, among columns",
		"In the setup, among settings",
		"In the setup, among keys",
		"In the setup, among filters",
		"In the setup, when a key is asked for",
	};
	for (unsigned i = 0; i < KEYS_WHERE_COUNT; i++)
		if (where == 1u << i)
			return names[i];
	return "";
}

const uint32_t *keys_of(const struct desk *desk, size_t i)
{
	return desk->keymap.keys[i];
}

static bool has_key(const struct desk *desk, size_t row, uint32_t key)
{
	const uint32_t *keys = keys_of(desk, row);
	for (size_t i = 0; i < KEYS_PER_ROW && keys[i]; i++)
		if (keys[i] == key)
			return true;
	return false;
}

static bool works(const struct keys_row *row, const struct desk *desk,
		  unsigned where)
{
	if (row->needs == KEYS_COMMAND && !desk->output)
		return false;
	if (row->needs == KEYS_SIGNALS && desk->readonly)
		return false;
	if (row->needs == KEYS_MACHINE && desk->player)
		return false;
	if (row->needs == KEYS_PLAYER && !desk->player)
		return false;
	if (row->needs == KEYS_FLIGHT && !desk->hooks->write_flight)
		return false;
	return row->where & where;
}

const char *keys_name(const struct desk *desk, const char *name,
		      char text[KEYCODE_NAME_SIZE])
{
	size_t i = 0;
	while (i < ROWS && strcmp(rows[i].name, name) != 0)
		i++;
	uint32_t key = i < ROWS ? keys_of(desk, i)[0] : KEYCODE_NONE;
	if (key != KEYCODE_NONE)
		return keycode_name(key, text);
	(void)snprintf(text, KEYCODE_NAME_SIZE, "no key"); /* fits */
	return text;
}

static unsigned press_unknown(struct desk *desk, unsigned where)
{
	char name[KEYCODE_NAME_SIZE];
	char help[KEYCODE_NAME_SIZE];
	if (where == KEYS_PROMPT)
		return dialog_type(desk);
	if (where == KEYS_OUTPUT)
		return dialog_to_command(desk);
	if (where == KEYS_SETUP_GRAB && desk->key != KEYCODE_SPECIAL)
		return setup_keys_take(desk);
	if (where == KEYS_LIST && popup_move_to_key(&desk->popup, desk->key))
		return dialog_list_choose(desk, 0);
	if (desk->key == KEYCODE_SPECIAL || desk->key == KEYCODE_MOUSE)
		return ACTION_NOTHING;
	desk_say(desk, ROLE_MESSAGE, "%s does nothing here; %s lists the keys",
		 keycode_name(desk->key, name), keys_name(desk, "help", help));
	return ACTION_DRAW;
}

unsigned keys_press(struct desk *desk, uint32_t key)
{
	unsigned where = keys_where(desk);
	desk->key = key;
	desk->key_ns = desk->now_ns;
	desk->message[0] = '\0';
	for (size_t i = 0; i < ROWS; i++)
		if (has_key(desk, i, key) && works(&rows[i], desk, where))
			return rows[i].act(desk, rows[i].arg);
	return press_unknown(desk, where);
}

size_t keys_footer(const struct desk *desk, struct frame_key *ret,
		   struct keys_footer_text *text)
{
	unsigned where = keys_where(desk);
	size_t n = 0;
	for (size_t i = 0; i < ROWS && n < KEYS_FOOTER_LIMIT; i++) {
		const uint32_t *key = keys_of(desk, i);
		bool idle = rows[i].act == dialog_next_row &&
			    !dialog_is_of_row(desk);
		if (!key[0] || !rows[i].label[0] || idle ||
		    !works(&rows[i], desk, where))
			continue;
		ret[n] = (struct frame_key){
			.key = keycode_name(key[0], text->name[n]),
			.label = rows[i].label,
		};
		n++;
	}
	return n;
}

static void add_section(struct pager *pager, const struct desk *desk,
			unsigned where, unsigned without)
{
	struct help_key keys[ROWS];
	char texts[ROWS][64];
	size_t n = 0;
	for (size_t i = 0; i < ROWS; i++) {
		if (!(rows[i].where & where) || (rows[i].where & without) ||
		    !keys_of(desk, i)[0])
			continue;
		struct buf text;
		buf_init(&text, texts[n], sizeof(texts[n]));
		keymap_print(&text, keys_of(desk, i));
		keys[n] = (struct help_key){.keys = texts[n],
					    .text = rows[i].help};
		n++;
	}
	help_add_keys(pager, keys_where_name(where), keys, n);
}

void keys_add_help(struct pager *pager, const struct desk *desk, unsigned where)
{
	add_section(pager, desk, where, 0);
	unsigned told = where;
	for (unsigned i = 0; i < KEYS_WHERE_COUNT; i++) {
		unsigned bit = 1u << i;
		if (bit == where)
			continue;
		add_section(pager, desk, bit, told);
		told |= bit;
	}
}
