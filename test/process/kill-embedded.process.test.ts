/** What is left of writes when the service is killed on its embedded database. */
import { join } from 'node:path';
import { test } from 'vitest';
import { temporaryFolder } from '../support/built-program.ts';
import { killingMs, killWhileWriting } from './kills.ts';

test(
  'what was acknowledged survives twenty kills of the service, whole and once, on the embedded database',
  async () => {
    const dataDir = join(await temporaryFolder(), 'data');
    await killWhileWriting({ DATA_DIR: dataDir }, { dataDir }, 20);
  },
  killingMs,
);
