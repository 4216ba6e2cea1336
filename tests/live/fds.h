/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the scenes of tests/live/fds share. */
#pragma once

/* RESULT, or the end of the program where it is negative. */
int fds_need(int result, const char *what);

/* Looks at FD, which is expected to be what the format says. */
__attribute__((format(printf, 2, 3))) void fds_expect(int fd,
						      const char *format, ...);

/* The same of a file, which /proc knows. */
void fds_look(int fd);

/* The same of one that there may not be on this machine. */
void fds_maybe(int fd);

int fds_make(const char *path);

unsigned long fds_inode(int fd);

typedef void fds_scene(void);

/* Files that are no plain ones, names that need care, links to descriptors. */
fds_scene fds_odd;

/* What has no place in the file system. */
fds_scene fds_anonymous;

/* Sockets of families and protocols that few use, and of a namespace. */
fds_scene fds_protocols, fds_network;

/* Sockets that lose their peer, or get another address. */
fds_scene fds_ends;

/* Numbers that are no descriptors, and high ones. */
fds_scene fds_wrong;

/* Descriptors in arguments and in what they point to. */
fds_scene fds_arguments;
