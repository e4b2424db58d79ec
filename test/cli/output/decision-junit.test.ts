/** Requirements as test cases: what CI systems read, and what they must not be told. */
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { decisionJunit } from '../../../src/cli/output/decision-junit.ts';
import { answer, blocked, decision, held, pending } from '../samples.ts';

interface Element {
  name: string;
  attributes: Record<string, string>;
  text: string;
}

/** Every element in its order. Throws where it is not well-formed. */
function elementsOf(xml: string): Element[] {
  const elements: Element[] = [];
  const open: Element[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, text: '' };
    elements.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    for (const element of open) element.text += text;
  });
  parser.on('closetag', () => void open.pop());
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return elements;
}

const named = (elements: Element[], name: string) => elements.filter((one) => one.name === name);

const waiver = {
  id: '12',
  reason: 'Lab down.',
  approvedBy: 'Bo',
  expiresAt: '2024-08-15T00:00:00Z',
  risks: 'HF-2024-0001',
  severity: 'sev1' as const,
};

describe('what a requirement is shown as', () => {
  test.each([
    ['passed', answer(), 'passed'],
    ['failed', answer({ status: 'failed' }), 'failure'],
    ['errored', answer({ status: 'errored' }), 'error'],
    ['missing', answer({ status: 'missing' }), 'error'],
    ['running', answer({ status: 'running' }), 'error'],
    ['skipped', answer({ status: 'skipped' }), 'error'],
    ['insufficient', answer({ status: 'insufficient' }), 'error'],
    ['other_build', answer({ status: 'other_build' }), 'error'],
    ['waived', answer({ status: 'waived', insteadOf: 'missing', waiver }), 'skipped'],
    ['advisory and failed', answer({ status: 'failed', enforcement: 'advisory' }), 'skipped'],
    ['advisory and passed', answer({ enforcement: 'advisory' }), 'passed'],
    ['held', held, 'skipped'],
    ['of a newer service', answer({ status: 'someday' as never }), 'error'],
  ])('%s', (_, one, shown) => {
    const elements = elementsOf(decisionJunit(decision({ answers: [one] })));
    const outcome = elements.find(({ name }) => ['failure', 'error', 'skipped'].includes(name));
    expect(outcome?.name ?? 'passed').toBe(shown);
    const [suite] = named(elements, 'testsuite');
    expect(suite?.attributes).toMatchObject({
      tests: '1',
      failures: shown === 'failure' ? '1' : '0',
      errors: shown === 'error' ? '1' : '0',
      skipped: shown === 'skipped' ? '1' : '0',
    });
  });
});

test('a case is named by its check and variant, below its product and ring', () => {
  const answers = [answer({ variant: { os: 'windows-10' } })];
  const [one] = named(elementsOf(decisionJunit(decision({ answers }))), 'testcase');
  expect(one?.attributes).toMatchObject({
    classname: 'holdfast.content.general',
    name: 'boot-loop (os=windows-10)',
  });
  expect(one?.text).toContain('HF-2024-0001 (sev1, proven) Update stops hosts');
});

test('a waived case says by whom and until when', () => {
  const answers = [answer({ status: 'waived', insteadOf: 'missing', waiver })];
  const [skipped] = named(elementsOf(decisionJunit(decision({ answers }))), 'skipped');
  expect(skipped?.attributes.message).toBe('waived by Bo until 2024-08-15T00:00:00Z: Lab down.');
});

test.each([
  ['passed', decision(), false],
  ['blocked', blocked, true],
  ['pending', pending, true],
  ['nothing required', decision({ verdict: 'not_applicable', answers: [] }), false],
])(
  '%s: something is red exactly where it must not ship, and there is always a case',
  (_, body, red) => {
    const elements = elementsOf(decisionJunit(body));
    expect(elements.some(({ name }) => name === 'failure' || name === 'error')).toBe(red);
    expect(named(elements, 'testcase').length).toBeGreaterThan(0);
  },
);

test('hostile text stays text, and what XML cannot hold is replaced', () => {
  const hostile = `"/><failure>]]>&<!--\u0000\u0008\u001b[31m\ud800 \uffff \u{1f600}\nline`;
  const one = answer({
    check: hostile,
    title: hostile,
    status: 'failed',
    next: hostile,
    variant: { [hostile]: hostile },
    result: {
      id: '1',
      outcome: 'failed',
      run: hostile,
      evidenceUrl: 'https://ci.example/?a=1&b=<2>',
      reason: hostile,
      failedCases: [hostile],
      receivedAt: '2024-08-12T09:00:00Z',
    },
  });
  const elements = elementsOf(
    decisionJunit(decision({ version: hostile, product: hostile, answers: [one] })),
  );
  expect(named(elements, 'testcase')).toHaveLength(1);
  expect(named(elements, 'failure')).toHaveLength(1);
  const message = named(elements, 'failure')[0]?.attributes.message;
  const kept = hostile.replace('\u0000\u0008\u001b', '\ufffd'.repeat(3));
  expect(message).toBe(`failed: ${kept.replace('\ud800', '\ufffd').replace('\uffff', '\ufffd')}`);
});
