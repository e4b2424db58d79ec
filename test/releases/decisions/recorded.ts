/** A release with an artifact, and decisions about it recorded over HTTP. */
import { expectCreated, gateScene, release, type Scene, submit } from '../../support/gate-scene.ts';
import type { Client } from '../../support/service.ts';

export const decisions = `${release}/decisions`;

export const artifact = { name: 'content.pkg', sha256: 'a1'.repeat(32) };

/** A scene whose release passes for every ring. */
export async function passingScene(artifacts: object[] = [artifact]): Promise<Scene> {
  const scene = await gateScene({ kind: 'content', artifacts });
  await submit(scene.engineer, 'passed');
  return scene;
}

/** What was answered to a decision recorded for this ring. */
export async function record(client: Client, ring = 'general') {
  const { body } = await expectCreated(client.post(decisions, { ring }));
  return body;
}

/** The statement in an envelope. */
export function statementIn({ payload }: { payload: string }) {
  return JSON.parse(Buffer.from(payload, 'base64').toString());
}
