/**
 * `npm run demo`: plays the story of library/channel-file-291 against a fresh instance in memory. Ends with 0 only when
 * every step came out as told. In a terminal it then keeps the instance until Ctrl+C, so that the report can be opened in
 * a browser; `--stay` does so anywhere, `--no-stay` nowhere.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openStage } from './stage.ts';
import { reportPath, story } from './story.ts';
import { indent, tell } from './tell.ts';

const watched = process.stdout.isTTY === true;
const { values } = parseArgs({
  options: { stay: { type: 'boolean', default: watched } },
  allowNegative: true,
});

// The commands name their files as seen from the checkout.
process.chdir(fileURLToPath(new URL('../../', import.meta.url)));

const columns = Math.min(process.stdout.columns ?? 120, 120);
const stage = await openStage({
  columns: columns - indent.length,
  colour: watched && !process.env.NO_COLOR,
});
try {
  const asTold = await tell(story, stage, { columns, print: console.log });
  process.exitCode = asTold ? 0 : 1;
  if (asTold) {
    console.log('Every step came out as told.');
    if (values.stay) {
      console.log('The report as a page, as customers see it:\n');
      console.log(`${indent}${stage.url}${reportPath}\n`);
      console.log('It is there until you press Ctrl+C.');
      await signalled('SIGINT', 'SIGTERM');
    } else {
      // The address would be dead by the time that somebody reads it.
      console.log('To open the report as a page, as customers see it: npm run demo -- --stay');
    }
  }
} finally {
  await stage.close();
}

/** Until one of the signals comes. */
function signalled(...signals: NodeJS.Signals[]): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of signals) process.once(signal, () => resolve());
  });
}
