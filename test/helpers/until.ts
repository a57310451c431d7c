// Waits for conditions, never for fixed times.

const CHECK_EVERY = 5;
const LONGEST = 20_000;

/** Settles when the condition holds; rejects when it does not for too long even on a loaded machine. */
export async function until(condition: () => boolean | Promise<boolean>, longest = LONGEST): Promise<void> {
  const deadline = performance.now() + longest;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`It did not come about: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, CHECK_EVERY));
  }
}
