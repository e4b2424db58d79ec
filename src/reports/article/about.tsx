/** What a reader needs to cite a report and to follow it: corrections, addresses, and what others call it. */
import { links } from '../../web/links.ts';
import { Day } from '../../web/moments.tsx';
import type { Report } from '../projection.ts';
import { Pair } from './pair.tsx';
import { Claims, isDisputed, Linked } from './sources.tsx';

export function Corrections({ report }: { report: Report }) {
  return (
    <>
      <p>What we changed here after we first published it, and why.</p>
      <ol class="findings">
        {report.corrections.map(({ number, at, reason }) => (
          <li>
            <p class="label">
              <span>
                Correction {number}, <Day at={at} />
              </span>
            </p>
            <p>{reason}</p>
          </li>
        ))}
      </ol>
    </>
  );
}

export function About({ report }: { report: Report }) {
  return (
    <dl class="pairs">
      <Pair term="Permanent address">
        <a class="address" href={report.url}>
          {report.url}
        </a>
      </Pair>
      <Pair term="For programs">
        <a href={links.reportJson(report.key)}>This report as JSON</a>
      </Pair>
      {(report.externalIds.length > 0 || isDisputed(report, '/externalIds')) && (
        <Pair term="What others call it">
          {report.externalIds.length > 0 && (
            <ul>
              {report.externalIds.map(({ scheme, id, url }, index) => (
                <li>
                  <Linked address={url}>{id}</Linked> <span class="quiet">({scheme})</span>
                  <Claims report={report} about={`/externalIds/${index}`} />
                </li>
              ))}
            </ul>
          )}
          <Claims report={report} about="/externalIds" alone />
        </Pair>
      )}
    </dl>
  );
}
