import { expect, it } from 'vitest';
import { settle } from '../../../src/cli/settle.ts';
import { asksBackground } from '../../../src/commands/watch/asking.ts';
import type { Environment } from '../../../src/settings/environment.ts';

const asksIn = (environment: Environment, flags = {}) => {
  const surroundings = { environment, platform: 'linux', samplers: [], commands: [] };
  return asksBackground(settle({ flags, words: [] } as never, surroundings).settings, environment);
};
const XTERM = { TERM: 'xterm-256color' };

it.each([
  ['xterm', XTERM],
  ['tmux', { TERM: 'tmux-256color', TMUX: '/tmp/tmux,1,0' }],
  ['tmux with the TERM of screen', { TERM: 'screen-256color', TMUX: '/tmp/tmux,1,0' }],
  ['tmux in GNU screen', { TERM: 'tmux-256color', TMUX: '/tmp/tmux,1,0', STY: '1.pts' }],
  ['Terminal.app', { ...XTERM, TERM_PROGRAM: 'Apple_Terminal' }],
  ['Alacritty', { TERM: 'alacritty' }],
  ['kitty', { TERM: 'xterm-kitty' }],
  ['a COLORFGBG that says nothing', { ...XTERM, COLORFGBG: 'default;default' }],
])('asks %s', (_, environment) => {
  expect(asksIn(environment)).toBe(true);
});

it.each([
  ['the Linux console', { TERM: 'linux' }],
  ['a dumb terminal', { TERM: 'dumb' }],
  ['GNU screen', { TERM: 'screen-256color', STY: '1.pts' }],
  ['GNU screen behind sudo', { TERM: 'screen.xterm-256color' }],
  ['GNU screen with the TERM of xterm', { ...XTERM, STY: '1.pts' }],
  ['a terminal without a name', {}],
  ['one that nothing is known of', { TERM: 'eterm-256color' }],
  ['one with sixteen colours, where none is used', { TERM: 'xterm' }],
  ['one that has said it', { ...XTERM, COLORFGBG: '0;15' }],
  ['one without colours', { ...XTERM, NO_COLOR: '1' }],
])('does not ask %s', (_, environment) => {
  expect(asksIn(environment)).toBe(false);
});

it('asks for the themes that follow the background and for no other', () => {
  const themes = ['default', 'colour-blind', 'dark', 'light', 'high-contrast', 'monochrome'];
  expect(themes.filter((theme) => asksIn(XTERM, { theme }))).toEqual(['default', 'colour-blind']);
  expect(asksIn(XTERM, { color: false })).toBe(false);
});
