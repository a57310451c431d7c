import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Attached, attach, closeLeft } from '../../../src/acting/inspector/attach.ts';
import { ownListeners } from '../../../src/acting/inspector/listeners.ts';
import { Processes } from '../../../src/agent/client/finding/processes.ts';
import { freePort } from '../../helpers/free-port.ts';
import { Programs } from '../../helpers/programs.ts';
import { until } from '../../helpers/until.ts';

const processes = new Processes();
const LONG = 60_000;
const ATTACH = join(import.meta.dirname, '../../../dist/attach.cjs');

let programs: Programs;
let proof: string;
let folder: string;

beforeEach(() => {
  programs = new Programs();
  folder = programs.folder();
  proof = join(folder, 'proof');
});

afterEach(() => programs.end());

/** Any port that is free: 9229 is one for the whole machine. */
const start = (...args: string[]) => programs.startWith(['--inspect-port=0'], 'plain.cjs', ...args);

const portsOf = (pid: number) => ownListeners(processes, pid).map(({ port }) => port);

/** Attaches an agent that does nothing but prove that it ran, by the program's own require and without a global. */
function attachTo(pid: number, more: { source?: string; startTime?: number } = {}): Promise<Attached> {
  const source = `//0123\nrequire('node:fs').writeFileSync(${JSON.stringify(proof)}, String(typeof agentLeftover) + typeof module.exports);\nvar agentLeftover = 1;`;
  const program = ATTACH;
  const environment = { XDG_RUNTIME_DIR: folder };
  return attach({ pid, source, ...more }, { program, environment });
}

/** What it came to once the inspector was closed. */
async function outcome(
  attaching: Promise<Attached>,
): Promise<{ refused: string | undefined; warning: string | undefined }> {
  const { refused, settled } = await attaching;
  return { refused, warning: await settled };
}

const WELL = { refused: undefined, warning: undefined };

