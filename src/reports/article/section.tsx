/** A part of a report that has a heading of its own. */
import type { PropsWithChildren } from 'hono/jsx';

export function Section(props: PropsWithChildren<{ id: string; title: string; class?: string }>) {
  const { id, title, children } = props;
  const heading = `${id}-heading`;
  return (
    <section id={id} class={props.class} aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      {children}
    </section>
  );
}
