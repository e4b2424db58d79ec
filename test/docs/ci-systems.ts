/** Reads a guide as its CI system would read the file in it: which commands run, in which shell, with what around them. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface Step {
  /** As written in the guide. */
  script: string;
  /** The program and its arguments before the script's file. */
  shell: readonly string[];
  env: Readonly<Record<string, string>>;
  /** Runs although a step before it failed. */
  always: boolean;
}

/** What a build is about, and where the systems around it are. */
export interface Build {
  number: number;
  event: 'push' | 'change';
  holdfastUrl: string;
  token: string;
  /** The CI system's own API. */
  apiUrl: string;
}

export type CiSystem = (guide: string, build: Build) => Step[];

export function guide(name: string): string {
  return readFileSync(new URL(`../../docs/ci/${name}.md`, import.meta.url), 'utf8');
}

/** The blocks of a guide in one language. */
export function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, block = '']) => block,
  );
}

/** Of `table`, where a guide may use nothing that is not in it. */
function known(table: Readonly<Record<string, string>>, name: string): string {
  const value = table[name.trim()];
  if (value === undefined) throw new Error(`The test does not know ${name}.`);
  return value;
}

type Named = Record<string, string | number>;

function expandAll(named: Named | undefined, expand: (text: string) => string) {
  return Object.fromEntries(
    Object.entries(named ?? {}).map(([name, value]) => [name, expand(String(value))]),
  );
}

// https://docs.github.com/actions/reference/workflow-syntax-for-github-actions#jobsjob_idstepsshell
export const gitHubActions: CiSystem = (text, build) => {
  interface Workflow {
    env: Named;
    jobs: { gate: { steps: { run?: string; env?: Named; if?: string }[] } };
  }
  const workflow = parse(blocks(text, 'yaml')[0] ?? '') as Workflow;
  const expand = (value: string) =>
    value.replace(/\$\{\{(.+?)\}\}/g, (_, expression: string) =>
      known(
        {
          'vars.HOLDFAST_URL': build.holdfastUrl,
          'secrets.HOLDFAST_TOKEN': build.token,
          'github.run_number': String(build.number),
          'github.token': 'token-of-the-job',
          'github.event.number': '17',
        },
        expression,
      ),
    );
  const runs = (condition = 'success()') =>
    known(
      {
        'success()': 'yes',
        "github.event_name == 'push'": build.event === 'push' ? 'yes' : 'no',
        "always() && github.event_name == 'pull_request'": build.event === 'push' ? 'no' : 'yes',
      },
      condition,
    ) === 'yes';
  const around = {
    GITHUB_RUN_ID: `99${build.number}`,
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_STEP_SUMMARY: 'step-summary.md',
    GITHUB_API_URL: build.apiUrl,
    GITHUB_REPOSITORY: 'acme/sensor',
    ...expandAll(workflow.env, expand),
  };
  return workflow.jobs.gate.steps.flatMap(({ run, env, if: condition }) =>
    run === undefined || !runs(condition)
      ? []
      : [
          {
            script: run,
            shell: ['bash', '-e'],
            env: { ...around, ...expandAll(env, expand) },
            always: condition?.includes('always()') === true,
          },
        ],
  );
};

