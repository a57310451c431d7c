// The folders of src: what is in each, what it may import, and why. The import rules and the table in ARCHITECTURE.md are
// made from this list.

/**
 * @typedef {object} Stage
 * @property {string} folder in src
 * @property {string} [what] is in it, where it has no rooms
 * @property {string} why it may import what is named and nothing else: what `npm run check` says to who breaks the rule
 * @property {string[]} imports other stages, or rooms of them
 * @property {string[]} [packages]
 * @property {string[]} [paths] what else it may import, as regular expressions
 * @property {boolean} [hasNode] Node's own modules
 * @property {{ path?: string, pathNot?: string }} [from] the files of the folder that it is about, where not all
 * @property {string} [id] where two entries have one folder
 */

/**
 * A folder of a stage that has several, the stage's own files among them: it may import what its stage may.
 *
 * @typedef {object} Room
 * @property {string} folder in src
 * @property {string} what is in it
 * @property {string[]} imports rooms of the same stage; with a star, every room below that one
 */

/** What every stage may use: characters, numbers, curves and mistakes, which mean nothing by themselves. */
const PLAIN = ['text', 'numbers', 'errors', 'chart'];
const INSIDE = '^src/agent/(?:node|protocol)';

/** @type {readonly Stage[]} */
export const STAGES = [
  {
    folder: 'text',
    what: 'characters: sizes, ages and rates as text, widths, wrapping, cleaning, sparklines',
    why: 'Text is characters and their widths: it knows nothing of memory, and everything may use it.',
    imports: [],
    packages: ['get-east-asian-width'],
  },
  {
    folder: 'numbers',
    what: 'values of arrays at indexes that are known to lie within them; arrays lent for intermediate values',
    why: 'A value means nothing here: it is read from an array, and everything may use it.',
    imports: [],
  },
  {
    folder: 'errors',
    what: 'errors of three kinds: a mistake of the user, a quiet exit, a bug',
    why: 'A mistake is a sentence and a next step, and every stage can throw it.',
    imports: ['text'],
  },
  {
    folder: 'chart',
    what: 'curves, axes and windows of charts',
    why: 'A chart draws numbers over time, whatever they mean: it knows characters, not the model.',
    imports: ['text', 'numbers'],
  },
  {
    folder: 'model',
    what: 'facts and arithmetic in rooms; in the folder itself the signals of signal(7)',
    why:
      'The model is facts and arithmetic: it imports only itself, text, charts, errors and packages without input or ' +
      'output, so that every conclusion can be tested with plain values. Read the thing elsewhere and hand it in.',
    imports: PLAIN,
    packages: ['re2js'],
  },
  {
    folder: 'formats',
    why:
      'A format turns snapshots into text and back: it knows the model, node:zlib and the library it formats for, never ' +
      'where snapshots come from or go to.',
    imports: ['model', ...PLAIN],
    paths: ['^(?:node:)?zlib$'],
    from: { pathNot: '^src/formats/report-html/page/' },
  },
  {
    folder: 'formats/report-html/page',
    why: 'The script of a page runs in a browser: of memtop it has the texts of numbers and the types of its data.',
    imports: ['text', 'formats/report-html'],
    packages: ['uplot'],
  },
  {
    folder: 'recording',
    what: 'recordings in files and in memory: members of gzip, written, made whole after a crash, found and read',
    why: 'A recording is lines of src/formats/recording in files: what the lines mean is said there.',
    imports: ['model', ...PLAIN, 'formats', 'files'],
    hasNode: true,
  },
  {
    folder: 'sampling',
    what: '`poll()`, which makes a stream of snapshots, and the table of samplers',
    why:
      'A sampler measures and nothing else: model, formats, Node itself, systeminformation and ps-list. Rates and ' +
      'verdicts are derived in src/model.',
    imports: ['model', ...PLAIN, 'formats'],
    packages: ['systeminformation', 'ps-list'],
    hasNode: true,
  },
  {
    folder: 'files',
    what: 'the one way to write, add to and remove files',
    why: 'The one way to write a file needs Node, the sentence for the user, and the check of paths that the launcher has too.',
    imports: ['errors'],
    paths: ['^bin/ancestry\\.js$'],
    hasNode: true,
  },
  {
    folder: 'agent',
    why: "The agents' client knows the protocol, the model and the parsers of /proc, never the screen or the commands.",
    imports: ['model', ...PLAIN, 'files', 'sampling/linux'],
    hasNode: true,
    id: 'agent-client',
    from: { pathNot: INSIDE },
  },
  {
    folder: 'agent',
    why:
      'An agent runs inside another program and must cost it nothing: Node itself and the protocol, no package ' +
      'and no other part of memtop but types of the model.',
    imports: ['model'],
    // Only with its prefix, and only in Node 26: the tables of older versions do not know it.
    paths: ['^ffi$'],
    hasNode: true,
    id: 'agent-inside',
    from: { path: INSIDE },
  },
  {
    folder: 'acting',
    why:
      "What acts on other processes needs the agents' client, the samplers and the parsers of /proc to prove which process " +
      'it acts on, never the screen or the commands.',
    imports: ['model', ...PLAIN, 'files', 'agent', 'sampling'],
    packages: ['ws'],
    hasNode: true,
  },
  {
    folder: 'app',
    why:
      'The app is a pure function of state and action: it imports the model, and of the agents and the settings only ' +
      'types. It declares effects; src/commands performs them.',
    imports: ['model', ...PLAIN, 'agent', 'settings'],
  },
  {
    folder: 'screen',
    why: 'The screen draws the state and dispatches actions, nothing else: app, model, Ink and React.',
    imports: ['app', 'model', ...PLAIN],
    packages: ['ink', 'react', '@types/react'],
    from: { pathNot: '^src/screen/ink/' },
  },
  {
    folder: 'screen/ink',
    why: "Stand-ins for files of Ink and of what it measures with: they may import only one another, Ink's own files and numbers.",
    imports: ['numbers'],
    packages: ['ink', 'string-width', 'yoga-layout'],
    paths: ['^yoga\\.wasm$'],
  },
  {
    folder: 'terminal',
    what: 'the tty: enter, leave, suspend, key bytes, answers, painting by changed cells',
    why: 'The terminal is bytes, modes and signals: it imports Node itself, so that it can be used and tested alone.',
    imports: [],
    hasNode: true,
  },
  {
    folder: 'settings',
    why: 'The settings are a table of plain values: they need the model and Node, and know no flag and no file.',
    imports: ['model', ...PLAIN],
    hasNode: true,
    from: { pathNot: '^src/settings/file/' },
  },
  {
    folder: 'settings/file',
    why: 'The settings file needs the table of settings, the TOML library and the one way to write a file.',
    imports: ['model', ...PLAIN, 'files', 'settings'],
    packages: ['smol-toml', '@decimalturn/toml-patch'],
    hasNode: true,
  },
  {
    folder: 'cli',
    what: "flags and their values to one settled request; memtop's own process: streams, heap, survival",
    why:
      'The command line and the process of memtop: the model, settings, streams, and what keeps memtop alive, never a ' +
      'command.',
    imports: ['model', ...PLAIN, 'settings', 'files', 'terminal', 'sampling'],
    packages: ['commander'],
    hasNode: true,
  },
  {
    folder: 'printing',
    what: 'what is printed of snapshots and what it needs of them; the printer, of this machine or of a recording',
    why: 'Printing turns a request into needs, and snapshots into text: where they come from is the business of a command.',
    imports: ['model', ...PLAIN, 'settings', 'formats', 'sampling', 'cli'],
  },
];

