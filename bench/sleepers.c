// Processes to look at: `sleepers ASLEEP RESTLESS` makes N that only sleep and N whose memory moves.
// Says READY when all are there, and ends them when its stdin closes or it gets SIGTERM.

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "child.h"

static volatile sig_atomic_t ended = 0;

static void end(int signal) {
  (void)signal;
  ended = 1;
}

// Behaves like a program with a garbage collector: its memory grows little by little, and half of it is given back at
// times. No two are alike in size and pace.
static void be_restless(size_t number) {
  const size_t mebibyte = 1 << 20;
  const size_t size = (number + 2) * mebibyte;
  const size_t step = 4096 * (number + 1);
  const struct timespec rest = {0, 200 * 1000 * 1000};
  char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) _exit(1);
  for (size_t used = 0;; used += step) {
    if (used + step > size) {
      used = size / 2;
      madvise(memory + used, size - used, MADV_DONTNEED);
    }
    for (size_t at = used; at < used + step; at += 4096) memory[at] = 1;
    nanosleep(&rest, NULL);
  }
}

static pid_t make_one(pid_t parent, int number) {
  pid_t child = fork();
  if (child != 0) return child;
  be_child_of(parent);
  if (number >= 0) be_restless((size_t)number);
  for (;;) pause();
}

int main(int argc, char **argv) {
  int asleep = argc > 1 ? atoi(argv[1]) : 0;
  int count = asleep + (argc > 2 ? atoi(argv[2]) : 0);
  pid_t *children = calloc((size_t)count + 1, sizeof *children);
  pid_t parent = getpid();
  if (children == NULL) return 1;
  struct sigaction action = {.sa_handler = end};
  sigaction(SIGTERM, &action, NULL);
  int made = 0;
  while (made < count && !ended) {
    children[made] = make_one(parent, made - asleep);
    if (children[made] < 0) break;
    made++;
  }
  if (made == count) printf("READY\n");
  else printf("only %d processes could be made\n", made);
  fflush(stdout);
  struct pollfd input = {.fd = 0, .events = POLLIN};
  char bytes[64];
  while (!ended) {
    if (poll(&input, 1, -1) < 0 && errno != EINTR) break;
    if (input.revents != 0 && read(0, bytes, sizeof bytes) <= 0) break;
  }
  for (int at = 0; at < made; at++) kill(children[at], SIGKILL);
  for (int at = 0; at < made; at++) waitpid(children[at], NULL, 0);
  return 0;
}
