// How `npm run test:machine` runs: tests that need other programs or other versions of Node.js.

import { defineConfig } from 'vitest/config';
import { reportPageForTests } from './scripts/build/report-page.js';
import { textFiles } from './scripts/build/text-files.js';

export default defineConfig({
  plugins: [textFiles, reportPageForTests],
  test: {
    include: ['test/machine/**/*.test.{ts,tsx}'],
    globalSetup: ['test/build/global-setup.ts'],
    passWithNoTests: true,
    fileParallelism: false,
    // Tests of real collectors and kernels are tried again: they are named there, each with its reason.
    setupFiles: ['test/machine/second-tries.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
