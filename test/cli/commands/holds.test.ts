/** Holds from the command line, and what the gate prints of them. */
import { describe, expect, test } from 'vitest';
import { fileWith, run } from '../command-run.ts';
import { fakeService, type Script } from '../fake-service.ts';
import { withHold } from '../samples.ts';

const hold = {
  id: '12',
  state: 'proposed',
  revision: 1,
  product: 'sensor',
  versions: 'vers:intdot/>=7|<8',
  incident: 'HF-2025-0001',
  severity: 'sev2',
  reportUrl: null,
  title: 'Kept from machines with the audio bus.',
  visibility: 'public',
  match: { allOf: [], anyOf: [], noneOf: [] },
  releaseWhen: { inWords: 'It starts.', checks: [] },
  createdAt: '2026-11-01T00:00:00Z',
  updatedAt: '2026-11-01T00:00:00Z',
  activatedAt: null,
  releasedAt: null,
  incidentChanged: false,
  history: [],
  overrides: [],
};
const active = { ...hold, state: 'active', revision: 2, activatedAt: '2026-11-01T00:00:00Z' };

async function ask(script: Script, ...args: string[]) {
  const service = await fakeService(script);
  const ran = await run(['hold', ...args, '--url', service.url]);
  return { ...ran, asked: service.asked };
}

describe('what is sent', () => {
  test('propose prints the holds, and how to let them hold', async () => {
    const ran = await ask(
      () => ({ status: 201, body: { items: [hold] } }),
      'propose',
      'HF-2025-0001',
    );
    expect(ran.asked[0]?.path).toBe('/v1/incidents/HF-2025-0001/holds');
    expect(ran.stdout).toMatch(/12\s+proposed\s+sensor/);
    expect(ran.stderr).toContain('holdfast hold activate 12');
    const again = await ask(() => ({ body: { items: [hold] } }), 'propose', 'HF-2025-0001');
    expect(again.stderr).toContain('proposed before');
  });

  test('activate and release send their reasons', async () => {
    const activated = await ask(() => ({ body: active }), 'activate', '12', '--reason', 'Seen.');
    expect(activated.asked[0]).toMatchObject({
      path: '/v1/holds/12/activation',
      body: { reason: 'Seen.' },
    });
    expect(activated.stdout).toBe(
      'Hold 12 is active: sensor vers:intdot/>=7|<8 for HF-2025-0001 (sev2). Kept from machines with the audio bus.\n',
    );
    const past = ['--reason', 'R', '--past-condition-reason', 'Nobody has it.'];
    const released = await ask(() => ({ body: active }), 'release', '12', ...past);
    expect(released.asked[0]?.body).toEqual({ reason: 'R', pastConditionReason: 'Nobody has it.' });
  });

  test('override names rings and versions, and says until when', async () => {
    const overrides = [
      { id: '3', versions: null, rings: ['canary'], expiresAt: '2026-12-01T00:00:00Z' },
    ];
    const ran = await ask(
      () => ({ status: 201, body: { ...active, overrides } }),
      ...['override', '12', '--ring', 'canary', '--reason', 'R'],
      ...['--expires-at', '2026-12-01T00:00:00Z'],
    );
    expect(ran.asked[0]?.body).toEqual({
      rings: ['canary'],
      reason: 'R',
      expiresAt: '2026-12-01T00:00:00Z',
    });
    expect(ran.stdout).toContain('does not apply to every version in canary until 2026-12-01');
    const revoked = await ask(
      () => ({ body: active }),
      'revoke-override',
      '12',
      '3',
      '--reason',
      'R',
    );
    expect(revoked.asked[0]?.path).toBe('/v1/holds/12/overrides/3/revocation');
  });

  test('create and edit send the file; edit over what was read', async () => {
    const file = fileWith('hold.yaml', 'title: T\nreason: R\n');
    const created = await ask(() => ({ status: 201, body: hold }), 'create', '--file', file);
    expect(created.asked[0]?.body).toEqual({ title: 'T', reason: 'R' });
    const edited = await ask(
      ({ method }) =>
        method === 'PUT'
          ? { body: { ...hold, revision: 2 } }
          : { body: hold, headers: { etag: '"x"' } },
      ...['edit', '12', '--file', file],
    );
    expect(edited.asked.map(({ method }) => method)).toEqual(['GET', 'PUT']);
    expect(edited.asked[1]?.headers).toMatchObject({ 'if-match': '"x"' });
    expect(edited.stdout).toContain('Hold 12 is proposed');
  });

  test('edit takes what show printed, or the fields that change, and sends the whole hold', async () => {
    const term = {
      driver: 'bus',
      versions: null,
      versionOf: 'file',
      conditions: null,
      onMatch: true,
    };
    const now = { ...hold, match: { ...hold.match, anyOf: [term] } };
    const edit = async (said: object, ...options: string[]) => {
      const file = fileWith('hold.json', said);
      const script: Script = ({ method }) => ({ body: method === 'PUT' ? hold : now });
      const ran = await ask(script, 'edit', '12', '--file', file, ...options);
      return { ...ran, sent: ran.asked[1]?.body };
    };
    const { versions, title, visibility, releaseWhen } = hold;
    const match = { allOf: [], anyOf: [{ driver: 'bus', versionOf: 'file' }], noneOf: [] };
    const whole = { versions, title, visibility, match, releaseWhen, reason: 'R' };
    expect((await edit(now, '--reason', 'R')).sent).toEqual(whole);
    expect((await edit({ title: 'T', reason: 'R' })).sent).toEqual({ ...whole, title: 'T' });
    const anyOf = [{ driver: 'net' }];
    expect((await edit({ match: { anyOf }, reason: 'R' })).sent).toEqual({
      ...whole,
      match: { ...match, anyOf },
    });
    for (const [said, why] of [
      [{ title: 'T' }, '--reason'],
      [{ ...now, revision: 7, reason: 'R' }, 'changed since'],
      [{ ...now, product: 'other', reason: 'R' }, 'keeps its product'],
    ] as const) {
      const ran = await edit(said);
      expect(ran).toMatchObject({ code: 3, stderr: expect.stringContaining(why) });
      expect(ran.asked).toHaveLength(1);
    }
  });

  test('list asks for what it is narrowed to', async () => {
    const ran = await ask(
      () => ({ body: { items: [active] } }),
      ...['list', '--product', 'sensor', '--state', 'active'],
    );
    expect(ran.asked[0]?.path).toBe('/v1/holds?product=sensor&state=active');
    expect(ran.stdout).toContain('HF-2025-0001 (sev2)');
  });
});

