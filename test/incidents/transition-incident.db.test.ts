import { beforeEach, describe, expect, test } from 'vitest';
import { type IncidentDesk, incidentDesk, preliminary } from './incident-desk.ts';

let desk: IncidentDesk;
beforeEach(async () => {
  desk = await incidentDesk();
});

const step = (key: string, body: object, headers: Record<string, string> = { 'If-Match': '"1"' }) =>
  desk.ann.post(`/v1/incidents/${key}/transitions`, body, headers);

describe('transitionIncident', () => {
  test('200: an engineer hands it in, an approver agrees, the engineer publishes', async () => {
    const key = await desk.log();
    const reviewed = await desk.move(desk.ann, key, 'in_review', 'Times checked.');
    expect(reviewed).toMatchObject({ status: 200, body: { status: 'in_review', revision: 2 } });
    expect(reviewed.headers.get('etag')).toBe('"2"');
    const approved = await desk.move(desk.ben, key, 'approved');
    expect(approved).toMatchObject({
      status: 200,
      body: { status: 'approved', updatedBy: 'ben', editors: [] },
    });
    const published = await desk.move(desk.ann, key, 'published');
    expect(published).toMatchObject({
      status: 200,
      body: { status: 'published', revision: 4, publishedRevision: 4, corrections: [] },
    });
    expect(published.body.publishedAt).toBe(published.body.updatedAt);
    const warned = [{ pointer: '/checks', detail: expect.stringContaining('No check') }];
    expect(reviewed.body.warnings).toEqual(warned);
    const report = await desk.service.anonymous.get(`/v1/reports/${key}`);
    expect(report).toMatchObject({ status: 200, body: { title: preliminary.title } });
  });

  test('200: an approver sends it back', async () => {
    const key = await desk.log();
    await desk.move(desk.ann, key, 'in_review');
    expect(await desk.move(desk.ben, key, 'draft', 'The times are wrong.')).toMatchObject({
      status: 200,
      body: { status: 'draft', editors: ['ann'] },
    });
  });

  test('404: a key that nobody gave', async () => {
    expect((await step('HF-2024-0404', { to: 'in_review' })).status).toBe(404);
  });

  test('403: a step that is not for this role names those it is for', async () => {
    const key = await desk.log();
    const refused = await desk.move(desk.ben, key, 'in_review');
    expect(refused.status).toBe(403);
    expect(refused.body.detail).toContain('engineer, admin');
    await desk.move(desk.ann, key, 'in_review');
    const other = await desk.service.as('engineer', { name: 'cleo' });
    expect((await desk.move(other, key, 'approved')).status).toBe(403);
  });

  test('409: a step that is none says which there are', async () => {
    const key = await desk.log();
    const refused = await desk.move(desk.ann, key, 'published');
    expect(refused.status).toBe(409);
    expect(refused.body.detail).toBe(`${key} is a draft. From here it can go to: in_review.`);
  });

  test('412 and 428: a step rests on the revision that was read', async () => {
    const key = await desk.log();
    expect((await step(key, { to: 'in_review' }, {})).status).toBe(428);
    expect((await step(key, { to: 'in_review' }, { 'If-Match': '"7"' })).status).toBe(412);
    expect((await step(key, { to: 'in_review' })).status).toBe(200);
    expect((await step(key, { to: 'in_review' })).status).toBe(412);
  });

  test('422: what the report lacks is listed before anybody has to review it', async () => {
    const key = await desk.log({ severity: 'sev1' });
    const refused = await desk.move(desk.ann, key, 'in_review');
    expect(refused.status).toBe(422);
    expect(refused.body.errors.map((fault: { pointer: string }) => fault.pointer)).toEqual([
      '/summary',
      '/whatToDo',
      '/affected',
      '/nextUpdateAt',
    ]);
    expect((await desk.ann.get(`/v1/incidents/${key}`)).body.revision).toBe(1);
  });

  test('422: a preliminary report is not handed in with an update announced for the past', async () => {
    const key = await desk.log({ ...preliminary, nextUpdateAt: '2024-07-20T12:00:00Z' });
    const refused = await desk.move(desk.ann, key, 'in_review');
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toEqual([
      {
        pointer: '/nextUpdateAt',
        detail: expect.stringContaining('2024-07-20T12:00:00Z has passed'),
      },
    ]);
    await desk.edit(desk.ann, key, { nextUpdateAt: preliminary.nextUpdateAt });
    expect((await desk.move(desk.ann, key, 'in_review')).status).toBe(200);
  });

  test('a call repeated with its Idempotency-Key takes one step', async () => {
    const key = await desk.log();
    const headers = { 'If-Match': '"1"', 'Idempotency-Key': 'hand-in' };
    const first = await step(key, { to: 'in_review' }, headers);
    const second = await step(key, { to: 'in_review' }, headers);
    expect(second).toMatchObject({ status: 200, body: first.body });
    expect((await desk.ann.get(`/v1/incidents/${key}`)).body.revision).toBe(2);
  });

  test('the audit trail names who took which step', async () => {
    const key = await desk.log();
    await desk.move(desk.ann, key, 'in_review', 'Checked.');
    await desk.move(desk.ben, key, 'approved');
    const rows = await desk.service.database.db
      .selectFrom('audit_entry')
      .select(['written_by', 'operation', 'subject', 'change'])
      .where('operation', '=', 'transitionIncident')
      .orderBy('id')
      .execute();
    const trail = { operation: 'transitionIncident', subject: `/v1/incidents/${key}` };
    expect(rows).toEqual([
      { ...trail, written_by: 'ann', change: { to: 'in_review', note: 'Checked.' } },
      { ...trail, written_by: 'ben', change: { to: 'approved' } },
    ]);
  });
});

