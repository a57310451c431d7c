// The edits that add one thing of each kind. scripts/count-touched.js applies them to a copy.

/**
 * @typedef {object} Edit
 * @property {string} file from the root
 * @property {string} [create] the whole text of a new file
 * @property {string} [at] a text that stands exactly once in the file
 * @property {string} [before] what is put before it
 * @property {string} [after] what is put behind it
 */

/**
 * @typedef {object} Recipe
 * @property {string} what as in the table of ARCHITECTURE.md
 * @property {Edit[]} edits
 * @property {string[]} tests files and folders of test that have to pass with it
 */

/** @type {Recipe[]} */
export const RECIPES = [
  {
    what: 'a column from a known fact',
    edits: [
      {
        file: 'src/model/columns/columns.ts',
        at: "  {\n    id: 'nice',",
        before: `  {
    id: 'parent',
    title: 'PARENT',
    meaning: 'process ID of its parent',
    width: 7,
    priority: 20,
    adds: true,
    ...whole((process) => process.who.ppid),
  },
`,
      },
    ],
    tests: ['test/model/columns', 'test/model/query', 'test/formats'],
  },
  {
    what: 'a measure from a new /proc file',
    edits: [
      {
        file: 'src/sampling/linux/proc/timer-slack.ts',
        create: `// /proc/PID/timerslack_ns: by how much its timers may be late (proc_pid_timerslack_ns(5)).

/** Nanoseconds, from the first \`length\` bytes; undefined when they are not a whole number. */
export function parseTimerSlack(bytes: Buffer, length: number): number | undefined {
  const digits = /^(\\d{1,15})\\n?$/.exec(bytes.toString('latin1', 0, Math.min(length, 20)))?.[1];
  return digits === undefined ? undefined : Number(digits);
}
`,
      },
      {
        file: 'src/sampling/linux/processes/own-numbers.ts',
        at: 'import type { FileReader }',
        before: "import { parseTimerSlack } from '../proc/timer-slack.ts';\n",
      },
      {
        file: 'src/sampling/linux/processes/own-numbers.ts',
        at: '] as const satisfies',
        before:
          '  // Nanoseconds by which its timers may be late.\n' +
          "  { field: 'timerSlack', file: 'timerslack_ns', parse: parseTimerSlack },\n",
      },
      {
        file: 'test/sampling/linux/proc/timer-slack.test.ts',
        create: `import { expect, onTestFinished, test } from 'vitest';
import { openProcfs } from '../../../../src/sampling/linux/procfs.ts';
import { needing, never } from '../../needs.ts';
import { Tree } from '../tree.ts';

test('what is in timerslack_ns is a number of the process next to its OOM score', async () => {
  const tree = new Tree();
  const sampler = openProcfs(tree.proc);
  onTestFinished(() => {
    sampler.close();
    tree.remove();
  });
  tree.add(1);
  tree.write('1/timerslack_ns', '50000\\n');
  tree.write('1/oom_score', '667\\n');
  const needs = needing({ measures: new Set(['timerSlack', 'oomScore']), everyMeasure: true, everyRow: true });
  const { processes } = await sampler.sample(needs, never);
  expect(processes[0]).toMatchObject({ timerSlack: 50_000, oomScore: 667 });
});
`,
      },
      {
        file: 'src/model/columns/columns.ts',
        at: "  {\n    id: 'nice',",
        before: `  {
    id: 'slack',
    title: 'SLACK',
    meaning: 'nanoseconds by which its timers may be late',
    width: 7,
    priority: 20,
    measure: 'timerSlack',
    adds: true,
    ...whole((process) => process.timerSlack),
  },
`,
      },
    ],
    tests: ['test/model/columns', 'test/sampling/linux/processes', 'test/sampling/linux/proc', 'test/formats'],
  },
  {
    what: 'a key',
    edits: [
      {
        file: 'src/app/state/keys.ts',
        at: "  { keys: ['pageup'],",
        before: "  { keys: ['f8'], group: 'Move', help: 'ten lines down', command: { do: 'move', by: 10 } },\n",
      },
    ],
    tests: ['test/app/state', 'test/app/actions'],
  },
  {
    what: 'a command',
    edits: [
      {
        file: 'src/commands/version.ts',
        create: `// \`memtop version\`: prints the version of Node.js that memtop runs on.
import type { Context } from '../cli/context.ts';
import type { Request } from '../cli/request.ts';

/** Settles with 0. */
export async function version(_request: Request, context: Context): Promise<number> {
  await context.print(\`\${process.version}\\n\`);
  return 0;
}
`,
      },
      {
        file: 'src/commands/table.ts',
        at: "  {\n    name: 'agents',",
        before: `  {
    name: 'version',
    summary: 'print the version of Node.js',
    flags: [],
    load: async () => (await import('./version.ts')).version,
  },
`,
      },
    ],
    tests: ['test/commands/table.test.ts', 'test/commands/completion'],
  },
  {
    what: 'a setting',
    edits: [
      {
        file: 'src/settings/table.ts',
        at: '  /** Nothing that acts on a process. */\n',
        before: "  bell: setting({ meaning: 'a bell for each OOM kill', usual: false, ...yesOrNo('bell') }),\n",
      },
      {
        file: 'test/cli/settle.test.ts',
        at: '    mouse: false,\n    readonly: true,\n  };\n  const settledWith',
        before: '    bell: true,\n',
      },
      { file: 'test/settings/file/any-settings.ts', at: '  mouse: fc.boolean(),\n', before: '  bell: fc.boolean(),\n' },
    ],
    tests: ['test/settings'],
  },
  {
    what: 'a pane',
    edits: [
      {
        file: 'src/app/panes/users.ts',
        create: `// The users pane: who has processes on the screen.
import type { PaneKind, PlainPane } from '../state/pane.ts';

declare module '../state/pane.ts' {
  interface PanesByKind {
    readonly users: PlainPane<'users'>;
  }
}

export const USERS: PaneKind<PlainPane<'users'>> = {
  place: 'below',
  fraction: 0.5,
  title: () => 'users',
  height: (_, { view }) => view?.rows.length ?? 0,
  draw: (_, { view }) => [...new Set(view?.rows.map(({ process }) => process.who.user ?? ''))],
};
`,
      },
      {
        file: 'src/app/panes/panes.ts',
        at: "import { VERDICTS } from './verdicts.ts';",
        before: "import { USERS } from './users.ts';\n",
      },
      { file: 'src/app/panes/panes.ts', at: '  memory: MEMORY,\n', after: '  users: USERS,\n' },
    ],
    tests: ['test/app/panes', 'test/app/actions/update.test.ts'],
  },
  {
    what: 'a sampler',
    edits: [
      {
        file: 'src/sampling/frozen.ts',
        create: `// The frozen sampler: the first sample of the usual one, again and again.
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import { openProcfs } from './linux/procfs.ts';
import type { Sampler } from './sampler/sampler.ts';

export function openFrozen(): Sampler {
  const sampler = openProcfs();
  let first: Promise<Snapshot> | undefined;
  return {
    name: 'frozen',
    sample(needs, signal) {
      first ??= sampler.sample(needs, signal);
      return first;
    },
    close: () => sampler.close(),
  };
}
`,
      },
      {
        file: 'src/sampling/samplers.ts',
        at: 'import { openProcfs }',
        before: "import { openFrozen } from './frozen.ts';\n",
      },
      {
        file: 'src/sampling/samplers.ts',
        at: '[auto, procfs, portable];',
        before:
          "[auto, procfs, portable, { name: 'frozen', describe: 'shows one sample', open: async () => openFrozen() }]; //",
      },
      {
        file: 'test/sampling/samplers.test.ts',
        at: 'auto, procfs, portable',
        after: ', frozen',
      },
    ],
    tests: ['test/sampling/samplers.test.ts'],
  },
];
