/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/clipboard.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

#include "base/buf.h"

static bool is_sent(const char *type, const char *program, const char *device,
		    bool tmux, bool screen)
{
	const struct clipboard_terminal terminal = {.type = type,
						    .program = program,
						    .device = device,
						    .tmux = tmux,
						    .screen = screen};
	const char *why = clipboard_why_not(CLIPBOARD_AUTO, &terminal);
	if (why) {
		cr_expect(ne(ptr, strstr(why, "file"), NULL), "%s", why);
		cr_expect(le(sz, strlen(why), 80), "%s", why);
	}
	cr_expect(eq(ptr, (void *)clipboard_why_not(CLIPBOARD_ON, &terminal),
		     NULL));
	cr_expect(ne(ptr, (void *)clipboard_why_not(CLIPBOARD_OFF, &terminal),
		     NULL));
	return !why;
}

Test(clipboard, is_used_only_where_a_terminal_is_known_to_have_it)
{
	cr_expect(is_sent("xterm-kitty", "", "/dev/pts/3", false, false));
	cr_expect(is_sent("foot", "", "/dev/pts/3", false, false));
	cr_expect(is_sent("foot-extra", "", "", false, false));
	cr_expect(is_sent("xterm-256color", "WezTerm", "/dev/pts/3", false,
			  false));
	cr_expect(
		not(is_sent("xterm-256color", "", "/dev/pts/3", false, false)));
	cr_expect(not(is_sent("", "", "", false, false)));
	cr_expect(not(is_sent("weird", "", "/dev/pts/3", false, false)));
}

Test(clipboard, is_not_used_on_consoles_and_inside_multiplexers)
{
	cr_expect(not(is_sent("foot", "", "/dev/ttyS0", false, false)));
	cr_expect(not(is_sent("xterm-kitty", "", "/dev/hvc0", false, false)));
	cr_expect(not(is_sent("linux", "", "/dev/tty1", false, false)));
	cr_expect(not(is_sent("vt220", "", "", false, false)));
	cr_expect(not(is_sent("tmux-256color", "WezTerm", "/dev/pts/3", true,
			      false)));
	cr_expect(not(is_sent("foot", "", "/dev/pts/3", false, true)));
}

Test(clipboard, sends_no_byte_of_the_text_as_it_is)
{
	char data[64];
	struct buf buf;
	buf_init(&buf, data, sizeof(data));
	clipboard_print(&buf, "a\033]0;x\007\n", 8);
	cr_expect(eq(str, data, "\033]52;c;YRtdMDt4Bwo=\007"));
}
