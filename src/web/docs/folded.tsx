/** A part of the contract that is closed until somebody looks for it: all of them open are too long for a page. */
import type { Child, PropsWithChildren } from 'hono/jsx';

/** `id` stands within, so that a link to it opens the part. `head` is what is seen of it closed. */
export function Folded({ id, head, children }: PropsWithChildren<{ id: string; head: Child }>) {
  return (
    <details class="folded">
      <summary>{head}</summary>
      <div id={id} class="unfolded">
        {children}
      </div>
    </details>
  );
}
