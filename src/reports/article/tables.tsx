/** What is best read as a table: the figures of the impact, and the drivers that took part. */
import type { Child } from 'hono/jsx';
import {
  driverRoles,
  effects,
  manualRecoveries,
  measureBases,
  versionsOf,
} from '../../web/words.ts';
import { disputedUnits, figureInWords, unitNames } from '../figures.ts';
import type { Report } from '../projection.ts';
import { capitalized, rangeInWords } from '../range-words.ts';
import { Citation, Claims } from './sources.tsx';

export function Impact({ report }: { report: Report }) {
  const { measures, manualRecovery } = report.impact;
  const disputed = disputedUnits(measures);
  return (
    <>
      <p>{manualRecoveries[manualRecovery]}</p>
      <Claims report={report} about="/impact/manualRecovery" />
      {measures.length > 0 && (
        <Table
          id="figures"
          caption="Figures for the harm, each with where it comes from"
          columns={['What', 'How many', 'How it is known', 'Source']}
        >
          {measures.map((measure, index) => (
            <tr>
              <th scope="row">{unitNames[measure.unit]}</th>
              <td>
                {figureInWords(measure)}
                <Claims report={report} about={`/impact/measures/${index}`} />
              </td>
              <td>{measureBases[measure.basis]}</td>
              <td>
                {!measure.source ? (
                  'Not given'
                ) : (
                  <Citation report={report} source={measure.source} />
                )}
              </td>
            </tr>
          ))}
        </Table>
      )}
      {disputed.map((unit) => (
        <p class="claim">
          <span class="label">Sources disagree</span> There is more than one figure for{' '}
          {unitNames[unit].toLowerCase()}, and they differ. We show all of them.
        </p>
      ))}
      <Claims report={report} about="/impact/measures" alone />
      <Claims report={report} about="/impact" alone />
    </>
  );
}

export function Drivers({ report }: { report: Report }) {
  return (
    <>
      {report.drivers.length > 0 && (
        <Table
          id="drivers-table"
          caption="Software of other vendors that took part"
          columns={[
            'Driver',
            'Versions',
            'Its part',
            'What happened beside it',
            'How it was solved',
          ]}
        >
          {report.drivers.map((driver, index) => (
            <tr>
              <th scope="row">
                {driver.name} <span class="quiet">{driver.vendor}</span>
              </th>
              <td>
                {driver.versions === null ? (
                  'Every version'
                ) : (
                  <>
                    {capitalized(rangeInWords(driver.versions))}{' '}
                    <span class="quiet">({versionsOf[driver.versionOf]})</span>
                  </>
                )}
              </td>
              <td>
                {driverRoles[driver.role]}
                <Claims report={report} about={`/drivers/${index}`} />
              </td>
              <td>{driver.effect === null ? 'Not said' : effects[driver.effect]}</td>
              <td>
                {driver.resolution ?? 'Not said'}
                {driver.foundUnaffected.map((tried) => (
                  <p>
                    <span class="label">Found unaffected</span> {triedInWords(report, tried)}{' '}
                    <Citation report={report} source={tried.source} />
                  </p>
                ))}
              </td>
            </tr>
          ))}
        </Table>
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

type FoundUnaffected = Report['drivers'][number]['foundUnaffected'][number];

/** Scrolls sideways on a phone, also by keyboard. */
function Table(props: {
  id: string;
  caption: string;
  columns: readonly string[];
  children: Child;
}) {
  const { id, caption, columns, children } = props;
  return (
    <section class="scroll" aria-labelledby={`${id}-caption`} tabindex={0}>
      <table>
        <caption id={`${id}-caption`}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col">{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}
