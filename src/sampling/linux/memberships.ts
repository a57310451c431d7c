// /proc/PID/cgroup: which control groups a process is in (cgroups(7)).

/** The paths below the root of the hierarchy; absent where the process is in none of that version. */
export interface Memberships {
  /** Version 2, the line `0::/path`. */
  readonly unified?: string;
  /** Version 1, the line whose controllers have `memory` among them. */
  readonly memory?: string;
}

/** Takes the lines there are; what is no such line is passed over. A path may hold colons. */
export function parseMemberships(text: string): Memberships {
  const unified = /^0::(\/.*)$/m.exec(text)?.[1];
  const memory = /^\d+:(?:[^:\n]*,)?memory(?:,[^:\n]*)?:(\/.*)$/m.exec(text)?.[1];
  return { ...(unified !== undefined && { unified }), ...(memory !== undefined && { memory }) };
}
