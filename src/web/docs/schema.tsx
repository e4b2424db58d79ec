/** Schemas as people read them: a type in words, and fields with what is said of them. */
import type { Child } from 'hono/jsx';
import { docsAnchors } from '../links.ts';
import { renderMarkdown } from '../markdown.ts';
import { introductionOf, type SchemaText } from './contract-text.ts';

/** What a schema says of itself, and its fields. */
export function SchemaBody({ schema }: { schema: SchemaText }) {
  const limits = limitsOf(schema);
  const parts = schema.allOf ?? [];
  const references = parts.filter(({ $ref }) => $ref);
  const here = [schema, ...parts].flatMap(({ properties }) => Object.keys(properties ?? {}));
  const required = schema.required ?? [];
  const requiredElsewhere = required.filter((name) => !here.includes(name));
  return (
    <>
      {schema.description && renderMarkdown(schema.description, 5)}
      {limits && <p class="quiet">{limits}</p>}
      {schema.examples?.map((example) => (
        <p class="quiet">
          For example <code>{inJson(example)}</code>
        </p>
      ))}
      {references.length > 0 && (
        <p>
          Everything of {references.map((part) => inWords(part)).reduce(withAnd)}
          {parts.length > references.length ? ', and:' : '.'}
        </p>
      )}
      {requiredElsewhere.length > 0 && (
        <p class="quiet">Of these, always there: {requiredElsewhere.join(', ')}.</p>
      )}
      {parts.map((part) => part.properties && <Fields schema={part} required={required} />)}
      {schema.oneOf && <p>Either {schema.oneOf.map(inWords).reduce(withOr)}.</p>}
      {schema.properties && <Fields schema={schema} />}
    </>
  );
}

/**
 * The fields of an object, and of what stands in it without a name of its own. `required` are names that the schema
 * around it requires.
 */
export function Fields(props: { schema: SchemaText; required?: readonly string[] }) {
  const { schema } = props;
  const required = [...(schema.required ?? []), ...(props.required ?? [])];
  const fields = Object.entries(schema.properties ?? {});
  return (
    <dl class="fields">
      {fields.map(([name, field]) =>
        field === false ? null : (
          <div>
            <dt>
              <code>{name}</code> <span class="type">{inWords(field)}</span>
              {required.includes(name) && <span class="needed"> required</span>}
            </dt>
            <dd>
              {renderMarkdown(field.description ?? introductionOf(field) ?? '', 5)}
              {limitsOf(field) && <p class="quiet">{limitsOf(field)}</p>}
              {nested(field).map((inner) => (
                <Fields schema={inner} />
              ))}
            </dd>
          </div>
        ),
      )}
    </dl>
  );
}

/** `list of Answer`, `text or null`; names lead to their schema. */
export function inWords(schema: SchemaText): Child {
  if (schema.$ref) return <SchemaLink name={nameOf(schema.$ref)} />;
  if (schema.oneOf) return schema.oneOf.map(inWords).reduce(withOr);
  if (schema.allOf) return schema.allOf.map(inWords).reduce(withAnd);
  if (schema.const !== undefined) return <code>{inJson(schema.const)}</code>;
  if (schema.type === undefined) return 'anything';
  const types = typeof schema.type === 'string' ? [schema.type] : schema.type;
  return types.map((type) => typeInWords(type, schema)).reduce(withOr);
}

function typeInWords(type: string, schema: SchemaText): Child {
  switch (type) {
    case 'array':
      return schema.items ? <>list of {inWords(schema.items)}</> : 'list';
    case 'string':
      return (
        { 'date-time': 'instant', date: 'date', uri: 'address', binary: 'bytes' }[
          schema.format ?? ''
        ] ?? 'text'
      );
    case 'integer':
      return 'whole number';
    case 'boolean':
      return 'true or false';
    default:
      return type;
  }
}

/** Null where there are none worth telling. */
function limitsOf(schema: SchemaText): string | null {
  const said = [
    between(schema.minLength, schema.maxLength, 'characters'),
    between(schema.minItems, schema.maxItems, 'items'),
    between(schema.minimum, schema.maximum, ''),
    schema.pattern === '\\S' ? 'not blank' : null,
    schema.pattern && schema.pattern !== '\\S' ? `matches ${schema.pattern}` : null,
  ].filter((limit) => limit !== null);
  return said.length === 0 ? null : `Limits: ${said.join('; ')}.`;
}

function between(min: number | undefined, max: number | undefined, unit: string): string | null {
  if (min === undefined && max === undefined) return null;
  const [least, most] = [min ?? 0, max ?? 0].map((limit) => numbers.format(limit));
  if (min === undefined) return `at most ${most} ${unit}`.trim();
  if (max === undefined) return `at least ${least} ${unit}`.trim();
  return `${least} to ${most} ${unit}`.trim();
}

const numbers = new Intl.NumberFormat('en');

/** Objects that stand in a field without a name of their own. */
function nested(schema: SchemaText): SchemaText[] {
  if (schema.properties) return [schema];
  return [...(schema.items ? [schema.items] : []), ...(schema.oneOf ?? [])].flatMap(nested);
}

export function SchemaLink({ name }: { name: string }) {
  return <a href={`#${docsAnchors.schema(name)}`}>{name}</a>;
}

function nameOf(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}

export function inJson(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

function withOr(before: Child, next: Child): Child {
  return (
    <>
      {before} or {next}
    </>
  );
}

function withAnd(before: Child, next: Child): Child {
  return (
    <>
      {before} and {next}
    </>
  );
}
