import { beforeEach, describe, expect, test } from 'vitest';
import { type IncidentDesk, incidentDesk } from './incident-desk.ts';

let desk: IncidentDesk;
beforeEach(async () => {
  desk = await incidentDesk();
});

describe('nobody approves their own words', () => {
  test('409: with an approver token of the same name neither, and the answer says how to get there', async () => {
    const key = await desk.log();
    await desk.move(desk.ann, key, 'in_review');
    const annAsApprover = await desk.service.as('approver', { name: 'ann' });
    const refused = await desk.move(annAsApprover, key, 'approved');
    expect(refused.status).toBe(409);
    expect(refused.body.detail).toContain(`${key} was edited by ann`);
    expect(refused.body.detail).toContain('holdfast token create --role approver');
    expect((await desk.ann.get(`/v1/incidents/${key}`)).body.status).toBe('in_review');
  });

  test('409: Ann may not approve what ann wrote', async () => {
    const key = await desk.log();
    await desk.move(desk.ann, key, 'in_review');
    const shouting = await desk.service.as('approver', { name: 'Ann' });
    expect((await desk.move(shouting, key, 'approved')).status).toBe(409);
  });

  test('409: an administrator who edited it neither', async () => {
    const key = await desk.log();
    const admin = await desk.service.as('admin', { name: 'dora' });
    await desk.edit(admin, key, { internalNotes: 'One word.' });
    await desk.move(desk.ann, key, 'in_review');
    const refused = await desk.move(admin, key, 'approved');
    expect(refused.status).toBe(409);
    expect(refused.body.detail).toContain('edited by ann and dora');
  });

  test('an administrator who did not edit it may', async () => {
    const key = await desk.log();
    await desk.move(desk.ann, key, 'in_review');
    const admin = await desk.service.as('admin', { name: 'dora' });
    expect((await desk.move(admin, key, 'approved')).status).toBe(200);
  });

  test('handing in and sending back is no edit', async () => {
    const key = await desk.log();
    const admin = await desk.service.as('admin', { name: 'dora' });
    await desk.move(admin, key, 'in_review');
    await desk.move(admin, key, 'draft');
    await desk.move(admin, key, 'in_review');
    expect((await desk.move(admin, key, 'approved')).status).toBe(200);
  });

  test('sending back clears no editor', async () => {
    const key = await desk.log();
    const cleo = await desk.service.as('engineer', { name: 'cleo' });
    await desk.move(desk.ann, key, 'in_review');
    await desk.move(desk.ben, key, 'draft');
    await desk.edit(cleo, key, { reach: 'wide' });
    const { body } = await desk.move(desk.ann, key, 'in_review');
    expect(body.editors).toEqual(['ann', 'cleo']);
    const annAsApprover = await desk.service.as('approver', { name: 'ann' });
    expect((await desk.move(annAsApprover, key, 'approved')).status).toBe(409);
  });

  test('a change after approval needs another approval, by someone who did not make it', async () => {
    const key = await desk.log();
    await desk.move(desk.ann, key, 'in_review');
    await desk.move(desk.ben, key, 'approved');
    const benAsEngineer = await desk.service.as('engineer', { name: 'ben' });
    await desk.edit(benAsEngineer, key, { reach: 'wide' });
    expect((await desk.move(desk.ann, key, 'published')).status).toBe(409);
    await desk.move(desk.ann, key, 'in_review');
    expect((await desk.move(desk.ben, key, 'approved')).status).toBe(409);
    const annAsApprover = await desk.service.as('approver', { name: 'ann' });
    const approved = await desk.move(annAsApprover, key, 'approved');
    expect(approved).toMatchObject({ status: 200, body: { editors: [] } });
  });

  test('a change that stayed published counts too, once somebody has to approve again', async () => {
    const key = await desk.log();
    await desk.publish(key);
    const dora = await desk.service.as('admin', { name: 'dora' });
    await desk.edit(dora, key, { internalNotes: 'N.' });
    await desk.edit(desk.ann, key, { title: 'Hosts stop at every start' });
    await desk.move(desk.ann, key, 'in_review');
    expect((await desk.move(dora, key, 'approved')).status).toBe(409);
  });

  test('an approval that meets a change fails: it was of other words', async () => {
    const key = await desk.log();
    const { headers } = await desk.move(desk.ann, key, 'in_review');
    const read = { 'If-Match': headers.get('etag') ?? '' };
    await desk.edit(desk.ann, key, { reach: 'wide' });
    await desk.move(desk.ann, key, 'in_review');
    const late = await desk.ben.post(`/v1/incidents/${key}/transitions`, { to: 'approved' }, read);
    expect(late.status).toBe(412);
  });
});
