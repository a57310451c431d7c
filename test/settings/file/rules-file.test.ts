import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadRegexes } from '../../../src/cli/open-query.ts';
import { changeableByOthers } from '../../../src/files/trusted.ts';
import { EXAMPLE_RULES } from '../../../src/model/rules/example.ts';
import { processNames, Verdicts } from '../../../src/model/rules/names.ts';
import { openRulesFile } from '../../../src/settings/file/rules-file.ts';

const PATIENT = { passLasts: Number.POSITIVE_INFINITY, longestText: Number.POSITIVE_INFINITY };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'memtop-rules-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open = (path: string) => openRulesFile(path, processNames(new Verdicts()), () => loadRegexes(PATIENT));

function opened(content: string, name = 'rules.toml') {
  const path = join(folder, name);
  writeFileSync(path, content);
  return open(path);
}

async function refusal(opening: Promise<unknown>): Promise<string> {
  const error = await opening.then(
    () => new Error('it was taken'),
    (thrown) => thrown,
  );
  expect(error).toMatchObject({ name: 'UserError' });
  return `${error.message} ${error.next}`.replaceAll(`${folder}/`, '');
}

const RULE = `[[rule]]
when = "available < 25%"
on = "name ~ python"
do = ["collect"]
`;

describe('a rules file', () => {
  it('may be the example, whose rules are all valid', async () => {
    expect((await opened(EXAMPLE_RULES)).map(({ name }) => name)).toEqual([
      'collect first',
      'leaking worker',
      'page',
      'tidy up',
    ]);
  });

  it('with a mistake is refused with file and line, in whichever rule it is', async () => {
    expect(
      await refusal(
        opened(`${RULE}\n[[rule]]\nwhen = "available < 5%"\non = "x"\ncooldwon = "5s"\ndo = ["collect"]\n`),
      ),
    ).toBe('rules.toml:9: Unknown key "cooldwon". Did you mean "cooldown"?');
    expect(
      await refusal(
        opened(
          `${RULE}\n[[rule]]\nwhen = "available < 5%"\non = "x"\ndo = [\n  "collect",\n  "wait 5s",\n  "kill",\n]\n`,
        ),
      ),
    ).toBe('rules.toml:12: Unknown step "kill". Did you mean "signal KILL"?');
    expect(await refusal(opened('[[rule]]\nwhen = available\n'))).toBe(
      'rules.toml:2: Invalid TOML: invalid value. Strings need quotes: when = "available < 25%".',
    );
    expect(await refusal(opened('[[rules]]\nwhen = "x"\n'))).toBe(
      'rules.toml:1: Unknown table or key "rules". Did you mean [[rule]]?',
    );
    expect(await refusal(opened(''))).toBe('rules.toml: The file has no rules. memtop guard --example prints some.');
    expect(await refusal(open(join(folder, 'none.toml')))).toContain("No such file: 'none.toml'");
    expect(await refusal(open(folder))).toContain('is a folder, not a rules file.');
  });

  it('may have 1 MiB and no more', async () => {
    const comment = `# ${'x'.repeat(1000)}\n`;
    const most = 1024 * 1024;
    const fitting = RULE + comment.repeat(Math.floor((most - RULE.length) / comment.length));
    expect(await opened(fitting)).toHaveLength(1);
    expect(await refusal(opened(fitting + comment.repeat(2)))).toBe(
      "'rules.toml' is too large for a rules file. The most is 1024 KiB.",
    );
  });

  it('that is replaced again and again is read as one of the two', async () => {
    const other = RULE.replace('25%', '10%');
    const path = join(folder, 'replaced.toml');
    for (let turn = 0; turn < 50; turn += 1) {
      writeFileSync(`${path}.new`, turn % 2 === 0 ? RULE : other);
      renameSync(`${path}.new`, path);
      const [rule] = await open(path);
      expect(rule?.when).toBe(turn % 2 === 0 ? 'available < 25%' : 'available < 10%');
    }
  });
});

describe('what root reads', () => {
  const me = process.geteuid?.() ?? 0;

  it('is not changeable by others where file and folders are its own', () => {
    const path = join(folder, 'own.toml');
    writeFileSync(path, RULE, { mode: 0o644 });
    expect(changeableByOthers(path, { uid: me, mode: 0o100644 })).toBeUndefined();
  });

  it.each([
    ['belongs to another user', { uid: 4321, mode: 0o100644 }, /belongs to another user \(uid 4321\)/],
    ['is writable by others', { uid: me, mode: 0o100646 }, /can be changed by other users/],
    ['is writable by a group', { uid: me, mode: 0o100664 }, /can be changed by other users/],
  ])('is refused where the file %s', (_, facts, reason) => {
    expect(changeableByOthers(join(folder, 'own.toml'), facts)).toMatch(reason);
  });

  it('is refused where another user can change a folder on the way, or follow a link there', () => {
    const open = join(folder, 'open');
    mkdirSync(open);
    chmodSync(open, 0o777);
    writeFileSync(join(open, 'rules.toml'), RULE);
    expect(changeableByOthers(join(open, 'rules.toml'), { uid: me, mode: 0o100644 })).toMatch(
      /open can be changed by every user/,
    );
    symlinkSync(join(folder, 'own.toml'), join(open, 'link.toml'));
    expect(changeableByOthers(join(open, 'link.toml'), { uid: me, mode: 0o100644 })).toMatch(/link/);
  });

  it.runIf(me === 0)('is refused for real, with what to do about it', async () => {
    writeFileSync(join(folder, 'shared.toml'), RULE);
    chmodSync(join(folder, 'shared.toml'), 0o666);
    expect(await refusal(open(join(folder, 'shared.toml')))).toMatch(
      /^The rules file is refused, because root would act on what others write: shared.toml can be changed by other users\. Make/,
    );
  });
});
