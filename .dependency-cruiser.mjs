// Who may import whom, checked by `npm run check`. The folders of src are stages in the order data flows, and rooms in
// them: scripts/house/rooms.js lists them. A rule that seems to be in the way usually says that something stands in the
// wrong folder.

import { ROOMS, STAGES } from './scripts/house/rooms.js';

/** @param {string[]} names */
const packages = (...names) => names.map((name) => `(?:^|/)node_modules/${name}/`);

/** A stage may import itself and what is named, nothing else. */
const ruleOfStage = ({
  folder,
  why,
  imports,
  packages: names = [],
  paths = [],
  hasNode = false,
  from = {},
  id = folder,
}) => ({
  name: `what-${id.replaceAll('/', '-')}-may-import`,
  comment: why,
  severity: 'error',
  from: { path: `^src/${folder}/`, ...from },
  to: {
    pathNot: [`^src/${folder}/`, ...imports.map((other) => `^src/${other}/`), ...packages(...names), ...paths],
    ...(hasNode ? { dependencyTypesNot: ['core'] } : {}),
  },
});

/** The files of a room themselves; with a star those of all rooms below it. */
const filesOf = (room) => (room.endsWith('/*') ? `^src/${room.slice(0, -1)}` : `^src/${room}/[^/]+$`);

/** Of its own stage a room may import the rooms that are named, which all lie further down. */
const ruleOfRoom = ({ folder, what, imports }) => ({
  name: `which-rooms-${folder.replaceAll('/', '-')}-may-import`,
  comment: `In its stage, src/${folder} may import ${imports.join(', ') || 'no other room'}. It is: ${what}.`,
  severity: 'error',
  from: { path: filesOf(folder) },
  to: { path: `^src/${folder.split('/')[0]}/`, pathNot: [folder, ...imports].map(filesOf) },
});

const rules = [
  ...STAGES.map(ruleOfStage),
  ...ROOMS.map(ruleOfRoom),
  {
    name: 'only-acting-opens-inspectors',
    comment:
      'Code that talks to an inspector can run code in another program: src/acting proves first which program it is.',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/acting/inspector/' },
    to: { path: packages('ws') },
  },
  {
    name: 'app-knows-only-the-types-of-agents',
    comment: 'The app must not call an agent, or it could not be tested without one: use "import type" there.',
    severity: 'error',
    from: { path: '^src/app/' },
    to: { path: '^src/agent/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'app-knows-only-the-types-of-settings',
    comment: 'The app begins with settings that are handed to it: use "import type", and of the settings file nothing.',
    severity: 'error',
    from: { path: '^src/app/' },
    to: { path: '^src/settings/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'app-knows-nothing-of-the-settings-file',
    comment: 'Where settings are read from and saved to is the business of src/settings/file and src/commands.',
    severity: 'error',
    from: { path: '^src/app/' },
    to: { path: '^src/settings/file/' },
  },
  {
    name: 'agents-take-only-types-of-the-model',
    comment:
      'What an agent answers is described once, in the model; its code must not come with it: use "import type".',
    severity: 'error',
    from: { path: '^src/agent/(?:node|protocol)' },
    to: { path: '^src/model/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'only-the-screen-draws-panes',
    comment:
      'A key must not cost a drawing that is never seen: an update counts the lines of a pane (paneHeight) instead.',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/screen/' },
    to: { path: '^src/app/panes/drawn\\.ts$' },
  },
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
    to: { couldNotResolve: true, pathNot: '^ffi$' },
  },
  {
    name: 'sources-do-not-import-tests',
    comment: 'What a test needs is not part of the program.',
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
