import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { WorkerCount } from '../../../../src/agent/node/workers/workers.ts';
import { until } from '../../../helpers/until.ts';

it('workers are counted while they run, and only those', async () => {
  const count = new WorkerCount();
  expect(count.running()).toBe(0);
  const workers = [1, 2].map(() => new Worker('setInterval(() => {}, 1000)', { eval: true }));
  await Promise.all(workers.map((worker) => once(worker, 'online')));
  expect(count.running()).toBe(2);
  await workers[0]?.terminate();
  await until(() => count.running() === 1);
  await workers[1]?.terminate();
  await until(() => count.running() === 0);
});
