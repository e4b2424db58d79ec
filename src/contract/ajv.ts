/** Ajv, told of the contract: its schemas, its formats, the OpenAPI words among them. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { type Location, type OpenApiDocument, resolve } from './document.ts';
import { isInstant } from './instant.ts';

const contractId = 'contract';

/** A reference to a place of the document that also holds outside of it. */
export function contractReference(location: Location): { $ref: string } {
  return { $ref: `${contractId}#${location.split('/').map(encodeURIComponent).join('/')}` };
}

/** What stands at such a reference. */
export function atReference(document: OpenApiDocument, ref: string): unknown {
  const [, location = ''] = ref.split('#');
  return resolve(document, { $ref: `#${decodeURIComponent(location)}` }, '').node;
}

/** Makes validators of schemas whose references are absolute. Errors carry their schema and their data. */
export type Compiler = (schema: object) => ValidateFunction;

/** `allErrors` goes on after the first error. `document` is as `withAbsoluteReferences` gives it. */
export function compilerOf(
  document: OpenApiDocument,
  { allErrors }: { allErrors: boolean },
): Compiler {
  const ajv = new Ajv2020({
    allErrors,
    verbose: true,
    strictTypes: false,
    allowUnionTypes: true,
    // A test does this once and for all; the start should not.
    validateSchema: false,
    // Both make the code faster by less than what they cost: a schema compiles in a third of the time without.
    inlineRefs: false,
    code: { optimize: false },
  });
  addFormats.default(ajv);
  ajv.addFormat('date-time', isInstant);
  ajv.addFormat('binary', true);
  ajv.addVocabulary(['paths', 'components', 'example']);
  ajv.addSchema({ $id: contractId, paths: document.paths, components: document.components });

  return (schema) => {
    // Only a reference asked for by name is compiled once for all who need it.
    const shared = '$ref' in schema ? ajv.getSchema(String(schema.$ref)) : undefined;
    return shared ?? ajv.compile(schema);
  };
}

/** So that any part of a schema can be compiled alone, as the words for a fault in a union need it. */
export function withAbsoluteReferences(document: OpenApiDocument): OpenApiDocument {
  return JSON.parse(JSON.stringify(document), (key, value) =>
    key === '$ref' && typeof value === 'string' && value.startsWith('#/')
      ? contractReference(value.slice(1)).$ref
      : value,
  );
}
