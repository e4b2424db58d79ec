/** Runs once before the tests that start processes: makes dist/ from the source as it is now. */
export default async function buildOnce() {
  await import('../../scripts/build.mjs');
}
