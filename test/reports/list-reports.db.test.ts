import { beforeEach, describe, expect, test } from 'vitest';
import { type IncidentDesk, incidentDesk, preliminary } from '../incidents/incident-desk.ts';

let desk: IncidentDesk;
beforeEach(async () => {
  desk = await incidentDesk();
});

const published = async (key: string, said: object = {}) => {
  await desk.log({ ...preliminary, key, ...said });
  expect(await desk.publish(key)).toMatchObject({ status: 200 });
};
const list = async (query = '') => {
  const { status, body } = await desk.service.anonymous.get(`/v1/reports${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return { keys: body.items.map(({ key }: { key: string }) => key), next: body.next };
};
const concerns = (product: string) => ({
  affected: [{ product, versions: 'vers:intdot/>=7|<8' }],
  affectedUnknown: false,
});

describe('listReports', () => {
  test('200: published and withdrawn reports, last changed first', async () => {
    await published('HF-2024-0001');
    await published('HF-2024-0002');
    await published('HF-2024-0003');
    await desk.log({ ...preliminary, key: 'HF-2024-0004' });
    await desk.move(desk.ann, 'HF-2024-0002', 'withdrawn', 'It was another product.');
    expect((await list()).keys).toEqual(['HF-2024-0002', 'HF-2024-0003', 'HF-2024-0001']);
  });

  test('200: an edit that nobody outside can see does not move a report', async () => {
    await published('HF-2024-0001');
    await published('HF-2024-0002');
    await desk.edit(desk.ann, 'HF-2024-0001', { internalNotes: 'Ask.' });
    expect((await list()).keys).toEqual(['HF-2024-0002', 'HF-2024-0001']);
  });

  test('200: page by page, each report once', async () => {
    for (const number of [1, 2, 3, 4, 5]) await published(`HF-2024-000${number}`);
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await list(`?limit=2${cursor && `&cursor=${cursor}`}`);
      expect(page.keys.length).toBeLessThanOrEqual(2);
      seen.push(...page.keys);
      cursor = page.next ?? '';
    } while (cursor);
    expect(seen).toEqual([5, 4, 3, 2, 1].map((number) => `HF-2024-000${number}`));
  });

  test('200: by product, by severity and by words in title, summary and key', async () => {
    await published('HF-2024-0001', { title: 'Hosts stop', ...concerns('sensor-content') });
    await published('HF-2024-0002', {
      title: 'Übler Fehler',
      severity: 'sev3',
      ...concerns('sensor'),
    });
    await published('HF-2024-0003', {
      title: '100 % slow',
      summary: 'Under_scored.',
      severity: 'sev3',
    });
    const finds: Record<string, number[]> = {
      '?product=sensor': [2],
      '?product=nobody': [],
      '?severity=sev3': [3, 2],
      '?severity=sev3&product=sensor': [2],
      '?q=STOP': [2, 1],
      '?q=hosts%20fehler': [2],
      '?q=hosts%20nowhere': [],
      '?q=2024-0003': [3],
      '?q=%25': [3],
      '?q=_': [3],
      '?q=%20': [3, 2, 1],
    };
    for (const [query, numbers] of Object.entries(finds)) {
      const keys = numbers.map((number) => `HF-2024-000${number}`);
      expect((await list(query)).keys, query).toEqual(keys);
    }
  });

  test('200: a search does not look into what is not published', async () => {
    await published('HF-2024-0001', { internalNotes: 'Ask the build team.' });
    await desk.edit(desk.ann, 'HF-2024-0001', { title: 'A draft of a title' });
    expect((await list('?q=team')).keys).toEqual([]);
    expect((await list('?q=draft')).keys).toEqual([]);
  });

  test('400: what no list of reports takes', async () => {
    for (const query of ['?cursor=nonsense', '?severity=sev9', '?limit=0', '?q=', '?page=2']) {
      const { status } = await desk.service.anonymous.get(`/v1/reports${query}`);
      expect(status, query).toBe(400);
    }
  });
});
