import { expect, it } from 'vitest';
import { Gaps } from '../../../src/sampling/sampler/gaps.ts';

it('what could not be read is counted by file and reason', () => {
  const gaps = new Gaps();
  gaps.add('stat', 'denied');
  gaps.add('stat', 'denied', 2);
  gaps.add('stat', 'gone');
  gaps.add('pss', 'denied');
  expect(gaps.list()).toEqual([
    { what: 'stat', why: 'denied', count: 3 },
    { what: 'stat', why: 'gone', count: 1 },
    { what: 'pss', why: 'denied', count: 1 },
  ]);
});

it('a count of zero is not a gap', () => {
  const gaps = new Gaps();
  gaps.add('stat', 'denied', 0);
  expect(gaps.list()).toEqual([]);
});

it('two counts add up', () => {
  const [one, other] = [new Gaps(), new Gaps()];
  one.add('pss', 'late');
  other.add('pss', 'late', 4);
  one.addAll(other);
  expect(one.list()).toEqual([{ what: 'pss', why: 'late', count: 5 }]);
  expect(other.list()).toEqual([{ what: 'pss', why: 'late', count: 4 }]);
});
