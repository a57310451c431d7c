import { expect, it } from 'vitest';
import { isDumb, showsUtf8, welcomesColor } from '../../src/config/environment.ts';

it.each([
  [{ LANG: 'en_US.UTF-8' }, true],
  [{ LANG: 'C.utf8' }, true],
  [{ LANG: 'de_DE@euro' }, false],
  [{ LANG: 'C' }, false],
  [{}, false],
  [{ LC_ALL: 'C', LC_CTYPE: 'en_US.UTF-8', LANG: 'en_US.UTF-8' }, false],
  [{ LC_ALL: '', LC_CTYPE: 'C', LANG: 'en_US.UTF-8' }, false],
  [{ LC_ALL: '', LC_CTYPE: '', LANG: 'en_US.UTF-8' }, true],
  [{ LC_CTYPE: 'UTF-8', LANG: 'C' }, true],
])('a terminal in %j shows UTF-8: %s', (environment, shows) => {
  expect(showsUtf8(environment, 'linux')).toBe(shows);
});

it('Windows shows UTF-8 unless a locale says otherwise', () => {
  expect(showsUtf8({}, 'win32')).toBe(true);
  expect(showsUtf8({ LANG: 'C' }, 'win32')).toBe(false);
});

it('colour is welcome unless NO_COLOR is set and not empty', () => {
  expect([{}, { NO_COLOR: '' }, { NO_COLOR: '0' }, { NO_COLOR: '1' }].map(welcomesColor)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

it('a terminal is dumb by that name', () => {
  expect([{ TERM: 'dumb' }, { TERM: 'xterm' }, {}].map(isDumb)).toEqual([true, false, false]);
});
