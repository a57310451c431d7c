// A settings file as its writer left it: lines of keys, and changes that leave comments and order alone.
import { parse, parseDocument, patch } from '@decimalturn/toml-patch';
import type { Path } from '../../errors/misplaced.ts';
import type { Toml } from '../setting.ts';

type Node = ReturnType<typeof parseDocument>['cst'][number];
type Values = Record<string, unknown>;

/** Line, counted from 1, of the last thing on a path that the text has; undefined when it has not even the first. */
export function lineOfPath(text: string, path: Path): number | undefined {
  let best: { readonly depth: number; readonly line: number } | undefined;
  const found = (at: Path, line: number) => {
    const isOnPath = at.every((part, index) => part === path[index]);
    if (isOnPath && at.length > (best?.depth ?? 0)) best = { depth: at.length, line };
  };
  const tables = new Map<string, number>();
  for (const node of parseDocument(text).cst) visit(indexed(node as Part, tables), [], found);
  return best?.line;
}

/** The parts of the library's tree that keys and values stand in, as far as lines are concerned. */
interface Part {
  readonly type: string;
  readonly loc: { readonly start: { readonly line: number } };
  readonly key?: { readonly value?: Path; readonly item?: { readonly value: Path } };
  readonly value?: unknown;
  readonly item?: Part;
  readonly items?: readonly Part[];
}

/** A table of an array, such as `[[rule]]`, with its index as a part of its key. */
function indexed(part: Part, tables: Map<string, number>): Part {
  const names = part.key?.item?.value;
  if (part.type !== 'TableArray' || names === undefined) return part;
  const name = names.join('.');
  const index = tables.get(name) ?? 0;
  tables.set(name, index + 1);
  return { ...part, key: { item: { value: [...names, index] } } };
}

function visit(part: Part, above: Path, found: (at: Path, line: number) => void): void {
  const own = part.key?.value ?? part.key?.item?.value ?? [];
  const { line } = part.loc.start;
  own.forEach((_, index) => {
    found([...above, ...own.slice(0, index + 1)], line);
  });
  const at = [...above, ...own];
  if (part.type === 'KeyValue') visit(part.value as Part, at, found);
  if (part.type === 'InlineArray') {
    (part.items ?? []).forEach(({ item, loc }, index) => {
      found([...at, index], loc.start.line);
      if (item !== undefined) visit(item, [...at, index], found);
    });
  } else {
    for (const each of part.items ?? []) visit(each.type === 'InlineItem' && each.item ? each.item : each, at, found);
  }
}

/**
 * The text with some settings changed or added. What it does not change stays byte for byte, comments included.
 *
 * @throws Error when that cannot be done without losing something
 */
export function editedToml(text: string, changes: Readonly<Record<string, Toml>>): string {
  // The library puts new keys in the wrong places among line ends of two characters.
  const isWindows = text.includes('\r\n');
  const { head, tail } = partsOf(isWindows ? text.replaceAll('\r\n', '\n') : text);
  const inTail = parse(tail) as Values;
  const rest = Object.entries(changes);
  const forTail = rest.filter(([name]) => name in inTail);
  const forHead = rest.filter(
    ([name, value]) => !(name in inTail) && (tail === '' || !isTable(value) || name in parse(head)),
  );
  const added = rest.filter((change) => !forTail.includes(change) && !forHead.includes(change));
  const top = patched(head, forHead);
  const gap = head === '' && top !== '' && tail !== '' ? '\n' : '';
  const joined = top + gap + patched(tail, [...forTail, ...added]);
  const result = isWindows ? joined.replaceAll('\n', '\r\n') : joined;
  check(text, changes, result);
  return result;
}

/**
 * The keys before the first table, and the tables, beginning with the comment above the first one: a new key goes to the
 * end of the former, and must not come between a table and its comment.
 */
function partsOf(text: string): { readonly head: string; readonly tail: string } {
  const nodes = parseDocument(text).cst as readonly Node[];
  const table = nodes.findIndex(({ type }) => type === 'Table' || type === 'TableArray');
  if (table < 0) return { head: text, tail: '' };
  const lines = text.split('\n');
  let blanks = (nodes[table]?.loc.start.line ?? 1) - 1;
  while (blanks > 0 && lines[blanks - 1]?.trim().startsWith('#')) blanks -= 1;
  while (blanks > 0 && lines[blanks - 1]?.trim() === '') blanks -= 1;
  const head = lines.slice(0, blanks).join('\n') + (blanks > 0 ? '\n' : '');
  return { head, tail: text.slice(head.length) };
}

function patched(text: string, changes: readonly (readonly [string, Toml])[]): string {
  if (changes.length === 0) return text;
  const before = parse(text) as Values;
  const after = { ...before };
  for (const [name, value] of changes) {
    const old = before[name];
    after[name] = isTable(value) && isTable(old) ? { ...old, ...value } : value;
  }
  const result = withComments(text, patch(text, after, { inlineTableStart: 1 }), changes);
  return result.endsWith('\n') ? result : `${result}\n`;
}

/** The comments of a list go with its elements in the library: those of elements that are gone move above the list. */
function withComments(before: string, after: string, changes: readonly (readonly [string, Toml])[]): string {
  const lost = lostComments(before, after);
  const list = changes.find(([, value]) => Array.isArray(value))?.[0];
  const line = list === undefined ? undefined : lineOfPath(after, [list]);
  return line === undefined
    ? after
    : after
        .split('\n')
        .toSpliced(line - 1, 0, ...lost)
        .join('\n');
}

/** Nothing but what was to be changed may be different, and no comment may be gone: the library is not to be trusted blindly. */
function check(before: string, changes: Readonly<Record<string, Toml>>, after: string): void {
  const values = { ...(parse(before) as Values) };
  for (const [name, value] of Object.entries(changes)) {
    const old = values[name];
    values[name] = isTable(value) && isTable(old) ? { ...old, ...value } : value;
  }
  if (canonical(values) !== canonical(parse(after))) throw new Error('other settings would change');
  if (lostComments(before, after).length > 0) throw new Error('a comment would be lost');
}

function lostComments(before: string, after: string): string[] {
  const left = commentsOf(after);
  return commentsOf(before).filter((comment) => {
    const at = left.indexOf(comment);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Equal for equal values, whatever the order of their keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each) => {
    if (typeof each === 'bigint') return String(each);
    return isTable(each)
      ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1)))
      : each;
  });
}

/** All comments, wherever they stand, in no order. */
function commentsOf(text: string): string[] {
  const comments: string[] = [];
  const gather = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, raw } = node as { type?: string; raw?: string };
    if (type === 'Comment') comments.push((raw ?? '').trimEnd());
    else for (const part of Object.values(node)) gather(part);
  };
  gather(parseDocument(text).cst);
  return comments;
}
