/** What a plan asks for before anything is run. */
import { expect, test } from 'vitest';
import { decide, planRequirements } from '../../src/gate/index.ts';
import {
  at,
  check,
  facts,
  guardedBy,
  incident,
  noon,
  release,
  report,
  reported,
  result,
} from '../support/gate-facts.ts';

test('a plan has one requirement for each check and listed variant, with its reasons', () => {
  const given = facts({
    release: release({ version: null, components: null }),
    checks: [
      check('advisory', { enforcement: 'advisory' }),
      check('boot', { variants: [{ os: 's2' }, { os: 's1' }] }),
      check('fields', { appliesTo: { components: ['parser'] } }),
    ],
    incidents: [incident('HF-1', guardedBy('fields'))],
  });
  expect(planRequirements(given, noon)).toEqual([
    expect.objectContaining({ check: 'boot', variant: { os: 's1' }, guardsAgainst: [] }),
    expect.objectContaining({ check: 'boot', variant: { os: 's2' } }),
    {
      check: 'fields',
      title: 'The check fields',
      enforcement: 'required',
      variant: null,
      appliesBecause: 'It applies because the release did not say which components it touches.',
      guardsAgainst: [
        {
          incident: 'HF-1',
          title: 'The incident HF-1',
          publicTitle: 'The incident HF-1',
          severity: 'sev3',
          products: ['content'],
          why: 'fields would have caught it.',
          publicWhy: 'fields would have caught it.',
          proof: 'unproven',
        },
      ],
      heldBy: [],
    },
    expect.objectContaining({ check: 'advisory', enforcement: 'advisory' }),
  ]);
});

test('the gate answers exactly the requirements that a plan of the same facts lists', () => {
  const given = facts({
    checks: [check('T'), check('U', { variants: [{ os: 's1' }] }), check('V')],
    ...reported(
      report(at('09:00'), [
        result('T', 'passed', { variant: { os: 's2' } }),
        result('T', 'failed', { variant: { os: 's1' } }),
        result('U', 'failed', { variant: { os: 's9' } }),
      ]),
    ),
  });
  const planned = planRequirements(given, noon);
  expect(planned.map(({ check, variant }) => [check, variant])).toEqual([
    ['T', { os: 's1' }],
    ['T', { os: 's2' }],
    ['U', { os: 's1' }],
    ['V', null],
  ]);
  expect(decide(given, noon).answers).toEqual(
    planned.map(({ heldBy: _, ...one }) => expect.objectContaining(one)),
  );
});

test('results of a check that does not apply are neither asked for nor ignored', () => {
  const { answers, ignored } = decide(
    facts({
      checks: [check('T', { appliesTo: { kinds: ['code'] }, variants: [{ os: 's1' }] })],
      ...reported(report(at('09:00'), [result('T', 'failed', { variant: { os: 's2' } })])),
    }),
    noon,
  );
  expect({ answers, ignored }).toEqual({ answers: [], ignored: [] });
});
