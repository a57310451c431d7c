// Folders of src that import each other. (Circles between files: .dependency-cruiser.mjs.)

import { importsOf, isModule } from './modules.js';
import { folderOf } from './sizes.js';

/** @import { File } from './tree.js' */

/**
 * Which folders each folder imports.
 * @param {File[]} sources
 * @returns {Map<string, Set<string>>}
 */
const arrowsOf = (sources) => {
  /** @type {Map<string, Set<string>>} */
  const arrows = new Map();
  for (const file of sources.filter(({ path }) => isModule(path))) {
    const from = folderOf(file.path);
    for (const target of importsOf(file)) {
      const to = folderOf(target);
      if (to !== from) arrows.set(from, (arrows.get(from) ?? new Set()).add(to));
    }
  }
  return arrows;
};

/**
 * Everything that can be reached from a folder.
 * @param {Map<string, Set<string>>} arrows
 * @param {string} start
 */
const reachedFrom = (arrows, start) => {
  /** @type {Set<string>} */
  const reached = new Set();
  const waiting = [...(arrows.get(start) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    waiting.push(...(arrows.get(next) ?? []));
  }
  return reached;
};

/**
 * The rooms that lie on a circle of imports, those of one circle together.
 * @param {File[]} sources
 * @returns {{ rooms: string[], sentence: string }[]}
 */
export const circlesOfRooms = (sources) => {
  const arrows = arrowsOf(sources);
  const reached = new Map([...arrows.keys()].map((room) => [room, reachedFrom(arrows, room)]));
  /** @param {string} room */
  const circleOf = (room) =>
    [...arrows.keys()].filter((other) => reached.get(room)?.has(other) && reached.get(other)?.has(room)).sort();
  const circles = new Map([...arrows.keys()].map((room) => [circleOf(room).join(', '), circleOf(room)]));
  return [...circles.values()]
    .filter((rooms) => rooms.length > 0)
    .map((rooms) => ({ rooms, sentence: `${rooms.join(', ')} import one another in a circle.` }));
};
