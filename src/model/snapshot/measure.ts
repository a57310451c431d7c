// The optional measures of a process, by name: a sampler takes them only where they are needed.

/** A measure that costs a file of its own to read; `pss` stands for PSS, USS and shared memory, which are in one file. */
export type Measure = 'peak' | 'swap' | 'pss' | 'cgroup' | 'oom';
