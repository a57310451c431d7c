// A renderer that draws one state after another: what it gives without Ink is what Ink would give.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { initialState, type State } from '../../src/app/state/state.ts';
import { frameOf } from '../../src/screen/frame.ts';
import { Renderer } from '../../src/screen/renderer.tsx';
import { Painter } from '../../src/terminal/painter.ts';
import { codePointWidth } from '../../src/text/width.ts';
import { frameOf as frameOfInk } from '../helpers/frame.ts';
import { SETTINGS, SIGNALS } from '../helpers/states.ts';
import { anyStep, run } from '../helpers/steps.ts';
import { type SeenCell, VirtualScreen } from '../helpers/virtual-screen.ts';

async function shown(lines: readonly string[], { columns, lines: rows }: State): Promise<SeenCell[][]> {
  const screen = new VirtualScreen(columns, rows);
  await screen.write(new Painter(codePointWidth).paint(lines));
  const cells = screen.cells();
  screen.dispose();
  return cells;
}

it('whatever happens to the screen, each state is drawn as Ink draws it by itself', async () => {
  const beginning = { ...SETTINGS, signals: SIGNALS, color: true };
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 12 }), async (steps) => {
      let drawn: readonly string[] = [];
      const renderer = new Renderer((lines) => {
        drawn = lines;
      });
      let last = initialState(beginning, { columns: 80, rows: 24 });
      renderer.draw(frameOf(last));
      run(last, steps, (state) => {
        renderer.draw(frameOf(state));
        last = state;
      });
      renderer.close();
      expect(await shown(drawn, last)).toEqual(await shown(frameOfInk(last).split('\n'), last));
    }),
    { numRuns: 20 },
  );
});
