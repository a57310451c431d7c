// Nothing but src/files writes, makes or removes files.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** Functions of node:fs that change something, with and without Sync; those that take a descriptor are what src/files hands out. */
const WRITERS =
  'appendFile|chmod|chown|copyFile|cp|createWriteStream|fchmod|fchown|ftruncate|futimes|lchmod|lchown|link|lutimes|mkdir|' +
  'mkdtemp|mkdtempDisposable|rename|rm|rmdir|symlink|truncate|unlink|utimes|writeFile';
const CALL = new RegExp(`\\b(?:${WRITERS})Sync\\(|\\b(?:fs|promises)\\.(?:${WRITERS})\\(|\\bcreateWriteStream\\(`);
const IMPORT = new RegExp(
  `import (?:type )?\\{[^}]*\\b(?:${WRITERS})(?:Sync)?\\b[^}]*\\} from '(?:node:)?fs(?:/promises)?'`,
);
const OPENED_TO_WRITE = /\bopen(?:Sync)?\([^;]*?(?:O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND|'(?:a|w|r\+)[^']*'\))/;

/** An agent runs in another program and can load nothing of memtop's: it has its own, in as few files as can be. */
const OF_THE_AGENT = [
  'agent/node/collecting/heap-snapshot.ts',
  'agent/node/exit-note.ts',
  'agent/node/folder.ts',
  'agent/node/socket.ts',
];

/** What is written to and is not a file: the null device, and the pipe that stdout is. */
const OPENED_ALREADY = [
  "openSync('/dev/null', 'r+')",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a piece of source.
  'openSync(`/proc/self/fd/${descriptor}`, constants.O_WRONLY | constants.O_NONBLOCK)',
];

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) => /\.tsx?$/.test(path));
const changesFiles = (text: string) => [CALL, IMPORT, OPENED_TO_WRITE].some((pattern) => pattern.test(text));

it('no source outside src/files changes files, the agent’s four excepted', () => {
  const found = sources.filter((path) => {
    const text = readFileSync(`src/${path}`, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    return changesFiles(OPENED_ALREADY.reduce((rest, call) => rest.replaceAll(call, ''), text));
  });
  const elsewhere = found.filter((path) => !path.startsWith('files/'));
  expect(elsewhere.sort()).toEqual(OF_THE_AGENT);
  expect(found.filter((path) => path.startsWith('files/')).length).toBeGreaterThan(3);
});

it.each([
  "writeFileSync(path, '')",
  "import { rm } from 'node:fs/promises'",
  "openSync(path, 'w')",
  'fs.openSync(path, constants.O_WRONLY | constants.O_CREAT)',
  "createWriteStream('/tmp/x')",
])('the search finds %s', (text) => expect(changesFiles(text)).toBe(true));

it.each(['openSync(path, constants.O_RDONLY)', 'array.unshift(link)', "import { readFileSync } from 'node:fs'"])(
  'the search passes over %s',
  (text) => expect(changesFiles(text)).toBe(false),
);