describe('corrections', () => {
  test('a change that customers see is a numbered correction with a public reason', async () => {
    const key = await desk.log();
    const first = (await desk.publish(key)).body;
    for (const [title, reason] of [
      ['Hosts stop at every start', 'The title was wrong.'],
      ['Hosts stop at some starts', 'It was wrong again.'],
    ]) {
      await desk.edit(desk.ann, key, { title });
      expect((await desk.publish(key, reason)).status).toBe(200);
    }
    const { body } = await desk.ann.get(`/v1/incidents/${key}`);
    expect(body).toMatchObject({
      status: 'published',
      publishedRevision: body.revision,
      publishedAt: first.publishedAt,
      corrections: [
        { number: 1, reason: 'The title was wrong.' },
        { number: 2, at: body.updatedAt, reason: 'It was wrong again.' },
      ],
    });
    const report = await desk.service.anonymous.get(`/v1/reports/${key}`);
    expect(report.body.title).toBe('Hosts stop at some starts');
    expect(report.body.corrections).toEqual(body.corrections);
  });

  test('422: a correction without a reason is refused, and names the note', async () => {
    const key = await desk.log();
    await desk.publish(key);
    await desk.edit(desk.ann, key, { title: 'Hosts stop at every start' });
    const refused = await desk.publish(key);
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toEqual([
      { pointer: '/note', detail: expect.stringContaining('public reason') },
    ]);
    expect((await desk.ann.get(`/v1/incidents/${key}`)).body.status).toBe('approved');
  });

  test('a draft that ends where it began is no correction', async () => {
    const key = await desk.log();
    await desk.publish(key);
    await desk.edit(desk.ann, key, { title: 'Hosts stop at every start' });
    await desk.edit(desk.ann, key, { title: preliminary.title });
    const again = await desk.publish(key);
    expect(again).toMatchObject({ status: 200, body: { status: 'published', corrections: [] } });
    expect(again.body.publishedRevision).toBe(again.body.revision);
  });

  test('the public face keeps its date where customers see no change', async () => {
    const key = await desk.log();
    await desk.publish(key);
    const changedAt = async () =>
      (await desk.service.anonymous.get(`/v1/reports/${key}`)).body.updatedAt;
    const before = await changedAt();
    await desk.edit(desk.ann, key, { internalNotes: 'N.' });
    expect(await changedAt()).toBe(before);
  });
});

describe('withdrawal', () => {
  test('200: the notice stands at the address of the report', async () => {
    const key = await desk.log();
    await desk.publish(key);
    const withdrawn = await desk.move(desk.ann, key, 'withdrawn', 'It was another product.');
    expect(withdrawn).toMatchObject({
      status: 200,
      body: {
        status: 'withdrawn',
        withdrawal: { at: withdrawn.body.updatedAt, notice: 'It was another product.' },
      },
    });
    const report = await desk.service.anonymous.get(`/v1/reports/${key}`);
    expect(report.body).toMatchObject({
      status: 'withdrawn',
      withdrawal: { notice: 'It was another product.' },
    });
  });

  test('200: a report is withdrawn while its correction is written, without showing the draft', async () => {
    const key = await desk.log();
    await desk.publish(key);
    await desk.edit(desk.ann, key, { title: 'Hosts stop at every start' });
    expect((await desk.move(desk.ann, key, 'withdrawn', 'Unfounded.')).status).toBe(200);
    const report = await desk.service.anonymous.get(`/v1/reports/${key}`);
    expect(report.body).toMatchObject({ status: 'withdrawn', title: preliminary.title });
  });

  test('422: a withdrawal without a notice is refused, and names the note', async () => {
    const key = await desk.log();
    await desk.publish(key);
    const refused = await desk.move(desk.ann, key, 'withdrawn');
    expect(refused.status).toBe(422);
    expect(refused.body.errors[0].pointer).toBe('/note');
  });

  test('409: what was never published is not withdrawn', async () => {
    const key = await desk.log();
    expect((await desk.move(desk.ann, key, 'withdrawn', 'N.')).status).toBe(409);
  });

  test('409: from withdrawal there is no way back', async () => {
    const key = await desk.log();
    await desk.publish(key);
    await desk.move(desk.ann, key, 'withdrawn', 'Unfounded.');
    for (const to of ['draft', 'in_review', 'published', 'withdrawn'] as const) {
      expect((await desk.move(desk.ann, key, to, 'N.')).status).toBe(409);
    }
  });
});