describe('evaluate', () => {
  const answer = (id: string, verdict: string) => ({
    id,
    verdict,
    holds: [
      {
        hold: '12',
        incident: 'HF-2025-0001',
        title: null,
        verdict,
        evidence: `Evidence for ${id}.`,
        missing:
          verdict === 'unknown' ? [{ field: 'drivers', detail: 'Add it.', command: null }] : [],
        reportUrl: null,
      },
    ],
    unreadable: [],
    unreadableTotal: 0,
  });
  const evaluation = (...machines: ReturnType<typeof answer>[]) => {
    const count = (verdict: string) => machines.filter((one) => one.verdict === verdict).length;
    const counts = { hold: count('hold'), unknown: count('unknown'), proceed: count('proceed') };
    return { body: { catalogueRevision: 'r', counts, machines } };
  };
  const evaluate = (script: Script, ...options: string[]) =>
    ask(script, 'evaluate', '--file', fileWith('machines.json', '{"machines":[]}'), ...options);
  const [held, open, free] = [answer('a', 'hold'), answer('b', 'unknown'), answer('c', 'proceed')];

  test.each([
    ['every machine may take it', [free], [], 0],
    ['one is held', [free, open, held], [], 1],
    ['one is held, and unknown ones are shipped to', [open, held], ['--ship-unknown'], 1],
    ['one cannot be told', [free, open], [], 2],
    ['one cannot be told, and is shipped to', [free, open], ['--ship-unknown'], 0],
  ])('%s', async (_, machines, options, code) => {
    expect((await evaluate(() => evaluation(...machines), ...options)).code).toBe(code);
  });

  test('prints each machine with its evidence and what is missing', async () => {
    const { stdout } = await evaluate(() => evaluation(held, open, free));
    expect(stdout).toMatch(/a\s+hold\s+12 \(HF-2025-0001\)\s+Evidence for a\./);
    expect(stdout).toMatch(/b\s+unknown\s+12 \(HF-2025-0001\)\s+Evidence for b\. Add it\./);
    expect(stdout).not.toContain('Evidence for c.');
    expect(stdout).toContain('1 held, 1 unknown, 1 may take it.');
  });
});

describe('the gate', () => {
  const gate = async (...options: string[]) => {
    const service = await fakeService(() => ({ body: withHold }));
    return run(['gate', 'content', '1.2', ...options, '--url', service.url]);
  };

  test('may ship, and prints the holds to honour', async () => {
    const { code, stdout } = await gate();
    expect(code).toBe(0);
    expect(stdout).toMatch(/held\s+\(this release\)/);
    expect(stdout).toContain(
      'Honour: hold 12 of HF-2024-0001 (sev1): Kept from machines with the audio bus.',
    );
  });

  test('says so in Markdown, before what else there is to do', async () => {
    const { stdout } = await gate('--markdown');
    expect(stdout).toContain('✋ held');
    expect(stdout).toContain(
      '**What the rollout must honour**\n\n- Honour: hold 12 of HF-2024-0001 (sev1): Kept from',
    );
  });
});
