/** What a release must pass, and whether it may ship, over HTTP. */
import type { Caller } from '../contract/caller.ts';
import type { Handlers } from '../contract/handlers.ts';
import { unprocessable } from '../contract/problems.ts';
import { mayReachProduct, productNotFound } from '../contract/product-scope.ts';
import type { components } from '../contract/types.gen.ts';
import { utcInstant } from '../contract/utc-instant.ts';
import type { Service } from '../db/service.ts';
import { type Facts, planRequirements, redactReasons } from '../gate/index.ts';
import { checkVersion } from '../versions/index.ts';
import { notAskable } from './find-release.ts';
import { factsReader, loadFacts, loadPlanFacts } from './gate-facts.ts';
import { completeFacts, faultsOfFacts, unknownRing } from './release.ts';
import { reportUrls } from './report-url.ts';
import { decisionsShown, readerOf, showReasons } from './show-decision.ts';
import { findProduct, howToMeet } from './store.ts';

type GateHandlers = Pick<Handlers, 'planRequiredChecks' | 'listRequiredChecks' | 'getGate'>;
type RequiredChecks = components['schemas']['RequiredChecks'];

export function gateHandlers({ db, publicUrl }: Service): GateHandlers {
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

    async getGate({ path, query, caller }) {
      if (!mayReachProduct(caller, path.product)) return productNotFound(path.product);
      const { ring, asOf } = query;
      const loaded =
        asOf === undefined
          ? await readFactsNow({ ...path, ring })
          : await loadFacts(db, { ...path, ring, asOf: utcInstant(asOf) });
      if (loaded.kind !== 'found') return notAskable(loaded, path);
      return { status: 200, body: showDecision(loaded.facts, loaded.asOf, caller) };
    },
  };
}

function unwritten({ check }: { check: string }): never {
  throw new Error(`The gate asks for ${check}, which is not on record.`);
}
