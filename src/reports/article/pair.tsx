/** A term with what is said of it, in a `<dl>`. */
import type { PropsWithChildren } from 'hono/jsx';

export function Pair({
  term,
  wide = false,
  children,
}: PropsWithChildren<{ term: string; wide?: boolean }>) {
  return (
    <div class={wide ? 'wide' : undefined}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
