/** "Does this concern me?" over HTTP. What is handed in is answered and forgotten. */
import type { Caller } from '../../contract/caller.ts';
import type { Handlers } from '../../contract/handlers.ts';
import { unprocessable } from '../../contract/problems.ts';
import { productsOf } from '../../contract/product-scope.ts';
import type { Service } from '../../db/service.ts';
import { answer } from './ask.ts';
import type { View } from './catalogue-store.ts';
import type { KnownCatalogue } from './known-catalogue.ts';

export function affectedHandlers(
  { publicUrl }: Pick<Service, 'publicUrl'>,
  catalogueFor: (view: View) => Promise<KnownCatalogue>,
): Pick<Handlers, 'evaluateAffected'> {
  return {
    async evaluateAffected({ caller, body }) {
      const printed =
        body.inventory === undefined ? null : new TextEncoder().encode(body.inventory);
      const answered = answer(await catalogueFor(viewOf(caller)), body, printed, publicUrl);
      if (answered.kind === 'too_large') {
        return unprocessable([{ pointer: '/inventory', detail: answered.why }]);
      }
      return { status: 200, body: answered.evaluation };
    },
  };
}

function viewOf(caller: Caller): View {
  return caller.kind === 'token'
    ? { kind: 'token', products: productsOf(caller) }
    : { kind: 'anyone' };
}
