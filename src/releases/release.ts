/** A release: how its facts are completed, judged and shown. */
import type { components } from '../contract/types.gen.ts';
import type { ReleaseFact } from '../gate/index.ts';

export type ReleaseInput = components['schemas']['ReleaseInput'];
export type Release = components['schemas']['Release'];
export type ReleaseSummary = components['schemas']['ReleaseSummary'];
export type Shipment = components['schemas']['Shipment'];
type ReleaseFacts = components['schemas']['ReleaseFacts'];

/** What is stored. Null is a fact that the release does not say. */
export interface ReleaseBody extends Omit<ReleaseFact, 'version' | 'artifacts'> {
  artifacts: readonly components['schemas']['Artifact'][];
}

export function completeRelease(input: ReleaseInput): ReleaseBody {
  return { ...completeFacts(input), artifacts: input.artifacts ?? [] };
}

/** The facts of a release or of a plan, null for those left out. */
export function completeFacts(input: ReleaseFacts): Omit<ReleaseBody, 'artifacts'> {
  const { kind = null, components = null, platforms = null, changedPaths = null } = input;
  return { kind, components, platforms, changedPaths };
}

interface StoredState<Body> {
  id: number;
  product: string;
  version: string;
  revision: number;
  body: Body;
  registeredAt: string;
  updatedAt: string;
}

export type StoredRelease = StoredState<ReleaseBody>;

type BriefBody = Omit<ReleaseBody, 'changedPaths'>;

/** Without the changed paths, which can be many. */
export interface BriefRelease extends StoredState<BriefBody> {
  /** Null where the release does not say. */
  changedPathCount: number | null;
}

export function showRelease(release: StoredRelease, shipments: readonly Shipment[]): Release {
  const { changedPaths } = release.body;
  return {
    ...showState(release, shipments),
    ...(changedPaths && { changedPaths: [...changedPaths] }),
  };
}

export function summarizeRelease(
  release: BriefRelease,
  shipments: readonly Shipment[],
): ReleaseSummary {
  return { ...showState(release, shipments), changedPathCount: release.changedPathCount };
}

function showState(release: StoredState<BriefBody>, shipments: readonly Shipment[]) {
  const { product, version, revision, body, registeredAt, updatedAt } = release;
  const { kind, components, platforms, artifacts } = body;
  return {
    key: `${product}@${version}`,
    product,
    version,
    ...(kind && { kind }),
    ...(components && { components: [...components] }),
    ...(platforms && { platforms: [...platforms] }),
    artifacts: [...artifacts],
    revision,
    registeredAt,
    updatedAt,
    shipments: [...shipments],
  };
}

/** Names that the product does not declare: a spelling mistake must not shed a check. */
export function faultsOfFacts(
  facts: Pick<ReleaseBody, 'components' | 'platforms'>,
  product: { key: string; components: readonly string[]; platforms: readonly string[] },
): { pointer: string; detail: string }[] {
  return (['components', 'platforms'] as const).flatMap((facet) =>
    (facts[facet] ?? []).flatMap((name, index) => {
      if (product[facet].includes(name)) return [];
      const declared = product[facet].join(', ') || 'none';
      const detail = `${product.key} declares no '${name}' among its ${facet}. Declared: ${declared}.`;
      return [{ pointer: `/${facet}/${index}`, detail }];
    }),
  );
}

/** The sentence for a ring that the product does not have. */
export function unknownRing(ring: string, product: { key: string; rings: readonly string[] }) {
  return `${product.key} has no ring '${ring}'. Its rings: ${product.rings.join(', ')}.`;
}
