/** Every address of this instance that a page or an answer shows is made here, and only here. */
import type { Site } from './site.ts';

/** Which reports a list shows; what is absent filters nothing. */
export interface ReportsQuery {
  product?: string | undefined;
  severity?: string | undefined;
  q?: string | undefined;
  cursor?: string | undefined;
}

/** Addresses within this instance, each beginning with a slash. */
export const links = {
  home: () => '/',
  reports: (query: ReportsQuery = {}) => withQuery('/reports', query),
  report: (incident: string) => `/reports/${encodeURIComponent(incident)}`,
  affected: (query: { product?: string } = {}) => withQuery('/affected', query),
  reportsJson: () => '/v1/reports',
  reportJson: (incident: string) => `/v1/reports/${encodeURIComponent(incident)}`,
  affectedCatalogue: () => '/v1/affected/catalogue',
  docs: () => '/docs',
  docsOperation: (operationId: string) => `/docs#${docsAnchors.operation(operationId)}`,
  docsProblems: () => `/docs#${docsAnchors.problems}`,
  problem: (slug: string) => `/problems/${encodeURIComponent(slug)}`,
  contract: () => '/openapi.yaml',
  decision: (id: string) => `/v1/decisions/${encodeURIComponent(id)}`,
  /** A name that signed statements carry; nothing is served there. */
  gate: (gateVersion: number) => `/gate/v${gateVersion}`,
};

/** Places within `/docs`. */
export const docsAnchors = {
  operation: (operationId: string) => `operation-${operationId}`,
  schema: (name: string) => `schema-${name}`,
  parameter: (name: string) => `parameter-${name}`,
  tag: (tag: string) => `tag-${tag.toLowerCase()}`,
  operations: 'operations',
  schemas: 'schemas',
  problems: 'problems',
};

/** The same address as the rest of the world writes it. */
export function absolute({ publicUrl }: Pick<Site, 'publicUrl'>, address: string): string {
  return `${publicUrl}${address}`;
}

function withQuery(address: string, query: object): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given as [string, string][]).toString();
  return text === '' ? address : `${address}?${text}`;
}
