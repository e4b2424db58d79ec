/** The answer for a person: the whole first, then each incident, then the drivers, then what was not read. */
import { renderMarkdown } from '../../web/markdown.ts';
import type { Evaluation } from './ask.ts';
import { verdicts } from './verdict-words.ts';

type Verdict = Evaluation['verdict'];
type IncidentAnswer = Evaluation['incidents'][number];
type DriverAnswer = Evaluation['drivers'][number];

export function AffectedAnswer({
  evaluation,
  product,
}: {
  evaluation: Evaluation;
  product: { name: string };
}) {
  const { verdict, incidents, drivers, unreadable, unreadableTotal } = evaluation;
  return (
    <section class="answer" aria-labelledby="answer">
      <div class={`verdict ${verdict}`}>
        <p class="label">The answer for {product.name}</p>
        <h2 id="answer">
          <span class="verdict-mark" aria-hidden="true">
            {verdicts[verdict].mark}
          </span>{' '}
          {verdicts[verdict].means}
        </h2>
      </div>
      {incidents.map((incident) => (
        <Incident incident={incident} />
      ))}
      <Drivers drivers={drivers} />
      {unreadableTotal > 0 && <Unread unreadable={unreadable} total={unreadableTotal} />}
    </section>
  );
}

function Incident({ incident }: { incident: IncidentAnswer }) {
  const { title, verdict, evidence, missing, whatToDo, reportUrl } = incident;
  const concerned = verdict === 'affected' || verdict === 'probably_affected';
  return (
    <article class="concern">
      <h3>{reportUrl === null ? title : <a href={reportUrl}>{title}</a>}</h3>
      <p>
        <VerdictWord verdict={verdict} /> {evidence}
      </p>
      {concerned && (
        <>
          <h4>What to do</h4>
          {renderMarkdown(whatToDo, 5)}
        </>
      )}
      <Missing missing={missing} />
    </article>
  );
}

function VerdictWord({ verdict }: { verdict: Verdict }) {
  return (
    <strong class={`verdict-word ${verdict}`}>
      <span aria-hidden="true">{verdicts[verdict].mark}</span> {verdicts[verdict].word}.
    </strong>
  );
}

function Missing({ missing }: { missing: IncidentAnswer['missing'] }) {
  if (missing.length === 0) return null;
  return (
    <>
      <h4>What would tell</h4>
      <ul>
        {missing.map(({ detail, command }) => (
          <li>
            {detail}
            {command !== null && (
              <pre class="command" tabindex={0}>
                <code>{command}</code>
              </pre>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function Drivers({ drivers }: { drivers: readonly DriverAnswer[] }) {
  if (drivers.length === 0) return null;
  const listed = drivers.filter(({ verdict }) => verdict !== 'not_listed');
  const others = drivers.length - listed.length;
  return (
    <section aria-labelledby="drivers">
      <h3 id="drivers">{counted(drivers.length, 'driver')} read</h3>
      {listed.length > 0 && (
        <ul class="drivers">
          {listed.map((driver) => (
            <li>
              <VerdictWord verdict={driver.verdict} /> <b>{nameOf(driver)}</b>. {driver.evidence}
              <Missing missing={driver.missing} />
            </li>
          ))}
        </ul>
      )}
      {others > 0 && (
        <p>
          Nothing is recorded of {listed.length > 0 ? 'the other ' : ''}
          {counted(others, 'driver')}, which does not say that they are safe.
        </p>
      )}
    </section>
  );
}

function nameOf({ item, driver }: DriverAnswer): string {
  const { fileName, moduleName, bundleId, displayName, originalInf, path, serviceName } = item;
  const named = [fileName, moduleName, bundleId, displayName, originalInf, path, serviceName];
  return named.find((name) => name !== undefined) ?? driver ?? 'A driver';
}

function Unread({ unreadable, total }: { unreadable: Evaluation['unreadable']; total: number }) {
  return (
    <section aria-labelledby="unread">
      <h3 id="unread">{counted(total, 'place')} of the list not understood</h3>
      <p>Any of them may have been a driver, so the answer promises nothing about them.</p>
      <ul class="unread">
        {unreadable.map(({ line, through, text, why }) => (
          <li>
            {line === through ? `Line ${line}` : `Lines ${line} to ${through}`}: <code>{text}</code>{' '}
            <span class="quiet">{why}</span>
          </li>
        ))}
      </ul>
      {total > unreadable.length && (
        <p class="quiet">The first {unreadable.length} of them are shown.</p>
      )}
    </section>
  );
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}
