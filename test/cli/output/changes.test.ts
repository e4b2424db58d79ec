import { expect, test } from 'vitest';
import { describeChanges } from '../../../src/cli/output/changes.ts';
import { colours } from '../../../src/cli/output/colour.ts';

test('a change is read like a diff: where, what was there, what comes instead', () => {
  const changes = [
    { pointer: '/title', before: 'Old', after: 'New' },
    { pointer: '/rings/1', after: 'canary' },
    { pointer: '/howToRun', before: { command: 'make' } },
  ];
  expect(describeChanges(changes, colours(false))).toBe(
    [
      '  /title',
      '  - "Old"',
      '  + "New"',
      '  /rings/1',
      '  + "canary"',
      '  /howToRun',
      '  - {',
      '  -   "command": "make"',
      '  - }',
    ].join('\n'),
  );
});
