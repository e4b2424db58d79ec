/** A check with nothing said that needs not be said, for tests to add what they are about. */
import type { CheckInput } from '../../src/checks/check.ts';

export const aCheck: CheckInput = {
  title: 'Boots twice',
  purpose: 'A host starts twice after the update.',
  kind: 'automated',
  enforcement: 'required',
  appliesTo: {},
  owner: 'release-engineering',
};
