/** `verify`: checks the signed statement of a decision, where no service needs to be asked. */
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { TrustedKeys } from '../../attestation/key-set.ts';
import {
  readVerificationResult,
  type StatedResult,
} from '../../attestation/read-verification-result.ts';
import { mayShipTo } from '../../attestation/verification-result.ts';
import { verifyEnvelope } from '../../attestation/verify-envelope.ts';
import { readJson } from '../../contract/json-text.ts';
import { ask } from '../answer.ts';
import { asking, collect, type Declaring, declareAsking } from '../command.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { sha256Of } from '../file-hash.ts';
import { printable } from '../output/printable.ts';
import { unreadable } from '../read-document.ts';
import type { Session } from '../session.ts';
import { keysAt, keysIn } from '../trusted-keys.ts';

interface VerifyOptions {
  keys?: string;
  artifact?: string[];
  ring?: string;
}

const keySet = '/.well-known/jwks.json';

export function addVerifyCommand(program: Command, declaring: Declaring): void {
  declareAsking(program, 'verify <file>', {
    does: 'check the signed statement of a decision',
    examples: [
      'holdfast verify release.intoto.json --keys jwks.json --ring general --artifact content.pkg',
      `holdfast verify release.intoto.json --keys https://incidents.example.com${keySet}`,
    ],
  })
    .option(
      '--keys <file or url>',
      'the public keys to trust; a file needs no network (else those of the service)',
    )
    .option(
      '--artifact <file>',
      'a file that it must be about; may be given several times',
      collect,
    )
    .option('--ring <ring>', 'the ring that it must let into')
    .addHelpText(
      'after',
      `
Exit codes:
  0  valid
  1  not valid: altered, not by a trusted key, or not about this file or ring
  3  asked wrongly: a file that can't be read, or that holds no keys
  4  the keys can't be fetched`,
    )
    .action(asking(declaring, verify));
}

async function verify(session: Session, file: string, options: VerifyOptions): Promise<ExitCode> {
  const { keys: place, artifact: artifacts = [], ring } = options;
  const envelope = await readBytes(file);
  const hashes = new Map<string, string>();
  for (const path of artifacts) hashes.set(path, await hashOf(path));
  const keys = place === undefined ? await keysOfService(session) : await keysAt(place);
  if (typeof keys === 'number') return keys;
  const checked = check(envelope, keys, { hashes, ring });
  session.pass({ text: JSON.stringify(checked) });
  return checked.valid
    ? describeValid(session, checked, hashes)
    : describeInvalid(session, checked);
}

type Checked =
  | { valid: true; keyid: string; result: StatedResult }
  /** A sentence. */
  | { valid: false; why: string };

function check(
  bytes: Uint8Array,
  keys: TrustedKeys,
  { hashes, ring }: { hashes: ReadonlyMap<string, string>; ring: string | undefined },
): Checked {
  const verification = verifyEnvelope(jsonIn(bytes), keys);
  if (verification.kind === 'invalid') return { valid: false, why: verification.why };
  const result = readVerificationResult(verification.payload);
  if (!result) {
    return { valid: false, why: 'It is signed, but is no statement that a release may ship.' };
  }
  for (const [path, sha256] of hashes) {
    if (!result.subjects.some((subject) => subject.sha256 === sha256)) {
      return { valid: false, why: `It is not about ${path}, whose SHA-256 is ${sha256}.` };
    }
  }
  if (ring !== undefined && !result.properties.includes(mayShipTo(ring))) {
    const said = result.properties.join(', ') || 'nothing';
    return { valid: false, why: `It does not let into ring ${ring}. It says ${said}.` };
  }
  return { valid: true, keyid: verification.keyid, result };
}

/** Null for what is no JSON: a damaged envelope is no more than not valid. */
function jsonIn(bytes: Uint8Array): unknown {
  try {
    const reading = readJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return reading.kind === 'value' ? reading.value : null;
  } catch {
    return null;
  }
}

function describeValid(
  session: Session,
  { keyid, result }: Extract<Checked, { valid: true }>,
  hashes: ReadonlyMap<string, string>,
): ExitCode {
  const { decision, verifier, timeCreated, subjects, properties } = printable(result);
  const about = decision
    ? `${decision.product} ${decision.version} may ship to ring ${decision.ring} (${decision.verdict})`
    : properties.join(', ');
  session.print(session.colours('good', `Valid: ${about}, as of ${timeCreated}.`));
  session.print(`Said by ${verifier}, signed by the key ${keyid}.`);
  if (decision) session.print(`Decision: ${decision.uri}`);
  session.print('');
  session.printTable({
    head: ['sha-256', 'artifact', 'compared with'],
    rows: subjects.map(({ sha256, name }) => [
      sha256,
      name ?? '',
      [...hashes].flatMap(([path, hash]) => (hash === sha256 ? [path] : [])).join(', '),
    ]),
  });
  if (hashes.size === 0) session.note('No file was compared with it; --artifact FILE does.');
  return exitCodes.done;
}

function describeInvalid(session: Session, { why }: { why: string }): ExitCode {
  session.print(session.colours('bad', `Not valid: ${printable(why)}`));
  return exitCodes.notValid;
}

async function keysOfService(session: Session): Promise<TrustedKeys | ExitCode> {
  const answer = await ask(session.client.GET(keySet));
  return answer.kind === 'refused' ? session.refuse(answer) : keysIn(keySet, answer.data);
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function hashOf(path: string): Promise<string> {
  try {
    return await sha256Of(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}
