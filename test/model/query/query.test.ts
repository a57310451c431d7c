import { describe, expect, it, vi } from 'vitest';
import { Timeline } from '../../../src/model/history/timeline.ts';
import { EVERYTHING, filterAt, readQuery } from '../../../src/model/query/query.ts';
import { openRegexes } from '../../../src/model/query/regex-engine.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import { complaintOf, filterOf, MOMENT, patientRegexes, queryOf } from '../../helpers/queries.ts';
import { type Facts, processOf, rowsOf, START, snapshotOf } from '../../helpers/reports.ts';

const MEBIBYTE = 2 ** 20;
const matches = (text: string, facts: Partial<Facts> = {}) => {
  const [row] = rowsOf({ pid: 1, name: 'node', command: '/usr/bin/node Server.js --port 80', ...facts });
  return filterOf(text)?.(row!);
};

describe('words', () => {
  it('are looked for in name and command, whatever the case', () => {
    expect(matches('NODE')).toBe(true);
    expect(matches('server.JS')).toBe(true);
    expect(matches('python')).toBe(false);
  });

  it('must all be there, in any order', () => {
    expect(matches('80 node')).toBe(true);
    expect(matches('node python')).toBe(false);
  });

  it('are on either side of `or`, whatever its case', () => {
    expect(matches('python or node 80')).toBe(true);
    expect(matches('python OR node 81')).toBe(false);
    expect(matches('orport')).toBe(false);
    expect(matches('port')).toBe(true);
  });

  it('are no patterns', () => {
    expect(matches('.*')).toBe(false);
    expect(matches('server.js')).toBe(true);
    expect(matches('serverxjs')).toBe(false);
  });

  it('in quotes are one text', () => {
    expect(matches('"node server"')).toBe(true);
    expect(matches('"server node"')).toBe(false);
  });

  it('match the displayed text, without control characters', () => {
    expect(matches('evil', { name: 'ev\u0007il', command: 'x' })).toBe(true);
  });

  it('none keeps everything', () => {
    for (const text of ['', '  ']) expect(queryOf(text)).toBe(EVERYTHING);
    expect(filterOf('')).toBeUndefined();
  });
});

describe('comparisons', () => {
  it('of sizes take binary units', () => {
    const facts = { rss: 500 * MEBIBYTE };
    for (const text of [
      'rss>499m',
      'rss>=500M',
      'rss<=0.5g',
      'rss=500MiB',
      'rss<501mb',
      'rss=524288000',
      'rss=512000k',
    ]) {
      expect(matches(text, facts), text).toBe(true);
    }
    for (const text of ['rss>500m', 'rss<500m', 'rss!=500m', 'rss>1g']) expect(matches(text, facts), text).toBe(false);
  });

  it('of times, percentages and numbers', () => {
    expect(matches('age<10m', { startedAt: START - 60_000 })).toBe(true);
    expect(matches('age>90', { startedAt: START - 60_000 })).toBe(false);
    expect(matches('threads>=2', { threads: 2 })).toBe(true);
    const [row] = rowsOf({ pid: 1 });
    expect(filterOf('cpu>50%')?.({ ...row!, cpuPercent: 60 })).toBe(true);
    expect(filterOf('cpu>60')?.({ ...row!, cpuPercent: 60 })).toBe(false);
  });

  it('of growth are per minute by default', () => {
    const tracker = new Tracker();
    let rows = tracker.advance(snapshotOf([processOf({ pid: 1 })]), 1000);
    for (let second = 1; second < 30; second += 1) {
      rows = tracker.advance(
        snapshotOf([processOf({ pid: 1, rss: (1 + second / 30) * MEBIBYTE })], second * 1000),
        1000,
      );
    }
    const grows = (text: string) => filterAt(queryOf(text), { time: START, timeline: tracker.timeline })?.(rows[0]!);
    for (const text of ['growth>1.9m/min', 'growth>1.9m', 'growth<2.1m', 'growth>30k/s', 'growth>110m/h']) {
      expect(grows(text), text).toBe(true);
    }
    for (const text of ['growth>2.1m/min', 'growth>40k/s', 'growth>130m/h']) expect(grows(text), text).toBe(false);
  });

  it('of texts are whole with = and parts with ~, whatever the case', () => {
    const facts = { user: 'www-data', name: 'nginx' };
    for (const text of [
      'user=WWW-data',
      'user~www',
      'name!=node',
      'name!~node,php',
      'name=php,nginx',
      'name~/^N.*x$/',
    ]) {
      expect(matches(text, facts), text).toBe(true);
    }
    for (const text of ['user=www', 'user!=www-data', 'name!~ngi', 'user!~/www|root/']) {
      expect(matches(text, facts), text).toBe(false);
    }
  });

  it('of several pids', () => {
    expect(matches('pid=7,1')).toBe(true);
    expect(matches('pid!=7,1')).toBe(false);
    expect(queryOf('node or pid=7,1').pids).toEqual(new Set([7, 1]));
  });

  it('are met by nothing that is not known', () => {
    for (const text of [
      'swap>0',
      'swap!=0',
      'swap=0',
      'growth<1',
      'peak>=0',
      'cpu<100',
      'heap!=5',
      'user!=root',
      'user!~root',
    ]) {
      expect(matches(text, { user: '' }), text).toBe(false);
    }
    expect(matches('not swap=0')).toBe(true);
  });

  it('name the measures that have to be read for them', () => {
    expect(queryOf('node or not (swap>1m peak>5)').measures).toEqual(new Set(['swap', 'peak']));
    expect(queryOf('gc>5 heap>1m').agents).toEqual(new Set(['gc', 'heap']));
    expect(queryOf('rss>5').measures.size).toBe(0);
  });
});

