/** `driver put`, `import`, `show` and `list`. */
import { isDeepStrictEqual } from 'node:util';
import type { Command } from 'commander';
import type { components } from '../../contract/types.gen.ts';
import { completeDriver } from '../../drivers/driver.ts';
import { unseen } from '../../drivers/unseen.ts';
import { ask } from '../answer.ts';
import { asking, type Declaring, declare, declareAsking } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { describeDocument } from '../output/document.ts';
import { putDocument } from '../put-document.ts';
import { readDocument } from '../read-document.ts';
import type { Session } from '../session.ts';
import { contentOf } from '../shown-document.ts';
import { type DriverAccess, driverAccessOption } from './choices.ts';
import { importDrivers } from './driver-import.ts';
import { type ListOptions, showPage, withListOptions } from './listing.ts';

type DriverInput = components['schemas']['DriverInput'];
type Driver = components['schemas']['Driver'];

export function addDriverCommands(program: Command, declaring: Declaring): void {
  const group = declare(program, 'driver', {
    does: 'third-party software that runs beside ours',
    examples: ['holdfast driver put example-audio-bus --file driver.yaml'],
  });

  declareAsking(group, 'put <key>', {
    does: 'create or replace a driver',
    examples: ['holdfast driver put example-audio-bus --file driver.yaml'],
  })
    .requiredOption('--file <file>', 'the driver, or what show printed, in JSON or YAML')
    .action(asking(declaring, putDriver));

  declareAsking(group, 'import <file...>', {
    does: 'put many drivers from CSV, JSON or the list of LOLDrivers; nothing is stored where a line is wrong',
    examples: [
      'holdfast driver import drivers.csv --dry-run',
      'holdfast driver import drivers.csv --replace',
      'holdfast driver import loldrivers.json --access none',
    ],
  })
    .addOption(driverAccessOption('for those that do not say it: how we can get them'))
    .option('--replace', 'replace drivers that say something else (else they are left and told)')
    .option('--dry-run', 'store nothing, and say what would be done')
    .addHelpText('after', csvExplained)
    .action(asking(declaring, importDrivers));

  declareAsking(group, 'show <key>', {
    does: 'show a driver, with the incidents and checks around it',
    examples: ['holdfast driver show example-audio-bus'],
  }).action(
    asking(declaring, async (session, driver: string) =>
      session.show(
        await ask(session.client.GET('/v1/drivers/{driver}', { params: { path: { driver } } })),
        (document) => session.print(describeDocument(withoutEmptyLists(document))),
      ),
    ),
  );

  withListOptions(
    declareAsking(group, 'list', {
      does: 'list the drivers',
      examples: [
        'holdfast driver list',
        'holdfast driver list --search audiobus.sys',
        'holdfast driver list --access none --unguarded',
      ],
    })
      .option('--search <text>', 'only those with this text in a name, an alias or the vendor')
      .addOption(driverAccessOption('only those that we can get in this way'))
      .option('--unguarded', 'only those that an incident names and no check guards'),
  ).action(asking(declaring, listDrivers));
}

/** Of the many ways to recognise a driver, each has a few. */
function withoutEmptyLists(driver: Driver): object {
  const said = Object.entries(driver.identity).filter(([, names]) => names.length > 0);
  return { ...driver, identity: Object.fromEntries(said) };
}

/** What is public of a driver has no life of its own: nobody else has to agree to it. */
function noteCustomers(session: Session, before: Driver, { identity, incidents }: Driver): void {
  if (isDeepStrictEqual(before.identity, identity)) return;
  const read = incidents.filter(
    ({ status, parts }) =>
      status === 'published' && parts.some(({ visibility }) => visibility !== 'internal'),
  );
  const [first, ...others] = read.map(({ incident }) => incident);
  if (first === undefined) return;
  const keys = others.length > 0 ? `${first} and ${others.length} more` : first;
  session.note(`Mind: customers of ${keys} are answered by this identity from now on.`);
}

const csvExplained = `
A CSV file begins with the names of its columns. key, name, vendor and platform are needed; access as well, unless
--access says it. Rows of one key are one driver. | separates several values:
  key,name,vendor,platform,access,aliases,fileNames,signers,sha256
  example-camera,Example camera,Example,windows,none,Webcam,excamera.sys|excam64.sys,Example Corporation*,
Further columns: kind, versionScheme, and every list of a driver's identity, such as originalFileNames, serviceNames,
paths, companies, moduleNames, bundleIds, teamIds, architectures and authentihashSha256.`;

interface DriverListOptions extends ListOptions {
  search?: string;
  access?: DriverAccess;
  unguarded?: true;
}

async function listDrivers(
  session: Session,
  { search, access, unguarded, limit, cursor }: DriverListOptions,
) {
  const query = { q: search, access, unguarded, limit, cursor };
  return showPage(session, await ask(session.client.GET('/v1/drivers', { params: { query } })), {
    key: ({ key }) => key,
    platform: ({ platform }) => platform,
    vendor: ({ vendor }) => vendor,
    access: ({ access: ours }) => ours,
    incidents: ({ incidents }) => incidents.map(({ incident }) => incident).join(' '),
    name: ({ name }) => name,
  });
}

const keptByService: Record<Exclude<keyof Driver, keyof DriverInput>, true> = {
  key: true,
  incidents: true,
  checks: true,
  revision: true,
  createdAt: true,
  updatedAt: true,
};

async function putDriver(session: Session, driver: string, { file }: { file: string }) {
  const { content: body } = contentOf(await readDocument<DriverInput>(file), {
    file,
    key: driver,
    kept: Object.keys(keptByService),
  });
  const path = { driver };
  const code = await putDocument(session, {
    name: `the driver ${driver}`,
    file,
    read: () => ask(session.client.GET('/v1/drivers/{driver}', { params: { path } })),
    write: (etag) =>
      ask(
        session.client.PUT('/v1/drivers/{driver}', {
          params: { path, header: { 'If-Match': etag } },
          body,
        }),
      ),
    wanted: () => completeDriver(body),
    changed: (before, after) => noteCustomers(session, before, after),
  });
  if (code === exitCodes.done) for (const list of unseen([body])) session.note(`Mind: ${list}`);
  return code;
}
