// Agents to ask: `agents COUNT FOLDER` makes N processes, each listening at FOLDER/PID.sock and speaking as much of
// docs/agent-protocol.md as a client needs for hello and stats. Real ones would need a runtime each, and gigabytes.
// Answers each line on stdin with the number of those that listen, and ends them when that closes or it gets SIGTERM.

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"

static volatile sig_atomic_t ended = 0;

static void end(int signal) {
  (void)signal;
  ended = 1;
}

// Field 22 of proc_pid_stat(5); the name before it is ours and holds neither spaces nor parentheses.
static unsigned long long start_time(void) {
  unsigned long long time = 0;
  FILE *file = fopen("/proc/self/stat", "r");
  if (file == NULL) return 0;
  for (int field = 1; field < 22; field++)
    if (fscanf(file, "%*s") == EOF) break;
  if (fscanf(file, "%llu", &time) != 1) time = 0;
  fclose(file);
  return time;
}

static int answer(int client, const char *line, unsigned long long start) {
  static const char hello[] =
      "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"protocol\":1,\"agent\":\"0.0.0\",\"runtime\":\"node\","
      "\"version\":\"22.0.0\",\"pid\":%d,\"ppid\":%d,\"start\":%llu,\"title\":\"agents\",\"capabilities\":[]}}\n";
  static const char stats[] =
      "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"rss\":62914560,\"heapUsed\":20971520,\"heapTotal\":31457280,"
      "\"heapLimit\":4345298944,\"external\":2097152,\"arrayBuffers\":16384,\"uptime\":61234.5}}\n";
  char reply[512], id[24] = "";
  const char *found = strstr(line, "\"id\":");
  if (found == NULL || sscanf(found, "\"id\":%20[0-9]", id) != 1) return -1;
  int length = strstr(line, "\"method\":\"hello\"") != NULL
                   ? snprintf(reply, sizeof reply, hello, id, (int)getpid(), (int)getppid(), start)
                   : snprintf(reply, sizeof reply, stats, id);
  return write(client, reply, (size_t)length) == length ? 0 : -1;
}

// One client at a time, line by line.
static void serve(int client, unsigned long long start) {
  char bytes[4096];
  size_t held = 0;
  for (;;) {
    ssize_t got = read(client, bytes + held, sizeof bytes - 1 - held);
    if (got <= 0) return;
    held += (size_t)got;
    bytes[held] = '\0';
    char *line = bytes;
    for (char *newline; (newline = strchr(line, '\n')) != NULL; line = newline + 1) {
      *newline = '\0';
      if (answer(client, line, start) < 0) return;
    }
    held -= (size_t)(line - bytes);
    memmove(bytes, line, held);
  }
}

static void be_agent(const char *folder, int listening) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  int length = snprintf(address.sun_path, sizeof address.sun_path, "%s/%d.sock", folder, (int)getpid());
  int server = socket(AF_UNIX, SOCK_STREAM, 0);
  if (length >= (int)sizeof address.sun_path || server < 0) _exit(1);
  if (bind(server, (struct sockaddr *)&address, sizeof address) < 0 || listen(server, 16) < 0) _exit(1);
  chmod(address.sun_path, 0600);
  if (write(listening, "", 1) != 1) _exit(1);
  close(listening);
  unsigned long long start = start_time();
  for (int client; (client = accept(server, NULL, NULL)) >= 0;) {
    serve(client, start);
    close(client);
  }
  _exit(0);
}

static pid_t make_one(pid_t parent, const char *folder, const int listening[2]) {
  pid_t child = fork();
  if (child != 0) return child;
  be_child_of(parent);
  close(listening[0]);
  be_agent(folder, listening[1]);
  return 0;
}

// Each tells by one byte that it listens; the pipe ends when all have, or have ended.
static int count_bytes(int pipe) {
  char bytes[256];
  int count = 0;
  for (;;) {
    ssize_t got = read(pipe, bytes, sizeof bytes);
    if (got > 0) count += (int)got;
    else if (got == 0 || errno != EINTR || ended) return count;
  }
}

static void answer_lines(int count) {
  struct pollfd input = {.fd = 0, .events = POLLIN};
  char bytes[64];
  while (!ended) {
    if (poll(&input, 1, -1) < 0 && errno != EINTR) return;
    if (input.revents == 0) continue;
    ssize_t got = read(0, bytes, sizeof bytes);
    if (got <= 0) return;
    for (ssize_t at = 0; at < got; at++)
      if (bytes[at] == '\n') printf("%d\n", count);
    fflush(stdout);
  }
}

int main(int argc, char **argv) {
  int count = argc > 2 ? atoi(argv[1]) : 0;
  pid_t *children = calloc((size_t)count + 1, sizeof *children);
  pid_t parent = getpid();
  int listening[2];
  if (children == NULL || pipe(listening) < 0) return 1;
  struct sigaction action = {.sa_handler = end};
  sigaction(SIGTERM, &action, NULL);
  int made = 0;
  while (made < count && !ended && (children[made] = make_one(parent, argv[2], listening)) > 0) made++;
  close(listening[1]);
  answer_lines(count_bytes(listening[0]));
  for (int at = 0; at < made; at++) kill(children[at], SIGKILL);
  for (int at = 0; at < made; at++) waitpid(children[at], NULL, 0);
  return 0;
}
