/** What is missing for an answer, and where it goes. */
import { listCommands } from '../matching/index.ts';
import type { Evaluation } from './ask.ts';
import { CommandBox } from './command-box.tsx';
import { type MissingFact, whatWouldTell } from './what-would-tell.ts';

export function WhatIsMissing({ evaluation }: { evaluation: Evaluation }) {
  const toTell = whatWouldTell(evaluation);
  if (toTell.length === 0) return null;
  return (
    <section class="missing" aria-labelledby="missing">
      <h3 id="missing">What would tell</h3>
      <ul>
        {toTell.map((facts) => (
          <li>
            {facts.map((fact) => `${fact.detail} ${placeOf(fact)}`).join(' ')}
            <Command command={facts[0].command} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Command({ command }: { command: string | null }) {
  if (command === null) return null;
  if (!isForList(command)) return <CommandBox command={command} />;
  return (
    <p>
      It is the command of <a href="#step-1">step 1</a>: run it, hand in the whole of what it
      prints, and ask again.
    </p>
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
  if (command === null || isForList(command) || field === 'drivers') return '';
  return `Write what this prints into the list, in the driver's row, as "${field}".`;
}

function isForList(command: string): boolean {
  return Object.values(listCommands).includes(command);
}
