/** Fails a whole run of the tests that left a part of the contract unseen. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reporter, Vitest } from 'vitest/node';
import { parse } from 'yaml';
import type { OpenApiDocument } from '../../src/contract/document.ts';
import { operationsOf } from '../../src/contract/operations.ts';
import { coverageFolderVariable, gapsIn } from './contract-gaps.ts';

/** For `reporters` in vitest.config.ts. Says nothing where only some tests were asked for, or some failed. */
export function contractCoverage(): Reporter {
  let vitest: Vitest | null = null;
  let folder = '';
  return {
    onInit(started) {
      vitest = started;
      folder = mkdtempSync(join(tmpdir(), 'holdfast-contract-'));
      process.env[coverageFolderVariable] = folder;
    },
    async onTestRunEnd(modules, _errors, reason) {
      const seen = linesIn(folder);
      rmSync(folder, { recursive: true, force: true });
      if (!vitest || reason !== 'passed' || !(await isWhole(vitest, modules.length))) return;
      const gaps = gapsIn(operations(), seen, exceptions());
      if (gaps.length === 0) return;
      console.error(`\nThe tests leave parts of the contract unseen:\n  ${gaps.join('\n  ')}\n`);
      process.exitCode = 1;
    },
  };
}

async function isWhole(vitest: Vitest, modulesRun: number): Promise<boolean> {
  const { project, testNamePattern, shard } = vitest.config;
  if (project.length > 0 || testNamePattern || shard) return false;
  return modulesRun === (await vitest.globTestSpecifications()).length;
}

function linesIn(folder: string): Set<string> {
  const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  return new Set(texts.flatMap((text) => text.split('\n')).filter((line) => line !== ''));
}

function operations() {
  return operationsOf(parse(beside('../../openapi.yaml')) as OpenApiDocument);
}

function exceptions(): Record<string, string> {
  return JSON.parse(beside('contract-coverage-exceptions.json'));
}

function beside(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8');
}
