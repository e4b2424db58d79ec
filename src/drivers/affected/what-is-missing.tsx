/** What is missing for an answer, and where it goes. */
import type { Evaluation } from './ask.ts';
import { CommandBox } from './command-box.tsx';
import { type MissingFact, whatWouldTell } from './what-would-tell.ts';

export function WhatIsMissing({ evaluation }: { evaluation: Evaluation }) {
  const { byList, others } = whatWouldTell(evaluation);
  if (byList.length + others.length === 0) return null;
  return (
    <section class="missing" aria-labelledby="missing">
      <h3 id="missing">What would tell</h3>
      {byList.length > 0 && (
        <>
          <ul>
            {byList.map(({ detail }) => (
              <li>{detail}</li>
            ))}
          </ul>
          <p>
            The command of <a href="#step-1">step 1</a> prints{' '}
            {byList.length === 1 ? 'it' : 'all of it'}: run that one, hand in the whole of what it
            prints, and ask again.
          </p>
        </>
      )}
      {others.length > 0 && (
        <ul>
          {others.map((fact) => (
            <li>
              {fact.detail} {placeOf(fact)}
              {fact.command !== null && <CommandBox command={fact.command} />}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** The form has a field for each. */
const ofMachine = [
  ...['platform', 'osBuild', 'architecture', 'locale', 'patches', 'cpu', 'hypervisor'],
  ...['companions', 'settings', 'onlineBetween', 'version'],
];

/** Where to write what is missing. */
function placeOf({ field, command }: MissingFact): string {
  if (field === null) return '';
  if (ofMachine.includes(field)) return 'The form below has a field for it.';
  if (command === null || field === 'drivers') return '';
  return `Write what this prints into the list, in the driver's row, as "${field}".`;
}
