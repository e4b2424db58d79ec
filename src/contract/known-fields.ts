/** The fields that a schema declares, and the ones that an error says it does not. */
import type { ErrorObject } from 'ajv/dist/2020.js';

/** The schema that a `$ref` leads to. */
export type Referenced = (ref: string) => unknown;

/** Names that a schema declares, itself or through the parts it is composed of. */
export function knownFields(schema: unknown, referenced: Referenced): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const part = schema as Record<string, unknown>;
  const lists = [part.allOf, part.anyOf, part.oneOf].filter(Array.isArray).flat();
  const reference = typeof part.$ref === 'string' ? [referenced(part.$ref)] : [];
  const parts = [...reference, ...lists, part.if, part.then, part.else];
  return [
    ...parts.flatMap((one) => knownFields(one, referenced)),
    ...Object.keys((part.properties as object | undefined) ?? {}),
  ];
}

/** The field that the schema does not declare; null where the error is another one. */
export function unknownField(error: ErrorObject, referenced: Referenced): string | null {
  if (error.keyword === 'additionalProperties') return error.params.additionalProperty;
  if (error.keyword !== 'unevaluatedProperties') return null;
  const name: string = error.params.unevaluatedProperty;
  return knownFields(error.parentSchema, referenced).includes(name) ? null : name;
}
