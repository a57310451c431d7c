// The frame of a state as Ink gives it, styles and all.
import type { State } from '../../src/app/state/state.ts';
import { frameOf as wholeFrame } from '../../src/screen/frame.ts';
import { Renderer } from '../../src/screen/renderer.tsx';

export function frameOf(state: State): string {
  let frame = '';
  const renderer = new Renderer((drawn) => {
    frame = drawn.join('\n');
  });
  renderer.draw(wholeFrame(state));
  renderer.close();
  return frame;
}
