/** Where the facts of a report come from, and where sources disagree. */
import { safeUrl } from '../../web/safe-url.ts';
import { publishers } from '../../web/words.ts';
import type { Report } from '../projection.ts';

/** `[1]`, which leads to the source; nothing where none is given. */
export function Citation({ report, source }: { report: Report; source: string | null }) {
  const index = report.sources.findIndex(({ id }) => id === source);
  if (index === -1) return null;
  return (
    <a class="citation" href={`#${anchorOf(index)}`}>
      <span class="unseen">Source </span>[{index + 1}]
    </a>
  );
}

/** Whether another source says something of a fact, or of a part of it. */
export function isDisputed(report: Report, about: string): boolean {
  return report.claims.some((claim) => isWithin(claim.about, about));
}

/** What other sources say of a fact and of its parts; `alone` leaves the parts out, which speak for themselves. */
export function Claims(props: { report: Report; about: string; alone?: boolean }) {
  const { report, about, alone = false } = props;
  const claims = report.claims.filter((claim) =>
    alone ? claim.about === about : isWithin(claim.about, about),
  );
  return claims.map(({ statement, source }) => (
    <p class="claim">
      <span class="label">Another source says</span> {statement}{' '}
      <Citation report={report} source={source} />
    </p>
  ));
}

export function Sources({ report }: { report: Report }) {
  return (
    <ol class="sources">
      {report.sources.map((source, index) => (
        <li id={anchorOf(index)}>
          <Linked address={source.url}>{source.title}</Linked>{' '}
          <span class="quiet">({publishers[source.publisher]})</span>
        </li>
      ))}
    </ol>
  );
}

/** A link where the address may be one, else the text alone. */
export function Linked({ address, children }: { address: string | null; children: string }) {
  const href = address === null ? null : safeUrl(address);
  return href === null ? children : <a href={href}>{children}</a>;
}

function isWithin(pointer: string, about: string): boolean {
  return pointer === about || pointer.startsWith(`${about}/`);
}

function anchorOf(index: number): string {
  return `source-${index + 1}`;
}
