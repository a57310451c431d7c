// What the terminal can show: characters, colours, the mouse, its size.
import { colorDepthOf, isDumb, showsUtf8, sparesMouse, welcomesColor } from '../../../settings/environment.ts';
import { type Check, limited, missing, notHere, ok } from './check.ts';

export const screen: Check = {
  id: 'screen',
  title: 'screen',
  purpose: 'watching live',
  cost: 'memtop prints one table and ends.',
  look({ inputIsTerminal, outputIsTerminal, environment }) {
    const { TERM = '' } = environment;
    if (!outputIsTerminal) return limited('stdout is no terminal here.', { say: 'Start memtop in a terminal.' });
    if (!inputIsTerminal)
      return limited('stdin is no terminal here: there is no keyboard.', { say: 'Do not pipe into it.' });
    if (isDumb(environment)) {
      const type = 'export TERM=xterm-256color';
      return missing('TERM is dumb: the cursor cannot be moved.', { say: 'Say what terminal it really is.', type });
    }
    return ok(TERM === '' ? 'A terminal, though TERM does not say which.' : `A terminal, TERM is ${TERM}.`);
  },
};

/** The least that a useful screen takes, and the least that shows all default columns. */
const LEAST = { columns: 20, rows: 5 };
const COMFORTABLE = { columns: 80, rows: 24 };

export const terminalSize: Check = {
  id: 'size',
  title: 'size',
  purpose: 'columns and rows of the table',
  cost: 'Header and columns give way, one after the other.',
  look({ size: found }) {
    if (found === undefined) return notHere('stdout is no terminal here.');
    const { columns, rows } = found;
    const sentence = `${columns} columns, ${rows} rows.`;
    if (columns < LEAST.columns || rows < LEAST.rows) return missing(sentence, { say: 'Make the window larger.' });
    const isSmall = columns < COMFORTABLE.columns || rows < COMFORTABLE.rows;
    return isSmall
      ? limited(sentence, { say: 'Make the window larger: 80 by 24 shows the usual table.' })
      : ok(sentence);
  },
};

export const characters: Check = {
  id: 'utf-8',
  title: 'characters',
  purpose: 'charts in eight heights of blocks',
  cost: 'Charts and marks are drawn in ASCII.',
  look({ environment, platform }) {
    if (showsUtf8(environment, platform)) return ok('The locale is UTF-8.');
    const name = (['LC_ALL', 'LC_CTYPE', 'LANG'] as const).find((each) => environment[each]);
    const found =
      name === undefined ? 'No locale is set, which means ASCII.' : `${name} is ${environment[name]}, not UTF-8.`;
    return limited(found, { say: 'If the terminal shows UTF-8, say so.', type: `export ${name ?? 'LANG'}=C.UTF-8` });
  },
};

export const colours: Check = {
  id: 'colours',
  title: 'colours',
  purpose: 'telling calm from short at a glance',
  cost: 'Only words and signs tell it.',
  look({ environment, platform }) {
    const { TERM = '' } = environment;
    if (!welcomesColor(environment)) {
      return limited('NO_COLOR is set: none are used.', { say: 'Unset it to have them.', type: 'unset NO_COLOR' });
    }
    const depth = colorDepthOf(environment, platform);
    if (depth === 24) return ok('All of them.');
    if (depth === 8) return ok('256.');
    if (depth === 1) {
      const found =
        TERM === '' ? 'TERM does not say which terminal this is: none are used.' : `TERM is ${TERM}, which has none.`;
      return limited(found, { say: 'If it has, say so.', type: 'export TERM=xterm-256color' });
    }
    return ok('The sixteen every terminal has.');
  },
};

export const mouse: Check = {
  id: 'mouse',
  title: 'mouse',
  purpose: 'clicking rows and titles, and the wheel',
  cost: 'Everything is done by keys.',
  look({ environment, outputIsTerminal }) {
    const { TERM = '' } = environment;
    if (!outputIsTerminal) return notHere('stdout is no terminal here.');
    if (TERM === 'linux' || isDumb(environment)) {
      return limited(`TERM is ${TERM}, which does not report the mouse.`, { say: 'Use a terminal in a window.' });
    }
    if (!sparesMouse(environment)) {
      return limited('GNU screen holds Esc back while the mouse is used, so it is not.', {
        say: 'Use tmux, or write mouse = true in the settings file and press Esc twice.',
      });
    }
    return ok('The terminal can report it; Shift selects text as ever.');
  },
};
