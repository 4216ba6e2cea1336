/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Mappings, and what is asked about pages. */
#include "config.h"

#include "calls.h"

#include <fcntl.h>
#include <linux/mempolicy.h>
#include <linux/userfaultfd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>

#define PAGE 4096

static void test_mmap(struct calls *c, int fd)
{
	CALL_HEX(
		c, mmap,
		(NULL, 3 * PAGE, PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
		"NULL, 12288, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, "
		"-1, 0");
	void *fixed = (void *)c->result;
	CALL_HEX(c, mmap,
		 (fixed, PAGE, PROT_NONE,
		  MAP_SHARED | MAP_FIXED | MAP_NORESERVE | MAP_POPULATE, fd,
		  PAGE),
		 "%p, 4096, PROT_NONE, MAP_SHARED|MAP_FIXED|MAP_NORESERVE|"
		 "MAP_POPULATE, %d, 0x1000",
		 fixed, fd);
	CALL_HEX(c, mmap,
		 (0x1234, PAGE, PROT_EXEC | 0x40, MAP_SHARED_VALIDATE, fd, 0),
		 "0x1234, 4096, PROT_EXEC|0x40, MAP_SHARED_VALIDATE, %d, 0",
		 fd);
	CALL_HEX(c, mmap,
		 (NULL, PAGE, 0x40,
		  MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK | MAP_GROWSDOWN, -1,
		  0),
		 "NULL, 4096, 0x40 /* PROT_??? */, "
		 "MAP_PRIVATE|MAP_ANONYMOUS|MAP_GROWSDOWN|MAP_STACK, -1, 0");
	CALL_HEX(c, mmap, (NULL, 0, PROT_READ, MAP_PRIVATE, -1, 0),
		 "NULL, 0, PROT_READ, MAP_PRIVATE, -1, 0");
	CALL_HEX(c, mmap, (NULL, PAGE, PROT_READ, 0x10000000, 5, 1),
		 "NULL, 4096, PROT_READ, MAP_FILE|4<<MAP_HUGE_SHIFT, 5, 0x1");
	CALL_HEX(c, mmap,
		 (NULL, PAGE, PROT_READ,
		  MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB | 21 << 26, -1, 0),
		 "NULL, 4096, PROT_READ, "
		 "MAP_PRIVATE|MAP_ANONYMOUS|MAP_HUGETLB|21<<MAP_HUGE_SHIFT, "
		 "-1, 0");
	CALL(c, mprotect, (fixed, PAGE, PROT_READ | PROT_WRITE),
	     "%p, 4096, PROT_READ|PROT_WRITE", fixed);
	CALL(c, mprotect, (1, PAGE, PROT_GROWSDOWN | PROT_READ),
	     "0x1, 4096, PROT_READ|PROT_GROWSDOWN");
	CALL(c, mprotect, (NULL, 0, 0), "NULL, 0, PROT_NONE");
	CALL(c, msync, (fixed, PAGE, MS_SYNC | MS_INVALIDATE),
	     "%p, 4096, MS_SYNC|MS_INVALIDATE", fixed);
	CALL(c, msync, (fixed, PAGE, 0x40), "%p, 4096, 0x40 /* MS_??? */",
	     fixed);
	CALL_HEX(c, mremap, (fixed, PAGE, 2 * PAGE, MREMAP_MAYMOVE),
		 "%p, 4096, 8192, MREMAP_MAYMOVE", fixed);
	void *moved = (void *)c->result;
	CALL_HEX(c, mremap,
		 (moved, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, fixed),
		 "%p, 4096, 4096, MREMAP_MAYMOVE|MREMAP_FIXED, %p", moved,
		 fixed);
	CALL_HEX(c, mremap, (NULL, 0, 0, 0x40),
		 "NULL, 0, 0, 0x40 /* MREMAP_??? */");
	CALL(c, remap_file_pages, (fixed, PAGE, 0, 1, MAP_NONBLOCK),
	     "%p, 4096, PROT_NONE, 1, MAP_FILE|MAP_NONBLOCK", fixed);
	CALL(c, munmap, (fixed, PAGE), "%p, 4096", fixed);
	CALL(c, munmap, (1, 0), "0x1, 0");
	CALL_HEX(c, brk, (NULL), "NULL");
	CALL_HEX(c, brk, (0x10), "0x10");
}

static void test_advice(struct calls *c, char *pages)
{
	unsigned char vec[3];
	memset(pages, 1, 3 * PAGE);
	CALL(c, madvise, (pages, PAGE, MADV_WILLNEED),
	     "%p, 4096, MADV_WILLNEED", (void *)pages);
	CALL(c, madvise, (pages, PAGE, MADV_FREE), "%p, 4096, MADV_FREE",
	     (void *)pages);
	CALL(c, madvise, (pages, PAGE, 0x999), "%p, 4096, 0x999 /* MADV_??? */",
	     (void *)pages);
	CALL(c, mincore, (pages, 3 * PAGE, vec), "%p, 12288, [1, 1, 1]",
	     (void *)pages);
	CALL(c, mincore, (pages + 1, PAGE, vec), "%p, 4096, %p",
	     (void *)(pages + 1), (void *)vec);
	CALL(c, mincore, (pages, PAGE, NULL), "%p, 4096, NULL", (void *)pages);
	CALL(c, mlock, (pages, PAGE), "%p, 4096", (void *)pages);
	CALL(c, mlock, (NULL, PAGE), "NULL, 4096");
	CALL(c, munlock, (pages, PAGE), "%p, 4096", (void *)pages);
	CALL(c, mlock2, (pages, PAGE, MLOCK_ONFAULT), "%p, 4096, MLOCK_ONFAULT",
	     (void *)pages);
	CALL(c, mlock2, (pages, PAGE, 0x10), "%p, 4096, 0x10 /* MLOCK_??? */",
	     (void *)pages);
	CALL(c, mlockall, (MCL_ONFAULT), "MCL_ONFAULT");
	CALL(c, mlockall, (MCL_CURRENT | MCL_FUTURE | 0x40),
	     "MCL_CURRENT|MCL_FUTURE|0x40");
	CALL_BARE(c, munlockall);
}

static void test_keys(struct calls *c, char *pages)
{
	CALL(c, pkey_alloc, (0, 1), "0, PKEY_DISABLE_ACCESS");
	long key = c->result;
	CALL(c, pkey_alloc, (5, 0x10), "0x5, 0x10 /* PKEY_??? */");
	CALL(c, pkey_mprotect, (pages, PAGE, PROT_READ, -1),
	     "%p, 4096, PROT_READ, -1", (void *)pages);
	CALL(c, pkey_mprotect, (pages, PAGE, PROT_READ, 15),
	     "%p, 4096, PROT_READ, 15", (void *)pages);
	CALL(c, pkey_free, (key), "%d", (int)key);
	CALL(c, pkey_free, (77), "77");
}

static const char *words_text(struct calls *c, const unsigned long *words,
			      size_t n)
{
	const char *text = "";
	for (size_t i = 0; i < n; i++)
		text = calls_text(c, "%s%s%#016lx", text, *text ? ", " : "",
				  words[i]);
	return calls_text(c, "[%s]", text);
}

/* Nodes 0 and 70 in words of 64 bits. */
static void test_nodes(struct calls *c, char *pages)
{
	unsigned long nodes[2] = {1, 1 << 6}, got[16] = {0};
	int mode = -1, status = 5, node = 0;
	void *place = pages;
	CALL(c, set_mempolicy, (MPOL_DEFAULT, NULL, 0),
	     "MPOL_DEFAULT, NULL, 0");
	CALL(c, set_mempolicy, (MPOL_BIND | MPOL_F_STATIC_NODES, nodes, 128),
	     "MPOL_BIND|MPOL_F_STATIC_NODES, [%#016lx, %#016lx], 128", nodes[0],
	     nodes[1]);
	CALL(c, set_mempolicy, (77, c->bad, 64), "0x4d /* MPOL_??? */, %p, 64",
	     (void *)c->bad);
	CALL(c, set_mempolicy, (MPOL_DEFAULT, NULL, 0),
	     "MPOL_DEFAULT, NULL, 0");
	CALL(c, get_mempolicy, (&mode, got, 1024, NULL, 0),
	     "%s, %s, 1024, NULL, 0", calls_out(c, &mode, "[MPOL_DEFAULT]"),
	     calls_out(c, got, words_text(c, got, 16)));
	CALL(c, get_mempolicy,
	     (&mode, NULL, 0, pages, MPOL_F_NODE | MPOL_F_ADDR),
	     "%s, NULL, 0, %p, MPOL_F_NODE|MPOL_F_ADDR",
	     calls_out(c, &mode, "[MPOL_DEFAULT]"), (void *)pages);
	CALL(c, get_mempolicy, (NULL, c->bad, 64, NULL, 0x40),
	     "NULL, %p, 64, NULL, 0x40 /* MPOL_??? */", (void *)c->bad);
	CALL(c, mbind, (pages, PAGE, MPOL_PREFERRED, nodes, 64, MPOL_MF_STRICT),
	     "%p, 4096, MPOL_PREFERRED, [%#016lx], 64, MPOL_MF_STRICT",
	     (void *)pages, nodes[0]);
	CALL(c, mbind, (pages, PAGE, 0, NULL, 0, 0x40),
	     "%p, 4096, MPOL_DEFAULT, NULL, 0, 0x40 /* MPOL_??? */",
	     (void *)pages);
	CALL(c, migrate_pages, (0, 64, nodes, nodes),
	     "0, 64, [%#016lx], [%#016lx]", nodes[0], nodes[0]);
	CALL(c, migrate_pages, (-1, 0, NULL, NULL), "-1, 0, NULL, NULL");
	CALL(c, move_pages, (0, 1, &place, NULL, &status, 0),
	     "0, 1, [%p], NULL, %s, 0", place,
	     calls_out(c, &status, calls_text(c, "[%d]", status)));
	CALL(c, move_pages, (0, 1, &place, &node, &status, MPOL_MF_MOVE),
	     "0, 1, [%p], [0], %s, MPOL_MF_MOVE", place,
	     calls_out(c, &status, calls_text(c, "[%d]", status)));
	CALL(c, move_pages, (-1, 2, c->bad, NULL, NULL, 0x80),
	     "-1, 2, %p, NULL, NULL, 0x80 /* MPOL_??? */", (void *)c->bad);
	CALL(c, set_mempolicy_home_node, (pages, PAGE, 0, 0), "%p, 4096, 0, 0",
	     (void *)pages);
	CALL(c, set_mempolicy_home_node, (1, 5, 77, 5), "0x1, 5, 77, 0x5");
}

static void test_foreign(struct calls *c, char *pages)
{
	char buf[8];
	struct iovec here = {buf, 5}, there = {pages, 5}, bad = {c->bad, 5};
	memcpy(pages, "hello", 6);
	CALL(c, process_vm_readv, (getpid(), &here, 1, &there, 1, 0),
	     "%d, [{iov_base=\"hello\", iov_len=5}], 1, [{iov_base=%p, "
	     "iov_len=5}], 1, 0",
	     getpid(), (void *)pages);
	CALL(c, process_vm_writev, (getpid(), &here, 1, &there, 1, 0),
	     "%d, [{iov_base=\"hello\", iov_len=5}], 1, [{iov_base=%p, "
	     "iov_len=5}], 1, 0",
	     getpid(), (void *)pages);
	CALL(c, process_vm_readv, (getpid(), &here, 1, &bad, 1, 0),
	     "%d, [{iov_base=%p, iov_len=5}], 1, [{iov_base=%p, iov_len=5}], "
	     "1, "
	     "0",
	     getpid(), (void *)buf, (void *)c->bad);
	CALL(c, process_vm_writev, (-1, NULL, 0, c->bad, 1, 5),
	     "-1, NULL, 0, %p, 1, 5", (void *)c->bad);
	int self = (int)syscall(SYS_pidfd_open, getpid(), 0);
	CALL(c, process_madvise, (self, &there, 1, MADV_COLD, 0),
	     "%d, [{iov_base=%p, iov_len=5}], 1, MADV_COLD, 0", self,
	     (void *)pages);
	CALL(c, process_madvise, (-1, NULL, 1, MADV_PAGEOUT, 5),
	     "-1, NULL, 1, MADV_PAGEOUT, 0x5");
	CALL(c, process_mrelease, (self, 5), "%d, 0x5", self);
	CALL(c, process_mrelease, (-1, 0), "-1, 0");
}

static void test_descriptors(struct calls *c)
{
	CALL(c, memfd_create, ("name", MFD_CLOEXEC | MFD_ALLOW_SEALING),
	     "\"name\", MFD_CLOEXEC|MFD_ALLOW_SEALING");
	CALL(c, memfd_create, ("", MFD_HUGETLB | 21U << 26 | 0x100),
	     "\"\", MFD_HUGETLB|0x100|21<<MFD_HUGE_SHIFT");
	CALL(c, memfd_create, (NULL, 0), "NULL, 0");
	CALL(c, memfd_secret, (O_CLOEXEC), "O_CLOEXEC");
	CALL(c, memfd_secret, (0x5), "0x5");
	CALL(c, userfaultfd, (O_CLOEXEC | O_NONBLOCK), "O_NONBLOCK|O_CLOEXEC");
	CALL(c, userfaultfd, (UFFD_USER_MODE_ONLY), "UFFD_USER_MODE_ONLY");
	CALL(c, userfaultfd, (0x1000), "0x1000 /* UFFD_??? */");
}

void calls_memory(struct calls *c)
{
	int fd = open("file", O_RDWR | O_CREAT, 0600);
	CALLS_NEED(c, !ftruncate(fd, 4L * PAGE));
	char *pages = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	test_mmap(c, fd);
	test_advice(c, pages);
	test_nodes(c, pages);
	test_foreign(c, pages);
	test_descriptors(c);
	test_keys(c, pages);
}
