/** `results submit` and `results list`: what came out of the checks. */
import type { Command } from 'commander';
import type { Variant } from '../../gate/facts.ts';
import { ask } from '../answer.ts';
import { asking, type Declaring, declare, declareAsking, wholeNumber } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { handIn, keyFor, runOf } from '../hand-in.ts';
import { printReceipt } from '../output/receipt.ts';
import { askPatiently } from '../patience.ts';
import { openReportFile, type ReportFile } from '../report-file.ts';
import type { Session } from '../session.ts';
import { collectVariant, describeVariant } from '../variant.ts';
import { type ListOptions, showPage, withListOptions } from './listing.ts';

interface SubmitOptions {
  file: string[];
  variant?: Variant;
  artifact?: string;
  run?: string;
  shards?: number;
  shard?: number;
}

export function addResultCommands(program: Command, declaring: Declaring): void {
  const group = declare(program, 'results', {
    does: 'what came out of the checks',
    examples: ['holdfast results submit sensor-content 291.20240812.900 --file unit.xml'],
  });

  declareAsking(group, 'submit <product> <version>', {
    does: 'hand in JSON results or test reports (JUnit, TRX, xUnit, NUnit, CTRF) as they are; several files are one run',
    examples: [
      'holdfast results submit sensor-content 291.20240812.900 --file unit.xml matching.xml',
      'holdfast results submit sensor-content 291.20240812.900 --file boot.xml --variant os=windows-11',
      'holdfast results submit sensor-content 291.20240812.900 --file unit.xml --run build-4711 --shards 3 --shard 1',
    ],
  })
    .requiredOption('--file <report...>', 'the files; nothing is sent unless all can be read')
    .option(
      '--variant <name=value>',
      'what the tests ran on, one for each property',
      collectVariant,
    )
    .option('--artifact <sha256>', 'the artifact that was tested (else those the release lists)')
    .option(
      '--run <id>',
      'reports of one run are judged together; name it where they come in several calls',
    )
    .option('--shards <number>', 'how many reports the run will have', wholeNumber)
    .option(
      '--shard <number>',
      'which of them the first file is, where two may be the same to the byte; the others follow',
      wholeNumber,
    )
    .action(asking(declaring, submitResults));

  withListOptions(
    declareAsking(group, 'list <product> <version>', {
      does: 'list every result of a release, the newest first',
      examples: ['holdfast results list sensor-content 291.20240812.900 --check channel-boot-loop'],
    }).option('--check <key>', 'only results of this check'),
  ).action(asking(declaring, listResults));
}

async function submitResults(
  session: Session,
  product: string,
  version: string,
  options: SubmitOptions,
): Promise<ExitCode> {
  const files: ReportFile[] = [];
  for (const path of options.file) files.push(await openReportFile(path));
  const run = runOf(files, options);
  const release = { product, version };

  for (const [index, file] of files.entries()) {
    const key = keyFor(release, file, index, options, run);
    const answer = await askPatiently(session, () =>
      handIn(session, release, file, index, options, run, key),
    ).catch((error) => {
      sayHowFar(session, files, index);
      throw error;
    });
    if (answer.kind === 'refused') sayHowFar(session, files, index);
    const code = session.show(answer, (receipt) => printReceipt(session, file.path, receipt));
    if (code !== exitCodes.done) return code;
  }
  return exitCodes.done;
}

/** One file alone is all or nothing; of several, a person must know which are in. */
function sayHowFar(session: Session, files: readonly ReportFile[], failed: number): void {
  if (files.length === 1) return;
  const stored = files.slice(0, failed).map(({ path }) => path);
  session.note(
    `${files[failed]?.path} was not taken in. ${stored.length > 0 ? `Before it: ${stored.join(', ')}.` : 'None was taken in before it.'} Hand in all files again.`,
  );
}

async function listResults(
  session: Session,
  product: string,
  version: string,
  { check, limit, cursor }: ListOptions & { check?: string },
) {
  const call = session.client.GET('/v1/products/{product}/releases/{version}/results', {
    params: { path: { product, version }, query: { check, limit, cursor } },
  });
  return showPage(session, await ask(call), {
    received: (result) => result.receivedAt,
    outcome: (result) => result.outcome,
    check: (result) => result.check,
    variant: (result) => describeVariant(result.variant),
    run: (result) => result.run,
    by: (result) => result.submittedBy,
  });
}
