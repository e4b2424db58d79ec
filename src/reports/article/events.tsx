/** What happened: the story, its effects, the times derived from the timeline, and the timeline itself. */
import { renderMarkdown } from '../../web/markdown.ts';
import { Moment } from '../../web/moments.tsx';
import { detectionMethods, effects, events, triggers } from '../../web/words.ts';
import type { Report } from '../projection.ts';
import { spanInWords } from '../spans.ts';
import { Pair } from './pair.tsx';
import { Citation, Claims, isDisputed } from './sources.tsx';

type Duration = Report['durations']['toDetect'];

export function Story({ report }: { report: Report }) {
  const { detection } = report;
  return (
    <>
      <div class="prose">{renderMarkdown(report.summary, 3)}</div>
      <Claims report={report} about="/summary" />
      <dl class="pairs">
        {(report.effects.length > 0 || isDisputed(report, '/effects')) && (
          <Pair term="What users saw">
            <ul>
              {report.effects.map((effect) => (
                <li>{effects[effect]}</li>
              ))}
            </ul>
            <Claims report={report} about="/effects" />
          </Pair>
        )}
        <Pair term="What set it off">
          {triggers[report.trigger]}
          <Claims report={report} about="/trigger" />
        </Pair>
        <Pair term="How it was noticed">
          {detectionMethods[detection.method]}
          {detection.note && <p>{detection.note}</p>}
          <Claims report={report} about="/detection" />
        </Pair>
        {report.timeline.length > 0 && <Spans durations={report.durations} />}
      </dl>
    </>
  );
}

export function Timeline({ report }: { report: Report }) {
  return (
    <>
      {report.timeline.length > 0 && (
        <ol class="timeline">
          {report.timeline.map((entry, index) => (
            <li class={`event ${entry.type}`}>
              <p class="when">
                <Moment at={entry.at} precision={entry.precision} approximate={entry.approximate} />
              </p>
              <p class="label">{events[entry.type]}</p>
              <p>
                {entry.text} <Citation report={report} source={entry.source} />
              </p>
              <Claims report={report} about={`/timeline/${index}`} />
            </li>
          ))}
        </ol>
      )}
      <Claims report={report} about="/timeline" alone />
    </>
  );
}

function Spans({ durations }: { durations: Report['durations'] }) {
  return (
    <>
      <Pair term="Time until it was noticed">
        <Span of={durations.toDetect} />
      </Pair>
      <Pair term="Time until the harm stopped">
        <Span of={durations.toMitigate} />
      </Pair>
      <Pair term="Time until it was resolved">
        <Span of={durations.toResolve} />
      </Pair>
    </>
  );
}

function Span({ of: { seconds, because } }: { of: Duration }) {
  return (
    <>
      {seconds === null ? 'Cannot be told' : spanInWords(seconds)}
      <p class="quiet">{withoutDetails(because)}</p>
    </>
  );
}

/** Exact instants stand in brackets, and once more in the timeline. */
function withoutDetails(sentence: string): string {
  return sentence.replaceAll(/ \([^)]*\)/g, '');
}
