// Prints files and lines for each folder of src, and fails where the tree breaks a rule of the house: scripts/house has a
// file for each kind of rule, and in allowed.json what is let through, each with its reason. With --pending: each place
// that breaks a rule and is known, in place of their number.

import { join } from 'node:path';
import { checkHouse } from './house/house.js';

const { table, failures, pending } = checkHouse(join(import.meta.dirname, '..'));

process.stdout.write(table);
if (process.argv.includes('--pending'))
  process.stdout.write(pending.map((sentence) => `pending: ${sentence}\n`).join(''));
else if (pending.length > 0)
  process.stdout.write(`${pending.length} known places break a rule still (--pending lists them)\n`);
process.stderr.write(failures.map((sentence) => `${sentence}\n`).join(''));
process.exitCode = failures.length > 0 ? 1 : 0;
