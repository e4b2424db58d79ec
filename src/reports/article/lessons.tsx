/** Why it happened, what was changed, and what guards against a second time. */

import { Moment } from '../../web/moments.tsx';
import {
  actionKinds,
  actionStatuses,
  causeClasses,
  confidences,
  escapes,
  phases,
  proofs,
} from '../../web/words.ts';
import type { Report } from '../projection.ts';
import { inSeries } from '../series.ts';
import { Claims } from './sources.tsx';

export function Causes({ report }: { report: Report }) {
  return (
    <>
      {report.causes.length === 0 && (
        <p>
          {report.stage === 'preliminary'
            ? 'The cause is not known yet.'
            : 'No cause has been published.'}
        </p>
      )}
      {report.causes.length > 0 && (
        <ol class="findings">
          {report.causes.map((cause, index) => (
            <li>
              <p class="label">
                {causeClasses[cause.class]}, {confidences[cause.confidence]}
              </p>
              <p class="statement">{cause.statement}</p>
              <Escape cause={cause} />
              <Claims report={report} about={`/causes/${index}`} />
            </li>
          ))}
        </ol>
      )}
      <Claims report={report} about="/causes" alone />
    </>
  );
}

function Escape({ cause }: { cause: Report['causes'][number] }) {
  const phase = phases[cause.escapedPhase];
  if (cause.escape.length === 0 && phase === null) return null;
  const reasons = cause.escape.map((code) => escapes[code]);
  return (
    <p class="quiet">
      {reasons.length > 0 && `Why it got through: ${inSeries(reasons, 'and')}. `}
      {phase && `It should have been caught ${phase}.`}
    </p>
  );
}

export function Actions({ report }: { report: Report }) {
  return (
    <>
      {report.actions.length > 0 && (
        <ul class="findings">
          {report.actions.map((action, index) => (
            <li>
              <p class="label">
                {actionKinds[action.kind]}{' '}
                <span class={`state ${action.status}`}>{actionStatuses[action.status]}</span>
              </p>
              <p class="statement">{action.title}</p>
              {action.criterion && (
                <p class="quiet">How we will know that it works: {action.criterion}</p>
              )}
              {action.document && (
                <p class="quiet">
                  {action.document.title}, in force since{' '}
                  <Moment at={action.document.inForceSince} precision="day" />.
                </p>
              )}
              <Claims report={report} about={`/actions/${index}`} />
            </li>
          ))}
        </ul>
      )}
      <Claims report={report} about="/actions" alone />
    </>
  );
}

export function Guards({ report }: { report: Report }) {
  if (report.guardedBy.length === 0) {
    return <p>No check guards against a second time yet.</p>;
  }
  return (
    <>
      <p>
        Every later release that one of these checks applies to is held against it. A required check
        stops the release until it passes, or until somebody answers for an exception that expires.
      </p>
      <ul class="findings">
        {report.guardedBy.map((guard) => (
          <li>
            <p class="label">
              {guard.enforcement === 'required'
                ? 'Required of every release that it applies to'
                : 'Advisory: shown, and stops no release'}
            </p>
            <p class="statement">{guard.title}</p>
            <p>{guard.why}</p>
            <p class="quiet">{guard.purpose}</p>
            <p>{proofs[guard.proof]}</p>
          </li>
        ))}
      </ul>
    </>
  );
}
