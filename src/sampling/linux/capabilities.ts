// What of root's power a process has: CapEff of /proc/PID/status (capabilities(7)).

/** Bits of the ones that decide what can be read of other processes and of the kernel's log. */
export const CAPABILITIES = { CAP_KILL: 5, CAP_SYS_PTRACE: 19, CAP_SYSLOG: 34 } as const;

export type Capability = keyof typeof CAPABILITIES;

/** Whether it is among the effective ones; undefined when the text does not tell. */
export function hasCapability(status: string, capability: Capability): boolean | undefined {
  const digits = /^CapEff:\s+([0-9a-f]{1,32})$/m.exec(status)?.[1];
  return digits === undefined ? undefined : ((BigInt(`0x${digits}`) >> BigInt(CAPABILITIES[capability])) & 1n) === 1n;
}
