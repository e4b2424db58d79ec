/** The first step: how to get the list of a machine's drivers. */
import { listCommands, type System } from '../matching/index.ts';
import { CommandBox } from './command-box.tsx';

/** In the order of the page. What prints ends up where it can be pasted from, or in a file. */
const systems: readonly { system: System; name: string; where: string; command: string }[] = [
  {
    system: 'windows',
    name: 'Windows',
    where: 'In PowerShell, as administrator. The list is then on the clipboard.',
    command: `${listCommands.windows} | Set-Clipboard`,
  },
  {
    system: 'linux',
    name: 'Linux',
    where: 'In a shell. The list is then in the file drivers.txt.',
    command: `${listCommands.linux} > drivers.txt`,
  },
  {
    system: 'macos',
    name: 'macOS',
    where: 'In Terminal. The list is then on the clipboard.',
    command: `{ ${listCommands.macos}; } | pbcopy`,
  },
];

/** `open` are the systems that the product runs on; the others stand behind them, closed. */
export function ListCommands({ open }: { open: ReadonlySet<System> }) {
  const isOpen = ({ system }: { system: System }) => open.has(system);
  const shown = [...systems.filter(isOpen), ...systems.filter((each) => !isOpen(each))];
  return (
    <section class="step" id="step-1" aria-labelledby="how-to">
      <h2 id="how-to">Step 1: get the list of drivers</h2>
      {shown.map((each) => (
        <details open={isOpen(each)}>
          <summary>{each.name}</summary>
          <p>{each.where}</p>
          <CommandBox command={each.command} />
        </details>
      ))}
      <p class="quiet">
        For a file on Windows, end the command with <code>&gt; drivers.txt</code> instead. What
        driverquery, pnputil, osquery, lsmod or Win32_PnPSignedDriver prints is read too, but it
        finds candidates only: it says too little of a file to tell whether its version is
        concerned.
      </p>
    </section>
  );
}
