/** What a release must pass, and whether it may ship, over HTTP. */
import type { Caller } from '../contract/caller.ts';
import type { Handlers, Output } from '../contract/handlers.ts';
import { problem, unprocessable } from '../contract/problems.ts';
import { mayReachProduct, productNotFound } from '../contract/product-scope.ts';
import type { components } from '../contract/types.gen.ts';
import { utcInstant } from '../contract/utc-instant.ts';
import { newsTopics } from '../db/news.ts';
import type { Service } from '../db/service.ts';
import {
  type Facts,
  millisecondsBetween,
  planRequirements,
  redactReasons,
  standsUntil,
} from '../gate/index.ts';
import { checkVersion } from '../versions/index.ts';
import { notAskable } from './find-release.ts';
import { type LoadedFacts, loadFacts, loadPlanFacts } from './gate-facts.ts';
import { howToMeet } from './how-to-meet.ts';
import { completeFacts, faultsOfFacts, unknownRing } from './release.ts';
import { factsReader } from './remembered-facts.ts';
import { reportUrls } from './report-url.ts';
import { decisionsShown, readerOf, showReasons } from './show-decision.ts';
import { findProduct } from './store.ts';
import { type Asked, settled, type WaitingRoom } from './waiting-room.ts';

type GateHandlers = Pick<Handlers, 'planRequiredChecks' | 'listRequiredChecks' | 'getGate'>;
type RequiredChecks = components['schemas']['RequiredChecks'];

export function gateHandlers({ db, publicUrl }: Service, room: WaitingRoom): GateHandlers {
  const reportUrl = reportUrls({ publicUrl });
  const readFactsNow = factsReader(db);
  const showDecision = decisionsShown(reportUrl);

  async function requiredChecks(
    facts: Facts,
    asOf: string,
    caller: Caller,
  ): Promise<{ status: 200; body: RequiredChecks }> {
    const requirements = redactReasons(planRequirements(facts, asOf), readerOf(caller));
    const ways = await howToMeet(
      db,
      requirements.map(({ check }) => check),
    );
    const items = requirements.map((requirement) => {
      const { kind, howToRun, reportedAs } = ways.get(requirement.check) ?? unwritten(requirement);
      const guardsAgainst = showReasons(requirement.guardsAgainst, reportUrl);
      return { ...requirement, guardsAgainst, kind, howToRun, reportedAs };
    });
    const { product, release, ring } = facts;
    const body = { product: product.key, version: release.version, ring, asOf, items };
    return { status: 200, body: body as RequiredChecks };
  }

  return {
    async planRequiredChecks({ path, body, caller }) {
      const product = mayReachProduct(caller, path.product)
        ? await findProduct(db, path.product)
        : null;
      if (!product) return productNotFound(path.product);
      const { version = null, ring } = body;
      const said = completeFacts(body);
      const faults = faultsOfFacts(said, product);
      const reading = version === null ? null : checkVersion(product.versionScheme, version);
      if (reading && !reading.ok) faults.push({ pointer: '/version', detail: reading.reason });
      if (ring !== undefined && !product.rings.includes(ring)) {
        faults.push({ pointer: '/ring', detail: unknownRing(ring, product) });
      }
      if (faults.length > 0) return unprocessable(faults);
      const facts = { ...said, version };
      const loaded = await loadPlanFacts(db, { product: product.key, ring, facts });
      if (loaded.kind !== 'found') return productNotFound(path.product);
      return requiredChecks(loaded.facts, loaded.asOf, caller);
    },

    async listRequiredChecks({ path, query, caller }) {
      if (!mayReachProduct(caller, path.product)) return productNotFound(path.product);
      const loaded = await loadFacts(db, { ...path, ring: query.ring });
      if (loaded.kind !== 'found') return notAskable(loaded, path);
      return requiredChecks(loaded.facts, loaded.asOf, caller);
    },

    async getGate({ path, query, caller, callerGone }) {
      if (!mayReachProduct(caller, path.product)) return productNotFound(path.product);
      const { ring, asOf, waitSeconds } = query;
      if (asOf !== undefined) {
        if (waitSeconds !== undefined) return unprocessable([noWaitThen]);
        const then = await loadFacts(db, { ...path, ring, asOf: utcInstant(asOf) });
        if (then.kind !== 'found') return notAskable(then, path);
        return { status: 200, body: showDecision(then.facts, then.asOf, caller).json };
      }
      const askNow = async (): Promise<Asked<Output<'getGate'>>> => {
        const loaded = await readFactsNow({ ...path, ring });
        if (loaded.kind !== 'found') return settled(notAskable(loaded, path));
        const { verdict, json } = showDecision(loaded.facts, loaded.asOf, caller);
        const answer = { status: 200 as const, body: json };
        return verdict === 'pending' ? { answer, open: whatDecides(loaded) } : settled(answer);
      };
      if (waitSeconds === undefined) return (await askNow()).answer;
      const waited = await room.wait(askNow, { seconds: waitSeconds, gone: callerGone() });
      return waited.kind === 'answered' ? waited.answer : roomFull();
    },
  };
}

const noWaitThen = {
  parameter: 'waitSeconds',
  detail: 'asks about now, and asOf about another instant. Give one of the two.',
};

/** A change of the facts, or an instant that stands in them. */
function whatDecides({
  facts,
  asOf,
  releaseId,
}: Extract<LoadedFacts, { kind: 'found' }>): Asked<never>['open'] {
  const until = standsUntil(facts, asOf);
  return {
    topics: [newsTopics.catalogue, newsTopics.release(releaseId)],
    changesInMs: until === null ? null : millisecondsBetween(asOf, until),
  };
}

function roomFull() {
  const refusal = problem(
    'too-many-requests',
    'The verdict is pending, and as many callers wait here as this instance keeps. Ask again in some seconds, or without waitSeconds.',
  );
  return { ...refusal, headers: { 'Retry-After': 5 } };
}

function unwritten({ check }: { check: string }): never {
  throw new Error(`The gate asks for ${check}, which is not on record.`);
}
