// The import rules notice what they are there to notice.

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'memtop-import-rules-')));

/** Each file breaks the rule it is listed under, in the way that is easiest to overlook. */
const offenders: readonly (readonly [rule: string, file: string, source: string])[] = [
  ['what-model-may-import', 'src/model/reads.ts', "import { readFileSync } from 'node:fs';"],
  ['what-model-may-import', 'src/model/type.ts', "import type { Leaf } from '../sampling/leaf.ts';"],
  ['what-formats-may-import', 'src/formats/file.ts', "import fs from 'fs';"],
  ['what-sampling-may-import', 'src/sampling/app.ts', "export { leaf } from '../app/leaf.ts';"],
  ['what-agent-inside-may-import', 'src/agent/node/heavy.ts', "import { z } from 'commander';"],
  ['what-agent-client-may-import', 'src/agent/client.ts', "import '../screen/leaf.tsx';"],
  ['what-app-may-import', 'src/app/now.ts', "import 'node:os';"],
  ['app-knows-only-the-types-of-settings', 'src/app/usual.ts', "import { leaf } from '../settings/leaf.ts';"],
  [
    'app-knows-nothing-of-the-settings-file',
    'src/app/saved.ts',
    "import type { Leaf } from '../settings/file/leaf.ts';",
  ],
  ['app-knows-only-the-types-of-agents', 'src/app/agent.ts', "import { leaf } from '../agent/leaf.ts';"],
  ['what-screen-may-import', 'src/screen/reads.tsx', "import { leaf } from '../sampling/leaf.ts';"],
  ['what-screen-ink-may-import', 'src/screen/ink/app.ts', "import { leaf } from '../../app/leaf.ts';"],
  ['what-terminal-may-import', 'src/terminal/model.ts', "import { leaf } from '../model/leaf.ts';"],
  ['what-settings-may-import', 'src/settings/app.ts', "const leaf = await import('../app/leaf.ts');"],
  ['what-cli-may-import', 'src/cli/screen.ts', "import { leaf } from '../screen/leaf.tsx';"],
  ['what-text-may-import', 'src/text/meaning.ts', "import { leaf } from '../model/leaf.ts';"],
  ['what-chart-may-import', 'src/chart/meaning.ts', "import type { Leaf } from '../model/leaf.ts';"],
  ['which-rooms-model-growth-may-import', 'src/model/growth/uphill.ts', "import { leaf } from '../rows/leaf.ts';"],
  ['which-rooms-app-state-may-import', 'src/app/state/uphill.ts', "import type { Leaf } from '../view/leaf.ts';"],
  ['which-rooms-sampling-linux-proc-may-import', 'src/sampling/linux/proc/up.ts', "import '../reading/leaf.ts';"],
  ['only-the-screen-draws-panes', 'src/app/actions/draws.ts', "import { leaf } from '../panes/drawn.ts';"],
  ['commands-do-not-import-one-another', 'src/commands/line.ts', "import { leaf } from './leaf.ts';"],
  ['nothing-imports-the-entry', 'src/app/main.ts', "import type { Leaf } from '../commands/leaf.ts';"],
  ['the-screen-loads-lazily', 'src/commands/eager.ts', "import { leaf } from '../screen/leaf.tsx';"],
  [
    'nothing-goes-in-circles',
    'src/model/circle.ts',
    "import { other } from './other.ts'; export const circle = () => other;",
  ],
  ['everything-imported-is-there', 'src/model/lost.ts', "import { lost } from './lots.ts';"],
  ['sources-do-not-import-tests', 'src/sampling/fixture.ts', "import { leaf } from '../../test/leaf.ts';"],
];

const allowed: Readonly<Record<string, string>> = {
  'src/formats/packed.ts': "import { gzipSync } from 'node:zlib'; import { leaf } from '../model/leaf.ts';",
  'src/sampling/portable/portable.ts': "import type { Systeminformation } from 'systeminformation'; import 'node:fs';",
  'src/model/rows/downhill.ts': "import { leaf } from '../growth/leaf.ts'; import '../../text/leaf.ts';",
  'src/app/types.ts': "import type { Leaf } from '../agent/leaf.ts';",
  'src/screen/table.tsx':
    "import { Text } from 'ink'; import { memo } from 'react'; import { leaf } from '../app/leaf.ts';",
  'src/commands/table.ts': "import { leaf } from './leaf.ts'; const watch = () => import('./watch.ts');",
  'src/commands/watch.ts': "import { leaf } from '../screen/leaf.tsx';",
  'src/main.ts': "import { leaf } from './commands/leaf.ts';",
};

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

let violations: Violation[] = [];

function write(file: string, source: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), `${source}\n`);
}

beforeAll(async () => {
  const leaf = 'export type Leaf = string;\nexport const leaf: Leaf = "leaf";';
  for (const name of ['model/rows', 'model/growth', 'app/view', 'sampling/linux/reading', 'settings/file', 'text']) {
    write(`src/${name}/leaf.ts`, leaf);
  }
  for (const name of ['model', 'formats', 'sampling', 'agent', 'app', 'terminal', 'settings', 'commands']) {
    write(`src/${name}/leaf.ts`, leaf);
  }
  write('src/screen/leaf.tsx', 'export const leaf = <T,>(value: T) => <b>{value}</b>;');
  write('src/model/other.ts', "import { circle } from './circle.ts'; export const other = () => circle;");
  write('src/app/panes/drawn.ts', leaf);
  write('test/leaf.ts', leaf);
  for (const [, file, source] of offenders) write(file, source);
  for (const [file, source] of Object.entries(allowed)) write(file, source);
  write(
    'tsconfig.json',
    '{ "compilerOptions": { "module": "esnext", "moduleResolution": "bundler", "jsx": "react-jsx" } }',
  );
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const command = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = join(root, '.dependency-cruiser.mjs');
  const words = [command, '--config', config, '--output-type', 'json', 'src'];
  const output = await new Promise<string>((done) => {
    execFile(process.execPath, words, { cwd: folder, maxBuffer: 2 ** 26 }, (_error, stdout) => done(stdout));
  });
  violations = JSON.parse(output).summary.violations;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(offenders)('%s is reported for %s', (rule, file) => {
  expect(violations.filter(({ from }) => from === file).map((violation) => violation.rule.name)).toContain(rule);
});

it.each(Object.keys(allowed))('nothing is reported for %s', (file) => {
  expect(violations.filter(({ from }) => from === file)).toEqual([]);
});
