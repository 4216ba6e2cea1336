/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/child.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"

static struct child *start(char *const *command, struct err *err)
{
	struct child_inherit *inherit = child_inherit_new();
	struct child *child = NULL;
	int code = child_new(&child, command, inherit, false, err);
	child_inherit_free(inherit);
	return code ? NULL : child;
}

static void wait_for_end(struct child *child)
{
	siginfo_t info;
	cr_assert_eq(
		waitid(P_PID, (id_t)child_pid(child), &info, WEXITED | WNOWAIT),
		0);
	cr_assert(child_reap(child));
}

static int status_of_shell(const char *script)
{
	char *command[] = {"sh", "-c", (char *)script, NULL};
	struct err err = {0};
	struct child *child = start(command, &err);
	cr_assert(child, "%s", err.text);
	cr_assert_eq(child_go(child, &err), 0);
	wait_for_end(child);
	int status = child_exit_status(child);
	cr_assert_eq(child_exec_errno(child), 0);
	child_free(child);
	return status;
}

Test(child, ends_with_the_status_of_the_command)
{
	cr_assert_eq(status_of_shell("exit 7"), 7);
}

Test(child, ends_with_128_and_the_signal)
{
	cr_assert_eq(status_of_shell("kill -TERM $$"), 143);
}

Test(child, is_held_until_it_may_go)
{
	char *command[] = {"true", NULL};
	struct err err = {0};
	struct child *child = start(command, &err);
	cr_assert(child, "%s", err.text);
	cr_assert_not(child_reap(child));
	cr_assert_eq(child_go(child, &err), 0);
	wait_for_end(child);
	cr_assert_eq(child_exit_status(child), 0);
	child_free(child);
}

Test(child, does_not_execute_when_sctop_goes_away)
{
	char *command[] = {"true", NULL};
	struct err err = {0};
	struct child *child = start(command, &err);
	cr_assert(child, "%s", err.text);
	pid_t pid = child_pid(child);
	child_free(child);
	int status;
	cr_assert_eq(waitpid(pid, &status, 0), pid);
	cr_assert(WIFEXITED(status));
	cr_assert_eq(WEXITSTATUS(status), 125);
}

Test(child, gets_the_signal_mask_of_the_start)
{
	struct child_inherit *inherit = child_inherit_new();
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	char *command[] = {"sh", "-c",
			   "grep -q '^SigBlk:.*0$' /proc/self/status && "
			   "grep -q '^SigIgn:.*0$' /proc/self/status",
			   NULL};
	struct err err = {0};
	struct child *child = NULL;
	cr_assert_eq(child_new(&child, command, inherit, false, &err), 0);
	cr_assert_eq(child_go(child, &err), 0);
	wait_for_end(child);
	cr_assert_eq(child_exit_status(child), 0);
	child_free(child);
	child_inherit_free(inherit);
}

Test(child, in_a_terminal_of_its_own_writes_to_it)
{
	struct child_inherit *inherit = child_inherit_new();
	char *command[] = {"sh", "-c", "test -t 0 && echo terminal", NULL};
	struct err err = {0};
	struct child *child = NULL;
	cr_assert_eq(child_new(&child, command, inherit, true, &err), 0, "%s",
		     err.text);
	cr_assert_eq(child_go(child, &err), 0);
	char text[64] = "";
	cr_assert_gt(read(child_pty(child), text, sizeof(text) - 1), 0);
	cr_assert_str_eq(text, "terminal\r\n");
	wait_for_end(child);
	child_free(child);
	child_inherit_free(inherit);
}

Test(child, says_that_a_command_is_not_found)
{
	char *command[] = {"no-such-command", NULL};
	struct err err = {0};
	cr_assert_null(start(command, &err));
	cr_assert_eq(err.code, -ENOENT);
	cr_assert_str_eq(err.text,
			 "cannot start 'no-such-command': not found along "
			 "PATH; check the spelling or give its path");
}

Test(child, says_that_a_file_is_not_executable)
{
	char *command[] = {"/etc/passwd", NULL};
	struct err err = {0};
	cr_assert_null(start(command, &err));
	cr_assert_eq(err.code, -EACCES);
	cr_assert_str_eq(err.text,
			 "cannot start '/etc/passwd': it is not executable; "
			 "chmod +x makes a program of it");
}

Test(child, reports_what_execve_refuses)
{
	char path[] = "/tmp/sctop-test-child-XXXXXX";
	int fd = mkstemp(path);
	cr_assert_geq(fd, 0);
	cr_assert_eq(write(fd, "garbage", 7), 7);
	cr_assert_eq(fchmod(fd, 0755), 0);
	close(fd);
	char *command[] = {path, NULL};
	struct err err = {0};
	struct child *child = start(command, &err);
	cr_assert(child, "%s", err.text);
	cr_assert_eq(child_go(child, &err), 0);
	wait_for_end(child);
	unlink(path);
	cr_assert_eq(child_exec_errno(child), ENOEXEC);
	cr_assert_eq(child_exit_status(child), 126);
	child_free(child);
}

Test(child, finds_along_the_path_in_order)
{
	char path[64];
	cr_assert_eq(
		child_find(path, sizeof(path), "sh", "/none:/bin:/usr/bin"), 0);
	cr_assert_str_eq(path, "/bin/sh");
	cr_assert_eq(child_find(path, sizeof(path), "./sh", "/bin"), -ENOENT);
	cr_assert_eq(child_find(path, sizeof(path), "", "/bin"), -ENOENT);
	cr_assert_eq(child_find(path, sizeof(path), "passwd", "/etc"), -EACCES);
	cr_assert_eq(child_find(path, sizeof(path), "/bin", "/etc"), -EACCES);
	cr_assert_eq(child_find(path, 4, "/bin/sh", "/etc"), -ENAMETOOLONG);
}
