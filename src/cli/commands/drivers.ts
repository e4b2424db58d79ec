/** `driver put`, `show` and `list`. */
import type { Command } from 'commander';
import type { components } from '../../contract/types.gen.ts';
import { completeDriver } from '../../drivers/driver.ts';
import { ask } from '../answer.ts';
import { asking, type Declaring, declare, declareAsking } from '../command.ts';
import { describeDocument } from '../output/document.ts';
import { putDocument } from '../put-document.ts';
import { readDocument } from '../read-document.ts';
import type { Session } from '../session.ts';
import { type ListOptions, showPage, withListOptions } from './listing.ts';

type DriverInput = components['schemas']['DriverInput'];

export function addDriverCommands(program: Command, declaring: Declaring): void {
  const group = declare(program, 'driver', {
    does: 'third-party software that runs beside ours',
    examples: ['holdfast driver put example-audio-bus --file driver.yaml'],
  });

  declareAsking(group, 'put <key>', {
    does: 'create or replace a driver',
    examples: ['holdfast driver put example-audio-bus --file driver.yaml'],
  })
    .requiredOption('--file <file>', 'the driver, in JSON or YAML')
    .action(asking(declaring, putDriver));

  declareAsking(group, 'show <key>', {
    does: 'show a driver',
    examples: ['holdfast driver show example-audio-bus'],
  }).action(
    asking(declaring, async (session, driver: string) =>
      session.show(
        await ask(session.client.GET('/v1/drivers/{driver}', { params: { path: { driver } } })),
        (document) => session.print(describeDocument(document)),
      ),
    ),
  );

  withListOptions(
    declareAsking(group, 'list', { does: 'list the drivers', examples: ['holdfast driver list'] }),
  ).action(
    asking(declaring, async (session, { limit, cursor }: ListOptions) => {
      const call = session.client.GET('/v1/drivers', { params: { query: { limit, cursor } } });
      return showPage(session, await ask(call), {
        key: ({ key }) => key,
        platform: ({ platform }) => platform,
        vendor: ({ vendor }) => vendor,
        access: ({ access }) => access,
        name: ({ name }) => name,
      });
    }),
  );
}

async function putDriver(session: Session, driver: string, { file }: { file: string }) {
  const body = await readDocument<DriverInput>(file);
  const path = { driver };
  return putDocument(session, {
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
  });
}
