/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/replay.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "abi/decode.h"
#include "base/err.h"
#include "base/xalloc.h"
#include "bpf/event.h"
#include "feed/input.h"
#include "feed/pack.h"
#include "feed/strace.h"
#include "feed/places.h"

#define HEAD_SIZE   sizeof(struct recording_block)
#define FACTS_LIMIT 16777216u /* 65,536 users have a tenth of it */

/* What is handed over of a state. */
enum state_use {
	STATE_NOTHING, /* it is known already */
	STATE_LASTING, /* what later events lean on: something was missing */
	STATE_ALL, /* nothing is known: it was jumped to, or began in mid-run */
};

struct replay {
	struct replay_config config;
	struct input input;
	struct recording_header header;
	struct strace *strace; /* of text, and then all below is unused */
	char *facts;           /* owned */
	size_t facts_size;

	struct recording_block block; /* whose events are handed over */
	uint8_t *raw;                 /* RECORDING_RAW_LIMIT */
	size_t raw_at;                /* of the next event */
	size_t raw_size;
	const struct event *next; /* in pack: found, not handed over yet */
	struct pack *pack;
	z_stream inflate;

	struct replay_gap gap; /* not told yet */
	bool in_gap;
	bool is_closed; /* the recorder came to its end */
	bool is_over;
	enum state_use use;
	uint32_t sequence; /* of the next block */
	uint64_t last_ns;  /* of the block before */
	uint64_t end_ns;   /* of what is known to be missing at the end; or 0 */

	struct places *places; /* NULL: a pipe has none */
	uint64_t since_ns;     /* of the state it was begun at */
};

enum step {
	STEP_BLOCK,
	STEP_WAIT,
	STEP_END,
};

static void begin_gap(struct replay *replay, enum replay_gap_why why)
{
	if (replay->in_gap)
		return;
	replay->in_gap = true;
	replay->gap = (struct replay_gap){
		.why = why,
		.after_ns = replay->last_ns,
	};
}

static void end_gap(struct replay *replay, uint64_t until_ns)
{
	if (!replay->in_gap)
		return;
	replay->gap.until_ns = until_ns;
	replay->in_gap = false;
	if (replay->use == STATE_NOTHING)
		replay->use = STATE_LASTING;
	if (replay->config.gap)
		replay->config.gap(replay->config.self, &replay->gap);
}

/* Its head is sound, its data are not. */
static void lose_block(struct replay *replay, enum replay_gap_why why,
		       const struct recording_block *block)
{
	if (block->kind != RECORDING_EVENTS)
		return; /* no event is missing */
	begin_gap(replay, why);
	replay->gap.events += block->events;
}

/* Finds the next head that is sound; the input stays at it. */
static enum step find_head(struct replay *replay, struct recording_block *ret)
{
	struct input *input = &replay->input;
	for (;;) {
		int got = input_need(input, HEAD_SIZE);
		if (got < 0)
			return STEP_WAIT;
		size_t have = input_have(input);
		if (got == 0 && have)
			begin_gap(replay, REPLAY_CUT);
		if (got == 0)
			return STEP_END;
		memcpy(ret, input_bytes(input), HEAD_SIZE);
		if (recording_is_block(ret))
			return STEP_BLOCK;
		begin_gap(replay, REPLAY_DAMAGED);
		input_skip(input,
			   1 + recording_find_block(input_bytes(input) + 1,
						    have - 1));
	}
}

static bool inflate_data(struct replay *replay,
			 const struct recording_block *block,
			 const uint8_t *data)
{
	if (block->codec == RECORDING_PLAIN) {
		memcpy(replay->raw, data, block->raw);
		return true;
	}
	z_stream *z = &replay->inflate;
	z->next_in = (Bytef *)(uintptr_t)data; /* which is only read */
	z->avail_in = block->stored;
	z->next_out = replay->raw;
	z->avail_out = block->raw;
	int result = inflate(z, Z_FINISH);
	bool whole = result == Z_STREAM_END && z->avail_out == 0;
	(void)inflateReset(z); /* its state is ours, and sound */
	return whole;
}

/* Takes the block at whose head the input is into replay->raw, and goes behind
 * it. */
static enum step take_data(struct replay *replay,
			   const struct recording_block *block, bool *ret_whole)
{
	struct input *input = &replay->input;
	size_t size = HEAD_SIZE + block->stored;
	int got = input_need(input, size);
	if (got < 0)
		return STEP_WAIT;
	if (got == 0) {
		lose_block(replay, REPLAY_CUT, block);
		replay->end_ns = block->last_ns;
		return STEP_END;
	}
	const uint8_t *data = input_bytes(input) + HEAD_SIZE;
	*ret_whole = recording_crc(data, block->stored) == block->data_crc &&
		     inflate_data(replay, block, data);
	input_skip(input, size);
	return STEP_BLOCK;
}

