// How `npm run test:machine` runs: tests that need other programs or other versions of Node.js.

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/machine/**/*.test.{ts,tsx}'],
    globalSetup: ['test/build/global-setup.ts'],
    passWithNoTests: true,
    fileParallelism: false,
    // Real collectors, kernels and other people's programs: what holds in one run of three is told apart from what never holds.
    retry: 2,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
