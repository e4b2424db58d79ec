/** Validators for the schemas of the contract, each compiled when it is first needed so that the start stays fast. */
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import {
  atReference,
  type Compiler,
  compilerOf,
  contractReference,
  withAbsoluteReferences,
} from './ajv.ts';
import type { Location, OpenApiDocument } from './document.ts';
import { type Fault, faultsOf } from './faults.ts';
import { shortened } from './shortened.ts';

/**
 * What is wrong with a value; empty where nothing is. Of a small value every fault is found, of a large one those that
 * stand before the ends of its long lists, and always one at least.
 */
export type Validator = (value: unknown) => readonly Fault[];

export interface Schemas {
  /** The schema at this place of the document. */
  at(location: Location): Validator;
  /** A schema of ours whose references are made by `contractReference`. */
  of(schema: object): Validator;
}

export function schemasOf(document: OpenApiDocument): Schemas {
  const absolute = withAbsoluteReferences(document);
  const first = compilerOf(absolute, { allErrors: false });
  let allCompiler: Compiler | null = null;
  const all: Compiler = (schema) => {
    allCompiler ??= compilerOf(absolute, { allErrors: true });
    return allCompiler(schema);
  };

  /** Every error of a small value, of a large one those before the ends of its long lists, of a huge one the first. */
  const errorsOf = (schema: object, value: unknown): readonly ErrorObject[] => {
    const short = shortened(value);
    const fits = short ? all(schema) : first(schema);
    if (fits(short ? short.value : value)) return [];
    return (fits.errors ?? []).filter(({ data }) => !short?.cut.has(data));
  };
  const referenced = (ref: string) => atReference(document, ref);

  const faults = (errors: readonly ErrorObject[]) => faultsOf(errors, errorsOf, referenced);

  const of = (schema: object): Validator => {
    let fits: ValidateFunction | null = null;
    return (value) => {
      fits ??= first(schema);
      if (fits(value)) return [];
      const [certain] = faults(fits.errors ?? []);
      if (!certain) throw new Error('A value was refused without a reason.');
      const found = faults(errorsOf(schema, value));
      const isFound = found.some(
        ({ pointer, detail }) => pointer === certain.pointer && detail === certain.detail,
      );
      return isFound ? found : [certain, ...found];
    };
  };
  return { of, at: (location) => of(contractReference(location)) };
}
