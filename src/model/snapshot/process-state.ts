// The state letter of a process as text (proc_pid_stat(5), field 3).

const WORDS: Readonly<Record<string, string>> = {
  R: 'running or runnable',
  S: 'sleeping',
  D: 'uninterruptible sleep (I/O)',
  T: 'stopped by a signal',
  t: 'stopped by a debugger',
  Z: 'zombie (not reaped by its parent)',
  I: 'idle kernel thread',
  X: 'dead',
};

/** The meaning of the letter; an unknown letter unchanged. */
export function stateInWords(letter: string): string {
  const words = WORDS[letter];
  return words === undefined ? letter : `${letter}, ${words}`;
}

/** Whether a process has ended: a zombie has no memory and no command any more. */
export function hasExited(letter: string): boolean {
  return letter === 'Z' || letter === 'X';
}