// https://docs.gitlab.com/runner/shells/: each line of `script`, ending at the first that fails.
export const gitLabCi: CiSystem = (text, build) => {
  interface Job {
    stage: string;
    script: string[];
    rules?: { if: string; when?: string }[];
  }
  const {
    stages,
    variables,
    default: _,
    ...jobs
  } = parse(blocks(text, 'yaml')[0] ?? '') as {
    stages: string[];
    variables: Named;
    default: unknown;
  } & Record<string, Job>;
  const around: Record<string, string> = {
    CI_PIPELINE_IID: String(build.number),
    CI_JOB_ID: `77${build.number}`,
    CI_API_V4_URL: build.apiUrl,
    CI_PROJECT_ID: '5',
    CI_MERGE_REQUEST_IID: '17',
    GITLAB_TOKEN: 'token-of-the-project',
    HOLDFAST_URL: build.holdfastUrl,
    HOLDFAST_TOKEN: build.token,
  };
  const env = {
    ...around,
    ...expandAll(variables, (value) =>
      value.replace(/\$(\w+)/g, (__, name: string) => known(around, name)),
    ),
  };
  const holds = (rule: string) =>
    known(
      {
        '$CI_PIPELINE_SOURCE == "merge_request_event"': build.event === 'push' ? 'no' : 'yes',
        '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH': build.event === 'push' ? 'yes' : 'no',
      },
      rule,
    ) === 'yes';
  return Object.values<Job>(jobs)
    .filter(({ rules }) => rules?.some((rule) => holds(rule.if)) ?? true)
    .sort((a, b) => stages.indexOf(a.stage) - stages.indexOf(b.stage))
    .map(({ script, rules }) => ({
      script: script.join('\n'),
      shell: ['bash', '-eo', 'pipefail'],
      env,
      always: rules?.some(({ when }) => when === 'always') === true,
    }));
};

// https://www.jenkins.io/doc/pipeline/steps/workflow-durable-task-step/#sh-shell-script
export const jenkins: CiSystem = (text, build) => {
  const [file = ''] = blocks(text, 'groovy');
  const around: Record<string, string> = {
    BUILD_NUMBER: String(build.number),
    BUILD_TAG: `jenkins-sensor-${build.number}`,
  };
  const env = { ...around };
  const [, lines = ''] = /environment \{\n([\s\S]*?)\n {2}\}/.exec(file) ?? [];
  for (const [, name = '', value = ''] of lines.matchAll(/^\s*(\w+) = (.+)$/gm)) {
    env[name] = value.startsWith('credentials(')
      ? known({ "credentials('holdfast-token')": build.token }, value)
      : value
          .slice(1, -1)
          .replace(/\$\{env\.(\w+)\}/g, (_, variable: string) => known(around, variable));
  }
  // The one line that a reader changes.
  env.HOLDFAST_URL = known(
    { 'https://incidents.example.com': build.holdfastUrl },
    env.HOLDFAST_URL ?? '',
  );
  return [...file.matchAll(/sh '''\n([\s\S]*?)'''/g)].map(([, script = '']) => ({
    script,
    shell: ['sh', '-xe'],
    env,
    always: false,
  }));
};

// https://learn.microsoft.com/azure/devops/pipelines/process/variables: secrets are no environment by themselves.
export const azurePipelines: CiSystem = (text, build) => {
  interface Pipeline {
    variables: Named;
    steps: { bash?: string; env?: Named; condition?: string }[];
  }
  const { variables, steps } = parse(blocks(text, 'yaml')[0] ?? '') as Pipeline;
  const expand = (value: string) =>
    value.replace(/\$\(([\w.]+)\)/g, (_, name: string) =>
      known({ 'Build.BuildId': String(build.number), HOLDFAST_TOKEN: build.token }, name),
    );
  const around = {
    BUILD_BUILDID: String(build.number),
    SYSTEM_JOBATTEMPT: '1',
    HOLDFAST_URL: build.holdfastUrl,
    ...expandAll(variables, expand),
  };
  const runs = (condition = 'succeeded()') =>
    known(
      {
        'succeeded()': 'yes',
        "and(succeeded(), eq(variables['Build.SourceBranch'], 'refs/heads/main'))":
          build.event === 'push' ? 'yes' : 'no',
      },
      condition,
    ) === 'yes';
  return steps.flatMap(({ bash, env, condition }) =>
    bash === undefined || !runs(condition)
      ? []
      : [
          {
            script: bash,
            shell: ['bash', '--noprofile', '--norc'],
            env: { ...around, ...expandAll(env, expand) },
            always: false,
          },
        ],
  );
};

/** Any system with a shell. Its last block ships, which pushes alone do. */
export const anyShell: CiSystem = (text, build) =>
  blocks(text, 'sh').map((script) => ({
    script,
    shell: ['sh'],
    env: {
      BUILD: String(build.number),
      HOLDFAST_URL: build.holdfastUrl,
      HOLDFAST_TOKEN: build.token,
    },
    always: false,
  }));
