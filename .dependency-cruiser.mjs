// Who may import whom, checked by `npm run check`. The folders of src are stages in the order data flows; a rule that
// seems to be in the way usually says that something stands in the wrong folder.

/** @param {string[]} names */
const packages = (...names) => names.map((name) => `(?:^|/)node_modules/${name}/`);

/**
 * A folder may import itself and what is named, nothing else.
 * @param {string} folder
 * @param {string} comment
 * @param {string[]} allowed
 * @param {{ hasNode?: boolean, from?: object, id?: string }} [more]
 */
const only = (folder, comment, allowed, { hasNode = false, from = {}, id = folder } = {}) => ({
  name: `what-${id.replaceAll('/', '-')}-may-import`,
  comment,
  severity: 'error',
  from: { path: `^src/${folder}/`, ...from },
  to: {
    pathNot: [`^src/${folder}/`, ...allowed],
    ...(hasNode ? { dependencyTypesNot: ['core'] } : {}),
  },
});

/** What every stage may use: characters, curves and mistakes, which mean nothing by themselves. */
const PLAIN = ['^src/(?:text|errors|chart)/'];

const rules = [
  only(
    'text',
    'Text is characters and their widths: it knows nothing of memory, and everything may use it.',
    packages('get-east-asian-width'),
  ),
  only('errors', 'A mistake is a sentence and a next step, as every stage can throw it.', ['^src/text/']),
  only('chart', 'A chart draws numbers over time, whatever they mean: it knows characters, not the model.', [
    '^src/text/',
  ]),
  only(
    'model',
    'The model is facts and arithmetic: it imports only itself, text, charts, errors and packages without input or ' +
      'output, so that every conclusion can be tested with plain values. Read the thing elsewhere and hand it in.',
    [...PLAIN, ...packages('re2js')],
  ),
  only(
    'formats',
    'A format turns snapshots into text and back: it knows the model, node:zlib and the library it formats for, never ' +
      'where snapshots come from or go to.',
    ['^src/model/', ...PLAIN, '^(?:node:)?zlib$'],
  ),
  only(
    'sampling',
    'A sampler measures and nothing else: model, formats, Node itself, systeminformation and ps-list. Rates and ' +
      'verdicts are derived in src/model.',
    ['^src/model/', ...PLAIN, '^src/formats/', ...packages('systeminformation', 'ps-list')],
    { hasNode: true },
  ),
  only(
    'agent',
    "An agent runs inside somebody else's program and must cost it nothing: Node itself and the protocol, no package " +
      'and no other part of memtop.',
    // Only with its prefix, and only in Node 26: the tables of older versions do not know it.
    ['^ffi$'],
    { hasNode: true, id: 'agent-inside', from: { path: '^src/agent/(?:node|protocol)' } },
  ),
  only(
    'agent',
    "The agents' client knows the protocol, the model and the parsers of /proc, never the screen or the commands.",
    ['^src/model/', ...PLAIN, '^src/files/', '^src/sampling/linux/'],
    { hasNode: true, id: 'agent-client', from: { pathNot: '^src/agent/(?:node|protocol)' } },
  ),
  only(
    'acting',
    "What acts on other processes needs the agents' client, the samplers and the parsers of /proc to prove which process " +
      'it acts on, never the screen or the commands.',
    ['^src/model/', ...PLAIN, '^src/files/', '^src/agent/', '^src/sampling/', ...packages('ws')],
    { hasNode: true },
  ),
  {
    name: 'only-acting-opens-inspectors',
    comment:
      'Whoever speaks to an inspector can run code in another program: src/acting proves first which program it is.',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/acting/inspector/' },
    to: { path: packages('ws') },
  },
  only(
    'files',
    'The one way to write a file needs Node, the sentence for the person, and the check of paths that the launcher has too.',
    ['^src/errors/', '^bin/ancestry\\.js$'],
    { hasNode: true },
  ),
  only(
    'app',
    'The app is a pure function of state and action: it imports the model, and of the agents only types. It declares ' +
      'effects; src/commands performs them.',
    ['^src/model/', ...PLAIN, '^src/agent/'],
  ),
  {
    name: 'app-knows-only-the-types-of-agents',
    comment: 'The app must not call an agent, or it could not be tested without one: use "import type" there.',
    severity: 'error',
    from: { path: '^src/app/' },
    to: { path: '^src/agent/', dependencyTypesNot: ['type-only'] },
  },
  only(
    'screen',
    'The screen draws the state and dispatches actions, nothing else: app, model, Ink and React.',
    ['^src/app/', '^src/model/', ...PLAIN, ...packages('ink', 'react', '@types/react')],
    { from: { pathNot: '^src/screen/ink/' } },
  ),
  only(
    'screen/ink',
    "Stand-ins for files of Ink and of what it measures with: they may import only one another and Ink's own files.",
    [...packages('ink', 'string-width', 'yoga-layout'), '^yoga\\.wasm$'],
  ),
  only(
    'terminal',
    'The terminal is bytes, modes and signals: it imports Node itself, so that it can be used and tested alone.',
    [],
    { hasNode: true },
  ),
  only(
    'settings',
    'Settings need the model, Node and the TOML library; nothing may need a running program.',
    ['^src/model/', ...PLAIN, '^src/files/', '^src/cli/', ...packages('smol-toml', '@decimalturn/toml-patch')],
    { hasNode: true },
  ),
  only(
    'cli',
    'The command line and the process of memtop: the model, settings, streams, and what keeps memtop alive, never a command.',
    [
      '^src/model/',
      ...PLAIN,
      '^src/settings/',
      '^src/files/',
      '^src/terminal/',
      '^src/sampling/',
      ...packages('commander'),
    ],
    { hasNode: true },
  ),
  {
    name: 'commands-do-not-import-one-another',
    comment:
      'A command is one file that plugs the stages together. What two commands share belongs in a stage. Only the table ' +
      'of commands knows them all.',
    severity: 'error',
    from: { path: '^src/commands/([^/]+)', pathNot: '^src/commands/(?:table|index)\\.ts$' },
    to: { path: '^src/commands/', pathNot: '^src/commands/$1' },
  },
  {
    name: 'nothing-imports-the-entry',
    comment:
      '^src/main.ts and src/commands are where everything is plugged together; what they need must not need them.',
    severity: 'error',
    from: { path: '^src/(?!main\\.ts|commands/)' },
    to: { path: '^src/(?:main\\.ts|commands/)' },
  },
  {
    name: 'the-screen-loads-lazily',
    comment:
      'Commands without a screen must not load Ink and React: only the watch command imports the screen, and it is ' +
      'reached by import() alone. The theme draws nothing: what a command prints may have its colours.',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/(?:screen|commands/watch)' },
    to: {
      path: ['^src/screen/(?!theme/)', '^src/commands/watch', ...packages('ink', 'react')],
      dependencyTypesNot: ['dynamic-import', 'type-only'],
    },
  },
  {
    name: 'nothing-goes-in-circles',
    comment: 'Two files that import each other are one file, or have a third one between them.',
    severity: 'error',
    from: { path: '^src/' },
    to: { circular: true, viaOnly: { pathNot: 'node_modules' } },
  },
  {
    name: 'everything-imported-is-there',
    comment: 'The import leads nowhere: a typing mistake, or a package that package.json does not name.',
    severity: 'error',
    from: { path: '^(?:src|test|bench)/' },
    to: { couldNotResolve: true, pathNot: '^(?:yoga\\.wasm|ffi)$' },
  },
  {
    name: 'sources-do-not-import-tests',
    comment: 'What a test needs is no part of the program.',
    severity: 'error',
    from: { path: '^src/' },
    to: { path: '^(?:test|bench|scripts)/' },
  },
];

export default {
  forbidden: rules,
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.d.ts'],
    },
  },
};
