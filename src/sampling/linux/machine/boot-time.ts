// /proc/stat and /proc/uptime: when the machine was booted (proc_stat(5), proc_uptime(5)).

/** `btime` of /proc/stat, in milliseconds since the epoch. */
export function parseBootTime(text: string): number | undefined {
  const seconds = /^btime (\d{1,12})$/m.exec(text)?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

/** The first number of /proc/uptime, in milliseconds. */
export function parseUptime(text: string): number | undefined {
  const seconds = /^(\d{1,12}(?:\.\d+)?) /.exec(text)?.[1];
  return seconds === undefined ? undefined : Math.round(Number(seconds) * 1000);
}
