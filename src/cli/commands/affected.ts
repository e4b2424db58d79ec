/** `affected`: whether an incident concerns a machine, asked of the service or answered here. */
import { type Command, InvalidArgumentError } from 'commander';
import { answer as evaluate } from '../../drivers/affected/ask.ts';
import { knownFrom } from '../../drivers/affected/public-catalogue.ts';
import { affectedVerdicts } from '../../drivers/matching/verdict.ts';
import { ask } from '../answer.ts';
import { asking, collect, type Declaring, declareAsking, wholeNumber } from '../command.ts';
import { AskedWrongly, type ExitCode, exitCodeOfMachine, gravestCode } from '../exit-code.ts';
import type { AffectedInput, AffectedVerdict } from '../fleet/fleet-job.ts';
import { faultsOfMachine } from '../fleet/machine-line.ts';
import { readInventoryFile } from '../inventory-file.ts';
import { productsIn, unknownProduct } from '../known-products.ts';
import { conditionsExplained, factsOf } from '../machine-facts.ts';
import { type Loaded, loadCatalogue, orTellOfKept } from '../offline/load-catalogue.ts';
import { type Evaluation, printEvaluation, printVerdict } from '../output/evaluation.ts';
import { type AnsweredMachine, isOpen, printMachines } from '../output/machines-summary.ts';
import { printable } from '../output/printable.ts';
import type { Session } from '../session.ts';
import type { Surroundings } from '../terminal.ts';
import { answerFleet } from './affected-fleet.ts';

export interface AffectedOptions {
  product?: string;
  version?: string;
  inventory?: string[];
  condition?: string[];
  offline?: true;
  catalogue?: string;
  fleet?: string;
  threads?: number;
  whole?: true;
  only?: AffectedVerdict[];
  csv?: true;
}

export function addAffectedCommand(program: Command, declaring: Declaring): void {
  const { surroundings } = declaring;
  declareAsking(program, 'affected', {
    does: 'does an incident concern this machine?',
    examples: [
      'holdfast affected --product sensor --version 7.11 --inventory drivers.csv',
      'pnputil /enum-drivers | holdfast affected --product sensor --version 7.11 --inventory -',
      'holdfast affected --product sensor --version 7.11 --inventory machines/*.csv --offline',
      'holdfast affected --fleet machines.ndjson > answers.ndjson',
      'holdfast affected --fleet machines.ndjson --only affected,cannot_tell --csv > answers.csv',
    ],
  })
    .option('--product <key>', 'the product that the machine runs')
    .option('--version <version>', 'the version of the product there')
    .option(
      '--inventory <file...>',
      'what a command printed of its drivers; several files are several machines, - is standard input',
    )
    .option(
      '--condition <name=value>',
      'what else is known of the machine; may be given several times',
      collect,
    )
    .option('--offline', 'answer here, from the catalogue that the service hands out')
    .option('--catalogue <file>', 'answer here, from a catalogue that was handed over')
    .option(
      '--fleet <file>',
      'answer here for many machines, a line of JSON each; - is standard input',
    )
    .option(
      '--threads <number>',
      'how many threads answer for a fleet (else as many as there are cores)',
      threads,
    )
    .option(
      '--whole',
      'of a fleet, answer with every incident and driver, also those that do not concern it',
    )
    .option('--only <verdicts>', `of a fleet, answer only with these: ${affectedVerdicts}`, someOf)
    .option('--csv', 'of a fleet, answer as a table for a spreadsheet')
    .addHelpText(
      'after',
      `
${conditionsExplained}

Exit codes, of several machines the gravest:
  0  nothing that is recorded affects it
  3  asked wrongly: an argument, a file, a product that no report speaks of
  4  could not ask: network, or a fault of the service
  5  affected
  6  probably affected: who signed the driver is not said, or signs for every maker
  7  cannot tell: something is missing, or could not be read
  130  ended by Ctrl-C`,
    )
    .action(
      asking(declaring, (session, options: AffectedOptions) =>
        options.fleet === undefined
          ? answerMachines(session, options, surroundings)
          : answerFleet(session, { ...options, fleet: options.fleet }, surroundings),
      ),
    );
}

