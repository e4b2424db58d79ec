/** Decisions outlive the process, and are checked where no service is: by the built program, from the shell. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { adminToken, type Ended, runProgram, startService } from '../support/built-program.ts';

const shipped = 'what is shipped';
const sha256 = 'e35f28c68957be0da94cb5ed28a3fbab278f1ddbe75bedb44f51c510112ccab6';

test('what one process recorded, the next ones replay, and anybody verifies', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-decisions-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = (name: string) => join(folder, name);
  const write = (name: string, content: unknown) =>
    writeFile(file(name), typeof content === 'string' ? content : JSON.stringify(content));
  const settings = { DATA_DIR: join(folder, 'data'), HOLDFAST_ADMIN_TOKEN: adminToken };
  let service = await startService(settings);
  const run = (...args: string[]): Promise<Ended> =>
    runProgram(args, { HOLDFAST_URL: service.url, HOLDFAST_TOKEN: adminToken });
  const done = async (...args: string[]): Promise<string> => {
    const ended = await run(...args);
    expect(ended, args.join(' ')).toMatchObject({ code: 0 });
    return ended.stdout;
  };
  const keySet = async () => (await fetch(`${service.url}/.well-known/jwks.json`)).text();

  // The key is published before anything is signed with it.
  const keys = await keySet();
  expect(JSON.parse(keys).keys).toHaveLength(1);
  await write('jwks.json', keys);
  await write('content.pkg', shipped);
  await write('product.json', { name: 'Content', versionScheme: 'intdot', rings: ['general'] });
  await write('release.json', { artifacts: [{ name: 'content.pkg', sha256 }] });
  await done('product', 'put', 'content', '--file', file('product.json'));
  await done('release', 'put', 'content', '2.0', '--file', file('release.json'));
  const out = ['--out', file('release.intoto.json')];
  await done('decision', 'record', 'content', '2.0', '--ring', 'general', ...out);
  const recorded = JSON.parse(await done('decision', 'show', '1', '--json'));

  await service.kill();
  service = await startService(settings);
  expect(await keySet()).toBe(keys);
  expect(JSON.parse(await done('decision', 'show', '1', '--json'))).toEqual(recorded);
  expect(await done('decision', 'replay', '1')).toContain('the same facts, the same decision');
  await service.stop();

  // With a key of the operator's, what was signed before is still found valid.
  const pem = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' });
  await write('signing.pem', String(pem));
  const env = { HOLDFAST_SIGNING_KEY: file('signing.pem') };
  service = await startService({ ...settings, ...env });
  expect(JSON.parse(await keySet()).keys).toHaveLength(2);
  await done('verify', file('release.intoto.json'));
  await service.stop();

  const offline = ['verify', file('release.intoto.json'), '--keys', file('jwks.json')];
  const about = ['--artifact', file('content.pkg'), '--ring', 'general'];
  expect(await done(...offline, ...about)).toContain('Valid: content 2.0 may ship to ring general');
  const envelope = await readFile(file('release.intoto.json'), 'utf8');
  await write('release.intoto.json', envelope.replace('"sig":"', '"sig":"A').replace('=="', '="'));
  expect(await run(...offline)).toMatchObject({ code: 1 });
});
