/** Decisions that last, over HTTP: recorded, read, decided again, and signed for whoever asks elsewhere. */
import type { SigningKey } from '../../attestation/ed25519-key.ts';
import { badCursor, readCursor } from '../../contract/cursor.ts';
import type { Handlers } from '../../contract/handlers.ts';
import { pageOf } from '../../contract/page.ts';
import { problem } from '../../contract/problems.ts';
import { productsOf } from '../../contract/product-scope.ts';
import type { Service } from '../../db/service.ts';
import { findRelease } from '../find-release.ts';
import { reportUrls } from '../report-url.ts';
import { readerOf } from '../show-decision.ts';
import { recordDecision } from './record-decision.ts';
import { mayReadFacts, showRecorded } from './recorded-decision.ts';
import { publishedKeys } from './signing-keys.ts';
import { findDecision, listDecisionRows } from './store.ts';

type DecisionHandlers = Pick<
  Handlers,
  'recordDecision' | 'getDecision' | 'getDecisionFacts' | 'listDecisions' | 'getSigningKeys'
>;

/** `signingKey` is the operator's own; null for one that is kept in the database. */
export function decisionHandlers(
  service: Service,
  { signingKey }: { signingKey: SigningKey | null },
): DecisionHandlers {
  const { db, write, publicUrl } = service;
  const reportUrl = reportUrls(service);
  const recording = { publicUrl, reportUrl, signingKey };

  return {
    async recordDecision(request) {
      return write(request, 'recordDecision', (change) =>
        recordDecision(change, request, recording),
      );
    },

    async getDecision({ path, caller }) {
      const stored = await findDecision(db, path.decision, productsOf(caller));
      if (!stored) return decisionNotFound(path.decision);
      return { status: 200, body: showRecorded(stored, caller, reportUrl) };
    },

    async getDecisionFacts({ path, caller }) {
      const stored = await findDecision(db, path.decision, productsOf(caller));
      if (!stored) return decisionNotFound(path.decision);
      const { facts, asOf } = stored;
      if (!mayReadFacts(facts, readerOf(caller))) {
        return problem(
          'forbidden',
          'The facts hold words of incidents that this token may not read. Ask with a token that is not bound to products.',
        );
      }
      return { status: 200, body: { asOf, facts: { ...facts } } };
    },

    async listDecisions({ path, query, caller }) {
      const found = await findRelease(db, caller, path);
      if (found.kind === 'problem') return found.answer;
      const start = readCursor(query.cursor, ['integer']);
      if (start.kind === 'bad') return badCursor();
      const after = start.kind === 'after' ? start.position[0] : null;
      const { limit } = query;
      const rows = await listDecisionRows(db, found.release.id, { after, limit: limit + 1 });
      const show = ({ id, ...row }: (typeof rows)[number]) => ({ id: String(id), ...row });
      return { status: 200, body: pageOf(rows, limit, show, ({ id }) => [id]) };
    },

    async getSigningKeys() {
      return { status: 200, body: { keys: await publishedKeys(db) } };
    },
  };
}

function decisionNotFound(id: string) {
  return problem(
    'not-found',
    `There is no recorded decision ${id}. List those of a release to find its id.`,
  );
}
