import { PassThrough } from 'node:stream';
import { afterEach, expect, it, vi } from 'vitest';
import { Intruders } from '../../src/terminal/intruders.ts';
import { until } from '../helpers/until.ts';

const heard: string[] = [];
const intruders = new Intruders((text) => heard.push(text));

afterEach(() => {
  intruders.stop();
  heard.length = 0;
});

/** What takes the place of stdout, and all that reaches it. */
function terminal(): { readonly stream: NodeJS.WriteStream; readonly shown: () => string } {
  const stream = new PassThrough();
  let shown = '';
  stream.on('data', (chunk) => (shown += chunk));
  return { stream: stream as unknown as NodeJS.WriteStream, shown: () => shown };
}

it('what others write to the terminal is handed over and does not reach it', async () => {
  const { stream, shown } = terminal();
  intruders.start(stream);
  const written = vi.fn();
  stream.write('careless\n', written);
  stream.write(Buffer.from('bytes'));
  await until(() => heard.length === 2 && written.mock.calls.length === 1);
  expect(heard).toEqual(['careless\n', 'bytes']);
  expect(shown()).toBe('');
});

it('a warning of Node is handed over, and no other listener prints it', async () => {
  const others = vi.fn();
  process.on('warning', others);
  intruders.start(terminal().stream);
  process.emitWarning('eleven listeners', 'MaxListenersExceededWarning');
  await until(() => heard.length === 1);
  process.off('warning', others);
  expect(heard[0]).toMatch(/^MaxListenersExceededWarning: eleven listeners/);
  expect(others).not.toHaveBeenCalled();
});

it('afterwards everything is as it was, and what was on its way is handed over', async () => {
  const { stream, shown } = terminal();
  const before = process.listeners('warning');
  intruders.start(stream);
  stream.write('late');
  intruders.stop();
  expect(heard).toEqual(['late']);
  expect(process.listeners('warning')).toEqual(before);
  stream.write('through');
  await until(() => shown() === 'through');
});
