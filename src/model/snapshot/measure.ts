// What a sampler can measure of a process beyond what it reads of each, by name.

/** A measure that costs a file of its own to read; `pss` stands for PSS, USS and shared memory, which are in one file. */
export type Measure = 'peak' | 'swap' | 'pss' | 'cgroup' | 'oom';
