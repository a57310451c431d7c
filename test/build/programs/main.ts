// A stand-in for the program, small enough to build in every test: a command without a screen and one with.
import { OwnHeap } from '../../../src/cli/small-heap.ts';

interface Launcher {
  saveCodeCache(): void;
  registerFlags(flags: { takeBack(): void; setAgain(): void }): void;
}

/**
 * `screen` draws one frame of fifty rows, keeps the heap small from then on as the real one does, and ends; `packages`
 * loads what is not bundled; `later flags` keeps the heap small before it draws; else the words are echoed.
 */
export async function main(argv: readonly string[], launcher: Launcher): Promise<void> {
  const heap = new OwnHeap();
  launcher.registerFlags(heap);
  if (argv[0] === 'later flags') heap.keepSmall();
  if (argv[0] === 'screen' || argv[0] === 'later flags') {
    const { draw } = await import('./screen.ts');
    const app = draw((frame) => process.stdout.write(`${frame}\n`), 1);
    launcher.saveCodeCache();
    heap.keepSmall();
    app.end();
    return;
  }
  if (argv[0] === 'packages') {
    const { default: psList } = await import('ps-list');
    const { mem } = await import('systeminformation');
    const { gzipSync } = await import('node:zlib');
    process.stdout.write(`${[psList, mem, gzipSync].map((value) => typeof value)}\n`);
    return;
  }
  process.stdout.write(`${JSON.stringify(argv)}\n`);
  process.exitCode = argv.length;
}
