// The results of attaching to a process, as sentences.
import type { SignalRefusal } from '../../model/signals.ts';
import type { TcpListener } from '../../sampling/linux/proc/net/tcp.ts';

/** The results, first of attaching, then of closing the inspector; as sentences. */
export type AttachReport =
  | { readonly kind: 'attached' }
  | { readonly kind: 'refused'; readonly sentence: string }
  /** The last one: the inspector that memtop opened is closed, or none was opened, */
  | { readonly kind: 'closed' }
  /** or it is still open, and what to do. */
  | { readonly kind: 'open'; readonly sentence: string };

/** Nothing is open: the usual end. */
export const CLOSED: AttachReport = { kind: 'closed' };

/** Why the signal that opens an inspector was not sent. */
export function reasonNotSent(refusal: SignalRefusal): string {
  switch (refusal.kind) {
    case 'reused':
      return 'its PID now belongs to another process';
    case 'went':
      return 'it has exited';
    case 'denied':
      return `permission denied to ${refusal.own}`;
    case 'refused':
      return refusal.reason;
  }
}

/** `what`: what the program has not done, as in "opened its inspector". */
export function notYet(what: string): string {
  return (
    `It has not ${what} yet: its event loop may be blocked. memtop process ${process.pid} waits for it ` +
    'and closes the inspector as soon as it opens.'
  );
}

/** What to do about an inspector that nothing could close. */
export function stillOpen(pid: number, { address, port }: TcpListener): string {
  return (
    `The inspector of process ${pid} is still open on ${address}:${port}: any user of this machine can run code in that process. ` +
    `Close it with: memtop collect --attach ${pid}`
  );
}
