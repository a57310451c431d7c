// The letter of a process's state in words (proc_pid_stat(5), field 3).

const WORDS: Readonly<Record<string, string>> = {
  R: 'running, or ready to run',
  S: 'sleeping until something happens',
  D: 'waiting for a device, and cannot be interrupted',
  T: 'stopped by a signal',
  t: 'stopped by a debugger',
  Z: 'ended, and its parent has not yet asked how (zombie)',
  I: 'idle thread of the kernel',
  X: 'dead',
};

/** What the letter means; the letter itself where nobody knows. */
export function stateInWords(letter: string): string {
  const words = WORDS[letter];
  return words === undefined ? letter : `${letter}, ${words}`;
}
