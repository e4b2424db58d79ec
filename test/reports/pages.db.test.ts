import { beforeEach, describe, expect, test } from 'vitest';
import { type IncidentDesk, incidentDesk, preliminary } from '../incidents/incident-desk.ts';

let desk: IncidentDesk;
beforeEach(async () => {
  desk = await incidentDesk();
});

const published = async (said: object = {}) => {
  const key = await desk.log({ ...preliminary, ...said });
  expect(await desk.publish(key)).toMatchObject({ status: 200 });
  return key;
};
const open = async (address: string) => {
  const response = await desk.service.app.request(address);
  return { status: response.status, headers: response.headers, html: await response.text() };
};

describe('the front page', () => {
  test('200: says whose it is and that nothing was published yet', async () => {
    const { status, html } = await open('/');
    expect(status).toBe(200);
    expect(html).toContain('Releases that went wrong, as Example Software reports them');
    expect(html).toContain('Nothing has been published yet.');
  });

  test('200: leads to published reports, and to no others', async () => {
    const key = await published();
    const draft = await desk.log({ ...preliminary, title: 'A draft' });
    const { html } = await open('/');
    expect(html).toContain(`href="/reports/${key}"`);
    expect(html).not.toContain(draft);
    expect(html).not.toContain('A draft');
  });
});

describe('the list of reports', () => {
  test('200: keeps what was asked for in the form', async () => {
    await published({
      affected: [{ product: 'sensor', versions: 'vers:intdot/*' }],
      affectedUnknown: false,
    });
    const { html } = await open('/reports?q=hosts&product=sensor&severity=sev1');
    expect(html).toContain('value="hosts"');
    expect(html).toContain('<option value="sensor" selected="">Sensor content</option>');
    expect(html).toContain('<option value="sev1" selected="">Critical</option>');
    expect(html).toContain(preliminary.title);
  });

  test('200: says so where nothing fits, without repeating markup that somebody typed', async () => {
    await published();
    const { status, html } = await open('/reports?q=%22%3E%3Cscript%3E');
    expect(status).toBe(200);
    expect(html).toContain('No published report fits this.');
    expect(html).not.toContain('<script>');
  });

  test('200: an empty form asks for everything', async () => {
    const key = await published();
    expect((await open('/reports?q=&product=&severity=')).html).toContain(key);
  });

  test('200: leads to the next page while there is one', async () => {
    for (let count = 0; count < 21; count += 1) await published();
    const first = await open('/reports');
    const next = /rel="next" href="([^"]+)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&');
    expect(next).toBeDefined();
    const second = await open(next ?? '');
    expect(second.status).toBe(200);
    expect(second.html.match(/class="entry"/g)).toHaveLength(1);
    expect(second.html).not.toContain('rel="next"');
  });

  test('400: what cannot be read', async () => {
    for (const query of [
      'severity=sev9',
      'cursor=x',
      'q=%00',
      `q=${'x'.repeat(201)}`,
      'product=%00',
    ]) {
      expect((await open(`/reports?${query}`)).status, query).toBe(400);
    }
  });
});

