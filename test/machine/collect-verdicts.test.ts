// Real programs with known memory problems, on every Node that is supported and on Python 3: `memtop collect` says which.
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { nodeOfVersion } from '../helpers/node-versions.ts';
import { packageFolder } from '../helpers/package-folder.ts';
import { memtop } from '../helpers/program.ts';
import { endPrograms, startProgram } from '../helpers/ready-programs.ts';

const PROGRAMS = join(import.meta.dirname, '../fixtures/programs');
const DIST = join(import.meta.dirname, '../../dist');
const MB = 2 ** 20;

afterEach(endPrograms);

/** The agent of a Python program comes up a moment after the program. */
async function collected(pid: string, ...flags: string[]): Promise<Record<string, unknown>> {
  let stderr = '';
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const ended = await memtop('collect', '--json', '--yes', ...flags, pid);
    if (ended.stdout !== '') return JSON.parse(ended.stdout);
    stderr = ended.stderr;
    if (!stderr.includes('has no agent')) break;
  }
  throw new Error(stderr);
}

describe.each([20, 22, 24, 26])('on Node %i', (version) => {
  const run = (name: string, ...args: string[]) =>
    startProgram(nodeOfVersion(version), [
      '--require',
      join(DIST, 'agent.cjs'),
      join(PROGRAMS, 'node', `${name}.cjs`),
      ...args,
    ]);

  it.each([
    ['dropped-objects', ['garbage'], 90],
    ['fragmented', ['garbage'], 120],
    ['worker-holds', ['garbage'], 100],
    // V8 may have let go of all of them before it is asked: then little is left to judge.
    ['dropped-large-buffers', ['garbage', 'small'], 90],
    // It has grown again before the two seconds are over: the lowest reading counts.
    ['busy-regrows', ['garbage'], undefined],
    ['idle-service', ['small'], undefined],
    ['half-kept', ['mixed'], undefined],
    ['kept-cache', ['retained'], undefined],
    ['kept-buffers', ['retained'], undefined],
    ['worker-keeps', ['retained'], undefined],
    ['native-growth', ['native'], undefined],
    // V8 may have let go of the Buffers before it is asked, and then only trimming could prove whose they were.
    ['dropped-buffers', version === 26 ? ['unreturned'] : ['unreturned', 'native'], undefined],
  ] as const)('%s is %j', async (name, verdicts, mostMegabytes) => {
    const document = await collected(await run(name));
    expect(verdicts).toContain(document['verdict']);
    const { rss } = document['after'] as { rss: number };
    if (mostMegabytes !== undefined) expect(rss / MB).toBeLessThan(mostMegabytes);
  });

  it('a floor that rises by a megabyte a second is a leak, and a flat one is not', async () => {
    const leak = await collected(await run('leak', '60', '20'), '--repeat', '5', '--every', '2s');
    expect(leak['verdict']).toBe('leak');
    const cache = await collected(await run('kept-cache', '40'), '--repeat', '5', '--every', '1s');
    expect(cache['verdict']).toBe('no-leak');
  });

  it('a blocked event loop is busy, not an error', async () => {
    const ended = await memtop('collect', await run('blocked-loop'));
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(/event loop is blocked/) });
  });
});

describe('programs of known truth', () => {
  const withAgent = (...words: string[]) =>
    startProgram(process.execPath, [
      '--require',
      join(DIST, 'agent.cjs'),
      join(PROGRAMS, 'known/node', words[0] ?? ''),
      ...words.slice(1),
    ]);
  const onPython = (...words: string[]) => {
    const env = { ...process.env, PYTHONPATH: join(DIST, 'python/site') };
    return startProgram('python3', [join(PROGRAMS, 'known/python', words[0] ?? ''), ...words.slice(1)], env);
  };

  it('threads that do nothing are small, and a heap of which one half was dropped is mixed', async () => {
    const [idle, half] = await Promise.all([
      withAgent('threads.cjs', 'idle'),
      withAgent('hold.cjs', 'strings', 'half', '140'),
    ]);
    expect((await collected(idle))['verdict']).toBe('small');
    expect((await collected(half))['verdict']).toBe('mixed');
  });

  it('a healthy Express is small, or has garbage, and is not sent to native addons', async () => {
    const program = [join(PROGRAMS, 'express-service.cjs'), packageFolder('express', '5.1.0')];
    const pid = await startProgram(nodeOfVersion(24), ['--require', join(DIST, 'agent.cjs'), ...program]);
    const { verdict, explanation, next } = await collected(pid);
    expect(['small', 'garbage'], String(explanation)).toContain(verdict);
    expect(next).not.toMatch(/addon|smaps|leak test|largest part/);
  });

  it('native memory that rises over a flat heap is not "no leak"', async () => {
    const document = await collected(await withAgent('grow.cjs', 'leak-native'), '--repeat', '5', '--every', '2s');
    expect(['leak', 'unsure']).toContain(document['verdict']);
  });

  it('a Python program whose RSS swings has a floor in what is in use, and one that keeps more and more leaks', async () => {
    const [swings, leaks] = await Promise.all([onPython('grow.py', 'phases'), onPython('grow.py', 'leak-objects')]);
    const flags = ['--repeat', '5', '--every', '2s'];
    const [swing, leak] = await Promise.all([collected(swings, ...flags), collected(leaks, ...flags)]);
    expect(['no-leak', 'unsure']).toContain(swing['verdict']);
    expect(leak['verdict']).toBe('leak');
    for (const { inUse } of leak['floors'] as { inUse?: number }[]) expect(inUse).toBeGreaterThan(0);
  });
});

describe('on Python 3', () => {
  it.each([
    ['cycles', 'garbage'],
    ['threads', 'garbage'],
    ['kept', 'retained'],
    ['fragmented', 'unreturned'],
    ['no_cycles', 'small'],
    ['idle', 'small'],
    ['kept_large', 'retained'],
    ['pinned', 'unreturned'],
    ['half_kept', 'mixed'],
    ['mapped_file', 'native'],
  ])('%s is %s', async (name, verdict) => {
    const env = { ...process.env, PYTHONPATH: join(DIST, 'python/site') };
    const document = await collected(await startProgram('python3', [join(PROGRAMS, 'python', `${name}.py`)], env));
    expect(document['verdict']).toBe(verdict);
  });
});
