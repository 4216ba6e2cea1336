/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/show.h"

#include <string.h>

#include "abi/chunk.h"
#include "abi/errno.h"
#include "abi/flags.h"
#include "abi/decode.h"
#include "abi/structs.h"
#include "abi/syscall.h"
#include "base/buf.h"

void show_init(struct show *show, struct buf *buf, const struct syscall *sc,
	       const struct event_call *ev,
	       const struct decode_options *options)
{
	bool compat = ev->h.compat != 0;
	struct syscall_signature signature;
	bool meant = ev->h.flags & EVENT_CALL_MEANT;
	const __u64 chooser[SYSCALL_ARGS] = {
		(ev->h.flags >> EVENT_CALL_MEANT_SHIFT) & 0xff};
	syscall_signature(&signature, sc, compat, meant,
			  meant ? chooser : ev->args);
	*show = (struct show){
		.buf = buf,
		.ev = ev,
		.sc = sc,
		.options = options,
		.name = signature.name,
		.args = signature.args,
		.nargs = signature.nargs,
		.result = signature.result,
		.result_set = signature.result_set,
		.abi = compat && sc->native == ABI_X86_64 ? ABI_I386
							  : sc->native,
		.failed = (ev->h.flags & EVENT_CALL_NO_RESULT) ||
			  (ev->ret < 0 && ev->ret >= -4095),
	};
}

void show_all(struct show *show)
{
	bool compat = show->ev->h.compat != 0;
	show->args = compat ? show->sc->compat_args : show->sc->args;
	show->nargs = compat ? show->sc->compat_nargs : show->sc->nargs;
}

size_t show_word(const struct show *show)
{
	return show->ev->h.compat ? 4 : 8;
}

uint64_t show_number(const void *bytes, size_t size)
{
	uint64_t wide = 0;
	memcpy(&wide, bytes, size); /* little-endian, as all ABIs here are */
	return wide;
}

const struct event_chunk *show_chunk(const struct show *show, uint64_t address,
				     enum event_chunk_what what,
				     enum event_phase phase)
{
	const struct event_chunk *found = NULL;
	const struct event_chunk *chunk;
	size_t at = 0;
	while ((chunk = chunk_next(show->ev, &at))) {
		if (chunk->what != what || chunk->address != address ||
		    chunk->phase != phase)
			continue;
		/* What could not be read at entry may come again from the exit.
		 */
		if (!found || found->status == EVENT_CHUNK_UNREADABLE)
			found = chunk;
	}
	return found;
}

size_t show_available(const struct show *show, uint64_t address,
		      enum event_phase phase, const void **ret)
{
	size_t most = 0;
	const struct event_chunk *chunk;
	size_t at = 0;
	while ((chunk = chunk_next(show->ev, &at))) {
		if (chunk->what != EVENT_CHUNK_BYTES || chunk->phase != phase ||
		    chunk->status == EVENT_CHUNK_UNREADABLE)
			continue;
		uint64_t offset = address - chunk->address;
		if (offset >= chunk->size || chunk->size - offset <= most)
			continue;
		most = (size_t)(chunk->size - offset);
		*ret = (const char *)(chunk + 1) + offset;
	}
	return most;
}

const void *show_memory(const struct show *show, uint64_t address, size_t size,
			enum event_phase phase)
{
	const void *bytes = NULL;
	size_t have = show_available(show, address, phase, &bytes);
	return have >= size ? bytes : NULL;
}

const void *show_whole(struct show *show, const struct show_arg *arg,
		       size_t size)
{
	const void *bytes =
		arg->value ? show_memory(show, arg->value, size, arg->phase)
			   : NULL;
	if (!bytes)
		show_address(show, arg->value);
	return bytes;
}

/* The argument that is a count, as wide as it is; false: below 0. */
static bool counts(const struct show *show, unsigned index, uint64_t *ret)
{
	enum argtype kind =
		index < show->nargs ? show->args[index].spec.kind : ARG_UNKNOWN;
	uint64_t value = show->ev->args[index % EVENT_ARGS];
	bool is_int = kind == ARG_INT || kind == ARG_UINT;
	*ret = is_int || show->ev->h.compat ? (uint32_t)value : value;
	return kind != ARG_INT || (int32_t)value >= 0;
}

