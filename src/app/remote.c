/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/remote.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "app/ascommand.h"
#include "app/options.h"
#include "app/setting.h"
#include "base/buf.h"
#include "base/err.h"

static int check_names(const struct options_texts *hosts, struct err *err)
{
	if (hosts->count > EVENT_HOSTS)
		return err_set(err, -EINVAL,
			       "--host may be repeated for at most %d hosts",
			       EVENT_HOSTS);
	for (size_t i = 0; i < hosts->count; i++)
		if (hosts->at[i][0] == '-') /* ssh would take an option */
			return err_set(err, -EINVAL,
				       "--host takes a host, not '%s'",
				       setting_quote(hosts->at[i]).text);
	return 0;
}

int remote_check(const struct options *options, struct err *err)
{
	if (!options->hosts.count)
		return err_set(err, -EINVAL, "--remote goes with --host");
	if (!options_is_run(options->mode))
		return err_set(
			err, -EINVAL, "%s does not go with --host",
			setting_label(options_of_mode(options->mode)).text);
	if (options->replay.count)
		return err_set(err, -EINVAL,
			       "--host and -r exclude each other: what comes "
			       "from a host is of now");
	if (options->record)
		return err_set(err, -EINVAL,
			       "--host and -w exclude each other: record on "
			       "the host, or there with -w - into a file here");
	if (options->command)
		return err_set(err, -EINVAL,
			       "--host takes no command: what runs there is "
			       "traced");
	if (options->flight.bytes)
		return err_set(err, -EINVAL,
			       "--flight does not go with --host");
	if (options->totals)
		return err_set(err, -EINVAL,
			       "--totals does not go with --host");
	return check_names(&options->hosts, err);
}

/* Options of capture, which are the recorder's.  Others of theirs follow. */
static bool is_passed(const struct options_row *row)
{
	static const char *const names[] = {"decode-fds", "redact", "ring-size",
					    "stack", "string-limit"};
	if (row->name && strcmp(row->name, "tracefs") == 0)
		return false;
	if (row->group == OPTIONS_TRACE || row->group == OPTIONS_FILTER ||
	    row->letter == 'y')
		return true;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (row->name && strcmp(row->name, names[i]) == 0)
			return true;
	return false;
}

static void put_option(struct buf *buf, const struct options_given *given)
{
	const struct options_row *row = given->row;
	if (row->name)
		buf_printf(buf, " --%s", row->name);
	else
		buf_printf(buf, " -%c", row->letter);
	if (!given->arg)
		return;
	buf_puts(buf, row->name ? "=" : " ");
	ascommand_quote(buf, given->arg);
}

void remote_command(struct buf *buf, const struct options *options)
{
	buf_puts(buf, options->remote ? options->remote : PACKAGE_NAME);
	buf_puts(buf, " -w -");
	if (options->mode == MODE_SCREEN && options->fds == FDS_USUAL)
		buf_puts(buf, " -yy"); /* as the screen of its own machine */
	for (size_t i = 0; i < options->given_count; i++)
		if (is_passed(options->given[i].row))
			put_option(buf, &options->given[i]);
}
