/**
 * Which tests run where, by the end of their names:
 *
 * | name               | runs                                                                       |
 * | ------------------ | -------------------------------------------------------------------------- |
 * | `.db.test.ts`      | on PGlite and PostgreSQL 15 (`test/support/databases.ts`); see `pg18`      |
 * | `.process.test.ts` | once, with dist/ built: real processes of the service and the command line |
 * | `.browser.test.ts` | once, with dist/ built: pages in a real browser                            |
 * | `.test.ts`         | once                                                                       |
 */
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { vitePlugin as assets } from './scripts/assets.mjs';
import { contractCoverage } from './test/support/contract-coverage-reporter.ts';

const named = (suffix: string) => `test/**/*.${suffix}.test.{ts,tsx}`;

/**
 * PGlite is PostgreSQL 18, and 15 the oldest server and the one that tests race on. What is about the server itself runs
 * on 18 too, and so do whole processes.
 */
const aboutTheServer = ['test/db/**/*.db.test.ts', 'test/releases/gate-facts-plan.db.test.ts'];

/** Workers are kept from file to file, and with them the database that each has open. */
function onDatabase(
  name: string,
  include: readonly string[] = [named('db')],
): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      name,
      include: [...include],
      env: { TEST_DATABASE: name },
      globalSetup: ['test/support/start-databases.ts'],
      isolate: false,
    },
  };
}

function onBuild(name: string): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      name,
      include: [named(name)],
      globalSetup: ['test/support/build.ts'],
    },
  };
}

export default defineConfig({
  plugins: [assets],
  test: {
    reporters: [
      'default',
      ['json', { outputFile: 'test-output/results.json' }],
      contractCoverage(),
    ],
    // Every core: what a test waits for is mostly another process.
    maxWorkers: '100%',
    // Far more than any test takes: a busy machine is not a failure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['db', 'process', 'browser'].map(named),
        },
      },
      onDatabase('pglite'),
      onDatabase('pg15'),
      onDatabase('pg18', aboutTheServer),
      onBuild('process'),
      onBuild('browser'),
    ],
  },
});