/* Whether so many elements lie between the address and the end of memory. */
static bool is_possible(const struct show *show, const struct show_arg *arg,
			uint64_t count)
{
	size_t size = argtype_size(arg->spec, show->abi);
	return size < 2 || count <= (UINT64_MAX - arg->value) / size;
}

bool show_count(const struct show *show, const struct show_arg *arg,
		uint64_t *ret)
{
	const struct argtype_spec *spec = arg->spec;
	switch ((enum argtype_from)spec->from) {
	case ARGTYPE_ONE:
		*ret = 1;
		return true;
	case ARGTYPE_CONST:
		*ret = spec->count;
		return true;
	case ARGTYPE_ARG:
		return counts(show, spec->count, ret) &&
		       is_possible(show, arg, *ret);
	case ARGTYPE_POINTED: {
		uint64_t at = show->ev->args[spec->count % EVENT_ARGS];
		if (show->ev->h.compat)
			at = (uint32_t)at;
		const void *bytes = show_memory(show, at, 4, arg->phase);
		if (bytes)
			*ret = show_number(bytes, 4);
		return bytes != NULL;
	}
	case ARGTYPE_RESULT:
		*ret = show->ev->ret > 0 ? (uint64_t)show->ev->ret : 0;
		return !show->failed;
	}
	return false;
}

void show_address(struct show *show, uint64_t address)
{
	if (address == 0)
		buf_write(show->buf, "NULL", 4);
	else
		buf_hex(show->buf, address);
}

bool show_element(struct show *show, uint64_t i, bool known)
{
	if (i)
		buf_write(show->buf, ", ", 2);
	if (known && (i < SHOW_ELEMENTS || show->options->full))
		return true;
	buf_write(show->buf, "...", 3);
	return false;
}

void show_unread(struct show *show, uint64_t address)
{
	buf_puts(show->buf, "... /* ");
	buf_hex(show->buf, address);
	buf_puts(show->buf, " */");
}

void show_value(struct show *show, enum argtype kind, uint64_t value)
{
	const struct argtype_spec spec = {.kind = (uint8_t)kind};
	const struct show_arg arg = {
		.spec = &spec, .value = value, .phase = show->phase};
	argtype_print(show, &arg);
}

void show_bytes(struct show *show, const void *bytes, size_t have,
		uint64_t size)
{
	unsigned limit = show->options->string_limit;
	size_t shown = have < limit ? have : limit;
	if (shown > size)
		shown = (size_t)size;
	show_quoted(show->buf, bytes, shown, show->options->utf8);
	if (shown < size)
		buf_write(show->buf, "...", 3);
}

void show_text(struct show *show, uint64_t address, bool whole)
{
	const struct event_chunk *chunk =
		show_chunk(show, address, EVENT_CHUNK_STRING, EVENT_AT_ENTRY);
	if (!chunk)
		chunk = show_chunk(show, address, EVENT_CHUNK_STRING,
				   EVENT_AT_EXIT);
	if (!chunk || chunk->status == EVENT_CHUNK_UNREADABLE || !address) {
		show_address(show, address);
		return;
	}
	unsigned limit = whole ? UINT32_MAX : show->options->string_limit;
	size_t shown = chunk->size < limit ? chunk->size : limit;
	show_quoted(show->buf, (const char *)(chunk + 1), shown,
		    show->options->utf8);
	if (shown < chunk->size || chunk->status == EVENT_CHUNK_CUT)
		buf_write(show->buf, "...", 3);
}

/* One element at BYTES, of which HAVE bytes are known. */
static void print_element(struct show *show, const struct show_arg *arg,
			  const void *bytes, size_t have)
{
	size_t size = argtype_size(arg->spec, show->abi);
	if (arg->spec->is_struct && size > 0) {
		structs_print(show, arg->spec->which, bytes, have);
		return;
	}
	if (size == 0 || size > 8 || size > have) {
		show_address(show, arg->value);
		return;
	}
	struct argtype_spec spec = *arg->spec;
	spec.direction = ARGTYPE_VALUE;
	const struct show_arg element = {
		.spec = &spec,
		.value = show_number(bytes, size),
		.index = arg->index,
		.phase = arg->phase,
	};
	argtype_print(show, &element);
}

