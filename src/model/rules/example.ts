// The commented rules file that `memtop guard --example` prints.

export const EXAMPLE_RULES = `# Rules for memtop guard: what to do before the kernel kills. All times take units: 500ms, 2s, 5m, 1h.
# Check them with: memtop guard --check FILE

# Less than a quarter of the memory is available for 2 s: collect garbage in the largest Python program that has an agent
# (started with: memtop run -- python script.py), and end it only if that does not help.
[[rule]]
name = "collect first"
when = "available < 25%"       # of the machine, or of the limit memtop runs under
# cgroup = "/jobs/one"         # judge this memory cgroup instead, and act on its members only
on = "name ~ python"           # which processes may be acted on: a filter, as in the monitor
pick = "largest"               # largest, growing, newest or all
for = "2s"                     # held this long, so not a spike
# Steps from gentle to hard. A wait counts from the start of the step before; the ladder stops when the condition is gone.
do = ["collect", "wait 5s", "signal TERM", "wait 10s", "signal KILL"]
cooldown = "30s"               # at least this long from one firing to the next
at-most = "20/h"
protect = ["name = postgres"]  # never these; pid 1, kernel threads, memtop, its shell and sshd are never acted on anyway

# A leak: a worker that is large and still grows. The condition is about processes, so that no "on" is needed.
[[rule]]
name = "leaking worker"
when = "rss > 900M and growth > 5M/min and pattern = growing and name ~ worker"
for = "1m"
do = ["warn", "signal TERM", "wait 10s", "signal KILL"]
cooldown = "5m"

# Memory will run out within ten minutes: run a program. It gets its arguments as they are here, without a shell.
[[rule]]
name = "page"
when = "eta < 10m or pressure.full10 > 20%"
do = ["exec /usr/local/bin/page memory --rule {rule}"]
cooldown = "15m"
dry-run = true                 # report the decision and do nothing

# On a schedule: collect in every Node.js program with an agent, one after the other.
[[rule]]
name = "tidy up"
every = "10m"
on = "name = node"
pick = "all"
do = ["collect"]
`;