static void pass_head(struct replay *replay,
		      const struct recording_block *block)
{
	if (block->sequence != replay->sequence)
		begin_gap(replay, REPLAY_DAMAGED);
	replay->sequence = block->sequence + 1;
	end_gap(replay, block->first_ns);
	if (block->kind == RECORDING_END)
		replay->is_closed = true;
}

static bool is_wanted(const struct replay *replay,
		      const struct recording_block *block)
{
	return block->kind == RECORDING_EVENTS ||
	       (block->kind == RECORDING_STATE && replay->use != STATE_NOTHING);
}

static void open_block(struct replay *replay,
		       const struct recording_block *block)
{
	if (replay->use == STATE_ALL && block->kind == RECORDING_EVENTS)
		replay->use = STATE_LASTING; /* from now on counters grow */
	replay->block = *block;
	replay->raw_at = 0;
	replay->raw_size = block->raw;
	pack_begin(replay->pack);
}

/* Goes to the next block that has events to hand over. */
static enum step next_block(struct replay *replay)
{
	struct recording_block block;
	for (;;) {
		bool whole = false;
		enum step step = find_head(replay, &block);
		if (step == STEP_BLOCK)
			step = take_data(replay, &block, &whole);
		if (step != STEP_BLOCK)
			return step;
		pass_head(replay, &block);
		if (!whole)
			lose_block(replay, REPLAY_DAMAGED, &block);
		replay->last_ns = block.last_ns;
		if (whole && is_wanted(replay, &block)) {
			open_block(replay, &block);
			return STEP_BLOCK;
		}
	}
}

static void finish(struct replay *replay)
{
	if (!replay->is_closed && !replay->in_gap)
		begin_gap(replay, REPLAY_OPEN);
	end_gap(replay, replay->end_ns);
	replay->is_over = true;
}

static bool is_in_state(const struct replay *replay)
{
	return replay->block.kind == RECORDING_STATE;
}

/* What later rows refer to, as opposed to what grows. */
static bool is_lasting(const struct event *ev)
{
	return ev->kind == EVENT_TASK || ev->kind == EVENT_FILE ||
	       ev->kind == EVENT_SYMBOL || ev->kind == EVENT_TRACED ||
	       ev->kind == EVENT_NUMBER;
}

/* Finds the next event in the block, unless it is none, or known. */
static void look_at_event(struct replay *replay)
{
	const struct event *ev = NULL;
	size_t n = pack_get(replay->pack, replay->raw + replay->raw_at,
			    replay->raw_size - replay->raw_at, &ev);
	if (n == 0) { /* whoever made the checksum made this */
		begin_gap(replay, REPLAY_DAMAGED);
		replay->raw_at = replay->raw_size;
		return;
	}
	replay->raw_at += n;
	if (!decode_is_sane(ev, ev->size))
		return;
	if (is_in_state(replay) && replay->use != STATE_ALL && !is_lasting(ev))
		return;
	replay->next = ev;
}

static void end_block(struct replay *replay)
{
	if (replay->raw_size == 0)
		return; /* it was ended, and the next waits */
	if (is_in_state(replay) && !(replay->block.flags & RECORDING_MORE))
		replay->use = STATE_NOTHING;
	replay->raw_size = 0;
	replay->raw_at = 0;
}

/* Whether there is a next event, in replay->next. */
static bool find_event(struct replay *replay)
{
	while (!replay->next && !replay->is_over) {
		if (replay->raw_at < replay->raw_size) {
			look_at_event(replay);
			continue;
		}
		end_block(replay);
		enum step step = next_block(replay);
		if (step == STEP_WAIT)
			break;
		if (step == STEP_END)
			finish(replay);
	}
	return replay->next;
}

size_t replay_pump(struct replay *replay, const struct sink *to, size_t limit,
		   uint64_t until_ns)
{
	size_t count = 0;
	if (replay->strace)
		return strace_pump(replay->strace, to, limit, until_ns);
	while (count < limit && find_event(replay)) {
		const struct event *ev = replay->next;
		/* What a state tells belongs together, whenever it was. */
		if (ev->time_ns > until_ns && !is_in_state(replay))
			break;
		replay->next = NULL;
		sink_put(to, ev);
		count++;
	}
	return count;
}

