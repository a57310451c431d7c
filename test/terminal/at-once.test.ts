// What is written without a stream: all of it to a file, to a pipe what the pipe has room for.
import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { writeAtOnce } from '../../src/terminal/at-once.ts';
import { isTerminal, mayBeTerminal } from '../../src/terminal/standard-streams.ts';

const isLinux = process.platform === 'linux';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'memtop-at-once-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function opened(path: string, flags: number): number {
  const descriptor = openSync(path, flags);
  onTestFinished(() => closeSync(descriptor));
  return descriptor;
}

/** The two ends of a pipe. */
function pipe(): { reader: number; writer: number } {
  const path = join(temporaryFolder(), 'pipe');
  execFileSync('mkfifo', [path]);
  const reader = opened(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return { reader, writer: opened(path, constants.O_WRONLY) };
}

it('a file takes everything, behind what was written to it before', () => {
  const path = join(temporaryFolder(), 'file');
  const file = openSync(path, 'w');
  expect(writeAtOnce(file, Buffer.from('one '))).toBe(4);
  expect(writeAtOnce(file, Buffer.from('two'))).toBe(3);
  closeSync(file);
  expect(readFileSync(path, 'utf8')).toBe('one two');
});

it.runIf(isLinux)('a pipe takes a short text', () => {
  const { reader, writer } = pipe();
  expect(writeAtOnce(writer, Buffer.from('text'))).toBe(4);
  const bytes = Buffer.alloc(16);
  expect(bytes.toString('utf8', 0, readSync(reader, bytes))).toBe('text');
});

it.runIf(isLinux)('a pipe whose reader takes nothing is filled, and not waited for', () => {
  const { writer } = pipe();
  const long = Buffer.alloc(2 ** 21, 'a');
  const taken = writeAtOnce(writer, long);
  expect(taken).toBeGreaterThan(0);
  expect(taken).toBeLessThan(long.length);
  expect(writeAtOnce(writer, long)).toBe(0);
});

it.runIf(isLinux)('/dev/null takes everything, and is not a terminal', () => {
  const descriptor = opened('/dev/null', constants.O_WRONLY);
  expect(writeAtOnce(descriptor, Buffer.from('text'))).toBe(4);
  expect([mayBeTerminal(descriptor), isTerminal(descriptor)]).toEqual([false, false]);
});

it.runIf(isLinux)('a device that refuses leaves it to the stream to say why', () => {
  const full = opened('/dev/full', constants.O_WRONLY);
  expect(writeAtOnce(full, Buffer.from('text'))).toBe(0);
  expect([mayBeTerminal(full), isTerminal(full)]).toEqual([true, false]);
});

it.runIf(isLinux)('a pipe whose reader has gone leaves it to the stream to say so', () => {
  const path = join(temporaryFolder(), 'pipe');
  execFileSync('mkfifo', [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = opened(path, constants.O_WRONLY);
  closeSync(reader);
  expect(writeAtOnce(writer, Buffer.from('text'))).toBe(0);
});

it('a descriptor that is closed takes nothing and is not a terminal', () => {
  expect(writeAtOnce(1_000_000, Buffer.from('text'))).toBe(0);
  expect([mayBeTerminal(1_000_000), isTerminal(1_000_000)]).toEqual([false, false]);
});
