/** What a schema says about itself, as parts of the sentence that explains a fault. */
import type { Referenced } from './known-fields.ts';

/** More values than these are listed without their meanings: nobody reads so long a sentence. */
const explainedMax = 10;

/** The first sentence of its description, to stand inside another one; null where it has none. */
export function inWords(schema: unknown): string | null {
  const { description } = (schema ?? {}) as { description?: unknown };
  if (typeof description !== 'string') return null;
  const [first = ''] = description.trim().split(/\.(?=\s|$)|\n\n/);
  const plain = first.replaceAll('`', '').replace(/\s+/g, ' ').trim();
  if (plain === '') return null;
  // Not of an abbreviation.
  return /^[A-Z][A-Z0-9]/.test(plain) ? plain : plain[0]?.toLowerCase() + plain.slice(1);
}

/** The values of an enumeration, each with what it means where the description has a line for all of them. */
export function valuesInWords(schema: unknown, values: readonly unknown[]): string | null {
  const { description } = (schema ?? {}) as { description?: unknown };
  if (typeof description !== 'string' || values.length > explainedMax) return null;
  const meanings = new Map(
    [...description.matchAll(/^- `(.+?)`: (.+)$/gm)].map(([, value, meaning]) => [value, meaning]),
  );
  const explained = values.flatMap((value) => {
    const meaning = meanings.get(String(value));
    return meaning === undefined ? [] : [`${value} (${meaning.replace(/\.$/, '')})`];
  });
  return explained.length === values.length ? explained.join(', ') : null;
}

/** What the schema says of one of its fields: a description, and the values where there are some to choose from. */
export function fieldInWords(schema: unknown, name: string, referenced: Referenced): string | null {
  const { properties } = (schema ?? {}) as { properties?: Record<string, unknown> };
  const field = properties?.[name];
  const { $ref } = (field ?? {}) as { $ref?: unknown };
  const described = typeof $ref === 'string' ? referenced($ref) : field;
  const { enum: values, type } = (described ?? {}) as { enum?: unknown; type?: unknown };
  // A sort of text that many fields have tells nothing of this one that its name does not.
  if ($ref !== undefined && type === 'string' && values === undefined) return null;
  const words = inWords(described);
  const choice = Array.isArray(values) ? valuesInWords(described, values) : null;
  return choice === null ? words : `${words}: ${choice}`;
}
