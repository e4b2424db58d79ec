/** "Does this concern me?" over HTTP. What is handed in is answered and forgotten. */
import type { Caller } from '../../contract/caller.ts';
import type { Handlers } from '../../contract/handlers.ts';
import { etagOfText, isUnchanged, notModified } from '../../contract/if-match.ts';
import { unprocessable } from '../../contract/problems.ts';
import { productsOf, readsUnpublished } from '../../contract/product-scope.ts';
import type { Service } from '../../db/service.ts';
import { answer } from './ask.ts';
import type { View } from './catalogue-store.ts';
import type { KnownCatalogue } from './known-catalogue.ts';
import { type PublicCatalogue, publicCatalogueOf } from './public-catalogue.ts';

export function affectedHandlers(
  { publicUrl }: Pick<Service, 'publicUrl'>,
  catalogueFor: (view: View) => Promise<KnownCatalogue>,
): Pick<Handlers, 'evaluateAffected' | 'getAffectedCatalogue'> {
  const handedOut = new WeakMap<KnownCatalogue, { body: PublicCatalogue; tag: string }>();
  const handOut = (known: KnownCatalogue) => {
    const made = handedOut.get(known);
    if (made) return made;
    const body = publicCatalogueOf(known.catalogue, publicUrl);
    const whole = { body, tag: etagOfText(JSON.stringify(body)) };
    handedOut.set(known, whole);
    return whole;
  };
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

    // Whoever comes with a token is given what everybody is: it is a file that is handed on.
    async getAffectedCatalogue({ headers }) {
      const { body, tag } = handOut(await catalogueFor({ kind: 'anyone' }));
      if (isUnchanged(headers['If-None-Match'], tag)) return notModified(tag);
      return { status: 200, headers: { ETag: tag }, body };
    },
  };
}

/** Who does not read unpublished records, a pipeline for one, is answered as everybody is. */
function viewOf(caller: Caller): View {
  return readsUnpublished(caller)
    ? { kind: 'token', products: productsOf(caller) }
    : { kind: 'anyone' };
}
