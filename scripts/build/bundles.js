// The table of bundles: each entry becomes one CommonJS file in dist.

/**
 * @typedef {object} Bundle
 * @property {string} entry the source file, from the root of the package
 * @property {string} file its name in dist
 * @property {string} target the oldest engine it has to run on
 * @property {boolean} hasPackages whether it may contain npm packages
 * @property {Readonly<Record<string, string>>} [embeds] entries that become text in it, by the names that stand for them
 */

/**
 * Bundles that are loaded by memtop itself, through its launcher. An `import()` of an entry named here becomes a
 * `require` of its file, so that what one command needs costs the others nothing.
 * @type {readonly Bundle[]}
 */
export const chunks = [
  { entry: 'src/main.ts', file: 'main.cjs', target: 'node20', hasPackages: true },
  { entry: 'src/cli/command-line.ts', file: 'command-line.cjs', target: 'node20', hasPackages: true },
  { entry: 'src/commands/watch/watch.ts', file: 'watch.cjs', target: 'node20', hasPackages: true },
  {
    entry: 'src/commands/watch/replaying/replaying.ts',
    file: 'replay-screen.cjs',
    target: 'node20',
    hasPackages: true,
  },
  { entry: 'src/screen/renderer.tsx', file: 'renderer.cjs', target: 'node20', hasPackages: true },
  { entry: 'src/commands/watch/collecting.ts', file: 'collecting.cjs', target: 'node20', hasPackages: true },
  { entry: 'src/recording/flight-recorder.ts', file: 'flight-recorder.cjs', target: 'node20', hasPackages: true },
  { entry: 'src/commands/watch/saved-recording.ts', file: 'saved-recording.cjs', target: 'node20', hasPackages: true },
  { entry: 'src/settings/file/read.ts', file: 'settings.cjs', target: 'node20', hasPackages: true },
  { entry: 'src/settings/file/save.ts', file: 'settings-save.cjs', target: 'node20', hasPackages: true },
  { entry: 'src/settings/file/edit.ts', file: 'settings-edit.cjs', target: 'node20', hasPackages: true },
  { entry: 'src/files/write.ts', file: 'files.cjs', target: 'node20', hasPackages: true },
  { entry: 'src/commands/watch/open-signalling.ts', file: 'signalling.cjs', target: 'node20', hasPackages: true },
  { entry: 'src/commands/print/with-agents.ts', file: 'with-agents.cjs', target: 'node20', hasPackages: true },
  { entry: 'src/model/query/regex-engine.ts', file: 'patterns.cjs', target: 'node20', hasPackages: true },
  { entry: 'src/sampling/linux/oom/kill-names.ts', file: 'kill-names.cjs', target: 'node20', hasPackages: true },
  { entry: 'src/commands/agents.ts', file: 'agents.cjs', target: 'node20', hasPackages: true },
  { entry: 'src/commands/collect/collect.ts', file: 'collect.cjs', target: 'node20', hasPackages: true },
  { entry: 'src/commands/doctor/doctor.ts', file: 'doctor.cjs', target: 'node20', hasPackages: true },
  { entry: 'src/commands/completion/completion.ts', file: 'completion.cjs', target: 'node20', hasPackages: true },
  { entry: 'src/commands/run/run.ts', file: 'run.cjs', target: 'node20', hasPackages: true },
  { entry: 'src/commands/guard/guard.ts', file: 'guard.cjs', target: 'node20', hasPackages: true },
  { entry: 'src/commands/record/record.ts', file: 'record.cjs', target: 'node20', hasPackages: true },
  { entry: 'src/commands/replay/replay.ts', file: 'replay.cjs', target: 'node20', hasPackages: true },
  { entry: 'src/commands/report/report.ts', file: 'report.cjs', target: 'node20', hasPackages: true },
  { entry: 'src/commands/run/observed.ts', file: 'run-observed.cjs', target: 'node20', hasPackages: true },
  { entry: 'src/commands/run/compare.ts', file: 'run-compare.cjs', target: 'node20', hasPackages: true },
  { entry: 'src/agent/client/exit-notes.ts', file: 'run-notes.cjs', target: 'node20', hasPackages: true },
  { entry: 'src/commands/run/direct.ts', file: 'run-directly.cjs', target: 'node20', hasPackages: true },
];

/** What an `import()` leads to and what is in main.cjs all the same, since it is small; what it needs is there in any case. */
export const withinMain = ['src/commands/line.ts', 'src/commands/print/print.ts', 'src/sampling/portable/portable.ts'];

/**
 * The agent runs inside other people's programs: old Node versions, no npm package. Code that it seldom needs is embedded
 * as text (MEMTOP_LINES), so that it is parsed only when needed.
 * @type {Bundle}
 */
export const agent = {
  entry: 'src/agent/node/agent.ts',
  file: 'agent.cjs',
  target: 'node16',
  hasPackages: false,
  embeds: { MEMTOP_LINES: 'src/agent/node/lines/lines.ts' },
};

/**
 * What memtop starts as a process of its own.
 * @type {Bundle}
 */
export const attach = {
  entry: 'src/acting/inspector/attach-process.ts',
  file: 'attach.cjs',
  target: 'node20',
  hasPackages: true,
};

/** Copied as they are, files and whole folders. */
export const copies = [
  { from: 'src/agent/python', to: 'python' },
  { from: 'src/agent/node/agent.d.cts', to: 'agent.d.cts' },
  { from: 'src/agent/node/load-agent.cjs', to: 'agent-loader.cjs' },
];

/**
 * Packages that stay outside, installed next to memtop and loaded only by those who need them, and how they are loaded:
 * require is the cheaper way, but a package of ES modules needs a true import().
 * @type {Readonly<Record<string, 'require' | 'import'>>}
 */
export const runtimePackages = { 'ps-list': 'import', systeminformation: 'require' };
