/** Holds what a service has on record against what it once acknowledged. */
import type { components } from '../../src/contract/types.gen.ts';
import { release } from './released-product.ts';
import type { Ledger } from './writers.ts';

type Schemas = components['schemas'];

/** What was acknowledged and is not there, a line each; empty where everything is. */
export async function lost(url: string, secret: string, ledger: Ledger): Promise<string[]> {
  const results = await everything<Schemas['Result']>(url, secret, `${release}/results`);
  const waivers = await everything<Schemas['Waiver']>(url, secret, '/v1/waivers');
  const incidents = await everything<Schemas['IncidentSummary']>(url, secret, '/v1/incidents');
  const runOf = new Map(results.map(({ id, run }) => [id, run]));
  const reasonOf = new Map(waivers.map(({ id, reason }) => [id, reason]));
  const incidentOf = new Map(incidents.map((incident) => [incident.key, incident]));

  const missing: string[] = [];
  for (const [run, ids] of ledger.runs) {
    for (const id of ids) if (runOf.get(id) !== run) missing.push(`result ${id} of ${run}`);
  }
  for (const [id, reason] of ledger.waivers) {
    if (reasonOf.get(id) !== reason) missing.push(`waiver ${id}`);
  }
  for (const [key, { title, revision }] of ledger.incidents) {
    const found = incidentOf.get(key);
    // A change that was carried out, though nobody was told, comes on top.
    if (!found || found.revision < revision) missing.push(`${key}, revision ${revision}`);
    else if (found.revision === revision && found.title !== title) missing.push(`${key}: ${title}`);
  }
  return missing;
}

/** Every item of a list, page by page. */
async function everything<Item>(url: string, secret: string, address: string): Promise<Item[]> {
  const items: Item[] = [];
  let next: string | undefined;
  do {
    const query = new URLSearchParams({ limit: '200', ...(next && { cursor: next }) });
    const response = await fetch(`${url}${address}?${query}`, {
      headers: { authorization: `Bearer ${secret}` },
    });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${address}: ${text}`);
    const page = JSON.parse(text) as { items: Item[]; next?: string };
    items.push(...page.items);
    next = page.next;
  } while (next);
  return items;
}
