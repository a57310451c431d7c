// What agents note of programs that exit, and what `memtop run` makes of it.
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readExitNotes } from '../../../src/agent/client/exit-notes.ts';
import { memtop } from '../../helpers/program.ts';
import { Programs } from '../../helpers/programs.ts';

const MIB = 2 ** 20;

let programs: Programs;
let folder: string;
beforeEach(() => {
  programs = new Programs();
  folder = programs.folder();
});
afterEach(() => programs.end());

const run = async (script: string, ...flags: string[]) => {
  const { stderr } = await memtop('run', '--json', ...flags, '--', process.execPath, '-e', script);
  return JSON.parse(stderr.trimEnd().split('\n').at(-1) ?? '');
};
const LIST = 'let list = []; for (let i = 0; i < 60; i += 1) list.push(new Array(1e5).fill({}));';

describe('memtop run with an agent in the program', () => {
  it('has a peak that was there for the very last moment only', async () => {
    const { main } = await run(`setTimeout(() => { Buffer.alloc(${150 * MIB}, 1); process.exit(); }, 300)`);
    expect(main.peak).toBeGreaterThan(150 * MIB);
  });

  it('counts the collections of the program and of its children, with their pauses', async () => {
    const work = `const v8 = require('v8'); v8.setFlagsFromString('--expose-gc');
      const gc = require('vm').runInNewContext('gc'); setTimeout(() => gc(), 50); setTimeout(() => {}, 200);`;
    const child = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(work)}]); ${work}`;
    const { collections } = await run(child);
    expect(collections.major.count).toBeGreaterThanOrEqual(2);
    expect(collections.major.ms).toBeGreaterThan(0);
  });

  it('finds what a last collection would have freed: garbage, or memory that is still in use', async () => {
    const garbage = await run(`${LIST} setTimeout(() => { list = undefined; }, 100)`, '--last-collect');
    expect(garbage.verdict).toBe('garbage');
    const retained = await run(`${LIST} globalThis.list = list; setTimeout(() => {}, 100)`, '--last-collect');
    expect(retained.verdict).toBe('retained');
    expect((await run('0')).verdict).toBeUndefined();
  });

  it('changes neither the exit code nor what the program does when it exits', async () => {
    const script = `process.on('exit', (code) => { console.error('{"own":' + code + '}'); process.exitCode = 4; }); process.exitCode = 3`;
    const { code, stderr } = await memtop('run', '--json', '--last-collect', '--', process.execPath, '-e', script);
    expect(code).toBe(4);
    expect(stderr.split('\n')[0]).toBe('{"own":3}');
  });

  it('leaves no folder behind', async () => {
    const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('memtop-notes-'));
    const name = /memtop-notes-\w+/;
    const { stdout } = await memtop('run', '--json', '--', 'sh', '-c', 'echo "$MEMTOP_RUN"');
    expect(stdout).toMatch(name);
    expect(folders()).not.toContain(name.exec(stdout)?.[0]);
  });
});

describe('notes that are not what they should be', () => {
  const note = (pid: number, value: unknown) => writeFileSync(join(folder, `${pid}.json`), JSON.stringify(value));

  it('are passed over, and the others count', () => {
    writeFileSync(join(folder, '1.json'), '{"runtime":"node","gc":');
    writeFileSync(join(folder, '2.json'), 'x'.repeat(100_000));
    note(3, { runtime: 'ruby', gc: { minor: { count: 1, ms: 1, maxMs: 1 } } });
    note(4, { runtime: 'node', memory: { rss: -1 }, gc: { minor: { count: 'many' }, major: { count: 2, ms: 1e99 } } });
    note(5, { runtime: 'python', gc: { gen0: { count: 3 } }, collect: { level: 'reclaim' } });
    mkdirSync(join(folder, '6.json'));
    symlinkSync(join(folder, '5.json'), join(folder, '7.json'));
    note(8, [1]);
    expect(readExitNotes(folder, 4)).toEqual({ collections: { major: { count: 2 }, gen0: { count: 3 } } });
  });

  it('are none where the folder is gone', () => {
    expect(readExitNotes(join(folder, 'none'), 4)).toEqual({});
  });

  it('show no control characters of a program', () => {
    note(4, { runtime: 'node', gc: { 'a\x1b[2Jb': { count: 1 } } });
    expect(readExitNotes(folder, 4).collections).toEqual({ 'a[2Jb': { count: 1 } });
  });
});
