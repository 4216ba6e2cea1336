/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The caller's stack when a call begins, by frame pointers.  Each frame is told
 * as a place in a file, so that its name can be found when the process is gone.
 *
 * The function that makes the call has no frame of its own where it is a C
 * library's, and a walk passes its caller by.  The way back to that one is then
 * among the first words on the stack: such as can be a return address are told
 * too, as guesses, between the place of the call and the frames.
 */
#pragma once

#include "fd.bpf.h"

#define STACK_WORDS   16 /* on top of the stack that are looked at */
#define STACK_GUESSES 4  /* among them that are told, at most */
#define STACK_NEAR    4  /* mappings remembered while one stack is taken */
#define STACK_CODE    8  /* bytes of code before a return address */

const volatile __u64 knob_page_size = 4096;

/* A mapping of a process. */
struct stack_map {
	u64 start;
	u64 end;
	u64 shift; /* added to an address: the offset in the file */
	u64 file;  /* id of its path; while it is looked up: struct file */
	u32 kind;  /* enum event_frame_kind */
	u32 flags;
	u64 is_code;
};

struct stack_scratch {
	u64 addresses[EVENT_FRAMES + 1];
	u64 words[STACK_WORDS];
	u8 code[STACK_CODE];
	u64 count;   /* frames in the row */
	u64 guesses; /* among them */
	u64 maps;
	struct stack_map map[STACK_NEAR];
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct stack_scratch);
} stack_scratch SEC(".maps");

static __always_inline struct stack_scratch *stack_room(void)
{
	u32 zero = 0;
	return bpf_map_lookup_elem(&stack_scratch, &zero);
}

/* bpf_find_vma() calls it; TO is on the stack. */
static long stack_note(struct task_struct *task, struct vm_area_struct *vma,
		       struct stack_map *to)
{
	(void)task; /* the calling one */
	to->start = vma->vm_start;
	to->end = vma->vm_end;
	to->shift = vma->vm_pgoff * knob_page_size - vma->vm_start;
	to->is_code = vma->vm_flags & KERNEL_VM_EXEC;
	/* As a number, which may go anywhere; 0 if it cannot be read. */
	(void)bpf_probe_read_kernel(&to->file, sizeof(to->file), &vma->vm_file);
	return 0;
}

/* Says what the mapping FOUND is of; found->file becomes an id. */
static __always_inline void stack_name(struct row *row, struct stack_map *found)
{
	u64 file_at = found->file;
	found->file = 0;
	if (file_at) {
		struct file *file = KERNEL_CAST(struct file, file_at);
		struct dentry *dentry = KERNEL_GET(file, f_path.dentry);
		found->kind = EVENT_FRAME_FILE;
		if (!KERNEL_GET(dentry, d_hash.pprev))
			found->flags = EVENT_FRAME_DELETED;
		found->file = path_id(
			&row->memo,
			file_at + bpf_core_field_offset(struct file, f_path),
			PATH_ANY_TIME);
		return;
	}
	struct task_struct *task = bpf_get_current_task_btf();
	u64 vdso = 0;
	struct mm_struct *mm = task->mm;
	if (mm)
		vdso = (u64)BPF_CORE_READ(mm, context.vdso);
	found->kind = vdso && vdso == found->start ? EVENT_FRAME_VDSO
						   : EVENT_FRAME_ANON;
	found->shift = -found->start;
}

/* The mapping of ADDRESS that is remembered: 1 + its place, or 0. */
__noinline int stack_recall(u64 address)
{
	const struct stack_scratch *s = stack_room();
	if (!s)
		return 0;
	for (u32 i = 0; i < STACK_NEAR; i++)
		if (i < s->maps && address >= s->map[i].start &&
		    address < s->map[i].end)
			return (int)i + 1;
	return 0;
}

/* Looks the mapping of ADDRESS up: 1 + its place, or 0. */
__noinline int stack_find(struct row *row, u64 address)
{
	struct stack_scratch *s = stack_room();
	if (!row || !s)
		return 0;
	struct task_struct *task = bpf_get_current_task_btf();
	struct stack_map found = {};
	long code = bpf_find_vma(task, address, stack_note, &found, 0);
	if (code && code != -KERNEL_EBUSY)
		return 0;
	u64 i = s->maps < STACK_NEAR ? s->maps : STACK_NEAR - 1;
	asm volatile("" : "+r"(i));
	i &= STACK_NEAR - 1;
	if (code) {
		found.start = address;
		found.end = address + 1;
		found.shift = 0;
		found.file = 0;
		found.is_code = 1;
		found.kind = EVENT_FRAME_BUSY;
	} else {
		stack_name(row, &found);
	}
	s->map[i] = found;
	s->maps = i + 1;
	return (int)i + 1;
}

/*
 * Adds the frame of ADDRESS; SLOT: 1 + the word of the stack that it is, or 0.
 * Returns 0 where no code is: then that was no frame, or nothing after it is.
 */
