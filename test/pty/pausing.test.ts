// A paused screen in a real terminal, while what it shows goes on growing.
import { readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { Programs } from '../helpers/programs.ts';
import type { Terminal } from '../helpers/pty.ts';
import { until } from '../helpers/until.ts';
import { watchIn } from './memtop.ts';

const programs = new Programs();
let terminal: Terminal | undefined;
afterEach(async () => {
  await terminal?.close();
  await programs.end();
});

const MIB = 2 ** 20;

/** Resident memory of a process in bytes. */
const rssOf = (pid: number) => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;

it('Ctrl-L, moves and resizes show a paused screen as it was, and z the growth since', async () => {
  const leaker = await programs.start('leaker.cjs', '4000');
  const watching = await watchIn({ columns: 160, rows: 50, words: ['-p', `${leaker.pid},${process.pid}`] });
  terminal = watching;
  await watching.waitFor(new RegExp(`${leaker.pid} .* \\+\\d+M `), 'its growth');
  watching.write(`N${String(leaker.pid)}\r`);
  await watching.waitFor(/RSS lowest/, 'the detail pane');
  watching.write('z');
  await watching.waitFor(/Paused at/);
  // A blank that was written and a cell that never was look the same.
  const rows = () => watching.screen().map((line) => line.trimEnd());
  const [frame, size] = [rows(), rssOf(leaker.pid)];
  await until(() => rssOf(leaker.pid) > size + 8 * MIB);
  const written = watching.output().length;
  watching.write('\f');
  await watching.waitFor((t) => t.output().slice(written).includes('\u001b[2J'), 'a whole frame');
  await watching.waitFor((t) => /memtop \d/.test(t.screen().at(-1) ?? ''), 'the last line of it');
  expect(rows()).toEqual(frame);
  const selected = () => watching.screen().find((line) => line.startsWith('›'));
  const first = selected();
  const [away, back] = leaker.pid > process.pid ? ['k', 'j'] : ['j', 'k'];
  watching.write(away as string);
  await watching.waitFor(() => selected() !== first, 'the other row');
  watching.write(back as string);
  await watching.waitFor(() => selected() === first, 'the row as it was');
  watching.resize(100, 40);
  await watching.waitFor((t) => /^─ node/m.test(t.screen().join('\n')), 'the pane below');
  watching.resize(160, 50);
  await watching.waitFor(() => rows().join('\n') === frame.join('\n'), 'the screen as it was');
  watching.write('z');
  const shown = () =>
    Number(new RegExp(`${leaker.pid} \\S+ +([\\d.]+)M`).exec(watching.screen().join('\n'))?.[1]) * MIB;
  await watching.waitFor(() => shown() > size + 4 * MIB, 'what it has grown to');
});
