// Arrays that are lent for a judgement: each is used once until all are taken back, and judgements are those of new arrays.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge } from '../../src/model/growth/growth.ts';
import { Workspace } from '../../src/numbers/workspace.ts';
import { MIB } from '../model/growth/readings.ts';

describe('a workspace', () => {
  it('lends no array twice, and each again once all were taken back', () => {
    const workspace = new Workspace();
    const lent = [workspace.take(3), workspace.take(3), workspace.take(5)];
    expect(lent.map(({ length }) => length)).toEqual([3, 3, 5]);
    expect(lent[0]).not.toBe(lent[1]);
    workspace.clear();
    expect(
      [workspace.take(3), workspace.take(3), workspace.take(5)].map((again, index) => again === lent[index]),
    ).toEqual([true, true, true]);
  });

  it('gives the judgements that new arrays give, whatever was judged with it before', () => {
    const workspace = new Workspace();
    const steps = fc.array(fc.integer({ min: -4, max: 5 }), { minLength: 6, maxLength: 400 });
    fc.assert(
      fc.property(steps, fc.constantFrom(500, 1000, 2000, 5000), (moves, interval) => {
        const times = Float64Array.from(moves, (_, index) => index * interval);
        let value = 64 * MIB;
        const values = Float64Array.from(moves, (move) => {
          value = Math.max(MIB, value + move * MIB);
          return value;
        });
        const count = moves.length;
        const observed = { since: 0, now: (count - 1) * interval, interval };
        workspace.clear();
        const lent = judge({ times: times.slice(), values: values.slice(), count, workspace }, observed);
        expect(lent).toEqual(judge({ times: times.slice(), values: values.slice(), count }, observed));
      }),
    );
  });
});
