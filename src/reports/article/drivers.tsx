/** The drivers that took part: what became of each, and what was tried with it. */
import { driverRoles, effects } from '../../web/words.ts';
import { driverVersionsInWords } from '../driver-words.ts';
import type { Report } from '../projection.ts';
import { capitalized, rangeInWords } from '../range-words.ts';
import { Pair } from './pair.tsx';
import { Citation, Claims } from './sources.tsx';

type FoundUnaffected = Report['drivers'][number]['foundUnaffected'][number];

export function Drivers({ report }: { report: Report }) {
  return (
    <>
      {report.drivers.length > 0 && (
        <ul class="findings">
          {report.drivers.map((driver, index) => (
            <li>
              <p class="label">{driverRoles[driver.role]}</p>
              <p class="statement">
                {driver.name} <span class="quiet">{driver.vendor}</span>
              </p>
              <dl class="pairs">
                <Pair term="Versions">{capitalized(driverVersionsInWords(driver))}</Pair>
                {driver.effect !== null && (
                  <Pair term="What happened beside it">{effects[driver.effect]}</Pair>
                )}
                {driver.resolution !== null && (
                  <Pair term="How it was solved">{driver.resolution}</Pair>
                )}
                {driver.foundUnaffected.length > 0 && (
                  <Pair term="Found unaffected">
                    {driver.foundUnaffected.map((tried) => (
                      <p>
                        {triedInWords(report, tried)}{' '}
                        <Citation report={report} source={tried.source} />
                      </p>
                    ))}
                  </Pair>
                )}
              </dl>
              <Claims report={report} about={`/drivers/${index}`} />
            </li>
          ))}
        </ul>
      )}
      <Claims report={report} about="/drivers" alone />
    </>
  );
}

function triedInWords(
  { affected }: Report,
  { versions, beside, statement }: FoundUnaffected,
): string {
  const own = versions === null ? 'Every version' : capitalized(rangeInWords(versions));
  if (beside === null) return `${own}: ${statement}`;
  const named = affected.find(({ product }) => product.key === beside.product);
  const ours = `${named?.product.name ?? beside.product}, ${rangeInWords(beside.versions)}`;
  return `${own}, beside ${ours}: ${statement}`;
}
