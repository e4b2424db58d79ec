/** For whoever has more than one machine to ask about. */

import { links } from '../../web/links.ts';
import type { Site } from '../../web/site.ts';

export function ManyMachines({ site, product }: { site: Site; product: string }) {
  return (
    <section class="step" aria-labelledby="many">
      <h2 id="many">Many machines</h2>
      <p>
        The command line answers for a whole fleet, a line each, without sending anything of it
        anywhere. It is one file, <code>holdfast.mjs</code>, which {site.publisherName} hands out
        and which Node 20 or later runs:
      </p>
      <pre class="wrapped" tabindex={0}>
        <code>
          {`node holdfast.mjs affected --url ${site.publicUrl} --product ${product} --version VERSION --offline --inventory machines/*.json\n`}
          {`node holdfast.mjs affected --url ${site.publicUrl} --product ${product} --fleet machines.ndjson --only affected,cannot_tell`}
        </code>
      </pre>
      <p>
        For machines without a network there is{' '}
        <a href={links.affectedCatalogue()} download="holdfast-catalogue.json">
          everything that is published, as a file
        </a>
        : hand it to the command line with <code>--catalogue</code>. Programs ask{' '}
        <a href={links.docsOperation('evaluateAffected')}>the API</a>.
      </p>
    </section>
  );
}
