import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attach } from '../../../../src/agent/client/inspector/attach.ts';
import { portsOf } from '../../../../src/agent/client/inspector/may-attach.ts';
import { Processes } from '../../../../src/agent/client/processes.ts';
import { freePort } from '../../../helpers/free-port.ts';
import { Programs } from '../../../helpers/programs.ts';

const processes = new Processes();
const LONG = 30_000;

let programs: Programs;
let proof: string;

beforeEach(() => {
  programs = new Programs();
  proof = join(programs.folder(), 'proof');
});

afterEach(() => programs.end());

/** Any port that is free: 9229 is one for the whole machine. */
const start = (behaviour = 'idle', ...flags: string[]) =>
  programs.startWith(['--inspect-port=0', ...flags], 'plain.cjs', behaviour);

/** An agent that does nothing but prove that it ran, by the program's own require and without a global. */
function options() {
  const source = `//0123\nrequire('node:fs').writeFileSync(${JSON.stringify(proof)}, String(typeof agentLeftover) + typeof module.exports);\nvar agentLeftover = 1;`;
  return { processes, uid: process.geteuid?.() ?? 0, source };
}

describe('attaching', () => {
  it('evaluates the agent and leaves no inspector behind', { timeout: LONG }, async () => {
    const { pid, exitCode } = await start();
    expect(await attach(pid, options())).toEqual({ kind: 'attached' });
    expect(readFileSync(proof, 'utf8')).toBe('undefinedobject');
    expect(portsOf(processes, pid)).toEqual(new Set());
    expect(exitCode).toBeNull();
  });

  it('can be done again and again', { timeout: LONG }, async () => {
    const { pid } = await start();
    for (let round = 0; round < 5; round += 1) expect(await attach(pid, options())).toEqual({ kind: 'attached' });
    expect(portsOf(processes, pid)).toEqual(new Set());
  });

  it('closes the inspector of a program whose event loop is blocked', { timeout: LONG }, async () => {
    const { pid } = await start('block');
    expect(await attach(pid, options())).toEqual({ kind: 'attached' });
    expect(existsSync(proof)).toBe(true);
    expect(portsOf(processes, pid)).toEqual(new Set());
  });

  it('uses an inspector that was open before and leaves it open', { timeout: LONG }, async () => {
    const port = await freePort();
    const { pid } = await programs.startWith([`--inspect=127.0.0.1:${port}`], 'plain.cjs');
    expect(await attach(pid, options())).toEqual({ kind: 'attached' });
    expect(existsSync(proof)).toBe(true);
    expect(portsOf(processes, pid)).toEqual(new Set([port]));
  });

  it('closes the inspector also when the agent fails to start', { timeout: LONG }, async () => {
    const { pid } = await start();
    await attach(pid, { ...options(), source: 'throw new Error("no")' });
    expect(portsOf(processes, pid)).toEqual(new Set());
  });

  it('finds out that a program uses the signal for itself', { timeout: LONG }, async () => {
    const { pid } = await start('own-signal');
    expect(await attach(pid, options())).toEqual({
      kind: 'refused',
      sentence: expect.stringMatching(/opened no inspector/),
    });
    expect(existsSync(proof)).toBe(false);
  });

  it('is done to one process at a time', { timeout: LONG }, async () => {
    const { pid } = await start();
    const both = await Promise.all([attach(pid, options()), attach(pid, options())]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(['attached', 'refused']);
  });

  it('is refused for a process of another program', async () => {
    expect(await attach(1, options())).toMatchObject({ kind: 'refused' });
  });
});
