/** "Does this concern me?": the question on one page with its answer. */
import { Layout } from '../../web/layout.tsx';
import { links } from '../../web/links.ts';
import { affectedScript } from '../../web/scripts.ts';
import type { Site } from '../../web/site.ts';
import { type System, systemOf } from '../matching/commands.ts';
import { AffectedAnswer } from './answer.tsx';
import type { Evaluation } from './ask.ts';
import type { NamedProduct } from './catalogue-store.ts';
import type { FilledIn, HandedIn } from './form.ts';
import { ListCommands } from './list-commands.tsx';
import { MachineForm } from './machine-form.tsx';
import { ManyMachines } from './many-machines.tsx';
import type { Questions } from './questions.ts';
import type { Remedy } from './remedies.ts';

interface AffectedPageProps {
  site: Site;
  /** Those that published incidents concern. */
  products: readonly NamedProduct[];
  /** Of our products, by key. */
  names: ReadonlyMap<string, string>;
  /** The chosen one; null before a choice. */
  product: NamedProduct | null;
  /** The key that was asked for, whether or not there is such a product. */
  wanted: string | null | undefined;
  /** What the chosen product's incidents ask of a machine. */
  questions?: Questions;
  filledIn: FilledIn;
  handedIn: HandedIn;
  /** Of the chosen product's incidents. */
  remedies: readonly Remedy[];
  evaluation?: Evaluation;
  /** Why there is no answer to what was sent. */
  fault?: string | undefined;
}

export function AffectedPage(props: AffectedPageProps) {
  const { site, products, names, product, wanted, questions, filledIn, handedIn } = props;
  const { remedies, evaluation } = props;
  const fault = props.fault ?? (product === null && wanted ? unknown(wanted) : undefined);
  return (
    <Layout
      site={site}
      title="Does this concern me?"
      description={`Find out whether a known incident of ${site.publisherName} concerns your machine, from its version and its drivers. Nothing is stored.`}
      address={links.affected()}
      here="affected"
      script={affectedScript}
    >
      <div class="hero">
        <h1>Does this concern me?</h1>
        <p class="lead">
          Hold a machine against every published incident. What you hand in is answered and
          forgotten: it is kept in no database and in no log.
        </p>
      </div>
      {fault !== undefined && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      {evaluation && product && (
        <AffectedAnswer
          evaluation={evaluation}
          product={product}
          version={filledIn.get('version') ?? ''}
          handedIn={handedIn}
          remedies={remedies}
        />
      )}
      {products.length === 0 && (
        <p>No report is published yet, so there is nothing to ask about.</p>
      )}
      {products.length > 1 && <ProductChoice products={products} chosen={product} />}
      {product && questions && (
        <>
          <ListCommands open={systemsOf(product)} />
          <MachineForm
            product={product}
            names={names}
            questions={questions}
            filledIn={filledIn}
            handedIn={handedIn}
          />
          <ManyMachines site={site} product={product.key} />
        </>
      )}
    </Layout>
  );
}

function unknown(wanted: string): string {
  return `No published report concerns a product with the key ${wanted}. Choose one of those that are there.`;
}

/** Every system where the product does not say on which it runs. */
function systemsOf({ platforms }: NamedProduct): ReadonlySet<System> {
  const known = platforms.map(systemOf).filter((system) => system !== null);
  return new Set(known.length > 0 ? known : ['windows', 'linux', 'macos']);
}

function ProductChoice({
  products,
  chosen,
}: {
  products: readonly NamedProduct[];
  chosen: NamedProduct | null;
}) {
  return (
    <form class="filter ask-product" action={links.affected()} method="get">
      <div class="field">
        <label for="product">Product</label>
        <select id="product" name="product">
          {products.map(({ key, name }) => (
            <option value={key} selected={key === chosen?.key}>
              {name} ({key})
            </option>
          ))}
        </select>
      </div>
      <button type="submit" class={chosen === null ? undefined : 'secondary'}>
        {chosen === null ? 'Go on' : 'Change the product'}
      </button>
    </form>
  );
}
