import { expect, it } from 'vitest';
import { placeOf } from '../../../src/settings/file/place.ts';

it.each([
  [{ HOME: '/home/ada' }, '/home/ada/.config/memtop/config.toml'],
  [{ HOME: '/home/ada', XDG_CONFIG_HOME: '/etc/ada' }, '/etc/ada/memtop/config.toml'],
  [{ HOME: '/home/ada', XDG_CONFIG_HOME: '' }, '/home/ada/.config/memtop/config.toml'],
  [{ HOME: '/home/ada', XDG_CONFIG_HOME: 'relative' }, '/home/ada/.config/memtop/config.toml'],
  [{ HOME: '/home/ada', XDG_CONFIG_HOME: '/etc/ada', MEMTOP_CONFIG: 'my.toml' }, 'my.toml'],
  [{ HOME: '/root', SUDO_USER: 'ada' }, '/root/.config/memtop/config.toml'],
  [{ USERPROFILE: '/c/ada' }, '/c/ada/.config/memtop/config.toml'],
  [{}, undefined],
])('with %j the file is %s', (environment: Record<string, string>, path) => {
  expect(placeOf(environment, undefined)).toBe(path);
});

it('a file that --config names comes before all others', () => {
  expect(placeOf({ HOME: '/home/ada', MEMTOP_CONFIG: '/b' }, '/a')).toBe('/a');
});
