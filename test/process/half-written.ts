/** Looks through a whole database for anything of which only a part was written. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../../src/db/rows.gen.ts';

/** Each counts what must not be. */
const questions: Readonly<Record<string, string>> = {
  'incidents that are not as their last revision says': `
    select count(*) from incident where not exists (
      select from incident_revision as last
      where last.incident_id = incident.id and last.revision = incident.revision and last.known_until is null
        and last.record = incident.record and last.status = incident.status)`,
  'incidents with a gap between their revisions': `
    select count(*) from incident where revision <> (
      select count(*) from incident_revision as each where each.incident_id = incident.id and each.revision <= incident.revision)`,
  'incidents whose ranges or checks do not bind': `
    select count(*) from incident where not exists (
      select from incident_affected as range
      where range.incident_id = incident.id and range.known_until is null
        and range.versions = incident.record #>> '{affected,0,versions}')
    or not exists (
      select from incident_check as link where link.incident_id = incident.id and link.known_until is null)`,
  'results that came with no report of their run': `
    select count(*) from result where not exists (
      select from run_report as report
      where report.run_id = result.run_id and report.received_at = result.received_at)`,
  'runs without both of their results, or reported more than once': `
    select count(*) from run where 2 <> (select count(*) from result where result.run_id = run.id)
      or 1 <> (select count(*) from run_report where run_report.run_id = run.id)`,
  'releases that do not know their newest fact': `
    select count(*) from release where last_fact_at < greatest(
      (select max(received_at) from result where release_id = release.id),
      (select max(requested_at) from waiver where release_id = release.id))`,
  'waivers approved at once, as these are, without their approval': `
    select count(*) from waiver where not exists (select from waiver_approval where waiver_id = waiver.id)`,
  'revisions without a row in the audit trail': `
    select count(*) from incident where revision <> (
      select count(*) from audit_entry where subject = '/v1/incidents/' || incident.key)`,
  'waivers without a row in the audit trail': `
    select count(*) from waiver where 1 <> (
      select count(*) from audit_entry where subject = '/v1/waivers/' || waiver.id)`,
  'runs without a row in the audit trail': `
    select count(*) from run where 1 <> (
      select count(*) from audit_entry where operation = 'submitResults' and change ->> 'run' = run.key)`,
  'rows in the audit trail without what was written': `
    select (select count(*) from audit_entry where operation in ('createIncident', 'updateIncident'))
      - (select count(*) from incident_revision)
      + (select count(*) from audit_entry where operation = 'requestWaiver') - (select count(*) from waiver)
      + (select count(*) from audit_entry where operation = 'submitResults') - (select count(*) from run)`,
  'answers kept for calls that did nothing, or not kept': `
    select (select count(*) from idempotency_key)
      - (select count(*) from audit_entry where operation in ('createIncident', 'requestWaiver', 'submitResults'))`,
};

/** What was found, as `3 incidents with …`; empty where everything is whole. */
export async function halfWritten(db: Kysely<Database>): Promise<string[]> {
  const found: string[] = [];
  for (const [what, query] of Object.entries(questions)) {
    const { rows } = await sql<{ n: number }>`select (${sql.raw(query)}) as n`.execute(db);
    if (rows[0]?.n !== 0) found.push(`${rows[0]?.n} ${what}`);
  }
  return found;
}
