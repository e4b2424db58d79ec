/** A vendor's repository as the guides ask for it, in which their steps run. */
import { execFile } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { blocks, guide, type Step } from './ci-systems.ts';

export interface Ran {
  script: string;
  code: number;
  stdout: string;
  stderr: string;
}

export interface Repository {
  /** Runs steps as a CI system does: after one that failed, only those that always run. */
  run(steps: readonly Step[]): Promise<Ran[]>;
  /** Null where there is no such file. */
  read(name: string): string | null;
  /** What was asked of a package manager. */
  fetched(): string;
  remove(): void;
}

const program = fileURLToPath(new URL('../../dist/holdfast.mjs', import.meta.url));
const node = dirname(process.env.TEST_NODE ?? process.execPath);
const packageManagers = ['npm', 'npx', 'yarn', 'pnpm', 'bun', 'bunx', 'corepack'];

/** With the command line, the facts of a release, and tests that end with `outcome`. */
export function repository(outcome: 'pass' | 'fail'): Repository {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-ci-'));
  const inFolder = (name: string) => join(folder, name);
  mkdirSync(inFolder('ci'));
  mkdirSync(inFolder('path'));
  copyFileSync(program, inFolder('ci/holdfast.mjs'));
  writeFileSync(inFolder('release.json'), blocks(guide('README'), 'json')[0] ?? '');
  writeScript(inFolder('run-tests.sh'), testsThat(outcome));
  for (const name of packageManagers) {
    writeScript(inFolder(`path/${name}`), `echo ${name} "$@" >> '${inFolder('fetched')}'; exit 1`);
  }
  const around = { PATH: `${inFolder('path')}:${node}:/usr/local/bin:/usr/bin:/bin`, HOME: folder };

  function runStep({ script, shell: [command = 'sh', ...options], env }: Step): Promise<Ran> {
    writeFileSync(inFolder('step.sh'), script);
    return new Promise((resolve) => {
      const child = execFile(
        command,
        [...options, 'step.sh'],
        { cwd: folder, env: { ...around, ...env } },
        (_, stdout, stderr) => resolve({ script, code: child.exitCode ?? -1, stdout, stderr }),
      );
    });
  }

  const read = (name: string) =>
    existsSync(inFolder(name)) ? readFileSync(inFolder(name), 'utf8') : null;

  return {
    async run(steps) {
      const ran: Ran[] = [];
      for (const step of steps) {
        const failed = ran.some(({ code }) => code !== 0);
        if (!failed || step.always) ran.push(await runStep(step));
      }
      return ran;
    },
    read,
    fetched: () => read('fetched') ?? '',
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function writeScript(path: string, script: string): void {
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

function testsThat(outcome: 'pass' | 'fail'): string {
  const failure = outcome === 'fail' ? '<failure message="It stopped."/>' : '';
  return `mkdir -p reports
cat > reports/boot.xml <<'XML'
<testsuite name="boot"><testcase classname="boot" name="restart_twice">${failure}</testcase></testsuite>
XML
cat > reports/other.xml <<'XML'
<testsuite name="other"><testcase classname="other" name="anything"/></testsuite>
XML
${outcome === 'fail' ? 'exit 1' : 'exit 0'}`;
}
