import { expect, it } from 'vitest';
import { isWantedOf, type Needs } from '../../../src/sampling/sampler/sampler.ts';

const needs = (given: Partial<Needs> = {}): Needs => ({
  visible: new Set(),
  everyRow: false,
  measures: new Set(['peak']),
  everyMeasure: false,
  commandLimit: 4096,
  ...given,
});

it('a measure is wanted of the rows on the screen', () => {
  expect(isWantedOf('peak', true, needs())).toBe(true);
  expect(isWantedOf('peak', false, needs())).toBe(false);
});

it('a measure that no column shows is wanted of no row', () => {
  expect(isWantedOf('oomScore', true, needs({ everyMeasure: true }))).toBe(false);
});

it('a measure is wanted of every row where all are, or where groups are made by it', () => {
  expect(isWantedOf('peak', false, needs({ everyMeasure: true }))).toBe(true);
  expect(isWantedOf('peak', false, needs({ ofEveryRow: new Set(['peak']) }))).toBe(true);
  expect(isWantedOf('peak', false, needs({ ofEveryRow: new Set(['cgroup']) }))).toBe(false);
});
