/** A check that a sev1 incident stands behind, and a change that makes it weaker. */
import { type Client, type TestService, testService } from '../support/service.ts';
import { aCheck } from './a-check.ts';

export const address = '/v1/checks/boot';
export const revision1 = { 'If-Match': '"1"' };
export const reason = 'It fails for reasons of the lab.';
export const weaker = { ...aCheck, enforcement: 'advisory' };
export const weakerAddress = `${address}?reason=${encodeURIComponent(reason)}`;

export interface GraveCheck {
  service: TestService;
  /** Put the check, and proposes. */
  ann: Client;
  /** May approve. */
  ada: Client;
  /** The incident's key. */
  incident: string;
}

export async function graveCheck(severity = 'sev1', check: object = aCheck): Promise<GraveCheck> {
  const service = await testService();
  const ann = await service.as('engineer', { name: 'ann' });
  const ada = await service.as('approver', { name: 'ada' });
  await ann.put(address, check);
  const { body } = await ann.post('/v1/incidents', incidentBehind('boot', severity));
  return { service, ann, ada, incident: body.key };
}

export function incidentBehind(check: string, severity: string) {
  return { title: 'Hosts stop', severity, checks: [{ check, why: 'It starts the host.' }] };
}
