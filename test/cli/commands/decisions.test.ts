/** `holdfast decision …`: the verdict as exit code, the statement as a file, and deciding again by oneself. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { components } from '../../../src/contract/types.gen.ts';
import { decide, gateVersion } from '../../../src/gate/index.ts';
import { factsHash } from '../../../src/releases/facts-hash.ts';
import { showDecision } from '../../../src/releases/show-decision.ts';
import { signed } from '../../attestation/signed.ts';
import { check, facts, guardedBy, incident, noon, outcomes } from '../../support/gate-facts.ts';
import { fileWith, run } from '../command-run.ts';
import { fakeService, problem, type Script } from '../fake-service.ts';
import { blocked, decision, pending } from '../samples.ts';

type RecordedDecision = components['schemas']['RecordedDecision'];

const { envelope, key } = signed();

function recorded(given: Partial<RecordedDecision> = {}): RecordedDecision {
  const made = given.decision ?? decision();
  const { factsHash, verdict } = made;
  return {
    id: '7',
    recordedBy: 'build-farm',
    gateVersion,
    decision: made,
    replay: { same: true, gateVersion, factsHash, verdict },
    envelope: made.mayShip ? envelope : null,
    noEnvelopeBecause: made.mayShip ? null : 'The release may not ship.',
    ...given,
  };
}

async function ask(args: readonly string[], script: Script) {
  const service = await fakeService(script);
  const ran = await run(['decision', ...args, '--url', service.url]);
  return { ...ran, asked: service.asked };
}

describe('record', () => {
  const record = ['record', 'content', '1.2', '--ring', 'general'];
  const answering = (body: RecordedDecision) => () => ({ status: 201, body });

  test.each([
    ['passed', decision(), 0],
    ['blocked', blocked, 1],
    ['pending', pending, 2],
  ])('the exit code is the verdict: %s', async (_, made, code) => {
    const ran = await ask(record, answering(recorded({ decision: made })));
    expect(ran.code).toBe(code);
    expect(ran.stdout).toContain('Recorded as decision 7.');
    expect(ran.asked[0]).toMatchObject({ method: 'POST', body: { ring: 'general' } });
  });

  test('the statement of a pass is saved, every byte of it part of the envelope', async () => {
    const out = fileWith('release.intoto.json', '');
    const ran = await ask([...record, '--out', out], answering(recorded()));
    expect(ran.code).toBe(0);
    expect(readFileSync(out, 'utf8')).toBe(JSON.stringify(envelope));
  });

  test('nothing is saved for a release that may not ship', async () => {
    const out = fileWith('release.intoto.json', 'before');
    const ran = await ask([...record, '--out', out], answering(recorded({ decision: blocked })));
    expect(ran.code).toBe(1);
    expect(readFileSync(out, 'utf8')).toBe('before');
  });

  test('a pass without the statement that was asked for is not a success', async () => {
    const out = fileWith('release.intoto.json', '');
    const noEnvelopeBecause = 'The release lists no artifacts.';
    const body = recorded({ envelope: null, noEnvelopeBecause });
    const ran = await ask([...record, '--out', out], answering(body));
    expect(ran.code).toBe(3);
    expect(ran.stderr).toContain(noEnvelopeBecause);
    expect((await ask(record, answering(body))).code).toBe(0);
  });

  test('a file that cannot be written says how to get the statement again', async () => {
    const ran = await ask([...record, '--out', '/no/such/folder/e.json'], answering(recorded()));
    expect(ran.code).toBe(3);
    expect(ran.stderr).toContain('holdfast decision show 7 --out');
  });
});

test('show says who recorded it, whether it replays, and which key signed', async () => {
  const out = fileWith('release.intoto.json', '');
  const ran = await ask(['show', '7', '--out', out], () => ({ body: recorded() }));
  expect(ran.code).toBe(0);
  expect(ran.stdout).toContain(`Decision 7, recorded by build-farm, made by gate ${gateVersion}.`);
  expect(ran.stdout).toContain('the same facts, the same decision');
  expect(ran.stdout).toContain(`Signed by the key ${key.keyid}.`);
  expect(readFileSync(out, 'utf8')).toBe(JSON.stringify(envelope));
});

test('list has a row for each', async () => {
  const { verdict, mayShip, asOf, factsHash, summary } = decision();
  const about = { product: 'content', version: '1.2', ring: 'general', asOf, factsHash, summary };
  const item = {
    ...about,
    id: '7',
    verdict,
    mayShip,
    gateVersion,
    recordedBy: 'Ada',
    signed: true,
  };
  const ran = await ask(['list', 'content', '1.2'], () => ({ body: { items: [item] } }));
  expect(ran.stdout).toMatch(/7 +general +passed +\S+ +Ada +yes/);
});

describe('replay', () => {
  const judged = facts({
    checks: [check('T')],
    incidents: [incident('HF-2024-0001', { title: 'A\u001b[2Jtitle', ...guardedBy('T') })],
    ...outcomes('T', 'failed', 'passed'),
  });
  const engineer = {
    kind: 'token',
    tokenId: '1',
    name: 'Ada',
    role: 'engineer',
    products: null,
  } as const;
  const shown = showDecision(judged, noon, engineer, (key) => `https://example.test/${key}`);
  const script =
    (body: RecordedDecision, handedOut: object): Script =>
    ({ path }) => ({ body: path.endsWith('/facts') ? handedOut : body });

  test('the same facts and the same decision end with 0, decided on this machine', async () => {
    const replay = { ...recorded().replay, same: false };
    const body = recorded({ decision: shown, replay });
    const ran = await ask(['replay', '7'], script(body, { asOf: noon, facts: judged }));
    expect(ran.stdout).toContain('the same decision');
    expect(ran.code).toBe(0);
  });

  test.each([
    ['facts that are others', { decision: shown }, { ...judged, ...outcomes('T', 'passed') }],
    ['a verdict that is another', { decision: { ...shown, verdict: 'blocked' as const } }, judged],
    [
      'an answer that is another',
      { decision: { ...shown, answers: shown.answers.map((one) => ({ ...one, next: 'x' })) } },
      judged,
    ],
  ])('%s end with 1, whatever the service says', async (_, given, given2) => {
    const body = recorded(given as Partial<RecordedDecision>);
    const ran = await ask(['replay', '7'], script(body, { asOf: noon, facts: given2 }));
    expect(ran.stdout).toContain('NOT the same');
    expect(ran.code).toBe(1);
  });

  test('a token that may not read the facts is told what the service found', async () => {
    const found = { same: false, gateVersion, verdict: 'blocked', factsHash: 'x' } as const;
    for (const replay of [recorded().replay, found]) {
      const body = recorded({ replay });
      const ran = await ask(['replay', '7'], ({ path }) =>
        path.endsWith('/facts') ? problem(403, 'Not yours.') : { body },
      );
      expect(ran.stderr).toContain('the service replayed them itself');
      expect(ran.code).toBe(replay.same ? 0 : 1);
    }
  });

  test('what the CLI compares is what the gate made', () => {
    expect(shown.factsHash).toBe(factsHash(judged, noon));
    expect(decide(judged, noon).verdict).toBe(shown.verdict);
  });
});
