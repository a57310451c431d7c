import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memtop } from '../../helpers/program.ts';
import { Programs } from '../../helpers/programs.ts';

const MIB = 2 ** 20;

let programs: Programs;
let folder: string;
beforeEach(() => {
  programs = new Programs();
  folder = programs.folder();
  writeFileSync(join(folder, 'kept.cjs'), `const kept = Buffer.alloc(${80 * MIB}, 1); ${waits('kept')}`);
  writeFileSync(join(folder, 'dropped.cjs'), `let kept = Buffer.alloc(${80 * MIB}, 1); kept = 0; gc(); ${waits('0')}`);
});
afterEach(() => programs.end());

const waits = (held: string) => `console.log('output'); setTimeout(() => String(${held}).length, 300);`;
const line = (name: string) => `"${process.execPath}" --expose-gc ${join(folder, name)}`;

describe('memtop run --compare', () => {
  it('prints the commands side by side, and which is lighter', async () => {
    const words = ['--compare', '--times', '2', line('kept.cjs'), line('dropped.cjs')];
    const { code, stdout, stderr } = await memtop('run', ...words);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^ +PEAK +RESTING +TIME .*EXIT +COMMAND\n1 .*kept\.cjs\n2 .*dropped\.cjs\n\nMedians of 2 runs/,
    );
    expect(stdout).toMatch(/Lighter at rest: command 2 with .*% less than command 1\.\n$/);
    expect(stderr).toBe('output\n'.repeat(4));
  });

  it('ends with 1 where a command failed, and with JSON has one document for each run of each command', async () => {
    const { code, stdout } = await memtop('run', '--compare', '--times', '2', '--json', 'exit 3', 'true');
    expect(code).toBe(1);
    const documents = stdout
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text));
    expect(documents.map(({ command, exitCode }) => [command.at(-1), exitCode])).toEqual([
      ['exit 3', 3],
      ['exit 3', 3],
      ['true', 0],
      ['true', 0],
    ]);
  });

  it('refuses one command, and a number of runs that is not one', async () => {
    expect(await memtop('run', '--compare', 'true')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/two or more commands/),
    });
    expect(await memtop('run', '--compare', '--times', '0', 'true', 'true')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/Invalid number of runs/),
    });
  });
});
