/** Decisions and requirements as the contract shows them to one reader. */
import { WrittenJson } from '../contract/answer.ts';
import type { Caller } from '../contract/caller.ts';
import { productsOf, readsUnpublished } from '../contract/product-scope.ts';
import type { components } from '../contract/types.gen.ts';
import {
  compareInstants,
  decide,
  type Facts,
  type HoldToHonour,
  type Decision as Made,
  type Reader,
  type Reason,
  redact,
  standsUntil,
} from '../gate/index.ts';
import { factsHash } from './facts-hash.ts';
import type { ReportUrl } from './report-url.ts';

export type Decision = components['schemas']['Decision'];
type Answer = Decision['answers'][number];

/** Everyone but a pipeline reads unpublished incidents, as far as the products go that they are bound to. */
export function readerOf(caller: Caller): Reader {
  return { readsUnpublished: readsUnpublished(caller), products: productsOf(caller) };
}

/** What a reader is shown of a decision, but for the instant. */
type Shown = Omit<Decision, 'asOf' | 'factsHash'>;

interface Standing {
  verdict: Decision['verdict'];
  /** The JSON object that is shown, without the members that say when. */
  text: string;
  from: string;
  /** Exclusive; null: for ever. */
  until: string | null;
}

/** A decision as its reader is sent it. */
export interface WrittenDecision {
  verdict: Decision['verdict'];
  json: WrittenJson<Decision>;
}

/**
 * The verdict at an instant, for a reader. Facts that are asked about again and again are decided again only when time
 * has changed something: `standsUntil` is a rule of the gate, and what is remembered goes with the facts.
 */
export function decisionsShown(
  reportUrl: ReportUrl,
): (facts: Facts, asOf: string, caller: Caller) => WrittenDecision {
  const standing = new WeakMap<Facts, Map<string, Standing>>();

  return (facts, asOf, caller) => {
    const reader = readerOf(caller);
    const byReader = standing.get(facts) ?? new Map<string, Standing>();
    standing.set(facts, byReader);
    const kind = JSON.stringify(reader);
    let found = byReader.get(kind);
    if (!found || !covers(found, asOf)) {
      const until = standsUntil(facts, asOf);
      const shown = show(facts, asOf, reader, reportUrl);
      found = { verdict: shown.verdict, text: JSON.stringify(shown), from: asOf, until };
      byReader.set(kind, found);
    }
    const { verdict, text } = found;
    const when = JSON.stringify({ asOf, factsHash: factsHash(facts, asOf) });
    // Two objects made into one: the first without its end, the second without its beginning.
    return { verdict, json: new WrittenJson(`${when.slice(0, -1)},${text.slice(1)}`) };
  };
}

function covers({ from, until }: Standing, asOf: string): boolean {
  return compareInstants(from, asOf) <= 0 && (until === null || compareInstants(asOf, until) < 0);
}

/** Once, for facts that nobody asks about again. */
export function showDecision(
  facts: Facts,
  asOf: string,
  caller: Caller,
  reportUrl: ReportUrl,
): Decision {
  const shown = show(facts, asOf, readerOf(caller), reportUrl);
  return { ...shown, asOf, factsHash: factsHash(facts, asOf) };
}

function show(facts: Facts, asOf: string, reader: Reader, reportUrl: ReportUrl): Shown {
  return showDecided(decide(facts, asOf), facts, reader, reportUrl);
}

/** What a reader is shown of a decision that was made about these facts. */
export function showDecided(
  made: Made,
  { product, release, ring }: Facts,
  reader: Reader,
  reportUrl: ReportUrl,
): Shown {
  const decision = redact(made, reader);
  return {
    product: product.key,
    version: release.version ?? '',
    ring,
    verdict: decision.verdict,
    mayShip: decision.mayShip,
    summary: decision.summary,
    answers: decision.answers.map(
      (answer) =>
        ({ ...answer, guardsAgainst: showReasons(answer.guardsAgainst, reportUrl) }) as Answer,
    ),
    ignored: decision.ignored as Decision['ignored'],
    holds: (decision.holds ?? []).map((hold) => showHold(hold, reportUrl)),
  };
}

function showHold(
  { hold, incident, severity, title, publicTitle }: HoldToHonour,
  reportUrl: ReportUrl,
) {
  const url = publicTitle === null ? null : reportUrl(incident);
  return { hold, incident, severity, title, reportUrl: url };
}

export function showReasons(reasons: readonly Reason[], reportUrl: ReportUrl) {
  return reasons.map(({ incident, title, severity, why, proof, publicTitle }) => ({
    incident,
    title,
    severity,
    why,
    proof,
    reportUrl: publicTitle === null ? null : reportUrl(incident),
  }));
}
