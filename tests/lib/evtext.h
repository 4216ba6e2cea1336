/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Events as text, for tests: one event per line, a kind and KEY=VALUE words.
 *
 *   # a comment
 *   tick  t=1s wall=1732147200s seen=9 filtered=1 sent=8 unpaired=0
 *         bpf_ns=0 bpf_runs=0 cpu=3ms                      (on one line)
 *   task  t=0 pid=7 start=5ms comm=cat uid=0 gid=0 euid=0 ppid=1 pstart=1
 *         cgroup=4 cmdline="cat\0/etc/passwd" leader kernel
 *   fork, exec, rename, cred: the same words; exit: and status=0 dead;
 *         exec and exit: row, and of an exec status= the caller's TID
 *   signal pid=7 tid=8 uid=0 gid=0 comm=cat action=0
 *         info=10,0,0,0,7,0  (the words of its siginfo_t; sets sig=, too)
 *   call  t=1000 dur=812 pid=7 tid=8 uid=0 gid=0 comm=cat nr=257
 *         args=0xffffff9c,0x7f00,0,0 text1="/etc/passwd" ret=3
 *         (cut1="..." or unreadable1 instead of text1; noresult, cut, compat,
 * meant=9) Memory: in1="..." at entry, out1="..." at exit, of another address
 *         in1@0x7f00="..."; newtext1= (at exit), count1=, cutcount1=,
 *         newcount1=, fd1=, newfd1=: such chunks.  Instead of text, numbers:
 * in1=4:1,0x2,8:3 is two of four bytes and one of eight. args= must come first.
 *   blocked: the words of call, and found; ret= is the thread's row
 *   blockedend t=2s (what came since the one before is in progress)
 *   stat  nr=0 calls=5 errors=1 restarted=0 time=5us max=2us bytes=0
 *         hist=9:4,10:1
 *   count pid=7 start=5ms nr=0 calls=5 ...   (pid=0 start=0: other)
 *   error pid=7 start=5ms nr=257 code=2 count=3 (the same)
 *   file  id=7 path="/etc/passwd"
 *   traced call=openat value=1     (2: with stacks; without call: every call)
 *   number call=frobnicate value=490
 *   every kind: host=1 (of several)
 *   lost  nr=0 cause=ring count=3  (state, budget; without nr: none)
 *
 * Numbers may be hexadecimal, negative, or carry ns, us, ms or s.  Text may be
 * quoted, with \" \\ \n \t \e \0 and \xHH.  Defaults: t: that of the line
 * before; tid: pid; start: pid ms; everything else 0 or empty.
 */
#pragma once

#include "bpf/event.h"

#include <stddef.h>
#include <stdint.h>

typedef void evtext_put(void *self, const struct event *ev);

/* Hands the events of TEXT to PUT.  0, or the number of the line that cannot be
 * understood. */
int evtext_feed(const char *text, evtext_put *put, void *self);

/* The same of tests/data/NAME under $srcdir; -1: cannot be read. */
int evtext_feed_file(const char *name, evtext_put *put, void *self);
