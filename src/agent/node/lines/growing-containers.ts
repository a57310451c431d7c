// Which Map, Set, Array or plain object grows, and its name in the program.

import type { GrowingContainer } from '../../../model/lines/holders.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import { type GrowingContainersResult, LEAK_LINES } from '../../protocol/leak-lines.ts';
import type { Departure } from '../runtime/departure.ts';
import { closeSession, openSession } from '../runtime/inspector-session.ts';
import { milliseconds, rounded } from '../runtime/time.ts';
import { findDictionaries } from './dictionaries.ts';
import { Inspected, type Scripts } from './inspected.ts';
import { type Grown, KnownContainers } from './known-containers.ts';
import { pickFunctions } from './known-functions.ts';
import { type Beginnings, Search } from './search.ts';
import { typeOf } from './sizes.ts';
import { watchFor } from './watching.ts';

/** How often sizes are read in between the first and the last time. */
const BETWEEN = 8;
/** Milliseconds of work to find names. */
const NAMING = 2_000;

/**
 * Finds all containers once, which pauses the program like a collection or longer, then reads their sizes.
 *
 * @throws ProtocolError (as a rejection) where there is no inspector
 */
export async function growingContainers(seconds: number, departure: Departure): Promise<GrowingContainersResult> {
  const session = openSession();
  if (session === undefined) {
    throw new ProtocolError(
      'unsupported',
      'This program does not allow an inspector, which is needed to find its containers.',
    );
  }
  const inspected = new Inspected(session);
  try {
    const begun = milliseconds();
    const { containers, ...beginnings } = survey(inspected);
    const pauseMs = rounded(milliseconds() - begun);
    containers.add(await findDictionaries(inspected, beginnings));
    inspected.release();
    let watched = 0;
    for (let step = 0; step < BETWEEN; step += 1) {
      watched += await watchFor(seconds / BETWEEN, departure);
      containers.measure();
    }
    const grown = containers.grown(LEAK_LINES.entries);
    // V8 knows the file of a script only when it has run for a while.
    const later = { ...beginnings, scripts: bothScripts(beginnings.scripts, inspected.scripts()) };
    return { containers: await named(inspected, grown, later), seconds: Math.round(watched * 10) / 10, pauseMs };
  } finally {
    inspected.release();
    await closeSession(session);
  }
}

function survey(inspected: Inspected): Beginnings & { readonly containers: KnownContainers } {
  const objects = inspected.everyObject();
  const found = {
    containers: new KnownContainers(objects),
    functions: pickFunctions(objects),
    scripts: inspected.scripts(),
  };
  inspected.release();
  return found;
}

function bothScripts(first: Scripts, later: Scripts): Scripts {
  return { urls: new Map([...first.urls, ...later.urls]), lengths: new Set([...first.lengths, ...later.lengths]) };
}

async function named(
  inspected: Inspected,
  grown: readonly Grown[],
  beginnings: Beginnings,
): Promise<GrowingContainer[]> {
  if (grown.length === 0) return [];
  const targets = new Set(grown.map(({ object }) => object));
  const wanted = { is: (value: object) => targets.has(value), most: targets.size, milliseconds: NAMING };
  const search = new Search(inspected, { ...wanted, isOwnOnly: false });
  const names = await search.names(beginnings);
  return grown.map(({ object, kind, entries, grown: more }) => ({
    ...{ name: names.get(object) ?? '', type: typeOf(object, kind).slice(0, LEAK_LINES.name), entries, grown: more },
  }));
}
