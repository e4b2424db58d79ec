/** The page on which a customer finds out whether an incident concerns a machine. It keeps nothing. */
import type { Service } from '../../db/service.ts';
import type { Pages } from '../../web/page.ts';
import { AffectedPage } from './affected-page.tsx';
import { answer } from './ask.ts';
import { productNames, type View } from './catalogue-store.ts';
import { askedBy, readFilledIn, readPrinted } from './form.ts';
import type { KnownCatalogue } from './known-catalogue.ts';
import { questionsOf } from './questions.ts';

export function affectedPages(
  service: Pick<Service, 'db' | 'publicUrl' | 'publisherName'>,
  catalogueFor: (view: View) => Promise<KnownCatalogue>,
): Pick<Pages, 'affected'> {
  return {
    // Whoever comes with a token is answered as everybody is: a page may be shown to anybody.
    async affected({ query, form }) {
      const known = await catalogueFor({ kind: 'anyone' });
      const concerns = known.catalogue.incidents.flatMap(({ affected }) => affected);
      const concerned = new Set(concerns.map(({ product }) => product));
      const beside = concerns.flatMap(({ conditions }) => conditions?.companions ?? []);
      const named = await productNames(service.db, [
        ...concerned,
        ...beside.map(({ product }) => product),
      ]);
      const products = named.filter(({ key }) => concerned.has(key));
      const names = new Map(named.map(({ key, name }) => [key, name]));
      const filledIn = form === null ? new Map<string, string>() : readFilledIn(form);
      const wanted = filledIn.get('product') ?? query.get('product');
      const product =
        products.find(({ key }) => key === wanted) ??
        (products.length === 1 ? products[0] : undefined) ??
        null;
      const asked = { site: service, products, names, product, filledIn };
      if (product === null) return { status: 200, body: <AffectedPage {...asked} /> };

      const questions = questionsOf(known.catalogue, product.key);
      const version = filledIn.get('version');
      if (form === null || version === undefined) {
        const fault = form === null ? undefined : 'Say which version the machine runs.';
        const page = <AffectedPage {...asked} questions={questions} fault={fault} />;
        return { status: fault === undefined ? 200 : 400, body: page };
      }
      const said = askedBy({ product: product.key, version }, filledIn, questions);
      const answered = answer(known, said, await readPrinted(form, filledIn), service.publicUrl);
      if (answered.kind === 'too_large') {
        const page = <AffectedPage {...asked} questions={questions} fault={answered.why} />;
        return { status: 400, body: page };
      }
      const { evaluation } = answered;
      const page = <AffectedPage {...asked} questions={questions} evaluation={evaluation} />;
      return { status: 200, body: page };
    },
  };
}