describe('the page of a report', () => {
  test('200: what to do comes before everything else, below the notice of a withdrawn one', async () => {
    const key = await published();
    await desk.move(desk.ann, key, 'withdrawn', 'It was another product.');
    const { html } = await open(`/reports/${key}`);
    const order = [
      'Hosts stop at start</h1>',
      'It was another product.',
      preliminary.whatToDo,
      'Whom this concerns',
    ].map((text) => html.indexOf(text));
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((left, right) => left - right));
  });

  test('200: versions and conditions stand there in words', async () => {
    const key = await published({
      affectedUnknown: false,
      affected: [
        {
          product: 'sensor-content',
          versions: 'vers:intdot/>=291.20240719.409|<291.20240719.527',
          fixedIn: ['291.20240719.527'],
          conditions: {
            companions: [{ product: 'sensor', versions: 'vers:intdot/>=7.11' }],
            onlineBetween: { from: '2024-07-19T04:09:00Z', until: '2024-07-19T05:27:00Z' },
          },
        },
      ],
    });
    const text = (await open(`/reports/${key}`)).html.replaceAll(/<[^>]*>/g, '');
    expect(text).toContain('Versions from 291.20240719.409, before 291.20240719.527.');
    expect(text).toContain('beside Sensor content, version 7.11 and every later one');
    expect(text).toContain('between 19 July 2024, 04:09 UTC and 19 July 2024, 05:27 UTC');
  });

  test('200: whom it concerns says in one place beside which drivers, how they are found, what is held back and where to ask', async () => {
    const key = await published({
      affectedUnknown: false,
      affected: [{ product: 'sensor-content', versions: 'vers:intdot/>=7|<8', fixedIn: ['8'] }],
      drivers: [
        {
          driver: 'audio-bus',
          versions: 'vers:intdot/<9',
          versionOf: 'file',
          role: 'trigger',
          visibility: 'public',
        },
      ],
    });
    const hold = {
      incident: key,
      product: 'sensor-content',
      versions: 'vers:intdot/>=7|<8',
      title: 'Kept from machines with the audio bus.',
      visibility: 'public',
      match: { anyOf: [{ driver: 'audio-bus', versions: 'vers:intdot/<9', versionOf: 'file' }] },
      releaseWhen: { inWords: 'It starts.' },
      reason: 'It stops.',
    };
    const { body, status } = await desk.ann.post('/v1/holds', hold);
    expect(status, JSON.stringify(body)).toBe(201);
    await desk.ben.post(`/v1/holds/${body.id}/activation`, { reason: 'It was reproduced.' });
    const { html } = await open(`/reports/${key}`);
    const concern = html.slice(html.indexOf('id="concern"'), html.indexOf('id="holds"'));
    const text = concern.replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, ' ');
    for (const said of [
      'Sensor content sensor-content',
      'Versions from 7, before 8.',
      'Fixed in 8',
      'Held back Kept from machines with the audio bus.',
      'Audio bus of Example, every version before 9',
      'Look for the file AudioBus.sys.',
    ]) {
      expect(text).toContain(said);
    }
    expect(concern).toContain('href="/affected?product=sensor-content"');
    // Nothing is said of what nobody has said.
    expect(html).not.toContain('What happened beside it');
    expect(html).not.toContain('How it was solved');
  });

  test('200: Markdown is rendered, and neither raw HTML nor a strange scheme gets through', async () => {
    const key = await published({
      whatToDo:
        '**Stop** <img src=x onerror=alert(1)> [here](javascript:alert(1)) [there](https://example.test/)',
      sources: [],
    });
    const { html } = await open(`/reports/${key}`);
    expect(html).toContain('<strong>Stop</strong>');
    expect(html).toContain('<a href="https://example.test/">there</a>');
    expect(html).not.toContain('<img');
    expect(html).not.toContain('href="javascript:');
  });

  test('200: every public claim is shown, whatever it is about', async () => {
    const facts = [
      '/title',
      '/occurrence',
      '/stage',
      '/severity',
      '/reach',
      '/affected',
      '/affected/0/versions',
      '/affectedUnknown',
      '/effects',
      '/trigger',
      '/detection/method',
      '/impact',
      '/impact/manualRecovery',
      '/impact/measures',
      '/impact/measures/0/max',
      '/summary',
      '/whatToDo',
      '/nextUpdateAt',
      '/timeline',
      '/timeline/0/at',
      '/causes',
      '/causes/0/class',
      '/drivers',
      '/drivers/0/role',
      '/actions',
      '/actions/0/status',
      '/externalIds',
      '/externalIds/0/id',
    ];
    const key = await published({
      affectedUnknown: false,
      affected: [{ product: 'sensor', versions: 'vers:intdot/*' }],
      effects: ['hang'],
      impact: {
        manualRecovery: 'no',
        measures: [{ unit: 'devices', min: 1, max: 2, basis: 'estimated' }],
      },
      timeline: [
        { at: '2024-07', precision: 'month', type: 'released', text: 'Out.', visibility: 'public' },
      ],
      causes: [
        { id: 'a', class: 'root', confidence: 'suspected', statement: 'S.', visibility: 'public' },
      ],
      drivers: [
        {
          driver: 'audio-bus',
          versions: null,
          versionOf: 'file',
          role: 'victim',
          visibility: 'public',
        },
      ],
      actions: [
        {
          id: 'a',
          kind: 'detect',
          title: 'T',
          status: 'proposed',
          owner: 'o',
          visibility: 'public',
        },
      ],
      externalIds: [{ scheme: 'kb', id: 'KB1' }],
      sources: [
        { id: 'press', url: 'https://example.test/', title: 'A paper', publisher: 'press' },
      ],
      claims: facts.map((about, index) => ({
        about,
        statement: `Claim ${index} differs.`,
        source: 'press',
        visibility: 'public',
      })),
    });
    const { html } = await open(`/reports/${key}`);
    const missing = facts.filter((_, index) => html.split(`Claim ${index} differs.`).length !== 2);
    expect(missing).toEqual([]);
  });

  test('200: so is one about a list that is empty', async () => {
    const lists = [
      'affected',
      'effects',
      'timeline',
      'causes',
      'drivers',
      'actions',
      'externalIds',
    ];
    const key = await published({
      sources: [
        { id: 'press', url: 'https://example.test/', title: 'A paper', publisher: 'press' },
      ],
      claims: lists.map((list) => ({
        about: `/${list}`,
        statement: `There are ${list}.`,
        source: 'press',
        visibility: 'public',
      })),
    });
    const { html } = await open(`/reports/${key}`);
    expect(lists.filter((list) => !html.includes(`There are ${list}.`))).toEqual([]);
  });

  test('200: HEAD answers as GET, without the page', async () => {
    const key = await published();
    const response = await desk.service.app.request(`/reports/${key}`, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });

  test('404: a draft, a key that is free and a key that none can be look alike', async () => {
    const key = await desk.log();
    const [draft, free, impossible] = [
      await open(`/reports/${key}`),
      await open('/reports/HF-2024-0404'),
      await open('/reports/%3Cb%3E%00'),
    ];
    expect([draft.status, free.status, impossible.status]).toEqual([404, 404, 404]);
    expect(draft.html.replaceAll(key, 'HF-2024-0404')).toBe(free.html);
    expect(impossible.html).not.toContain('<b>');
  });
});
