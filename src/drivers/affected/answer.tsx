/**
 * The answer for a person: the whole first and what was asked, then what is missing, each incident, the drivers, and what
 * was not read.
 */
import type { Child } from 'hono/jsx';
import { renderMarkdown } from '../../web/markdown.ts';
import { inSeries } from '../matching/sentence.ts';
import type { Evaluation } from './ask.ts';
import type { HandedIn } from './form.ts';
import type { Remedy } from './remedies.ts';
import { verdicts } from './verdict-words.ts';
import { WhatIsMissing } from './what-is-missing.tsx';

type Verdict = Evaluation['verdict'];
type IncidentAnswer = Evaluation['incidents'][number];
type DriverAnswer = Evaluation['drivers'][number];

interface AffectedAnswerProps {
  evaluation: Evaluation;
  product: { key: string; name: string };
  /** As it was asked about. */
  version: string;
  handedIn: HandedIn;
  remedies: readonly Remedy[];
}

export function AffectedAnswer(props: AffectedAnswerProps) {
  const { evaluation, remedies } = props;
  const { verdict, incidents, drivers, unreadable, unreadableTotal } = evaluation;
  return (
    <section class="answer" aria-labelledby="answer">
      <div class={`verdict ${verdict}`}>
        <span class="verdict-mark" aria-hidden="true">
          {verdicts[verdict].mark}
        </span>
        <div>
          <p class="label">{verdicts[verdict].word}</p>
          <h2 id="answer">{verdicts[verdict].means}</h2>
          <Asked {...props} />
        </div>
      </div>
      <WhatIsMissing evaluation={evaluation} />
      {incidents.map((incident) => (
        <Incident
          incident={incident}
          remedy={remedies.find((remedy) => remedy.incident === incident.incident)}
        />
      ))}
      <Drivers drivers={drivers} />
      {unreadableTotal > 0 && <Unread unreadable={unreadable} total={unreadableTotal} />}
    </section>
  );
}

/** Which question this is the answer to. */
function Asked({ product, version, handedIn, evaluation }: AffectedAnswerProps) {
  return (
    <p class="asked">
      Asked: {product.name} <code class="key">{product.key}</code>, version <b>{version}</b>,{' '}
      {listInWords(handedIn)}
      {(handedIn?.kind === 'file' || handedIn?.kind === 'pasted') &&
        `: ${whatWasRead(evaluation)}.`}
      {handedIn?.kind === 'file' &&
        handedIn.pastedToo &&
        ' What was pasted was not read, because there was a file.'}
    </p>
  );
}

function listInWords(handedIn: HandedIn): Child {
  switch (handedIn?.kind) {
    case undefined:
      return 'without a list of drivers.';
    case 'pasted':
      return 'with the list that was pasted';
    case 'empty_file':
      return (
        <>
          without a list of drivers: the file <b>{handedIn.name}</b> is empty.
        </>
      );
    case 'file':
      return (
        <>
          with the file <b>{handedIn.name}</b>
        </>
      );
  }
}

function whatWasRead({ drivers, inventory }: Evaluation): string {
  const read = `${counted(drivers.length, 'driver')} read`;
  // Rows with our own names are what the page's own commands print: that is nobody's format.
  if (inventory === null || inventory.format.startsWith('drivers_')) return read;
  return `${read}, as ${inventory.format.replaceAll('_', ' ')} has them`;
}

function Incident({ incident, remedy }: { incident: IncidentAnswer; remedy: Remedy | undefined }) {
  const { incident: key, title, verdict, evidence, whatToDo, reportUrl } = incident;
  const concerned = verdict === 'affected' || verdict === 'probably_affected';
  const open = concerned || verdict === 'cannot_tell';
  return (
    <article class="concern">
      <h3>{reportUrl === null ? title : <a href={reportUrl}>{title}</a>}</h3>
      <p>
        <VerdictWord verdict={verdict} /> {evidence} <code class="whole">{key}</code>
      </p>
      {open && remedy && remedy.fixedIn.length > 0 && (
        <p>
          <span class="label">Fixed in</span> {inSeries(remedy.fixedIn, 'and')}
        </p>
      )}
      {open &&
        remedy?.holds.map(({ hold, title: keptFrom }) => (
          <p>
            <span class="label">Held back</span> {keptFrom} (hold {hold})
          </p>
        ))}
      {concerned && (
        <>
          <h4>What to do</h4>
          {renderMarkdown(whatToDo, 5)}
        </>
      )}
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
            </li>
          ))}
        </ul>
      )}
      {others > 0 && (
        <p>
          Nothing is recorded of {listed.length > 0 ? 'the other ' : ''}
          {counted(others, 'driver')}. That is no promise that {others === 1 ? 'it is' : 'they are'}{' '}
          safe.
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
