// The settings file: whether there is one, and whether memtop understands it.
import { clean } from '../../../text/clean.ts';
import { type Check, missing, notHere, ok } from './check.ts';

export const settingsFile: Check = {
  id: 'settings',
  title: 'settings file',
  purpose: 'what the screen begins with',
  cost: 'memtop says what is wrong with it, and ends.',
  look({ settings: { path, isThere, mistake } }) {
    if (mistake !== undefined) return missing(mistake.message, { say: mistake.next });
    if (path === undefined) return notHere('None is wanted.');
    return isThere ? ok(`${clean(path)} is understood.`) : ok(`None: S on the screen writes ${clean(path)}.`);
  },
};