describe('attaching', () => {
  it('evaluates the agent and leaves no inspector behind', { timeout: LONG }, async () => {
    const { pid, exitCode } = await start();
    expect(await outcome(attachTo(pid))).toEqual(WELL);
    expect(readFileSync(proof, 'utf8')).toBe('undefinedobject');
    expect(portsOf(pid)).toEqual([]);
    expect(exitCode).toBeNull();
  });

  it('can be done again and again', { timeout: LONG }, async () => {
    const { pid } = await start();
    for (let round = 0; round < 3; round += 1) expect((await attachTo(pid)).refused).toBeUndefined();
    await until(() => portsOf(pid).length === 0);
  });

  it.each([1500, 3000])(
    'a program blocked for %d ms opens its inspector a second time, and closes it',
    { timeout: LONG },
    async (blocked) => {
      const program = await start('block-for', String(blocked));
      expect((await attachTo(program.pid)).refused).toBeUndefined();
      await until(() => program.output.includes('TURNED'));
      // Told by node twice, since it was opened twice.
      await until(() => program.errors.split('Debugger listening').length === 3);
      await until(() => portsOf(program.pid).length === 0);
    },
  );

  it('a program that works in pieces keeps no inspector open', { timeout: LONG }, async () => {
    const { pid } = await start('pieces', '200');
    expect(await outcome(attachTo(pid))).toEqual(WELL);
    expect(portsOf(pid)).toEqual([]);
  });

  it('a program in a synchronous call opens its inspector when that is over, and closes it', {
    timeout: LONG,
  }, async () => {
    const { pid } = await start('spawn-sync', '3.3');
    expect(await outcome(attachTo(pid))).toEqual(WELL);
    expect(existsSync(proof)).toBe(true);
    expect(portsOf(pid)).toEqual([]);
  });

  it('uses an inspector that was open before and leaves it open', { timeout: LONG }, async () => {
    const port = await freePort();
    const { pid } = await programs.startWith([`--inspect=127.0.0.1:${port}`], 'plain.cjs');
    expect(await outcome(attachTo(pid))).toEqual(WELL);
    expect(existsSync(proof)).toBe(true);
    expect(portsOf(pid)).toEqual([port]);
  });

  it('finds an open inspector by its socket when process.title hides the arguments', { timeout: LONG }, async () => {
    const port = await freePort();
    const program = await programs.startWith([`--inspect=127.0.0.1:${port}`], 'plain.cjs', 'title');
    expect(readFileSync(`/proc/${program.pid}/cmdline`, 'utf8')).not.toContain('inspect');
    expect(await outcome(attachTo(program.pid))).toEqual(WELL);
    expect(existsSync(proof)).toBe(true);
    expect(portsOf(program.pid)).toEqual([port]);
    expect(program.output).not.toContain('SIGNAL');
  });

  it('closes an inspector that a memtop which was killed left open', { timeout: LONG }, async () => {
    const { pid } = await start();
    process.kill(pid, 'SIGUSR1');
    await until(() => portsOf(pid).length === 1);
    mkdirSync(join(folder, 'memtop'), { mode: 0o700, recursive: true });
    writeFileSync(join(folder, 'memtop', `${pid}-${processes.startTime(pid)}.attaching`), '4194000 1\n');
    expect(await outcome(attachTo(pid))).toEqual(WELL);
    expect(existsSync(proof)).toBe(true);
    expect(portsOf(pid)).toEqual([]);
  });

  it('goes on when the process that started it is killed', { timeout: LONG }, async () => {
    const program = await start('block-for', '1500');
    const child = spawn(process.execPath, [ATTACH], { stdio: ['pipe', 'pipe', 'ignore'], detached: true, env: {} });
    child.stdin.end(`${JSON.stringify({ pid: program.pid, source: '' })}\n`);
    child.stdout.destroy();
    await until(() => program.errors.includes('Debugger listening'));
    // What reaches it with memtop's group, or from those who end a whole service.
    for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) child.kill(signal);
    await until(() => child.exitCode !== null || child.signalCode !== null);
    expect(child.exitCode).toBe(0);
    expect(portsOf(program.pid)).toEqual([]);
  });

  it('closes also what opens only after the memtop that sent the signal was killed', { timeout: LONG }, async () => {
    const program = await start('spawn-sync', '3');
    mkdirSync(join(folder, 'memtop'), { mode: 0o700, recursive: true });
    const record = join(folder, 'memtop', `${program.pid}-${processes.startTime(program.pid)}.attaching`);
    writeFileSync(record, '4194000 1\n');
    process.kill(program.pid, 'SIGUSR1');
    expect(await closeLeft({ pid: program.pid }, { program: ATTACH, environment: { XDG_RUNTIME_DIR: folder } })).toBe(
      undefined,
    );
    expect(program.errors).toContain('Debugger listening');
    expect(portsOf(program.pid)).toEqual([]);
    expect(existsSync(record)).toBe(false);
  });

  it('closes the inspector also when the agent fails to start', { timeout: LONG }, async () => {
    const { pid } = await start();
    expect((await outcome(attachTo(pid, { source: 'throw new Error("no")' }))).warning).toBeUndefined();
    expect(portsOf(pid)).toEqual([]);
  });

  it('finds out that a program uses the signal for itself', { timeout: LONG }, async () => {
    const { pid } = await start('own-signal');
    expect(await outcome(attachTo(pid))).toEqual({
      refused: expect.stringMatching(/did not open an inspector/),
      warning: undefined,
    });
    expect(existsSync(proof)).toBe(false);
  });

  it('is done to one process after the other', { timeout: LONG }, async () => {
    const [one, other] = [await start(), await start()];
    const both = await Promise.all([attachTo(one.pid), attachTo(other.pid)].map(outcome));
    expect(both).toEqual([WELL, WELL]);
  });

  it('is refused for a process of another program', async () => {
    expect((await attachTo(1)).refused).toMatch(/which is not Node|cannot see/);
  });

  it('is refused for a pid that has become another process', async () => {
    const { pid } = await start();
    expect((await attachTo(pid, { startTime: 1 })).refused).toMatch(/belongs to another process/);
    expect(existsSync(proof)).toBe(false);
  });
});
