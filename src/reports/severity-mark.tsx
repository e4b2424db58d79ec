/** A severity by shape, colour and word. */
import { severities } from '../web/words.ts';
import type { ReportSummary } from './projection.ts';

type Severity = ReportSummary['severity'];

/** More corners to a graver one; filled to the gravest. */
const shapes: Readonly<Record<Severity, string>> = {
  sev1: 'M5 1h6l4 4v6l-4 4H5l-4-4V5zM7.2 4v5h1.6V4zm0 6.4V12h1.6v-1.6z',
  sev2: 'M8 1l7.5 14H.5zM7.2 6v4.6h1.6V6zm0 5.8v1.5h1.6v-1.5z',
  sev3: 'M8 .8L15.2 8 8 15.2.8 8zM8 3.4L3.4 8 8 12.6 12.6 8z',
  sev4: 'M8 1.5a6.5 6.5 0 100 13 6.5 6.5 0 000-13zm0 2a4.5 4.5 0 110 9 4.5 4.5 0 010-9z',
};

/** `Critical`, with its mark. */
export function SeverityMark({ severity }: { severity: Severity }) {
  return (
    <strong class={`severity ${severity}`}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path fill-rule="evenodd" d={shapes[severity]} />
      </svg>
      {severities[severity].word}
    </strong>
  );
}
