import { describe, expect, it } from 'vitest';
import type { ParsedWords } from '../../src/cli/flags.ts';
import { settle } from '../../src/cli/settle.ts';
import { DEFAULTS, type FileSettings } from '../../src/settings/table.ts';

const SURROUNDINGS = {
  environment: { LANG: 'C.UTF-8' },
  platform: 'linux',
  samplers: ['auto', 'procfs'],
  commands: ['watch', 'line', 'collect'],
};
const settled = (flags: ParsedWords['flags'], words: string[] = [], environment: object = SURROUNDINGS.environment) =>
  settle({ flags, words }, { ...SURROUNDINGS, environment: environment as Record<string, string> });

describe('a column', () => {
  it('may be chosen by its former id', () => {
    const { settings } = settled({ columns: 'pid,shape', sort: 'shape' });
    expect(settings.columns).toEqual(['pid', 'pattern']);
    expect(settings.sort.column).toBe('pattern');
  });
});

describe('the request', () => {
  it('is complete without a word', () => {
    expect(settled({})).toEqual({
      settings: {
        interval: 2000,
        sort: { column: 'rss', descending: true },
        isSortChosen: false,
        columns: undefined,
        filter: '',
        tree: false,
        group: undefined,
        kernel: false,
        scale: 'own',
        theme: 'default',
        graph: 'blocks',
        thresholds: { fine: 50, tight: 70, short: 90 },
        file: undefined,
        pids: undefined,
        sampler: 'auto',
        survive: false,
        procRoot: undefined,
        ascii: false,
        color: true,
        colorDepth: 1,
        background: 'dark',
        mouse: true,
        readonly: false,
      },
      output: undefined,
      count: undefined,
      span: undefined,
      paced: false,
      nearCommand: undefined,
    });
  });

  it('takes every flag', () => {
    const { settings, ...rest } = settled(
      {
        ...{
          interval: '500ms',
          sort: 'age:asc',
          columns: 'pid, RSS,pid',
          filter: 'a or b',
          pids: '7, 8',
          count: '3',
          group: 'cgroup',
        },
        ...{
          output: 'csv',
          sampler: 'procfs',
          procRoot: '/host/proc',
          ascii: true,
          color: false,
          theme: 'colour-blind',
          graph: 'braille',
          mouse: false,
          readonly: true,
        },
      },
      ['c'],
    );
    expect(settings).toEqual({
      ...DEFAULTS,
      survive: false,
      file: undefined,
      interval: 500,
      sort: { column: 'age', descending: false },
      isSortChosen: true,
      columns: ['pid', 'rss'],
      filter: '(a or b) c',
      pids: new Set([7, 8]),
      group: 'cgroup',
      sampler: 'procfs',
      procRoot: '/host/proc',
      ascii: true,
      color: false,
      colorDepth: 1,
      background: 'dark',
      theme: 'colour-blind',
      graph: 'braille',
      thresholds: { fine: 50, tight: 70, short: 90 },
      mouse: false,
      readonly: true,
    });
    expect(rest).toEqual({ output: 'csv', count: 3, span: undefined, paced: true, nearCommand: undefined });
  });

  it('sorts numbers largest first, and text and PIDs smallest first, by default', () => {
    const descending = (sort: string) => settled({ sort }).settings.sort.descending;
    expect(['rss', 'growth', 'age', 'pid', 'command', 'pid:desc', 'rss:asc'].map(descending)).toEqual([
      ...[true, true, true, false, false],
      ...[true, false],
    ]);
  });

  it('is one snapshot after a while with --for, of at least ten samples where no interval is asked for', () => {
    const requested = (flags: ParsedWords['flags']) => {
      const { span, count, settings } = settled(flags);
      return { span, count, interval: settings.interval };
    };
    expect(requested({ for: '60s' })).toEqual({ span: 60_000, count: 1, interval: 2000 });
    expect(requested({ for: '60', once: true })).toEqual({ span: 60_000, count: 1, interval: 2000 });
    expect(requested({ for: '5s' })).toEqual({ span: 5000, count: 1, interval: 500 });
    expect(requested({ for: '5m', interval: '10s' })).toEqual({ span: 300_000, count: 1, interval: 10_000 });
  });

  it('is one sample with --once', () => {
    expect(settled({ once: true }).count).toBe(1);
    expect(settled({ once: true, count: '1' }).count).toBe(1);
  });

  it('is in ASCII and without colour where the environment says so', () => {
    expect(settled({}, [], { LANG: 'C' }).settings).toMatchObject({ ascii: true, color: true });
    expect(settled({}, [], { LANG: 'C.UTF-8', NO_COLOR: '1' }).settings).toMatchObject({ ascii: false, color: false });
  });

  it('has charts of ASCII on the Linux console, whose font has no blocks, unless others are chosen', () => {
    const console = { LANG: 'C.UTF-8', TERM: 'linux' };
    expect(settled({}, [], console).settings).toMatchObject({ ascii: false, graph: 'ascii' });
    expect(settled({ graph: 'blocks' }, [], console).settings.graph).toBe('blocks');
  });

  it('refuses a theme or graph there is not, and names the nearest', () => {
    expect(() => settled({ theme: 'color-blind' })).toThrow(/Unknown theme 'color-blind'/);
    expect(() => settled({ graph: 'brail' })).toThrow(/Unknown graph 'brail'/);
  });

  it('notices a first bare word that is near to a command', () => {
    expect(settled({}, ['lnie']).nearCommand).toBe('line');
    expect(settled({ filter: 'lnie' }).nearCommand).toBeUndefined();
    expect(settled({}, ['colect', '1']).nearCommand).toBe('collect');
    expect(settled({}, ['halp']).nearCommand).toBe('help');
    expect(settled({}, ['python']).nearCommand).toBeUndefined();
  });
});

