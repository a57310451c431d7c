// Lines without styles, for counting and comparing them.
import type { Paint } from '../../src/app/state/pane.ts';

export const UNPAINTED: Paint = { paint: (_, text) => text, fill: (_, text) => text, plain: (text) => text };