/** @type {readonly Room[]} */
export const ROOMS = [
  // The model, from facts to conclusions.
  {
    folder: 'model/snapshot',
    what: 'one sample of a machine: processes, heaps, cgroups, kills, what could not be read',
    imports: [],
  },
  { folder: 'model/appearance', what: 'the choices of appearance; the severity of memory use', imports: [] },
  {
    folder: 'model/growth',
    what: 'judging a curve: pattern, rate, forecast; Theil-Sen, Mann-Kendall',
    imports: [],
  },
  {
    folder: 'model/history',
    what: 'the history of every number, in one shared slab',
    imports: ['model/growth', 'model/snapshot'],
  },
  { folder: 'model/breakdown', what: "where the machine's memory went, part by part", imports: ['model/snapshot'] },
  {
    folder: 'model/cgroup',
    what: 'names of cgroups, gauges, pressure, and the texts that all views use',
    imports: ['model/appearance', 'model/snapshot'],
  },
  {
    folder: 'model/rows',
    what: 'rows made from snapshots: rates, forecasts, sums, labels',
    imports: ['model/snapshot', 'model/growth', 'model/history', 'model/breakdown', 'model/cgroup'],
  },
  {
    folder: 'model/columns',
    what: 'the table of columns and how their cells are made',
    imports: ['model/snapshot', 'model/growth', 'model/history', 'model/cgroup', 'model/rows'],
  },
  {
    folder: 'model/query',
    what: 'filters: text to tokens, tree and test of rows',
    imports: ['model/snapshot', 'model/rows', 'model/columns'],
  },
  {
    folder: 'model/arrangement',
    what: 'which rows are shown and how: list, tree, groups',
    imports: ['model/snapshot', 'model/cgroup', 'model/rows', 'model/columns', 'model/query'],
  },
  {
    folder: 'model/collection',
    what: 'what a collection proves, what to advise, the leak test',
    imports: ['model/snapshot', 'model/growth', 'model/cgroup'],
  },
  {
    folder: 'model/lines',
    what: 'what holds a leak: containers and call sites',
    imports: ['model/snapshot', 'model/cgroup', 'model/collection'],
  },
  {
    folder: 'model/oom',
    what: 'which processes were killed for lack of memory: messages of kernel and daemons, kill records',
    imports: ['model/snapshot', 'model/history', 'model/rows'],
  },
  {
    folder: 'model/review',
    what: 'a span of time at a glance: lowest memory, peaks and courses of processes, kills',
    imports: ['snapshot', 'growth', 'history', 'cgroup', 'rows'].map((room) => `model/${room}`),
  },
  {
    folder: 'model/run',
    what: 'one run of a command: its peaks, resting memory, curve and result',
    imports: ['snapshot', 'growth', 'collection'].map((room) => `model/${room}`),
  },
  {
    folder: 'model/rules',
    what: 'rules that act before the kernel does: read from their text, explained, and decided sample after sample',
    imports: [
      'model',
      ...['snapshot', 'growth', 'cgroup', 'rows', 'columns', 'query', 'collection'].map((room) => `model/${room}`),
    ],
  },
  {
    folder: 'model/recall',
    what: 'what was recorded, what in it is worth going back to, and rows of a moment of it',
    imports: ['model/snapshot', 'model/rows', 'model/oom'],
  },
  // Sampling, from bytes to snapshots.
  {
    folder: 'sampling/sampler',
    what: 'what a sampler is, what may be requested of it, the count of gaps',
    imports: [],
  },
  {
    folder: 'sampling/linux',
    what: 'the sampler of Linux, which plugs its rooms together',
    imports: ['sampling/sampler', 'sampling/linux/*'],
  },
  {
    folder: 'sampling/linux/proc',
    what: 'one parser for each kernel file, and the descriptor that is kept of one',
    imports: ['sampling/linux/proc/net'],
  },
  { folder: 'sampling/linux/proc/net', what: 'the same for /proc/net', imports: [] },
  {
    folder: 'sampling/linux/reading',
    what: 'reading files: into one buffer, in slices, by a child where a read may never return',
    imports: ['sampling/linux/proc'],
  },
  {
    folder: 'sampling/linux/processes',
    what: 'which processes exist, which rows are read in a tick, and reading one',
    imports: ['sampling/sampler', 'sampling/linux/proc', 'sampling/linux/reading'],
  },
  {
    folder: 'sampling/linux/smaps',
    what: 'PSS and USS within a budget of time',
    imports: ['sampling/sampler', 'sampling/linux/proc', 'sampling/linux/reading', 'sampling/linux/processes'],
  },
  {
    folder: 'sampling/linux/cgroup',
    what: "folders and limits of memory cgroups, memtop's own and those of rows",
    imports: ['sampling/sampler', 'sampling/linux/proc', 'sampling/linux/reading'],
  },
  {
    folder: 'sampling/linux/machine',
    what: 'memory, host and boot time of the machine',
    imports: ['sampling/sampler', 'sampling/linux/proc', 'sampling/linux/reading', 'sampling/linux/cgroup'],
  },
  {
    folder: 'sampling/linux/oom',
    what: 'kills: the counter each tick, the logs when it moves',
    imports: ['sampling/sampler', 'sampling/linux/proc', 'sampling/linux/reading', 'sampling/linux/cgroup'],
  },
  {
    folder: 'sampling/linux/tree',
    what: 'the processes of one command, and their memory between two samples',
    imports: ['sampling/linux/proc', 'sampling/linux/reading'],
  },
  {
    folder: 'sampling/portable',
    what: 'the sampler for other systems: ps-list and systeminformation, joined',
    imports: ['sampling/sampler', 'sampling/linux/machine', 'sampling/linux/reading'],
  },
  // Agents: inside programs, and their client outside.
  { folder: 'agent/protocol', what: 'what agent and client say to each other', imports: [] },
  {
    folder: 'agent/node',
    what: 'the agent inside a Node.js program: socket, methods, answers',
    imports: ['agent/protocol', 'agent/node/*'],
  },
  {
    folder: 'agent/node/runtime',
    what: 'what this Node.js can do, its time, memory and collections',
    imports: ['agent/protocol'],
  },
  {
    folder: 'agent/node/workers',
    what: 'worker threads of the program',
    imports: ['agent/protocol', 'agent/node/runtime'],
  },
  {
    folder: 'agent/node/collecting',
    what: 'collecting garbage, trimming, heap snapshots',
    imports: ['agent/protocol', 'agent/node/runtime', 'agent/node/workers'],
  },
  {
    folder: 'agent/node/lines',
    what: 'what holds a leak, named inside the program: a bundle of its own',
    imports: ['agent/protocol', 'agent/node/runtime', 'agent/node/workers'],
  },
  { folder: 'agent/python', what: 'the agent for Python, one file', imports: [] },
  { folder: 'agent/python/site', what: 'loads it when Python starts', imports: [] },
  {
    folder: 'agent/client/finding',
    what: 'finding, verifying and opening the sockets of agents',
    imports: ['agent/protocol'],
  },
  {
    folder: 'agent/client',
    what: 'connections to agents: asking, checking the answers, collecting, leak tests',
    imports: ['agent/protocol', 'agent/client/finding'],
  },
  {
    folder: 'agent/launch',
    what: 'a command made ready to have an agent, for `memtop run`',
    imports: ['agent/protocol'],
  },
  {
    folder: 'agent',
    what: 'snapshots with what agents report of their programs',
    imports: ['agent/protocol', 'agent/client'],
  },
  // Acting on processes.
  { folder: 'acting', what: 'the one gate for signals: which process a pid means, right before kill(2)', imports: [] },
  {
    folder: 'acting/inspector',
    what: 'attaching to Node.js programs, in a process of its own (`dist/attach.cjs`)',
    imports: ['acting'],
  },
  // The app, from types to actions.
  {
    folder: 'app/layout',
    what: 'where everything on a screen of a given size is: areas, columns, windows of lists',
    imports: [],
  },
  { folder: 'app/state', what: 'types, the first state, the table of keys', imports: ['app/layout'] },
  {
    folder: 'app/recorder',
    what: 'going back and forth in what is recorded: keys, and the cells of the timeline',
    imports: ['app/layout', 'app/state'],
  },
  {
    folder: 'app/panes',
    what: 'panes as pure functions from state and space to lines, and the table of them',
    imports: ['app/layout', 'app/state'],
  },
  {
    folder: 'app/view',
    what: 'what follows from a state: its layout, rows in order and on the screen, help, needs of the next sample',
    imports: ['app/layout', 'app/state', 'app/panes'],
  },
  {
    folder: 'app/actions',
    what: '`update` and what each key makes of a state',
    imports: ['app/layout', 'app/state', 'app/recorder', 'app/panes', 'app/view'],
  },
  { folder: 'app', what: 'the store: actions in, states and effects out', imports: ['app/state', 'app/actions'] },
  // The screen, from styles to the frame.
  { folder: 'screen/theme', what: 'themes: signs, and styles by what they mean', imports: [] },
  { folder: 'screen/header', what: 'gauges, forecast and kills above the table', imports: ['screen/theme'] },
  { folder: 'screen/table', what: 'titles, and a row as one string', imports: ['screen/theme'] },
  { folder: 'screen/panes', what: 'panes next to or in place of the table', imports: ['screen/theme'] },
  {
    folder: 'screen/prompt',
    what: 'the last line: keys, counts, or the prompt that is open',
    imports: ['screen/theme', 'screen/header'],
  },
  { folder: 'screen/ink', what: "faster equals of Ink's own files, put in by the build", imports: [] },
  {
    folder: 'screen/ink/layout',
    what: 'places and sizes of boxes and texts, in place of Yoga; put in by the build',
    imports: [],
  },
  {
    folder: 'screen',
    what: 'the frame as Ink components, and Ink as a function from state to frame',
    imports: ['screen/theme', 'screen/header', 'screen/table', 'screen/panes', 'screen/prompt'],
  },
  // Settings.
  {
    folder: 'settings',
    what: 'the table of settings and how their values are read; the settings of a run; what the environment says of the terminal',
    imports: [],
  },
  {
    folder: 'settings/file',
    what: 'the settings file: found, read, edited, saved; rules files, read',
    imports: ['settings'],
  },
  { folder: 'formats', what: 'snapshots as JSON, CSV, a table, one line for tmux; a collection as JSON', imports: [] },
  {
    folder: 'formats/recording',
    what: 'a recording: snapshots as lines that carry what changed, and back',
    imports: ['formats'],
  },
  {
    folder: 'formats/exports',
    what: 'a recording for other programs: a trace for Perfetto, OpenMetrics for Prometheus',
    imports: ['formats'],
  },
  {
    folder: 'formats/report-html',
    what: 'a recording as a page for a browser: its data, compact, and the frame around script and style',
    imports: ['formats'],
  },
  {
    folder: 'formats/report-html/page',
    what: 'the script of that page, put in by the build: charts by uPlot, table, keys',
    imports: ['formats/report-html'],
  },
  { folder: 'formats/report-html/page/style', what: 'its style sheets', imports: [] },
  { folder: 'formats/run', what: 'the result of a run as text and JSON', imports: ['formats'] },
  // Commands: one may not import another (a rule of its own).
  { folder: 'commands', what: 'the table of subcommands, and those of one file', imports: ['commands/*'] },
  { folder: 'commands/watch', what: 'the screen: session, effects, log, ending', imports: [] },
  { folder: 'commands/watch/replaying', what: 'a recording on the screen', imports: ['commands/watch'] },
  { folder: 'commands/print', what: 'one-shot output', imports: [] },
  { folder: 'commands/record', what: 'recording to a file or a pipe', imports: [] },
  { folder: 'commands/report', what: 'a recording at a glance, as text, a picture or a page', imports: [] },
  { folder: 'commands/replay', what: 'one-shot output of what was recorded', imports: [] },
  { folder: 'commands/collect', what: 'collecting, leak tests, heap snapshots from the shell', imports: [] },
  { folder: 'commands/guard', what: 'acting by rules without a screen', imports: [] },
  { folder: 'commands/run', what: 'starting a program with an agent, following it, and the report on it', imports: [] },
  { folder: 'commands/completion', what: 'scripts for shells', imports: [] },
  { folder: 'commands/doctor/checks', what: 'the table of checks, and what they know of the machine', imports: [] },
  { folder: 'commands/doctor', what: 'what works here and what does not', imports: ['commands/doctor/checks'] },
];

