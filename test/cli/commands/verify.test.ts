/** `holdfast verify`, on files, without any service unless it is asked for the keys. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newSigningKey, publicJwk } from '../../../src/attestation/ed25519-key.ts';
import { verificationResult } from '../../../src/attestation/verification-result.ts';
import { decision, signed } from '../../attestation/signed.ts';
import { fileWith, run } from '../command-run.ts';
import { fakeService, problem } from '../fake-service.ts';

const shipped = 'what is shipped';

/** An envelope about a file, the file, and the keys, all of them files. */
function scene() {
  const artifact = fileWith('content.pkg', shipped);
  const sha256 = createHash('sha256').update(shipped).digest('hex');
  const statement = verificationResult(decision, [{ name: 'content.pkg', sha256 }], {
    verifier: 'https://incidents.example.test/gate/v1',
    uri: 'https://incidents.example.test/v1/decisions/7',
  });
  const { envelope, key } = signed(Buffer.from(JSON.stringify(statement)));
  const file = fileWith('release.intoto.json', envelope);
  const keySet = { keys: [publicJwk(key.publicKey)] };
  return { artifact, envelope, file, key, keySet, keys: fileWith('jwks.json', keySet) };
}

/** Nothing answers there: whoever asks ends with 4. */
const offline = { env: { HOLDFAST_URL: 'http://127.0.0.1:9' } };

describe('0', () => {
  test('a valid envelope says what may ship where, by whose word, and which file it is about', async () => {
    const { file, keys, artifact, key } = scene();
    const args = ['verify', file, '--keys', keys, '--artifact', artifact, '--ring', 'general'];
    const { code, stdout, stderr } = await run(args, offline);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toContain('Valid: content 2.0 may ship to ring general (passed)');
    expect(stdout).toContain(`signed by the key ${key.keyid}`);
    expect(stdout).toMatch(new RegExp(`[0-9a-f]{64}  content\\.pkg  ${artifact}`));
  });

  test('without a file to compare it says that none was', async () => {
    const { file, keys } = scene();
    const { code, stderr } = await run(['verify', file, '--keys', keys], offline);
    expect(code).toBe(0);
    expect(stderr).toContain('--artifact');
  });

  test('the keys come from the service where none are given, or from another address', async () => {
    const { file, keySet } = scene();
    const service = await fakeService(() => ({ body: keySet }));
    expect((await run(['verify', file, '--url', service.url])).code).toBe(0);
    const address = `${service.url}/keys.json`;
    expect((await run(['verify', file, '--keys', address], offline)).code).toBe(0);
    expect(service.asked.map(({ path }) => path)).toEqual(['/.well-known/jwks.json', '/keys.json']);
  });

  test('--json says the same to programs', async () => {
    const { file, keys, key } = scene();
    const { stdout } = await run(['verify', file, '--keys', keys, '--json'], offline);
    expect(JSON.parse(stdout)).toMatchObject({
      valid: true,
      keyid: key.keyid,
      result: { decision: { product: 'content', ring: 'general' } },
    });
  });
});

describe('1', () => {
  test('a file in which any one byte is another is refused, at every place', async () => {
    const { file, keys } = scene();
    const bytes = readFileSync(file);
    const altered = join(dirname(file), 'altered.json');
    for (let place = 0; place < bytes.length; place++) {
      const [byte] = fc.sample(fc.integer({ min: 1, max: 255 }), 1);
      const copy = Buffer.from(bytes);
      copy[place] = (copy[place] ?? 0) ^ (byte ?? 1);
      writeFileSync(altered, copy);
      const { code } = await run(['verify', altered, '--keys', keys], offline);
      expect(code, `${place} xor ${byte}`).toBe(1);
    }
  });

  test.each([
    ['another file', { artifact: 'something else' }, 'not about'],
    ['another ring', { ring: 'canary' }, 'HOLDFAST_MAY_SHIP_TO:general'],
  ])('a valid envelope about %s is refused', async (_, { artifact, ring }: Asked, why) => {
    const { file, keys } = scene();
    const asked = [
      ...(artifact ? ['--artifact', fileWith('other.pkg', artifact)] : []),
      ...(ring ? ['--ring', ring] : []),
    ];
    const { code, stdout } = await run(['verify', file, '--keys', keys, ...asked], offline);
    expect(code).toBe(1);
    expect(stdout).toContain(why);
  });

  test('keys that did not sign it, with --json too', async () => {
    const { file } = scene();
    const keys = fileWith('jwks.json', { keys: [publicJwk(newSigningKey().publicKey)] });
    const { code, stdout } = await run(['verify', file, '--keys', keys, '--json'], offline);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      valid: false,
      why: expect.stringContaining('None of the trusted keys'),
    });
  });

  test('a statement of another kind, though the key is the right one', async () => {
    const { envelope, key } = signed(Buffer.from('{"_type":"other"}'));
    const keys = fileWith('jwks.json', { keys: [publicJwk(key.publicKey)] });
    const { code, stdout } = await run(['verify', fileWith('e.json', envelope), '--keys', keys]);
    expect(code).toBe(1);
    expect(stdout).toContain('no statement that a release may ship');
  });
});

interface Asked {
  artifact?: string;
  ring?: string;
}

describe('3', () => {
  test('a file that is not there, and keys that are none', async () => {
    const { file, keys } = scene();
    const rsa = fileWith('rsa.json', { keys: [{ kty: 'RSA' }] });
    for (const args of [
      ['no-such-file.json', '--keys', keys],
      [file, '--keys', keys, '--artifact', 'no-such-file.pkg'],
      [file, '--keys', 'no-such-keys.json'],
      [file, '--keys', file],
      [file, '--keys', rsa],
    ]) {
      const { code, stderr } = await run(['verify', ...args], offline);
      expect(code, args.join(' ')).toBe(3);
      expect(stderr).not.toBe('');
    }
  });
});

describe('4', () => {
  test('keys that cannot be fetched', async () => {
    const { file } = scene();
    expect((await run(['verify', file], offline)).code).toBe(4);
    const away = await fakeService(() => problem(503, 'Away.'));
    const args = ['verify', file, '--keys', `${away.url}/keys.json`];
    expect((await run(args, offline)).code).toBe(4);
    expect((await run(['verify', file, '--keys', 'http://127.0.0.1:9/k'])).code).toBe(4);
  });
});
