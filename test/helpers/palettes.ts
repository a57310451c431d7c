// The sixteen colours and the background of the usual terminals, as their authors publish them.
import type { Background } from '../../src/model/appearance/appearance.ts';

interface Palette {
  readonly background: Background;
  readonly ground: string;
  /** Black, red, green, yellow, blue, magenta, cyan, white, and the bright ones. */
  readonly colours: readonly string[];
}

const colours = (text: string) => text.split(' ').map((colour) => `#${colour}`);

const XTERM = colours(
  '000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff',
);
const SOLARIZED = colours(
  '073642 dc322f 859900 b58900 268bd2 d33682 2aa198 eee8d5 002b36 cb4b16 586e75 657b83 839496 6c71c4 93a1a1 fdf6e3',
);
const TANGO = colours(
  '2e3436 cc0000 4e9a06 c4a000 3465a4 75507b 06989a d3d7cf 555753 ef2929 8ae234 fce94f 729fcf ad7fa8 34e2e2 eeeeec',
);
const GNOME = colours(
  '171421 c01c28 26a269 a2734c 12488b a347ba 2aa1b3 d0cfcc 5e5c64 f66151 33da7a e9ad0c 2a7bde c061cb 33c7de ffffff',
);
const CONSOLE = colours(
  '000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff',
);
const DRACULA = colours(
  '21222c ff5555 50fa7b f1fa8c bd93f9 ff79c6 8be9fd f8f8f2 6272a4 ff6e6e 69ff94 ffffa5 d6acff ff92df a4ffff ffffff',
);
const ONE_DARK = colours(
  '282c34 e06c75 98c379 e5c07b 61afef c678dd 56b6c2 abb2bf 5c6370 e06c75 98c379 e5c07b 61afef c678dd 56b6c2 ffffff',
);
const ONE_LIGHT = colours(
  '383a42 e45649 50a14f c18401 4078f2 a626a4 0184bc a0a1a7 4f525e e45649 50a14f c18401 4078f2 a626a4 0184bc fafafa',
);
const GRUVBOX_DARK = colours(
  '282828 cc241d 98971a d79921 458588 b16286 689d6a a89984 928374 fb4934 b8bb26 fabd2f 83a598 d3869b 8ec07c ebdbb2',
);
const GRUVBOX_LIGHT = colours(
  'fbf1c7 cc241d 98971a d79921 458588 b16286 689d6a 7c6f64 928374 9d0006 79740e b57614 076678 8f3f71 427b58 3c3836',
);
const NORD = colours(
  '3b4252 bf616a a3be8c ebcb8b 81a1c1 b48ead 88c0d0 e5e9f0 4c566a bf616a a3be8c ebcb8b 81a1c1 b48ead 8fbcbb eceff4',
);

export const PALETTES: Readonly<Record<string, Palette>> = {
  xterm: { background: 'light', ground: '#ffffff', colours: XTERM },
  'xterm reversed': { background: 'dark', ground: '#000000', colours: XTERM },
  'Linux console': { background: 'dark', ground: '#000000', colours: CONSOLE },
  'Solarized Dark': { background: 'dark', ground: '#002b36', colours: SOLARIZED },
  'Solarized Light': { background: 'light', ground: '#fdf6e3', colours: SOLARIZED },
  'Tango dark': { background: 'dark', ground: '#2e3436', colours: TANGO },
  'Tango light': { background: 'light', ground: '#eeeeec', colours: TANGO },
  'GNOME dark': { background: 'dark', ground: '#171421', colours: GNOME },
  'GNOME light': { background: 'light', ground: '#ffffff', colours: GNOME },
  Ubuntu: { background: 'dark', ground: '#300a24', colours: TANGO },
  Dracula: { background: 'dark', ground: '#282a36', colours: DRACULA },
  'One Dark': { background: 'dark', ground: '#282c34', colours: ONE_DARK },
  'One Light': { background: 'light', ground: '#fafafa', colours: ONE_LIGHT },
  'Gruvbox Dark': { background: 'dark', ground: '#282828', colours: GRUVBOX_DARK },
  'Gruvbox Light': { background: 'light', ground: '#fbf1c7', colours: GRUVBOX_LIGHT },
  Nord: { background: 'dark', ground: '#2e3440', colours: NORD },
};

const groundsOf = (wanted: Background) =>
  Object.fromEntries(
    Object.entries(PALETTES)
      .filter(([, { background }]) => background === wanted)
      .map(([name, { ground }]) => [name, ground]),
  );

/** The backgrounds by name. */
export const BACKGROUNDS = { dark: groundsOf('dark'), light: groundsOf('light') };
