/** The summary for a pull request: complete, short enough, and safe to post. */
import markdownIt from 'markdown-it';
import { describe, expect, test } from 'vitest';
import { decisionMarkdown } from '../../../src/cli/output/decision-markdown.ts';
import { answer, decision } from '../samples.ts';

const render = (markdown: string) => markdownIt({ html: true, linkify: true }).render(markdown);

const blocked = decision({
  verdict: 'blocked',
  mayShip: false,
  summary: 'Blocked: 1 of 3 requirements failed.',
  answers: [
    answer({ check: 'count', earlierFailures: 1 }),
    answer({
      check: 'field-match',
      status: 'failed',
      next: 'Make field_21 pass, or ask for a waiver.',
      result: {
        id: '1',
        outcome: 'failed',
        run: 'r',
        evidenceUrl: 'https://ci.example/1',
        reason: null,
        failedCases: ['matching › field_22'],
        receivedAt: '2024-08-12T09:00:00Z',
      },
    }),
    answer({ variant: { os: 'windows-10' }, status: 'missing', next: 'Run it.' }),
  ],
});

test('it says the verdict, what asks for something first, and what to do', () => {
  expect(decisionMarkdown(blocked)).toBe(
    `### ❌ Blocked: 1 of 3 requirements failed.

\`content\` \`1.2\`, ring \`general\`, as of \`2024-08-12T09:30:00Z\`

| Status | Requirement | Guards against |
| :-- | :-- | :-- |
| ❌ failed | \`field-match\`<br>A host restarts twice | HF-2024-0001 (sev1) Update stops hosts |
| ⏳ missing | \`boot-loop\` \`os=windows-10\`<br>A host restarts twice | HF-2024-0001 (sev1) Update stops hosts |
| ✅ passed | \`count\`<br>A host restarts twice | HF-2024-0001 (sev1) Update stops hosts |

**What to do**

- \`field-match\`: Make field\\_21 pass, or ask for a waiver. Failed cases: matching › field\\_22. ([evidence](https://ci.example/1))
- \`boot-loop\` \`os=windows-10\`: Run it.

**Worth knowing**

- Note: count failed once on this build before.
`,
  );
});

test('what may ship without requirements is a line or two', () => {
  const nothing = decision({
    verdict: 'not_applicable',
    summary: 'Nothing was required.',
    answers: [],
  });
  expect(decisionMarkdown(nothing).split('\n')[0]).toBe('### ✅ Nothing was required.');
  expect(decisionMarkdown(nothing)).not.toContain('|');
});

describe('what comes from outside', () => {
  const hostile =
    '</td><script>alert(1)</script> @everyone | x | [y](javascript:z) `\n\n# Approved';

  test('is only text, in every field', () => {
    const { guardsAgainst } = answer();
    const html = render(
      decisionMarkdown(
        decision({
          version: hostile,
          summary: hostile,
          answers: [
            answer({
              check: hostile,
              title: hostile,
              variant: { [hostile]: hostile },
              status: 'failed',
              next: hostile,
              guardsAgainst: guardsAgainst.map((one) => ({
                ...one,
                title: hostile,
                reportUrl: 'javascript:alert(1)',
              })),
              result: {
                id: '1',
                outcome: 'failed',
                run: hostile,
                evidenceUrl: 'javascript:alert(1)',
                reason: hostile,
                failedCases: [hostile],
                receivedAt: '2024-08-12T09:00:00Z',
              },
              waiversNotApplied: [{ waiver: '9', why: hostile }],
            }),
          ],
          ignored: [{ check: hostile, variant: { a: hostile }, nearMatches: [] }],
        }),
      ),
    );
    expect(html).not.toMatch(/<script|<a |<h1|<code>[^<]*everyone/);
    expect(html).not.toContain('@everyone');
    expect(html.match(/<tr>/g)).toHaveLength(2);
    expect(html.match(/<td/g)).toHaveLength(3);
  });

  test('a report that is public is linked', () => {
    const [guarded] = answer().guardsAgainst;
    if (!guarded) throw new Error('The sample has an incident.');
    const reportUrl = 'https://incidents.example/reports/HF-2024-0001';
    const shown = decisionMarkdown(
      decision({ answers: [answer({ guardsAgainst: [{ ...guarded, reportUrl }] })] }),
    );
    expect(render(shown)).toContain(`<a href="${reportUrl}">HF-2024-0001</a>`);
  });
});

test('however much there is, it fits into a comment, with what failed', () => {
  const long = 'long <words> and | more '.repeat(100);
  const many = Array.from({ length: 800 }, (_, n) =>
    answer({ check: `check-${n}`, title: long, earlierFailures: 1 }),
  );
  const failed = answer({ check: 'the-one', status: 'failed', title: long, next: long });
  const shown = decisionMarkdown(decision({ answers: [...many, failed] }));
  expect(shown.length).toBeLessThan(60_000);
  expect(shown).toContain('❌ failed | `the-one`');
  expect(shown).toMatch(/and \d+ more/);
});
