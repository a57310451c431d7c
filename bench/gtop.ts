// gtop, a monitor that runs on Node.js as well: installed when the bench needs it.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Workbench } from './workbench.ts';

/** Installs gtop into the temporary folder and returns its program. Throws where npm cannot. */
export function gtop(bench: Workbench): string {
  bench.say('installing gtop');
  execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', '--prefix', bench.folder, 'gtop@1.1.5'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return join(bench.folder, 'node_modules/gtop/bin/gtop');
}
