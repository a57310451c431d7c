// What processes can be put together by.

export const GROUPINGS = ['name', 'user', 'cgroup'] as const;
export type Grouping = (typeof GROUPINGS)[number];
