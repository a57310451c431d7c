// The first frame is painted without Ink: what Ink gives of the same lines, which it draws later, leaves nothing to write.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initialState, type State } from '../../src/app/state/state.ts';
import { THEMES } from '../../src/model/appearance/appearance.ts';
import { frameLines, frameOf } from '../../src/screen/frame.ts';
import { Renderer } from '../../src/screen/renderer.tsx';
import { Painter } from '../../src/terminal/painter.ts';
import { codePointWidth } from '../../src/text/width.ts';
import { frameOf as frameOfInk } from '../helpers/frame.ts';
import { SIZES } from '../helpers/sizes.ts';
import { processOf } from '../helpers/snapshots.ts';
import { press, SETTINGS, SIGNALS, watched } from '../helpers/states.ts';
import { anyStep, run } from '../helpers/steps.ts';

const WITH_TINY = [...SIZES, [23, 6], [9, 4]] as const;

/** What is written when Ink draws a frame whose lines have been painted as they are. */
function writtenByInk(state: State): string {
  const painter = new Painter(codePointWidth);
  const frame = frameOf(state);
  expect(painter.paint(frame.lines)).not.toBe('');
  let written = '';
  const renderer = new Renderer((lines) => {
    written += painter.paint(lines);
  });
  renderer.draw(frame);
  renderer.close();
  return written;
}

describe.each(WITH_TINY)('at %i×%i', (columns, rows) => {
  const size = { columns, rows };

  it('the first frame is the text that Ink gives', () => {
    const state = watched({}, size, 1);
    const lines = frameLines(state).map((line) => line.trimEnd());
    expect(lines.join('\n')).toBe(frameOfInk(state));
  });

  it.each(THEMES)('Ink writes nothing over it, in colours of the theme %s', (theme) => {
    for (const colorDepth of [4, 8, 24] as const) {
      const state = watched({ color: true, colorDepth, theme }, size, 1);
      expect(writtenByInk(state), `${colorDepth} bits`).toBe('');
    }
  });

  it('Ink writes nothing over it, in ASCII, as a tree and in groups', () => {
    for (const settings of [{ ascii: true }, { arrangement: 'tree' }, { arrangement: 'name' }] as const) {
      expect(writtenByInk(watched({ color: true, ...settings }, size, 1))).toBe('');
    }
  });

  it('Ink writes nothing over help and the detail pane, should a key have come before it', () => {
    const state: State = watched({ color: true }, size, 2);
    for (const key of ['?', 'enter', '/', 'o', 'm', 'f9']) {
      expect(writtenByInk(press(state, key).state), key).toBe('');
    }
  });
});

it.each([
  '日本語のプロセス 全角ＡＢＣ',
  '👩‍👩‍👧‍👦 🇩🇪🇫🇷 👍🏽 ❤️ ⌚▶️◀',
  'e\u0301a\u0300\u0323 नमस्ते ก็ำ Z͑ͫ̓a̴l̵go',
  '한국어 ｱｲｳ ﾞﾟ 𠮷野家',
  '\u{1b}[31mred\u{1b}[7m \u0007\u202e\u200b soft\u00adhyphen',
])('Ink writes nothing over a process that is named %j', (name) => {
  const named = () => [processOf({ who: { pid: 42, name, command: `${name} ${name.repeat(9)}`, user: name } })];
  for (const [columns, rows] of SIZES) {
    expect(writtenByInk(watched({ color: true }, { columns, rows }, 1, named)), `${columns}`).toBe('');
  }
});

it('Ink writes nothing over the frame of any state', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.array(anyStep, { minLength: 1, maxLength: 20 }), (color, steps) => {
      let last = initialState({ ...SETTINGS, signals: SIGNALS, color }, { columns: 80, rows: 24 });
      run(last, steps, (state) => {
        last = state;
      });
      expect(writtenByInk(last)).toBe('');
    }),
    { numRuns: 40 },
  );
});
