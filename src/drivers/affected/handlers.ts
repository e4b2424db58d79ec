/** "Does this concern me?" over HTTP. What is handed in is answered and forgotten. */
import { WrittenJson } from '../../contract/answer.ts';
import type { Caller } from '../../contract/caller.ts';
import type { Handlers } from '../../contract/handlers.ts';
import { isUnchanged, notModified } from '../../contract/if-match.ts';
import { problem, unprocessable } from '../../contract/problems.ts';
import { productsOf, readsUnpublished } from '../../contract/product-scope.ts';
import { machineFaults } from '../machine-faults.ts';
import type { Affectedness } from './affectedness.ts';
import type { View } from './catalogue-store.ts';

export function affectedHandlers({
  answer,
  handOut,
}: Affectedness): Pick<Handlers, 'evaluateAffected' | 'getAffectedCatalogue'> {
  return {
    async evaluateAffected({ caller, body }) {
      const faults = machineFaults(body);
      if (faults.length > 0) return unprocessable(faults);
      const answered = await answer(viewOf(caller), body);
      if (answered.kind === 'busy') return tooManyWait();
      if (answered.kind === 'too_large') {
        return unprocessable([{ pointer: '/inventory', detail: answered.why }]);
      }
      return { status: 200, body: new WrittenJson(answered.json) };
    },

    // Whoever comes with a token is given what everybody is: it is a file that is handed on.
    async getAffectedCatalogue({ headers }) {
      const { json, etag } = await handOut();
      if (isUnchanged(headers['If-None-Match'], etag)) return notModified(etag);
      return { status: 200, headers: { ETag: etag }, body: new WrittenJson(json) };
    },
  };
}

function tooManyWait() {
  const refusal = problem(
    'too-many-requests',
    'As many machines are waiting for an answer as this instance holds. Ask again in some seconds.',
  );
  return { ...refusal, headers: { 'Retry-After': 5 } };
}

/** Who does not read unpublished records, a pipeline for one, is answered as everybody is. */
function viewOf(caller: Caller): View {
  return readsUnpublished(caller)
    ? { kind: 'token', products: productsOf(caller) }
    : { kind: 'anyone' };
}
