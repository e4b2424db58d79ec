/** Whom the incidents of a catalogue concern, and what has to be asked of their machines. Pure. */
import type { Catalogue } from '../matching/index.ts';
import { type Questions, questionsOf } from './questions.ts';

export interface Concerned {
  /** By the key of each product that an incident concerns. */
  questions: Record<string, Questions>;
  /** Keys of the products that matter beside one of those. */
  companions: string[];
}

export function concernedBy(catalogue: Pick<Catalogue, 'incidents'>): Concerned {
  const concerns = catalogue.incidents.flatMap(({ affected }) => affected);
  const products = [...new Set(concerns.map(({ product }) => product))];
  const beside = concerns.flatMap(({ conditions }) => conditions?.companions ?? []);
  return {
    questions: Object.fromEntries(products.map((key) => [key, questionsOf(catalogue, key)])),
    companions: [...new Set(beside.map(({ product }) => product))],
  };
}
