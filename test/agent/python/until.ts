// Waits for a condition, never for a fixed time.
import type { PythonProgram } from './python-program.ts';

const WAIT_TIMEOUT = 30_000;
const PAUSE = 10;

/** Resolves when the condition holds; rejects after 30 s, naming it and what the program printed. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  name: string,
  program?: PythonProgram,
): Promise<void> {
  const deadline = Date.now() + WAIT_TIMEOUT;
  while (!(await condition())) {
    if (Date.now() > deadline) {
      throw new Error(`Waited in vain until ${name}. ${JSON.stringify(program?.output() ?? '')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}
