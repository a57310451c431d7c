import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { version } from '../../../package.json';
import { SOCKET_PATH_BYTES } from '../../../src/agent/protocol/folders.ts';
import {
  ERROR_CODES,
  EVENT_NAMES,
  LEAK_LINES,
  LEVELS,
  LIMITS,
  MAX_ROUNDS,
  PROTOCOL,
  WATCH_SECONDS,
  WORTHWHILE,
} from '../../../src/agent/protocol/protocol.ts';

const read = (name: string) => readFileSync(new URL(`../../../src/agent/python/${name}`, import.meta.url), 'utf8');
const agent = read('memtop_agent.py');
const site = read('site/sitecustomize.py');

/** The value of a constant of the agent: a product of numbers. */
function constant(name: string): number {
  const factors = new RegExp(`^${name} = ([\\d. *]+)`, 'm').exec(agent)?.[1]?.split('*') ?? [];
  return factors.reduce((product, factor) => product * Number(factor), factors.length === 0 ? Number.NaN : 1);
}

/** Several constants that are set in one line. */
function constants(names: string): number[] {
  const values = new RegExp(`^${names} = ([-\\d, ]+)$`, 'm').exec(agent)?.[1] ?? '';
  return values.split(',').map(Number);
}

/** The names in a tuple or list of texts. */
const texts = (list: string | undefined) => [...(list ?? '').matchAll(/'(\w+)'/g)].map(([, text]) => text);

/** The modules that a part of a file imports. */
function imported(text: string): Set<string> {
  return new Set(
    [...text.matchAll(/^ *(?:import|from) ([\w, ]+?)(?: import .*| *#.*)?$/gm)].flatMap(([, names]) =>
      names!.split(', '),
    ),
  );
}

describe("the Python agent's limits", () => {
  it("are those of the protocol's table", () => {
    expect(constant('PROTOCOL')).toBe(PROTOCOL);
    expect({
      requestBytes: constant('LINE_LIMIT'),
      clients: constant('CLIENT_LIMIT'),
      requestsPerTurn: constant('REQUESTS_PER_TURN'),
      unreadBytes: constant('UNREAD_LIMIT'),
      stalled: constant('STALL_LIMIT') * 1000,
    }).toEqual({ ...LIMITS, pending: undefined });
    expect(constant('PATH_LIMIT')).toBe(SOCKET_PATH_BYTES);
    expect(constant('WORTHWHILE')).toBe(WORTHWHILE);
    expect(constants('ENTRIES, NAME, FILE')).toEqual([LEAK_LINES.entries, LEAK_LINES.name, LEAK_LINES.file]);
  });

  it('of parameters are those too, as are levels and events', () => {
    const { least, default: seconds, most } = WATCH_SECONDS;
    expect(agent).toContain(`_whole(params, 'seconds', ${seconds}, ${least}, ${most})`);
    expect(agent).toContain(
      `_whole(params, 'maxRounds', ${MAX_ROUNDS.default}, ${MAX_ROUNDS.least}, ${MAX_ROUNDS.most})`,
    );
    expect(texts(/^LEVELS = (.*)$/m.exec(agent)?.[1])).toEqual([...LEVELS]);
    expect(texts(/event not in (\(.*?\))/.exec(agent)?.[1])).toEqual([...EVENT_NAMES]);
  });

  it('and error codes and version are those of the package', () => {
    const { notJson, invalidRequest, unknownMethod, invalidParams, internal } = ERROR_CODES;
    const { otherProtocol, tooLong, unsupported, refused } = ERROR_CODES;
    expect(constants('NOT_JSON, INVALID_REQUEST, UNKNOWN_METHOD, INVALID_PARAMS, INTERNAL')).toEqual([
      ...[notJson, invalidRequest, unknownMethod, invalidParams, internal],
    ]);
    expect(constants('OTHER_PROTOCOL, TOO_LONG, UNSUPPORTED, REFUSED')).toEqual([
      ...[otherProtocol, tooLong, unsupported, refused],
    ]);
    expect(/^VERSION = '(.*)'$/m.exec(agent)?.[1]).toBe(version);
  });
});

describe('what sitecustomize.py relies on', () => {
  const mark = '\n# --- ';
  const sections = agent.split(mark);

  it('is written at the top of the agent', () => {
    const top = agent.slice(0, agent.indexOf('\nimport '));
    const originals = texts(/originals = \{([^}]*)\}/.exec(site)?.[1]);
    expect(originals).toHaveLength(5);
    for (const name of originals) expect(top).toContain(name);
  });

  it('are sections that each compile by themselves: no text and no definition reaches from one into the next', () => {
    expect(site).toContain("mark = '\\n# --- '");
    expect(sections.length).toBeGreaterThan(5);
    for (const section of sections) {
      expect((section.match(/"""/g) ?? []).length % 2).toBe(0);
      // What follows the line of the mark stands in the first column.
      if (section !== sections[0])
        expect(
          section
            .split('\n')
            .slice(1)
            .find((line) => line !== ''),
        ).toMatch(/^\S/);
    }
  });

  it('are functions and names that the agent has', () => {
    const called = [...site.matchAll(/load\(\)\.(\w+)\(/g)].map(([, name]) => name);
    expect(new Set(called)).toEqual(new Set(['start_here', 'quieten_fork', 'start']));
    for (const name of called) expect(agent).toMatch(new RegExp(`^def ${name}\\(`, 'm'));
    const names = [...(sections[0] ?? '').matchAll(/^ *from \w+ import (.*)$/gm)].flatMap(([, list]) =>
      list!.split(', '),
    );
    for (const name of texts(/originals = \{([^}]*)\}/.exec(site)?.[1])) expect(names).toContain(name);
  });

  it('are the modules that it imports before the thread that loads the agent', () => {
    const before = imported(site.slice(0, site.indexOf('def load():')));
    for (const module of imported(sections[0]?.replace(/"""[\s\S]*?"""/, '') ?? '')) expect(before).toContain(module);
  });
});
