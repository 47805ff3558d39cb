/** The test runner: two tiers, told apart by the file's name, and one reporter that counts. */
import { refuseOldNode } from './test/house/node-version.ts';
import { skipReporter } from './test/house/skip-reporter.ts';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

refuseOldNode(process.versions.node);

export default defineConfig({
  test: {
    reporters: ['default', skipReporter(resolve(import.meta.dirname, '../shared'))],
    // A crowd of workers on two cores only makes each of them slow.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.int.test.ts'],
          pool: 'threads',
          // Nothing here keeps state between files, and loading zod once is a third of the time.
          isolate: false,
          // Far more than any of them needs: the machine may be busy with something else.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'int',
          include: ['test/**/*.int.test.ts'],
          pool: 'forks',
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
