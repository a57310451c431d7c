// What the terminal can show: characters, colours, the mouse, its size.
import { colorDepthOf, isDumb, showsUtf8, sparesMouse, welcomesColor } from '../../../settings/environment.ts';
import { type Check, limited, missing, notHere, ok } from './check.ts';

export const screen: Check = {
  id: 'screen',
  title: 'screen',
  purpose: 'watching live',
  cost: 'memtop prints one table and exits.',
  run({ inputIsTerminal, outputIsTerminal, environment }) {
    const { TERM = '' } = environment;
    if (!outputIsTerminal) return limited('stdout is not a terminal.', { say: 'Start memtop in a terminal.' });
    if (!inputIsTerminal) return limited('stdin is not a terminal: no keyboard.', { say: 'Do not pipe into memtop.' });
    if (isDumb(environment)) {
      const type = 'export TERM=xterm-256color';
      return missing('TERM is dumb: the cursor cannot be moved.', { say: 'Set TERM to the actual terminal.', type });
    }
    return ok(TERM === '' ? 'A terminal; TERM is not set.' : `A terminal; TERM is ${TERM}.`);
  },
};

/** The least that a useful screen takes, and the least that shows all default columns. */
const LEAST = { columns: 20, rows: 5 };
const COMFORTABLE = { columns: 80, rows: 24 };

export const terminalSize: Check = {
  id: 'size',
  title: 'size',
  purpose: 'columns and rows of the table',
  cost: 'Header lines and columns are dropped one by one.',
  run({ size: found }) {
    if (found === undefined) return notHere('stdout is not a terminal.');
    const { columns, rows } = found;
    const sentence = `${columns} columns, ${rows} rows.`;
    if (columns < LEAST.columns || rows < LEAST.rows) return missing(sentence, { say: 'Make the window larger.' });
    const isSmall = columns < COMFORTABLE.columns || rows < COMFORTABLE.rows;
    return isSmall
      ? limited(sentence, { say: 'Make the window larger: 80 by 24 shows the default table.' })
      : ok(sentence);
  },
};

export const characters: Check = {
  id: 'utf-8',
  title: 'characters',
  purpose: 'charts in block characters',
  cost: 'Charts and marks are drawn in ASCII.',
  run({ environment, platform }) {
    if (showsUtf8(environment, platform)) return ok('The locale is UTF-8.');
    const name = (['LC_ALL', 'LC_CTYPE', 'LANG'] as const).find((each) => environment[each]);
    const found =
      name === undefined ? 'No locale is set, so ASCII is used.' : `${name} is ${environment[name]}, not UTF-8.`;
    return limited(found, { say: 'If the terminal supports UTF-8, run:', type: `export ${name ?? 'LANG'}=C.UTF-8` });
  },
};

export const colours: Check = {
  id: 'colours',
  title: 'colours',
  purpose: 'showing the state of memory at a glance',
  cost: 'Only words and symbols show it.',
  run({ environment, platform }) {
    const { TERM = '' } = environment;
    if (!welcomesColor(environment)) {
      return limited('NO_COLOR is set: no colours.', { say: 'Unset it to use colours.', type: 'unset NO_COLOR' });
    }
    const depth = colorDepthOf(environment, platform);
    if (depth === 24) return ok('16 million.');
    if (depth === 8) return ok('256.');
    if (depth === 1) {
      const found = TERM === '' ? 'TERM is not set: no colours.' : `TERM is ${TERM}, which has no colours.`;
      return limited(found, { say: 'If the terminal has colours, run:', type: 'export TERM=xterm-256color' });
    }
    return ok('The 16 standard ones.');
  },
};

export const mouse: Check = {
  id: 'mouse',
  title: 'mouse',
  purpose: 'clicking rows and titles, and the wheel',
  cost: 'Only the keyboard works.',
  run({ environment, outputIsTerminal }) {
    const { TERM = '' } = environment;
    if (!outputIsTerminal) return notHere('stdout is not a terminal.');
    if (TERM === 'linux' || isDumb(environment)) {
      return limited(`TERM is ${TERM}, which does not report the mouse.`, { say: 'Use a terminal in a window.' });
    }
    if (!sparesMouse(environment)) {
      return limited('GNU screen delays Esc while the mouse is on, so it is off.', {
        say: 'Use tmux, or write mouse = true in the settings file and press Esc twice.',
      });
    }
    return ok('The terminal reports it; hold Shift to select text.');
  },
};
