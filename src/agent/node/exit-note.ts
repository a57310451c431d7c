// Leaves a note for `memtop run` when the program exits: its peak, its collections and, where requested, a last collection.
import { type ExitNote, LAST_COLLECT_VARIABLE, NOTES_VARIABLE, type NotedMemory } from '../protocol/exit-note.ts';
import type { GcTallies } from '../protocol/protocol.ts';
import { collectAtExit } from './collecting/last-collect.ts';
import type { Program } from './program.ts';
import { startInterval, stopInterval } from './runtime/time.ts';

/** Milliseconds between two notes of a running program, which may be killed at any time. */
const NOTE_EVERY = 1000;
/** Collections in a second from which on counting them would cost the program too much. */
const MOST_A_SECOND = 400;

/** Does nothing in a program that is not followed. Never throws, keeps nothing alive. */
export function leaveNotes(program: Program): void {
  const folder = process.env[NOTES_VARIABLE];
  if (folder?.startsWith('/') !== true) return;
  try {
    new NoteWriter(program, `${folder}/${process.pid}.json`).begin(process.env[LAST_COLLECT_VARIABLE] === '1');
  } catch {
    // Without a note the program runs as well.
  }
}

class NoteWriter {
  readonly #program: Program;
  readonly #path: string;
  /** Taken now: the program may replace what is in there. */
  readonly #fs = { ...(require('node:fs') as typeof import('node:fs')) };
  #noted = 0;
  #counts = true;

  constructor(program: Program, path: string) {
    this.#program = program;
    this.#path = path;
  }

  begin(collects: boolean): void {
    const { gcWatch } = this.#program;
    const listener = gcWatch.listen();
    const timer = startInterval(() => {
      const count = countOf(gcWatch.totals().gc);
      if (count - this.#noted > MOST_A_SECOND) {
        this.#counts = false;
        listener.stop();
        stopInterval(timer);
      }
      if (count !== this.#noted) this.#write({});
      this.#noted = count;
    }, NOTE_EVERY).unref();
    process.on('exit', () => this.#end(collects));
  }

  #end(collects: boolean): void {
    try {
      const memory = this.#memory();
      this.#program.gcWatch.catchUp();
      const known = memory === undefined ? {} : { memory };
      const gc = this.#program.gcWatch.totals().gc;
      this.#write(known, gc);
      if (!collects) return;
      const collect = collectAtExit(() => this.#program.stats());
      const memoryAfter = this.#memory();
      if (collect === undefined) return;
      this.#write({ ...known, collect, ...(memoryAfter && { memoryAfter }) }, gc);
    } catch {
      // The program exits as it would.
    }
  }

  #write(note: Partial<ExitNote>, gc = this.#program.gcWatch.totals().gc): void {
    const { O_CREAT, O_NOFOLLOW, O_TRUNC, O_WRONLY } = this.#fs.constants;
    const start = this.#start();
    const whole: ExitNote = {
      runtime: 'node',
      ...(start !== undefined && { start }),
      ...(this.#counts && gc !== undefined && hasTurned() && { gc }),
      ...note,
    };
    try {
      const flag = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW;
      this.#fs.writeFileSync(this.#path, JSON.stringify(whole), { mode: 0o600, flag } as never);
    } catch {
      // The folder is gone, or the program may not write there.
    }
  }

  #memory(): NotedMemory | undefined {
    const status = this.#read('status');
    const size = (label: string) => {
      const kilobytes = new RegExp(`^${label}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
      return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
    };
    const [rss, peak, anonymous, swap = 0] = ['VmRSS', 'VmHWM', 'RssAnon', 'VmSwap'].map(size);
    if (rss === undefined) return undefined;
    return {
      rss,
      ...(peak !== undefined && { peak }),
      ...(anonymous !== undefined && { anonymous: anonymous + swap }),
    };
  }

  #start(): number | undefined {
    const stat = this.#read('stat');
    const ticks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[22 - 3]);
    return Number.isSafeInteger(ticks) ? ticks : undefined;
  }

  #read(name: string): string {
    try {
      return this.#fs.readFileSync(`/proc/self/${name}`, 'latin1');
    } catch {
      return '';
    }
  }
}

/** Whether the event loop has run: before that no collection is reported, however many there were. */
function hasTurned(): boolean {
  const { performance } = require('node:perf_hooks') as typeof import('node:perf_hooks');
  return performance.nodeTiming.loopStart >= 0;
}

function countOf(gc: GcTallies | undefined): number {
  return Object.values(gc ?? {}).reduce((sum, { count }) => sum + count, 0);
}
