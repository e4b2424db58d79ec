/** A process that holds a data folder until it is ended; started by data-folder.test.ts. */
import { holdDataFolder } from '../../src/db/data-folder.ts';

const { release } = await holdDataFolder(process.argv[2] as string).catch((error) => {
  process.stdout.write(`${error.name}: ${error.message}\n`);
  process.exit(1);
});
process.stdout.write('held\n');
process.on('SIGTERM', () => release().then(() => process.exit(0)));
setInterval(() => {}, 1_000);
