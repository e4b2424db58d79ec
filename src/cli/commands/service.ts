/** `serve` and `migrate`: the two commands that are the service, rather than ask it. */
import type { Command } from 'commander';
import { type Declaring, declare } from '../command.ts';
import { exitCodes } from '../exit-code.ts';

export function addServiceCommands(program: Command, { surroundings, end }: Declaring): void {
  declare(program, 'serve', {
    does: 'start the service, until it is told to stop',
    examples: [
      'holdfast serve',
      'PORT=9000 DATABASE_URL=postgres://localhost/holdfast holdfast serve',
    ],
  }).action(async () => {
    const { serve } = await import('../../server/serve.ts');
    await serve({ ...surroundings.env }, surroundings.process?.startEvaluator ?? null);
    end(exitCodes.done);
  });

  declare(program, 'migrate', {
    does: 'bring the database up to date',
    examples: ['DATABASE_URL=postgres://localhost/holdfast holdfast migrate'],
  }).action(async () => {
    const { migrateCommand } = await import('../../server/migrate-command.ts');
    await migrateCommand({ ...surroundings.env });
    end(exitCodes.done);
  });
}
