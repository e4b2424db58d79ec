/** Several callers who write without a pause, and note what the service has acknowledged. */
import { setTimeout as pause } from 'node:timers/promises';
import type { components } from '../../src/contract/types.gen.ts';
import { check, release } from './released-product.ts';

type Schemas = components['schemas'];

/** What was acknowledged, and so must be there from then on. */
export interface Ledger {
  /** Ids of the results, by run. */
  runs: Map<string, readonly string[]>;
  /** Reasons, by the waiver's id. */
  waivers: Map<string, string>;
  /** By key. */
  incidents: Map<string, { title: string; revision: number }>;
}

interface Call {
  method: string;
  address: string;
  headers: Record<string, string>;
  body: object;
  /** Notes the answer. */
  acknowledge(answer: unknown, ledger: Ledger): void;
}

/** What one of them writes next, given a name that nobody else uses. It may build on what was acknowledged before. */
type Writing = (name: string) => Call;

/**
 * A caller without an answer repeats the call until it has one, so that each is carried out once: with the same
 * `Idempotency-Key`, or as a merge patch that changes nothing the second time.
 */
interface Writer {
  open: Call | null;
  made: number;
  next(name: string): Call;
}

export interface Crew {
  ledger: Ledger;
  /** How many calls were acknowledged. */
  acknowledged(): number;
  /**
   * Lets everybody write, each one call after another, until `enough` says so after an acknowledgement, or until the
   * service is gone. While it answers 503 they ask again. Throws for any other answer than success.
   */
  write(url: string, enough: () => boolean): Promise<void>;
  /** Lets everybody bring the call without an answer to its end. */
  finish(url: string): Promise<void>;
  /** Every problem that was answered with 503. */
  outages: Outage[];
}

export interface Outage {
  problem: Schemas['Problem'];
  mediaType: string | null;
  retryAfter: string | null;
}

export function crew(secret: string): Crew {
  const ledger: Ledger = { runs: new Map(), waivers: new Map(), incidents: new Map() };
  const outages: Outage[] = [];
  const writers: Writer[] = [results, results, waivers, incidents(), incidents()].map((next) => ({
    open: null,
    made: 0,
    next,
  }));
  let acknowledged = 0;

  /** Whether there was an answer at all. */
  const send = async (url: string, call: Call): Promise<'done' | 'again' | 'gone'> => {
    const response = await fetch(url + call.address, {
      method: call.method,
      headers: {
        authorization: `Bearer ${secret}`,
        'content-type': 'application/json',
        ...call.headers,
      },
      body: JSON.stringify(call.body),
    }).catch(() => null);
    const text = await response?.text().catch(() => null);
    if (!response || text === null || text === undefined) return 'gone';
    if (response.status === 503) {
      outages.push({
        problem: JSON.parse(text),
        mediaType: response.headers.get('content-type'),
        retryAfter: response.headers.get('retry-after'),
      });
      return 'again';
    }
    if (!response.ok) throw new Error(`${call.method} ${call.address}: ${text}`);
    call.acknowledge(JSON.parse(text), ledger);
    acknowledged++;
    return 'done';
  };

  const writeOne = async (url: string, number: number, writer: Writer) => {
    writer.open ??= writer.next(`writer ${number}, call ${++writer.made}`);
    const outcome = await send(url, writer.open);
    if (outcome === 'done') writer.open = null;
    if (outcome === 'again') await pause(20);
    return outcome;
  };

  return {
    ledger,
    outages,
    acknowledged: () => acknowledged,
    async write(url, enough) {
      let over = false;
      const all = writers.map(async (writer, number) => {
        while (!over) {
          const outcome = await writeOne(url, number, writer);
          if (outcome === 'gone' || (outcome === 'done' && enough())) over = true;
        }
      });
      await Promise.all(all);
    },
    async finish(url) {
      const all = writers.map(async (writer, number) => {
        while (writer.open) {
          if ((await writeOne(url, number, writer)) === 'gone') throw new Error(`${url} is gone.`);
        }
      });
      await Promise.all(all);
    },
  };
}

const once = (name: string) => ({ 'idempotency-key': name.replaceAll(/\W+/g, '-') });

/** Two results in a run of their own. */
const results: Writing = (name) => ({
  method: 'POST',
  address: `${release}/results`,
  headers: once(name),
  body: {
    run: name,
    results: [
      { check, outcome: 'failed', reason: name },
      { check, outcome: 'passed' },
    ],
  },
  acknowledge(answer, { runs }) {
    const { run, results } = answer as Schemas['ResultsReceipt'];
    runs.set(
      run,
      results.map(({ id }) => id),
    );
  },
});

const waivers: Writing = (name) => ({
  method: 'POST',
  address: `${release}/waivers`,
  headers: once(name),
  body: { check, reason: name, expiresAt: new Date(Date.now() + 86_400_000).toISOString() },
  acknowledge(answer, ledger) {
    const { id, reason } = answer as Schemas['Waiver'];
    ledger.waivers.set(id, reason);
  },
});

/** Logs an incident, changes its title, logs another. */
function incidents(): Writing {
  let logged: Schemas['Incident'] | null = null;
  const keep = (answer: unknown, { incidents }: Ledger): Schemas['Incident'] => {
    const incident = answer as Schemas['Incident'];
    const { key, title, revision } = incident;
    incidents.set(key, { title, revision });
    return incident;
  };
  const create: Writing = (name) => ({
    method: 'POST',
    address: '/v1/incidents',
    headers: once(name),
    body: {
      title: name,
      severity: 'sev4',
      affected: [{ product: 'content', versions: 'vers:intdot/>=1.0|<1.5' }],
      checks: [{ check, why: 'It would have been seen before.' }],
    },
    acknowledge(answer, ledger) {
      logged = keep(answer, ledger);
    },
  });
  const change = (name: string, { key, revision }: Schemas['Incident']): Call => ({
    method: 'PATCH',
    address: `/v1/incidents/${key}`,
    headers: { 'if-match': `"${revision}"` },
    body: { title: name, affected: [{ product: 'content', versions: 'vers:intdot/>=1.0|<1.6' }] },
    acknowledge(answer, ledger) {
      keep(answer, ledger);
      logged = null;
    },
  });
  return (name) => (logged ? change(name, logged) : create(name));
}
