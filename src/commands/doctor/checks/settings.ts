// The settings file: whether there is one, and whether memtop understands it.
import { clean } from '../../../text/clean.ts';
import { type Check, missing, notHere, ok } from './check.ts';

export const settingsFile: Check = {
  id: 'settings',
  title: 'settings file',
  purpose: 'initial settings of the screen',
  cost: 'memtop reports the error and exits.',
  run({ settings: { path, isThere, mistake } }) {
    if (mistake !== undefined) return missing(mistake.message, { say: mistake.next });
    if (path === undefined) return notHere('Disabled.');
    return isThere ? ok(`${clean(path)} is valid.`) : ok(`None; press S in the monitor to write ${clean(path)}.`);
  },
};
