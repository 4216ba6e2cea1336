/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/live.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "abi/syscall.h"
#include "base/err.h"
#include "base/xalloc.h"
#include "bpf/control.h"
#include "bpf/trace.skel.h"
#include "feed/cost.h"
#include "feed/counters.h"
#include "feed/describe.h"
#include "feed/formula.h"
#include "feed/inventory.h"
#include "feed/knobs.h"
#include "feed/learn.h"
#include "feed/load.h"
#include "feed/lost.h"
#include "feed/progress.h"
#include "feed/rings.h"
#include "feed/shed.h"
#include "feed/walk.h"

#define RING_SIZE_MIN   4096
#define TASK_RING_BYTES (1 << 20) /* as the programs declare it */

/*
 * An event may come into sight this long after the time it bears: the program
 * took the time, then was delayed.  Until then, later ones are held back.
 */
#define SETTLE_NS 2000000

struct live {
	struct trace *skel;
	struct catalogue *catalogue;
	struct rings *rings;
	struct counters *counters;
	struct learn *learn;
	uint32_t variants; /* lists of commands in use */
	struct bpf_link *stock_link;
	struct bpf_link *sample_link;
	struct bpf_link *rows_link;
	struct bpf_link *blocked_link;
	bool listed[CONTROL_PLACES]; /* places of syscalls that the catalogue
					knew at start */
	struct lost lost;
	uint64_t on_ns[CONTROL_PLACES]; /* since when it has not been off */
	uint64_t wall_offset_ns;
	int cpus;
};