/** What a stage is made of: the folder itself and those below it. */
const within = (/** @type {string} */ folder, /** @type {string} */ stage) =>
  folder === stage || folder.startsWith(`${stage}/`);

/** A row of the table in ARCHITECTURE.md. */
const rowOf = (/** @type {string} */ folder, /** @type {string} */ what, /** @type {string} */ imports) =>
  `| \`${folder}/\` | ${what} | ${imports} |`;

/**
 * The table of ARCHITECTURE.md: a row for every folder of src that has files, in the order of the pipeline.
 * @returns {string}
 */
export function tableOfRooms() {
  const rows = [];
  const stages = STAGES.filter(({ id, folder }) => id !== 'agent-inside' && !folder.includes('/'));
  for (const { folder, what, imports, packages = [], hasNode = false } of stages) {
    const others =
      [...imports, ...packages.filter((name) => !name.startsWith('@types/')), ...(hasNode ? ['node:*'] : [])].join(
        ', ',
      ) || 'nothing';
    if (what !== undefined) rows.push(rowOf(folder, what, others));
    for (const room of ROOMS.filter((one) => within(one.folder, folder))) {
      const own = room.imports
        .map((one) => (one.startsWith(`${folder}/`) ? one.slice(folder.length + 1) : one))
        .join(', ');
      const isWhole = room.folder === folder;
      rows.push(rowOf(room.folder, room.what, isWhole ? [own, others].filter(Boolean).join('; ') : own));
    }
  }
  for (const room of ROOMS.filter((one) => within(one.folder, 'commands'))) {
    rows.push(
      rowOf(
        room.folder,
        room.what,
        room.folder === 'commands' ? 'all stages; each command by `import()`' : room.imports.join(', '),
      ),
    );
  }
  return [
    '| folder of `src` | what is in it | may import |',
    '| --- | --- | --- |',
    '| `main.ts` | the entry: arguments to a command to an exit code | everything but the screen |',
    ...rows,
  ].join('\n');
}
