// What became of signals, in words: what happened first, since narrow screens cut the end.
import type { Signal } from '../model/signals.ts';
import type { Delivery } from './signals.ts';

/** These are sent to make a process end; others may well leave it running. */
const TO_END: ReadonlySet<string> = new Set(['TERM', 'KILL', 'INT', 'QUIT', 'ABRT']);

/** One sentence for one process, a sum for several. */
export function fateNotice(signal: Signal, deliveries: readonly Delivery[]): string {
  const [first] = deliveries;
  if (first !== undefined && deliveries.length === 1) return fateSentence(signal, first);
  return fateSum(signal, deliveries);
}

/** What became of a signal to one process. */
export function fateSentence(signal: Signal, delivery: Delivery): string {
  const { to, fate } = delivery;
  const who = `${to.name} (${to.pid})`;
  switch (fate.kind) {
    case 'gone':
      return fate.isZombie
        ? `${who} ended ${soon(fate.after)} after ${signal.name}: a zombie until its parent takes note`
        : `${who} is gone, ${soon(fate.after)} after ${signal.name}`;
    case 'stays':
      return `${who} ${stayingText(signal, fate)}`;
    case 'went':
      return `${who} had ended already: no signal was sent`;
    case 'reused':
      return `${to.pid} is another process now: ${to.name} has ended, no signal was sent`;
    case 'denied':
      return notPermitted(who, to.user, fate.own);
    case 'refused':
      return `${who}: no signal was sent, ${fate.reason}`;
  }
}

function stayingText({ name, standard }: Signal, fate: { after: number; state: string | undefined }): string {
  if (standard === 'stops' && fate.state === 'T') return 'stands still now: CONT lets it go on';
  if (standard === 'continues' && fate.state !== 'T') return 'goes on';
  if (!TO_END.has(name)) return `has been sent ${name}, and runs`;
  const still = `is still there ${seconds(fate.after)} after ${name}`;
  if (name === 'KILL') return `${still}: ends when the kernel lets go of it${fate.state === 'D' ? ' (state D)' : ''}`;
  if (fate.state === 'T') return `${still}: it is stopped, CONT lets it hear. K again offers KILL`;
  return `${still}: K again offers KILL`;
}

/** What would permit it stands first (kill(2): the same user, or CAP_KILL). */
function notPermitted(who: string, user: string, own: string): string {
  if (own === 'root') return `not permitted even to root: a security module or a namespace keeps ${who}`;
  if (user === '' || user === own) return `not permitted (sudo memtop may): ${who} is out of reach for ${own}`;
  const others = user === 'root' ? 'CAP_KILL may too' : `${user} may too, or CAP_KILL`;
  return `not permitted (sudo memtop may): ${who} is ${user}'s, you are ${own}; ${others}`;
}

function fateSum(signal: Signal, deliveries: readonly Delivery[]): string {
  const gone = deliveries.flatMap(({ fate }) => (fate.kind === 'gone' ? [fate.after] : []));
  const stays = deliveries.flatMap(({ fate }) => (fate.kind === 'stays' ? [fate.after] : []));
  const count = (...kinds: string[]) => deliveries.filter(({ fate }) => kinds.includes(fate.kind)).length;
  const parts: [number, string][] = [
    [gone.length, `gone ${within(Math.max(0, ...gone))}`],
    [stays.length, staySum(signal, Math.max(0, ...stays))],
    [count('denied'), `not permitted${isRoot(deliveries) ? '' : ' (sudo memtop)'}`],
    [count('went', 'reused'), 'had ended already'],
    [count('refused'), 'refused'],
  ];
  const told = parts.filter(([number]) => number > 0).map(([number, text]) => `${number} ${text}`);
  return `${signal.name} to ${deliveries.length}: ${told.join(', ')}`;
}

function staySum({ name }: Signal, after: number): string {
  if (!TO_END.has(name)) return 'got it';
  return `still there after ${seconds(after)}${name === 'KILL' ? '' : ' (K again: KILL)'}`;
}

function isRoot(deliveries: readonly Delivery[]): boolean {
  return deliveries.some(({ fate }) => fate.kind === 'denied' && fate.own === 'root');
}

/** Below this many milliseconds there is nothing to tell but "at once". */
const AT_ONCE = 100;

function soon(milliseconds: number): string {
  return milliseconds < AT_ONCE ? 'right' : seconds(milliseconds);
}

function within(milliseconds: number): string {
  return milliseconds < AT_ONCE ? 'at once' : `within ${seconds(milliseconds)}`;
}

function seconds(milliseconds: number): string {
  return milliseconds >= 2950 ? `${Math.round(milliseconds / 1000)} s` : `${(milliseconds / 1000).toFixed(1)} s`;
}
