/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/redact.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "abi/decode.h"
#include "abi/syscall.h"
#include "base/buf.h"
#include "tests/lib/evtext.h"

struct printed {
	struct catalogue *cat;
	struct buf buf;
	char text[4096];
};

static void print(void *self, const struct event *ev)
{
	static const struct decode_options options = {.string_limit = 100};
	struct printed *printed = self;
	union {
		struct event h;
		struct event_call call;
		struct event_task task;
		struct event_file file;
		char bytes[EVENT_SIZE_LIMIT];
	} copy;
	redact_event(&copy.h, ev, printed->cat);
	cr_assert(decode_is_sane(&copy.h, copy.h.size));
	cr_assert(eq(u32, copy.h.size, ev->size));
	uint32_t index = catalogue_by_nr(printed->cat, copy.call.nr, false);
	if (ev->kind == EVENT_CALL)
		decode_call(&printed->buf, catalogue_get(printed->cat, index),
			    &copy.call, &options);
	else if (ev->kind == EVENT_FILE)
		buf_write(&printed->buf, copy.bytes + sizeof(copy.file),
			  copy.file.size);
	else
		buf_write(&printed->buf, copy.bytes + sizeof(copy.task),
			  copy.task.cmdline);
}

static void expect(const char *event, const char *text)
{
	struct printed printed = {0};
	const struct catalogue_config config = {.events_fd = -1,
						.native = ABI_X86_64};
	cr_assert(zero(i32, catalogue_new(&printed.cat, &config, NULL)));
	buf_init(&printed.buf, printed.text, sizeof(printed.text));
	cr_assert(zero(i32, evtext_feed(event, print, &printed)));
	cr_assert(eq(str, printed.text, (char *)text));
	catalogue_free(printed.cat);
}

Test(redact, leaves_the_shape_of_a_path)
{
	expect("call pid=7 nr=257 args=0xffffff9c,0x7f00,0,0 "
	       "text1=\"/home/ann/secret\" ret=3",
	       "openat(AT_FDCWD, \"/xxxx/xxx/xxxxxx\", O_RDONLY) = 3");
	expect("file id=7 path=\"/home/ann/secret\"", "/xxxx/xxx/xxxxxx");
}

Test(redact, leaves_the_length_of_a_buffer)
{
	expect("call pid=7 nr=1 args=1,0x7f00,6 in1=\"se/\\0et\" ret=6",
	       "write(1, \"xxxxxx\", 6)                   = 6");
}

Test(redact, leaves_numbers_behind_a_pointer)
{
	expect("call pid=7 nr=35 args=0x7f00,0 in0=5,7 ret=0",
	       "nanosleep({tv_sec=5, tv_nsec=7}, NULL)  = 0");
}

Test(redact, leaves_addresses_of_networks)
{
	expect("call pid=7 nr=42 args=3,0x7f00,16 "
	       "in1=2:2,2:0x5000,4:0x0100007f,8:0 ret=0",
	       "connect(3, {sa_family=AF_INET, sin_port=htons(80), "
	       "sin_addr=inet_addr(\"127.0.0.1\")}, 16) = 0");
}

Test(redact, leaves_the_shape_of_a_command_line)
{
	expect("task pid=7 comm=cat cmdline=\"cat\\0/etc/passwd\" leader",
	       "xxx");
}
