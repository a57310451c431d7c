// The outcome of signals as text: the result comes first, since narrow screens cut the end.
import type { Signal } from '../../model/signals.ts';
import type { Delivery } from '../state/signals.ts';

/** These are sent to make a process end; others may well leave it running. */
const TO_END: ReadonlySet<string> = new Set(['TERM', 'KILL', 'INT', 'QUIT', 'ABRT']);

/** One sentence for one process, a sum for several. */
export function fateNotice(signal: Signal, deliveries: readonly Delivery[]): string {
  const [first] = deliveries;
  if (first !== undefined && deliveries.length === 1) return fateSentence(signal, first);
  return fateSum(signal, deliveries);
}

/** The result of a signal to one process. */
export function fateSentence(signal: Signal, delivery: Delivery): string {
  const { to, fate } = delivery;
  const who = `${to.name} (${to.pid})`;
  switch (fate.kind) {
    case 'gone':
      return fate.isZombie
        ? `${who} exited${soon(fate.after)} after SIG${signal.name}: a zombie until its parent reaps it`
        : `${who} exited${soon(fate.after)} after SIG${signal.name}`;
    case 'stays':
      return `${who} ${stayingText(signal, fate)}`;
    case 'went':
      return `${who} had already exited: no signal sent`;
    case 'reused':
      return `${to.pid} is another process now: ${to.name} has exited, no signal sent`;
    case 'denied':
      return notPermitted(who, to.user, fate.own);
    case 'refused':
      return `${who}: no signal sent, ${fate.reason}`;
  }
}

function stayingText({ name, standard }: Signal, fate: { after: number; state: string | undefined }): string {
  if (standard === 'stops' && fate.state === 'T') return 'stopped; send CONT to resume';
  if (standard === 'continues' && fate.state !== 'T') return 'resumed';
  if (!TO_END.has(name)) return `received SIG${name} and is running`;
  const still = `is still running ${seconds(fate.after)} after SIG${name}`;
  if (name === 'KILL')
    return `${still}: it exits when its system call returns${fate.state === 'D' ? ' (state D)' : ''}`;
  if (fate.state === 'T') return `${still}: it is stopped, send CONT. Press K again for KILL`;
  return `${still}: press K again for KILL`;
}

/** The remedy comes first (kill(2): the same user, or CAP_KILL). */
function notPermitted(who: string, user: string, own: string): string {
  if (own === 'root') return `Permission denied even for root: a security module or namespace protects ${who}`;
  if (user === '' || user === own) return `Permission denied: ${own} may not signal ${who}. Try sudo memtop`;
  return `Permission denied: ${who} belongs to ${user}. Try sudo memtop`;
}

function fateSum(signal: Signal, deliveries: readonly Delivery[]): string {
  const gone = deliveries.flatMap(({ fate }) => (fate.kind === 'gone' ? [fate.after] : []));
  const stays = deliveries.flatMap(({ fate }) => (fate.kind === 'stays' ? [fate.after] : []));
  const count = (...kinds: string[]) => deliveries.filter(({ fate }) => kinds.includes(fate.kind)).length;
  const parts: [number, string][] = [
    [gone.length, `exited ${within(Math.max(0, ...gone))}`],
    [stays.length, staySum(signal, Math.max(0, ...stays))],
    [count('denied'), `denied${isRoot(deliveries) ? '' : ' (try sudo memtop)'}`],
    [count('went', 'reused'), 'had already exited'],
    [count('refused'), 'refused'],
  ];
  const texts = parts.filter(([number]) => number > 0).map(([number, text]) => `${number} ${text}`);
  return `${signal.name} to ${deliveries.length}: ${texts.join(', ')}`;
}

function staySum({ name }: Signal, after: number): string {
  if (!TO_END.has(name)) return 'received it';
  return `still running after ${seconds(after)}${name === 'KILL' ? '' : ' (K again: KILL)'}`;
}

function isRoot(deliveries: readonly Delivery[]): boolean {
  return deliveries.some(({ fate }) => fate.kind === 'denied' && fate.own === 'root');
}

/** Shorter than this many milliseconds is reported as "at once". */
const AT_ONCE = 100;

function soon(milliseconds: number): string {
  return milliseconds < AT_ONCE ? '' : ` ${seconds(milliseconds)}`;
}

function within(milliseconds: number): string {
  return milliseconds < AT_ONCE ? 'at once' : `within ${seconds(milliseconds)}`;
}

function seconds(milliseconds: number): string {
  return milliseconds >= 2950 ? `${Math.round(milliseconds / 1000)} s` : `${(milliseconds / 1000).toFixed(1)} s`;
}