uint64_t replay_peek_ns(struct replay *replay)
{
	if (replay->strace)
		return strace_peek_ns(replay->strace);
	if (!find_event(replay))
		return UINT64_MAX;
	if (is_in_state(replay))
		return 0;
	uint64_t next_ns = replay->next->time_ns; /* whatever it says */
	return next_ns == UINT64_MAX ? next_ns - 1 : next_ns;
}

bool replay_span(struct replay *replay, uint64_t *ret_first_ns,
		 uint64_t *ret_last_ns)
{
	uint64_t first_ns = 0;
	uint64_t last_ns = 0;
	if (replay->strace)
		return strace_span(replay->strace, ret_first_ns, ret_last_ns);
	if (!replay->places ||
	    !places_span(replay->places, &first_ns, &last_ns))
		return false;
	if (first_ns < replay->header.start_ns) /* what was there before */
		first_ns = replay->header.start_ns;
	*ret_first_ns = first_ns;
	*ret_last_ns = last_ns > first_ns ? last_ns : first_ns;
	return true;
}

int replay_seek(struct replay *replay, uint64_t time_ns)
{
	if (replay->strace)
		return strace_seek(replay->strace);
	if (!replay->places)
		return -ESPIPE;
	const struct place place = places_find(replay->places, time_ns);
	bool whole = place.at || replay->header.part ||
		     (replay->header.flags & RECORDING_BEGUN);
	end_block(replay);
	replay->block = (struct recording_block){0};
	input_seek(&replay->input,
		   place.at ? place.at : sizeof(replay->header));
	replay->next = NULL;
	replay->use = whole ? STATE_ALL : STATE_NOTHING;
	replay->sequence = place.sequence;
	replay->last_ns = replay->since_ns = place.since_ns;
	replay->end_ns = 0;
	replay->in_gap = replay->is_closed = replay->is_over = false;
	return 0;
}

uint64_t replay_state_ns(struct replay *replay, uint64_t time_ns)
{
	if (!replay->places)
		return 0;
	return places_find(replay->places, time_ns).since_ns;
}

uint64_t replay_since_ns(const struct replay *replay)
{
	return replay->since_ns;
}

bool replay_is_over(const struct replay *replay)
{
	return replay->strace ? strace_is_over(replay->strace)
			      : replay->is_over;
}

int replay_fd(const struct replay *replay)
{
	return replay->input.is_file ? -1 : replay->input.fd;
}

const struct recording_header *replay_header(const struct replay *replay)
{
	return &replay->header;
}

const char *replay_facts(const struct replay *replay, size_t *ret_size)
{
	*ret_size = replay->facts_size;
	return replay->facts ? replay->facts : "";
}

static const char *option_of(const struct replay_config *config)
{
	return config->option ? config->option : "-r";
}

static int open_file(const struct replay_config *config, struct err *err)
{
	const char *path = config->path;
	if (strcmp(path, "-") == 0)
		return fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return err_set(err, -errno,
			       "cannot open the recording '%.300s' (%s): %s",
			       path, option_of(config), strerror(errno));
	return fd;
}

static int read_header(struct replay *replay, struct err *err)
{
	struct input *input = &replay->input;
	struct recording_header *header = &replay->header;
	const char *path = replay->config.path;
	const char *option = option_of(&replay->config);
	size_t size = sizeof(*header);
	bool got = input_await(input, size) == 1;
	memcpy(header, input_bytes(input), got ? size : input_have(input));
	if (!got && input->error)
		return err_set(err, input->error,
			       "cannot read the recording '%.300s' (%s): %s",
			       path, option, strerror(-input->error));
	if (!recording_is_header(header))
		return err_set(err, -EBADMSG,
			       "'%.300s' (%s) is no recording of sctop and no "
			       "text of strace: it does not begin as those do",
			       path, option);
	if (!got || !recording_is_whole_header(header))
		return err_set(err, -EBADMSG,
			       "cannot open the recording '%.300s' (%s): its "
			       "first %zu bytes are damaged",
			       path, option, size);
	if (header->version > RECORDING_VERSION ||
	    header->event_version > EVENT_VERSION)
		return err_set(err, -ENOTSUP,
			       "cannot open the recording '%.300s' (%s): a "
			       "newer sctop made it, in format %u.%u; this one "
			       "reads up to %u.%u",
			       path, option, header->version,
			       header->event_version, RECORDING_VERSION,
			       EVENT_VERSION);
	input_skip(input, size);
	replay->use = replay->config.follows            ? STATE_NOTHING
		      : header->flags & RECORDING_BEGUN ? STATE_ALL
		      : header->part                    ? STATE_LASTING
							: STATE_NOTHING;
	return 0;
}

