// The command and its environment, with the agents in them or as they were given.
import { type Prepared, prepareCommand } from '../../agent/launch/prepare.ts';
import type { RunContext } from './below.ts';

/** Warns of what keeps an agent out. */
export function prepareFor(
  words: readonly string[],
  { environment, warn }: Pick<RunContext, 'environment' | 'warn'>,
  folder: string,
  hasAgent: boolean,
): Prepared {
  if (!hasAgent) return { words, environment: { ...environment }, warnings: [], lasts: true, isNew: false };
  const prepared = prepareCommand(words, { ...environment }, folder);
  for (const warning of prepared.warnings) warn(warning);
  return prepared;
}
