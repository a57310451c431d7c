// How the tests run; test/machine, which needs more than npm's packages, has a configuration of its own.

import { defineConfig } from 'vitest/config';
import { reportPageForTests } from './scripts/build/report-page.js';
import { textFiles } from './scripts/build/text-files.js';

export default defineConfig({
  plugins: [textFiles, reportPageForTests],
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/machine/**'],
    globalSetup: ['test/build/global-setup.ts'],
    setupFiles: ['test/helpers/seed.ts', 'test/pty/second-try.ts'],
    // Two cores and many real processes: a test waits for what it expects, and only a broken one reaches this.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
