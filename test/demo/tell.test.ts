/** How the demo judges what it shows. */
import { expect, test } from 'vitest';
import type { Outcome } from '../../scripts/demo/stage.ts';
import type { Chapter, Step } from '../../scripts/demo/story.ts';
import { tell } from '../../scripts/demo/tell.ts';

const asks: Step = { who: 'ada', command: ['gate', 'sensor', '1.0'], ends: 1, shows: ['Blocked'] };

async function told(steps: readonly Step[], outcome: Outcome) {
  const chapters: Chapter[] = [{ title: 'Once', told: 'There was a release.', steps }];
  const ran: string[] = [];
  const tokens: string[] = [];
  const lines: string[] = [];
  const asTold = await tell(
    chapters,
    {
      run: async (who, command) => {
        ran.push(`${who}: ${command.join(' ')}`);
        return outcome;
      },
      giveToken: (who, token) => tokens.push(`${who}: ${token}`),
    },
    { columns: 60, print: (line) => lines.push(line) },
  );
  return { asTold, ran, tokens, text: lines.join('\n') };
}

test('a story whose steps all come out as expected is told to its end', async () => {
  const { asTold, ran, text } = await told([asks, asks], { code: 1, printed: 'Blocked: …\n' });
  expect(asTold).toBe(true);
  expect(ran).toHaveLength(2);
  expect(text).toContain(
    '1. Once\n-------\nThere was a release.\n\n  ada$ holdfast gate sensor 1.0\n  Blocked: …\n  (exit code 1)',
  );
});

test('another exit code than expected ends the story, and says which one came', async () => {
  const { asTold, ran, text } = await told([asks, asks], { code: 0, printed: 'Blocked: …\n' });
  expect(asTold).toBe(false);
  expect(ran).toHaveLength(1);
  expect(text).toContain('exit code 1 was expected, not 0.');
});

test('words that are missing from the output end the story, and are named', async () => {
  const { asTold, text } = await told([asks], { code: 1, printed: 'Pending.\n' });
  expect(asTold).toBe(false);
  expect(text).toContain("it was expected to print 'Blocked'.");
});

test('the last line of a command that makes a token is given to whom it is for', async () => {
  const { tokens } = await told([{ ...asks, shows: [], tokenFor: 'bo' }], {
    code: 1,
    printed: 'Shown this once:\nhf_secret\n',
  });
  expect(tokens).toEqual(['bo: hf_secret']);
});