describe('flags beat the environment, which beats the file', () => {
  const stated: FileSettings = {
    interval: 5000,
    sort: { column: 'pid', descending: true },
    columns: ['pid', 'command'],
    filter: 'from file',
    tree: true,
    group: 'user',
    kernel: true,
    scale: 'shared',
    theme: 'monochrome',
    graph: 'braille',
    thresholds: { fine: 1, tight: 2, short: 3 },
    ascii: false,
    color: true,
    mouse: false,
    readonly: true,
  };
  const settledWith = (
    given: Partial<FileSettings>,
    flags: ParsedWords['flags'] = {},
    words: string[] = [],
    more = {},
  ) =>
    settle({ flags, words }, { ...SURROUNDINGS, environment: { ...SURROUNDINGS.environment, ...more }, stated: given })
      .settings;

  it('a setting that only the file has is used', () => {
    expect(settledWith(stated)).toMatchObject(stated);
  });

  it('a flag beats it', () => {
    const flags = { interval: '1s', sort: 'age', columns: 'rss', filter: 'flag' };
    expect(settledWith(stated, flags)).toMatchObject({
      interval: 1000,
      sort: { column: 'age', descending: true },
      columns: ['rss'],
      filter: 'flag',
      theme: 'monochrome',
    });
    expect(settledWith(stated, {}, ['word']).filter).toBe('word');
    const opposite = settledWith(
      { ...stated, mouse: true, readonly: false },
      { ascii: true, color: false, mouse: false },
    );
    expect(opposite).toMatchObject({ ascii: true, color: false, mouse: false, readonly: false });
  });

  it('the environment beats it', () => {
    expect(settledWith({ color: true }, {}, [], { NO_COLOR: '1' }).color).toBe(false);
    expect(settledWith({ ascii: false }, {}, [], { LANG: 'C' }).ascii).toBe(true);
  });

  it('ASCII and no colour may be wished for where the environment would allow more', () => {
    expect(settledWith({ color: false, ascii: true })).toMatchObject({ color: false, ascii: true });
  });
});
