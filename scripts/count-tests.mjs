/** Says in one line how many tests ran, from what vitest wrote. Ends with 1 unless all of them passed. */
import { existsSync, readFileSync } from 'node:fs';

const results = new URL('../test-output/results.json', import.meta.url);
if (existsSync(results)) {
  const { success, numPassedTests, numFailedTests, numPendingTests } = JSON.parse(
    readFileSync(results, 'utf8'),
  );
  console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`);
  if (!success) process.exitCode = 1;
} else {
  console.log('No test ran.');
  process.exitCode = 1;
}
