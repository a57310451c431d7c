// Hours of use in a minute: collections all the time, panes, agents, resizes, pauses, saves; and what is held afterwards.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openTerminal, type Terminal } from '../helpers/pty.ts';
import { removeFolder } from '../helpers/remove-folder.ts';
import { until } from '../helpers/until.ts';
import { ENVIRONMENT, LAUNCHER } from './memtop.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const PRELOAD = join(ROOT, 'test/fixtures/programs/report-inside.cjs');
const AGENT = join(ROOT, 'dist/agent.cjs');
/** The width of the screen, but for the resizes within a round; the last of those comes back to it. */
const COLUMNS = 120;
/** A screen counts as settled when nothing has changed for this many milliseconds. */
const LONGEST_SILENCE = 15_000;

/** What a memtop under test holds, as the preloaded file sees it. */
export interface Held {
  readonly count: number;
  /** Bytes of live objects, without compiled code. */
  readonly heapUsed: number;
  readonly rss: number;
  readonly listeners: Readonly<Record<string, number>>;
  readonly resources: Readonly<Record<string, number>>;
  readonly handles: number;
  readonly descriptors: Readonly<Record<string, number>>;
}

/** Keys of one round; each opens something, and what follows closes it. */
const ROUND = [
  ...['\r', '\t', '.', ',', '\u001b', 'O', '\u001b', '?', 'x', 't', 't', 'b', 'b', '\u001b'],
  ...['o', 'j', '\u001b', '/node', '\r', '\u001b', '/', '/n.de/', '\r', '\u001b', 'z', 'j', 'z', '>', '<'],
  ...['M', 'P', 'D', 'M', 'S', 'e', 'e', ' ', 'U', 'K', '\u001b', 'u', '\u001b', 'H', 'H', '=', '='],
];
const SIZES = [
  [160, 50],
  [80, 24],
  [40, 10],
  [20, 5],
  [COLUMNS, 30],
] as const;

export class Soak {
  readonly #folder = realpathSync(mkdtempSync(join(homedir(), '.memtop-soak-test-')));
  readonly #children = new Set<ChildProcess>();
  readonly terminal: Terminal;
  #changedAt = performance.now();
  #watchdog: NodeJS.Timeout;
  #length = 0;
  #stoodStill: string | undefined;

