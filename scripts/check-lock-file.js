// Fails when the lock file contains addresses of a registry, which differ from machine to machine.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @type {{ packages: Record<string, { resolved?: string }> }} */
const { packages } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package-lock.json'), 'utf8'));
const addressed = Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined);
if (addressed.length > 0) {
  const names = addressed.slice(0, 3).map(([path]) => path);
  process.stderr.write(
    `package-lock.json carries registry addresses (${names.join(', ')}…). ` +
      'Run "npm install --package-lock-only": .npmrc says to leave them out.\n',
  );
  process.exitCode = 1;
}
