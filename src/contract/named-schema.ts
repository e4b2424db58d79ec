/** Holds a value that a handler put together, such as a patched record, against a schema of openapi.yaml. */
import { document } from 'holdfast:contract';
import { below } from './document.ts';
import type { Fault } from './faults.ts';
import { schemasOf, type Validator } from './schemas.ts';
import type { components } from './types.gen.ts';

type SchemaName = keyof components['schemas'];

let validatorOf: ((name: SchemaName) => Validator) | null = null;

/** What is wrong with the value, as pointers into it; empty where nothing is. */
export function faultsAgainst(name: SchemaName, value: unknown): readonly Fault[] {
  validatorOf ??= validators();
  return validatorOf(name)(value);
}

function validators(): (name: SchemaName) => Validator {
  const schemas = schemasOf(document);
  const made = new Map<SchemaName, Validator>();
  return (name) => {
    const validator = made.get(name) ?? schemas.at(below('', 'components', 'schemas', name));
    made.set(name, validator);
    return validator;
  };
}
