import { describe, expect, it } from 'vitest';
import { forecastSentences } from '../../../src/model/rows/forecast-sentences.ts';
import { formatAhead, formatEta } from '../../../src/text/format.ts';

const end = (seconds: number) => ({ soonest: seconds * 900, middle: seconds * 1000, latest: seconds * 1100 });
const limit = { path: '/a.service', limit: 2 ** 30, charged: 2 ** 29 };

describe('the forecast as text', () => {
  it('of an end within minutes is qualified with "at this pace", of a later one it is not', () => {
    expect(forecastSentences({ forecast: end(20), limit }, 0)[0]).toContain('reached in ~20 s at this pace (');
    expect(forecastSentences({ forecast: end(3600), limit }, 0)[0]).toContain('reached in ~60 min (');
  });

  it('has shorter forms, the shortest without it', () => {
    expect(forecastSentences({ forecast: end(20), limit }, 0).slice(1)).toEqual([
      '! limit reached in ~20 s at this pace',
      '! limit reached in ~20 s',
      '! full in ~20 s',
    ]);
  });

  it('of a limit that has been reached says how long ago, not when it will be', () => {
    const full = { ...end(20), fullFor: 18_000 };
    expect(forecastSentences({ forecast: full, limit }, 0)).toEqual([
      '! limit of a.service reached 18 s ago, a kill may come at any moment',
      '! limit reached 18 s ago',
      '! full for 18 s',
    ]);
  });

  it('of a later end is listed once in each form', () => {
    expect(forecastSentences({ forecast: end(3600), limit }, 0).slice(1)).toEqual([
      '! limit reached in ~60 min',
      '! full in ~60 min',
    ]);
  });
});

describe('a span ahead', () => {
  it.each([0, 29.6, 59.7, 89, 91, 119, 3599, 5399, 5401, 86_400])(
    'of %d s is rounded alike in header and column',
    (seconds) => {
      const short = formatAhead(seconds * 1000)
        .replace(' min', 'm')
        .replace(' ', '');
      expect(formatEta(seconds * 1000)).toBe(short);
      expect(short.length).toBeLessThanOrEqual(4);
    },
  );
});
