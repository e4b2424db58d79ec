/** One operation of the contract as people read it. */
import type { Access } from '../../contract/access.ts';
import { docsAnchors } from '../links.ts';
import { renderMarkdown } from '../markdown.ts';
import type { OperationText, ParameterText, ResponseText } from './contract-text.ts';
import { Folded } from './folded.tsx';
import { Fields, inJson, inWords } from './schema.tsx';

export function Operation({ operation }: { operation: OperationText }) {
  const { id, method, path, summary, description, access, parameters, body, responses } = operation;
  return (
    <Folded
      id={docsAnchors.operation(id)}
      head={
        <>
          <h4>{summary}</h4>
          <span class="request">
            <span class="method">{method}</span> <span class="path">{path}</span>
          </span>
        </>
      }
    >
      <p class="quiet">
        <code>{id}</code> {whoInWords(access)}
      </p>
      {renderMarkdown(description, 5)}
      {parameters.length > 0 && (
        <>
          <h5>Parameters</h5>
          <dl class="fields">
            {parameters.map((parameter) => (
              <Parameter parameter={parameter} />
            ))}
          </dl>
        </>
      )}
      {body && (
        <>
          <h5>Body</h5>
          {renderMarkdown(body.description, 6)}
          {body.content.map(([mediaType, { schema, example }]) => (
            <>
              <p>
                <code>{mediaType}</code> {schema && inWords(schema)}
              </p>
              {example !== undefined && <Example value={example} />}
            </>
          ))}
        </>
      )}
      <h5>Answers</h5>
      <dl class="fields">
        {responses.map((response) => (
          <Answer response={response} />
        ))}
      </dl>
    </Folded>
  );
}

function Parameter({ parameter }: { parameter: ParameterText }) {
  const { name, in: place, required, description, schema, example } = parameter;
  return (
    <div>
      <dt>
        <code>{name}</code>{' '}
        <span class="type">
          in the {place}, {schema ? inWords(schema) : 'text'}
        </span>
        {required && <span class="needed"> required</span>}
      </dt>
      <dd>
        {description && renderMarkdown(description, 6)}
        {example !== undefined && (
          <p class="quiet">
            For example{' '}
            <code>{typeof example === 'object' ? inJson(example) : String(example)}</code>
          </p>
        )}
      </dd>
    </div>
  );
}

function Answer({
  response: { status, description, headers, content },
}: {
  response: ResponseText;
}) {
  return (
    <div>
      <dt>
        <code>{status}</code>
        {content.map(([mediaType, { schema }]) => (
          <span class="type"> {schema?.properties ? mediaType : schema && inWords(schema)}</span>
        ))}
      </dt>
      <dd>
        {renderMarkdown(description, 6)}
        {headers.length > 0 && <p class="quiet">With {headers.join(' and ')}.</p>}
        {content.map(([, { schema }]) => schema?.properties && <Fields schema={schema} />)}
      </dd>
    </div>
  );
}

function Example({ value }: { value: unknown }) {
  return (
    <pre tabindex={0}>
      <code>{typeof value === 'string' ? value : inJson(value)}</code>
    </pre>
  );
}

function whoInWords(access: Access): string {
  switch (access.kind) {
    case 'anyone':
      return 'for everyone, without a token';
    case 'token':
      return 'for every token';
    case 'roles':
      return `for the roles ${access.roles.join(', ')}`;
  }
}
