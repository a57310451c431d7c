import { describe, expect, it } from 'vitest';
import { expectedSurvey, isLongSurvey, surveyObjection, surveyShortage } from '../../../src/model/lines/survey-cost.ts';

const MB = 2 ** 20;

describe('what finding the containers costs', () => {
  it('goes by the heap of Node, and by the objects of Python', () => {
    expect(expectedSurvey({ runtime: 'node', bytes: 100 * MB })).toEqual({ from: 500, to: 2200 });
    expect(expectedSurvey({ runtime: 'python', bytes: 4000 * MB, blocks: 1e6 })).toEqual({ from: 70, to: 700 });
    expect(isLongSurvey({ runtime: 'python', bytes: 4000 * MB, blocks: 1e6 })).toBe(false);
    expect(isLongSurvey({ runtime: 'python', bytes: 190 * MB, blocks: 4e6 })).toBe(true);
    expect(isLongSurvey({ runtime: 'python', bytes: 190 * MB })).toBe(true);
  });

  it('is memory that may not be there: of the machine, or below the limit', () => {
    const limit = { path: '/job', limit: 500 * MB, charged: 400 * MB, workingSet: 400 * MB };
    expect(surveyShortage(90 * MB, { available: 95 * MB, limit })).toBeUndefined();
    expect(surveyShortage(98 * MB, { available: 95 * MB, limit })).toBe(95 * MB);
    expect(surveyShortage(120 * MB, { available: 1000 * MB, limit })).toBe(100 * MB);
    expect(surveyShortage(120 * MB, {})).toBeUndefined();
    expect(surveyObjection(98 * MB, { available: 95 * MB, limit })).toContain('only 95.0M is available');
    expect(surveyObjection(120 * MB, { available: 1000 * MB, limit })).toMatch(/only 100M is left below the .*500M/);
    expect(surveyObjection(90 * MB, { available: 95 * MB, limit })).toBeUndefined();
  });
});
