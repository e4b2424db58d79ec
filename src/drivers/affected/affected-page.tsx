/** "Does this concern me?": the question on one page with its answer. */
import { Layout } from '../../web/layout.tsx';
import { links } from '../../web/links.ts';
import type { Site } from '../../web/site.ts';
import { listCommands } from '../matching/index.ts';
import { AffectedAnswer } from './answer.tsx';
import type { Evaluation } from './ask.ts';
import type { FilledIn } from './form.ts';
import { MachineQuestions } from './machine-questions.tsx';
import type { Questions } from './questions.ts';

export interface NamedProduct {
  key: string;
  name: string;
}

interface AffectedPageProps {
  site: Site;
  /** Those that published incidents concern. */
  products: readonly NamedProduct[];
  /** Of our products, by key. */
  names: ReadonlyMap<string, string>;
  /** The chosen one; null before a choice. */
  product: NamedProduct | null;
  /** What the chosen product's incidents ask of a machine. */
  questions?: Questions;
  filledIn: FilledIn;
  evaluation?: Evaluation;
  /** Why there is no answer to what was sent. */
  fault?: string | undefined;
}

export function AffectedPage(props: AffectedPageProps) {
  const { site, products, names, product, questions, filledIn, evaluation, fault } = props;
  return (
    <Layout
      site={site}
      title="Does this concern me?"
      description={`Find out whether a known incident of ${site.publisherName} concerns your machine, from its version and its drivers. Nothing is stored.`}
      address={links.affected()}
      here="affected"
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
      {evaluation && product && <AffectedAnswer evaluation={evaluation} product={product} />}
      {products.length === 0 && (
        <p>No report is published yet, so there is nothing to ask about.</p>
      )}
      {products.length > 1 && <ProductChoice products={products} chosen={product} />}
      {product && questions && (
        <MachineForm product={product} names={names} questions={questions} filledIn={filledIn} />
      )}
      {product && <HowToList />}
    </Layout>
  );
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
              {name}
            </option>
          ))}
        </select>
      </div>
      <button type="submit">{chosen === null ? 'Go on' : 'Ask about this one'}</button>
    </form>
  );
}

function MachineForm({
  product,
  names,
  questions,
  filledIn,
}: Required<Pick<AffectedPageProps, 'names' | 'questions' | 'filledIn'>> & {
  product: NamedProduct;
}) {
  return (
    <form class="ask" action={links.affected()} method="post" enctype="multipart/form-data">
      <h2>A machine with {product.name}</h2>
      <input type="hidden" name="product" value={product.key} />
      <div class="field">
        <label for="version">Version of {product.name}</label>
        <input
          id="version"
          name="version"
          required
          maxlength={200}
          autocomplete="off"
          value={filledIn.get('version') ?? ''}
        />
      </div>
      <MachineQuestions names={names} questions={questions} filledIn={filledIn} />
      <fieldset>
        <legend>Its drivers</legend>
        <p class="quiet">
          Paste what one of the commands below prints, or choose or drop a file with it. Any
          language and encoding will do.
        </p>
        <div class="field">
          <label for="inventory">List of drivers, pasted</label>
          <textarea id="inventory" name="inventory" rows={8} spellcheck={false} autocomplete="off">
            {shownAgain(filledIn.get('inventory'))}
          </textarea>
        </div>
        <div class="field">
          <label for="file">Or a file; it goes before what is pasted</label>
          <input id="file" name="file" type="file" />
        </div>
      </fieldset>
      <button type="submit">Ask</button>
    </form>
  );
}

/** What is longer is not worth sending back; the answer says what was read. */
const shownAgainMax = 200_000;

function shownAgain(pasted: string | undefined): string {
  return pasted !== undefined && pasted.length <= shownAgainMax ? pasted : '';
}

const systems = [
  ['windows', 'Windows', 'In PowerShell, as administrator:'],
  ['linux', 'Linux', 'In a shell:'],
  ['macos', 'macOS', 'In Terminal:'],
] as const;

function HowToList() {
  return (
    <section class="how-to" aria-labelledby="how-to">
      <h2 id="how-to">How to get the list of drivers</h2>
      {systems.map(([system, name, where]) => (
        <>
          <h3>{name}</h3>
          <p>{where}</p>
          <pre class="command" tabindex={0}>
            <code>{listCommands[system]}</code>
          </pre>
        </>
      ))}
      <p class="quiet">
        Also read: driverquery, pnputil, osquery, Win32_PnPSignedDriver as list, CSV or JSON, lsmod.
      </p>
    </section>
  );
}
