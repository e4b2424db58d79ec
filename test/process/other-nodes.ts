/** The Nodes that come after the one that we develop with, as test/other-nodes/package.json names them. */
import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export interface OtherNode {
  /** In full, as `22.23.3`. */
  version: string;
  /** Where its program is, once npm has brought it. */
  node: string;
}

const folder = fileURLToPath(new URL('../other-nodes/', import.meta.url));

export const otherNodes: readonly OtherNode[] = Object.entries(
  JSON.parse(readFileSync(`${folder}package.json`, 'utf8')).optionalDependencies,
).map(([name, source]) => ({
  version: String(source).split('@')[1] as string,
  node: `${folder}node_modules/${name}/bin/node`,
}));

/** Lets npm bring those that are not there yet. Gives those that are missing afterwards. */
export async function missingNodes(): Promise<OtherNode[]> {
  if (otherNodes.every(isThere)) return [];
  const patience = ['--fetch-retries=1', '--fetch-timeout=60000'];
  // What npm says of a failure is no more than that it failed; what is there afterwards tells.
  await promisify(execFile)('npm', ['ci', '--no-audit', '--no-fund', ...patience], {
    cwd: folder,
  }).catch(() => {});
  return otherNodes.filter((one) => !isThere(one));
}

function isThere({ node, version }: OtherNode): boolean {
  try {
    return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim() === `v${version}`;
  } catch {
    return false;
  }
}
