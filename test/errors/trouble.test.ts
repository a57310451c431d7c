import { describe, expect, it } from 'vitest';
import { troubleOf } from '../../src/errors/trouble.ts';
import { UserError } from '../../src/errors/user-error.ts';
import { OutputClosed, OutputFailed } from '../../src/terminal/output.ts';

describe('trouble', () => {
  it('of the user is a sentence, a next step and 2', () => {
    expect(troubleOf(new UserError('It is so.', 'Do this.'))).toEqual({
      text: 'memtop: It is so. Do this.\n',
      exitCode: 2,
    });
  });

  it('is known by its name, so that one from another bundle counts too', () => {
    const foreign = Object.assign(new Error('It is so.'), { name: 'UserError', next: 'Do this.' });
    expect(troubleOf(foreign).exitCode).toBe(2);
  });

  it('is empty when the reader has closed the output', () => {
    expect(troubleOf(new OutputClosed())).toEqual({ text: '', exitCode: 0 });
  });

  it('is the user’s to mend when the output cannot be written', () => {
    const { text, exitCode } = troubleOf(new OutputFailed('no space left'));
    expect({ text, exitCode }).toEqual({
      text: 'memtop: The output could not be written: no space left. Check where stdout goes.\n',
      exitCode: 2,
    });
  });

  it('that is a bug shows its stack and is 70', () => {
    const { text, exitCode } = troubleOf(new TypeError('broken \u001b[31mred'));
    expect(exitCode).toBe(70);
    expect(text).toContain('TypeError: broken [31mred\n');
    expect(text).toContain('trouble.test.ts');
    expect(troubleOf('thrown text')).toMatchObject({ exitCode: 70, text: expect.stringContaining('thrown text\n') });
  });
});
