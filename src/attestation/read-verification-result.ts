/** Reads the statement that a release may ship, after its signature was checked. */
import { isObject } from './json-object.ts';
import { resultPredicate, statementSchema } from './verification-result.ts';

/** What a statement says that the gate signed. */
export interface StatedResult {
  /** SHA-256 in hex, with the name where it has one; at least one. */
  subjects: { name: string | null; sha256: string }[];
  verifier: string;
  timeCreated: string;
  properties: string[];
  /** Null where the verifier does not say which decision it was. */
  decision: { uri: string; product: string; version: string; ring: string; verdict: string } | null;
}

/** Fields that it does not know are ignored, as in-toto wants it. Null for any other statement. */
export function readVerificationResult(payload: Uint8Array): StatedResult | null {
  const statement = parse(payload);
  if (!isObject(statement) || statement._type !== statementSchema) return null;
  if (statement.predicateType !== resultPredicate || !isObject(statement.predicate)) return null;
  const { verifier, timeCreated, properties, holdfast_decision: decision } = statement.predicate;
  const subjects = subjectsOf(statement.subject);
  if (subjects === null || !isObject(verifier) || !isText(verifier.id)) return null;
  if (!isText(timeCreated) || !Array.isArray(properties) || !properties.every(isText)) return null;
  return {
    subjects,
    verifier: verifier.id,
    timeCreated,
    properties,
    decision: decisionOf(decision),
  };
}

function subjectsOf(list: unknown): StatedResult['subjects'] | null {
  if (!Array.isArray(list) || list.length === 0) return null;
  const subjects: StatedResult['subjects'] = [];
  for (const subject of list) {
    if (!isObject(subject) || !isObject(subject.digest)) return null;
    const { sha256 } = subject.digest;
    if (!isText(sha256)) return null;
    subjects.push({ name: isText(subject.name) ? subject.name : null, sha256 });
  }
  return subjects;
}

function decisionOf(value: unknown): StatedResult['decision'] {
  if (!isObject(value)) return null;
  const { uri, product, version, ring, verdict } = value;
  if (!isText(uri) || !isText(product) || !isText(version)) return null;
  if (!isText(ring) || !isText(verdict)) return null;
  return { uri, product, version, ring, verdict };
}

function parse(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    return null;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
