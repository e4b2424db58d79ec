/** The contract as a page. */
import { Layout } from '../layout.tsx';
import { docsAnchors, links } from '../links.ts';
import { renderMarkdown } from '../markdown.ts';
import type { Site } from '../site.ts';
import type { ContractText } from './contract-text.ts';
import { Folded } from './folded.tsx';
import { Operation } from './operation.tsx';
import { Problems } from './problems.tsx';
import { SchemaBody, SchemaLink } from './schema.tsx';

export function DocsPage({ site, contract }: { site: Site; contract: ContractText }) {
  const { version, description, tags, operations, schemas } = contract;
  const ofTag = (tag: string) => operations.filter((operation) => operation.tag === tag);
  return (
    <Layout
      site={site}
      title="API"
      description="Every operation, field and problem of this service, as its contract declares them."
      address={links.docs()}
      here="docs"
    >
      <div class="docs">
        <nav class="docs-contents" aria-label="On this page">
          {tags.map(({ name }) => (
            <details>
              <summary>{name}</summary>
              <ul>
                {ofTag(name).map(({ id, summary }) => (
                  <li>
                    <a href={`#${docsAnchors.operation(id)}`}>{summary}</a>
                  </li>
                ))}
              </ul>
            </details>
          ))}
          <p>
            <a href={`#${docsAnchors.problems}`}>Problems</a>
          </p>
          <details>
            <summary>Shapes</summary>
            <ul>
              {Object.keys(schemas).map((name) => (
                <li>
                  <SchemaLink name={name} />
                </li>
              ))}
            </ul>
          </details>
        </nav>
        <div class="docs-body">
          <h1>API</h1>
          <div class="lead">{renderMarkdown(description, 2)}</div>
          <p>
            Version {version}. For programs: <a href={links.contract()}>openapi.yaml</a>.
          </p>
          <section id={docsAnchors.operations} aria-labelledby="operations-heading">
            <h2 id="operations-heading">Operations</h2>
            {tags.map((tag) => (
              <section id={docsAnchors.tag(tag.name)} aria-labelledby={`${tag.name}-heading`}>
                <h3 id={`${tag.name}-heading`}>{tag.name}</h3>
                <p>{tag.description}</p>
                {ofTag(tag.name).map((operation) => (
                  <Operation operation={operation} />
                ))}
              </section>
            ))}
          </section>
          <section id={docsAnchors.problems} aria-labelledby="problems-heading">
            <h2 id="problems-heading">Problems</h2>
            <p>
              Whatever goes wrong is answered as <code>application/problem+json</code>, a{' '}
              <SchemaLink name="Problem" />. Its <code>type</code> is one of these, whatever the
              operation.
            </p>
            <Problems />
          </section>
          <section id={docsAnchors.schemas} aria-labelledby="schemas-heading">
            <h2 id="schemas-heading">Shapes</h2>
            <p>What goes in and what comes out, by name.</p>
            {Object.entries(schemas).map(([name, schema]) => (
              <Folded id={docsAnchors.schema(name)} head={<h3>{name}</h3>}>
                <SchemaBody schema={schema} />
              </Folded>
            ))}
          </section>
        </div>
      </div>
    </Layout>
  );
}