uint64_t live_now_ns(void)
{
	struct timespec now;
	(void)clock_gettime(CLOCK_MONOTONIC,
			    &now); /* cannot fail for this clock */
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

uint64_t live_wall_offset_ns(const struct live *live)
{
	return live->wall_offset_ns;
}

static uint64_t wall_offset_ns(void)
{
	struct timespec now;
	uint64_t before = live_now_ns();
	(void)clock_gettime(CLOCK_REALTIME,
			    &now); /* cannot fail for this clock */
	uint64_t middle = before + (live_now_ns() - before) / 2;
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec -
	       middle;
}

/* The largest power of two at most BYTES shared by all CPUs that are there, one
 * that is switched off included: it may be switched on. */
static size_t ring_size(uint64_t bytes)
{
	long present = sysconf(_SC_NPROCESSORS_CONF);
	uint64_t share = bytes / (uint64_t)(present > 0 ? present : 1);
	long page = sysconf(_SC_PAGESIZE);
	size_t size = page > RING_SIZE_MIN ? (size_t)page : RING_SIZE_MIN;
	while (size * 2 <= share)
		size *= 2;
	return size;
}

static int add_ring(struct live *live, uint32_t cpu, size_t size,
		    struct err *err)
{
	int fd = bpf_map_create(BPF_MAP_TYPE_RINGBUF, "sctop_rows", 0, 0,
				(uint32_t)size, NULL);
	if (fd < 0)
		return err_set(err, fd,
			       "cannot make a ring buffer of %zu bytes: %s; "
			       "use a smaller "
			       "--ring-size",
			       size, strerror(-fd));
	int code = bpf_map_update_elem(bpf_map__fd(live->skel->maps.rings),
				       &cpu, &fd, BPF_ANY);
	if (!code)
		code = rings_add(live->rings, fd, size);
	if (code) {
		(void)close(fd); /* nothing was written */
		return err_set(err, code, "cannot share a ring buffer: %s",
			       strerror(-code));
	}
	return 0;
}

static int make_rings(struct live *live, uint64_t bytes, struct err *err)
{
	long present = sysconf(_SC_NPROCESSORS_CONF);
	live->rings = rings_new();
	for (int cpu = 0; cpu < live->cpus && cpu < present; cpu++) {
		int code = add_ring(live, (uint32_t)cpu, ring_size(bytes), err);
		if (code)
			return code;
	}
	int fd = dup(bpf_map__fd(live->skel->maps.task_ring));
	int code =
		fd < 0 ? -errno : rings_add(live->rings, fd, TASK_RING_BYTES);
	if (code)
		return err_set(
			err, code,
			"cannot share the ring buffer of task events: %s",
			strerror(-code));
	return 0;
}

/* The commands of SC: a list each, and a key that leads to it. */
static int describe_commands(struct live *live, const struct syscall *sc,
			     uint32_t place, bool compat,
			     const struct describe_config *config)
{
	for (unsigned i = 0; i < sc->command_count; i++) {
		const struct syscall_command *command = &sc->commands[i];
		struct control_variant_key key;
		uint32_t at = live->variants;
		if (at == CONTROL_VARIANTS ||
		    !describe_key(&key, sc, command, compat))
			continue;
		key.place = place;
		describe_command(&live->skel->bss->variant_lists[at], sc,
				 command, compat, config);
		int code = bpf_map_update_elem(
			bpf_map__fd(live->skel->maps.variants), &key, &at,
			BPF_NOEXIST);
		if (code && code != -EEXIST) /* the first of a value counts */
			return code;
		live->variants += code ? 0 : 1;
	}
	return 0;
}

static int describe_all(struct live *live, const struct live_config *config,
			struct err *err)
{
	const struct describe_config copied = {
		.string_limit = config->string_limit,
		.fds = config->fds != LIVE_FDS_NONE,
	};
	int code = 0;
	for (uint32_t i = 0; !code && i < catalogue_count(live->catalogue);
	     i++) {
		const struct syscall *sc = catalogue_get(live->catalogue, i);
		struct control_desc *unnumbered = learn_desc(live->learn, i);
		if (unnumbered)
			describe_call(unnumbered, sc, false, &copied);
		for (int compat = 0; !code && compat < 2; compat++) {
			int nr = catalogue_nr(live->catalogue, i, compat);
			if (nr < 0 || nr >= CONTROL_NRS)
				continue;
			uint32_t place = control_place((uint32_t)nr, compat);
			live->listed[place] = true;
			describe_call(&live->skel->data_descs->descs[place], sc,
				      compat, &copied);
			code = describe_commands(live, sc, place, compat,
						 &copied);
		}
	}
	return code ? err_set(err, code, "cannot describe the calls: %s",
			      strerror(-code))
		    : 0;
}

static int add_target(struct live *live, uint32_t kind, pid_t nr,
		      struct err *err)
{
	struct control_target_key key = {.kind = kind, .nr = (uint32_t)nr};
	uint32_t one = 1;
	int code = bpf_map_update_elem(bpf_map__fd(live->skel->maps.targets),
				       &key, &one, BPF_ANY);
	if (code)
		return err_set(err, code, "cannot mark process %ld: %s",
			       (long)nr, strerror(-code));
	return 0;
}

static int add_targets(struct live *live, const struct live_config *config,
		       struct err *err)
{
	const struct live_filter *filter = &config->filter;
	int code = add_target(live, CONTROL_TARGET_SELF, getpid(), err);
	if (!code && config->command_pid)
		code = add_target(live, CONTROL_TARGET_COMMAND,
				  config->command_pid, err);
	for (size_t i = 0; !code && i < filter->pid_count; i++)
		code = add_target(live, CONTROL_TARGET_PID, filter->pids[i],
				  err);
	for (size_t i = 0; !code && i < filter->tid_count; i++)
		code = add_target(live, CONTROL_TARGET_TID, filter->tids[i],
				  err);
	return code;
}

static int attach_iterators(struct live *live, struct err *err)
{
	live->stock_link =
		bpf_program__attach_iter(live->skel->progs.take_stock, NULL);
	live->sample_link =
		bpf_program__attach_iter(live->skel->progs.sample, NULL);
	live->rows_link =
		bpf_program__attach_iter(live->skel->progs.mark_rows, NULL);
	live->blocked_link =
		bpf_program__attach_iter(live->skel->progs.blocked, NULL);
	if (!live->stock_link || !live->sample_link || !live->rows_link ||
	    !live->blocked_link)
		return err_set(err, -errno,
			       "cannot attach the walks over the tasks: %s",
			       strerror(errno));
	return 0;
}

static void start_counters(struct live *live)
{
	struct trace *skel = live->skel;
	struct counters_source source = {
		.stats_fd = bpf_map__fd(skel->maps.stats),
		.odd_fd = bpf_map__fd(skel->maps.odd_stats),
		.counts_fd = bpf_map__fd(skel->maps.counts),
		.iterator_fd = bpf_link__fd(live->sample_link),
		.cpus = (unsigned)live->cpus,
		.other = skel->bss->other,
		.errors = {.fd = bpf_map__fd(skel->maps.errors),
			   .other = skel->bss->other_errors,
			   .other_sum = &skel->bss->other_errors_sum},
	};
	live->counters = counters_new(&source);
	live->lost.source = (struct lost_source){
		.rows = skel->bss->lost,
		.tasks = &skel->bss->lost_tasks,
	};
}

/* The order matters: children must be followed from the first mark on. */
static int start(struct live *live, const struct live_config *config,
		 struct err *err)
{
	int code = walk_tasks_once(live->skel->progs.find_level, err);
	if (!code)
		code = add_targets(live, config, err);
	if (!code)
		code = make_rings(live, config->ring_bytes, err);
	if (!code)
		code = learn_new(&live->learn, live->skel, live->catalogue,
				 config->tracefs_events_fd, err);
	if (!code)
		code = describe_all(live, config, err);
	if (!code)
		code = load_attach(live->skel, err);
	if (!code)
		code = attach_iterators(live, err);
	if (!code)
		code = walk_tasks(live->stock_link, NULL, err);
	if (!code)
		start_counters(live);
	return code;
}

int live_open(struct live **ret, const struct live_config *config,
	      struct err *err)
{
	struct live *live = xcalloc(1, sizeof(*live));
	live->catalogue = config->catalogue;
	live->cpus = libbpf_num_possible_cpus();
	live->wall_offset_ns = wall_offset_ns();
	int code = load_open(&live->skel, err);
	if (!code)
		code = knobs_set(live->skel, config, live->cpus, err);
	if (!code)
		code = load_load(live->skel, err);
	if (!code)
		code = start(live, config, err);
	if (code) {
		live_close(live);
		return code;
	}
	*ret = live;
	return 0;
}

void live_close(struct live *live)
{
	if (!live)
		return;
	counters_free(live->counters);
	learn_free(live->learn);
	/* Descriptors that are gone either way. */
	(void)bpf_link__destroy(live->stock_link);
	(void)bpf_link__destroy(live->sample_link);
	(void)bpf_link__destroy(live->rows_link);
	(void)bpf_link__destroy(live->blocked_link);
	rings_free(live->rings);
	trace__destroy(live->skel);
	free(live);
}

static void set_desc(struct control_desc *desc, enum live_state state)
{
	if (state != LIVE_OFF)
		__atomic_store_n(&desc->touched, 1, __ATOMIC_RELEASE);
	__atomic_store_n(&desc->state, (uint8_t)state, __ATOMIC_RELEASE);
}

static struct control_desc *desc_of(struct live *live, uint32_t nr, bool compat)
{
	return &live->skel->data_descs->descs[control_place(nr, compat)];
}

static void set_place(struct live *live, uint32_t place, enum live_state state)
{
	struct control_desc *desc = &live->skel->data_descs->descs[place];
	if (desc->state == CONTROL_OFF)
		live->on_ns[place] = live_now_ns();
	set_desc(desc, state);
}

static void poll_learn(struct live *live)
{
	learn_poll(live->learn, live->skel->data_descs->descs, live->listed);
}

static void set_unlisted(struct live *live, enum live_state state)
{
	poll_learn(live);
	for (uint32_t place = 0; place < CONTROL_PLACES; place++)
		if (!live->listed[place])
			set_place(live, place, state);
}

void live_set_state(struct live *live, uint32_t index, enum live_state state)
{
	if (index == SYSCALL_NONE) {
		set_unlisted(live, state);
		return;
	}
	struct control_desc *unnumbered = learn_desc(live->learn, index);
	if (unnumbered)
		set_desc(unnumbered, state);
	poll_learn(live);
	for (int compat = 0; compat < 2; compat++) {
		int nr = catalogue_nr(live->catalogue, index, compat);
		if (nr >= 0)
			set_place(live, control_place((uint32_t)nr, compat),
				  state);
		/* The exit of rt_sigreturn bears the number -1. */
		if (state != LIVE_OFF)
			desc_of(live, EVENT_NR_NONE, compat)->touched = 1;
	}
}

void live_set_stacks(struct live *live, uint32_t index, bool on)
{
	struct control_desc *descs = live->skel->data_descs->descs;
	struct control_desc *unnumbered = learn_desc(live->learn, index);
	if (unnumbered)
		unnumbered->stacks = on;
	poll_learn(live);
	for (uint32_t place = 0; place < CONTROL_PLACES; place++)
		if (index == SYSCALL_NONE && !live->listed[place])
			descs[place].stacks = on;
	for (int compat = 0; index != SYSCALL_NONE && compat < 2; compat++) {
		int nr = catalogue_nr(live->catalogue, index, compat);
		if (nr >= 0)
			desc_of(live, (uint32_t)nr, compat)->stacks = on;
	}
}

struct stock {
	const struct sink *to;
};

static void put_stock(void *self, const struct event *ev)
{
	const struct stock *stock = self;
	struct {
		struct event_task task;
		char cmdline[EVENT_CMDLINE_LIMIT + 8];
	} full = {0};
	memcpy(&full.task, ev, sizeof(full.task));
	if (ev->flags & EVENT_TASK_LEADER && !(ev->flags & EVENT_TASK_KERNEL)) {
		size_t size = inventory_cmdline((pid_t)ev->pid, full.cmdline,
						EVENT_CMDLINE_LIMIT);
		full.task.cmdline = (uint32_t)size;
		full.task.h.size += ((uint32_t)size + 7) & ~7u;
	}
	sink_put(stock->to, &full.task.h);
}

int live_inventory(struct live *live, const struct sink *to, struct err *err)
{
	struct stock stock = {.to = to};
	struct sink sink = {.put = put_stock, .self = &stock};
	return walk_tasks(live->stock_link, &sink, err);
}

static void clear_row_targets(struct live *live)
{
	int fd = bpf_map__fd(live->skel->maps.targets);
	struct control_target_key key, next, *last = NULL;
	while (!bpf_map_get_next_key(fd, last, &next)) {
		key = next;
		last = &key;
		if (key.kind == CONTROL_TARGET_ROWS &&
		    !bpf_map_delete_elem(fd, &key))
			last = NULL; /* the walk starts anew */
	}
}

int live_blocked(struct live *live, const struct sink *to, struct err *err)
{
	return progress_walk(live->blocked_link, live->on_ns, to, err);
}

static int limit_rows(struct live *live, const pid_t *pids, size_t count,
		      bool follow, struct err *err)
{
	clear_row_targets(live);
	live->skel->bss->rows_limited = count != 0;
	live->skel->bss->rows_follow = follow;
	for (size_t i = 0; i < count; i++) {
		int code = add_target(live, CONTROL_TARGET_ROWS, pids[i], err);
		if (code)
			return code;
	}
	/* Twice: a child made during the first walk may have been passed by. */
	int code = count ? walk_tasks(live->rows_link, NULL, err) : 0;
	return count && !code ? walk_tasks(live->rows_link, NULL, err) : code;
}

int live_limit_rows(struct live *live, const pid_t *pids, size_t count,
		    bool follow, struct err *err)
{
	int code = limit_rows(live, pids, count, follow, err);
	if (code)
		(void)limit_rows(live, NULL, 0, false, err); /* walks nowhere */
	return code;
}

static void set_tests(struct live *live, const struct live_formula *formula)
{
	struct control_desc *descs = live->skel->data_descs->descs;
	for (uint32_t place = 0; place < CONTROL_PLACES; place++)
		descs[place].tests = formula_tests(formula, SYSCALL_NONE);
	for (uint32_t i = 0; i < catalogue_count(live->catalogue); i++) {
		uint16_t tests = formula_tests(formula, i);
		struct control_desc *unnumbered = learn_desc(live->learn, i);
		if (unnumbered)
			unnumbered->tests = tests;
		for (int compat = 0; compat < 2; compat++) {
			int nr = catalogue_nr(live->catalogue, i, compat);
			if (nr >= 0 && nr < CONTROL_NRS)
				desc_of(live, (uint32_t)nr, compat)->tests =
					tests;
		}
	}
}

int live_set_formula(struct live *live, const struct live_formula *formula,
		     bool mark, struct err *err)
{
	struct control_filter *to = &live->skel->data_filter->verdict;
	struct control_filter filter = {0};
	int code = formula ? formula_fill(&filter, formula, err) : 0;
	if (code)
		return code;
	__atomic_store_n(&to->on, 0, __ATOMIC_SEQ_CST);
	*to = filter;
	to->mark = mark;
	if (formula)
		set_tests(live, formula);
	__atomic_store_n(&to->on, formula != NULL, __ATOMIC_SEQ_CST);
	/* Tasks are judged anew: at their next call, by what is there now. */
	__atomic_fetch_add(&live->skel->data->epoch, 1, __ATOMIC_SEQ_CST);
	return 0;
}

size_t live_pump(struct live *live, const struct sink *to, size_t limit,
		 bool final)
{
	poll_learn(live);
	uint64_t now_ns = live_now_ns();
	learn_tell(live->learn, now_ns, to);
	uint64_t cutoff_ns = final ? UINT64_MAX : now_ns - SETTLE_NS;
	return rings_drain(live->rings, cutoff_ns, limit, to);
}

void live_totals(const struct live *live, struct live_totals *ret)
{
	struct live_totals sum = {0};
	struct control_totals *parts =
		xcalloc((size_t)live->cpus, sizeof(*parts));
	uint32_t zero = 0;
	/* Zeros if it cannot be read, which needs a kernel that lost the map.
	 */
	(void)bpf_map_lookup_elem(bpf_map__fd(live->skel->maps.totals), &zero,
				  parts);
	for (int cpu = 0; cpu < live->cpus; cpu++) {
		sum.seen += parts[cpu].seen;
		sum.filtered += parts[cpu].filtered;
		sum.sent += parts[cpu].sent;
		sum.unpaired += parts[cpu].unpaired;
		sum.requests += parts[cpu].requests;
		sum.shed += parts[cpu].shed;
	}
	free(parts);
	sum.lost = sum.shed;
	for (uint32_t cause = 0; cause < EVENT_LOST_CAUSES; cause++)
		sum.lost += lost_sum(&live->lost, (enum event_lost_cause)cause);
	if (!live->skel->links.uring_request && !live->skel->links.uring_sqe)
		sum.requests = EVENT_UNKNOWN;
	*ret = sum;
}

void live_sample(struct live *live, const struct sink *to)
{
	uint64_t now_ns = live_now_ns();
	counters_sample(live->counters, now_ns, to);
	lost_tell(&live->lost, now_ns, to);
	struct live_totals totals;
	live_totals(live, &totals);
	struct event_tick tick = {
		.h = {.size = sizeof(tick),
		      .kind = EVENT_TICK,
		      .time_ns = now_ns},
		.wall_offset_ns = live->wall_offset_ns,
		.seen = totals.seen,
		.filtered = totals.filtered,
		.sent = totals.sent,
		.unpaired = totals.unpaired,
		.requests = totals.requests,
		.cpu_ns = cost_own_ns(),
	};
	cost_of_programs(live->skel, &tick.bpf_ns, &tick.bpf_runs);
	sink_put(to, &tick.h);
}

void live_load(const struct live *live, struct shed_load *ret)
{
	struct live_totals totals;
	live_totals(live, &totals);
	*ret = (struct shed_load){
		.now_ns = live_now_ns(),
		.cpu_ns = cost_own_ns(),
		.shed = totals.shed,
		.lost = lost_sum(&live->lost, EVENT_LOST_RING),
	};
	rings_look(live->rings, &ret->taken_bytes, &ret->fill_pct);
}

void live_set_share(struct live *live, uint32_t rows_per_s)
{
	uint64_t interval_ns = rows_per_s ? 1000000000u / rows_per_s : 0;
	__atomic_store_n(&live->skel->bss->shed_interval_ns, interval_ns,
			 __ATOMIC_RELAXED);
}

bool live_has_followed(const struct live *live)
{
	return live->skel->bss->followed != 0;
}
