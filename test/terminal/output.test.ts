import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { StreamOutput } from '../../src/terminal/output.ts';

/** A stream whose every write ends with this error. */
function failing(code: string): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), { code })) });
}

describe('stdout', () => {
  it('is opened with the first text that is not empty', async () => {
    let opened = 0;
    const output = new StreamOutput(() => {
      opened += 1;
      return new PassThrough();
    });
    await output.print('');
    expect(opened).toBe(0);
    await output.print('a');
    await output.print('b');
    expect(opened).toBe(1);
  });

  it('is not opened where its descriptor takes the text at once, and gets what that leaves', async () => {
    const space = [100, 3];
    const stream = new PassThrough();
    let opened = 0;
    const output = new StreamOutput(
      () => {
        opened += 1;
        return stream;
      },
      (bytes) => Math.min(bytes.length, space.shift() ?? 0),
    );
    await output.print('taken');
    expect(opened).toBe(0);
    await output.print('left over');
    await output.print(' and more');
    expect([opened, stream.read().toString()]).toEqual([1, 't over and more']);
  });

  it('settles only when the text has been taken', async () => {
    let take: (() => void) | undefined;
    const slow = new Writable({
      write(_chunk, _encoding, done) {
        take = done;
      },
    });
    const output = new StreamOutput(() => slow);
    let settled = false;
    const printing = output.print('text').then(() => {
      settled = true;
    });
    await new Promise(setImmediate);
    expect(settled).toBe(false);
    take?.();
    await printing;
    expect(settled).toBe(true);
  });

  it('stops waiting for a reader that takes nothing when it is abandoned', async () => {
    const output = new StreamOutput(() => new Writable({ write: () => {} }));
    const printing = output.print('text');
    output.giveUp();
    await expect(printing).resolves.toBeUndefined();
  });

  it.each(['EPIPE', 'ECONNRESET'])('is closed quietly when its reader has gone: %s', async (code) => {
    const output = new StreamOutput(() => failing(code));
    await expect(output.print('text')).rejects.toMatchObject({ name: 'OutputClosed' });
    await expect(output.print('more')).rejects.toMatchObject({ name: 'OutputClosed' });
  });

  it('says so when it cannot be written for another reason', async () => {
    await expect(new StreamOutput(() => failing('ENOSPC')).print('text')).rejects.toMatchObject({
      name: 'OutputFailed',
    });
  });
});
