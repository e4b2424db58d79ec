/** The second step: what is said of a machine. */
import { links } from '../../web/links.ts';
import type { NamedProduct } from './catalogue-store.ts';
import type { FilledIn, HandedIn } from './form.ts';
import { MachineQuestions } from './machine-questions.tsx';
import type { Questions } from './questions.ts';

interface MachineFormProps {
  product: NamedProduct;
  /** Of our products, by key. */
  names: ReadonlyMap<string, string>;
  questions: Questions;
  filledIn: FilledIn;
  handedIn: HandedIn;
}

export function MachineForm({ product, names, questions, filledIn, handedIn }: MachineFormProps) {
  return (
    <form class="ask" action={links.affected()} method="post" enctype="multipart/form-data">
      <h2>Step 2: say what the machine has</h2>
      <p>
        A machine with <b>{product.name}</b> <code class="key">{product.key}</code>.
      </p>
      <input type="hidden" name="product" value={product.key} />
      <div class="field">
        <label for="version">Version of {product.name}</label>
        <input
          id="version"
          name="version"
          required
          maxlength={200}
          autocomplete="off"
          aria-describedby="version-hint"
          value={filledIn.get('version') ?? ''}
        />
        <p class="quiet" id="version-hint">
          {formatInWords(product.versionScheme)}
          {questions.versionExample !== null && (
            <>
              , for example <code>{questions.versionExample}</code>
            </>
          )}
          . Before an update, write the version that you are about to install.
        </p>
      </div>
      <fieldset>
        <legend>Its drivers</legend>
        <div class="field">
          <label for="inventory">List of drivers, pasted</label>
          <textarea
            id="inventory"
            name="inventory"
            rows={8}
            spellcheck={false}
            autocomplete="off"
            aria-describedby="inventory-hint"
          >
            {shownAgain(filledIn.get('inventory'))}
          </textarea>
          <p class="quiet" id="inventory-hint">
            What the command of step 1 has printed, whole. Any language and encoding will do.
          </p>
        </div>
        <div class="field">
          <label for="file">Or a file with the list</label>
          <input id="file" name="file" type="file" aria-describedby="file-hint" />
          <p class="quiet" id="file-hint">
            Choose it, or drop it here. Where a file is given, only the file is read.
            {handedIn?.kind === 'file' &&
              ` ${handedIn.name} was read for the answer above; choose it again to ask again.`}
          </p>
        </div>
      </fieldset>
      <MachineQuestions names={names} questions={questions} filledIn={filledIn} />
      <button type="submit">Ask</button>
    </form>
  );
}

/** What a version of the product looks like; begins a sentence. */
function formatInWords(versionScheme: string): string {
  switch (versionScheme) {
    case 'intdot':
      return 'Numbers with dots between them';
    case 'semver':
      return 'Three numbers with dots between them, perhaps with an addition';
    case 'datetime':
      return 'A date, perhaps with a time';
    default:
      return 'As the product shows it';
  }
}

/** What is longer is not worth sending back; the answer says what was read. */
const shownAgainMax = 200_000;

function shownAgain(pasted: string | undefined): string {
  return pasted !== undefined && pasted.length <= shownAgainMax ? pasted : '';
}
