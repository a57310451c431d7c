// What the children of a program that makes many of them have in common.
#pragma once

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

// To be called first in a child that was forked: however the parent ends, no child outlives it. Closes stdin and stdout.
static void be_child_of(pid_t parent) {
  signal(SIGTERM, SIG_DFL);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(0);
  close(0);
  close(1);
}