static void print_elements(struct show *show, const struct show_arg *arg,
			   uint64_t count)
{
	size_t size = argtype_size(arg->spec, show->abi);
	struct show_arg element = *arg;
	buf_putc(show->buf, '[');
	for (uint64_t i = 0; i < count; i++) {
		const void *bytes = NULL;
		element.value = arg->value + i * size;
		size_t have =
			show_available(show, element.value, arg->phase, &bytes);
		if (!show_element(show, i, have >= size))
			break;
		print_element(show, &element, bytes, size);
	}
	buf_putc(show->buf, ']');
}

void show_pointed(struct show *show, const struct show_arg *arg)
{
	bool both = false;
	print_kind *print = argtype_memory_printer(arg->spec, &both);
	const void *bytes = NULL;
	uint64_t count = 0;
	if (print) {
		print(show, arg);
		return;
	}
	if (!arg->value || !show_count(show, arg, &count)) {
		show_address(show, arg->value);
		return;
	}
	size_t have =
		count ? show_available(show, arg->value, arg->phase, &bytes)
		      : 0;
	if (arg->spec->from == ARGTYPE_ONE && arg->spec->is_struct && have)
		print_element(show, arg, bytes, have);
	else if (have || !count)
		print_elements(show, arg, count);
	else
		show_address(show, arg->value);
}

static bool is_interrupted(const struct show *show)
{
	return errno_is_restart((int)show->ev->ret);
}

/* The time that was left when a signal came. */
static void print_left(struct show *show, struct show_arg *arg)
{
	arg->phase = EVENT_AT_EXIT;
	if (is_interrupted(show))
		show_pointed(show, arg);
	else
		show_address(show, arg->value);
}

/* What it led to at entry, then what it led to at exit. */
static void print_pointer(struct show *show, struct show_arg *arg)
{
	bool in = arg->spec->direction & ARGTYPE_IN;
	bool out = arg->spec->direction & ARGTYPE_OUT;
	bool got = !(arg->spec->direction & ARGTYPE_GOT) || show->ev->ret > 0;
	bool both = false;
	print_kind *print = argtype_memory_printer(arg->spec, &both);
	if (print && both) {
		print(show, arg);
		return;
	}
	if (!in && (show->failed || !got)) {
		show_address(show, arg->value);
		return;
	}
	if (in) {
		arg->phase = EVENT_AT_ENTRY;
		show_pointed(show, arg);
	}
	if (!out || (in && show->failed))
		return;
	if (in && arg->value)
		buf_write(show->buf, " => ", 4);
	if (in && !arg->value)
		return;
	arg->phase = EVENT_AT_EXIT;
	show_pointed(show, arg);
}

/* A 64-bit argument of a 32-bit caller comes in halves: the other one stands
 * beside it. */
static uint64_t joined(const struct show *show, unsigned index)
{
	uint64_t value = (uint32_t)show->ev->args[index];
	unsigned other = index + 1;
	if (other >= show->nargs || show->args[other].spec.kind != ARG_PART)
		other = index - 1; /* below 0: past the end */
	if (other >= show->nargs || show->args[other].spec.kind != ARG_PART)
		return show->args[index].spec.kind == ARG_S64
			       ? (uint64_t)(int64_t)(int32_t)value
			       : value;
	return value | show->ev->args[other] << 32;
}

static bool is_wide(const struct argtype_spec *spec)
{
	return spec->direction == ARGTYPE_VALUE &&
	       (spec->kind == ARG_S64 || spec->kind == ARG_U64 ||
		(spec->kind == ARG_SET && flags_is_wide(spec->which)));
}

uint64_t show_register(const struct show *show, unsigned index)
{
	uint64_t value = show->ev->args[index % EVENT_ARGS];
	if (!show->ev->h.compat)
		return value;
	return is_wide(&show->args[index].spec) ? joined(show, index)
						: (uint32_t)value;
}

void show_argument(struct show *show, unsigned index)
{
	struct show_arg arg = {
		.spec = &show->args[index].spec,
		.value = show_register(show, index),
		.index = index,
	};
	show->argument = index;
	if (arg.spec->direction == ARGTYPE_VALUE)
		argtype_print(show, &arg);
	else if (arg.spec->direction == ARGTYPE_LEFT)
		print_left(show, &arg);
	else
		print_pointer(show, &arg);
}