__noinline int stack_add(struct row *row, u64 address, u32 slot)
{
	struct stack_scratch *s = stack_room();
	if (!row || !s)
		return 0;
	u64 place = (u64)stack_recall(address);
	if (!place)
		place = (u64)stack_find(row, address);
	if (!place)
		return 0;
	place--;
	asm volatile("" : "+r"(place));
	const struct stack_map *map = &s->map[place & (STACK_NEAR - 1)];
	u64 count = s->count;
	asm volatile("" : "+r"(count));
	if (!map->is_code || count >= EVENT_FRAMES)
		return 0;
	struct event_frame *frame =
		(void *)&row->payload[ROW_HEAD + count * sizeof(*frame)];
	*frame = (struct event_frame){
		.address = address,
		.file = map->file,
		.offset = address + map->shift,
		.kind = (u8)map->kind,
		.flags = (u8)(map->flags | (slot ? EVENT_FRAME_GUESS : 0)),
		.slot = (u8)(slot ? slot - 1 : 0),
	};
	s->count = count + 1;
	return 1;
}

/* Whether the code that ends before ADDRESS is an instruction that calls. */
__noinline int stack_is_return(u64 address)
{
	struct stack_scratch *s = stack_room();
	const struct pt_regs___x86 *x86 = NULL;
	if (!s || address < knob_page_size)
		return 0;
	u8 *code = s->code;
	if (bpf_probe_read_user(code, STACK_CODE,
				(const void *)(address - STACK_CODE)))
		return 0;
	if (!bpf_core_field_exists(x86->orig_ax)) {
		u32 last = *(const u32 *)&code[4];
		/* bl; blr */
		return (last & 0xfc000000) == 0x94000000 ||
		       (last & 0xfffffc1f) == 0xd63f0000;
	}
	/* call rel32; call r/m64: opcode 0xff, /2 in the byte after it, by the
	 * length that this byte makes. */
	return code[3] == 0xe8 ||
	       (code[6] == 0xff && (code[7] & 0x38) == 0x10) ||
	       (code[5] == 0xff && (code[6] & 0xf8) == 0x50) ||
	       (code[4] == 0xff && code[5] == 0x54) ||
	       (code[2] == 0xff &&
		((code[3] & 0xf8) == 0x90 || code[3] == 0x15)) ||
	       (code[1] == 0xff && code[2] == 0x94);
}

/* Reads the words that may hold the way back; returns how many. */
static __always_inline u64 stack_read_words(struct stack_scratch *s,
					    const void *regs)
{
	const struct pt_regs___x86 *x86 = regs;
	if (!bpf_core_field_exists(x86->orig_ax)) {
		s->words[0] = ((const struct pt_regs___arm64 *)regs)->regs[30];
		return 1;
	}
	u64 sp = x86->sp;
	u64 bp = x86->bp;
	u64 n = STACK_WORDS;
	if (bpf_probe_read_user(s->words, sizeof(s->words), (const void *)sp)) {
		n = 1; /* the end of the stack may be near */
		if (bpf_probe_read_user(s->words, sizeof(u64),
					(const void *)sp))
			return 0;
	}
	/* What lies behind the frame pointer is told by it. */
	u64 below = bp > sp ? (bp - sp) / sizeof(u64) : n;
	return below < n ? below : n;
}

/* Adds what may be the way back to who called the function that makes the call;
 * NEXT is the return address of the first frame. */
__noinline int stack_guess(struct row *row, u64 next)
{
	struct stack_scratch *s = stack_room();
	struct task_struct *task = bpf_get_current_task_btf();
	if (!row || !s)
		return 0;
	u64 n = stack_read_words(s, (const void *)bpf_task_pt_regs(task));
	for (u32 i = 0; i < STACK_WORDS; i++) {
		if (i >= n || s->guesses >= STACK_GUESSES)
			break;
		u64 word = s->words[i];
		if (word != next && stack_is_return(word) &&
		    stack_add(row, word, i + 1))
			s->guesses++;
	}
	return 0;
}

/* Puts the caller's stack into ROW, in which nothing is yet.  Of a 32-bit
 * caller, whose C library hides more frames, none is taken. */
__noinline int stack_take(struct row *row)
{
	struct stack_scratch *s = stack_room();
	struct task_struct *task = bpf_get_current_task_btf();
	if (!row || !s || row->call.h.compat)
		return 0;
	s64 got = bpf_get_task_stack(task, s->addresses, sizeof(s->addresses),
				     BPF_F_USER_STACK);
	u64 n = got > 0 ? (u64)got / sizeof(u64) : 0;
	s->count = 0;
	s->guesses = 0;
	s->maps = 0;
	if (!n || !stack_add(row, s->addresses[0], 0))
		return 0;
	stack_guess(row, n > 1 ? s->addresses[1] : 0);
	u32 status = 0;
	for (u32 i = 1; i <= EVENT_FRAMES; i++) {
		if (i >= n)
			break;
		if (s->count >= EVENT_FRAMES)
			status = ROW_CUT;
		if (!stack_add(row, s->addresses[i], 0))
			break;
	}
	const struct pt_regs *regs = (const void *)bpf_task_pt_regs(task);
	u64 count = s->count;
	asm volatile("" : "+r"(count));
	if (count > EVENT_FRAMES)
		count = EVENT_FRAMES;
	row_close(row, 0, kernel_stack(regs),
		  count * sizeof(struct event_frame), status | ROW_STACK);
	return 0;
}