describe('patterns', () => {
  it('search name and command, each as a separate line, ignoring case', () => {
    for (const text of ['/NODE.*port/', '/^node$/', '/80$/', '/^\\/usr/', '/\\bserver\\.js\\b/']) {
      expect(matches(text), text).toBe(true);
    }
    for (const text of ['/^server/', '/(?-i:NODE)/', '/node\\d/']) expect(matches(text), text).toBe(false);
  });

  it('are loaded only where there is one', () => {
    expect(readQuery('/node/')).toEqual({ needs: 'regexes' });
    expect(readQuery('name~/node/')).toEqual({ needs: 'regexes' });
    expect(readQuery('/usr/bin')).toHaveProperty('query');
  });

  it('that are none, or too large, are refused with their place', () => {
    expect(complaintOf('node /[/ ]{2/x(/')).toMatchObject({ at: 5, length: 11 });
    for (const text of [
      '/a(/',
      '/a**/',
      '/(?=a)/',
      '/a\\1/',
      '/[[:wibble:]]/',
      '/(a{30}){30}{30}/',
      '/\\pL{900}/',
      `/${'('.repeat(5000)}/`,
    ]) {
      expect(complaintOf(`x ${text}`), text).toMatchObject({ at: 2, length: text.length });
    }
  });

  it('that backtrack forever in other engines end here', () => {
    const command = `${'a'.repeat(4000)}!`;
    for (const text of [
      '/(a+)+$/',
      '/^(a|a)*$/',
      '/(.*)*b/',
      '/a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaab/',
      '/([a-z]+)*[0-9]/',
    ]) {
      expect(matches(text, { name: 'x', command }), text).toBe(false);
    }
  });

  it('search a text once, and again only when it has changed', () => {
    const test = vi.fn(() => true);
    const regexes = { ...patientRegexes(), compile: () => ({ test }) };
    const reading = readQuery('/node/', regexes);
    if (!('query' in reading)) throw new Error('no query');
    const rows = rowsOf({ pid: 1 }, { pid: 2 });
    const filter = filterAt(reading.query, MOMENT)!;
    rows.forEach(filter);
    rows.forEach(filter);
    expect(test).toHaveBeenCalledTimes(2);
  });

  it('leave rows out when a pass has taken long enough, and get to them in the next', () => {
    let time = 0;
    const regexes = openRegexes({ passLasts: 3, longestText: 100, now: () => (time += 1) });
    const reading = readQuery('not /python/', regexes);
    if (!('query' in reading)) throw new Error('no query');
    const rows = rowsOf(...Array.from({ length: 10 }, (_, index) => ({ pid: index + 1, name: 'node' })));
    const kept = () => rows.filter(filterAt(reading.query, { time: START, timeline: new Timeline() }, regexes)!).length;
    expect([kept(), regexes.leftOut]).toEqual([3, 7]);
    expect([kept(), regexes.leftOut]).toEqual([6, 4]);
    expect([kept(), kept(), regexes.leftOut]).toEqual([9, 10, 0]);
  });
});
