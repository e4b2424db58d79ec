/** A published report, read by many, against the floor that makes one query. */
import { readFile } from 'node:fs/promises';
import type { Hono } from 'hono';
import { hashOf, newSecret } from '../src/access/secret.ts';
import { insertToken } from '../src/access/store.ts';
import type { Role } from '../src/contract/caller.ts';
import type { OpenDatabase } from '../src/db/connection.ts';
import { type DatabaseKind, type Figure, medianOf, medianRatio } from './figure.ts';
import { listenFloors } from './floors.ts';
import { listen, measuredInTurn } from './load.ts';
import { serviceOn } from './service.ts';

const goal = 0.9;
const story = new URL('../library/channel-file-291/', import.meta.url);

export async function publicReport(
  database: OpenDatabase,
  kind: DatabaseKind,
  seconds: number,
): Promise<Figure[]> {
  const app = serviceOn(database);
  const path = `/v1/reports/${await publish(app, database)}`;
  const answer = await app.request(path);
  const bytes = await answer.text();
  const tag = answer.headers.get('etag') ?? '';
  const service = await listen(app);
  const floors = await listenFloors(database, bytes);
  const url = service.url;
  const measured = await measuredInTurn(
    {
      query: { url: floors.url, paths: [floors.query] },
      whole: { url, paths: [path] },
      unchanged: { url, paths: [path], headers: { 'if-none-match': tag }, status: 304 },
    },
    seconds,
  );
  await service.close();
  await floors.close();
  return (['whole', 'unchanged'] as const).map((name) => {
    const ratio = medianRatio(measured[name].perSecond, measured.query.perSecond);
    return {
      figure: name === 'whole' ? 'public report' : 'public report, 304',
      database: kind,
      value: medianOf(measured[name].perSecond),
      unit: 'answers/s',
      floor: medianOf(measured.query.perSecond),
      ratio,
      goal: `≥ ${goal}`,
      met: ratio >= goal,
    };
  });
}

/** Takes the library's incident to its report. Answers its key. */
async function publish(app: Hono, { db }: OpenDatabase): Promise<string> {
  const secrets = { engineer: newSecret(), approver: newSecret() };
  for (const [role, secret] of Object.entries(secrets)) {
    await insertToken(db, {
      name: role,
      role: role as Role,
      products: null,
      expiresAt: null,
      secretHash: hashOf(secret),
      createdBy: 'bench',
    });
  }
  let tag = '*';
  const send = async (who: keyof typeof secrets, method: string, path: string, body: string) => {
    const headers = {
      authorization: `Bearer ${secrets[who]}`,
      'content-type': 'application/json',
      ...(path.endsWith('/transitions') && { 'if-match': tag }),
    };
    const response = await app.request(path, { method, headers, body });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    tag = response.headers.get('etag') ?? '*';
    return (await response.json()) as { key: string };
  };
  const file = (name: string) => readFile(new URL(name, story), 'utf8');
  for (const [key, name] of [
    ['falcon-content-windows', 'product.json'],
    ['falcon-sensor-windows', 'sensor-product.json'],
  ]) {
    await send('engineer', 'PUT', `/v1/products/${key}`, await file(`${name}`));
  }
  for (const key of ['non-wildcard-field-match', 'template-field-count', 'windows-boot-loop']) {
    await send('engineer', 'PUT', `/v1/checks/${key}`, await file(`checks/${key}.json`));
  }
  const { key } = await send('engineer', 'POST', '/v1/incidents', await file('incident.json'));
  const moves = [
    ['engineer', 'in_review'],
    ['approver', 'approved'],
    ['engineer', 'published'],
  ] as const;
  for (const [who, to] of moves) {
    await send(who, 'POST', `/v1/incidents/${key}/transitions`, JSON.stringify({ to }));
  }
  return key;
}
