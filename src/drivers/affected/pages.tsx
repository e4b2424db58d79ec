/** The page on which a customer finds out whether an incident concerns a machine. It keeps nothing. */
import type { Service } from '../../db/service.ts';
import type { Pages } from '../../web/page.ts';
import { AffectedPage } from './affected-page.tsx';
import type { Affectedness } from './affectedness.ts';
import type { Evaluation } from './ask.ts';
import { productNames } from './catalogue-store.ts';
import { askedBy, handedInBy, readFilledIn, readPrinted } from './form.ts';
import { remediesFor } from './remedies.ts';

export function affectedPages(
  service: Pick<Service, 'db' | 'publicUrl' | 'publisherName'>,
  affectedness: Affectedness,
): Pick<Pages, 'affected'> {
  return {
    // Whoever comes with a token is answered as everybody is: a page may be shown to anybody.
    async affected({ query, form }) {
      const concerned = await affectedness.concerned();
      const named = await productNames(service.db, [
        ...Object.keys(concerned.questions),
        ...concerned.companions,
      ]);
      const products = named.filter(({ key }) => Object.hasOwn(concerned.questions, key));
      const names = new Map(named.map(({ key, name }) => [key, name]));
      const filledIn = form === null ? new Map<string, string>() : readFilledIn(form);
      const wanted = filledIn.get('product') ?? query.get('product');
      const product =
        products.find(({ key }) => key === wanted) ??
        (products.length === 1 ? products[0] : undefined) ??
        null;
      const asked = {
        ...{ site: service, products, names, product, filledIn, wanted },
        handedIn: handedInBy(form),
        remedies: product === null ? [] : await remediesFor(service.db, product.key),
      };
      const questions = product && concerned.questions[product.key];
      if (product === null || !questions) return { status: 200, body: <AffectedPage {...asked} /> };

      const version = filledIn.get('version');
      if (form === null || version === undefined) {
        const fault = form === null ? undefined : 'Say which version the machine runs.';
        const page = <AffectedPage {...asked} questions={questions} fault={fault} />;
        return { status: fault === undefined ? 200 : 400, body: page };
      }
      const said = askedBy({ product: product.key, version }, filledIn, questions);
      const printed = await readPrinted(form, filledIn);
      const answered = await affectedness.answer({ kind: 'anyone' }, said, printed);
      if (answered.kind !== 'answered') {
        const busy = 'Many machines are being answered just now. Ask again in some seconds.';
        const fault = answered.kind === 'busy' ? busy : answered.why;
        const page = <AffectedPage {...asked} questions={questions} fault={fault} />;
        return { status: answered.kind === 'busy' ? 429 : 400, body: page };
      }
      const evaluation: Evaluation = JSON.parse(new TextDecoder().decode(answered.json));
      const page = <AffectedPage {...asked} questions={questions} evaluation={evaluation} />;
      return { status: 200, body: page };
    },
  };
}
