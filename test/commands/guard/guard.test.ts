import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ended, memtop, start } from '../../helpers/program.ts';
import { Programs } from '../../helpers/programs.ts';
import { uniqueWord } from '../../helpers/unique-word.ts';

let programs: Programs;
const guards: ChildProcess[] = [];

beforeEach(() => {
  programs = new Programs();
});

afterEach(async () => {
  for (const guard of guards.splice(0)) guard.kill('SIGKILL');
  await programs.end();
});

function rulesFile(text: string): string {
  const path = join(programs.folder(), 'rules.toml');
  writeFileSync(path, text);
  return path;
}

/** Starts a guard, and gives its documents until one that is the last. */
async function documentsUntil(words: readonly string[], isLast: (document: Document) => boolean): Promise<Document[]> {
  const guard = start(['guard', '--json', '-d', '100ms', ...words]);
  guards.push(guard);
  const documents: Document[] = [];
  for await (const line of createInterface({ input: guard.stdout as NodeJS.ReadableStream })) {
    const document: Document = JSON.parse(line);
    documents.push(document);
    if (isLast(document)) break;
  }
  return documents;
}

interface Document {
  readonly rule: string;
  readonly step: string;
  readonly pid?: number;
  readonly result: Readonly<Record<string, unknown>>;
}

describe('memtop guard', () => {
  it('ends a process that a rule matches, and reports that it has exited', async () => {
    const word = uniqueWord('guarded');
    const program = await programs.start('plain.cjs', word);
    const rules = rulesFile(`[[rule]]\nname = "end"\nwhen = "${word} and rss > 1M"\ndo = ["warn", "signal TERM"]\n`);
    const documents = await documentsUntil(['--rules', rules], ({ step }) => step === 'stop');
    expect(documents.map(({ step, pid }) => [step, pid])).toEqual([
      ['warn', program.pid],
      ['signal TERM', program.pid],
      ['stop', program.pid],
    ]);
    expect(documents.at(-1)?.result).toMatchObject({ reason: 'process exited', signalled: true });
  });

  it('makes a program collect through its agent, and reports the verdict', async () => {
    const { pid } = await programs.start('scripted-agent.cjs', join(programs.folder(), 'memtop'), 'honest');
    const rules = rulesFile(`[[rule]]\nevery = "100ms"\non = "pid = ${pid}"\ndo = ["collect"]\n`);
    const [document] = await documentsUntil(['--rules', rules], ({ step }) => step === 'collect');
    expect(document).toMatchObject({ rule: 'rule 1', pid });
    expect(document?.result).toMatchObject({ freed: 16e6, pauseMs: 5 });
  });

  it('with --dry-run reports the same and changes nothing', async () => {
    const word = uniqueWord('guarded');
    const program = await programs.start('plain.cjs', word);
    const rules = rulesFile(`[[rule]]\nwhen = "${word} and rss > 1M"\ndo = ["signal TERM"]\n`);
    const [document] = await documentsUntil(['--dry-run', rules], () => true);
    expect(document).toMatchObject({ step: 'signal TERM', pid: program.pid, result: { dryRun: true } });
    expect([program.exitCode, program.signalCode]).toEqual([null, null]);
  });

  it('ends by a signal with a summary on stderr', async () => {
    const guard = start(['guard', '--when', 'available > 1B', '--do', 'warn', '-d', '100ms']);
    guards.push(guard);
    // The first line shows that it is at work.
    guard.stdout?.once('data', () => guard.kill('SIGTERM'));
    const { code, stderr } = await ended(guard);
    expect(code).toBe(143);
    expect(stderr).toContain('memtop: 0 collections, 0 signals, 0 times saved without a signal.');
  });
});

describe('memtop guard --check', () => {
  it('explains each rule, and shows what it would match now', async () => {
    const word = uniqueWord('guarded');
    const program = await programs.start('plain.cjs', word);
    const rules = rulesFile(`[[rule]]
name = "leaking"
when = "available < 100%"
on = "${word}"
do = ["collect", "wait 5s", "signal TERM"]

[[rule]]
name = "job"
cgroup = "/no/such/cgroup"
when = "available < 10%"
on = "python"
do = ["signal TERM"]
`);
    const { code, stdout, stderr } = await memtop('guard', '--check', rules);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^leaking: When available memory is below 100%, collect garbage in the largest process that matches/,
    );
    expect(stdout).toMatch(/\n {2}Now available is [\d.]+[KMGT] \([\d.]+%\)\.\n/);
    expect(stdout).toMatch(new RegExp(`\\n  May act on: .* \\(${program.pid}\\) [\\d.]+M\\.\\n`));
    expect(stdout).toMatch(new RegExp(`\\n  Warning: It would fire at once on .* \\(${program.pid}\\)`));
    expect(stdout).toContain('  Warning: Cgroup /no/such/cgroup is missing or has no memory limit now');
  });

  it('refuses a mistake with file and line, and exit code 2', async () => {
    const rules = rulesFile('[[rule]]\nwhen = "avaliable < 5%"\non = "x"\ndo = ["collect"]\n');
    const { code, stderr } = await memtop('guard', '--check', rules);
    expect(code).toBe(2);
    expect(stderr).toBe(
      `memtop: ${rules}:2: Invalid condition "avaliable < 5%" at character 1: unknown name avaliable. Did you mean "available"?\n`,
    );
  });

  it.each([
    [['--when', 'available < 5%'], 'memtop: A rule needs --when and --do.'],
    [
      ['--when', 'available < 5%', '--do', 'signal TERM'],
      'memtop: The rule does not say which processes it may act on.',
    ],
    [['--when', 'available < 0', '--do', 'warn'], 'memtop: --when: The condition can never be true: available < 0.'],
    [['--rules', 'a', 'b'], 'memtop: Rules are named more than once.'],
  ])('refuses %j', async (words, message) => {
    const { code, stderr } = await memtop('guard', ...words);
    expect(code).toBe(2);
    expect(stderr.startsWith(message), stderr).toBe(true);
  });
});

describe('memtop guard --example', () => {
  it('prints rules that --check takes', async () => {
    const { stdout } = await memtop('guard', '--example');
    expect((await memtop('guard', '--check', rulesFile(stdout))).code).toBe(0);
  });
});
