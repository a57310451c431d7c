import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { manualPage } from '../../scripts/docs/manual.ts';
import { FLAGS, namesOf } from '../../src/cli/flags.ts';
import { COMMANDS } from '../../src/commands/table.ts';
import { COLUMNS } from '../../src/model/columns/columns.ts';

it('the manual page names every command, flag and column', () => {
  const page = manualPage().replaceAll('\\-', '-');
  for (const { name } of COMMANDS) expect(page).toContain(`\n\\fB${name}\\fR\n`);
  for (const flag of Object.values(FLAGS)) for (const name of namesOf(flag)) expect(page).toContain(`\\fB${name}\\fR`);
  for (const { id } of COLUMNS) expect(page).toContain(`\n\\fB${id}\\fR\n`);
});

it('the package carries the page to where man looks for it', () => {
  const { man, files } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  // As a string npm installs no page.
  expect(man).toEqual(['man/memtop.1']);
  expect(files).toEqual(expect.arrayContaining(['man', 'docs']));
});
