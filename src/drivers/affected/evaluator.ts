/** Keeps catalogues and answers from them: everything about a question that takes time, and nothing that waits. */
import { LRUCache } from 'lru-cache';
import { etagOfText } from '../../contract/if-match.ts';
import { viewsMax } from '../remembered.ts';
import { type AffectedInput, answer } from './ask.ts';
import type { RecordedRows, View } from './catalogue-store.ts';
import { type Concerned, concernedBy } from './concerned.ts';
import { type KnownCatalogue, knownOf } from './known-catalogue.ts';
import { publicCatalogueOf } from './public-catalogue.ts';

/** JSON as it is sent. */
type Json = Uint8Array<ArrayBuffer>;

export type EvaluationInJson =
  | { kind: 'answered'; json: Json }
  | { kind: 'too_large'; why: string };

export interface CatalogueInJson {
  json: Json;
  etag: string;
}

/** What is asked of a catalogue that is not kept, or no longer, is answered with null. */
export interface Evaluator {
  /** `rows` are `RecordedRows` as JSON. */
  keep(catalogue: string, view: View, rows: string): Promise<void>;
  /** `asked` is an `AffectedInput` as JSON; `printed` as `readMachine` takes it. */
  answer(
    catalogue: string,
    asked: string,
    printed: Uint8Array | null,
  ): Promise<EvaluationInJson | null>;
  concerned(catalogue: string): Promise<Concerned | null>;
  handOut(catalogue: string): Promise<CatalogueInJson | null>;
}

export function evaluator(publicUrl: string): Evaluator {
  const kept = new LRUCache<string, KnownCatalogue>({ max: viewsMax });
  const encoder = new TextEncoder();
  return {
    async keep(catalogue, view, rows) {
      kept.set(catalogue, knownOf(JSON.parse(rows) as RecordedRows, view));
    },

    async answer(catalogue, asked, printed) {
      const known = kept.get(catalogue);
      if (known === undefined) return null;
      const answered = answer(known, JSON.parse(asked) as AffectedInput, printed, publicUrl);
      if (answered.kind === 'too_large') return answered;
      return { kind: 'answered', json: encoder.encode(JSON.stringify(answered.evaluation)) };
    },

    async concerned(catalogue) {
      const known = kept.get(catalogue);
      return known === undefined ? null : concernedBy(known.catalogue);
    },

    async handOut(catalogue) {
      const known = kept.get(catalogue);
      if (known === undefined) return null;
      const text = JSON.stringify(publicCatalogueOf(known.catalogue, publicUrl));
      return { json: encoder.encode(text), etag: etagOfText(text) };
    },
  };
}
