import { expect, it } from 'vitest';
import { Ending } from '../../../src/commands/watch/ending.ts';

it('the first reason decides the exit code, and what runs is told to stop early', () => {
  const ending = new Ending();
  ending.begin(143);
  ending.begin(0);
  expect(ending.exitCode).toBe(143);
  expect(ending.signal.aborted).toBe(true);
});

it('the end waits for what must be finished before it', async () => {
  const ending = new Ending();
  let close = () => {};
  const work = new Promise<void>((resolve) => {
    close = resolve;
  });
  void ending.mustFinish(work, 'the debugger of node (123)');
  expect(ending.unfinished).toEqual(['the debugger of node (123)']);
  const finished = ending.finished(60_000);
  close();
  expect(await finished).toEqual([]);
});

it('the end waits no longer than it is given, and names what is left', async () => {
  const ending = new Ending();
  void ending.mustFinish(new Promise(() => {}), 'the debugger of node (123)');
  expect(await ending.finished(1)).toEqual(['the debugger of node (123)']);
});

it('work that fails counts as finished, and its caller gets the error', async () => {
  const ending = new Ending();
  await expect(ending.mustFinish(Promise.reject(new Error('refused')), 'it')).rejects.toThrow('refused');
  expect(await ending.finished(60_000)).toEqual([]);
});

it('with nothing to be finished the end waits for nothing', async () => {
  expect(await new Ending().finished(60_000)).toEqual([]);
});