/* Adds what a block has of the text; whether that is all of it. */
static bool add_facts(struct replay *replay,
		      const struct recording_block *block)
{
	if (replay->facts_size + block->raw > FACTS_LIMIT)
		return false;
	replay->facts =
		xrealloc(replay->facts, replay->facts_size + block->raw + 1);
	memcpy(replay->facts + replay->facts_size, replay->raw, block->raw);
	replay->facts_size += block->raw;
	replay->facts[replay->facts_size] = '\0';
	return !(block->flags & RECORDING_MORE);
}

static bool await_head(struct replay *replay, struct recording_block *ret)
{
	struct input *input = &replay->input;
	if (input_await(input, HEAD_SIZE) != 1)
		return false;
	memcpy(ret, input_bytes(input), HEAD_SIZE);
	return recording_is_block(ret) ||
	       (input->is_file && find_head(replay, ret) == STEP_BLOCK);
}

/* Whether the text is complete with this block. */
static bool take_facts(struct replay *replay,
		       const struct recording_block *block)
{
	bool whole = false;
	bool goes_on = (block->flags & RECORDING_REST) &&
		       block->sequence == replay->sequence;
	(void)input_await(&replay->input, HEAD_SIZE + block->stored);
	if (!goes_on)
		replay->facts_size = 0;
	replay->sequence = block->sequence + 1;
	if (take_data(replay, block, &whole) != STEP_BLOCK)
		input_skip(&replay->input,
			   HEAD_SIZE + block->stored); /* it is cut there */
	if (whole && (goes_on || !(block->flags & RECORDING_REST)))
		return add_facts(replay, block);
	replay->sequence = 0; /* no block goes on with that */
	return false;
}

/* The text comes first, and in a file last too: that helps where the first is
 * damaged. */
static void read_facts(struct replay *replay)
{
	struct input *input = &replay->input;
	struct recording_block block;
	bool done = false;
	while (!done && await_head(replay, &block)) {
		if (block.kind == RECORDING_FACTS)
			done = take_facts(replay, &block);
		else if (input->is_file)
			input_skip(input, HEAD_SIZE + block.stored);
		else
			break;
	}
	if (!done)
		replay->facts_size = 0;
	replay->in_gap = false; /* it is met again when its time comes */
	if (!input->is_file)
		return;
	input_seek(input, sizeof(replay->header));
	replay->sequence = 0;
}

void replay_use(struct replay *replay, struct catalogue *cat)
{
	if (replay->strace)
		strace_use(replay->strace, cat);
}

static bool is_strace(struct replay *replay)
{
	struct recording_header header = {0};
	struct input *input = &replay->input;
	if (input_await(input, sizeof(header.magic)) == 1)
		memcpy(header.magic, input_bytes(input), sizeof(header.magic));
	return !recording_is_header(&header) && strace_is_text(input);
}

static void open_strace(struct replay *replay)
{
	replay->strace = strace_new(&replay->input, &replay->config);
	strace_header(replay->strace, &replay->header);
	replay->facts = xstrdup(strace_facts(replay->strace));
	replay->facts_size = strlen(replay->facts);
}

int replay_open(struct replay **ret, const struct replay_config *config,
		struct err *err)
{
	int fd = config->fd ? config->fd : open_file(config, err);
	if (fd < 0)
		return fd;
	struct replay *replay = xcalloc(1, sizeof(*replay));
	replay->config = *config;
	input_init(&replay->input, fd, HEAD_SIZE + RECORDING_STORED_LIMIT);
	replay->raw = xmalloc(RECORDING_RAW_LIMIT);
	replay->pack = pack_new();
	if (inflateInit(&replay->inflate) != Z_OK)
		die(1, "cannot inflate: out of memory");
	if (is_strace(replay)) {
		open_strace(replay);
		*ret = replay;
		return 0;
	}
	int code = read_header(replay, err);
	if (code) {
		replay_close(replay);
		return code;
	}
	read_facts(replay);
	if (replay->input.is_file)
		replay->places = places_new(replay->input.fd);
	*ret = replay;
	return 0;
}

void replay_close(struct replay *replay)
{
	if (!replay)
		return;
	(void)inflateEnd(&replay->inflate); /* whatever was in it */
	strace_free(replay->strace);
	places_free(replay->places);
	input_done(&replay->input);
	pack_free(replay->pack);
	free(replay->facts);
	free(replay->raw);
	free(replay);
}
