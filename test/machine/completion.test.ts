// The completion scripts in the real shells, with a process about whose name every shell would do something.

import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completionScript } from '../../src/commands/completion/completion.ts';
import { COMMANDS } from '../../src/commands/table.ts';
import { hasProgram } from '../helpers/other-programs.ts';
import { openTerminal } from '../helpers/pty.ts';
import { removeFolder } from '../helpers/remove-folder.ts';
import { until } from '../helpers/until.ts';

const folder = mkdtempSync(join(tmpdir(), 'memtop-completion-'));
const scripts = { bash: join(folder, 'memtop.bash'), zsh: join(folder, '_memtop'), fish: join(folder, 'memtop.fish') };
const planted = join(folder, 'planted');
const children: ChildProcess[] = [];

beforeAll(async () => {
  for (const [shell, path] of Object.entries(scripts)) writeFileSync(path, completionScript([shell], COMMANDS));
  // The name of a process is that of its file, at most 15 bytes: what runs here would make the file "planted".
  const sleep = execFileSync('sh', ['-c', 'readlink -f "$(command -v sleep)"'], { encoding: 'utf8' }).trim();
  mkdirSync(join(folder, 'bin'));
  for (const name of ['zorro', 'z$(>planted)', 'z`>planted`', 'z;>planted', 'z a[$(>planted)]', "z'\n\u001b[31m"]) {
    const program = join(folder, 'bin', name);
    copyFileSync(sleep, program);
    execFileSync('chmod', ['755', program]);
    children.push(spawn(program, ['600'], { stdio: 'ignore' }));
  }
  await until(() => children.every(({ pid }) => pid !== undefined && existsSync(`/proc/${pid}/stat`)));
});

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  removeFolder(folder);
});

/** What a program says of a script that it only reads; empty when it finds nothing wrong. */
function complaints(command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 ? '' : `${stdout}${stderr}`;
}

/** The script as it is in the sources, with marks in place of what the tables have. */
function template(shell: string): string {
  return fileURLToPath(new URL(`../../src/commands/completion/memtop.${shell}`, import.meta.url));
}

describe.skipIf(!hasProgram('shellcheck'))('shellcheck', () => {
  it('finds nothing to complain about in the script for bash, filled in or not', () => {
    expect(complaints('shellcheck', '--shell=bash', template('bash'), scripts.bash)).toBe('');
  });
});

/** What bash offers for the last of the words; it takes words apart at = and : itself. */
function bash(...words: string[]): string[] {
  const program =
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's.
    'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _memtop; printf "%s\\n" "${COMPREPLY[@]}"';
  return run('bash', ['--norc', '-c', program, 'bash', scripts.bash, 'memtop', ...words]);
}

function fish(line: string): string[] {
  const program = 'source $argv[1]; complete -C $argv[2]';
  return run('fish', ['--no-config', '-c', program, scripts.fish, line]).map((offer) => offer.split('\t')[0] as string);
}

function run(command: string, args: readonly string[]): string[] {
  const env = { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder };
  return execFileSync(command, [...args], { cwd: folder, env, encoding: 'utf8' })
    .split('\n')
    .filter((line) => line !== '');
}

describe.skipIf(!hasProgram('bash'))('bash', () => {
  it('bash finds no mistake of syntax in its script, filled in or not', () => {
    for (const path of [template('bash'), scripts.bash]) expect(complaints('bash', '-n', path)).toBe('');
  });

  it('completes commands and flags, the flags of the command that is named', () => {
    expect(bash('')).toEqual(expect.arrayContaining(COMMANDS.map(({ name }) => name)));
    expect(bash('-d', '2s', 'coll')).toEqual(['collect']);
    expect(bash('line', '--f')).toEqual(['--follow']);
    expect(bash('--fi')).toEqual(['--filter']);
    expect(bash('--', 'lin')).toEqual([]);
  });

  it('completes values: columns, orders, forms, samplers, levels, folders', () => {
    expect(bash('-s', 'gr')).toEqual(['growth']);
    expect(bash('--sort', '=', 'rss', ':', '')).toEqual(['asc', 'desc']);
    expect(bash('-c', 'pid,use')).toEqual(['pid,user']);
    expect(bash('-c', 'pid,pi')).toEqual([]);
    expect(bash('-o', '')).toEqual(['table', 'json', 'ndjson', 'csv']);
    expect(bash('--sampler', 'pr')).toEqual(['procfs']);
    expect(bash('collect', '--level', 'm')).toEqual(['minor']);
    expect(bash('--proc-root', '/pro')).toEqual(['/proc']);
    expect(bash('completion', 'f')).toEqual(['fish']);
  });

  it('completes pids and names that are there now', () => {
    const pid = String(children[0]?.pid);
    expect(bash('-p', `1,${pid.slice(0, -1)}`)).toContain(`1,${pid}`);
    expect(bash('zor')).toEqual(['zorro']);
    expect(bash('collect', '--attach', pid)).toContain(pid);
  });

  it('offers of a hostile name only what no shell reads as more than letters', () => {
    expect(bash('z')).toEqual(expect.arrayContaining(['z', 'zorro']));
    for (const offer of bash('')) expect(offer).toMatch(/^[\w.+@-]+$/);
    expect(existsSync(planted)).toBe(false);
  });

  it('in a real terminal one Tab completes what is typed', async () => {
    const terminal = openTerminal({
      command: 'bash',
      args: ['--norc', '--noprofile'],
      cwd: folder,
      env: { ...process.env, PS1: '> ' },
    });
    try {
      terminal.write(`source ${scripts.bash}; echo ready\r`);
      await terminal.waitFor(/^ready/m, 'the script to be loaded');
      terminal.write('memtop --sort=gro\t');
      await terminal.waitFor(/--sort=growth/, 'the column');
      terminal.write('\u0015memtop --sort=rss:d\t');
      await terminal.waitFor(/--sort=rss:desc/, 'the direction');
    } finally {
      await terminal.close();
    }
  });

  it('takes less than 150 ms', () => {
    expect(quickest(150, () => bash('z'))).toBeLessThan(150);
  });
});

