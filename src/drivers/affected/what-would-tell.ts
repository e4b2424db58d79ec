/** What a machine could not be answered for, each thing once: what one command prints whole, and what has to be said besides. Pure. */
import { listCommands, type System } from '../matching/index.ts';
import type { Evaluation } from './ask.ts';

export type MissingFact = Evaluation['incidents'][number]['missing'][number];

export interface WhatWouldTell {
  /** What `command` prints of every driver: its list, handed in whole, has all of these. */
  byList: MissingFact[];
  command: string;
  others: MissingFact[];
}

/** What `listCommands` print of every driver. */
const printed: Readonly<Record<System, readonly string[]>> = {
  windows: ['drivers', 'fileName', 'path', 'serviceName', 'fileVersion', 'sha256', 'signer'],
  linux: ['drivers', 'moduleName', 'path', 'version', 'srcversion', 'signer'],
  macos: ['drivers', 'bundleId', 'version', 'teamId'],
};

export function whatWouldTell(evaluation: Evaluation): WhatWouldTell {
  const { incidents, drivers, inventory } = evaluation;
  const all = [...incidents, ...drivers].flatMap(({ missing }) => missing);
  const facts = [...new Map(all.map((fact) => [fact.detail, fact])).values()];
  const system = systemOf(inventory);
  // Whoever has handed in what that command prints is not sent there again.
  const isNew = !isWhole(evaluation);
  const isListed = ({ field }: MissingFact) =>
    isNew && field !== null && printed[system].includes(field);
  return {
    byList: facts.filter(isListed),
    command: listCommands[system],
    others: facts.filter((fact) => !isListed(fact)),
  };
}

function systemOf(inventory: Evaluation['inventory']): System {
  const platform = inventory?.platform;
  return platform === 'linux' || platform === 'macos' ? platform : 'windows';
}

/** Whether the list has what the command prints, so that running it again tells nothing more. */
function isWhole({ inventory, drivers }: Evaluation): boolean {
  if (inventory === null) return false;
  return systemOf(inventory) === 'windows'
    ? drivers.some(({ item }) => item.sha256 !== undefined)
    : /^(?:modinfo|kmutil|systemext)/.test(inventory.format);
}
