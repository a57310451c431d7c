// Measures in turns, so that the load of the machine affects all alike.

/** One value per round for each, measured in turn. */
export async function byTurns<Name extends string>(
  count: number,
  measures: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(measures) as Name[];
  const figures = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round < count; round += 1) {
    // The order changes, so that none is always the first after a pause.
    const order = round % 2 === 0 ? names : [...names].reverse();
    for (const name of order) figures[name].push(await measures[name]());
  }
  return figures;
}

/** Waits N milliseconds. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
