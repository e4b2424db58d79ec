/** Says in one line how many tests ran, from what vitest wrote. */
import { existsSync, readFileSync } from 'node:fs';

const results = new URL('../test-output/results.json', import.meta.url);
if (existsSync(results)) {
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(
    readFileSync(results, 'utf8'),
  );
  console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
} else {
  console.log('No test ran.');
}
