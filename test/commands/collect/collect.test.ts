import { readdirSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memtop } from '../../helpers/program.ts';
import { Programs } from '../../helpers/programs.ts';
import { uniqueWord } from '../../helpers/unique-word.ts';

let programs: Programs;

beforeEach(() => {
  programs = new Programs();
});

afterEach(() => programs.end());

const scripted = (behaviour = 'honest') =>
  programs.start('scripted-agent.cjs', join(programs.folder(), 'memtop'), behaviour);

describe('memtop collect', () => {
  it('prints effect and verdict of one process as text', async () => {
    const { pid } = await scripted();
    const { code, stdout } = await memtop('collect', String(pid));
    expect(code).toBe(0);
    expect(stdout).toMatch(
      new RegExp(`^collect {2}.*scripted-agent.cjs.*\\(${pid}\\) {2}reclaim, 1 round, paused 5.0 ms\n`),
    );
    expect(stdout).toMatch(/heap .*19\.1M .*→.* 3\.81M .*−15\.3M\n/);
    expect(stdout).toMatch(/RSS .* after \d+ s\n/);
    expect(stdout).toMatch(/^ {2}[A-Z]+: .*\n {2}Next: .*\n$/m);
  });

  it('prints one JSON document of the agreed fields, and nothing else', async () => {
    const { pid } = await scripted();
    const { code, stdout, stderr } = await memtop('collect', '--json', String(pid));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const document = JSON.parse(stdout);
    expect(Object.keys(document)).toEqual([
      ...['pid', 'runtime', 'level', 'verdict', 'explanation', 'next', 'pauseMs', 'rounds'],
      ...['before', 'after', 'lowest', 'freed', 'returned', 'curve'],
    ]);
    expect(document).toMatchObject({ pid, runtime: 'node', level: 'reclaim', rounds: 1, freed: 16e6 });
    const { before, after, lowest } = document;
    expect(lowest.rss).toBeLessThanOrEqual(before.rss);
    expect(lowest.anonymous).toBeGreaterThanOrEqual(0);
    for (const { anonymous, rss } of [before, after]) {
      expect(anonymous).toBeGreaterThan(0);
      expect(anonymous).toBeLessThan(rss);
    }
    expect(document.curve.at(-1).ms).toBeGreaterThanOrEqual(2000);
  });

  it('sends the owner of a healthy service neither to native addons nor after a leak', async () => {
    const { pid } = await programs.startWith(['--require', resolve('dist/agent.cjs')], 'healthy-service.cjs');
    const { stdout } = await memtop('collect', '--json', String(pid));
    const { verdict, explanation, next } = JSON.parse(stdout);
    expect(['small', 'garbage'], explanation).toContain(verdict);
    expect(next).not.toMatch(/addon|smaps|leak test|largest part/);
  });

  it('ends with 1 when the requested heap snapshot was not written, and says so in both forms', async () => {
    const { pid } = await programs.startWith(['--require', resolve('dist/agent.cjs')], 'many-descriptors.cjs', '0');
    const requested = ['collect', String(pid), '--heap-snapshot', '/nonexistent'];
    const words = await memtop(...requested);
    expect(words).toMatchObject({ code: 1, stderr: expect.stringMatching(/no heap snapshot written/) });
    expect(words.stdout).toMatch(
      /\n {2}Heap snapshot: not written\. .*Cannot create a file in that directory \(ENOENT\)/,
    );
    const { code, stdout } = await memtop(...requested, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout).heapSnapshot).toEqual({ error: expect.stringMatching(/Cannot create a file/) });
  });

  it('stops no program for a second or more without --yes, and says how long it would', async () => {
    const { pid } = await scripted('large');
    const refused = await memtop('collect', String(pid));
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toMatch(/holds 248M: collecting would pause it for about 0\.4 to 1\.0 s\..*--yes/s);
    expect(await memtop('collect', '--yes', String(pid))).toMatchObject({ code: 0 });
  });

  it('leaves no empty file behind when the program was killed while it built the heap snapshot', async () => {
    const { pid } = await scripted();
    const folder = programs.folder();
    const other = join(folder, `memtop-${pid}-1.heapsnapshot`);
    writeFileSync(other, '');
    const ended = await memtop('collect', '--yes', '--heap-snapshot', folder, String(pid));
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(/no heap snapshot written/) });
    expect(readdirSync(folder)).toEqual([basename(other)]);
  });

  it('reports floors, slope and certainty with --repeat, its progress on stderr', async () => {
    const { pid } = await scripted();
    const { code, stdout, stderr } = await memtop(
      'collect',
      '--json',
      '--repeat',
      '3',
      '--every',
      '400ms',
      String(pid),
    );
    const { verdict, floors, slope } = JSON.parse(stdout);
    expect({ code, verdict, slope }).toEqual({ code: 0, verdict: 'no-leak', slope: 0 });
    expect(floors).toHaveLength(3);
    expect(floors[0]).toEqual({ time: expect.stringMatching(/^\d{4}-.*Z$/), heapUsed: 4e6, rss: expect.any(Number) });
    expect(stderr.split('\n').filter((line) => /: [123] of 3: .* RSS/.test(line))).toHaveLength(3);
  });

  it('collects in several processes that are named by their pids', async () => {
    const both = await Promise.all([scripted(), scripted()]);
    const { code, stdout } = await memtop('collect', '--json', ...both.map(({ pid }) => String(pid)));
    expect(code).toBe(0);
    const pids = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).pid as number);
    expect(pids.sort()).toEqual(both.map(({ pid }) => pid).sort());
  });

  it('wants --all where a filter matches several', async () => {
    const word = uniqueWord('several');
    const folder = join(programs.folder(), `memtop-${word}`);
    await programs.start('scripted-agent.cjs', folder);
    await programs.start('scripted-agent.cjs', folder);
    expect(await memtop('collect', word)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/2 processes with an agent match: .* or --all\./),
    });
    const { code, stdout } = await memtop('collect', '--json', '--all', word);
    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(2);
  });

  it('ends with 1 and the reason when no agent answered', async () => {
    const { pid } = await scripted('silent');
    expect(await memtop('collect', String(pid))).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/event loop is blocked/),
    });
    const killed = await scripted('die');
    expect(await memtop('collect', String(killed.pid))).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/closed the connection/),
    });
  });

  it('ends with 1 and says how to begin for a process without an agent', async () => {
    const { pid } = await programs.start('plain.cjs');
    expect(await memtop('collect', String(pid))).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/has no agent.*memtop run -- /),
    });
    expect(await memtop('collect', '4194303')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/No process 4194303\./),
    });
    expect(await memtop('collect', uniqueWord('absent'))).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/No process matches/),
    });
  });

  it.each<[string, string[], RegExp]>([
    ['an unknown level', ['--level', 'reclam', '1'], /Unknown level 'reclam'\. Did you mean 'reclaim'/],
    ['too few floors', ['--repeat', '2', '1'], /'2' is not a valid number of collections/],
    ['a bad interval', ['--every', 'soon', '1'], /Invalid interval 'soon'/],
    ['nothing named', [], /Which process/],
    ['--attach without a pid', ['--attach', 'node'], /--attach needs exactly one PID/],
  ])('refuses %s', async (_, words, sentence) => {
    expect(await memtop('collect', ...words)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(sentence),
    });
  });

  it('attaches to a Node process that has no agent, collects, and leaves no inspector open', async () => {
    const { pid } = await programs.startWith(['--inspect-port=0'], 'plain.cjs');
    const { code, stdout, stderr } = await memtop('collect', '--json', '--attach', String(pid));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ pid, runtime: 'node' });
  });
});
