import { expect, it } from 'vitest';
import {
  backgroundOf,
  colorDepthOf,
  isDumb,
  showsUtf8,
  sparesMouse,
  welcomesColor,
} from '../../src/settings/environment.ts';

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

it.each([
  [{ TERM: 'linux' }, 4],
  [{ TERM: 'linux', COLORTERM: 'truecolor' }, 4],
  [{ TERM: 'screen' }, 4],
  [{ TERM: 'screen', COLORTERM: 'truecolor' }, 4],
  [{ TERM: 'screen-256color', COLORTERM: 'truecolor' }, 8],
  [{ TERM: 'screen-256color', COLORTERM: 'truecolor', TMUX: '/tmp/tmux-0/default,1,0' }, 24],
  [{ TERM: 'tmux-256color' }, 8],
  [{ TERM: 'tmux-256color', COLORTERM: 'truecolor' }, 24],
  [{ TERM: 'xterm' }, 4],
  [{ TERM: 'xterm-256color' }, 8],
  [{ TERM: 'xterm-256color', COLORTERM: 'yes' }, 8],
  [{ TERM: 'xterm-256color', COLORTERM: '24bit' }, 24],
  [{ TERM: 'xterm-256color', COLORTERM: 'truecolor', NO_COLOR: '1' }, 1],
  [{ TERM: 'xterm-256color', NO_COLOR: '' }, 8],
  [{ TERM: 'xterm-kitty' }, 24],
  [{ TERM: 'xterm-direct' }, 24],
  [{ TERM: 'alacritty' }, 24],
  [{ TERM: 'rxvt-unicode-256color' }, 8],
  [{ TERM: 'vt220' }, 1],
  [{ TERM: 'xterm-mono' }, 1],
  [{ TERM: 'dumb', COLORTERM: 'truecolor' }, 1],
  [{ TERM: '' }, 1],
  [{}, 1],
] as const)('a terminal in %j has colours of %i bits', (environment, depth) => {
  expect(colorDepthOf(environment, 'linux')).toBe(depth);
});

it.each([
  ['15;0', 'dark'],
  ['0;15', 'light'],
  ['0;default;15', 'light'],
  ['12;7', 'light'],
  ['7;8', 'dark'],
  ['default;default', undefined],
  ['0;99', undefined],
  [undefined, undefined],
] as const)('with COLORFGBG=%s the background is %s', (COLORFGBG, background) => {
  expect(backgroundOf({ COLORFGBG })).toBe(background);
});

it('a console of Windows, which sets no TERM, shows all colours', () => {
  expect(colorDepthOf({}, 'win32')).toBe(24);
  expect(colorDepthOf({ NO_COLOR: '1' }, 'win32')).toBe(1);
});

it('GNU screen, which holds Esc back while the mouse is reported, keeps its mouse; tmux gives it', () => {
  expect(sparesMouse({ TERM: 'screen', STY: '12.own' })).toBe(false);
  expect(sparesMouse({ TERM: 'screen.xterm-256color' })).toBe(false);
  expect(sparesMouse({ TERM: 'screen-256color', TMUX: '/tmp/tmux' })).toBe(true);
  expect(sparesMouse({ TERM: 'xterm-256color' })).toBe(true);
});
