// Where the settings file is.
import { isAbsolute, join } from 'node:path';
import type { Environment } from '../environment.ts';

/** This name stands for no settings file. */
export const NO_FILE = '/dev/null';

/**
 * The file named by `--config`, else by MEMTOP_CONFIG, else memtop/config.toml in the folder for settings: the one that
 * XDG_CONFIG_HOME names, if it is absolute, else ~/.config (XDG Base Directory Specification 0.8). Home is what HOME
 * says, also for root: it is sudo(8) that decides whose that is. Undefined where the home folder is unknown.
 */
export function placeOf(environment: Environment, configFlag: string | undefined): string | undefined {
  if (configFlag !== undefined) return configFlag;
  return environment['MEMTOP_CONFIG'] || placeIn(environment, 'config.toml');
}

/** A file in memtop's folder for settings; undefined where the home folder is unknown. */
export function placeIn(environment: Environment, name: string): string | undefined {
  const folder = environment['XDG_CONFIG_HOME'];
  if (folder && isAbsolute(folder)) return join(folder, 'memtop', name);
  const home = environment['HOME'] || environment['USERPROFILE'];
  return home ? join(home, '.config', 'memtop', name) : undefined;
}
