/** A test report of 100,000 cases: its time against a bare streaming parse, and the memory it holds on to meanwhile. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import saxes from 'saxes';
import type { OpenDatabase } from '../src/db/connection.ts';
import { type DatabaseKind, type Figure, medianOf, medianRatio } from './figure.ts';
import { serviceOn } from './service.ts';
import { makeVendor, tokenIn } from './vendor.ts';

const goal = 1.5;
/** Memory may move by this much while the report becomes ten times as long. */
const growthMiB = 4;
const cases = 100_000;
const rounds = 5;
const casesPerChunk = 500;

export async function testReport(database: OpenDatabase, kind: DatabaseKind): Promise<Figure[]> {
  await makeVendor(database, { releases: 1, incidents: 50 });
  const app = serviceOn(database);
  const authorization = `Bearer ${await tokenIn(database)}`;
  let run = 0;
  const handIn = async (body: AsyncIterable<Uint8Array>) => {
    const response = await app.request(
      `/v1/products/bench/releases/1.1/test-reports?run=bench-${++run}`,
      {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/xml' },
        body: ReadableStream.from(body),
        duplex: 'half',
      } as RequestInit,
    );
    const answer = (await response.json()) as { cases: { total: number } };
    if (response.status !== 201) throw new Error(JSON.stringify(answer));
  };

  const timed = async (work: () => Promise<void>) => {
    const begun = performance.now();
    await work();
    return performance.now() - begun;
  };
  const chunks = [...report()];
  const times: { parse: number[]; import: number[] } = { parse: [], import: [] };
  for (let round = 0; round < rounds; round++) {
    times.parse.push(await timed(() => parseBarely(streamed(chunks))));
    times.import.push(await timed(() => handIn(streamed(chunks))));
  }
  const ratio = medianRatio(times.import, times.parse);

  const held = new Map<number, number>();
  await handIn(watched(streamed(chunks), (share) => held.set(share, heldMiB())));
  const grown = (held.get(1) ?? Number.NaN) - (held.get(0.1) ?? Number.NaN);
  return [
    {
      figure: `test report of ${cases} cases to a bare parse`,
      database: kind,
      value: medianOf(times.import),
      unit: 'ms',
      floor: medianOf(times.parse),
      ratio,
      goal: `≤ ${goal}`,
      met: ratio <= goal,
    },
    {
      figure: 'memory held at its end over that at a tenth',
      database: kind,
      value: grown,
      unit: 'MiB',
      floor: null,
      ratio: null,
      goal: `≤ ${growthMiB} MiB`,
      met: grown <= growthMiB,
    },
  ];
}

/** As a CI system writes it, with a failure for every thousandth case. */
function* report(): Generator<Uint8Array> {
  const bytes = new TextEncoder();
  yield bytes.encode(`<?xml version="1.0"?>\n<testsuites>\n`);
  for (let from = 0; from < cases; from += casesPerChunk) {
    let text = `<testsuite name="suite-${from}" tests="${casesPerChunk}">\n`;
    for (let n = from; n < from + casesPerChunk; n++) {
      const opening = `<testcase classname="com.example.drivers.Suite${n % 97}" name="case number ${n}" time="0.01"`;
      text +=
        n % 1000 === 0
          ? `${opening}><failure message="expected 20 fields">at Example.java:${n}</failure></testcase>\n`
          : `${opening}/>\n`;
    }
    yield bytes.encode(`${text}</testsuite>\n`);
  }
  yield bytes.encode('</testsuites>\n');
}

async function* streamed(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

/** What no reader of XML can do without. */
async function parseBarely(body: AsyncIterable<Uint8Array>): Promise<void> {
  const parser = new saxes.SaxesParser();
  let found = 0;
  parser.on('opentag', ({ name }) => {
    if (name === 'testcase') found++;
  });
  const decoder = new TextDecoder();
  for await (const chunk of body) parser.write(decoder.decode(chunk, { stream: true }));
  parser.close();
  if (found !== cases) throw new Error(`${found} cases`);
}

/** Tells when a tenth and when all of it has gone by. */
async function* watched(
  body: AsyncIterable<Uint8Array>,
  passed: (share: 0.1 | 1) => void,
): AsyncGenerator<Uint8Array> {
  const chunks = cases / casesPerChunk;
  let seen = 0;
  for await (const chunk of body) {
    yield chunk;
    seen++;
    if (seen === chunks / 10) passed(0.1);
    if (seen === chunks) passed(1);
  }
}

/** Live memory: what is left when the garbage is gone. */
function heldMiB(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1024 / 1024;
}