describe.skipIf(!hasProgram('fish'))('fish', () => {
  it('fish finds no mistake of syntax in its script, filled in or not', () => {
    for (const path of [template('fish'), scripts.fish]) expect(complaints('fish', '-n', path)).toBe('');
  });

  it('completes commands, flags and values', () => {
    expect(fish('memtop ')).toEqual(expect.arrayContaining(COMMANDS.map(({ name }) => name)));
    expect(fish('memtop line --fo')).toEqual(['--follow']);
    expect(fish('memtop -s rss:')).toEqual(['rss:asc', 'rss:desc']);
    expect(fish('memtop --columns=pid,use')).toEqual(['--columns=pid,user']);
    expect(fish('memtop -d 2s collect --level m')).toEqual(['minor']);
    expect(fish('memtop completion f')).toEqual(['fish']);
  });

  it('completes pids and names that are there now, and nothing of a hostile name but letters', () => {
    const pid = String(children[0]?.pid);
    expect(fish(`memtop -p ${pid.slice(0, -1)}`)).toContain(pid);
    expect(fish('memtop zor')).toEqual(['zorro']);
    for (const offer of fish('memtop z')) expect(offer).toMatch(/^[\w.+@-]+$/);
    expect(existsSync(planted)).toBe(false);
  });

  it('takes less than 150 ms more than fish takes for nothing', () => {
    const nothing = Math.min(...[1, 2, 3].map(() => timed(() => run('fish', ['--no-config', '-c', 'true']))));
    expect(quickest(nothing + 150, () => fish('memtop z')) - nothing).toBeLessThan(150);
  });
});

describe.skipIf(!hasProgram('zsh'))('zsh', () => {
  it('zsh finds no mistake of syntax in its script, filled in or not', () => {
    for (const path of [template('zsh'), scripts.zsh]) expect(complaints('zsh', '-n', path)).toBe('');
  });

  async function zsh<Result>(use: (terminal: ReturnType<typeof openTerminal>) => Promise<Result>): Promise<Result> {
    const env = { ...process.env, PS1: '> ', HOME: folder };
    const terminal = openTerminal({ command: 'zsh', args: ['-f', '-i'], columns: 120, rows: 120, cwd: folder, env });
    try {
      terminal.write(
        `PS1='> '; autoload -U compinit; compinit -u -d ${folder}/dump; source ${scripts.zsh}; clear; echo ready\r`,
      );
      await terminal.waitFor(/^ready/m, 'the script to be loaded');
      return await use(terminal);
    } finally {
      await terminal.close();
    }
  }

  const cases: readonly (readonly [string, RegExp])[] = [
    ['memtop col', /> memtop collect /],
    ['memtop line --fo', /> memtop line --follow /],
    ['memtop --sort=gro', /> memtop --sort=growth/],
    ['memtop -s rss:d', /> memtop -s rss:desc/],
    ['memtop -c pid,use', /> memtop -c pid,user/],
    ['memtop -d 2s collect --level mi', /> memtop -d 2s collect --level minor/],
    ['memtop completion f', /> memtop completion fish/],
    ['memtop zor', /> memtop zorro/],
    ['memtop --sampler por', /> memtop --sampler portable/],
  ];

  it.each(cases)('one Tab completes "%s"', (typed, expected) =>
    zsh(async (terminal) => {
      terminal.write(`${typed}\t`);
      await terminal.waitFor(expected, 'the completed word');
    }),
  );

  it('lists pids with names, and evaluates nothing of a hostile name', () =>
    zsh(async (terminal) => {
      // A number that several have begun with, and not more than fit: zsh asks before it lists more than a screen.
      const beginnings = children.map(({ pid }) => String(pid).slice(0, -2)).sort();
      const common = beginnings[beginnings.length >> 1];
      terminal.write(`memtop collect --attach ${common}\t\t`);
      await terminal.waitFor(new RegExp(`^${common}\\d* .*-- \\w`, 'm'), 'numbers and names of processes');
      terminal.write('\u0015memtop z\t\t');
      await terminal.waitFor(/^z +zorro/m, 'names of processes');
      expect(terminal.screen().join('\n')).not.toMatch(/planted/);
      expect(existsSync(planted)).toBe(false);
    }));
});

/** The shortest of some runs: a busy machine can make any one of them long. Ends with the first below the limit. */
function quickest(limit: number, work: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 12 && best >= limit; run += 1) best = Math.min(best, timed(work));
  return best;
}

function timed(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}
