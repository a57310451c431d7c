// What the environment says about the terminal: whether it shows UTF-8, whether colour is welcome, whether it is dumb.

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether characters beyond ASCII can be shown: the first of LC_ALL, LC_CTYPE and LANG that is set and not empty
 * decides, and none means the C locale (POSIX.1-2017, Base Definitions, 8.2). Windows has no such variables and
 * its terminals show UTF-8.
 */
export function showsUtf8(environment: Environment, platform: string): boolean {
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'];
  if (!locale) return platform === 'win32';
  return /utf-?8/i.test(locale);
}

/** Whether colour is welcome: NO_COLOR that is set and not empty says no (no-color.org). */
export function welcomesColor(environment: Environment): boolean {
  return !environment['NO_COLOR'];
}

/** Whether the terminal cannot move its cursor (terminfo's name for it is `dumb`). */
export function isDumb(environment: Environment): boolean {
  return environment['TERM'] === 'dumb';
}
