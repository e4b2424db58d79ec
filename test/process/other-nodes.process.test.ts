/** The built service and its command line on the Nodes that come after the one that we develop with. */
import { describe } from 'vitest';
import { describeStory, fromLibrary } from '../support/story.ts';
import { missingNodes, otherNodes } from './other-nodes.ts';

const missing = await missingNodes();

// Where tests decide what lands, nothing is left out in silence.
if (missing.length > 0 && process.env.CI) {
  throw new Error(`npm did not bring ${missing.map(({ node }) => node).join(' and ')}.`);
}

for (const other of otherNodes) {
  const leftOut = missing.includes(other);
  const name = `Node ${other.version}${leftOut ? ', which npm could not bring here' : ''}`;
  describe.skipIf(leftOut)(name, () => describeStory(fromLibrary, other.node));
}
