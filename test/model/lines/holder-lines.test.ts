import { describe, expect, it } from 'vitest';
import { explainHolders, holderLines } from '../../../src/model/lines/holder-lines.ts';
import { clearContainer, clearLine, type Holders } from '../../../src/model/lines/holders.ts';

const MIB = 2 ** 20;
const seen = { name: 'sessions.cjs: seen', type: 'Map', entries: 97_600, grown: 38_400 };
const small = { name: '', type: 'Array', entries: 400, grown: 200 };
const remember = {
  ...{ file: '/srv/app/sessions.cjs', line: 3, function: 'remember', bytes: 22 * MIB, count: 300 },
  stack: ['handle (/srv/app/server.cjs:9)', 'listOnTimeout (node:internal/timers:524)'],
};
const other = { ...remember, function: '', line: 1, bytes: 2 * MIB, count: 20, stack: [] };
const node: Holders = {
  ...{ pid: 9, runtime: 'node', seconds: 30, pauseMs: 820, containers: [seen, small], lines: [remember, other] },
  ...{ bytes: 25 * MIB, notes: [] },
};

describe('what holds a leak, as text', () => {
  it('names the container and the function that stand out', () => {
    expect(holderLines(node, 'node server.cjs', { ascii: false, width: 80 })).toEqual([
      'lines  node server.cjs (9)  watched for 30 s, paused for 820 ms',
      '  Containers that grow',
      '     gained  entries  type   name',
      '    +38,400   97,600  Map    sessions.cjs: seen',
      '       +200      400  Array  (no name found)',
      '  Functions that allocate what stays',
      '    bytes  share  where',
      '    22.0M    88%  remember app/sessions.cjs:3',
      '      from handle (/srv/app/server.cjs:9)',
      '    2.00M     8%  (anonymous) app/sessions.cjs:1',
      '  HELD: sessions.cjs: seen (Map) gained 38,400 entries in 30 s and has 97,600.',
      '  88% of what stayed was allocated by remember (app/sessions.cjs:3).',
      '  Next: Check where entries are added and whether they are removed. A cache that',
      '  is still filling grows too: compare with its limit.',
    ]);
  });

  it('names lines where the runtime does, and says what was not done', () => {
    const python: Holders = { ...node, runtime: 'python', notes: ['Lines were not asked for.'] };
    const text = holderLines(python, 'python3 a.py', { ascii: true }).join('\n');
    expect(text).toContain('Lines that allocate what stays');
    expect(text).toContain('allocated at app/sessions.cjs:3 in remember');
    expect(text).toContain('Note: Lines were not asked for.');
  });

  it('calls nothing the cause where no entry has half of the whole', () => {
    const equals: Holders = {
      ...node,
      containers: [seen, { ...seen, name: 'b' }, { ...seen, name: 'c' }],
      lines: [remember, { ...remember, line: 9 }, { ...remember, line: 12 }],
      bytes: 66 * MIB,
    };
    expect(clearContainer(equals)).toBeUndefined();
    expect(clearLine(equals)).toBeUndefined();
    expect(explainHolders(equals).explanation).toMatch(/^UNCLEAR: /);
  });

  it('calls nothing the cause without a name, on few samples, or of few entries or bytes', () => {
    expect(clearContainer({ ...node, containers: [{ ...seen, grown: 99 }] })).toBeUndefined();
    expect(clearContainer({ ...node, containers: [{ ...seen, name: '' }] })).toBeUndefined();
    expect(clearLine({ ...node, lines: [{ ...remember, count: 3 }] })).toBeUndefined();
    expect(clearLine({ ...node, lines: [{ ...remember, bytes: 10_000 }], bytes: 10_000 })).toBeUndefined();
  });

  it('says that nothing grew', () => {
    const quiet: Holders = {
      ...node,
      containers: [],
      lines: [{ ...remember, bytes: 60_000, count: 1 }],
      bytes: 60_000,
    };
    expect(explainHolders(quiet).explanation).toBe('QUIET: Nothing grew noticeably in 30 s.');
    expect(holderLines(quiet, 'x', { ascii: true })).toContain('  No container gained entries');
  });
});
