// What a poll that runs for days leaves behind: with a garbage collection in every wait, hours pass in a second.
import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { poll } from '../../src/sampling/poll.ts';
import { Question } from '../../src/sampling/portable/question.ts';
import { collectGarbage } from '../helpers/collect-garbage.ts';
import { fakeSampler } from '../helpers/fake-sampler.ts';
import { snapshotOf } from '../helpers/snapshots.ts';
import { needing } from './needs.ts';

test('garbage collections during the waits leave no listener behind', async () => {
  const { signal } = new AbortController();
  const wake = new EventTarget();
  const options = { interval: () => 10, needs: () => needing(), signal, wake };
  let ticks = 0;
  for await (const _snapshot of poll(fakeSampler(snapshotOf([], 0)), options)) {
    setTimeout(() => collectGarbage(), 1);
    if (++ticks === 25) break;
  }
  expect(getEventListeners(signal, 'abort')).toEqual([]);
  expect(getEventListeners(wake, 'interval')).toEqual([]);
  expect(getEventListeners(wake, 'sample')).toEqual([]);
});

test('garbage collections during a request leave no listener behind', async () => {
  const { signal } = new AbortController();
  const question = new Question(() => new Promise<number>((resolve) => setTimeout(resolve, 5, 1)), 10_000);
  for (let requested = 0; requested < 25; requested += 1) {
    const answer = question.ask(signal);
    collectGarbage();
    expect(await answer).toEqual({ value: 1 });
  }
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