  /** @param interval of the samples, as on the command line */
  constructor(interval: string) {
    writeFileSync(this.#path('config.toml'), '', { mode: 0o600 });
    mkdirSync(this.#path('run'), { mode: 0o700 });
    const options = ['--expose-gc', '--require', PRELOAD, LAUNCHER, '-d', interval];
    const command = `exec '${process.execPath}' ${options.map((option) => `'${option}'`).join(' ')} 2>'${this.#path('stderr')}'`;
    this.terminal = openTerminal({
      command: 'sh',
      args: ['-c', command],
      columns: COLUMNS,
      rows: 30,
      env: {
        ...ENVIRONMENT,
        MEMTOP_CONFIG: this.#path('config.toml'),
        MEMTOP_TEST_REPORT: this.#path('report'),
        XDG_STATE_HOME: this.#path('state'),
      },
    });
    this.#watchdog = setInterval(() => this.#watch(), 500);
  }

  /** One round of everything a person does, while agents come, are blocked and go. */
  async round(): Promise<void> {
    const { terminal } = this;
    const agent = this.#startAgent();
    for (const key of ROUND) await this.#press(key);
    agent.kill('SIGSTOP');
    for (const key of ['/setInterval', '\r', '\r']) await this.#press(key);
    await pause(300);
    agent.kill('SIGCONT');
    for (const key of ['\u001b', '\u001b', '\u001b']) await this.#press(key);
    for (const [columns, rows] of SIZES) {
      terminal.resize(columns, rows);
      await this.#press('j');
    }
    agent.kill('SIGKILL');
    await terminal.waitFor(/^Mem/m);
    if (this.#stoodStill !== undefined) throw new Error(this.#stoodStill);
  }

  /** What it holds now: the least of some reports, since much comes and goes within a tick. */
  async held(): Promise<Held> {
    const reports: Held[] = [];
    while (reports.length < 12) {
      const seen = reports.at(-1)?.count ?? this.#report()?.count ?? 0;
      await until(() => (this.#report()?.count ?? 0) > seen);
      reports.push(this.#report() as Held);
    }
    const least = (of: (held: Held) => number) => Math.min(...reports.map(of));
    return {
      ...(reports.at(-1) as Held),
      heapUsed: least(({ heapUsed }) => heapUsed),
      rss: least(({ rss }) => rss),
      handles: least(({ handles }) => handles),
    };
  }

  /** The cells of the screen when nothing more comes, and those after Ctrl-L has had all of it painted again. */
  async screens(): Promise<{ readonly before: string[]; readonly after: string[] }> {
    clearInterval(this.#watchdog);
    // The last two do nothing but take a notice away, as Ctrl-L does too.
    for (const key of ['d', '1h', '\r', 'j', 'k']) await this.#press(key);
    await this.#quiet();
    const before = cellsOf(this.terminal);
    const written = this.terminal.output().length;
    this.terminal.write('\f');
    await this.terminal.waitFor((t) => t.output().slice(written).includes('\u001b[2J'), 'a whole frame');
    await this.#quiet();
    return { before, after: cellsOf(this.terminal) };
  }

  /** What was said where nothing is to be said: on stderr, and in the log. */
  output(): string {
    const files = [this.#path('stderr'), this.#path('state/memtop/memtop.log')];
    return files.map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')).join('');
  }

  end(): void {
    clearInterval(this.#watchdog);
    for (const child of this.#children) child.kill('SIGKILL');
    this.terminal.close();
    removeFolder(this.#folder);
  }

  #path(name: string): string {
    return join(this.#folder, name);
  }

  #report(): Held | undefined {
    const path = this.#path('report');
    return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Held) : undefined;
  }

  #startAgent(): ChildProcess {
    const args = ['--require', AGENT, '-e', 'setInterval(() => {}, 100)'];
    // By their sockets they are told from other agents on this machine.
    const env = { ...ENVIRONMENT, XDG_RUNTIME_DIR: this.#path('run') };
    const child = spawn(process.execPath, args, { stdio: 'ignore', env });
    this.#children.add(child);
    child.once('exit', () => this.#children.delete(child));
    return child;
  }

  /** Types a key, and waits until memtop has written something, if only the next tick. */
  async #press(key: string): Promise<void> {
    const written = this.terminal.output().length;
    this.terminal.write(key);
    await until(() => this.terminal.output().length > written, 2000).catch(() => undefined);
  }

  /** Settles when nothing was written for a while. */
  async #quiet(): Promise<void> {
    for (let length = -1; length !== this.terminal.output().length; await pause(700)) {
      length = this.terminal.output().length;
    }
  }

  #watch(): void {
    const { length } = this.terminal.output();
    if (length !== this.#length) this.#changedAt = performance.now();
    this.#length = length;
    const silence = performance.now() - this.#changedAt;
    if (silence > LONGEST_SILENCE) this.#stoodStill ??= `The screen stood still for ${Math.round(silence / 1000)} s.`;
  }
}

/** Each row as its characters, and the styles of its cells where they change. A cell never written to is a blank. */
function cellsOf(terminal: Terminal): string[] {
  return terminal.screen().map((text, row) => {
    const styles: string[] = [];
    let last = '';
    for (let column = 0; column < COLUMNS; column += 1) {
      const { text: character, ...style } = terminal.style(row, column);
      // A blank shows no colour of text and no weight, where nothing is drawn under or through it.
      const isBlank = character.trim() === '' && !(style.inverse || style.underline || style.strikethrough);
      const shown = Object.entries(style)
        .filter(([name, value]) => value !== false && value !== undefined && (!isBlank || name === 'background'))
        .join(' ');
      if (shown !== last) styles.push(`${column}:${shown}`);
      last = shown;
    }
    return `${text.trimEnd()} | ${styles.join(' ')}`;
  });
}
