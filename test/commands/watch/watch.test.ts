import { expect, it } from 'vitest';
import { watch } from '../../../src/commands/watch/watch.ts';
import { UserError } from '../../../src/errors/user-error.ts';
import { fakeContext } from '../../helpers/fake-context.ts';
import { SETTINGS } from '../../helpers/states.ts';

it('a filter that is not valid is refused before anything is drawn', async () => {
  const context = fakeContext();
  const refused = watch({ ...SETTINGS, filter: 'rss >' }, context);
  await expect(refused).rejects.toThrow(UserError);
  await expect(refused).rejects.toThrow(/Invalid filter 'rss >'/);
  expect(context.printed).toEqual([]);
});

it('a folder that is not a procfs is refused before anything is drawn', async () => {
  const context = fakeContext();
  const refused = watch({ ...SETTINGS, procRoot: import.meta.dirname }, context);
  await expect(refused).rejects.toThrow(UserError);
  expect(context.printed).toEqual([]);
});