/** One after the other. Ends at the first that was refused. */
async function answerMachines(
  session: Session,
  options: AffectedOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { product, version, inventory: files, condition = [] } = options;
  if (product === undefined || version === undefined) {
    throw new AskedWrongly(
      'Say which product the machine runs, and in which version: --product and --version.',
    );
  }
  for (const name of ['threads', 'whole', 'only', 'csv'] as const) {
    if (options[name] !== undefined) throw new AskedWrongly(`--${name} is for a --fleet.`);
  }
  const facts = { product, version, ...factsOf(condition) };
  const answerTo = await answererFor(session, options, surroundings);
  if (typeof answerTo === 'number') return answerTo;

  const several = files !== undefined && files.length > 1;
  const machines: AnsweredMachine[] = [];
  for (const path of files ?? [null]) {
    const file = path === null ? null : await readInventoryFile(path, surroundings.process);
    const asked = { ...facts, ...(file && { inventory: file.text }) };
    const answered = await answerTo(asked);
    if (typeof answered === 'number') return answered;
    session.pass({ text: answered.text });
    const machine = `${product} ${version}${file?.path ? ` (${file.path})` : ''}`;
    const evaluation = printable(answered.evaluation);
    const { verdict } = evaluation;
    // Of many machines those stand out that somebody has to look at.
    if (several && !isOpen(verdict)) printVerdict(session, printable(machine), evaluation);
    else {
      if (machines.length > 0) session.print('');
      printEvaluation(session, printable(machine), evaluation);
    }
    machines.push({ machine: printable(file?.path ?? machine), verdict });
  }
  if (several) printMachines(session, machines);
  return gravestCode(machines.map(({ verdict }) => exitCodeOfMachine(verdict)));
}

/** `text` is the evaluation as JSON. An exit code where it was refused. */
type Answerer = (
  asked: AffectedInput,
) => Promise<{ evaluation: Evaluation; text: string } | ExitCode>;

async function answererFor(
  session: Session,
  options: AffectedOptions,
  surroundings: Surroundings,
): Promise<Answerer | ExitCode> {
  if (options.offline === undefined && options.catalogue === undefined) {
    return askService(session, surroundings);
  }
  const loaded = await loadCatalogue(session, options.catalogue, surroundings);
  return typeof loaded === 'number' ? loaded : answerHere(loaded);
}

function askService(session: Session, surroundings: Surroundings): Answerer {
  return async (body) => {
    const call = ask(session.client.POST('/v1/affected', { body }));
    const answer = await orTellOfKept(call, session, surroundings);
    if (answer.kind === 'refused') return session.refuse(answer);
    if (answer.data.incidents.length === 0) {
      const loaded = await loadCatalogue(session, undefined, surroundings);
      if (typeof loaded === 'number') return loaded;
      throw new AskedWrongly(unknownProduct(body.product, productsIn(loaded.catalogue)));
    }
    return { evaluation: answer.data, text: answer.text };
  };
}

function answerHere({ catalogue }: Loaded): Answerer {
  const known = knownFrom(catalogue);
  return async (asked) => {
    const [fault] = faultsOfMachine(asked);
    if (fault !== undefined) throw new AskedWrongly(`${fault}.`);
    const answered = evaluate(known, asked, null, catalogue.publicUrl);
    if (answered.kind === 'too_large') throw new AskedWrongly(answered.why);
    if (answered.evaluation.incidents.length === 0) {
      throw new AskedWrongly(unknownProduct(asked.product, productsIn(catalogue)));
    }
    return { evaluation: answered.evaluation, text: JSON.stringify(answered.evaluation) };
  };
}

function someOf(text: string): AffectedVerdict[] {
  return text.split(',').map((name) => {
    const verdict = affectedVerdicts.find((each) => each === name.trim().replaceAll('-', '_'));
    if (verdict !== undefined) return verdict;
    throw new InvalidArgumentError(`'${name}' is none of ${affectedVerdicts.join(', ')}.`);
  });
}

function threads(text: string): number {
  const number = wholeNumber(text);
  if (number <= 64) return number;
  throw new InvalidArgumentError('Give a whole number from 1 to 64.');
}
