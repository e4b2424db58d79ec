/** The harm in figures, with where each comes from. */
import type { Child } from 'hono/jsx';
import { manualRecoveries, measureBases } from '../../web/words.ts';
import { disputedUnits, figureInWords, unitNames } from '../figures.ts';
import type { Report } from '../projection.ts';
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
