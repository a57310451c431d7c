// Whether the terminal is queried for the colour of its background.

import { followsBackground } from '../../screen/theme/background.ts';
import { answersQueries, backgroundOf, type Environment } from '../../settings/environment.ts';
import type { Settings } from '../../settings/settings.ts';

/** Only where the answer changes what is drawn, is not known yet, and the terminal is one that answers. */
export function asksBackground(settings: Settings, environment: Environment): boolean {
  const { theme, color, colorDepth } = settings;
  // With fewer than 256 colours there are none on the screen: see `codesOf`.
  const isColoured = color && colorDepth >= 8;
  const isKnown = backgroundOf(environment) !== undefined;
  return !isKnown && isColoured && followsBackground(theme) && answersQueries(environment);
}
